"""Breaks text into lines for a column, and nothing else.

A line break can change what a patient does ("Do / 15 lifts" reads as "Do"), so ReportLab's own Paragraph is not used
for reading text. The rules, in this order: a number is never parted from its unit nor from the short word that leads
to it; a line ends with its sentence where that costs no extra line; no last line is a single word or shorter than a
third of the column; a word is cut, with a hyphen, only when it is wider than the column. No line is longer than
70 characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from handouts.cache import WORDS
from handouts.compose.text import Piece, Text
from handouts.pdf.fonts import Weight, face

MAX_CHARACTERS = 70
LEAST_LAST_LINE = 0.33
NARROWEST = 0.55
"""A column may be narrowed to this share of its width to even out the lines."""
STEP_PT = 3.0
"""By how much a column is narrowed at a time."""

BOLDER: dict[Weight, Weight] = {
    "regular": "bold",
    "semibold": "extrabold",
    "bold": "extrabold",
    "extrabold": "extrabold",
}
_LEADS_TO_NUMBER = re.compile(r"(?:^|\W)\w{1,4}$")
_ENDS_SENTENCE = re.compile(r"[.!?][”\"')]?$")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one line set in one face; `width` in points."""

    text: str
    weight: Weight
    fallback: bool
    lang: str
    width: float
    dials: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One set line; `hyphenated` when its last word goes on in the next line."""

    runs: tuple[Run, ...]
    width: float
    hyphenated: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


_ADDRESS = re.compile(r"https?://|www\.|\S@\S+\.|\w\.[a-z]{2,}/", re.IGNORECASE)
"""What makes a word a web or mail address."""


@dataclass(frozen=True, slots=True)
class _Word:
    """What must stay on one line: one word, or several that stick together (`parts`)."""

    pieces: Text
    text: str
    width: float
    space: float
    parts: tuple[_Word, ...] = ()
    hyphenated: bool = False
    address: bool = False
    """Whether it is the rest of a web or mail address."""


def text_width(text: Text, weight: Weight, size: float) -> float:
    """Width in points of a text on one line."""
    return sum(_Type(weight, size).width(piece.text, piece) for piece in text)


def one_line(text: Text, weight: Weight, size: float) -> Line:
    """A text on a single line, however wide."""
    return _Type(weight, size).line([text])


def break_lines(text: Text, weight: Weight, size: float, width: float, *, balance: bool = False) -> tuple[Line, ...]:
    """A text broken into lines by the rules of this module.

    Args:
        size, width: in points.
        balance: make the lines of like length, for titles.

    Returns:
        The lines; none for an empty text.
    """
    set_in = _Type(weight, size)
    words = WORDS.get((text, weight, size), lambda: _stuck_together(set_in.words(text)))
    if not words:
        return ()
    lines = set_in.fill(words, width)
    if len(lines) > 1 and not balance:
        lines = _by_sentence(words, width, len(lines), set_in) or lines
    if len(lines) > 1 and (balance or _short_last(lines[-1], width)):
        lines = _evened(words, width, lines, set_in, balance)
    return tuple(set_in.line([word.pieces for word in line], hyphenated=line[-1].hyphenated) for line in lines)


class _Type(NamedTuple):
    """The weight and the size in points in which a text is set; measures in points."""

    weight: Weight
    size: float

    def width(self, text: str, like: Piece) -> float:
        return face(BOLDER[self.weight] if like.strong else self.weight, like.fallback).width(text, self.size)

    def word(self, pieces: Sequence[Piece]) -> _Word:
        return _Word(
            pieces=tuple(pieces),
            text="".join(piece.text for piece in pieces),
            width=sum(self.width(piece.text, piece) for piece in pieces),
            space=self.width(" ", pieces[-1]),
        )

    def words(self, text: Text) -> list[_Word]:
        """The words between spaces; a word may change its weight half-way."""
        found: list[list[Piece]] = [[]]
        for piece in text:
            for i, part in enumerate(re.split(r"[ \t\r\n]+", piece.text)):
                if i:
                    found.append([])
                if part:
                    found[-1].append(piece._replace(text=part))
        return [self.word(pieces) for pieces in found if pieces]

    def line(self, words: Iterable[Sequence[Piece]], *, hyphenated: bool = False) -> Line:
        """Words with a space between them, pieces of one kind as one run."""
        texts: list[str] = []
        kinds: list[Piece] = []
        for word in words:
            if texts:
                texts[-1] += " "
            for piece in word:
                if kinds and kinds[-1]._replace(text="", field="") == piece._replace(text="", field=""):
                    texts[-1] += piece.text
                else:
                    texts.append(piece.text)
                    kinds.append(piece)
        runs = []
        for text, kind in zip(texts, kinds, strict=True):
            weight = BOLDER[self.weight] if kind.strong else self.weight
            runs.append(Run(text, weight, kind.fallback, kind.lang, self.width(text, kind), kind.dials))
        return Line(tuple(runs), sum(run.width for run in runs), hyphenated)

    def fill(self, words: Sequence[_Word], width: float) -> list[list[_Word]]:
        """Each line as full as it goes. What sticks together is parted, and a word is cut, only where it must be."""
        lines: list[list[_Word]] = [[]]
        queue = list(reversed(words))
        while queue:
            word = queue.pop()
            too_long = word.width > width or len(word.text) > MAX_CHARACTERS
            if too_long and word.parts:
                queue.extend(reversed(word.parts))
                continue
            if lines[-1] and not _fits([*lines[-1], word], width):
                lines.append([])
            if too_long and not lines[-1] and len(word.text) > 4:
                head, tail = self.cut(word, width)
                lines[-1].append(head)
                lines.append([])
                queue.append(tail)
            else:
                lines[-1].append(word)
        return [line for line in lines if line]

    def cut(self, word: _Word, width: float) -> tuple[_Word, _Word]:
        """The part of an overlong word that fits, with a hyphen, and the rest; at least 3 letters stay together.

        A web or mail address gets no hyphen: it is cut behind a slash or before a dot, where there is one.
        """
        take, hyphen = min(len(word.text) - 1, MAX_CHARACTERS - 1), "-"
        while take > 3 and self.word(_slice(word.pieces, 0, take, "-")).width > width:
            take -= 1
        # A hyphen at the end of a line would be typed as a part of the address.
        address = word.address or bool(_ADDRESS.search(word.text))
        if address:
            take = max((at for at in range(4, take + 1) if _parts_here(word.text, at)), default=take)
            hyphen = ""
        elif (own_hyphen := word.text.rfind("-", 3, take)) > 0:
            take, hyphen = own_hyphen + 1, ""
        head = self.word(_slice(word.pieces, 0, take, hyphen))
        tail = self.word(_slice(word.pieces, take, len(word.text)))
        return replace(head, hyphenated=True), replace(tail, address=address)


def _sticks(left: str, right: str) -> bool:
    """Whether a line may not break between two words."""
    if left[-1].isdigit():
        return right[0].isalnum() or right[0] == "("
    if right[0].isdigit():
        return bool(_LEADS_TO_NUMBER.search(left)) or (left[-1] == ")" and left[-2:-1].isdigit())
    return False


def _stuck_together(words: Sequence[_Word]) -> list[_Word]:
    found: list[_Word] = []
    for word in words:
        if found and _sticks(found[-1].text, word.text):
            before = found[-1]
            last = before.pieces[-1]
            found[-1] = _Word(
                pieces=(*before.pieces[:-1], last._replace(text=last.text + " "), *word.pieces),
                text=f"{before.text} {word.text}",
                width=before.width + before.space + word.width,
                space=word.space,
                parts=(*(before.parts or (before,)), word),
            )
        else:
            found.append(word)
    return found


def _parts_here(address: str, at: int) -> bool:
    return address[at - 1] in "/@?&=" or address[at] == "."


def _slice(pieces: Text, start: int, end: int, add: str = "") -> list[Piece]:
    out, at = [], 0
    for piece in pieces:
        part = piece.text[max(0, start - at) : max(0, end - at)]
        at += len(piece.text)
        if part:
            out.append(piece._replace(text=part))
    out[-1] = out[-1]._replace(text=out[-1].text + add)
    return out


def _line_width(line: Sequence[_Word]) -> float:
    return sum(word.width + word.space for word in line) - line[-1].space


def _fits(line: Sequence[_Word], width: float) -> bool:
    return _line_width(line) <= width and sum(len(word.text) + 1 for word in line) - 1 <= MAX_CHARACTERS


def _short_last(line: Sequence[_Word], width: float) -> bool:
    single = len(line) == 1 and " " not in line[0].text
    return single or _line_width(line) < width * LEAST_LAST_LINE


def _by_sentence(words: Sequence[_Word], width: float, count: int, set_in: _Type) -> list[list[_Word]] | None:
    """The lines broken at the ends of sentences; None where that takes more than `count` lines or leaves a short
    one."""
    sentences: list[list[_Word]] = [[]]
    for word in words:
        sentences[-1].append(word)
        if _ENDS_SENTENCE.search(word.text):
            sentences.append([])
    sentences = [sentence for sentence in sentences if sentence]
    if len(sentences) == 1:
        return None
    lines: list[list[_Word]] = []
    for sentence in sentences:
        if lines and _fits([*lines[-1], *sentence], width):
            lines[-1] = [*lines[-1], *sentence]
        else:
            lines += set_in.fill(sentence, width)
    return lines if len(lines) == count and not any(_short_last(line, width) for line in lines) else None


def _evened(
    words: Sequence[_Word], width: float, lines: list[list[_Word]], set_in: _Type, balance: bool
) -> list[list[_Word]]:
    """The same number of lines in a narrower column: until the last is long enough, or as narrow as it goes."""
    best, column = lines, width - STEP_PT
    while column > width * NARROWEST and (balance or _short_last(best[-1], width)):
        trial = set_in.fill(words, column)
        if len(trial) > len(lines) or any(word.hyphenated for line in trial for word in line):
            break
        best = trial
        column = min(column, max(map(_line_width, best))) - STEP_PT
    return best
