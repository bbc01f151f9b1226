"""The exercises of a program: a packet or an earlier program, then each layer's additions, changes and skips."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Literal

from handouts.dose import Dose, check_complete, check_dose, minutes
from handouts.errors import BadInput
from handouts.library import Library
from handouts.library.exercises import dose_of
from handouts.library.names import resolve
from handouts.library.nearest import did_you_mean
from handouts.library.packets import MOST_EXERCISES, Entry, entry_of
from handouts.library.yaml_fields import Fields
from handouts.model import Exercise, Packet, Prescription
from handouts.prescription.patient_conditions import known_id

MOST_NOTE = 400
Direction = Literal["up", "down"]
HOW_MUCH = ("sets", "reps", "hold_s", "duration_s", "rest_s", "tempo", "build_to")
"""The parts of a dose that a level changes; side, load and course stay this patient's own."""
HOW_OFTEN = ("per_day", "per_week", "every_other_day")
"""The parts that a level changes only where it differs in them from the exercise's usual dose."""


def packet_prescriptions(packet: Packet, library: Library) -> tuple[Prescription, ...]:
    """A packet's exercises with their doses, complete as the packet writes them."""
    exercises = library.read_all(library.exercise, (item.exercise for item in packet.items))
    pairs = zip(packet.items, exercises, strict=True)
    return tuple(Prescription(exercise=exercise, dose=item.dose) for item, exercise in pairs)


def gentler(before: Prescription) -> Prescription:
    """The exercise at its gentle level and on the same side; as it is where that does not ask for less."""
    exercise = before.exercise
    gentle = exercise.dose_levels.get("gentle")
    if gentle is None or work(gentle, exercise) >= work(before.dose, exercise):
        return before
    dose = replace(gentle, side=before.dose.side or gentle.side)
    unfit = check_dose(dose, exercise.sides) or check_complete(dose, exercise.sides)
    return before if unfit else replace(before, dose=dose)


def work(dose: Dose, exercise: Exercise) -> float:
    """Minutes a week without the rests and without what the dose may build to: how much it asks for."""
    a_day = sum(dose.per_day) / 2 if dose.per_day else 1.0
    a_week = 3.5 if dose.every_other_day else sum(dose.per_week) / 2 if dose.per_week else 7.0
    return minutes(replace(dose, rest_s=None, build_to=None), exercise.rep_s) * a_day * a_week


def next_level(before: Prescription, direction: Direction) -> Dose | None:
    """The patient's dose at the next level of the exercise that asks for more work, or for less; None at the end."""
    exercise = before.exercise
    levels = [exercise.dose_levels.get("gentle"), exercise.dose, exercise.dose_levels.get("strong")]
    found = [_at_level(before, level) for level in levels if level is not None]
    now = work(before.dose, exercise)
    if direction == "up":
        goal = before.dose.build_to.reps or 0 if before.dose.build_to else 0
        return next((dose for dose in found if work(dose, exercise) > now and _leads_to(dose) >= goal), None)
    return next((dose for dose in reversed(found) if work(dose, exercise) < now), None)


def _at_level(before: Prescription, level: Dose) -> Dose:
    """The patient's dose with what makes the level; the dose itself where the two cannot go together."""
    usual, sides = before.exercise.dose, before.exercise.sides
    often = [name for name in HOW_OFTEN if any(getattr(level, of) != getattr(usual, of) for of in HOW_OFTEN)]
    dose = replace(before.dose, **{name: getattr(level, name) for name in (*HOW_MUCH, *often)})
    # A side that is left to be ticked by hand stays open.
    sided = dose if dose.side or sides == "none" else replace(dose, side="each")
    return before.dose if check_dose(sided, sides) or check_complete(sided, sides) else dose


def _leads_to(dose: Dose) -> int:
    """The repetitions in all that a dose has or builds up to."""
    if dose.build_to and dose.build_to.reps:
        return dose.build_to.reps
    return dose.reps[1] * (dose.sets[1] if dose.sets else 1) if dose.reps else 0


class Prescribing:
    """The prescriptions of a program, as layer after layer changes them; problems go to the layers.

    Args:
        start: what the layers change.
        library: the content.
        overridden: whether an exercise of this id is printed in spite of a rule, so that it begins gently.
        unsure: the packet could not be read, so that nobody knows whether it has what is skipped.
    """

    def __init__(
        self, start: Iterable[Prescription], library: Library, overridden: Callable[[str], bool], *, unsure: bool
    ) -> None:
        self.library, self.overridden, self.unsure = library, overridden, unsure
        self.program = {prescription.exercise.id: prescription for prescription in start}
        self._taken_out: set[str] = set()

    @property
    def skipped(self) -> frozenset[str]:
        """What a layer took out, apart from what was never there: its overrides go with it."""
        return frozenset(self._taken_out - self.program.keys())

    def in_order(self, layers: Iterable[Fields]) -> tuple[Prescription, ...]:
        """The prescriptions in the `order` of the first layer that has one; the others follow as they are."""
        # Each layer is read, also those that lose: their mistakes are told.
        order = next(filter(None, [self._order(fields) for fields in layers]), {})
        return tuple(sorted(self.program.values(), key=lambda one: order.get(one.exercise.id, len(order))))

    def _order(self, fields: Fields) -> dict[str, int]:
        named: dict[str, int] = {}
        for index, written in enumerate(fields.texts("order", most=MOST_EXERCISES)):
            name = resolve("exercises", written, self.library) or written
            if name in named:
                fields.problem(f"'{name}' is named twice", "order", index)
            elif not self.unsure:
                fields.known(name, "exercise of this program", list(self.program), "order", index)
            named.setdefault(name, index)
        return named

    def apply(self, fields: Fields) -> None:
        """Add, change and skip what a layer names."""
        named: set[str] = set()
        for index, value in enumerate(fields.list("exercises", most=MOST_EXERCISES)):
            entry = entry_of(fields, value, index, self.library.ids("exercises"), self.library.names)
            if entry is None:
                continue
            if entry.exercise in named:
                fields.problem(
                    f"'{entry.exercise}' is named twice", *entry.where, hint="put everything about it in one place"
                )
                continue
            named.add(entry.exercise)
            if isinstance(entry.details, str) and entry.details.casefold() == "skip":
                self._skip(fields, entry.exercise, *entry.where)
            else:
                self._change(fields, entry)
        for index, written in enumerate(fields.texts("skip")):
            name = known_id(self.library, fields, written, "exercise", "exercises", "skip", index)
            if name in named:
                fields.problem(f"'{name}' is both named and skipped", "skip", index)
            elif name is not None:
                self._skip(fields, name, "skip", index)

    def _skip(self, fields: Fields, name: str, *where: str | int) -> None:
        if self.program.pop(name, None):
            self._taken_out.add(name)
        elif not self.unsure:
            hint = did_you_mean(name, self.program) or "only what the packet or the program has can be skipped"
            fields.problem(f"'{name}' cannot be skipped: the program does not have it", *where, hint=hint)

    def _change(self, fields: Fields, entry: Entry) -> None:
        try:
            exercise = self.library.exercise(entry.exercise)
        except BadInput as error:
            fields.problems.extend(error.problems)
            return
        usual = Prescription(exercise=exercise, dose=exercise.dose)
        old = self.program.get(exercise.id) or (gentler(usual) if self.overridden(exercise.id) else usual)
        details, where, note = entry.details, entry.where, old.note
        if isinstance(details, Mapping):
            more = fields.at(details, *where)
            details, where = more.get("dose"), (*where, "dose")
            note = more.maybe_text("note", most=MOST_NOTE) or note
            more.done()
        dose, side_given = old.dose, old.side_given
        if details is not None:
            dose = dose_of(
                fields, details, *where, sides=exercise.sides, base=old.dose, complete=True, offset=entry.offset
            )
            # Read once more by itself, for what it says of the side; its faults have been told.
            alone = dose_of(Fields({}, fields.places, []), details, *where, sides=exercise.sides)
            side_given |= alone.side is not None
        self.program[exercise.id] = replace(old, dose=dose, note=note, side_given=side_given)
