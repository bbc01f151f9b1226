"""What to offer instead of a refused exercise or packet. Everything offered has itself been screened."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from handouts.library import Library
from handouts.model import Exercise, NotFor, Program
from handouts.screening.rules import verdict_for, waits_for_clearance
from handouts.screening.windows import standings

MOST_OFFERED = 3


def alternatives(exercise: Exercise, program: Program, library: Library) -> tuple[str, ...]:
    """Up to three ids of exercises of the same region that nothing contraindicates for this patient.

    The same goal first, then those without a caution, then the easiest, then by id. None that the program already has,
    none for conditions that the patient does not have, none that waits for a clearance.
    """
    conditions = standings(program)
    have = {of.condition.id for of in conditions}
    if any(of.condition.blocks_all for of in conditions):
        return ()
    taken = {prescription.exercise.id for prescription in program.prescriptions} | {exercise.id}
    by_id = {other.id: other for other in library.exercises()}
    ranked: list[tuple[bool, bool, int, str]] = []
    for other in by_id.values():
        if other.region != exercise.region or other.id in taken or not belongs(other, have):
            continue
        verdicts = {verdict_for(other, condition, library) for condition in conditions}
        waits = any(waits_for_clearance(other, condition, library) for condition in conditions)
        if not waits and "contraindicated" not in verdicts:
            ranked.append((other.goal != exercise.goal, "caution" in verdicts, steps_up(other, by_id), other.id))
    return tuple(offered for *_, offered in sorted(ranked)[:MOST_OFFERED])


def belongs(exercise: Exercise, conditions: Collection[str]) -> bool:
    """Whether a rule may choose the exercise for a patient who has these conditions."""
    return not exercise.only_for or not set(exercise.only_for).isdisjoint(conditions)


def steps_up(exercise: Exercise, by_id: Mapping[str, Exercise]) -> int:
    """How hard an exercise is: the length of the chain of easier exercises below it. A ring ends the count."""
    seen = {exercise.id}
    below = exercise.easier
    while below is not None and below in by_id and below not in seen:
        seen.add(below)
        below = by_id[below].easier
    return len(seen) - 1


def safer_packet(refusal: NotFor, program: Program, library: Library) -> tuple[str, ...]:
    """The packet that a refusal names, when nothing in it is refused for this patient in turn."""
    if refusal.use is None or refusal.use not in library.packets:
        return ()
    conditions = standings(program)
    other = library.packet(refusal.use)
    refused = {one.condition for one in other.not_for}
    if any(of.condition.id in refused for of in conditions):
        return ()
    for item in other.items:
        exercise = library.exercise(item.exercise)
        if any(verdict_for(exercise, condition, library) == "contraindicated" for condition in conditions):
            return ()
    return (other.id,)
