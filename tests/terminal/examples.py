"""The examples under the help of the commands."""

from __future__ import annotations

import shlex


def example_arguments(epilog: str) -> list[list[str]]:
    """The arguments of each example in an epilog, without the name of the program."""
    lines = (shlex.split(line, comments=True) for line in epilog.splitlines() if line.strip().startswith("handouts "))
    return [arguments for _, *arguments in lines]
