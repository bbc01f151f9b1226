"""Overrides: named decisions to print what a rule forbids, `{EXERCISE: {CONDITION: {reason, by, on}}}`.

The program's clinician decides. The short form is the reason alone: decided on the program's date. `age` stands for
every exercise of a patient under age.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from handouts.errors import AtTerminal
from handouts.library import Library
from handouts.library.names import resolve
from handouts.library.nearest import key_of
from handouts.library.yaml_fields import Fields, read_as
from handouts.model import AGE, UNDER_AGE, Override, Patient, Program
from handouts.prescription.patient_conditions import one_of

LEAST_WORDS, LEAST_LETTERS = 2, 10
MOST_REASON, MOST_NAME = 400, 200
REASON_HINT = f"say why in at least {LEAST_WORDS} words and {LEAST_LETTERS} letters"
SIGN_HINT = "the clinician of the program decides, in their own name: leave the other name out"
NOBODY = "nobody is named who decides this override"
NOBODY_HINT = AtTerminal("clinician: NAME, or --clinician NAME", "give the name of the clinician")


def is_reason(text: str) -> bool:
    """Whether a text can be a reason: somebody who reads the record later must learn something from it."""
    words = {word for word in text.casefold().split() if any(map(str.isalpha, word))}
    return len(words) >= LEAST_WORDS and sum(map(str.isalpha, text)) >= LEAST_LETTERS


def overridden_exercises(sections: Iterable[Fields], patient: Patient, library: Library) -> Callable[[str], bool]:
    """Tells of an exercise's id whether an override of any layer is about it."""
    keys = {key for section in sections for key in section.data}
    named = {resolve("exercises", key, library) or key for key in keys if isinstance(key, str)}
    is_child = any(known.condition.id == UNDER_AGE for known in patient.conditions)
    return lambda exercise: exercise in named or (AGE in keys and is_child)


def read_overrides(
    sections: Sequence[Fields], library: Library, program: Program, *, skipped: frozenset[str], unsure: bool
) -> tuple[Override, ...]:
    """The overrides of every layer by item and condition, without those of exercises that a layer skips.

    Args:
        sections: the layers' overrides, the one that wins first; problems go to them.
        program: what may be overridden; its clinician and date where an override does not say who decides, and when.
        skipped: exercises that were taken out.
        unsure: whether the packet could not be read, so that nobody knows what the program holds.
    """
    items = [one.exercise.id for one in program.prescriptions] + ([program.packet.id] if program.packet else [])
    conditions = [known.condition.id for known in program.patient.conditions]
    found: dict[tuple[str, str], Override] = {}
    for overrides in reversed(sections):
        for key, value in overrides.data.items():
            if key == AGE and not (isinstance(value, Mapping) and UNDER_AGE in value):
                found[AGE, UNDER_AGE] = _override(overrides, key, AGE, UNDER_AGE, program)
                continue
            reasons = overrides.inner(key, required=True)
            item = AGE if key == AGE else one_of(library, items, key, "exercises", "packets")
            if reasons is None or item in skipped:
                continue
            if item != AGE and not unsure:
                overrides.known(item, "exercise or packet of this program", items, key, key=True)
            for name in reasons.data:
                condition = UNDER_AGE if item == AGE else one_of(library, conditions, name, "conditions")
                if item == AGE:
                    reasons.known(name, "override of the age", [UNDER_AGE], name, key=True)
                else:
                    reasons.known(condition, "condition of this patient", conditions, name, key=True)
                found[item, condition] = _override(reasons, name, item, condition, program)
    return tuple(override for _, override in sorted(found.items()))


def _override(fields: Fields, name: str, item: str, condition: str, program: Program) -> Override:
    """The override under `name`: the reason alone, or `{reason, by, on}`."""
    value = fields.get(name, required=True)
    if value is None:
        return Override(item=item, condition=condition, reason="")
    where: tuple[str, ...] = (name,)
    clinician, date = program.clinician, program.date
    by, on = clinician, date
    if isinstance(value, Mapping):
        more = fields.at(value, name)
        reason, where = more.text("reason", most=MOST_REASON), (name, "reason")
        by, on = more.maybe_text("by", most=MOST_NAME) or clinician, more.date("on") or date
        more.done()
    else:
        reason = fields.as_text(value, name, most=MOST_REASON)
    # The reason is not told again: it may name the patient, and problems stand in reports.
    if reason and not is_reason(reason):
        fields.problem(f"{item} with {condition}: the reason says too little", *where, hint=REASON_HINT)
    if not any(map(str.isalpha, by or "")):
        fields.problem(NOBODY, name, hint=NOBODY_HINT)
    elif by and clinician and not is_same_clinician(by, clinician):
        fields.problem(f"{item} with {condition}: {by} is not this program's clinician", name, "by", hint=SIGN_HINT)
    since = next((known.since for known in program.patient.conditions if known.condition.id == condition), None)
    if on > date:
        fields.problem(f"decided on {on}, after the handout's date, {date}", name, "on")
    elif since and on < since:
        message = f"decided on {on}, before '{condition}' itself, since {since}"
        fields.problem(message, name, "on", hint="decide it anew, and give that day")
    return Override(item=item, condition=condition, reason=reason, by=by, on=on)


def is_same_clinician(one: str, other: str) -> bool:
    """Whether two texts name one person; the licence behind a name does not count."""
    return key_of(one.partition(",")[0]) == key_of(other.partition(",")[0])


def overrides_record(overrides: Iterable[Override]) -> dict[str, dict[str, dict[str, Any]]]:
    """Overrides for a record or a program file, by item and condition."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for one in overrides:
        on = one.on.isoformat() if one.on else None
        found.setdefault(one.item, {})[one.condition] = {"reason": one.reason, "by": one.by, "on": on}
    return found


def recorded_overrides(record: Fields) -> tuple[Override, ...]:
    """The overrides of a record as they were decided then; the first handouts kept only the reason."""
    found = []
    overrides = record.inner("overrides")
    for item, by_condition in overrides.data.items() if overrides else ():
        reasons = record.at(by_condition, "overrides", item)
        for condition, value in reasons.data.items():
            decided = reasons.at(value if isinstance(value, Mapping) else {"reason": value}, condition)
            names = record.as_text(item, "overrides", item), reasons.as_text(condition, condition)
            found.append(read_as(Override, decided, item=names[0], condition=names[1]))
    return tuple(found)
