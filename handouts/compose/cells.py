"""The dose as a strip of labelled numbers. Only values that exist get a cell; the unit stands in the label."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handouts.compose.amounts import (
    beside,
    counted,
    has_frequency,
    in_minutes,
    load,
    load_number,
    span,
    time,
    time_unit,
    where,
)
from handouts.dose import Dose, Range
from handouts.library.locale import Locale
from handouts.model import Exercise


@dataclass(frozen=True, slots=True)
class DoseCell:
    """One number of the strip over its label. `value` None: a blank for the clinician's pen."""

    value: str | None
    label: str


def dose_cells(dose: Dose, exercise: Exercise, locale: Locale) -> tuple[DoseCell, ...]:
    """The strip of a dose, in the order in which a session runs; a blank frequency is a cell without a value."""
    return tuple(_cells(dose, exercise, locale))


def _cells(dose: Dose, exercise: Exercise, locale: Locale) -> Iterator[DoseCell]:
    side = beside(dose, where(dose, exercise, locale, "brief"), locale)
    if dose.load:
        yield _load(dose, locale)
    if dose.sets:
        yield _number("sets", dose.sets, locale)
    if dose.reps:
        yield _sided(_number("reps", dose.reps, locale), side)
    if dose.duration_s:
        yield _sided(_time("for", dose.duration_s, locale), side)
    if dose.hold_s:
        held = _time("hold", dose.hold_s, locale)
        yield held if dose.reps or dose.duration_s else _sided(held, side)
    if dose.rest_s:
        yield _time("rest", dose.rest_s, locale)
    if dose.tempo:
        yield DoseCell("–".join(map(str, dose.tempo)), locale.say("dose.cell_tempo"))
    if dose.effort:
        yield _number("effort", dose.effort, locale)
    yield from _often(dose, locale)
    if dose.build_to:
        for word, goal in (("goal_sets", dose.build_to.sets), ("goal_reps", dose.build_to.reps)):
            if goal:
                yield _number(word, (goal, goal), locale)
    if dose.weeks:
        yield _number("weeks", dose.weeks, locale)


def _number(word: str, value: Range, locale: Locale) -> DoseCell:
    return DoseCell(span(value, locale, "brief"), counted(f"cell_{word}", value, locale, "brief"))


def _sided(cell: DoseCell, side: str) -> DoseCell:
    return DoseCell(cell.value, cell.label + side)


def _time(word: str, value: Range, locale: Locale) -> DoseCell:
    if in_minutes(value[0]) != in_minutes(value[1]):
        return DoseCell(time(value, locale, "brief"), locale.say(f"dose.cell_{word}"))
    unit, numbers = time_unit(value)
    return _number(f"{word}_{unit}", numbers, locale)


def _load(dose: Dose, locale: Locale) -> DoseCell:
    word, number, n = load(dose)
    if word == "band":
        colour = locale.say(f"dose.{number}")
        return DoseCell(colour[:1].upper() + colour[1:], locale.say("dose.cell_band"))
    count = load_number(number, locale, "brief")
    return DoseCell(count, locale.say(f"dose.cell_{word}", n=n, count=count))


def _often(dose: Dose, locale: Locale) -> Iterator[DoseCell]:
    if not has_frequency(dose):
        yield DoseCell(None, locale.say("dose.cell_times_a_day", n=2, count=""))
    if dose.per_day:
        yield _number("times_a_day", dose.per_day, locale)
    if dose.per_week:
        yield _number("days_a_week" if dose.per_day else "times_a_week", dose.per_week, locale)
    if dose.every_other_day:
        yield DoseCell(locale.say("dose.cell_every"), locale.say("dose.cell_other_day"))
