"""The head of an exercise card: the number in its tab, the name, the position, the times of day, what is needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handouts.branding import Colour
from handouts.layout.line_breaking import Piece, Text, fit_size, set_lines
from handouts.sheet import icons
from handouts.sheet.content import Entry
from handouts.sheet.job import Job
from handouts.sheet.pen import Pen
from handouts.sheet.theme import CAP, Theme
from handouts.sheet.words import spaced

HEIGHT = 28.0
LEAST_NAME = 12.0
LEADING = 1.14
"""Of a name on two lines, in its size."""
SECOND_LINE = 14.0
"""Between the line of the position and that of what is needed."""


def draw_card_head(pen: Pen, job: Job, entry: Entry, x: float, y: float, *, again: bool = False) -> None:
    """The head over the measure; `again` repeats it where a card runs on, as furniture that is not read twice."""
    theme, palette = job.theme, pen.palette
    tab = HEIGHT * (1.4 if theme.large else 1)
    right, middle = x + theme.measure, y + 2.5 + (tab - 2.5) / 2 + 2
    pen.rect(x, y, theme.measure, 2.5, fill=palette.brand)
    pen.rect(x, y, tab, tab, fill=palette.brand, radius=5, corners="bl br")
    name = job.words.continued(entry.name) if again else entry.name
    parts = [] if again else _right_parts(job, entry)
    needs = () if again or theme.large else entry.needs
    room = theme.measure - tab - 27 - max(sum(_part_width(theme, part) for part in parts), theme.wide(needs, "body"))
    number_size = 17 * (1.4 if theme.large else 1)
    with pen.canvas.artifact(None) if again else pen.canvas.tag("H2"):
        number = job.words.number(entry.number)
        top = y + (tab - CAP * number_size) / 2 + 1.2
        pen.text(x + tab / 2, top, number, "title", align="centre", colour=palette.on_brand, size=number_size)
        _draw_name(pen, name, x + tab + 11, middle, room)
    above = middle - SECOND_LINE / 2 + 1 if needs else middle
    if parts:
        with pen.canvas.tag("P"):
            _draw_right(pen, job, parts, right, above)
    pen.tagged("P", right, above + SECOND_LINE - CAP * 6, needs, colour=palette.ink2, align="right")


def _draw_name(pen: Pen, name: Text, x: float, middle: float, room: float) -> None:
    """The name as large as it goes on one line; when it would be too small, on two."""
    theme, k = pen.theme, pen.theme.k
    style = theme.styles["title"]
    size = fit_size(name, style.weight, style.size, room, LEAST_NAME * k)
    if theme.wide(name, "title", size) <= room:
        pen.text(x, middle - CAP * size / 2, name, "title", size=size)
        return
    leading = size * LEADING
    lines = set_lines(name, style.weight, size, room, "balance")
    top = middle - (CAP * size + (len(lines) - 1) * leading) / 2
    for number, line in enumerate(lines):
        last = number == len(lines) - 1
        text = tuple(Piece(run.text, fallback=run.fallback, lang=run.lang) for run in line.runs)
        pen.text(x, top + number * leading, text if last else spaced(text), "title", size=size)


class _Part(NamedTuple):
    """A word at the right of the head, its sign before it, and the space that parts it from the one before."""

    gap: float
    icon: icons.Icon | None
    word: Text
    colour: Colour


def _right_parts(job: Job, entry: Entry) -> list[_Part]:
    """Position, then the times of day; in large print there is no room for the position, which heads its group on
    page 1."""
    words, palette, k = job.words, job.theme.palette, job.theme.k
    parts = []
    if not job.theme.large:
        parts.append(_Part(0, None, words.position(entry.position), palette.ink2))
    if entry.when.often:
        parts.append(_Part(14 * k, None, entry.when.often, palette.ink))
    if entry.when.morning:
        parts.append(_Part(14 * k, icons.sun, words.say("morning"), palette.ink))
    if entry.when.evening:
        parts.append(_Part(14 * k, icons.moon, words.say("evening"), palette.ink))
    return [part._replace(gap=0.0) if i == 0 else part for i, part in enumerate(parts)]


def _part_width(theme: Theme, part: _Part) -> float:
    return part.gap + (17 * theme.k if part.icon else 0) + theme.wide(part.word, "body")


def _draw_right(pen: Pen, job: Job, parts: Sequence[_Part], right: float, middle: float) -> None:
    """Drawn in reading order, ending at the right margin."""
    theme, k = job.theme, job.theme.k
    x = right - sum(_part_width(theme, part) for part in parts)
    for part in parts:
        x += part.gap
        if part.icon:
            part.icon(pen, x + 6.5 * k, middle, 13 * k, part.colour)
            x += 17 * k
        pen.text(x, middle - CAP * 6 * k, spaced(part.word), "body", colour=part.colour)
        x += theme.wide(part.word, "body")
