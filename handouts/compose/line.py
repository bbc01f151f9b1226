"""The dose on one line: "3 sets of 10 each leg. Hold 5 seconds. Rest 1 minute between sets. 3 days a week."

The card has the whole line, the list on page 1 has it without rest and weekly rhythm. How often a day is told by what
stands beside it. Every line can be read one way only: what is done once, and what is done every day, needs no words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handouts.compose.amounts import ONCE, beside, counted, days, load, pause, repeated, sentence, span, time, where
from handouts.dose import BuildTo, Dose
from handouts.library.locale import Locale
from handouts.model import Exercise


def card_line(dose: Dose, exercise: Exercise, locale: Locale, *, grows: bool = True) -> str:
    """The dose as the card says it: how much, how long to rest, on which days and for how many weeks.

    Where a dose leads is its limit, "at most 30 times", for who must not do more by a plan: it does not grow then.
    """
    often = _on_days(dose, locale)
    much = _much(dose, exercise, locale, grows=grows)
    return _sentences((*much, *_rest(dose, locale), *often, *_weeks(dose, locale)))


def dose_with_times(dose: Dose, exercise: Exercise, locale: Locale) -> str:
    """The card's line, and behind it how often a day where the dose says so."""
    often = [counted("times_a_day", dose.per_day, locale)] if dose.per_day else []
    return " ".join(filter(None, (card_line(dose, exercise, locale), _sentences(often))))


def whole_line(dose: Dose, exercise: Exercise, locale: Locale) -> str:
    """The card's line with how often a day, for somebody who sees no card; what is left open is left out."""
    a_day = [counted("times_a_day", dose.per_day, locale)] if dose.per_day else []
    often = [", ".join(both)] if (both := [*a_day, *_on_days(dose, locale)]) else []
    return _sentences((*_much(dose, exercise, locale), *_rest(dose, locale), *often, *_weeks(dose, locale)))


def list_line(dose: Dose, exercise: Exercise, locale: Locale, *, grows: bool = True) -> str:
    """The dose as the list on page 1 says it, without rest and weekly rhythm; `grows` as on the card."""
    return _sentences((*_much(dose, exercise, locale, grows=grows), *_weeks(dose, locale)))


def _sentences(phrases: Iterable[str]) -> str:
    return " ".join(sentence(phrase) for phrase in phrases)


def _much(dose: Dose, exercise: Exercise, locale: Locale, *, grows: bool = True) -> Iterator[str]:
    """What is done, where, how long it is held, with what, and where it leads."""
    here = where(dose, exercise, locale)
    if work := _work(dose, locale):
        yield work + beside(dose, here, locale)
        here = None
    if dose.hold_s:
        many = dose.duration_s is not None
        word = "hold_each_time_brief" if many else "hold_brief"
        yield locale.say(f"dose.{word}", time=time(dose.hold_s, locale)) + beside(dose, here, locale)
        here = None
    if dose.side == "alternate":
        of = "side" if exercise.sides == "none" else exercise.sides
        yield locale.say(f"dose.alternate_{of}").rstrip(".")
    if dose.tempo:
        yield _tempo(dose.tempo, locale)
    if dose.load:
        yield load(dose.load, locale)
    if dose.effort:
        yield counted("effort_brief", dose.effort, locale)
    if dose.build_to:
        yield _build_to(dose, dose.build_to, locale, "build" if grows else "most") + beside(dose, here, locale)
        here = None
    if here:
        yield here


def _work(dose: Dose, locale: Locale) -> str:
    """Sets of repetitions or of a time; empty where a hold says it all."""
    if repeated(dose):
        what = _in_a_set(dose, locale)
        if not what and dose.hold_s:
            return counted("times", dose.sets or ONCE, locale)
        if not what:
            return counted("sets_brief", dose.sets or ONCE, locale)
        return counted("sets_of", dose.sets or ONCE, locale, what=what)
    if dose.reps == ONCE:
        return "" if dose.hold_s else locale.say("dose.once_brief")
    if dose.reps:
        times = counted("times", dose.reps, locale)
        return locale.say("dose.in_all_brief", what=times) if dose.side == "alternate" else times
    return _in_a_set(dose, locale)


def _in_a_set(dose: Dose, locale: Locale) -> str:
    if dose.reps:
        return span(dose.reps, locale)
    return time(dose.duration_s, locale) if dose.duration_s else ""


def _rest(dose: Dose, locale: Locale) -> Iterator[str]:
    if dose.rest_s:
        yield locale.say(f"dose.{_rest_word(dose)}", time=time(dose.rest_s, locale))


def _on_days(dose: Dose, locale: Locale) -> Iterator[str]:
    if dose.per_week == ONCE:
        yield counted("times_a_week", ONCE, locale)
    elif on_days := days(dose, locale):
        yield on_days


def _rest_word(dose: Dose) -> str:
    """The rest by where it comes; "between" alone only where it follows the sets themselves."""
    when = pause(dose)
    if when != "between":
        return f"rest_{when}_brief"
    # Behind a hold or a tempo "between" alone would be read as between the repetitions.
    apart = dose.hold_s or dose.tempo or dose.load or dose.effort or dose.build_to or dose.side == "alternate"
    return "rest_between_sets_brief" if apart else "rest_between_brief"


def _weeks(dose: Dose, locale: Locale) -> Iterator[str]:
    if dose.weeks:
        yield counted("weeks_brief", dose.weeks, locale)


def _build_to(dose: Dose, goal: BuildTo, locale: Locale, lead: str) -> str:
    """Where a dose leads ("build") or its limit ("most"): sets of repetitions; of sets alone, what is in them today."""
    if goal.sets:
        aim = (goal.sets, goal.sets)
        what = str(goal.reps) if goal.reps else _in_a_set(dose, locale)
        word, values = ("sets_of", {"what": what}) if what else ("sets_brief", {})
        return locale.say(f"dose.{lead}_brief", goal=counted(word, aim, locale, **values))
    reps = goal.reps or 1
    if repeated(dose):
        return locale.say(f"dose.{lead}_in_set_brief", count=reps)
    return locale.say(f"dose.{lead}_brief", goal=counted("times", (reps, reps), locale))


def _tempo(tempo: tuple[int, int, int], locale: Locale) -> str:
    parts = (
        locale.say(f"dose.{word}_brief", time=time((seconds, seconds), locale))
        for word, seconds in zip(("lower", "wait", "lift"), tempo, strict=True)
        if seconds
    )
    return ", ".join(parts)
