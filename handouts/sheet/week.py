"""One week of the log: exercises down, days across, the worst pain of each day at the foot. A table to a screen
reader too."""

from __future__ import annotations

from copy import copy

from handouts.layout.line_breaking import Text, fit_size, plain, set_lines, shorten, text_width, wording
from handouts.pdf.tagging import Path
from handouts.sheet.content import Entry
from handouts.sheet.flow import Block
from handouts.sheet.job import Job
from handouts.sheet.pen import Pen
from handouts.sheet.theme import CAP

DAYS = 7
MOST_PARTS = 3
LEAST_NAME, NAME_LEADING = 9.5, 1.1


class Week:
    """A table of a given width; its rows have no height until `at` gives them one."""

    row, height = 0.0, 0.0

    def __init__(self, job: Job, number: int, width: float) -> None:
        self.job, self.theme, self.number, self.width = job, job.theme, number, width
        self.entries = job.handout.entries
        theme, k = self.theme, self.theme.k
        self.head = 32.0 if theme.large else 20.0
        self.indent = (15 if len(self.entries) < 10 else 21) * k
        self.pain = job.words.say("pain_row")
        names = max(theme.wide(entry.name, "body") for entry in self.entries) + self.indent + 5
        pain = theme.wide(self.pain, "bold") + 10
        self.names = min(max(names, pain), width * 0.5)
        self.cell = (width - self.names) / DAYS

    def at(self, row: float) -> Week:
        """The same table with rows of this height."""
        sized = copy(self)
        sized.row, sized.height = row, self.head + row * (len(self.entries) + 1) + 2
        return sized

    def block(self, gap: float) -> Block:
        """The table as a block of its own."""
        return Block(self.height, self.draw, gap=gap)

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """The head, a row for each exercise, the row for pain; the grid last."""
        with pen.canvas.tag("Table"):
            with pen.canvas.tag("THead"), pen.canvas.tag("TR"):
                self._draw_head(pen, x, y)
            with pen.canvas.tag("TBody"):
                top = y + self.head
                for entry in self.entries:
                    with pen.canvas.tag("TR"):
                        self._draw_row(pen, entry, x, top)
                    top += self.row
                with pen.canvas.tag("TR"):
                    self._draw_pain(pen, x, top)
        self._draw_grid(pen, x, y + self.head)

    def _draw_head(self, pen: Pen, x: float, y: float) -> None:
        top = y + self.head - 6 - self.theme.cap("bold")
        with pen.canvas.tag("TH", scope="Column"):
            pen.text(x, top, self.job.words.say("week", n=self.number), "bold", colour=pen.palette.brand)
        days, in_full = self.job.words.list("days"), self.job.words.list("days_in_full")
        for i, (day, full) in enumerate(zip(days, in_full, strict=True)):
            with pen.canvas.tag("TH", scope="Column", alt=wording(full)):
                pen.text(x + self.names + self.cell * (i + 0.5), top, day, "bold", align="centre")

    def _draw_row(self, pen: Pen, entry: Entry, x: float, y: float) -> None:
        theme = self.theme
        top = y + (self.row - CAP * 12 * theme.k) / 2
        with pen.canvas.tag("TH", scope="Row"):
            number = self.job.words.number(entry.number)
            pen.text(x, top, number, "bold", colour=pen.palette.brand)
            lines, size = self._fitted(entry.name)
            leading = size * NAME_LEADING
            middle = y + (self.row - CAP * size - leading * (len(lines) - 1)) / 2
            for i, line in enumerate(lines):
                pen.text(x + self.indent, middle + i * leading, line, "body", size=size)
        for _ in range(DAYS):
            with pen.canvas.tag("TD"):
                pass

    def _fitted(self, name: Text) -> tuple[list[Text], float]:
        """A name for the narrow column: smaller, then on two lines, and at last cut, for it is in full on its card."""
        style, width = self.theme.styles["body"], self.names - self.indent - 5
        size = fit_size(name, style.weight, style.size, width, LEAST_NAME * self.theme.k)
        if text_width(name, style.weight, size) <= width:
            return [name], size
        lines = set_lines(name, style.weight, size, width, "greedy")
        set_on = [wording(name)]
        if self.row >= size * (1 + NAME_LEADING) and not lines[0].hyphenated:
            set_on = [lines[0].text + " ", wording(name).removeprefix(lines[0].text).strip()]
        fallback = name[0].fallback
        set_on[-1] = shorten(set_on[-1], style.weight, size, width, fallback=fallback)
        return [plain(text, fallback=fallback) for text in set_on], size

    def _draw_pain(self, pen: Pen, x: float, y: float) -> None:
        height = self.row + 2
        pen.rect(
            x + self.names, y, self.width - self.names, height, fill=None if self.theme.ink_saver else pen.palette.tint
        )
        with pen.canvas.tag("TH", scope="Row"):
            pen.text(x, y + (height - self.theme.cap("bold")) / 2, self.pain, "bold")
        for _ in range(DAYS):
            with pen.canvas.tag("TD"):
                pass

    def _draw_grid(self, pen: Pen, x: float, y: float) -> None:
        """Frame and pain row in ink, the rest in rules; a cell for several sessions is parted by dotted lines."""
        left, right, palette = x + self.names, x + self.width, pen.palette
        bottom = y + self.height - self.head
        hairs, rules, dots = Path(), Path(), Path()
        for i, entry in enumerate(self.entries):
            top = y + i * self.row
            if i:
                hairs.move(x, top).line(left, top)
                rules.move(left, top).line(right, top)
            parts = entry.when.sessions if entry.when.sessions <= MOST_PARTS else 1
            for at in (day + part / parts for day in range(DAYS) for part in range(1, parts)):
                dots.move(left + at * self.cell, top).line(left + at * self.cell, top + self.row)
        for day in range(1, DAYS):
            rules.move(left + day * self.cell, y).line(left + day * self.cell, bottom)
        pen.path(hairs, stroke=palette.hair, line=0.5)
        pen.path(rules, stroke=palette.rule, line=0.75)
        pen.path(dots, stroke=palette.rule, line=0.75, dash=(1.5, 2))
        pain = y + len(self.entries) * self.row
        pen.line(left, pain, right, pain, palette.ink, 1)
        pen.rect(left, y, right - left, bottom - y, stroke=palette.ink, line=1)
