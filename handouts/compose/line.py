"""The dose on one line for the list on the fridge: "3 sets of 15. Rest 1 minute between."

Says everything but how often a day, which the columns beside it show.
"""

from __future__ import annotations

from collections.abc import Iterator

from handouts.compose.amounts import beside, counted, days, load, load_number, sentence, span, time, where
from handouts.compose.locale import Locale
from handouts.compose.sentence import ONCE
from handouts.dose import BuildTo, Dose
from handouts.model import Exercise


def dose_short(dose: Dose, exercise: Exercise, locale: Locale) -> str:
    """The dose on one line: how much and on which days; how often a day is told by the marks beside it."""
    return " ".join(sentence(phrase) for phrase in _phrases(dose, exercise, locale))


def _phrases(dose: Dose, exercise: Exercise, locale: Locale) -> Iterator[str]:
    if dose.load:
        yield _load(dose, locale)
    if dose.hold_s:
        yield locale.say("dose.hold_brief", time=time(dose.hold_s, locale, "brief"))
    if work := _work(dose, exercise, locale):
        yield work
    if dose.tempo:
        yield _tempo(dose.tempo, locale)
    if dose.effort:
        yield counted("effort_brief", dose.effort, locale, "brief")
    if dose.rest_s:
        between = dose.sets is not None and dose.sets != ONCE
        word = "rest_between_brief" if between else "then_rest_brief"
        yield locale.say(f"dose.{word}", time=time(dose.rest_s, locale, "brief"))
    if dose.build_to:
        yield locale.say("dose.build_brief", goal=_rounds(dose.build_to, locale))
    if on_days := days(dose, locale, "brief"):
        yield on_days
    if dose.weeks:
        yield counted("weeks_brief", dose.weeks, locale, "brief")


def _load(dose: Dose, locale: Locale) -> str:
    word, number, n = load(dose)
    if word == "band":
        return locale.say("dose.band_brief", band=locale.say(f"dose.{number}"))
    return locale.say(f"dose.{word}_brief", n=n, count=load_number(number, locale, "brief"))


def _rounds(goal: BuildTo, locale: Locale) -> str:
    """Where a dose leads: sets of repetitions, or the one of them that is given."""
    reps, sets = goal.reps or 1, goal.sets or 1
    if goal.reps and goal.sets:
        return counted("sets_of", (sets, sets), locale, "brief", what=str(reps))
    return counted(*(("times", (reps, reps)) if goal.reps else ("sets_brief", (sets, sets))), locale, "brief")


def _work(dose: Dose, exercise: Exercise, locale: Locale) -> str:
    """Sets of repetitions or of a time, and the side."""
    side = where(dose, exercise, locale, "brief")
    if dose.sets and dose.sets != ONCE:
        what = ""
        if dose.reps:
            what = span(dose.reps, locale, "brief")
        elif dose.duration_s:
            what = time(dose.duration_s, locale, "brief")
        work = counted("sets_of", dose.sets, locale, "brief", what=what) if what else _sets(dose, locale)
    elif dose.reps:
        work = counted("times", dose.reps, locale, "brief")
    elif dose.duration_s:
        work = time(dose.duration_s, locale, "brief")
    else:
        return side or ""
    return work + beside(dose, side, locale)


def _sets(dose: Dose, locale: Locale) -> str:
    return counted("sets_brief", dose.sets or ONCE, locale, "brief")


def _tempo(tempo: tuple[int, int, int], locale: Locale) -> str:
    parts = (
        locale.say(f"dose.{word}_brief", time=time((seconds, seconds), locale, "brief"))
        for word, seconds in zip(("lower", "wait", "lift"), tempo, strict=True)
        if seconds
    )
    return ", ".join(parts)
