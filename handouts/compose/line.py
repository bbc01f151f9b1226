"""The dose on one line: "3 sets of 10 each leg. Hold 5 seconds. Rest 1 minute between sets. 3 days a week."

The card has the whole line, the list on page 1 has it without rest and weekly rhythm. How often a day is told by what
stands beside it. Every line can be read one way only: what is done once, and what is done every day, needs no words; a
range of two numbers is "2 to 3", because a dash is not heard, and "two three times" is another dose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handouts.dose import BuildTo, Dose, Range
from handouts.library.locale import Locale
from handouts.model import Exercise

ONCE, EVERY_DAY = (1, 1), (7, 7)
MINUTE_S = 60
LONG_HOLD_S = 15
"""Seconds from which a hold is a stretch, whose rest is the pause after each one."""


def card_line(dose: Dose, exercise: Exercise, locale: Locale, *, grows: bool = True) -> str:
    """The dose as the card says it: how much, how long to rest, on which days and for how many weeks.

    Where a dose leads is its limit, "at most 30 times", for who must not do more by a plan: it does not grow then.
    """
    much = _much(dose, exercise, locale, grows=grows)
    return _sentences((*much, *_rest(dose, locale), *_on_days(dose, locale), *_weeks(dose, locale)))


def dose_with_times(dose: Dose, exercise: Exercise, locale: Locale) -> str:
    """The card's line, and behind it how often a day where the dose says so."""
    return " ".join(filter(None, (card_line(dose, exercise, locale), _sentences(_a_day(dose, locale)))))


def whole_line(dose: Dose, exercise: Exercise, locale: Locale) -> str:
    """The card's line with how often a day, for somebody who sees no card; what is left open is left out."""
    often = ", ".join((*_a_day(dose, locale), *_on_days(dose, locale)))
    much = _much(dose, exercise, locale)
    return _sentences((*much, *_rest(dose, locale), *filter(None, [often]), *_weeks(dose, locale)))


def list_line(dose: Dose, exercise: Exercise, locale: Locale, *, grows: bool = True) -> str:
    """The dose as the list on page 1 says it, without rest and weekly rhythm; `grows` as on the card."""
    return _sentences((*_much(dose, exercise, locale, grows=grows), *_weeks(dose, locale)))


def span(value: Range, locale: Locale) -> str:
    """A number, or both ends of a range."""
    return _between(str(value[0]), str(value[1]), locale)


def _between(low: str, high: str, locale: Locale) -> str:
    return low if low == high else locale.say("dose.range", low=low, high=high)


def _sentences(phrases: Iterable[str]) -> str:
    return " ".join(f"{phrase[:1].upper()}{phrase[1:]}." for phrase in phrases)


def _counted(word: str, value: Range, locale: Locale, **more: str) -> str:
    """The locale's `dose.<word>` with `{count}` filled in; its plural follows the upper end of a range."""
    return locale.say(f"dose.{word}", n=value[1], count=span(value, locale), **more)


def _time(value: Range, locale: Locale) -> str:
    """A time with its unit: whole minutes in minutes, everything else in seconds, "30 seconds to 5 minutes"."""
    in_minutes = [end % MINUTE_S == 0 for end in value]
    if all(in_minutes):
        return _counted("minutes", (value[0] // MINUTE_S, value[1] // MINUTE_S), locale)
    if not any(in_minutes):
        return _counted("seconds", value, locale)
    # "30 to 300 seconds" makes the reader work it out: two units are said with both ends.
    low, high = (_time((end, end), locale) for end in value)
    return _between(low, high, locale)


# -- how much ----------------------------------------------------------------------------------------------------------


def _much(dose: Dose, exercise: Exercise, locale: Locale, *, grows: bool = True) -> Iterator[str]:
    """What is done, where, how long it is held, with what, and where it leads."""
    of = "side" if exercise.sides == "none" else exercise.sides
    # Changing sides is a sentence of its own: behind a number it would read as "on each side".
    changes_sides = dose.side == "alternate"
    here = locale.say(f"dose.{dose.side}_{of}_brief") if dose.side and not changes_sides else ""
    # The side stands behind the first number or label, once: " each leg", ", left leg only".
    beside = locale.say("dose.beside_each" if dose.side == "each" else "dose.beside_one", where=here) if here else ""
    if work := _work(dose, locale):
        yield work + beside
        here = beside = ""
    if dose.hold_s:
        word = "hold_each_time_brief" if dose.duration_s else "hold_brief"
        yield locale.say(f"dose.{word}", time=_time(dose.hold_s, locale)) + beside
        here = beside = ""
    if changes_sides:
        yield locale.say(f"dose.alternate_{of}").rstrip(".")
    if dose.tempo:
        times = zip(("lower", "wait", "lift"), dose.tempo, strict=True)
        yield ", ".join(locale.say(f"dose.{word}_brief", time=_time((s, s), locale)) for word, s in times if s)
    if dose.load:
        yield _load(dose.load, locale)
    if dose.effort:
        yield _counted("effort_brief", dose.effort, locale)
    if dose.build_to:
        yield _build_to(dose, dose.build_to, locale, "build" if grows else "most") + beside
        here = ""
    if here:
        yield here


def _repeated(dose: Dose) -> bool:
    """Whether there is more than one set; one set needs no words of its own."""
    return dose.sets is not None and dose.sets != ONCE


def _work(dose: Dose, locale: Locale) -> str:
    """Sets of repetitions or of a time; empty where a hold says it all."""
    if _repeated(dose):
        what = _in_a_set(dose, locale)
        if not what and dose.hold_s:
            return _counted("times", dose.sets or ONCE, locale)
        if not what:
            return _counted("sets_brief", dose.sets or ONCE, locale)
        return _counted("sets_of", dose.sets or ONCE, locale, what=what)
    if dose.reps == ONCE:
        return "" if dose.hold_s else locale.say("dose.once_brief")
    if dose.reps:
        times = _counted("times", dose.reps, locale)
        return locale.say("dose.in_all_brief", what=times) if dose.side == "alternate" else times
    return _in_a_set(dose, locale)


def _in_a_set(dose: Dose, locale: Locale) -> str:
    if dose.reps:
        return span(dose.reps, locale)
    return _time(dose.duration_s, locale) if dose.duration_s else ""


def _load(text: str, locale: Locale) -> str:
    """The weight or band to use, from a dose's load; a weight may have a decimal and may be a range."""
    # A band has a colour or a strength and no number.
    if text.startswith("band "):
        return locale.say("dose.with_band_brief", band=locale.say(f"dose.{text.replace(' ', '_')}"))
    word, unit = ("pounds", "lb") if text.endswith("lb") else ("kilograms", "kg")
    low, _, high = text.removesuffix(unit).partition("-")
    high = high or low
    return locale.say(f"dose.with_{word}_brief", n=float(high), count=_between(low, high, locale))


def _build_to(dose: Dose, goal: BuildTo, locale: Locale, lead: str) -> str:
    """Where a dose leads ("build") or its limit ("most"): sets of repetitions; of sets alone, what is in them today."""
    if goal.sets:
        aim = (goal.sets, goal.sets)
        what = str(goal.reps) if goal.reps else _in_a_set(dose, locale)
        word, values = ("sets_of", {"what": what}) if what else ("sets_brief", {})
        return locale.say(f"dose.{lead}_brief", goal=_counted(word, aim, locale, **values))
    reps = goal.reps or 1
    if _repeated(dose):
        return locale.say(f"dose.{lead}_in_set_brief", count=reps)
    return locale.say(f"dose.{lead}_brief", goal=_counted("times", (reps, reps), locale))


# -- when --------------------------------------------------------------------------------------------------------------


def _rest(dose: Dose, locale: Locale) -> Iterator[str]:
    """The rest by where it comes: one that could stand in two places is said so that it stands in one.

    Between sets; after each hold of a stretch, or of a hold that comes again and again for a time; otherwise after
    the last one.
    """
    if not dose.rest_s:
        return
    again = dose.reps not in (None, ONCE) or bool(dose.build_to and dose.build_to.reps)
    if _repeated(dose) and (dose.reps or dose.duration_s or not dose.hold_s):
        # Behind a hold or a tempo "between" alone would be read as between the repetitions.
        apart = dose.hold_s or dose.tempo or dose.load or dose.effort or dose.build_to or dose.side == "alternate"
        when = "between_sets" if apart else "between"
    elif _repeated(dose) or (dose.hold_s and dose.duration_s):
        when = "after_each"
    elif dose.hold_s and again:
        when = "after_each" if dose.hold_s[0] >= LONG_HOLD_S else "at_end"
    else:
        when = "then"
    yield locale.say(f"dose.rest_{when}_brief", time=_time(dose.rest_s, locale))


def _a_day(dose: Dose, locale: Locale) -> Iterator[str]:
    if dose.per_day:
        yield _counted("times_a_day", dose.per_day, locale)


def _on_days(dose: Dose, locale: Locale) -> Iterator[str]:
    """On which days: "5 days a week", "every other day"; "3 times a week" when nothing is said of the day.

    Every day is nothing to say.
    """
    if dose.every_other_day and dose.per_week != ONCE:
        yield locale.say("dose.every_other_day")
    elif dose.per_week and dose.per_week != EVERY_DAY:
        by_days = dose.per_day and dose.per_week != ONCE
        yield _counted("days_a_week" if by_days else "times_a_week", dose.per_week, locale)


def _weeks(dose: Dose, locale: Locale) -> Iterator[str]:
    if dose.weeks:
        yield _counted("weeks_brief", dose.weeks, locale)
