"""Slow tests run only when asked for, `python -m pytest --slow -m slow`; properties have no time limit."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from hypothesis import settings

from handouts.library import yaml_reading

settings.register_profile("handouts", deadline=None)  # a busy machine is no counter-example
settings.load_profile("handouts")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the tests marked slow too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow"):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]


@pytest.fixture(autouse=True, scope="session")
def parsed_once() -> Iterator[None]:
    """The same bytes of the same file are parsed once in a run: hundreds of tests read the library anew."""
    with patch.object(yaml_reading, "parse_yaml", functools.lru_cache(4096)(yaml_reading.parse_yaml)):
        yield
