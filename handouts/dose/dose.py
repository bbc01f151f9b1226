"""A dose: its parts and limits, how one dose changes another, how long a session takes and when on a day it is done.

Writes a dose as canonical notation, and as a record for JSON.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal

Range = tuple[int, int]
DoseSide = Literal["each", "left", "right", "alternate"]
Tempo = tuple[int, int, int]
SessionTime = Literal["morning", "midday", "evening"]


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildTo:
    """Where the dose is to lead; at least one of the two is given."""

    sets: int | None = None
    reps: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Dose:
    """How much, how long, how often. A part that is None was not stated: it is left blank, never invented.

    Ranges are inclusive; a single number is a range of equal ends. `tempo` is lower–pause–lift in seconds, `effort`
    perceived exertion from 0 to 10, `load` canonical text such as "5lb", "2kg" or "band red".
    """

    sets: Range | None = None
    reps: Range | None = None
    hold_s: Range | None = None
    duration_s: Range | None = None
    rest_s: Range | None = None
    side: DoseSide | None = None
    per_day: Range | None = None
    per_week: Range | None = None
    every_other_day: bool = False
    load: str | None = None
    effort: Range | None = None
    tempo: Tempo | None = None
    build_to: BuildTo | None = None
    weeks: Range | None = None


class DoseError(ValueError):
    """A dose that cannot be read, or has a part that is out of range.

    Attributes:
        column: where in the notation, from 1; 0 for a dose written as a mapping.
        hint: what to write instead.
        field: the part at fault, where it is known.
    """

    def __init__(self, message: str, column: int = 0, hint: str | None = None, field: str | None = None) -> None:
        self.message, self.column, self.hint, self.field = message, column, hint, field
        super().__init__(message + (f" ({hint})" if hint else ""))


LIMITS: dict[str, tuple[int, int, str]] = {
    "sets": (1, 10, "sets"),
    "reps": (1, 100, "reps"),
    "hold_s": (1, 300, "seconds of hold"),
    "duration_s": (5, 3600, "seconds"),
    "rest_s": (5, 600, "seconds of rest"),
    "per_day": (1, 12, "times a day"),
    "per_week": (1, 7, "times a week"),
    "effort": (0, 10, "points of effort"),
    "weeks": (1, 52, "weeks"),
}
"""Least and most of each part, and its unit: wide enough for every dose of a source, narrow enough to catch a slip."""

TEMPO_MOST_S = 10
"""Seconds of each phase of a tempo."""
LOAD_MOST = {"lb": 200.0, "kg": 90.0}
BANDS = (
    "tan", "yellow", "red", "green", "blue", "black", "silver", "gold", "orange", "purple", "pink", "white", "grey",
    "extra light", "light", "medium", "heavy", "extra heavy",
)  # fmt: skip
"""Bands by colour or strength; each needs its word in every language, hence a closed list."""

_TIMES: dict[int, tuple[SessionTime, ...]] = {
    1: ("morning",),
    2: ("morning", "evening"),
    3: ("morning", "midday", "evening"),
}


def merge_dose(base: Dose, change: Dose) -> Dose:
    """The dose `base` with what `change` states; a part that `change` does not state stays as in `base`.

    Repetitions and a time replace each other, and a time that replaces repetitions also replaces their hold.
    "Every other day" and "times a week" replace each other. A goal that the new dose has reached is dropped.
    """
    changes: dict[str, Any] = {}
    # The hold of a repetition makes no sense in a time, and its goal was counted in repetitions.
    if change.duration_s and base.reps:
        changes.update(reps=None, hold_s=None, build_to=None)
    if change.reps:
        changes["duration_s"] = None
    if change.per_week:
        changes["every_other_day"] = False
    if change.every_other_day:
        changes["per_week"] = None
    stated = ((field.name, getattr(change, field.name)) for field in fields(Dose))
    changes.update((name, value) for name, value in stated if value not in (None, False))
    merged = replace(base, **changes)
    # The goal was the old dose's; one that is reached would tell the patient to build down.
    if change.build_to is None and _build_to_fault(merged):
        merged = replace(merged, build_to=None)
    return merged


CAPPED = ("sets", "reps", "hold_s", "duration_s", "per_day", "per_week")
"""The parts of a dose that a ceiling may be set for."""


def cap_dose(dose: Dose, most: Dose) -> Dose:
    """The dose with nothing above the upper ends of `most`; a part that either does not state stays as it is.

    The goal of a dose goes when it lies above, and the rest between sets when one set is left.
    """
    changes: dict[str, Any] = {}
    for field in CAPPED:
        value: Range | None = getattr(dose, field)
        limit: Range | None = getattr(most, field)
        if value and limit and value[1] > limit[1]:
            changes[field] = (min(value[0], limit[1]), limit[1])
    if changes.get("sets") == (1, 1):
        changes["rest_s"] = None
    capped = replace(dose, **changes)
    goal = dose.build_to
    if goal and (_above(goal.sets, most.sets) or _above(goal.reps, most.reps) or _build_to_fault(capped)):
        capped = replace(capped, build_to=None)
    return capped


def _above(goal: int | None, limit: Range | None) -> bool:
    return goal is not None and limit is not None and goal > limit[1]


def check_dose(dose: Dose, sides: str = "side") -> list[str]:
    """Everything that is wrong with `dose` on an exercise whose `sides` are as in the model (`Exercise.sides`)."""
    found = [f"{message} ({hint})" if hint else message for _, message, hint in faults(dose)]
    if sides == "none" and dose.side:
        shown = "each side" if dose.side == "each" else dose.side
        found.append(f"'{shown}' on an exercise that has no sides (leave the side out)")
    return found


def check_complete(dose: Dose, sides: str) -> list[str]:
    """What `dose` lacks to be printed: something to do, and the side where the exercise has sides."""
    found = []
    if not (dose.reps or dose.duration_s or dose.hold_s):
        found.append("it does not say how much (give reps, a hold, or a time)")
    if sides != "none" and not dose.side:
        found.append("it names no side, but the exercise has sides (add each side, left, right or alternate)")
    return found


def minutes(dose: Dose, rep_s: float) -> float:
    """About how many minutes one session of the exercise takes; of every range, the middle.

    Sets × repetitions × (hold + `rep_s`), twice that when each side is done in turn, plus the rests between sets and
    half a minute to get ready. A dose without repetitions counts those of its goal, or one.

    `rep_s`: seconds that one repetition takes without its hold, where the dose has no tempo that says it.
    """
    rep_s = sum(dose.tempo) if dose.tempo else rep_s
    sets = _middle(dose.sets) or 1
    if dose.duration_s:
        work = _middle(dose.duration_s)
    else:
        goal = dose.build_to.reps if dose.build_to and dose.build_to.reps else 1
        work = (_middle(dose.reps) or goal) * (_middle(dose.hold_s) + rep_s)
    if dose.side == "each":
        # "Alternate" counts both sides already; "each" is done once more on the other side.
        work *= 2
    return (sets * work + (sets - 1) * _middle(dose.rest_s) + 30) / 60


def times_of_day(dose: Dose) -> tuple[SessionTime, ...]:
    """When on a day the dose is done; empty when it does not say, leaves a choice, or is more often than three times.

    A dose by the week or every other day is done once on its days.
    """
    if dose.per_day is None:
        return _TIMES[1] if dose.per_week or dose.every_other_day else ()
    low, high = dose.per_day
    return _TIMES.get(low, ()) if low == high else ()


def sessions_a_day(dose: Dose) -> float:
    """How often the dose is done on a day on which it is done: the middle of a range; once when it does not say."""
    return sum(dose.per_day) / 2 if dose.per_day else 1


def faults(dose: Dose) -> list[tuple[str, str, str | None]]:
    """Everything in `dose` that is out of range or contradicts itself, as (field, message, hint)."""
    found: list[tuple[str, str, str | None]] = []
    for field, (least, most, unit) in LIMITS.items():
        value: Range | None = getattr(dose, field)
        if value is None:
            continue
        low, high = value
        shown = span(value)
        if low > high:
            found.append((field, f"{shown} {unit}: the smaller number comes first", f"write {high}-{low}"))
        elif low < least or high > most:
            found.append((field, f"{shown} {unit} is out of range", f"{least}–{most}"))
    if dose.reps and dose.duration_s:
        found.append(("duration_s", "both reps and a time", "give one of them: '10 reps' or 'for 30s'"))
    if dose.every_other_day and dose.per_week:
        found.append(("per_week", "both 'every other day' and times a week", "give one of them"))
    if dose.tempo and not (all(0 <= part <= TEMPO_MOST_S for part in dose.tempo) and any(dose.tempo)):
        shown = "-".join(map(str, dose.tempo))
        found.append(("tempo", f"tempo {shown} is out of range", f"three times 0–{TEMPO_MOST_S} seconds, not all 0"))
    if fault := _build_to_fault(dose):
        found.append(("build_to", *fault))
    return found


def _middle(value: Range | None) -> float:
    return (value[0] + value[1]) / 2 if value else 0.0


def _build_to_fault(dose: Dose) -> tuple[str, str] | None:
    if dose.build_to is None:
        return None
    goals = {"sets": dose.build_to.sets, "reps": dose.build_to.reps}
    for field, goal in goals.items():
        least, most, unit = LIMITS[field]
        if goal is not None and not least <= goal <= most:
            return f"build to {goal} {unit} is out of range", f"{least}–{most}"
    if goals["reps"] and dose.duration_s:
        return "a time cannot build to reps", "leave one of them out"
    starts = {"sets": dose.sets or (1, 1), "reps": dose.reps or (0, 0)}
    if not any(goal is not None and goal > starts[field][1] for field, goal in goals.items()):
        return "the dose is already at its goal", "build to more sets or reps than the dose begins with"
    return None


def format_dose(dose: Dose) -> str:
    """The canonical notation: `parse_dose` of it is `dose` again."""
    return " ".join(_write_parts(dose))


def to_json(dose: Dose) -> dict[str, Any]:
    """The dose as a record for JSON: its notation, and every part; None for a part that is not stated.

    `reps` is always a pair; of the other numbers a pair stands for a range, a single number for itself.
    """
    shown: dict[str, Any] = {"dose": format_dose(dose)}
    for name, value in asdict(dose).items():
        if isinstance(value, tuple):  # a range, or the three times of a tempo
            value = value[0] if name in LIMITS and name != "reps" and value[0] == value[1] else list(value)
        shown[name] = value
    return shown


def _write_parts(dose: Dose) -> list[str]:
    """The parts of the canonical notation, in its order."""
    found: list[str] = []
    if dose.sets and dose.reps:
        found.append(f"{span(dose.sets)}x{span(dose.reps)}")
    elif dose.sets:
        found.append(_counted(dose.sets, "set"))
    elif dose.reps:
        found.append(_counted(dose.reps, "rep"))
    for word, time in (("hold", dose.hold_s), ("for", dose.duration_s), ("rest", dose.rest_s)):
        if time:
            found.append(f"{word} {_time(time)}")
    if dose.side:
        found.append("each side" if dose.side == "each" else dose.side)
    if dose.per_day:
        found.append(f"{span(dose.per_day)}/day")
    if dose.per_week:
        found.append(f"{span(dose.per_week)}/week")
    if dose.every_other_day:
        found.append("every other day")
    if dose.load:
        found.append(dose.load if dose.load.startswith("band ") else f"load {dose.load}")
    if dose.effort:
        found.append(f"effort {span(dose.effort)}/10")
    if dose.tempo:
        found.append(f"tempo {'-'.join(map(str, dose.tempo))}")
    if dose.build_to:
        found.append(f"build to {_goal(dose.build_to)}")
    if dose.weeks:
        found.append(f"for {_counted(dose.weeks, 'week')}")
    return found


def span(value: Range) -> str:
    """A number, or both ends of a range: `8-12`."""
    return f"{value[0]}" if value[0] == value[1] else f"{value[0]}-{value[1]}"


def _counted(value: Range, word: str) -> str:
    return f"{span(value)} {word}{'' if value == (1, 1) else 's'}"


def _goal(goal: BuildTo) -> str:
    if goal.sets and goal.reps:
        return f"{goal.sets}x{goal.reps}"
    number, word = (goal.sets, "set") if goal.sets else (goal.reps or 0, "rep")
    return _counted((number, number), word)


def _time(value: Range) -> str:
    """Minutes from two minutes on when they are whole, seconds below: the way clinicians write them."""
    low, high = value
    if high < 120 or high % 60:
        return f"{span(value)}s"
    if low % 60:
        return f"{low}s-{high // 60}min"
    return f"{span((low // 60, high // 60))}min"
