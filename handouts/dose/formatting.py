"""Writes a dose: as canonical notation, and as a record for JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from handouts.dose.dose import LIMITS, BuildTo, Dose, Range


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
        found.append(f"{_span(dose.sets)}x{_span(dose.reps)}")
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
        found.append(f"{_span(dose.per_day)}/day")
    if dose.per_week:
        found.append(f"{_span(dose.per_week)}/week")
    if dose.every_other_day:
        found.append("every other day")
    if dose.load:
        found.append(dose.load if dose.load.startswith("band ") else f"load {dose.load}")
    if dose.effort:
        found.append(f"effort {_span(dose.effort)}/10")
    if dose.tempo:
        found.append(f"tempo {'-'.join(map(str, dose.tempo))}")
    if dose.build_to:
        found.append(f"build to {_goal(dose.build_to)}")
    if dose.weeks:
        found.append(f"for {_counted(dose.weeks, 'week')}")
    return found


def _span(value: Range) -> str:
    return f"{value[0]}" if value[0] == value[1] else f"{value[0]}-{value[1]}"


def _counted(value: Range, word: str) -> str:
    return f"{_span(value)} {word}{'' if value == (1, 1) else 's'}"


def _goal(goal: BuildTo) -> str:
    if goal.sets and goal.reps:
        return f"{goal.sets}x{goal.reps}"
    number, word = (goal.sets, "set") if goal.sets else (goal.reps or 0, "rep")
    return _counted((number, number), word)


def _time(value: Range) -> str:
    """Minutes from two minutes on when they are whole, seconds below: the way clinicians write them."""
    low, high = value
    if high < 120 or high % 60:
        return f"{_span(value)}s"
    if low % 60:
        return f"{low}s-{high // 60}min"
    return f"{_span((low // 60, high // 60))}min"
