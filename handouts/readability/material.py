"""A finished handout as a reader judges it: what it says, and what of it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from handouts.compose.handout import Card, Handout
from handouts.compose.text import Text, wording
from handouts.library.locale import Locale
from handouts.model import Finding
from handouts.readability.grade import GRADED

_SENTENCE = re.compile(r"[^.!?]+[.!?]*")


class Passage(NamedTuple):
    """A text that stands by itself on the page, and where: an exercise's id or a part of the sheet."""

    where: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Material:
    """A composed handout, what screening found, and `printed`: every text on its pages, in their order."""

    handout: Handout
    findings: Sequence[Finding]
    locale: Locale
    printed: Sequence[str]

    @cached_property
    def _pages(self) -> str:
        return _folded(" \n ".join(self.printed))

    def prints(self, text: Text | str) -> bool:
        """Whether a text stands on a page; an empty one never does."""
        # Line ends and spaces of the layout are no difference in what is said.
        words = _folded(text if isinstance(text, str) else wording(text))
        return bool(words) and words in self._pages

    @property
    def language(self) -> str:
        """The code of the language, without a region."""
        return self.locale.code.split("-")[0]

    @property
    def judged_language(self) -> bool:
        """Whether the rules of plain words are known for this language."""
        return self.language in GRADED

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All that is read as sentences and is printed; names, addresses and the labels of tables are not."""
        pairs = ((where, text) for where, text in _sentences(self.handout) if self.prints(text))
        return tuple(Passage(where, _folded(wording(text))) for where, text in pairs)

    @property
    def sentences(self) -> list[str]:
        """Every sentence of every passage."""
        return [one.strip() for passage in self.passages for one in _SENTENCE.findall(passage.text) if one.strip()]

    def words(self, key: str) -> tuple[str, ...]:
        """One of the language's lists for judging texts."""
        return self.locale.words(f"reading.{key}")


def _folded(text: str) -> str:
    return " ".join(text.split())


def _sentences(handout: Handout) -> Iterator[tuple[str, Text]]:
    yield from (("page 1", text) for text in (handout.purpose, handout.goal, handout.note))
    yield from (("page 1", text) for text in handout.program_caution)
    if handout.changes:
        yield from (("page 1", text) for text in handout.changes.lines)
    for box in (handout.emergency, handout.stop):
        yield from (("safety boxes", text) for text in (*box.lines, *box.second_lines, box.last))
    for zone in handout.pain.zones:
        yield from (("pain scale", text) for text in (zone.action, zone.more))
    yield "pain scale", handout.pain.next_day
    yield from (("said once", text) for text in handout.shared_cautions)
    for card in handout.cards:
        yield from ((card.id, text) for text in card_texts(card))
    for section in handout.safety:
        yield from ((section.action, item.text) for item in section.items)
    yield from (("for this program", text) for text in handout.for_this_program)
    yield "log", handout.log.help


def card_texts(card: Card) -> tuple[Text, ...]:
    """The sentences of one card, in reading order."""
    return (*card.caution, card.dose, card.start, *card.steps, *card.fixes, card.feel, card.harder, card.note)
