"""Slow tests run only when asked for, `python -m pytest --slow -m slow`; properties have no time limit."""

from __future__ import annotations

import pytest
from hypothesis import settings

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
