"""The changes of a draft. Each takes a draft and returns the next one, or raises ImpossibleChange with the reason.

The caller has looked up every id in the library.
"""

from __future__ import annotations

from dataclasses import asdict, replace

from handouts.dose import Dose, DoseError, check_complete, check_dose, format_dose, merge_dose, parse_dose
from handouts.drafting.draft import (
    QUESTIONS,
    Draft,
    DraftCondition,
    DraftExercise,
    DraftHistory,
    ImpossibleChange,
    Step,
)
from handouts.library import Library
from handouts.library.packets import MOST_EXERCISES
from handouts.model import AGE, UNDER_AGE, Override, Prescription
from handouts.prescription.prescribing import gentler

MOST_STEPS = 200
"""How many steps can be taken back."""


def take_step(history: DraftHistory, what: str, draft: Draft) -> DraftHistory:
    """The history after one more step; a step that changes nothing is not kept."""
    if draft == history.draft:
        return history
    past = (*history.past, Step(what, history.draft))[-MOST_STEPS:]
    return replace(history, draft=draft, past=past, ahead=())


def undo(history: DraftHistory) -> tuple[str, DraftHistory]:
    """What to say of the latest step, and the history without it. Raises ImpossibleChange when there is none."""
    if not history.past:
        raise ImpossibleChange("there is no step to take back")
    *past, last = history.past
    ahead = (*history.ahead, Step(last.what, history.draft))
    return f"Taken back: {last.what}.", replace(history, draft=last.draft, past=tuple(past), ahead=ahead)


def redo(history: DraftHistory) -> tuple[str, DraftHistory]:
    """What to say of the step that was taken back last, and the history with it. Raises ImpossibleChange."""
    if not history.ahead:
        raise ImpossibleChange("there is no step to do again")
    *ahead, after = history.ahead
    past = (*history.past, Step(after.what, history.draft))
    return f"Done again: {after.what}.", replace(history, draft=after.draft, past=past, ahead=tuple(ahead))


def next_question(draft: Draft) -> Draft:
    """The draft at the question after the one it is at."""
    return replace(draft, question=QUESTIONS[min(QUESTIONS.index(draft.question) + 1, len(QUESTIONS) - 1)])


def add_condition(draft: Draft, has: DraftCondition) -> Draft:
    """The draft with one more condition, or with other facts about one it has.

    What is not said anew stays, unless it is of another event: of another day, or of the other side.
    """
    known = {one.condition: one for one in draft.conditions}
    old = known.get(has.condition, has)
    if all(None in (then, now) or then == now for then, now in ((old.since, has.since), (old.side, has.side))):
        has = replace(has, **{field: value for field, value in asdict(old).items() if getattr(has, field) is None})
    return replace(draft, conditions=tuple((known | {has.condition: has}).values()))


def drop_condition(draft: Draft, condition: str) -> Draft:
    """The draft without a condition, and without the overrides that were for it."""
    return _pruned(replace(draft, conditions=tuple(one for one in draft.conditions if one.condition != condition)))


def choose_packet(draft: Draft, packet: str | None, library: Library) -> Draft:
    """The draft with another packet, or none: its exercises first, then what the clinician added or changed."""
    # What still is as the old packet had it goes with it; what the clinician changed is theirs and stays.
    before = set(packet_doses(draft.packet, library).items())
    own = [one for one in draft.exercises if (one.exercise, one.dose) not in before or one.note]
    doses = packet_doses(packet, library)
    kept = {one.exercise: one for one in own}
    first = [kept.get(exercise) or DraftExercise(exercise=exercise, dose=dose) for exercise, dose in doses.items()]
    rest = [one for one in own if one.exercise not in doses]
    return _pruned(replace(draft, packet=packet, exercises=(*first, *rest)))


def add_exercise(draft: Draft, exercise: str, dose: str) -> Draft:
    """The draft with one more exercise at its end."""
    if exercise in draft.exercise_ids:
        raise ImpossibleChange(f"{exercise} is in the program already")
    if len(draft.exercises) >= MOST_EXERCISES:
        raise ImpossibleChange(f"{MOST_EXERCISES} exercises are the most")
    return replace(draft, exercises=(*draft.exercises, DraftExercise(exercise=exercise, dose=dose)))


def drop_exercise(draft: Draft, exercise: str) -> Draft:
    """The draft without an exercise."""
    return _pruned(replace(draft, exercises=tuple(one for one in draft.exercises if one.exercise != exercise)))


def swap(draft: Draft, old: str, new: str, dose: str) -> Draft:
    """The draft with `new` in the place of `old`."""
    if new in draft.exercise_ids:
        raise ImpossibleChange(f"{new} is in the program already")
    instead_of = chosen(draft, old).instead_of or old
    return _pruned(_with(draft, old, DraftExercise(exercise=new, dose=dose, instead_of=instead_of)))


def set_dose(draft: Draft, exercise: str, dose: str, *, side_given: bool = False) -> Draft:
    """The draft with another dose of an exercise; with `side_given` its side is set, also where it is the usual one."""
    before = chosen(draft, exercise)
    return _with(
        draft, exercise, replace(before, dose=dose, side_given=side_given or sets_side(before, parse_dose(dose)))
    )


def sets_side(before: DraftExercise, dose: Dose) -> bool:
    """Whether the side of a dose is the clinician's: it was set before, or is another now."""
    return before.side_given or dose.side != parse_dose(before.dose).side


def set_note(draft: Draft, exercise: str, note: str | None) -> Draft:
    """The draft with another note on an exercise."""
    return _with(draft, exercise, replace(chosen(draft, exercise), note=note or None))


def move(draft: Draft, exercise: str, place: int) -> Draft:
    """The draft with an exercise at another place, counted from 1."""
    if not 1 <= place <= len(draft.exercises):
        raise ImpossibleChange(f"there are places 1 to {len(draft.exercises)}")
    rest = [one for one in draft.exercises if one.exercise != exercise]
    rest.insert(place - 1, chosen(draft, exercise))
    return replace(draft, exercises=tuple(rest))


def override(draft: Draft, item: str, condition: str, reason: str, by: str | None = None) -> Draft:
    """The draft in which `item`, or with `age` everything, is printed in spite of `condition`, for a reason."""
    if not reason.strip():
        raise ImpossibleChange("an override needs its reason")
    decided = Override(item=item, condition=condition, reason=reason.strip(), by=by)
    return replace(draft, overrides=(*drop_override(draft, item, condition).overrides, decided))


def drop_override(draft: Draft, item: str, condition: str) -> Draft:
    """The draft without an override."""
    kept = tuple(one for one in draft.overrides if (one.item, one.condition) != (item, condition))
    return replace(draft, overrides=kept)


def chosen(draft: Draft, exercise: str) -> DraftExercise:
    """An exercise of the draft. Raises ImpossibleChange for another."""
    found = next((one for one in draft.exercises if one.exercise == exercise), None)
    if found is None:
        raise ImpossibleChange(f"{exercise} is not in the program")
    return found


def packet_doses(packet: str | None, library: Library) -> dict[str, str]:
    """The exercises of a packet with their doses; empty without a packet."""
    if packet is None:
        return {}
    return {item.exercise: format_dose(item.dose) for item in library.packet(packet).items}


def usual_dose(draft: Draft, exercise: str, library: Library) -> Dose:
    """What a dose of this exercise changes: the packet's dose, or the exercise's own."""
    items = library.packet(draft.packet).items if draft.packet else ()
    return next((item.dose for item in items if item.exercise == exercise), library.exercise(exercise).dose)


def gentle_dose(draft: Draft, exercise: str, library: Library) -> Dose:
    """The dose of an exercise that is overridden, unless another is written."""
    usual = usual_dose(draft, exercise, library)
    return gentler(Prescription(exercise=library.exercise(exercise), dose=usual)).dose


def begin_gently(draft: Draft, item: str, library: Library) -> Draft:
    """The draft after an override: the exercise at its gentle dose, unless another than the usual one was written."""
    if item not in draft.exercise_ids or chosen(draft, item).dose != format_dose(usual_dose(draft, item, library)):
        return draft
    return set_dose(draft, item, format_dose(gentle_dose(draft, item, library)))


def begin_all_gently(before: Draft, draft: Draft, library: Library) -> Draft:
    """The draft in which what has come since `before` begins gently, where the age is overridden."""
    if any(one.item == AGE for one in draft.overrides):
        for exercise in draft.exercise_ids:
            draft = draft if exercise in before.exercise_ids else begin_gently(draft, exercise, library)
    return draft


def read_dose(text: str, draft: Draft, exercise: str, library: Library) -> Dose:
    """The dose that counts when `text` is asked for: parts that it leaves out are the usual ones, the side stays.

    Raises DoseError for one that cannot be read, is out of range, or leaves the patient without something to do.
    """
    usual = usual_dose(draft, exercise, library)
    side = next((parse_dose(one.dose).side for one in draft.exercises if one.exercise == exercise), None)
    dose = merge_dose(replace(usual, side=side or usual.side), parse_dose(text))
    sides = library.exercise(exercise).sides
    if faults := check_dose(dose, sides) or check_complete(dose, sides):
        raise DoseError(faults[0])
    return dose


def _with(draft: Draft, exercise: str, other: DraftExercise) -> Draft:
    return replace(draft, exercises=tuple(other if one.exercise == exercise else one for one in draft.exercises))


def _pruned(draft: Draft) -> Draft:
    """Without the overrides that have nothing left to override."""
    items, conditions = {*draft.exercise_ids, draft.packet}, {one.condition for one in draft.conditions}
    # The age is overridden for all exercises at once; where it was given, its condition is not listed.
    if draft.age is not None or draft.born or UNDER_AGE in conditions:
        items, conditions = {*items, AGE}, {*conditions, UNDER_AGE}
    kept = tuple(one for one in draft.overrides if one.item in items and one.condition in conditions)
    return replace(draft, overrides=kept)
