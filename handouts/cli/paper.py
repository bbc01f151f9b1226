"""`--print`, `--printer` and `--copies`: the options, and the printer of one run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from handouts.errors import FileTrouble

Command = TypeVar("Command", bound=Callable[..., Any])
MOST_COPIES = 999


def printing_options(command: Command) -> Command:
    """What goes to paper, and how often."""
    options = (
        click.option("--print", "print_", is_flag=True, help="Send it to the printer; the PDF is kept."),
        click.option("--printer", metavar="NAME", help="With --print: this printer; else the default one."),
        click.option("--copies", type=click.IntRange(1, MOST_COPIES), default=1, metavar="N",
                     help="With --print or --merge: each handout so often."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


class Printer:
    """Prints the files of one run; after the first failure it prints no more, and says at the end what it was."""

    def __init__(self, ctx: click.Context, *, duplex: bool = False) -> None:
        """Raises a usage error for options that do not go together, FileTrouble when there is no spooler."""
        params = ctx.params
        self._name: str | None = params["printer"]
        self._copies: int = 1 if params.get("merge") else params["copies"]
        self._duplex, self._wanted = duplex, bool(params["print_"])
        self._trouble: FileTrouble | None = None
        if self._name and not self._wanted:
            raise click.UsageError("--printer goes with --print.", ctx)
        if params["copies"] > 1 and not (self._wanted or params.get("merge")):
            also = " or --merge" if "merge" in params else ""
            raise click.UsageError(f"--copies goes with --print{also}.", ctx)

    def print(self, path: str | Path) -> None:
        """Print one file, if printing is asked for."""
        if not self._wanted or self._trouble:
            return
        from handouts.printing import spool

        try:
            spool(Path(path), printer=self._name, copies=self._copies, duplex=self._duplex)
        except FileTrouble as trouble:
            self._trouble = trouble

    def done(self) -> None:
        """Raises FileTrouble for what could not be printed; every PDF is kept."""
        if self._trouble:
            raise self._trouble
