"""The command line: parse, call, print. No clinical rule and no rule of the page lives here."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from handouts.cli.run import run

__all__ = ["main"]

OBJECTS_BEFORE_SEARCH = 50_000
"""Python searches for garbage after 700 new objects; the library alone has a hundred thousand that stay."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with the exit code that scripts rely upon."""
    # A command mostly ends before searching for garbage pays: it would take a tenth of its time. A batch still does.
    gc.set_threshold(OBJECTS_BEFORE_SEARCH)
    sys.exit(run(arguments))
