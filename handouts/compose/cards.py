"""One exercise of a program as the patient reads it: its card, its line in the list of page 1, its figure in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from handouts.compose.cautions import Cautions
from handouts.compose.handout import Card, When
from handouts.compose.line import card_line, list_line
from handouts.compose.text import Text, joined, labelled, marked, strengthened, wording
from handouts.compose.words import Words
from handouts.dose import times_of_day
from handouts.library.locale import Locale
from handouts.model import Exercise, ExerciseText, Prescription, Side

GOES_WITHOUT_SAYING = {"mat", "bed"}
"""Equipment that the start names anyway."""


def compose_card(
    words: Words,
    number: int,
    item: Prescription,
    cautions: Cautions,
    note: Text,
    frames: int,
    *,
    ask_first: bool = False,
) -> Card:
    """The card of one prescription.

    Args:
        ask_first: the patient asks before doing more, so that no dose leads to another.
        note: what the clinician, or the packet, adds; labelled with who says it.
        frames: how many pictures the exercise has.
    """
    exercise, dose, locale = item.exercise, item.dose, words.locale
    caution = cautions.of(exercise.id)
    text, adapted = _wording(words, item, cautions.conditions(exercise.id), ask_first=ask_first)
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
        list_dose=words.plain(list_line(dose, exercise, locale, grows=not ask_first), f"{field}.dose"),
        dose=words.plain(card_line(dose, exercise, locale, grows=not ask_first), f"{field}.dose"),
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


def _wording(
    words: Words, item: Prescription, cautioning: Collection[str], *, ask_first: bool
) -> tuple[ExerciseText, dict[str, str]]:
    """The exercise's text as the patient's conditions have it, and the language of each field that a rule words.

    New steps take with them what was said of the old ones. A card with a caution, or of who asks first, tells
    nobody to do more, unless the caution itself says how: "no heavier" must not stand beside "add weight". What one
    condition allows, another may not, so that a card with the cautions of two never says how to do more.

    Args:
        cautioning: the conditions whose cautions stand on the card.
    """
    text = words.locale.text(item.exercise)
    if cautioning or ask_first:
        text = replace(text, make_harder=None)
    if _moved(item) and item.exercise.position in text.starts:
        text = replace(text, setup=text.starts[item.exercise.position])
    rule = words.locale.text(item.adapted_by[0]) if item.adapted_by else None
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


FROM_ABOVE = 40
"""Degrees of elevation from which a figure is seen from above."""
FACING, ACROSS = 35, 55
"""Degrees off the front or back up to which one looks at it, and from which one looks at the side."""
NAMED = 4
"""So many frames are named one by one; of more only the first and the last."""


def figure_words(exercise: Exercise, labels: Sequence[Text], side: Side | None, locale: Locale) -> str:
    """How many pictures, seen from where, what each is called, whose side moves, whether arrows show the way.

    At most 150 characters. For a clinic's own picture its own words stand, if it has them in this language; they may
    name the side that the picture shows, so they are not used for the mirrored one.
    """
    photo = exercise.photo
    if photo:
        own = photo.alt.get(locale.code) if side is None or photo.shows in (side, None) else None
        return own or locale.say("handout.figure_photo")
    picture: Mapping[str, Any] = exercise.picture
    names = [wording(label) for label in labels if label]
    shown = names if len(names) <= NAMED else [names[0], names[-1]]
    seen = locale.say("handout.figure", n=len(labels), view=locale.say(f"handout.figure_{_view(picture)}"))
    sentences = [f"{seen}: {', '.join(shown)}." if shown else f"{seen}."]
    if side:
        sentences.append(locale.say(f"handout.figure_{side}"))
    if any(frame.get("arrows") for frame in picture.get("frames", ())):
        sentences.append(locale.say("handout.figure_arrow"))
    return " ".join(sentences)


def _view(picture: Mapping[str, Any]) -> str:
    """From where a figure is seen: `view` is the azimuth (0 front, 90 and -90 the sides) and the elevation."""
    azimuth, elevation = picture.get("view", (0, 0))
    if elevation >= FROM_ABOVE:
        return "above"
    off_front = abs((azimuth + 180) % 360 - 180)
    if off_front <= FACING:
        return "front"
    if off_front >= 180 - FACING:
        return "back"
    return "side" if ACROSS <= off_front <= 180 - ACROSS else "angle"
