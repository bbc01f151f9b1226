"""`handouts show`: everything about one item of the library, an exercise's figure as a file, or a handout's record.

A record is told in plain words, as JSON, or as a program file; the words come from it alone, so that a handout can be
explained when the library has long changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from handouts.cli.delivery import password_of
from handouts.cli.options import named
from handouts.cli.output import put, put_json, say_notes
from handouts.cli.session import session_of
from handouts.errors import BadInput, Problem, bad_input
from handouts.layout.picture_file import PICTURE_KINDS, picture_bytes
from handouts.library import Library
from handouts.library.locale import Locale, read_locale
from handouts.library.names import resolve
from handouts.library.nearest import either
from handouts.library.yaml_fields import Fields
from handouts.model import Override, Visit, notes
from handouts.pdf.files import write_whole
from handouts.pdf.reading import HANDOUTS, read_carried_program
from handouts.prescription import OptionPlaces, program_from_record
from handouts.prescription.overrides import recorded_overrides
from handouts.prescription.program_file import file_fields, program_text
from handouts.prescription.record import check_format, recorded_visits
from handouts.prescription.revision import change_line
from handouts.reports.decision_record import MOST_SIGNED, RecordedFinding, recorded_findings
from handouts.reports.item_report import Kind, describe
from handouts.reviewing import Signatures
from handouts.reviewing.items import item_of
from handouts.reviewing.signatures import sign_off_record
from handouts.screening.loosened import Loosened, loosened, loosened_packet

NO_HISTORY = "# Made from an earlier handout: what page 1 of it says has changed does not stand in a program file.\n"
TOO_OLD = "this handout is older than records that keep them"


def run(ctx: click.Context, item: str, picture: Path | None, *, as_json: bool, **options: Any) -> None:
    """Show the item, write its figure, or tell what a handout's record says."""
    library, side, program = session_of(ctx).library, options["side"], options["program"]
    if Path(item).suffix.casefold() in HANDOUTS:
        if picture is not None or side is not None:
            raise click.UsageError("--picture and --side are for an exercise, not for a handout.", ctx)
        if program and as_json:
            raise click.UsageError("--program writes YAML: give it or --json.", ctx)
        show_record(read_carried_program(Path(item), password_of(ctx)), item, library, program=program, as_json=as_json)
        return
    if program or options["password_file"] is not None:
        raise click.UsageError(f"--program and --password-file are for a handout, OLD.pdf, not for '{item}'.", ctx)
    kind, item = _kind(item, library)
    locale = read_locale(library, named("languages", options["language"], library, "--language"))
    if picture is not None:
        _write_picture(picture, item, kind, side, library, locale, force=options["force"])
        if not as_json:
            put(str(picture))
            return
    elif side is not None:
        raise click.UsageError("--side goes with --picture.", ctx)
    say_notes(notes("safety", map(str, _looser(kind, item, library))))
    record = describe(kind, item, library, locale)
    if kind != "clinics":  # nobody signs a letterhead
        record["reviewed"] = sign_off_record(Signatures(library).sign_off(item_of(kind, item), dt.date.today()))
    if as_json:
        put_json(record)
    else:
        put("\n".join(_lines(record)).replace("**", ""))  # what the sheet prints bold


def _looser(kind: Kind, item: str, library: Library) -> Iterator[Loosened]:
    """Where the clinic's own rules are looser than the built-in ones, of what is shown."""
    if kind == "packets":
        return loosened_packet(library.packet(item), library.conditions, library)
    exercises, conditions = ([item], library.conditions) if kind == "exercises" else (library.exercise_ids(), [item])
    return loosened(exercises, conditions, library)


def _kind(item: str, library: Library) -> tuple[Kind, str]:
    """Which item this is, and of which kind: an exercise before a packet before a condition, an id before a name."""
    kinds: tuple[Kind, ...] = ("exercises", "packets", "conditions", "clinics")
    for kind in kinds:
        if found := next((one for one in library.ids(kind) if one == item.casefold()), None):
            return kind, found
    for kind in kinds:
        if found := resolve(kind, item, library):
            return kind, found
    # A name that means several things is answered with them, not with names that only look alike.
    several = (library.names.meanings(kind, item).several for kind in kinds)
    near = list(dict.fromkeys(one for kind in kinds for one in library.names.nearest(kind, item)))[:3]
    hint = next(filter(None, several), None) or (f"did you mean {either(near)}?" if near else "see `handouts list`")
    raise bad_input(item, "no exercise, packet, condition or clinic has this id or name", hint)


def _write_picture(
    path: Path, item: str, kind: str, side: Any, library: Library, locale: Locale, *, force: bool
) -> None:
    if kind != "exercises":
        raise click.UsageError(f"{item} is not an exercise: it has no figure.")
    if path.suffix.lower() not in PICTURE_KINDS:
        raise click.UsageError(
            f"a figure is written as {', '.join(PICTURE_KINDS)}, not as '{path.suffix or path.name}'."
        )
    exercise = library.exercise(item)
    picture = picture_bytes(exercise, path.suffix.lower(), side, locale.text(exercise), dt.date.today())
    write_whole(path, picture, force=force)


def _lines(value: Any, name: str = "", depth: int = 0) -> list[str]:
    """A record for a person: one line a value, deeper records set in; empty values are left out."""
    indent = "  " * depth
    label = indent + (click.style(name.replace("_", " "), bold=depth == 0) + ": " if name else "")
    if value is None or value == [] or value == {}:
        return []
    if isinstance(value, dict):
        inner = [line for key, one in value.items() for line in _lines(one, key, depth + (1 if name else 0))]
        return [label.rstrip(), *inner] if name else inner
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        lines = [label.rstrip()]
        for one in value:
            first, *rest = _lines(one, "", depth + 2) or [""]
            lines += [f"{indent}  - {first.strip()}", *rest]
        return lines
    if isinstance(value, list):
        if max((len(str(one)) for one in value), default=0) > 30:
            return [label.rstrip(), *(f"{indent}  - {one}" for one in value)]
        return [label + ", ".join(map(str, value))]
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return [f"{label}{value}"]


# -- the record of a handout -------------------------------------------------------------------------------------------


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
        details = ", ".join(fact for fact in facts if fact)
        yield f"{name}: {details}" if details else name


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
        details = [*changes, *(f"overridden: {_override(one)}" for one in visit.overrides)]
        yield "\n      ".join([f"{visit.date}, {visit.clinician or 'nobody named'}", *details])
