"""What happens to finished files: printed, and said where; opened in a viewer."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from pathlib import Path

import click
from click.core import ParameterSource

from handouts.cli.output import say, say_unless_quiet
from handouts.errors import FileTrouble, visible
from handouts.printing import Sent, print_file

_NAMED = 3
"""Files that are named one by one when many are printed."""


class Printer:
    """Prints the files of one run; after the first failure it prints no more, and reports it at the end."""

    def __init__(self, ctx: click.Context) -> None:
        """Raises click.UsageError for options that do not go together."""
        params = ctx.params
        self._wanted, self._merged = bool(params["print_"]), params.get("merge") is not None
        self._name: str | None = params["printer"]
        self._copies: int = 1 if self._merged else params["copies"]
        duplex: bool | None = params["duplex"]
        # A print file is laid out for the sides that it was asked for: two patients must not share a sheet.
        self._duplex = bool(duplex) if self._merged else duplex
        self._sent: dict[Sent, list[str]] = {}
        self._trouble: FileTrouble | None = None
        typed = {name for name in params if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE}
        if "printer" in typed and not self._wanted:
            raise click.UsageError("--printer goes with --print.", ctx)
        also = " or --merge" if "merge" in params else ""
        for name in ("copies", "duplex"):
            if name in typed and not (self._wanted or self._merged):
                raise click.UsageError(f"--{name} goes with --print{also}.", ctx)
        if self._wanted and params.get("password_file"):
            raise click.UsageError("a locked handout cannot be printed: leave out --password-file or --print.", ctx)

    def print(self, path: str | Path, papers: Collection[str]) -> None:
        """Print one file with pages of these `papers`, if printing is asked for."""
        # A printer that failed once would fail for each of a hundred files.
        if not self._wanted or self._trouble:
            return
        paper = next(iter(papers)) if len(papers) == 1 else None
        try:
            sent = print_file(Path(path), printer=self._name, copies=self._copies, duplex=self._duplex, paper=paper)
        except FileTrouble as trouble:
            self._trouble = trouble
        else:
            self._sent.setdefault(sent, []).append(str(path))

    def finish(self) -> None:
        """Say what went where. Raises FileTrouble for what could not be printed; every PDF is kept."""
        for sent, paths in self._sent.items():
            more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
            each = "each " if len(paths) > 1 else ""
            named = visible(", ".join(paths[:_NAMED]))
            say_unless_quiet(f"sent to {visible(sent.printer)}: {named}{more} ({each}{sent.how})")
        if self._trouble:
            raise self._trouble


def open_in_viewer(path: Path) -> None:
    """Open a PDF in the program that the system opens PDFs with; where there is none, that is said."""
    failed = click.launch(str(path))
    screen = not sys.platform.startswith("linux") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if failed or not screen:
        say(f"{visible(str(path))} is made, but this machine has no program that opens it", fg="yellow")
