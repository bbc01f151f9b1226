"""The command line: parse, call, print. No clinical rule and no rule of the page lives here."""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and ends the process with the exit code that scripts rely upon."""
    from handouts.cli import collecting

    collecting.seldom()
    from handouts.cli.run import run

    code = run(arguments)
    collecting.not_at_the_end()
    sys.exit(code)
