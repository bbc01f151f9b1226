"""How the patient's conditions change what is printed: one voice on each card, no dose above a ceiling, the right side.

A dose above a ceiling is brought down to it and the clinician is told, also when it was written for this patient: the
card would otherwise say "short" beside a long time. It is not refused, because a caution cannot be overridden; who
means more changes the rule in the clinic's own library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from handouts.dose import Dose, cap_dose, format_dose, minutes
from handouts.library import Library
from handouts.library.safety_facts import adapts
from handouts.model import Adapt, Exercise, Note, PatientCondition, Prescription, Program, Rule, notes
from handouts.screening.rules import rules_met
from handouts.screening.windows import Standing, is_over, standing, standings


def adapt(program: Program, library: Library) -> tuple[Program, tuple[Note, ...]]:
    """The program as it is to be printed, and what the clinician must know of the difference.

    An exercise keeps its id; its dose, side, position and figure may change, and `adapted_by` says which rules word it.
    Adapting again changes nothing.
    """
    prescriptions, found = [], list[Note]()
    conditions = standings(program, library)
    for prescription in program.prescriptions:
        changes = _changes(prescription, conditions, library)
        adapted = _on_its_side(_adapted(prescription, changes, library), program, library)
        if adapted.dose.build_to and (why := _why_no_goal(program, prescription, conditions, library)):
            adapted = replace(adapted, dose=_at_its_start(adapted))
            text = f"no goal is printed with {', '.join(why)}, but {format_dose(adapted.dose)}"
            found.append(Note("safety", f"{prescription.exercise.id}: {text}"))
        prescriptions.append(adapted)
        found += notes("safety", _dose_notes(program, prescription, adapted, changes))
        found += _word_notes(adapted, _wording(changes))
    printed = replace(program, prescriptions=tuple(prescriptions))
    return printed, (*found, *_side_notes(printed, library))


class _Change(NamedTuple):
    """A rule that changes an exercise, what it changes, in which week, and whether it words the card."""

    rule: Rule
    adapt: Adapt
    week: int | None
    has_words: bool

    @property
    def has_own_words(self) -> bool:
        """Whether the rule says more than another start."""
        return self.has_words and bool(self.rule.text.adapted or self.adapt.like)

    def capped(self, dose: Dose) -> Dose:
        """The dose under the ceilings of the rule; where weeks raise one, under the lowest when there is no date."""
        if self.adapt.most:
            dose = cap_dose(dose, self.adapt.most)
        if self.adapt.minutes_a_week:
            seconds = 60 * self.adapt.minutes_a_week * max(1, self.week or 1)
            dose = cap_dose(dose, Dose(duration_s=(seconds, seconds)))
        return replace(dose, load=None) if self.adapt.no_load else dose


_WEIGHT = "light-weight"
_SUPPORT = {"propped": ("pillow",), "sitting": ("chair",)}
"""What the other starts need."""


def _changes(prescription: Prescription, conditions: Sequence[Standing], library: Library) -> list[_Change]:
    """What changes the exercise, the strictest first: what waits for clearance, then the shortest dose."""
    exercise, found = prescription.exercise, list[_Change]()
    for of in conditions:
        for rule in rules_met(exercise, of, library):
            if rule.adapt and adapts(rule, exercise):
                has_words = bool(
                    rule.text.adapted or rule.adapt.like or exercise.text.starts.get(rule.adapt.position or "")
                )
                found.append(_Change(rule, rule.adapt, of.week, has_words))

    def laxity(one: _Change) -> tuple[bool, float, str]:
        return one.rule.needs is None, minutes(one.capped(prescription.dose), exercise.rep_s), one.rule.id

    return sorted(found, key=laxity)


def under_ceilings(dose: Dose, exercise: Exercise, of: Standing, library: Library) -> Dose:
    """The dose under every ceiling that one condition sets the exercise in this week."""
    for change in _changes(Prescription(exercise=exercise, dose=dose), [of], library):
        dose = change.capped(dose)
    return dose


def _adapted(prescription: Prescription, changes: Sequence[_Change], library: Library) -> Prescription:
    dose = prescription.dose
    for change in changes:
        dose = change.capped(dose)
    words = _wording(changes)
    exercise, shown = prescription.exercise, None
    if words and words[0].adapt.like:
        shown = library.exercise(words[0].adapt.like)
        exercise = replace(exercise, position=shown.position, equipment=shown.equipment, bed_ok=shown.bed_ok)
    if position := _other_start(words):
        support = _SUPPORT.get(position, ())
        equipment = tuple(dict.fromkeys((*exercise.equipment, *support)))
        exercise = replace(exercise, position=position, equipment=equipment)
    if any(change.adapt.no_load for change in changes):
        exercise = replace(exercise, equipment=tuple(one for one in exercise.equipment if one != _WEIGHT))
    return replace(
        prescription,
        exercise=exercise,
        dose=dose,
        adapted_by=tuple(change.rule for change in (*words, *(one for one in changes if not one.has_words))),
        shown_as=shown,
    )


def _wording(changes: Sequence[_Change]) -> list[_Change]:
    """What words the card, in the order in which it counts: a rule's own words before another start alone."""
    return sorted((one for one in changes if one.has_words), key=lambda one: not one.has_own_words)


def _other_start(words: Sequence[_Change]) -> str | None:
    """Where it is done instead: one rule's start goes with another's steps, unless those come with their own."""
    if words and words[0].has_own_words:
        own = words[0].rule.text.adapted
        words = words[:1] if words[0].adapt.like or (own and own.setup) else words
    return next((one.adapt.position for one in words if one.adapt.position), None)


def _dose_notes(
    program: Program, given: Prescription, adapted: Prescription, changes: Sequence[_Change]
) -> Iterator[str]:
    capping = [change.rule.id for change in changes if change.capped(given.dose) != given.dose]
    if not capping:
        return
    exercise = given.exercise
    which = "the usual dose" if given.dose in _usual(program, exercise) else "the dose that was asked for"
    yield (
        f"{exercise.id}: {which}, {format_dose(given.dose)}, is more than {', '.join(capping)} allows: "
        f"{format_dose(adapted.dose)} is printed"
    )


def _usual(program: Program, exercise: Exercise) -> list[Dose]:
    packet = [item.dose for item in program.packet.items if item.exercise == exercise.id] if program.packet else []
    return [exercise.dose, *exercise.dose_levels.values(), *packet]


def _why_no_goal(
    program: Program, prescription: Prescription, conditions: Sequence[Standing], library: Library
) -> list[str]:
    """The conditions with which nobody is told to build the dose up, as a card with a caution does not say how to.

    A goal that the clinician has written for this patient stands, but where doing more is wrong for the condition.
    """
    exercise = prescription.exercise
    is_usual = prescription.dose in _usual(program, exercise)
    return [
        of.condition.id
        for of in conditions
        if of.condition.no_progression or (is_usual and rules_met(exercise, of, library))
    ]


def _at_its_start(prescription: Prescription) -> Dose:
    """The dose without the goal that it leads to; where it says no other number, as often as it gently begins."""
    exercise, dose = prescription.exercise, prescription.dose
    return replace(dose, build_to=None, reps=dose.reps or exercise.dose_levels.get("gentle", exercise.dose).reps)


def _word_notes(adapted: Prescription, wording: Sequence[_Change]) -> Iterator[Note]:
    """Which rule words the card, and which others would word it otherwise."""
    position = adapted.exercise.position
    others = [one.rule.id for one in wording[1:] if one.has_own_words or one.adapt.position != position]
    more = f"; {', '.join(others)} would word it otherwise: please read the card" if others else ""
    for one in wording[:1]:
        text = f"{adapted.exercise.id}: printed as {one.rule.id} words it{more}"
        yield Note("safety" if others else "choice", text)


# -- sides -----------------------------------------------------------------------------------------------------------


def _one_sided(exercise: Exercise, program: Program, library: Library) -> list[PatientCondition]:
    """The patient's conditions whose side is that of this exercise."""
    if exercise.sides == "none":
        return []
    return [
        known
        for known in program.patient.conditions
        if exercise.region in known.condition.one_sided
        and not is_over(standing(known, program.date), library.rules_for(known.condition.id))
    ]


def _on_its_side(prescription: Prescription, program: Program, library: Library) -> Prescription:
    """The prescription on the side of its conditions; without a side, for a pen to tick, where one is not known.

    A side that the clinician has written stands, and so does a move that changes sides by itself.
    """
    known = _one_sided(prescription.exercise, program, library)
    # Who has both knees worn and one of them replaced does the exercises of the new one.
    sides = {one.side for one in known if one.side or not one.condition.often_both}
    if not sides or prescription.side_given or prescription.dose.side not in ("each", None):
        return prescription
    if None in sides:
        return replace(prescription, dose=replace(prescription.dose, side=None))
    side = sides.pop() if len(sides) == 1 else "both"
    return replace(prescription, dose=replace(prescription.dose, side="each" if side == "both" else side))


def _side_notes(program: Program, library: Library) -> Iterator[Note]:
    """The sides to be ticked by hand, in one line for each condition, and those written against it."""
    open_sides: dict[str, list[str]] = {}
    for prescription in program.prescriptions:
        exercise, side = prescription.exercise.id, prescription.dose.side
        known = _one_sided(prescription.exercise, program, library)
        for one in known:
            if side is None and one.side is None and not one.condition.often_both:
                open_sides.setdefault(one.condition.id, []).append(exercise)
        sides = {one.side for one in known}
        written = side in ("left", "right") or (side == "each" and prescription.side_given)
        if written and side not in sides and len(sides & {"left", "right"}) == 1:
            named = ", ".join(f"{one.condition.id} is on the {one.side}" for one in known if one.side)
            yield Note("safety", f"{exercise}: is written for {side} side, and {named}")
        yield from (Note("safety", text) for text in _no_other_side(prescription.exercise, program, library))
    for name, exercises in open_sides.items():
        asked = f'{name}: which side? The cards leave left and right to tick: "{name} left": {", ".join(exercises)}'
        yield Note("missing", asked)


_OTHER_SIDE = re.compile(r"\b(other|strong|good) (arm|hand|leg|side)\b")
"""What a caution asks of the side that is well."""


def _no_other_side(exercise: Exercise, program: Program, library: Library) -> Iterator[str]:
    """The cautions on an exercise that ask for the other side of a patient who has none that is well."""
    for known in program.patient.conditions:
        if known.side != "both":
            continue
        for rule in rules_met(exercise, standing(known, program.date), library):
            if rule.verdict == "caution" and _OTHER_SIDE.search(rule.text.advice):
                yield (
                    f"{exercise.id}: {rule.id} asks for the other side, and {known.condition.id} is on both: "
                    "please leave it out, or say how it is to be done"
                )
