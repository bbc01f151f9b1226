"""What a handout says, as passages to be judged: the handout as the sheet is set from it, and the log's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct

from handouts.layout.line_breaking import Text, wording
from handouts.library import Library
from handouts.library.locale import Locale
from handouts.model import Finding, Program
from handouts.readability.grade import GRADED
from handouts.screening import pain_scale, safety_items
from handouts.sheet import Pictures
from handouts.sheet.content import Entry, Handout, build_handout
from handouts.sheet.words import Words

_SENTENCE = re.compile(r"[^.!?]+[.!?]*")


class Passage(NamedTuple):
    """A text that stands by itself on the page, and where."""

    where: str
    text: str


class Said(Struct, frozen=True, kw_only=True):
    """A handout with what is needed to judge it."""

    program: Program
    findings: tuple[Finding, ...]
    handout: Handout
    locale: Locale
    passages: tuple[Passage, ...]

    @property
    def language(self) -> str:
        """The code of the language, without a region."""
        return self.locale.code.split("-")[0]

    @property
    def judged_language(self) -> bool:
        """Whether the rules of plain words are known for this language."""
        return self.language in GRADED

    @property
    def sentences(self) -> list[str]:
        """Every sentence of every passage."""
        return [one.strip() for passage in self.passages for one in _SENTENCE.findall(passage.text) if one.strip()]

    @property
    def log_weeks(self) -> int:
        """Weeks of the log; 0 when it is left out."""
        return self.program.layout.log_weeks

    def words(self, key: str) -> tuple[str, ...]:
        """One of the language's lists for judging texts."""
        return self.locale.words(f"reading.{key}")


def say_handout(
    program: Program, findings: Iterable[Finding], library: Library, locale: Locale, pictures: Pictures
) -> Said:
    """Builds what the handout of a judged program says. Raises UnprintableText, and BadInput for bad content."""
    words = Words(locale, emergency=program.clinic.emergency, phone=program.clinic.phone)
    found = tuple(findings)
    safety, scale = safety_items(program, library, locale), locale.pain_scale(pain_scale(program, library))
    handout = build_handout(program, found, safety, scale, words, pictures)
    told = [(where, wording(text)) for where, text in _texts(handout, words, program)]
    told += [("pain scale", f"{zone.action} {zone.more or ''}".strip()) for zone in handout.zones]
    passages = tuple(Passage(where, " ".join(text.split())) for where, text in told if text.strip())
    return Said(program=program, findings=found, handout=handout, locale=locale, passages=passages)


def _texts(handout: Handout, words: Words, program: Program) -> Iterator[tuple[str, Text]]:
    """Everything that is read as a sentence; names, addresses and the labels of tables are not."""
    yield "purpose", handout.purpose
    yield "goal", handout.goal
    yield "note", handout.note
    for text in (*handout.caution, *handout.changes):
        yield "page 1", text
    for text in (*handout.emergency, *handout.stop):
        yield "safety boxes", text
    for entry in handout.entries:
        for text in entry_texts(entry):
            yield entry.id, text
    for group in handout.groups:
        for notice in group.notices:
            yield notice.id, notice.title
            for item in notice.items:
                yield notice.id, item
    for text in handout.advice:
        yield "advice", text
    yield "after the program", handout.progression
    yield "closing", handout.closing
    if program.layout.log_weeks:
        yield "log", words.say("log_help")
        yield "log", words.say("move_down_strict")


def entry_texts(entry: Entry) -> list[Text]:
    """The sentences of one card, in reading order."""
    infos = [info.text for info in (*entry.beside, *entry.levels)]
    return [
        entry.sentence,
        *entry.caution,
        entry.setup,
        *entry.steps,
        *infos,
        *([entry.note.text] if entry.note else []),
    ]
