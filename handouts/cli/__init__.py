"""The command line: parse, call, print. No clinical rule and no rule of the page lives here."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

try:
    from handouts.cli.run import run
except KeyboardInterrupt:  # while the modules are loaded; from then on `run` sees to it
    print("stopped", file=sys.stderr)  # noqa: T201
    sys.exit(130)

__all__ = ["main"]

OBJECTS_BEFORE_SEARCH = 50_000
"""Python searches for garbage after 700 new objects; the library alone has a hundred thousand that stay."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with the exit code that scripts rely upon."""
    # A command mostly ends before searching for garbage pays: it would take a tenth of its time. A batch still does.
    gc.set_threshold(OBJECTS_BEFORE_SEARCH)
    sys.exit(run(arguments))
