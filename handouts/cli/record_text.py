"""`handouts show OLD.pdf`: what the record inside a handout tells, in plain words, as JSON, or as a program file.

The words come from the record alone, so that a handout can be explained when the library has long changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from handouts.cli.output import put, put_json
from handouts.errors import BadInput, Problem
from handouts.library import Library
from handouts.library.yaml_fields import Fields
from handouts.model import Override, Visit
from handouts.prescription import OptionPlaces, program_from_record
from handouts.prescription.overrides import recorded_overrides
from handouts.prescription.program_file import file_fields, program_text
from handouts.prescription.record import check_format, recorded_visits
from handouts.prescription.revision import change_line
from handouts.reports.decision_record import MOST_SIGNED, RecordedFinding, recorded_findings

NO_HISTORY = "# Made from an earlier handout: what page 1 of it says has changed does not stand in a program file.\n"
TOO_OLD = "this handout is older than records that keep them"


def show_record(record: dict[str, Any], path: str, library: Library, *, program: bool, as_json: bool) -> None:
    """Show the record of the handout at `path`. Raises BadInput for one of another format."""
    if program:
        made = program_from_record(record, library, path=path)
        put((NO_HISTORY if len(made.history) > 1 else "") + program_text(file_fields(made)).rstrip("\n"))
    elif as_json:
        put_json(record)
    else:
        put("\n".join(record_lines(record, path)).replace("**", ""))  # what the sheet prints bold


def record_lines(record: dict[str, Any], path: str) -> list[str]:
    """The record for a person, line by line; `path` names it in problems. Raises BadInput."""
    problems: list[Problem] = []
    top = Fields(record, OptionPlaces(lambda _option: path), problems)
    check_format(top)
    lines = [
        *_what(top),
        *_section("Exercises", _exercises(top)),
        *_section("Conditions", _conditions(top)),
        *_section("Clearances", _words(top, "clearance")),
        *_section("Found healed", _words(top, "healed")),
        *_section("Overrides", map(_override, recorded_overrides(top))),
        *_findings(recorded_findings(top)),
        *_section("Looser than the built-in rules", top.texts("looser")),
        *_section("Signed off", _signed(top)),
        *_section("Versions", _versions(top)),
        *_section("History", _visits(recorded_visits(top) or (_only_visit(top),))),
    ]
    if problems:
        raise BadInput(problems)
    return lines


def _section(heading: str, entries: Iterable[str]) -> list[str]:
    found = list(entries)
    bold = click.style(heading, bold=True)
    return [f"{bold}:", *(f"  - {entry}" for entry in found)] if found else [f"{bold}: none"]


def _what(top: Fields) -> Iterator[str]:
    """Who it is for, who gave it, and when."""
    patient = top.inner("patient", required=True)
    facts = [patient.maybe_text("name") or "a line for the name"] if patient else []
    if patient:
        age = patient.maybe_text("age", number=True)
        given = (("id", patient.maybe_text("id")), ("age", age), ("born", patient.maybe_text("born")))
        facts += [f"{name} {value}" for name, value in given if value is not None]
        facts += ["with a helper"] if patient.maybe_flag("helper") else []
    yield f"{click.style('Handout', bold=True)} of {top.maybe_text('date')}, language {top.maybe_text('language')}"
    yield f"{click.style('Patient', bold=True)}: {', '.join(facts)}"
    yield f"{click.style('Given by', bold=True)}: {top.maybe_text('clinician') or 'nobody named'}"
    for label in ("clinic", "packet", "goal", "note", "next_visit"):
        if value := top.maybe_text(label):
            yield f"{click.style(label.replace('_', ' ').capitalize(), bold=True)}: {value}"


def _exercises(top: Fields) -> Iterator[str]:
    for name, fields in _named(top, "exercises"):
        note = fields.maybe_text("note")
        yield f"{name}: {fields.maybe_text('dose') or 'dose left open'}" + (f" ({note})" if note else "")


def _conditions(top: Fields) -> Iterator[str]:
    for name, fields in _named(top.inner("patient"), "conditions"):
        since = fields.maybe_text("since")
        facts = (fields.maybe_text("side"), f"since {since}" if since else None, fields.maybe_text("limits"))
        said = ", ".join(fact for fact in facts if fact)
        yield f"{name}: {said}" if said else name


def _words(top: Fields, kind: str) -> Iterator[str]:
    for name, fields in _named(top.inner("patient"), "conditions"):
        if word := fields.inner(kind):
            yield f"{name}: by {word.text('by')} on {word.text('on')}"


def _named(fields: Fields | None, kind: str) -> Iterator[tuple[str, Fields]]:
    """The entries `{ID: {…}}` of a list."""
    for index, value in enumerate(fields.list(kind) if fields else ()):
        if fields and isinstance(value, dict):
            for name, more in value.items():
                yield fields.as_text(name, kind, index), fields.at(more, kind, index, name)


def _override(one: Override) -> str:
    return f"{one.item} with {one.condition}: {one.reason} (decided by {one.signed})"


def _findings(found: tuple[RecordedFinding, ...] | None) -> list[str]:
    if found is None:
        return [f"{click.style('Findings', bold=True)}: {TOO_OLD}"]
    return _section("Findings", map(_finding, found))


def _finding(one: RecordedFinding) -> str:
    verdict = f"{one.verdict}, overridden: {one.overridden}" if one.overridden else one.verdict
    facts = (("why", one.reason), ("the patient reads", one.advice), ("source", one.source))
    return "\n".join([f"{one.about}: {verdict}", *(f"      {label}: {text}" for label, text in facts if text)])


def _signed(top: Fields) -> Iterator[str]:
    """Who had signed which part when it was printed, whether that still held, and until when."""
    for one in top.entries("sign_offs", most=MOST_SIGNED):
        yield f"{one.text('item')}: {one.text('state')}, {one.text('by')}, {one.text('on')}, until {one.text('until')}"


def _versions(top: Fields) -> Iterator[str]:
    versions = top.inner("versions")
    if versions is None:
        yield TOO_OLD
        return
    for name in ("handouts", "content", "rules"):
        yield f"{name} {versions.maybe_text(name) or 'unknown'}"
    for library in versions.entries("libraries"):
        yield f"library {library.text('name')} {library.text('digest')}"


def _only_visit(top: Fields) -> Visit:
    """The visit of a first handout, whose record has no history yet."""
    date = top.date("date") or dt.date.min  # every record carries its date
    return Visit(date=date, clinician=top.maybe_text("clinician"), overrides=recorded_overrides(top))


def _visits(visits: Sequence[Visit]) -> Iterator[str]:
    for number, visit in enumerate(visits):
        changes = list(map(change_line, visit.changes)) or (["nothing changed"] if number else ["the first handout"])
        said = [*changes, *(f"overridden: {_override(one)}" for one in visit.overrides)]
        yield "\n      ".join([f"{visit.date}, {visit.clinician or 'nobody named'}", *said])
