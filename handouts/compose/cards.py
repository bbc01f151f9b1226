"""One exercise of a program as the patient reads it: its card, and its line in the list of page 1."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from handouts.compose.cautions import Cautions
from handouts.compose.figure_words import figure_words
from handouts.compose.handout import Card, When
from handouts.compose.line import card_line, list_line
from handouts.compose.text import Text, joined, labelled, marked, strengthened
from handouts.compose.words import Words
from handouts.dose import times_of_day
from handouts.model import Exercise, ExerciseText, Prescription, Side

GOES_WITHOUT_SAYING = {"mat", "bed"}
"""Equipment that the start names anyway."""


def compose_card(words: Words, number: int, item: Prescription, cautions: Cautions, note: Text, frames: int) -> Card:
    """The card of one prescription.

    Args:
        note: what the clinician, or the packet, adds; labelled with who says it.
        frames: how many pictures the exercise has.
    """
    exercise, dose, locale = item.exercise, item.dose, words.locale
    caution = cautions.of(exercise.id)
    text, adapted = _wording(words, item, cautioning=cautions.conditions(exercise.id))
    field = exercise.id
    # Only a side that is named turns the picture; of "each" and "alternate" either side is right.
    side: Side | None = "left" if dose.side == "left" else "right" if dose.side == "right" else None

    def own(part: str | None, name: str) -> Text:
        return words.plain(part, f"{field}.{name}", adapted.get(name, text.lang))

    shown = item.shown_as or exercise
    labels = _frame_labels(words, shown, frames)
    breathing = [own(text.breathing, "breathing")] if text.breathing else []
    start = labelled(words.say("start"), own(text.setup, "setup"))
    if _moved(item) and not item.shown_as:
        start = joined(start, words.say("other_start"))
    return Card(
        number=number,
        id=exercise.id,
        side=side,
        position=exercise.position,
        position_name=words.name("positions", exercise.position),
        lang=words.foreign(text.lang),
        name=own(text.name, "name"),
        list_dose=words.plain(list_line(dose, exercise, locale), f"{field}.dose"),
        dose=words.plain(card_line(dose, exercise, locale), f"{field}.dose"),
        when=_when(words, item),
        sides=(words.say("left"), words.say("right")) if exercise.sides != "none" and dose.side is None else (),
        caution=caution,
        start=start,
        steps=(*(own(step, "steps") for step in text.steps), *breathing),
        fixes=_fixes(words, exercise, text, adapted.get("make_easier", text.lang)),
        feel=labelled(words.say("feel"), own(text.feel, "feel")),
        harder=labelled(words.say("harder"), own(text.make_harder, "make_harder")),
        note=note,
        needs=tuple(sorted(set(exercise.equipment) - GOES_WITHOUT_SAYING)),
        frame_labels=labels,
        alt=figure_words(shown, labels, side, locale),
    )


def _moved(item: Prescription) -> bool:
    """Whether a condition has it done from another start than its picture shows."""
    return any(rule.adapt and rule.adapt.position == item.exercise.position for rule in item.adapted_by)


def _wording(words: Words, item: Prescription, *, cautioning: Collection[str]) -> tuple[ExerciseText, dict[str, str]]:
    """The exercise's text as the patient's conditions have it, and the language of each field that a rule words.

    New steps take with them what was said of the old ones. A card with a caution tells nobody to do more, unless the
    caution itself says how: "no heavier" must not stand beside "add weight". What one condition allows, another may
    not, so that a card with the cautions of two never says how to do more.

    Args:
        cautioning: the conditions whose cautions stand on the card.
    """
    text = words.locale.exercise(item.exercise)
    if cautioning:
        text = replace(text, make_harder=None)
    if _moved(item) and item.exercise.position in text.starts:
        text = replace(text, setup=text.starts[item.exercise.position])
    rule = words.locale.rule(item.adapted_by[0]) if item.adapted_by else None
    if rule is None or rule.adapted is None:
        return text, {}
    own = rule.adapted
    given = {
        "setup": own.setup,
        "steps": own.steps,
        "make_easier": own.easier,
        "make_harder": own.harder if len(cautioning) < 2 else None,
    }
    changed: dict[str, Any] = {name: value for name, value in given.items() if value}
    if own.steps:
        text = replace(text, breathing=None, mistakes=(), feel="", make_easier=None)
    return replace(text, **changed), dict.fromkeys(changed, rule.lang)


def _fixes(words: Words, exercise: Exercise, text: ExerciseText, easier_lang: str) -> tuple[Text, ...]:
    """'**Back arches?** Lift less high.', and at last '**Too hard?** Lift only halfway.'"""
    lang = words.foreign(text.lang)

    def pair(sign: Text, mend: str, name: str, of: str) -> Text:
        return joined(strengthened(sign), words.plain(mend, f"{exercise.id}.{name}", of))

    fixes = [
        pair(marked(one.sign, f"{exercise.id}.mistakes", lang), one.mend, "mistakes", text.lang)
        for one in text.mistakes
    ]
    if text.make_easier:
        fixes.append(pair(words.say("too_hard"), text.make_easier, "make_easier", easier_lang))
    return tuple(fixes)


def _frame_labels(words: Words, exercise: Exercise, count: int) -> tuple[Text, ...]:
    """What stands above each frame: words, never numbers, which are the steps'. A single frame needs none."""
    # A label on a single picture would say that another one is missing.
    if count < 2:
        return ((),) * count
    usual = ("start", *["next"] * (count - 2), "finish")
    return tuple(words.say(f"frame_{label}") for label in exercise.picture.get("labels") or usual)


def _when(words: Words, item: Prescription) -> When:
    times = times_of_day(item.dose)
    if times in (("morning",), ("morning", "evening")):
        return When(morning=True, evening="evening" in times, sessions=len(times))
    if times:
        return When(words=words.say("times_a_day", n=len(times)), sessions=len(times))
    return When(words=words.say("times_a_day", n=item.dose.per_day) if item.dose.per_day else ())
