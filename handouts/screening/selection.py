"""The selection by rule: which exercises of a region suit a patient, and why each was chosen.

Pure: the same wish, conditions and library give the same choice. Everything chosen has itself been screened; "no rule
forbids it" never means that a patient is cleared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from handouts.dose import Dose, format_dose, minutes
from handouts.errors import BadInput, ExitCode, HandoutError, bad_input
from handouts.library import Library
from handouts.library.nearest import did_you_mean
from handouts.model import AGE, POSITIONS, UNDER_AGE, Condition, Exercise, Level, Prescription
from handouts.screening.rules import rules_met, verdict_for
from handouts.screening.screening import belongs, steps_up, suits
from handouts.screening.windows import Standing, is_over, together

MOST = 6
"""How many are chosen when no number is given."""
MOST_NAMED = 6
"""Of the exercises that one reason takes away, so many are named."""
BALANCED = ("mobility", "strength", "motor-control", "stretch", "balance", "relaxation")
"""The order in which goals take turns when none is named: movement before load, the rest when there is room."""
LEVEL_NAMES: dict[Level, str] = {"gentle": "gentle", "standard": "usual", "strong": "strong"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What is asked for: exercises of `region`, of one goal or balanced over all, dosed at `level`, `most` at most."""

    region: str
    goal: str | None = None
    level: Level = "standard"
    most: int = MOST


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A chosen exercise with its dose, and the reason for the clinician, in English."""

    prescription: Prescription
    why: str


class NothingSafe(HandoutError):
    """Every exercise that was asked for is contraindicated for this patient; carries why, a line for each reason."""

    exit_code = ExitCode.REFUSED

    def __init__(self, asked: str, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("\n".join([f"refused for safety: no {asked} is safe for this patient", *self.reasons]))


class ProtocolFirst(HandoutError):
    """A condition whose surgeon or clinic decides what is done: nothing is chosen by rule without their word."""

    exit_code = ExitCode.REFUSED

    def __init__(self, condition: Condition, packets: Sequence[str]) -> None:
        by = condition.clearance.by if condition.clearance else "the doctor or team in charge"
        self.condition, self.packets, self.by = condition.id, tuple(packets), by
        others = f"--packet {' or '.join(packets)}" if packets else "--exercise, as their protocol says"
        word = f'with their word: --clearance {condition.id}="WHO, DATE"'
        if condition.id == UNDER_AGE:
            word = f'print it all the same: --override "{AGE}=REASON" --clinician NAME'
        super().__init__(
            f"refused for safety: with {condition.id} nothing is chosen by rule without the word of: {by}\n"
            f"  instead: {others}\n"
            f"  or, {word}"
        )

    def record(self) -> dict[str, Any]:
        """The finding of the whole program, as screening writes it."""
        reason = f"nothing is chosen by rule without the word of: {self.by}"
        needed = {"condition": self.condition, "verdict": "clearance-needed", "reason": reason}
        return {"findings": [{**needed, "alternatives": list(self.packets)}]}


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An exercise that no rule forbids, measured by what is preferred."""

    exercise: Exercise
    dose: Dose
    cautions: tuple[str, ...]
    standard: bool
    rung: int

    @property
    def ease(self) -> tuple[int, float, str]:
        """Few rungs of easier neighbours below it, then little time."""
        return self.rung, minutes(self.dose, self.exercise.rep_s), self.exercise.id

    @property
    def order(self) -> tuple[object, ...]:
        return bool(self.cautions), not self.standard, self.ease


def select(wish: Wish, conditions: Sequence[Condition | Standing], library: Library) -> tuple[Choice, ...]:
    """The exercises that suit, grouped by position and easiest first within one.

    Never one that a rule forbids, or allows only on a word that nobody has given, or that is only for conditions that
    the patient does not have; and nothing at all while a protocol or a clearance decides. Preferred are those that need
    no care, then those of the region's standard packets for such a patient, then the easy ones, by the chain of easier
    neighbours and by the minutes of a session. Goals
    take turns when none is named. One that does the same as another (goal, position, first muscle) waits until nothing
    else is left. Raises BadInput for a region or goal that the library lacks, ProtocolFirst and NothingSafe.
    """
    asked = _asked(wish, library)
    known = together(conditions, library)
    if any(of.condition.no_progression for of in known):
        wish = replace(wish, level="gentle")  # where doing more makes worse, also when more was asked for
    _check_protocols(wish, known, library)
    asked = [one for one in asked if belongs(one, {of.condition.id for of in known})]
    everything = {exercise.id: exercise for exercise in library.exercises()}
    usual = _in_packets(wish.region, [of.condition for of in known], library)
    safe = [
        _Candidate(
            exercise=exercise,
            dose=exercise.dose_levels.get(wish.level, exercise.dose),
            cautions=tuple(of.condition.id for of in known if verdict_for(exercise, of, library) == "caution"),
            standard=exercise.id in usual,
            rung=steps_up(exercise, everything),
        )
        for exercise in asked
        if suits(exercise, known, library)
    ]
    if not safe:
        what = f"{wish.region} {wish.goal} exercise" if wish.goal else f"{wish.region} exercise"
        raise NothingSafe(what, _reasons(asked, known, library))
    taken = _taken(sorted(safe, key=lambda one: one.order), wish.most)
    placed = sorted(taken, key=lambda one: (POSITIONS.index(one.exercise.position), one.ease))
    return tuple(
        Choice(
            prescription=Prescription(exercise=one.exercise, dose=one.dose),
            why=_why(one, safe, wish, _double_of(one, taken)),
        )
        for one in placed
    )


def left_out(wish: Wish, conditions: Sequence[Condition | Standing], library: Library) -> tuple[str, ...]:
    """Which exercises of the wish a rule forbids, or keeps for the surgeon's word: a line for each reason."""
    return _reasons(_asked(wish, library), together(conditions, library), library)


def _check_protocols(wish: Wish, known: Sequence[Standing], library: Library) -> None:
    """Raises ProtocolFirst for the first condition that waits for a word."""
    have = {of.condition.id for of in known}
    for of in known:
        condition = of.condition
        if condition.clearance_level not in ("program", "protocol") or condition.blocks_all:
            continue
        if of.cleared or is_over(of, library.rules_for(condition.id)):
            continue
        packets = library.items("packets")
        fitting = [
            packet
            for packet in packets
            if condition.id in packet.target_conditions
            and packet.after is None
            and have.isdisjoint(refusal.condition for refusal in packet.not_for)
        ]
        fitting.sort(key=lambda packet: (packet.region != wish.region, packet.id))
        raise ProtocolFirst(condition, [packet.id for packet in fitting])


def _asked(wish: Wish, library: Library) -> list[Exercise]:
    everything = library.exercises()
    regions = {exercise.region for exercise in everything}
    if wish.region not in regions:
        raise _unknown("--region", "region", wish.region, regions)
    of_region = [exercise for exercise in everything if exercise.region == wish.region]
    goals = {exercise.goal for exercise in of_region}
    if wish.goal is not None and wish.goal not in goals:
        raise _unknown("--goal-type", f"{wish.region} goal", wish.goal, goals)
    return [exercise for exercise in of_region if wish.goal in (None, exercise.goal)]


def _unknown(option: str, what: str, value: str, known: Collection[str]) -> BadInput:
    return bad_input(option, f"no exercise has the {what} '{value}'", did_you_mean(value, known))


def _in_packets(region: str, conditions: Sequence[Condition], library: Library) -> set[str]:
    """The exercises of the region's standard packets: those for anyone, and those for what this patient has."""
    have = {condition.id for condition in conditions}
    packets = library.items("packets")
    fitting = [
        packet
        for packet in packets
        if packet.region == region
        and (not packet.target_conditions or not have.isdisjoint(packet.target_conditions))
        and have.isdisjoint(refusal.condition for refusal in packet.not_for)
    ]
    return {item.exercise for packet in fitting for item in packet.items}


def _taken(ranked: Sequence[_Candidate], most: int) -> list[_Candidate]:
    """Up to `most` candidates, the goals taking turns: those that need no care, then those that do, then doubles."""
    taken: list[_Candidate] = []
    for cautious, double in ((False, False), (True, False), (False, True), (True, True)):
        left = [one for one in ranked if one not in taken and (cautious or not one.cautions)]
        while left and len(taken) < most:
            turn = [_next(left, goal, taken, double=double) for goal in BALANCED]
            if not any(turn):
                break
            for one in turn:
                if one is not None and len(taken) < most:
                    taken.append(one)
                    left.remove(one)
    return taken


def _next(left: Sequence[_Candidate], goal: str, taken: Sequence[_Candidate], *, double: bool) -> _Candidate | None:
    fitting = (one for one in left if one.exercise.goal == goal and (double or _double_of(one, taken) is None))
    return next(fitting, None)


def _double_of(one: _Candidate, taken: Iterable[_Candidate]) -> str | None:
    """The id of an exercise taken before `one` that does the same thing, as the advice to the clinician sees it."""
    for other in taken:
        if other is one:
            return None
        if _does(other.exercise) == _does(one.exercise):
            return other.exercise.id
    return None


def _does(exercise: Exercise) -> tuple[str, str, tuple[str, ...]]:
    return exercise.goal, exercise.position, exercise.text.muscles[:1] or (exercise.id,)


def _why(one: _Candidate, safe: Sequence[_Candidate], wish: Wish, double: str | None) -> str:
    """The reason for one choice: what it is for, how it ranks, what to heed, which dose."""
    exercise = one.exercise
    rivals = sorted((other for other in safe if other.exercise.goal == exercise.goal), key=lambda other: other.ease)
    rank = f"{_ordinal(rivals.index(one) + 1)} easiest of {len(rivals)}" if len(rivals) > 1 else "the only one"
    parts = [f"chose {exercise.id}: {rank} for {exercise.goal} that no rule forbids"]
    if one.standard:
        parts.append("in a standard packet")
    if one.cautions:
        parts.append(f"caution with {', '.join(one.cautions)}")
    if double:
        parts.append(f"does the same as {double}, taken to fill the program")
    level: Level = wish.level if wish.level in exercise.dose_levels else "standard"
    parts.append(f"{LEVEL_NAMES[level]} dose {format_dose(one.dose)}")
    return "; ".join(parts)


def _ordinal(number: int) -> str:
    if number == 1:
        return "the"
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"the {number}{ending}"


def _reasons(exercises: Sequence[Exercise], conditions: Iterable[Standing], library: Library) -> tuple[str, ...]:
    """Why exercises are forbidden: condition, reason, and the exercises it takes away."""
    found: dict[tuple[str, str], list[str]] = {}
    for of in conditions:
        condition = of.condition
        for exercise in exercises:
            rules = rules_met(exercise, of, library)
            forbidding = [rule for rule in rules if rule.verdict == "contraindicated"]
            waiting = [rule for rule in rules if rule.needs and not of.cleared]
            reasons = {rule.reason for rule in forbidding or waiting}
            if condition.blocks_all:
                reasons = {condition.note or f"{condition.clinical}: no exercise may be printed"}
            for reason in sorted(reasons):
                found.setdefault((condition.id, reason), []).append(exercise.id)
    return tuple(f"{condition}: {reason}: {_named(items)}" for (condition, reason), items in found.items())


def _named(ids: Sequence[str]) -> str:
    return (
        ", ".join(ids) if len(ids) <= MOST_NAMED else f"{', '.join(ids[:MOST_NAMED])} and {len(ids) - MOST_NAMED} more"
    )
