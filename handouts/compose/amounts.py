"""Single amounts in words: a range, a time, a load, a side, how often. Line and strip are built of them.

A range of two numbers is "2 to 3" everywhere: a dash is not heard, and "two three times" is another dose.
"""

from __future__ import annotations

from typing import Literal

from handouts.dose import Dose, Range
from handouts.library.locale import Locale
from handouts.model import Exercise

Pause = Literal["between", "after_each", "at_end", "then"]

ONCE = (1, 1)
EVERY_DAY = (7, 7)
MINUTE_S = 60
LONG_HOLD_S = 15
"""Seconds from which a hold is a stretch, whose rest is the pause after each one."""


def span(value: Range, locale: Locale) -> str:
    """A number, or both ends of a range."""
    return _between(str(value[0]), str(value[1]), locale)


def counted(word: str, value: Range, locale: Locale, **more: str) -> str:
    """The locale's `dose.<word>` with `{count}` filled in; its plural follows the upper end of a range."""
    return locale.say(f"dose.{word}", n=value[1], count=span(value, locale), **more)


def time(value: Range, locale: Locale) -> str:
    """A time with its unit: whole minutes in minutes, everything else in seconds, "30 seconds to 5 minutes"."""
    # "30 to 300 seconds" makes the reader work it out: two units are said with both ends.
    if in_minutes(value[0]) == in_minutes(value[1]):
        unit, numbers = time_unit(value)
        return counted(unit, numbers, locale)
    low, high = (counted(*time_unit((end, end)), locale) for end in value)
    return _between(low, high, locale)


def time_unit(value: Range) -> tuple[str, Range]:
    """The word of the unit for a time in seconds whose two ends share one, and the range in that unit."""
    if in_minutes(value[0]):
        return "minutes", (value[0] // MINUTE_S, value[1] // MINUTE_S)
    return "seconds", value


def in_minutes(seconds: int) -> bool:
    """Whether a time is said in minutes."""
    return seconds % MINUTE_S == 0


def load(text: str, locale: Locale) -> str:
    """The weight or band to use, from a dose's load; a weight may have a decimal and may be a range."""
    # A band has a colour or a strength and no number.
    if text.startswith("band "):
        band = text.replace(" ", "_")
        return locale.say("dose.with_band_brief", band=locale.say(f"dose.{band}"))
    word, unit = ("pounds", "lb") if text.endswith("lb") else ("kilograms", "kg")
    low, _, high = text.removesuffix(unit).partition("-")
    high = high or low
    return locale.say(f"dose.with_{word}_brief", n=float(high), count=_between(low, high, locale))


def where(dose: Dose, exercise: Exercise, locale: Locale) -> str | None:
    """Which side a dose is for, in the exercise's own word: "each leg", "left arm only".

    Changing sides is a sentence of its own: behind a number it would read as "on each side".
    """
    if dose.side is None or dose.side == "alternate":
        return None
    of = "side" if exercise.sides == "none" else exercise.sides
    return locale.say(f"dose.{dose.side}_{of}_brief")


def beside(dose: Dose, side: str | None, locale: Locale) -> str:
    """The side as it stands behind a number or a label: " each leg", ", left leg only"; empty without one."""
    if side is None:
        return ""
    return locale.say("dose.beside_each" if dose.side == "each" else "dose.beside_one", where=side)


def repeated(dose: Dose) -> bool:
    """Whether there is more than one set; one set needs no words of its own."""
    return dose.sets is not None and dose.sets != ONCE


def pause(dose: Dose) -> Pause:
    """Where the rest of a dose comes: a rest that could stand in two places is said so that it stands in one.

    Between sets; after each hold of a stretch, or of a hold that comes again and again for a time; otherwise after
    the last one.
    """
    if repeated(dose):
        return "between" if dose.reps or dose.duration_s or not dose.hold_s else "after_each"
    again = dose.reps not in (None, ONCE) or bool(dose.build_to and dose.build_to.reps)
    if dose.hold_s and (dose.duration_s or again):
        return "after_each" if dose.duration_s or dose.hold_s[0] >= LONG_HOLD_S else "at_end"
    return "then"


def days(dose: Dose, locale: Locale) -> str | None:
    """On which days: "5 days a week", "every other day"; "3 times a week" when nothing is said of the day.

    Every day is nothing to say.
    """
    if dose.every_other_day:
        return locale.say("dose.every_other_day")
    if dose.per_week and dose.per_week != EVERY_DAY:
        return counted("days_a_week" if dose.per_day else "times_a_week", dose.per_week, locale)
    return None


def sentence(text: str) -> str:
    """A phrase of a locale as a sentence: a capital in front, a full stop behind."""
    return text[:1].upper() + text[1:] + "."


def _between(low: str, high: str, locale: Locale) -> str:
    if low == high:
        return low
    return locale.say("dose.range", low=low, high=high)
