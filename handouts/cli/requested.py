"""From options to screened programs: the one path that `make`, `screen` and `packet` share.

A program comes from a file or from the options alone; its exercises are named, or chosen by rule.
"""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from handouts.cli.options import filter_value
from handouts.cli.session import session_of, source_of
from handouts.errors import BadInput, FileTrouble, Problem, bad_input
from handouts.input_files import STANDARD_INPUT, read_start
from handouts.library import AnyKind, Library
from handouts.library.names import resolve
from handouts.model import Patient, Prescription, Program
from handouts.prescription import PROGRAM_FIELDS, Layer, ProgramFields, build_program, options_layer, read_program
from handouts.programs import ScreenedProgram, screen
from handouts.reviewing import sign_off_problems
from handouts.screening.selection import Choice, Wish, left_out, select
from handouts.screening.windows import standing

_TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".ods")
_REPEATABLE = ("language", "paper")
"""Options that `packet` takes several times: one version each, so that they are no value of a single program."""


Request = tuple[ProgramFields, Path | None]
"""One program that the command line asks for: options over the file at a path, or by themselves."""


def requests_from_options(ctx: click.Context, files: Iterable[Path]) -> list[Request]:
    """One request for each file, or one for the options alone."""
    options = options_from(ctx, ParameterSource.COMMANDLINE)
    return [(options, path) for path in files or (None,)]


def screened_programs(
    ctx: click.Context, requests: Iterable[Request], *, name_required: bool = True
) -> list[ScreenedProgram]:
    """Build and screen every program that is asked for.

    Args:
        ctx: The command, for its options, the environment and the configuration.
        name_required: Whether a program without the patient's name is a problem.

    Raises:
        BadInput: A program is not right; the problems of all of them are listed.
        NothingSafe: A choice by rule finds nothing for this patient.
        click.UsageError: Nothing says which exercises to print.
    """
    library, today = session_of(ctx).library, dt.date.today()
    requests = list(requests)
    problems: list[Problem] = []
    below = layers_below(ctx, problems)
    is_named = any(path or options.packet for options, path in requests) or bool(ctx.params.get("exercise"))
    wish = _wish(ctx, by_name=is_named or bool(ctx.params.get("packet")))
    # A packet from the configuration must not stand against a choice by rule that was asked for now.
    if wish:
        below = [layer._replace(data={**layer.data, "packet": None}) for layer in below]
    elif not is_named and not ctx.params.get("packet"):
        raise click.UsageError("Give a program file, --packet, --exercise or --region.", ctx)
    screened = []
    for options, path in requests:
        chooser = _Chooser(wish, library) if wish else None
        given: dict[str, Any] = {"date": today, "below": below, "choose": chooser}
        try:
            if path is not None:
                check_program_file(path, library)
                program = read_program(path, library, options=options, **given)
            else:
                program = build_program(options, library, name_required=name_required, **given)
            screened.append(screen(program, library, chosen_because=chooser.reasons(program) if chooser else ()))
        except BadInput as error:
            problems.extend(error.problems)
    if problems:
        raise BadInput(problems)
    check_signed(ctx, screened)
    return screened


def check_signed(ctx: click.Context, screened: Iterable[ScreenedProgram]) -> None:
    """Where every part of a handout must be signed: raise BadInput with each part that is not.

    Programs that are refused for safety are passed over: that is said first, and nothing is written either.
    """
    if not ctx.params.get("require_reviewed"):
        return
    library = session_of(ctx).library
    if problems := [one for of in screened if not of.refused for one in sign_off_problems(of.sign_offs, library)]:
        raise BadInput(problems)


def check_program_file(path: Path, library: Library, *, or_roster: bool = False) -> None:
    """Say what to do with what is plainly no program file: the name of a packet or exercise, or a PDF.

    Raises FileTrouble when there is no such file, BadInput for a table or a PDF.
    """
    if path == STANDARD_INPUT:
        return
    if not path.exists():
        kinds: dict[AnyKind, str] = {"packets": "--packet", "exercises": "--exercise"}
        for kind, option in kinds.items():
            if found := resolve(kind, str(path), library):
                more = f" or `handouts packet {found}`" if kind == "packets" else ""
                raise FileTrouble(str(path), f"there is no such file; did you mean {option} {found}{more}?")
        raise FileTrouble(str(path), "there is no such file")
    if path.suffix.lower() in _TABLES and not or_roster:
        hint = f"make one handout for each of its rows with: handouts batch {shlex.quote(str(path))}"
        raise bad_input(path, "a table is no program file", hint)
    if path.is_dir():
        raise FileTrouble(str(path), f"is a folder: handouts batch {shlex.quote(str(path))} makes the programs in it")
    if read_start(path, 1024).lstrip().startswith(b"%PDF-"):
        hint = f"make the next handout from it with: handouts revise {shlex.quote(str(path))}"
        raise bad_input(path, "a PDF is no program file", hint)


def options_from(ctx: click.Context, source: ParameterSource, **instead: Any) -> ProgramFields:
    """The program's values that were given in one place: on the command line, in the environment, in the config file.

    Args:
        ctx: The command.
        source: The place.
        instead: Values that replace what was given there.
    """
    given = {
        name: ctx.params[name]
        for name in PROGRAM_FIELDS
        if name in ctx.params
        and ctx.get_parameter_source(name) is source
        and not (name in _REPEATABLE and isinstance(ctx.params[name], tuple))
    }
    return ProgramFields(**{**given, **instead})


def layers_below(ctx: click.Context, problems: list[Problem]) -> list[Layer]:
    """The program's values that a program file wins over: the environment's, then the configuration file's."""
    params = {param.name: param for param in ctx.command.params}

    def place_of(field: str) -> str:
        return source_of(ctx, params[field])[1]

    sources = (ParameterSource.ENVIRONMENT, ParameterSource.DEFAULT_MAP)
    return [options_layer(options_from(ctx, source), problems, place_of) for source in sources]


def _wish(ctx: click.Context, *, by_name: bool) -> Wish | None:
    """What to choose by rule, if anything; a rule from the environment or configuration yields to named exercises."""
    params = ctx.params
    given = [
        name
        for name in ("region", "goal_type", "level", "most")
        if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
    ]
    region = params.get("region")
    if given and region is None:
        raise click.UsageError("--goal-type, --level and --max go with --region.", ctx)
    if region is None or (by_name and "region" not in given):
        return None
    library = session_of(ctx).library
    found = filter_value("regions", region, library, "--region")
    goal = filter_value("goals", params["goal_type"], library, "--goal-type")
    return Wish(region=found or region, goal=goal, level=params["level"], most=params["most"])


class _Chooser:
    """Chooses exercises for the patient of one program, and remembers why."""

    def __init__(self, wish: Wish, library: Library) -> None:
        self._wish, self._library = wish, library
        self._choices: tuple[Choice, ...] = ()
        self._left_out: tuple[str, ...] = ()

    def __call__(self, patient: Patient, date: dt.date) -> tuple[Prescription, ...]:
        conditions = [standing(known, date) for known in patient.conditions]
        self._choices = select(self._wish, conditions, self._library)
        self._left_out = left_out(self._wish, conditions, self._library)
        return tuple(choice.prescription for choice in self._choices)

    def reasons(self, program: Program) -> tuple[str, ...]:
        """The reason for each choice that is still in the program, then what was left out and why."""
        ids = {prescription.exercise.id for prescription in program.prescriptions}
        chosen = [choice.why for choice in self._choices if choice.prescription.exercise.id in ids]
        return (*chosen, *(f"left out for {reason}" for reason in self._left_out))
