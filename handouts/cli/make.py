"""`handouts make`: one handout for each program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from handouts.cli.delivery import Printer, refuse, write_handouts
from handouts.cli.output import put_records
from handouts.cli.requested import requests_from_options, screened_programs
from handouts.errors import ExitCode


def run(ctx: click.Context, programs: tuple[Path, ...], *, as_json: bool, **_options: Any) -> int:
    """Screen every program, then write every handout; nothing is written when one program is refused."""
    printer = Printer(ctx)
    screened = screened_programs(ctx, requests_from_options(ctx, programs))
    if any(one.refused for one in screened):
        return refuse(ctx, screened)
    records = write_handouts(ctx, screened, printer=printer)
    if as_json:
        put_records(records)
    printer.finish()
    return ExitCode.DONE
