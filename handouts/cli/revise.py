"""`handouts revise`: the next handout, from the program that an earlier one carries inside it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from handouts.cli.delivery import password_of, refuse, write_handouts
from handouts.cli.output import put_json, say_notes, say_unless_quiet
from handouts.cli.requested import layers_below, options_from
from handouts.cli.session import session_of
from handouts.errors import BadInput, ExitCode, Problem
from handouts.formats.carried_program import read_carried_program
from handouts.prescription.revision import RequestedChanges, change_line, revise
from handouts.programs import screen
from handouts.reports.program_report import changes_record


def run(
    ctx: click.Context,
    old: Path,
    *,
    dose: tuple[str, ...],
    add: tuple[str, ...],
    swap: tuple[str, ...],
    level: Any,
    no_leaflets: bool,
    as_json: bool,
    **_options: Any,
) -> int:
    """Read the earlier handout's program, change it, screen it again, and write the next handout."""
    library = session_of(ctx).library
    record = read_carried_program(old, password_of(ctx))
    if no_leaflets:
        record = {**record, "append": []}
    problems: list[Problem] = []
    below = layers_below(ctx, problems)
    if problems:
        raise BadInput(problems)
    asked = RequestedChanges(dose=dose, add=add, swap=swap, level=level)
    options = options_from(ctx, ParameterSource.COMMANDLINE)
    revised = revise(record, asked, options, library, date=dt.date.today(), below=below, path=str(old))
    screened = screen(revised.program, library)
    if screened.refused:
        return refuse(ctx, [screened])
    say_notes(revised.notes, "level")
    say_unless_quiet(click.style("what changed:", bold=True) + ("" if revised.changes else " nothing but the date"))
    for change in revised.changes:
        say_unless_quiet(f"  {change_line(change)}")
    say_notes(f"the earlier handout's leaflet is appended: {name}" for name in revised.program.append)
    written = write_handouts(ctx, [screened])
    if as_json:
        put_json({**written[0], **changes_record(revised.program), "level": list(revised.notes)})
    return ExitCode.DONE
