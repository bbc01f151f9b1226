"""The built-in library, read once for all tests of a process: none of them changes it or its files."""

from __future__ import annotations

from functools import cache

from handouts.library import Library, read_library
from handouts.resources import content_folder


@cache
def real_library() -> Library:
    """The library without any folder of a clinic's own. A test that changes it, or watches it read, reads its own."""
    return read_library([content_folder()])
