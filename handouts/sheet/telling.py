"""What an exercise says for itself, whoever does it: all its texts but the patient's dose, side, caution and note.

A batch prints the same exercises again and again, so each is put into words once for each language and kept in memory.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from msgspec import Struct

from handouts.layout.line_breaking import Text, plain
from handouts.model import ExerciseText
from handouts.sheet.words import Words, labelled, printable

Sign = Literal["feel", "wrong", "breath", "easier", "harder", "note"]


class Info(Struct, frozen=True):
    """A line of a card that hangs from its sign and its bold label; `brief` says less where space is short."""

    sign: Sign
    text: Text
    brief: Text = ()

    def shorter(self) -> Info:
        """The same line as briefly as it may be said."""
        return Info(self.sign, self.brief or self.text)


class Telling(Struct, frozen=True):
    """One exercise in the words of its handout."""

    name: Text
    setup: Text
    steps: tuple[Text, ...]
    beside: tuple[Info, ...]
    levels: tuple[Info, ...]


_LABELS = ("start", "feel", "breathing", "not_right", "easier", "harder")


def telling(words: Words, exercise: str, text: ExerciseText) -> Telling:
    """An exercise's texts. Raises UnprintableText, naming the exercise's field."""
    return _telling(exercise, text, words.foreign(text.lang), tuple(words.say(label) for label in _LABELS))


@lru_cache(maxsize=512)
def _telling(exercise: str, text: ExerciseText, lang: str, labels: tuple[Text, ...]) -> Telling:
    start, feel, breathing, not_right, easier, harder = labels

    def own(part: str | None, field: str) -> Text:
        return printable(plain(" ".join((part or "").split()), lang), f"{exercise}.{field}")

    def info(sign: Sign, label: Text, part: str | None, field: str, brief: str | None = None) -> Info:
        return Info(sign, labelled(label, own(part, field)), labelled(label, own(brief, field)))

    wrong = [f"{mistake.sign} {mistake.mend}" for mistake in text.mistakes]
    beside = (
        info("feel", feel, text.feel, "feel"),
        info("breath", breathing, text.breathing, "breathing"),
        info("wrong", not_right, " ".join(wrong), "mistakes", brief=" ".join(wrong[:1])),
    )
    levels = (
        info("easier", easier, text.make_easier, "make_easier"),
        info("harder", harder, text.make_harder, "make_harder"),
    )
    return Telling(
        name=own(text.name, "name"),
        setup=labelled(start, own(text.setup, "setup")),
        steps=tuple(own(step, "steps") for step in text.steps),
        beside=tuple(line for line in beside if line.text),
        levels=tuple(line for line in levels if line.text),
    )
