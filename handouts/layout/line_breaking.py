"""Words to lines: measuring and breaking text for a column, and nothing else.

A line break can change what a patient does ("Do / 15 lifts" reads as "Do"), so the rules are, in this order: a
number is never parted from its unit nor from the short word that leads to it; a line ends with its sentence where
that costs no extra line; no last line is a single word or shorter than a third of the column; a word is cut, with
a hyphen, only when it is wider than the column. No line is longer than 70 characters.

Text is plain: nothing in a `Piece` is markup. Only `marked`, which the sheet uses for the project's own sentences,
reads `**bold**`. This room knows faces and widths; it must not know pages, tags or what the words mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from handouts.pdf.fonts import Weight, face

MAX_CHARACTERS = 70
LEAST_LAST_LINE = 0.33
NARROWEST = 0.55
"""A column may be narrowed to this share of its width to even out the lines."""

_ROUNDING = 1e-6
"""Points by which a width may come out otherwise when its parts are added up."""

Mode = Literal["pretty", "balance", "greedy"]

_LINES_KEPT, _TEXTS_KEPT = 512, 2048
"""What is kept of short texts on one line and of texts in columns: all of some ten programs, 2 MB. Every handout adds
its patient's own, which nobody asks for again, so that more would only fill a worker's memory for longer."""

_STRONGER: dict[Weight, Weight] = {
    "regular": "bold",
    "medium": "bold",
    "semibold": "extrabold",
    "bold": "extrabold",
    "extrabold": "extrabold",
}
_LEADS_TO_NUMBER = re.compile(r"(?:^|\W)\w{1,4}$")
_SPACES = re.compile(r"[ \t\r\n]+")
_ENDS_SENTENCE = re.compile(r"[.!?][”\"')]?$")


class Piece(NamedTuple):
    """A stretch of text of one kind. `lang` is empty for the handout's own language; `fallback` asks for the
    second family."""

    text: str
    strong: bool = False
    lang: str = ""
    fallback: bool = False


Text = tuple[Piece, ...]


class Run(Struct, frozen=True):
    """A stretch of one line set in one face."""

    text: str
    weight: Weight
    fallback: bool
    lang: str
    width: float


class Line(Struct, frozen=True):
    """One set line; `hyphenated` when its last word goes on in the next line."""

    runs: tuple[Run, ...]
    width: float
    hyphenated: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


class _Word(Struct, frozen=True):
    """What must stay on one line: one word, or several glued ones."""

    pieces: Text
    width: float
    space: float
    text: str
    glued: tuple[_Word, ...] = ()
    hyphenated: bool = False


def plain(text: str, lang: str = "", *, fallback: bool = False) -> Text:
    """Text printed letter for letter."""
    return (Piece(text, lang=lang, fallback=fallback),) if text else ()


def strong(text: str, lang: str = "", *, fallback: bool = False) -> Text:
    """Text printed letter for letter in the bolder weight."""
    return (Piece(text, strong=True, lang=lang, fallback=fallback),) if text else ()


def marked(text: str, lang: str = "", *, fallback: bool = False) -> Text:
    """The project's own sentence, in which `**…**` marks the few words that matter."""
    parts = text.split("**")
    return tuple(Piece(part, i % 2 == 1, lang, fallback) for i, part in enumerate(parts) if part)


def wording(text: Text) -> str:
    """The bare characters of a text."""
    return "".join(piece.text for piece in text)


def unspoken(text: Text) -> Text:
    """The text without its languages, where something around it has told them or nobody is read it."""
    return tuple(piece._replace(lang="") for piece in text)


@lru_cache(maxsize=_LINES_KEPT)
def text_width(text: Text, weight: Weight, size: float) -> float:
    """Width in points of a text on one line."""
    return sum(_piece_width(piece, weight, size) for piece in text)


@lru_cache(maxsize=_LINES_KEPT)
def one_line(text: Text, weight: Weight, size: float) -> Line:
    """A text on a single line, however wide; a space at its end is kept for the reader but not counted."""
    runs = _runs((text,), weight, size)
    width = sum(run.width for run in runs)
    if runs and runs[-1].text.endswith(" "):
        width -= face(runs[-1].weight, runs[-1].fallback).width(" ", size)
    return Line(runs, width)


@lru_cache(maxsize=_TEXTS_KEPT)
def set_lines(text: Text, weight: Weight, size: float, width: float, mode: Mode = "pretty") -> tuple[Line, ...]:
    """A text broken into lines for a column.

    `size` and `width` in points. 'pretty' follows all the rules above, 'balance' makes lines of like length (titles),
    'greedy' fills each line. Kept in memory, so an exercise's sentences are broken once for a whole batch.
    """
    if len(text) == 1 and (whole := _whole(text[0], weight, size, width)):
        return (whole,)
    words = _glue(_words(text, weight, size))
    if not words:
        return ()
    lines = _fill(words, weight, size, width)
    if len(lines) > 1 and mode == "pretty":
        lines = _by_sentence(words, weight, size, width, len(lines)) or lines
    if len(lines) > 1 and (mode == "balance" or (mode == "pretty" and _short_last(lines[-1], width))):
        lines = _evened(words, weight, size, width, lines, until_long_enough=mode == "pretty")
    alike = text[0] if len(text) == 1 else None
    return tuple(_finish(line, alike, weight, size) for line in lines)


def fit_size(text: Text, weight: Weight, size: float, width: float, least: float) -> float:
    """The largest size, down to `least`, at which a text goes on one line of `width` points."""
    natural = text_width(text, weight, size)
    if natural <= width:
        return size
    return max(least, int(size * width / natural * 4) / 4)


def shorten(text: str, weight: Weight, size: float, width: float, *, fallback: bool = False) -> str:
    """A text cut with an ellipsis so that it goes into `width` points; only for words that stand in full elsewhere."""
    chosen = face(weight, fallback)
    if chosen.width(text, size) <= width:
        return text
    while len(text) > 1 and chosen.width(text.rstrip() + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def _with_text(piece: Piece, text: str) -> Piece:
    """What `_replace` does, at a third of its cost: this runs for every word."""
    return Piece(text, piece.strong, piece.lang, piece.fallback)


def _weight(piece: Piece, weight: Weight) -> Weight:
    return _STRONGER[weight] if piece.strong else weight


def _piece_width(piece: Piece, weight: Weight, size: float) -> float:
    return face(_weight(piece, weight), piece.fallback).width(piece.text, size)


def _word(pieces: Sequence[Piece], weight: Weight, size: float) -> _Word:
    last = pieces[-1]
    chosen = face(_weight(last, weight), last.fallback)
    space = chosen.width(" ", size)
    if len(pieces) == 1:
        return _Word((last,), chosen.width(last.text, size), space, last.text)
    text = "".join(piece.text for piece in pieces)
    return _Word(tuple(pieces), sum(_piece_width(p, weight, size) for p in pieces), space, text)


def _whole(piece: Piece, weight: Weight, size: float, width: float) -> Line | None:
    """The one line that breaking would give, for a text that surely goes on one; half of all texts do."""
    words = " ".join(filter(None, _SPACES.split(piece.text)))
    if not words or len(words) > MAX_CHARACTERS:
        return None
    run = _run(words, piece, weight, size)
    return Line((run,), run.width) if run.width < width - _ROUNDING else None


def _words(text: Text, weight: Weight, size: float) -> list[_Word]:
    if len(text) == 1:
        (only,) = text
        chosen = face(_weight(only, weight), only.fallback)
        space = chosen.width(" ", size)
        bits = filter(None, _SPACES.split(only.text))
        return [_Word((_with_text(only, bit),), chosen.width(bit, size), space, bit) for bit in bits]
    found: list[list[Piece]] = [[]]
    for piece in text:
        for i, bit in enumerate(_SPACES.split(piece.text)):
            if i:
                found.append([])
            if bit:
                found[-1].append(_with_text(piece, bit))
    return [_word(pieces, weight, size) for pieces in found if pieces]


def _sticks(left: str, right: str) -> bool:
    """Whether a line may not break between two words."""
    if left[-1].isdigit():
        return right[0].isalnum() or right[0] == "("
    if right[0].isdigit():
        return bool(_LEADS_TO_NUMBER.search(left)) or (left[-1] == ")" and left[-2:-1].isdigit())
    return False


def _glue(words: Sequence[_Word]) -> list[_Word]:
    glued: list[_Word] = []
    for word in words:
        if glued and _sticks(glued[-1].text, word.text):
            before = glued[-1]
            tail = before.pieces[-1]
            pieces = (*before.pieces[:-1], _with_text(tail, tail.text + " "), *word.pieces)
            parts = (*(before.glued or (before,)), word)
            whole = f"{before.text} {word.text}"
            glued[-1] = _Word(pieces, before.width + before.space + word.width, word.space, whole, parts)
        else:
            glued.append(word)
    return glued


def _fill(words: Iterable[_Word], weight: Weight, size: float, width: float) -> list[list[_Word]]:
    line: list[_Word] = []
    lines = [line]
    used, characters = 0.0, 0
    queue = list(words)[::-1]
    while queue:
        word = queue.pop()
        length = len(word.text)
        if word.glued and (word.width > width or length > MAX_CHARACTERS):
            queue.extend(reversed(word.glued))
            continue
        space = line[-1].space if line else 0.0
        if line and (used + space + word.width > width or characters + 1 + length > MAX_CHARACTERS):
            line = []
            lines.append(line)
            used, characters, space = 0.0, 0, 0.0
        if not line and (word.width > width or length > MAX_CHARACTERS) and length > 4:
            head, tail = _cut(word, weight, size, width)
            line.append(head)
            line = []
            lines.append(line)
            used, characters = 0.0, 0
            queue.append(tail)
            continue
        characters += length + (1 if line else 0)
        used += space + word.width
        line.append(word)
    return [line for line in lines if line]


def _cut(word: _Word, weight: Weight, size: float, width: float) -> tuple[_Word, _Word]:
    """The part of an overlong word that fits, with its hyphen, and the rest; at least 3 letters stay together."""
    whole = word.text
    take = min(len(whole) - 1, MAX_CHARACTERS - 1)
    while take > 3 and _word(_slice(word.pieces, 0, take, "-"), weight, size).width > width:
        take -= 1
    own = whole.rfind("-", 3, take)
    if own > 0:
        head = _word(_slice(word.pieces, 0, own + 1), weight, size)
        take = own + 1
    else:
        head = _word(_slice(word.pieces, 0, take, "-"), weight, size)
    return replace(head, hyphenated=True), _word(_slice(word.pieces, take, len(whole)), weight, size)


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


def _characters(line: Sequence[_Word]) -> int:
    return sum(len(word.text) + 1 for word in line) - 1


def _short_last(line: Sequence[_Word], width: float) -> bool:
    return " " not in " ".join(word.text for word in line) or _line_width(line) < width * LEAST_LAST_LINE


def _by_sentence(
    words: Sequence[_Word], weight: Weight, size: float, width: float, count: int
) -> list[list[_Word]] | None:
    sentences: list[list[_Word]] = [[]]
    for word in words:
        sentences[-1].append(word)
        if not word.text[-1].isalnum() and _ENDS_SENTENCE.search(word.text):
            sentences.append([])
    sentences = list(filter(None, sentences))
    if len(sentences) == 1:
        return None
    lines: list[list[_Word]] = []
    for sentence in sentences:
        joined = [*lines[-1], *sentence] if lines else sentence
        if lines and _line_width(joined) <= width and _characters(joined) <= MAX_CHARACTERS:
            lines[-1] = joined
        else:
            lines += _fill(sentence, weight, size, width)
    even = len(lines) == count and not any(_short_last(line, width) for line in lines)
    return lines if even else None


def _evened(
    words: Sequence[_Word],
    weight: Weight,
    size: float,
    width: float,
    lines: list[list[_Word]],
    *,
    until_long_enough: bool,
) -> list[list[_Word]]:
    best, narrow = lines, width
    while narrow > width * NARROWEST:
        if until_long_enough and not _short_last(best[-1], width):
            break
        # Nothing changes while the column is wider than the widest line, so those widths are not tried.
        widest = max(map(_line_width, best)) + 1e-6
        narrow -= 3
        while narrow > widest and narrow > width * NARROWEST:
            narrow -= 3
        trial = _fill(words, weight, size, narrow)
        if len(trial) > len(lines) or any(word.hyphenated for line in trial for word in line):
            break
        best = trial
    return best


def _runs(words: Iterable[Iterable[Piece]], weight: Weight, size: float) -> tuple[Run, ...]:
    """Words with a space between, pieces of one kind as one run."""
    texts: list[str] = []
    likes: list[Piece] = []
    for word in words:
        if texts:
            texts[-1] += " "
        for piece in word:
            if likes and likes[-1][1:] == piece[1:]:
                texts[-1] += piece.text
            else:
                texts.append(piece.text)
                likes.append(piece)
    return tuple(_run(text, piece, weight, size) for text, piece in zip(texts, likes, strict=True))


def _run(text: str, like: Piece, weight: Weight, size: float) -> Run:
    own = _weight(like, weight)
    return Run(text, own, like.fallback, like.lang, face(own, like.fallback).width(text, size))


def _finish(line: Sequence[_Word], alike: Piece | None, weight: Weight, size: float) -> Line:
    """The line of these words; `alike` is what all of them are like, if they are."""
    if alike:
        run = _run(" ".join([word.text for word in line]), alike, weight, size)
        return Line((run,), run.width, line[-1].hyphenated)
    runs = _runs((word.pieces for word in line), weight, size)
    return Line(runs, sum(run.width for run in runs), line[-1].hyphenated)
