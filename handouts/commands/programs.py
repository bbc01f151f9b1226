"""The programs that a command line asks for: one per file, or one from the options alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.options import fields_of, layers_below
from handouts.commands.session import session_of
from handouts.errors import BadInput, Problem

if TYPE_CHECKING:
    from handouts.model import Program


def asked_programs(ctx: click.Context, files: Sequence[Path], *, name_required: bool = True) -> tuple[Program, ...]:
    """Every program asked for; no program is begun with while another has a problem.

    Raises BadInput with the problems of all of them, and a usage error when nothing says what to do.
    """
    from handouts.programs import build_program, read_program

    library, today = session_of(ctx).library, dt.date.today()
    options = fields_of(ctx)
    problems: list[Problem] = []
    below = layers_below(ctx, problems)
    found: list[Program] = []
    if not files and not any(ctx.params.get(name) for name in ("packet", "exercise")):
        raise click.UsageError("Give a program file, --packet or --exercise.", ctx)
    for path in files:
        try:
            found.append(read_program(path, library, date=today, options=options, below=below))
        except BadInput as error:
            problems.extend(error.problems)
    if not files:
        try:
            found.append(build_program(options, library, date=today, below=below, name_required=name_required))
        except BadInput as error:
            problems.extend(error.problems)
    if problems:
        raise BadInput(problems)
    return tuple(found)
