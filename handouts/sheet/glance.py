"""'Your day': every exercise on one line, grouped by position, with its times of day. Three forms: rows with pictures,
a compact list without, and large print.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from msgspec.structs import replace

from handouts.layout.line_breaking import Text, set_lines
from handouts.sheet import icons
from handouts.sheet.content import Entry
from handouts.sheet.figures import paint_frame
from handouts.sheet.flow import Block, Node
from handouts.sheet.job import Job
from handouts.sheet.pen import Pen
from handouts.sheet.theme import CAP
from handouts.sheet.words import labelled

Mode = Literal["rows", "run-in", "compact", "large"]
"""With pictures: name over dose, or both in one paragraph; without pictures side by side; and large print."""
LIST = Node("Sect", "your-day")
LEAST_THUMB = 30.0
LEAST_LINE, MOST_LINE = 24.0, 40.0
"""The line on which the clinician writes how often, before its label."""


def glance(job: Job, mode: Mode, tight: int = 0, *, narrow: bool = False) -> list[Block]:
    """The list as blocks, its head and its last line held to their neighbours.

    `tight` takes the rows closer, `narrow` leaves the texts more of the measure.
    """
    return _Glance(job, mode, tight, narrow=narrow).blocks()


class _Row(NamedTuple):
    """Height of a row, heights of its two texts, width of its dose column."""

    height: float
    name: float
    dose: float
    column: float


class _Glance:
    """The measures that all rows share, and the rows."""

    def __init__(self, job: Job, mode: Mode, tight: int, *, narrow: bool) -> None:
        self.job, self.theme, self.mode, self.tight = job, job.theme, mode, tight
        self.entries = job.handout.entries
        theme, k = self.theme, self.theme.k
        self.large, self.compact = mode == "large", mode == "compact"
        evening = any(entry.when.evening for entry in self.entries)
        timed = evening or any(entry.when.morning for entry in self.entries)
        self.known = timed and not any(entry.when.blank for entry in self.entries)
        first = job.words.say("morning" if timed else "how_often")
        self.columns: list[tuple[Text, int]] = [(first, job.handout.morning)]
        if evening:
            self.columns.append((job.words.say("evening"), job.handout.evening))
        least = 84.0 if self.large else 46.0 if narrow else 52.0 if self.compact else 58.0
        if not evening:
            blank = any(entry.when.blank for entry in self.entries)
            least = 100.0 if self.large or blank else 74.0
        words = [text for text, _ in self.columns] + [entry.when.often for entry in self.entries if not evening]
        self.column = max([least, *(theme.wide(text, "bold") + (7 if narrow else 8) for text in words)])
        self.times = self.column * len(self.columns)
        self.rail = 0.0 if self.large else self._rail()
        self.thumb = 118.0 if self.large else 0.0 if self.compact else 60.0 if narrow else 76.0
        self.text_x = self.rail + (self.thumb + 10 if self.thumb else 0)
        self.text_width = theme.measure - self.text_x - self.times - 8
        self.number = (18 if len(self.entries) < 10 else 25) * k
        self.name_width = min(max(theme.wide(entry.name, "bold") for entry in self.entries), theme.measure * 0.27)

    def blocks(self) -> list[Block]:
        blocks = [self._head()]
        groups = [list(group) for _, group in groupby(self.entries, key=lambda entry: entry.position)]
        for number, group in enumerate(groups):
            last_group = number == len(groups) - 1
            blocks.append(self._position_head(group[0], alone=len(group) == 1))
            for i, entry in enumerate(group):
                blocks.append(self._row(entry, last=i == len(group) - 1, alone=len(group) == 1, last_group=last_group))
        blocks[-1] = replace(blocks[-1], keep=True)
        end = Block(1.5, lambda pen, x, y: pen.rect(x, y, self.theme.measure, 1.5, fill=pen.palette.ink), place=(LIST,))
        return [*blocks, end]

    def _rail(self) -> float:
        """The narrowest rail in which every position's name sets in two lines."""
        style = self.theme.styles["bold"]
        names = {self.job.words.position(entry.position) for entry in self.entries}
        width = 30.0
        for name in names:
            while True:
                lines = set_lines(name, style.weight, style.size, width, "greedy")
                if len(lines) <= 2 and not any(line.hyphenated for line in lines):
                    break
                width += 2
        return width + 12

    def _head(self) -> Block:
        theme, job, k = self.theme, self.job, self.theme.k
        height = 50.0 if self.large else 31.0
        title = job.words.say("your_day", n=job.handout.day_minutes)

        def draw(pen: Pen, x: float, y: float) -> None:
            base = y + height - 8 * k
            size = theme.fit(title, "head", theme.measure - self.times - 10, 11 * k)
            pen.tagged("H2", x, base - CAP * size, title, "head", colour=pen.palette.brand, size=size)
            self._draw_column_heads(pen, x, base)
            pen.rect(x, y + height - 1.5, theme.measure, 1.5, fill=pen.palette.ink)

        return Block(height, draw, gap=16, keep=True, place=(LIST,))

    def _draw_column_heads(self, pen: Pen, x: float, base: float) -> None:
        k = self.theme.k
        left = x + self.theme.measure - self.times
        for i, (label, total) in enumerate(self.columns):
            centre = left + self.column * (i + 0.5)
            above = 14.5 if self.known else 0
            pen.tagged("P", centre, base - (CAP * 12 + above) * k, label, "bold", align="centre")
            if self.known:
                minutes = self.job.words.say("minutes", n=total)
                pen.tagged("P", centre, base - CAP * 12 * k, minutes, "body", align="centre")

    def _head_again(self, entry: Entry) -> Block:
        """The columns' heads and the position once more, where the list goes on to another page; not read twice."""
        height = 16.0 * self.theme.k
        top = height + self._top(self._measured(entry, alone=False))

        def draw(pen: Pen, x: float, y: float) -> None:
            left = x + self.theme.measure - self.times
            with pen.canvas.artifact():
                for i, (label, _) in enumerate(self.columns):
                    pen.text(left + self.column * (i + 0.5), y, label, "bold", align="centre")
                if self.rail:
                    name, width = self.job.words.position(entry.position), self.rail - 11
                    pen.text(x, y + top, name, "bold", width=width, colour=pen.palette.brand, mode="greedy")
            pen.rect(x, y + height - 1.5, self.theme.measure, 1.5, fill=pen.palette.ink)

        return Block(height, draw)

    def _position_head(self, entry: Entry, *, alone: bool) -> Block:
        """The position's name: a line of its own in large print, otherwise in the rail beside the first row."""
        name = self.job.words.position(entry.position)
        if self.large:

            def draw_line(pen: Pen, x: float, y: float) -> None:
                pen.tagged("H3", x, y + 14, name, "head", colour=pen.palette.brand)
                pen.line(x, y + 38, x + self.theme.measure, y + 38, pen.palette.ink, 1)

            return Block(38, draw_line, keep=True, place=(LIST,))
        top = self._top(self._measured(entry, alone=alone))

        def draw(pen: Pen, x: float, y: float) -> None:
            width = self.rail - 11
            pen.tagged("H3", x, y + top, name, "bold", width=width, colour=pen.palette.brand, mode="greedy")

        return Block(0, draw, keep=True, place=(LIST,))

    def _row(self, entry: Entry, *, last: bool, alone: bool, last_group: bool) -> Block:
        measure = self._measured(entry, alone=alone)

        def draw(pen: Pen, x: float, y: float) -> None:
            right = x + self.theme.measure
            with pen.canvas.tag("LI"):
                self._draw_number(pen, entry, x, y, measure)
                with pen.canvas.tag("LBody"):
                    self._draw_texts(pen, entry, x, y, measure)
                    self._draw_when(pen, entry, right, y + measure.height / 2)
            if last and not last_group:
                pen.line(x, y + measure.height, right, y + measure.height, pen.palette.rule)
            elif not last:
                pen.line(x + self.rail, y + measure.height, right, y + measure.height, pen.palette.hair, 0.5)

        place = (LIST, Node("L", entry.position, "Decimal"))
        return Block(measure.height, draw, place=place, again=self._head_again(entry))

    def _measured(self, entry: Entry, *, alone: bool) -> _Row:
        theme = self.theme
        column = self.text_width - self.number
        position = (
            theme.tall(self.job.words.position(entry.position), "bold", self.rail - 11, "greedy")
            if alone and self.rail
            else 0
        )
        if self.compact:
            dose_width = column - self.name_width - 12
            name = theme.tall(entry.name, "bold", self.name_width)
            dose = theme.tall(entry.short, "body", dose_width)
            return _Row(13 - self.tight + max(name, dose, position), name, dose, dose_width)
        if self.mode == "run-in":
            both = theme.tall(_run_in(entry), "body", column)
            return _Row(max(11 + both, position + 11, LEAST_THUMB) - self.tight, both, 0, column)
        name, dose = theme.tall(entry.name, "name", column), theme.tall(entry.short, "body", column)
        if self.large:
            return _Row(max(14 + name + 11 + dose + 14, 64), name, dose, column)
        return _Row(max(11 + name + 6 + dose, position + 11) - self.tight, name, dose, column)

    def _top(self, row: _Row) -> float:
        """From the top of a row to the cap line of its name."""
        if self.compact:
            return (13 - self.tight) / 2
        if self.mode == "run-in":
            return (row.height - row.name) / 2
        return (row.height - row.name - 6.5 * self.theme.k - row.dose) / 2 - 0.5

    def _draw_number(self, pen: Pen, entry: Entry, x: float, y: float, row: _Row) -> None:
        """The number, with the picture of the finish before it, which decorates: the card tells it in words."""
        if self.thumb and entry.frames:
            paint_frame(pen, entry.frames[-1], x + self.rail, y + 2, self.thumb, row.height - 4)
        style = "bold" if self.mode in ("compact", "run-in") else "name"
        number = self.job.words.number(entry.number)
        pen.tagged("Lbl", x + self.text_x, y + self._top(row), number, style, colour=pen.palette.brand)

    def _draw_texts(self, pen: Pen, entry: Entry, x: float, y: float, row: _Row) -> None:
        top, at = y + self._top(row), x + self.text_x + self.number
        if self.compact:
            pen.tagged("P", at, top, entry.name, "bold", width=self.name_width)
            pen.tagged("P", at + self.name_width + 12, top, entry.short, width=row.column)
        elif self.mode == "run-in":
            pen.tagged("P", at, top, _run_in(entry), width=row.column)
        else:
            pen.tagged("P", at, top, entry.name, "name", width=row.column)
            pen.tagged("P", at, top + row.name + 6.5 * self.theme.k, entry.short, width=row.column)

    def _draw_when(self, pen: Pen, entry: Entry, right: float, middle: float) -> None:
        """Sun and moon; where neither would be true, words over both columns, or a line to write on."""
        k, when, palette = self.theme.k, entry.when, pen.palette
        left = right - self.times
        if when.blank:
            label = self.job.words.say("times_a_day_blank")
            size = self.theme.fit(label, "body", self.times - 8 - LEAST_LINE * k, 10 * k)
            wide = self.theme.wide(label, "body", size)
            line = min(MOST_LINE * k, self.times - 8 - wide)
            start = (left + right - line - 4 - wide) / 2
            pen.line(start, middle + 5 * k, start + line, middle + 5 * k, palette.ink)
            pen.tagged("P", start + line + 4, middle + 4.5 * k - CAP * size, label, "body", size=size)
            return
        if when.often:
            size = self.theme.fit(when.often, "bold", self.times - 4, 10 * k)
            top = middle - CAP * size / 2
            pen.tagged("P", (left + right) / 2, top, when.often, "bold", align="centre", size=size)
            return
        marks: Sequence[tuple[bool, icons.Icon]] = ((when.morning, icons.sun), (when.evening, icons.moon))
        names = [text for (text, _), (due, _) in zip(self.columns, marks, strict=False) if due]
        spoken = ", ".join("".join(piece.text for piece in name) for name in names)
        box = (left, middle - 9 * k, right - left, 18 * k)
        with pen.canvas.figure(spoken, box):
            for i, (due, icon) in enumerate(marks[: len(self.columns)]):
                centre = left + self.column * (i + 0.5)
                if due:
                    icon(pen, centre, middle, 17 * k, palette.brand)
                else:
                    pen.line(centre - 4 * k, middle, centre + 4 * k, middle, palette.rule, 1)


def _run_in(entry: Entry) -> Text:
    """Name and dose as one paragraph."""
    return labelled(entry.name, entry.short)
