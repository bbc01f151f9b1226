"""The examples that stand under every command's help. Each is a whole command line, and a test runs it."""

from __future__ import annotations


def examples(*lines: str) -> str:
    """The epilog of a command: `Examples:` and each line as it is typed. A line may end in `  # what it does`."""
    return "\n".join(["\b", "Example:" if len(lines) == 1 else "Examples:", *(f"  {line}" for line in lines)])


def examples_in(epilog: str) -> list[list[str]]:
    """The arguments of each example in an epilog, without the name of the program."""
    import shlex

    lines = (shlex.split(line, comments=True) for line in epilog.splitlines() if line.strip().startswith("handouts "))
    return [arguments for _, *arguments in lines]
