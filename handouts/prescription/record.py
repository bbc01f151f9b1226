"""A program as a plain record, and back: what every handout carries inside it, so that it can be revised.

Holds ids, canonical doses and the clinician's words, never a text of the library. What the patient took home before is
in it too: what the changes of the next handout are told against. Several revisions on one day are corrections of one
sheet: each is compared with what the patient had before that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from handouts.dose import format_dose
from handouts.errors import AtTerminal, BadInput, Problem
from handouts.library import AnyKind, Library
from handouts.library.exercises import dose_of
from handouts.library.names import resolve
from handouts.library.packets import entry_of
from handouts.library.yaml_fields import Fields, read_as
from handouts.model import UNDER_AGE, Change, PatientCondition, Prescription, Program, TakenExercise, TakenHome, Visit
from handouts.prescription.assembly import Start, assemble
from handouts.prescription.layers import Layer, OptionPlaces
from handouts.prescription.overrides import overrides_record, recorded_overrides

FORMAT = 3
READABLE = (1, 2, FORMAT)
"""Formats that can still be read: the first had no history, the second no authors, findings and versions."""
MOST_VISITS, MOST_CHANGES = 500, 100
GONE = AtTerminal(
    "give the library that it was made with (--library), or make a new handout",
    "open the page with the library that it was made with, or make a new handout",
)


def program_record(program: Program) -> dict[str, Any]:
    """The program for JSON, in the shape of a program file whose exercises are complete as written."""
    patient = program.patient
    return {
        "format": FORMAT,
        "patient": {
            "name": patient.name,
            "id": patient.id,
            "conditions": [
                {
                    known.condition.id: {
                        "side": known.side,
                        "since": known.since.isoformat() if known.since else None,
                        "limits": known.limits,
                        **_words(known),
                    }
                }
                for known in patient.conditions
                # It follows from the age, and would be left over once the patient is grown.
                if known.condition.id != UNDER_AGE or patient.age is None
            ],
            "age": patient.age if patient.born is None else None,
            "born": patient.born.isoformat() if patient.born else None,
            "helper": patient.helper or None,
        },
        "clinic": program.clinic.id or None,
        "clinician": program.clinician,
        "date": program.date.isoformat(),
        "next_visit": program.next_visit.isoformat() if program.next_visit else None,
        "language": program.language,
        "goal": program.goal,
        "note": program.note,
        "packet": program.packet.id if program.packet else None,
        "exercises": [
            {
                of.exercise.id: {
                    "dose": format_dose(of.dose),
                    "note": of.note,
                    "note_lang": of.note_lang,
                    **({"side_given": True} if of.side_given else {}),
                }
            }
            for of in program.prescriptions
        ],
        "overrides": overrides_record(program.overrides),
        "print": asdict(program.layout),
        "append": list(program.append),
        "history": [
            {
                "date": visit.date.isoformat(),
                "clinician": visit.clinician,
                "changes": [asdict(change) for change in visit.changes],
                "overrides": overrides_record(visit.overrides),
            }
            for visit in program.history
        ],
        "before": taken_home_record(program.before),
    }


def _words(known: PatientCondition) -> dict[str, dict[str, str]]:
    """Who has cleared it and who has found it healed, where somebody has."""
    words = {"clearance": known.clearance, "healed": known.healed}
    return {name: {"by": word.by, "on": word.on.isoformat()} for name, word in words.items() if word}


def program_from_record(record: dict[str, Any], library: Library, *, path: str = "the handout's program") -> Program:
    """The program that was recorded, with today's library. `path` names the record in problems.

    Raises:
        BadInput: the record is of another format, or the library no longer has something that it names.
    """
    problems: list[Problem] = []
    # What was decided then is not judged by what a decision needs today.
    overrides = recorded_overrides(Fields(record, OptionPlaces(lambda _option: path), problems))
    layer, start, history = open_record(record, {"overrides": None}, library, path, problems)
    before = recorded_taken_home(Fields(record, layer.places, problems))
    never = dt.date.min  # every record carries its date
    program = assemble([layer], library, date=never, start=start, name_required=False, problems=problems)
    return replace(with_history(program, history, library), overrides=overrides, before=before)


def with_history(program: Program, history: Sequence[Visit], library: Library) -> Program:
    """The program with its visits, and the exercises named that the last one took out."""
    last = history[-1].changes if history else ()
    gone = [change.instead_of or change.item for change in last if change.kind in ("swapped", "taken-out")]
    former = tuple(library.exercise(one) for one in gone if one in library.ids("exercises"))
    return replace(program, history=tuple(history), former=former)


def _as_taken_now(record: dict[str, Any], library: Library) -> dict[str, Any]:
    """The record without what an earlier version took of a condition and this one refuses.

    A side of what has none, a day outside the weeks of a stage, a word from before the condition itself.
    """
    patient, places = record.get("patient"), OptionPlaces(str)
    if not isinstance(patient, dict) or not isinstance(patient.get("conditions"), list):
        return record
    on, conditions = Fields(record, places, []).date("date"), []
    for has in patient["conditions"]:
        name, facts = next(iter(has.items())) if isinstance(has, dict) and len(has) == 1 else ("", None)
        if isinstance(facts, dict) and (condition := library.conditions.get(name)):
            details = Fields(facts, places, [])
            words = {word: inner for word in ("clearance", "healed") if (inner := details.inner(word))}
            since, days = details.date("since"), {word: inner.date("on") for word, inner in words.items()}
            gone = {word for word, day in days.items() if since and day and day < since}
            if condition.no_side:
                gone.add("side")
            if condition.stage and since and on and not condition.stage.holds((on - since).days // 7):
                gone.add("since")
            has = {name: {field: value for field, value in facts.items() if field not in gone}}
        conditions.append(has)
    return {**record, "patient": {**patient, "conditions": conditions}}


def check_format(record: Fields) -> None:
    """A record that cannot be read is a problem of it."""
    if record.get("format") not in READABLE:
        record.problem(
            f"format {record.get('format')!r} cannot be read", hint="it was made by a newer version: update handouts"
        )


def recorded_visits(record: Fields) -> tuple[Visit, ...]:
    """Every visit as recorded, the first one first; empty for a first handout. Problems go to `record`."""
    return tuple(map(_visit, record.entries("history", most=MOST_VISITS)))


def _check_library(record: dict[str, Any], library: Library, path: str) -> None:
    """Raises BadInput with what the record names and the library has no more: the nearest name is another thing."""

    def ids(entries: Any) -> list[Any]:
        listed = entries if isinstance(entries, list) else []
        return [next(iter(one)) if isinstance(one, dict) and one else one for one in listed]

    patient = record.get("patient")
    named: dict[AnyKind, list[Any]] = {
        "conditions": ids(patient.get("conditions")) if isinstance(patient, dict) else [],
        "exercises": ids(record.get("exercises")),
        "packets": [record.get("packet")],
    }
    gone = [
        Problem(path, 0, 0, f"unknown {kind[:-1]} '{name}': the library has it no more", GONE)
        for kind, names in named.items()
        for name in names
        if isinstance(name, str) and not resolve(kind, name, library)
    ]
    if gone:
        raise BadInput(gone)


def open_record(
    record: dict[str, Any], changed: Mapping[str, Any], library: Library, path: str, problems: list[Problem]
) -> tuple[Layer, Start, tuple[Visit, ...]]:
    """A record with some fields `changed`: its packet and exercises to start from, its visits, the rest as a layer."""
    _check_library(record, library, path)
    record = {**_as_taken_now(record, library), **changed}
    places = OptionPlaces(lambda _option: path)
    top = Fields(record, places, problems)
    check_format(top)
    prescriptions = []
    for index, value in enumerate(top.list("exercises", required=True)):
        entry = entry_of(top, value, index, library.ids("exercises"))
        if entry is None:
            continue
        exercise = library.exercise(entry.exercise)
        details = top.at(entry.details, *entry.where)
        # Not complete: a side that was left to be ticked by hand is none.
        dose = dose_of(details, details.get("dose", required=True), "dose", sides=exercise.sides)
        note, lang = details.maybe_text("note"), details.maybe_text("note_lang")
        given = details.maybe_flag("side_given") or False
        prescriptions.append(Prescription(exercise=exercise, dose=dose, note=note, note_lang=lang, side_given=given))
    packet = top.maybe_text("packet")
    known = None
    if packet is not None and top.known(packet, "packet", library.packets, "packet"):
        known = library.packet(packet)
    history = recorded_visits(top)
    own = ("format", "packet", "exercises", "history", "before", "findings", "looser", "sign_offs", "versions")
    rest = {name: value for name, value in record.items() if name not in own}
    # A packet has a line for the name, and its record an empty one.
    if isinstance(patient := rest.get("patient"), dict) and patient.get("name") == "":
        rest["patient"] = {**patient, "name": None}
    return Layer(rest, places), Start(known, tuple(prescriptions)), history


def _visit(fields: Fields) -> Visit:
    """One visit as recorded; what it names need not be in today's library."""
    changes = (read_as(Change, entry) for entry in fields.entries("changes", most=MOST_CHANGES))
    return Visit(
        date=fields.date("date") or dt.date.min,
        clinician=fields.maybe_text("clinician", most=200),
        changes=tuple(changes),
        overrides=recorded_overrides(fields),
    )


MOST_TAKEN = 100
"""Exercises and conditions that are read of one handout."""


def taken_home(program: Program) -> TakenHome:
    """What the handout of a program tells the patient to do."""
    exercises = tuple(
        TakenExercise(item=of.exercise.id, dose=format_dose(of.dose), note=of.note) for of in program.prescriptions
    )
    conditions = tuple(of.condition.id for of in program.patient.conditions)
    return TakenHome(date=program.date, exercises=exercises, conditions=conditions)


def home_before(old: Program, date: dt.date) -> TakenHome:
    """What the patient has at home on a date, when `old` is revised: a handout of an earlier day if there is one."""
    return old.before if old.before and old.date == date else taken_home(old)


def changes_since(before: TakenHome, old: Program, new: Program, came: Mapping[str, str]) -> Iterator[Change]:
    """What is other in the new program than the patient has at home.

    `came`: the exercises that are new in it, and what each replaced in the `old` program, which was revised.
    """
    then = {one.item: one for one in before.exercises}
    now = {of.exercise.id: of for of in new.prescriptions}
    replaced = {item: gone for item, gone in _replaced(before, old, came).items() if gone in then and gone not in now}
    for name, of in now.items():
        dose, was = format_dose(of.dose), then.get(name)
        if was is None and name in replaced:
            yield Change(kind="swapped", item=name, instead_of=replaced[name], after=dose)
        elif was is None:
            yield Change(kind="added", item=name, after=dose)
        elif was.dose != dose:
            yield Change(kind="dose", item=name, before=was.dose, after=dose)
        elif was.note != of.note:
            yield Change(kind="note", item=name)
    accounted_for = {replaced[name] for name in now if name in replaced and name not in then}
    for name in then:
        if name not in now and name not in accounted_for:
            yield Change(kind="taken-out", item=name)
    for known in new.patient.conditions:
        if known.condition.id not in before.conditions:
            yield Change(kind="condition", item=known.condition.id)


def _replaced(before: TakenHome, old: Program, came: Mapping[str, str]) -> dict[str, str]:
    """What each exercise replaced of all that was at home, over every handout since."""
    steps: dict[str, str] = {}
    for visit in old.history:
        for change in visit.changes:
            if change.instead_of and visit.date >= before.date:
                steps[change.item] = steps.get(change.instead_of, change.instead_of)
    return {**steps, **{item: steps.get(gone, gone) for item, gone in came.items()}}


def taken_home_record(before: TakenHome | None) -> dict[str, Any] | None:
    """For the record inside a handout."""
    if before is None:
        return None
    return {
        "date": before.date.isoformat(),
        "exercises": [{"item": one.item, "dose": one.dose or None, "note": one.note} for one in before.exercises],
        "conditions": list(before.conditions),
    }


def recorded_taken_home(fields: Fields) -> TakenHome | None:
    """What a record tells of it; what it names need not be in today's library."""
    there = fields.inner("before")
    if there is None:
        return None
    exercises = tuple(
        read_as(TakenExercise, one, dose=one.maybe_text("dose", most=200) or "")
        for one in there.entries("exercises", most=MOST_TAKEN)
    )
    date, conditions = there.date("date") or dt.date.min, there.texts("conditions", most=MOST_TAKEN)
    there.done()
    return TakenHome(date=date, exercises=exercises, conditions=conditions)
