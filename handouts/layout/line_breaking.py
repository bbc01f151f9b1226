"""Breaks text into lines for a column, and nothing else.

A line break can change what a patient does ("Do / 15 lifts" reads as "Do"), so ReportLab's own Paragraph is not used
for reading text. The rules, in this order: a number is never parted from its unit nor from the short word that leads
to it; a line ends with its sentence where that costs no extra line; no last line is a single word or shorter than a
third of the column; a word is cut, with a hyphen, only when it is wider than the column. No line is longer than
70 characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

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
    return sum(_width(piece.text, piece, weight, size) for piece in text)


def one_line(text: Text, weight: Weight, size: float) -> Line:
    """A text on a single line, however wide."""
    runs = _runs([text], weight, size)
    return Line(runs, sum(run.width for run in runs))


def break_lines(text: Text, weight: Weight, size: float, width: float, *, balance: bool = False) -> tuple[Line, ...]:
    """A text broken into lines by the rules of this module.

    Args:
        size, width: in points.
        balance: make the lines of like length, for titles.

    Returns:
        The lines; none for an empty text.
    """
    words = WORDS.get((text, weight, size), lambda: _stuck_together(_words(text, weight, size)))
    if not words:
        return ()

    def fill(some: Sequence[_Word], column: float) -> list[list[_Word]]:
        return _fill(some, column, lambda pieces: _word(pieces, weight, size))

    lines = fill(words, width)
    if len(lines) > 1 and not balance:
        lines = _by_sentence(words, width, len(lines), fill) or lines
    if len(lines) > 1 and (balance or _short_last(lines[-1], width)):
        lines = _evened(words, width, lines, fill, balance)
    return tuple(_line(line, weight, size) for line in lines)


def _width(text: str, like: Piece, weight: Weight, size: float) -> float:
    return face(BOLDER[weight] if like.strong else weight, like.fallback).width(text, size)


def _word(pieces: Sequence[Piece], weight: Weight, size: float) -> _Word:
    return _Word(
        pieces=tuple(pieces),
        text="".join(piece.text for piece in pieces),
        width=sum(_width(piece.text, piece, weight, size) for piece in pieces),
        space=_width(" ", pieces[-1], weight, size),
    )


def _words(text: Text, weight: Weight, size: float) -> list[_Word]:
    """The words between spaces; a word may change its weight half-way."""
    found: list[list[Piece]] = [[]]
    for piece in text:
        for i, part in enumerate(re.split(r"[ \t\r\n]+", piece.text)):
            if i:
                found.append([])
            if part:
                found[-1].append(piece._replace(text=part))
    return [_word(pieces, weight, size) for pieces in found if pieces]


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


Fill = Callable[[Sequence[_Word], float], list[list[_Word]]]


def _fill(words: Sequence[_Word], width: float, measured: Callable[[Sequence[Piece]], _Word]) -> list[list[_Word]]:
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
            head, tail = _cut(word, width, measured)
            lines[-1].append(head)
            lines.append([])
            queue.append(tail)
        else:
            lines[-1].append(word)
    return [line for line in lines if line]


def _cut(word: _Word, width: float, measured: Callable[[Sequence[Piece]], _Word]) -> tuple[_Word, _Word]:
    """The part of an overlong word that fits, with a hyphen, and the rest; at least 3 letters stay together.

    A web or mail address gets no hyphen: it is cut behind a slash or before a dot, where there is one.
    """
    take = min(len(word.text) - 1, MAX_CHARACTERS - 1)
    while take > 3 and measured(_slice(word.pieces, 0, take, "-")).width > width:
        take -= 1
    # A hyphen at the end of a line would be typed as a part of the address.
    if word.address or _ADDRESS.search(word.text):
        take = max((at for at in range(4, take + 1) if _parts_here(word.text, at)), default=take)
        head, tail = measured(_slice(word.pieces, 0, take)), measured(_slice(word.pieces, take, len(word.text)))
        return replace(head, hyphenated=True), replace(tail, address=True)
    own_hyphen = word.text.rfind("-", 3, take)
    if own_hyphen > 0:
        take = own_hyphen + 1
    head = measured(_slice(word.pieces, 0, take, "" if own_hyphen > 0 else "-"))
    return replace(head, hyphenated=True), measured(_slice(word.pieces, take, len(word.text)))


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


def _by_sentence(words: Sequence[_Word], width: float, count: int, fill: Fill) -> list[list[_Word]] | None:
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
            lines += fill(sentence, width)
    return lines if len(lines) == count and not any(_short_last(line, width) for line in lines) else None


def _evened(
    words: Sequence[_Word], width: float, lines: list[list[_Word]], fill: Fill, balance: bool
) -> list[list[_Word]]:
    """The same number of lines in a narrower column: until the last is long enough, or as narrow as it goes."""
    best, column = lines, width - STEP_PT
    while column > width * NARROWEST and (balance or _short_last(best[-1], width)):
        trial = fill(words, column)
        if len(trial) > len(lines) or any(word.hyphenated for line in trial for word in line):
            break
        best = trial
        column = min(column, max(map(_line_width, best))) - STEP_PT
    return best


def _runs(words: Iterable[Sequence[Piece]], weight: Weight, size: float) -> tuple[Run, ...]:
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
    return tuple(
        Run(
            text,
            BOLDER[weight] if kind.strong else weight,
            kind.fallback,
            kind.lang,
            _width(text, kind, weight, size),
            kind.dials,
        )
        for text, kind in zip(texts, kinds, strict=True)
    )


def _line(words: Sequence[_Word], weight: Weight, size: float) -> Line:
    runs = _runs([word.pieces for word in words], weight, size)
    return Line(runs, sum(run.width for run in runs), words[-1].hyphenated)
