"""The command line: parse, call, print. No clinical rule and no rule of the page lives here."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from handouts.cli.run import run

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with the exit code that scripts rely upon."""
    sys.exit(run(arguments))
