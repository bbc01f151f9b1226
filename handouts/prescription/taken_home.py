"""What a patient took home before: what the changes of the next handout are told against, kept in its record.

Several revisions on one day are corrections of one sheet: each is compared with what the patient had before that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from handouts.dose import format_dose
from handouts.library.yaml_fields import Fields
from handouts.model import Change, Program, TakenExercise, TakenHome

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

    Args:
        before: what the patient has at home.
        old: the program that was revised.
        new: the next program.
        came: the exercises that are new in it, and what each replaced in `old`.
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
    told = {replaced[name] for name in now if name in replaced and name not in then}
    for name in then:
        if name not in now and name not in told:
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
    exercises = []
    for one in there.entries("exercises", most=MOST_TAKEN):
        dose, note = one.maybe_text("dose", most=200) or "", one.maybe_text("note")
        exercises.append(TakenExercise(item=one.text("item", most=80), dose=dose, note=note))
    date, conditions = there.date("date") or dt.date.min, there.texts("conditions", most=MOST_TAKEN)
    there.done()
    return TakenHome(date=date, exercises=tuple(exercises), conditions=conditions)
