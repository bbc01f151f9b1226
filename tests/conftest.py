"""Slow tests run only when asked for, `python -m pytest --slow -m slow`; properties have no time limit."""

from __future__ import annotations

import functools
import gc
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import settings

from handouts import programs
from handouts.cli import OBJECTS_BEFORE_SEARCH
from handouts.library import Library, library, read_library, yaml_reading
from handouts.resources import content_folder
from tests.real_library import real_library

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


def pytest_collection_finish() -> None:
    """Garbage is searched for among what the tests make, as seldom as in a command, and not in what was imported."""
    gc.freeze()
    gc.set_threshold(OBJECTS_BEFORE_SEARCH)


@pytest.fixture(autouse=True, scope="session")
def parsed_once() -> Iterator[None]:
    """The same bytes of the same file are parsed once in a run: hundreds of tests read the library anew."""
    with patch.object(yaml_reading, "parse_yaml", functools.lru_cache(4096)(yaml_reading.parse_yaml)):
        yield


@pytest.fixture(autouse=True, scope="session")
def no_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whoever runs the tests may have a clinic of their own in their settings."""
    home = str(tmp_path_factory.mktemp("settings"))
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HANDOUTS_")}
    with patch.dict(os.environ, clean | {"XDG_CONFIG_HOME": home}, clear=True):
        yield


@pytest.fixture(autouse=True, scope="session")
def shared_library(request: pytest.FixtureRequest) -> Iterator[None]:
    """Commands that are run in this process share the built-in library, as the rows of a batch do.

    A clinic's own folder over it is read anew by each. With `--slow` each reads everything, as in a process of its own.
    """

    def read(folders: Sequence[Path]) -> Library:
        return real_library() if list(folders) == [content_folder()] else read_library(folders)

    if request.config.getoption("--slow"):
        yield
    else:
        with patch.object(programs, "read_library", read), patch.object(library, "read_library", read):
            yield
