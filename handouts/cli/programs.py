"""The programs that a command line asks for: one per file, or one from the options alone, by name or by rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
from click.core import ParameterSource

from handouts.cli.options import fields_of, layers_below
from handouts.cli.session import session_of
from handouts.errors import BadInput, Problem

if TYPE_CHECKING:
    from handouts.library import Library
    from handouts.model import Patient, Prescription, Program
    from handouts.screening.selection import Choice, Wish


class Asked(NamedTuple):
    """A program, and why each exercise that was chosen by rule is in it."""

    program: Program
    why: tuple[str, ...] = ()


def asked_programs(ctx: click.Context, files: Sequence[Path], *, name_required: bool = True) -> tuple[Asked, ...]:
    """Every program asked for; no program is begun with while another has a problem.

    Raises BadInput with the problems of all of them, NothingSafe when a choice by rule finds nothing, and a usage
    error when nothing says what to do.
    """
    from handouts.prescription import build_program, read_program

    library, today = session_of(ctx).library, dt.date.today()
    options = fields_of(ctx)
    problems: list[Problem] = []
    below = layers_below(ctx, problems)
    wish = _wish(ctx, by_name=bool(files or ctx.params.get("packet") or ctx.params.get("exercise")))
    if wish:
        below = [layer._replace(data={**layer.data, "packet": None}) for layer in below]
    elif not files and not any(ctx.params.get(name) for name in ("packet", "exercise")):
        raise click.UsageError("Give a program file, --packet, --exercise or --region.", ctx)
    found: list[Asked] = []
    for path in files or (None,):
        chooser = _Chooser(wish, library) if wish else None
        try:
            if path is not None:
                program = read_program(path, library, date=today, options=options, below=below, choose=chooser)
            else:
                program = build_program(
                    options, library, date=today, below=below, choose=chooser, name_required=name_required
                )
            found.append(Asked(program, chooser.why(program) if chooser else ()))
        except BadInput as error:
            problems.extend(error.problems)
    if problems:
        raise BadInput(problems)
    return tuple(found)


def _wish(ctx: click.Context, *, by_name: bool) -> Wish | None:
    """What to choose by rule; None when exercises are named, and only the environment or the configuration has a rule.

    A part of the rule without its region is a usage error.
    """
    given = [name for name in ("region", "goal_type", "level", "most") if _on_command_line(ctx, name)]
    region = ctx.params.get("region")
    if given and region is None:
        raise click.UsageError("--goal-type, --level and --max go with --region.", ctx)
    if region is None or (by_name and "region" not in given):
        return None
    from handouts.screening.selection import Wish

    params = ctx.params
    return Wish(region=region, goal=params["goal_type"], level=params["level"], most=params["most"])


def _on_command_line(ctx: click.Context, name: str) -> bool:
    return ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE


class _Chooser:
    """Chooses for the patient of one program, and remembers why."""

    def __init__(self, wish: Wish, library: Library) -> None:
        self._wish, self._library = wish, library
        self._choices: tuple[Choice, ...] = ()
        self._left_out: tuple[str, ...] = ()

    def __call__(self, patient: Patient) -> tuple[Prescription, ...]:
        from handouts.screening.selection import left_out, select

        conditions = [known.condition for known in patient.conditions]
        self._choices = select(self._wish, conditions, self._library)
        self._left_out = left_out(self._wish, conditions, self._library)
        return tuple(choice.prescription for choice in self._choices)

    def why(self, program: Program) -> tuple[str, ...]:
        """The reason for each choice that is still in the program, then what was left out and why."""
        ids = {prescription.exercise.id for prescription in program.prescriptions}
        chosen = [choice.why for choice in self._choices if choice.prescription.exercise.id in ids]
        return (*chosen, *(f"left out for {reason}" for reason in self._left_out))
