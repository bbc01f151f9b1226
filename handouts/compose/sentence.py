"""The dose as plain sentences, each part of it said exactly once: "Do 15. Rest 1 minute. Do this 3 times in all."

One set needs no words of its own: doing something is doing it once.
"""

from __future__ import annotations

from collections.abc import Iterator

from handouts.compose.amounts import (
    ONCE,
    counted,
    days,
    has_frequency,
    load,
    pause,
    repeated,
    sentence,
    span,
    time,
    where,
)
from handouts.dose import BuildTo, Dose
from handouts.library.locale import Locale
from handouts.model import Exercise

_REST = {"between": "rest", "after_each": "rest_after_each", "at_end": "rest_at_end", "then": "then_rest"}


def dose_sentence(dose: Dose, exercise: Exercise, locale: Locale) -> str:
    """What the patient does, as plain sentences in the patient's language.

    A dose without a frequency says "as often as your clinician told you"; the sheet leaves a line to write on.
    """
    return " ".join(_sentences(dose, exercise, locale))


def _sentences(dose: Dose, exercise: Exercise, locale: Locale) -> Iterator[str]:
    if dose.load:
        yield load(dose.load, locale, "spoken")
    yield from _work(dose, exercise, locale)
    yield from _tempo(dose, locale)
    if dose.effort:
        yield counted("effort", dose.effort, locale)
    if dose.rest_s:
        yield locale.say(f"dose.{_REST[pause(dose)]}", time=time(dose.rest_s, locale))
    if dose.sets and repeated(dose):
        yield counted("times_in_all", dose.sets, locale)
    yield _frequency(dose, locale)
    if dose.build_to:
        yield _build_to(dose.build_to, locale)
    if dose.weeks:
        yield counted("for_weeks", dose.weeks, locale)


def _work(dose: Dose, exercise: Exercise, locale: Locale) -> Iterator[str]:
    """Repetitions, time and hold; the side stands with the first of them, alternating sides in words of their own."""
    side = where(dose, exercise, locale, "spoken")
    beside = None if dose.side == "alternate" else side
    if dose.reps:
        yield _sided("do", "do_where", beside, locale, n=dose.reps[1], count=span(dose.reps, locale))
    elif dose.duration_s:
        yield _sided("for", "for_where", beside, locale, time=time(dose.duration_s, locale))
    elif dose.build_to and dose.build_to.reps:
        yield _sided("start", "start_where", beside, locale)
        beside = None
    elif beside and not dose.hold_s:
        yield locale.say("dose.only_where", where=beside)
    if dose.hold_s:
        held = time(dose.hold_s, locale)
        many = dose.reps not in (None, ONCE) or dose.duration_s or (dose.build_to and dose.build_to.reps)
        # The side stands once, with the first number: said twice, it reads like two things to do.
        unsaid = None if dose.reps or dose.duration_s else beside
        words = ("hold_each", "hold_each_where") if many else ("hold", "hold_where")
        yield _sided(*words, unsaid, locale, time=held)
    if side and dose.side == "alternate":
        yield side


def _sided(plain: str, placed: str, side: str | None, locale: Locale, **values: int | str) -> str:
    if side is None:
        return locale.say(f"dose.{plain}", **values)
    return locale.say(f"dose.{placed}", where=side, **values)


def _tempo(dose: Dose, locale: Locale) -> Iterator[str]:
    """Seconds to lower, to wait, to lift; a part of no seconds is not said."""
    for word, seconds in zip(("lower", "wait", "lift"), dose.tempo or (), strict=False):
        if seconds:
            yield locale.say(f"dose.{word}", time=time((seconds, seconds), locale))


def _frequency(dose: Dose, locale: Locale) -> str:
    if not has_frequency(dose):
        return locale.say("dose.as_told")
    a_day = counted("times_a_day", dose.per_day, locale) if dose.per_day else None
    parts = [part for part in (a_day, days(dose, locale)) if part]
    return sentence(", ".join(parts or [locale.say("dose.every_day")]))


def _build_to(goal: BuildTo, locale: Locale) -> str:
    if goal.reps and goal.sets:
        rounds = counted("rounds", (goal.sets, goal.sets), locale)
        return counted("build_to_both", (goal.reps, goal.reps), locale, rounds=rounds)
    word, aim = ("build_to_reps", goal.reps) if goal.reps else ("build_to_sets", goal.sets or 1)
    return counted(word, (aim, aim), locale)
