"""`handouts revise`: the next handout, from the program that an earlier one carries inside it."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from handouts.cli.delivery import Printer, password_of, refuse, write_handouts
from handouts.cli.output import put_json, say, say_notes, say_unless_quiet
from handouts.cli.requested import check_signed, layers_below, options_from
from handouts.cli.session import session_of
from handouts.errors import BadInput, ExitCode, Problem, bad_input
from handouts.library import Library
from handouts.library.yaml_fields import Fields
from handouts.model import Program, notes
from handouts.pdf.reading import read_carried_program
from handouts.prescription import OptionPlaces
from handouts.prescription.revision import RequestedChanges, Revised, change_line, revise
from handouts.programs import screen
from handouts.reports.decision_record import recorded_findings, rules_changed
from handouts.reports.program_report import changes_record


def run(ctx: click.Context, old: Path, *, since: Path | None, as_json: bool, **options: Any) -> int:
    """Read the earlier handout's program, change it, screen it again, and write the next handout."""
    printer, library = Printer(ctx), session_of(ctx).library
    for path in (old, since):
        if path and path.suffix.casefold() in (".yaml", ".yml"):
            hint = f"make its handout with: handouts make {shlex.quote(str(path))}"
            raise bad_input(path, "a program file is no handout", hint)
    record = read_carried_program(old, password_of(ctx))
    if options["no_leaflets"]:
        record = {**record, "append": []}
    problems: list[Problem] = []
    below = layers_below(ctx, problems)
    if problems:
        raise BadInput(problems)
    revised = revise(
        record,
        RequestedChanges(**{name: options[name] for name in ("dose", "add", "swap", "level", "keep_overrides")}),
        options_from(ctx, ParameterSource.COMMANDLINE),
        library,
        date=dt.date.today(),
        below=below,
        path=str(old),
        since=read_carried_program(since, password_of(ctx)) if since else None,
        since_path=str(since),
    )
    # Whoever decided it may not know that it is printed again: so it is said, also where that refuses the handout.
    for one in revised.dropped:
        say(
            f"override dropped: {one}: where it is still wanted, decide it again (--override, --keep-overrides)",
            fg="yellow",
        )
    changed = _rules_changed(record, revised, library)
    say_notes(notes("safety", (f"the rules have changed since {revised.old.date}: {line}" for line in changed)))
    # The number is carried over, so that the name alone can tell that somebody else is meant.
    was, now = (" ".join(one.patient.name.casefold().split()) for one in (revised.old, revised.program))
    if was and was != now:
        asks = "the name is not the earlier handout's, whose program, number and history this one goes on with"
        say_notes(notes("safety", [f"{asks}: for another patient make a new one"]))
    say_notes(notes("missing", _left_in_another_language(revised.old, revised.program)))
    screened = screen(revised.program, library)
    if screened.refused:
        return refuse(ctx, [screened], source=old)
    check_signed(ctx, [screened])
    say_notes(notes("choice", revised.notes), "level")
    before = revised.program.before
    heading = f"what changed since {before.date}:" if before else "what changed:"
    say_unless_quiet(click.style(heading, bold=True) + ("" if revised.changes else " nothing but the date"))
    for change in revised.changes:
        say_unless_quiet(f"  {change_line(change)}")
    appended = (f"the earlier handout's leaflet is appended: {name}" for name in revised.program.append)
    say_notes(notes("choice", appended))
    written = write_handouts(ctx, [screened], printer=printer, source=old)
    if as_json:
        put_json(
            {
                **written[0],
                **changes_record(revised.program),
                "level": list(revised.notes),
                "overrides_dropped": list(map(str, revised.dropped)),
                "rules_changed": list(changed),
            }
        )
    printer.finish()
    return ExitCode.DONE


def _left_in_another_language(old: Program, new: Program) -> Iterator[str]:
    """What the clinician wrote for a handout in one language, where the next is in another."""
    if old.language == new.language:
        return
    written = {"goal": old.goal, "note": old.note} | {of.exercise.id: of.note for of in old.prescriptions}
    stays = {"goal": new.goal, "note": new.note} | {of.exercise.id: of.note for of in new.prescriptions}
    for name, text in stays.items():
        if text and text == written.get(name):
            said = "" if name in ("goal", "note") else "the note on "
            yield f"{said}{name}: stays as it was written for a handout in {old.language}: say it in {new.language}"


def _rules_changed(record: dict[str, Any], revised: Revised, library: Library) -> tuple[str, ...]:
    """What today's rules say otherwise of the earlier handout; nothing where its record is too old to tell."""
    problems: list[Problem] = []
    then = recorded_findings(Fields(record, OptionPlaces(lambda _option: "the handout's program"), problems))
    if problems:
        raise BadInput(problems)
    return () if then is None else rules_changed(then, screen(revised.old, library).findings)
