"""One week of the log: exercises down, days across, the worst pain of each day at the foot. A table to a screen
reader too."""

from __future__ import annotations

from handouts.sheet.content import Entry
from handouts.sheet.flow import Block
from handouts.sheet.job import Job
from handouts.sheet.pen import Pen
from handouts.sheet.theme import CAP, Theme
from handouts.typeset import Text, fit_size, shorten, wording

DAYS = 7
MOST_PARTS = 3
LEAST_NAME = 9.5


class Week:
    """A table of a given width and row height."""

    def __init__(self, job: Job, number: int, width: float, row: float) -> None:
        self.job, self.theme, self.number, self.width, self.row = job, job.theme, number, width, row
        self.entries = job.handout.entries
        theme, k = self.theme, self.theme.k
        self.head = 32.0 if theme.large else 20.0
        self.indent = (15 if len(self.entries) < 10 else 21) * k
        self.pain = job.words.say("pain_row")
        names = max(theme.wide(entry.name, "body") for entry in self.entries) + self.indent + 5
        pain = theme.wide(self.pain, "bold") + 10
        self.names = min(max(names, pain), width * 0.5)
        self.cell = (width - self.names) / DAYS
        self.height = self.head + row * (len(self.entries) + 1) + 2

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
                for i, entry in enumerate(self.entries):
                    with pen.canvas.tag("TR"):
                        self._draw_row(pen, entry, x, top, first=i == 0)
                    top += self.row
                with pen.canvas.tag("TR"):
                    self._draw_pain(pen, x, top)
        self._draw_grid(pen, x, y + self.head)

    def _draw_head(self, pen: Pen, x: float, y: float) -> None:
        top = y + self.head - 6 - self.theme.cap("bold")
        with pen.canvas.tag("TH", scope="Column"):
            pen.text(x, top, self.job.words.say("week", n=self.number), "bold", colour=pen.palette.brand)
        for i, day in enumerate(self.job.words.list("days")):
            with pen.canvas.tag("TH", scope="Column"):
                pen.text(x + self.names + self.cell * (i + 0.5), top, day, "bold", align="centre")

    def _draw_row(self, pen: Pen, entry: Entry, x: float, y: float, *, first: bool) -> None:
        theme = self.theme
        top = y + (self.row - CAP * 12 * theme.k) / 2
        with pen.canvas.tag("TH", scope="Row"):
            number = self.job.words.number(entry.number)
            pen.text(x, top, number, "bold", colour=pen.palette.brand)
            name, size = _fitted(theme, entry.name, self.names - self.indent - 5)
            pen.text(x + self.indent, top, name, "body", size=size)
        if not first:
            pen.line(x, y, x + self.names, y, pen.palette.hair, 0.5)
        parts = entry.when.sessions if entry.when.sessions <= MOST_PARTS else 1
        for day in range(DAYS):
            with pen.canvas.tag("TD"):
                for part in range(1, parts):
                    at = x + self.names + self.cell * (day + part / parts)
                    pen.line(at, y, at, y + self.row, pen.palette.rule, dash=(1.5, 2))

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
        """Frame and pain row in ink, the rest in rules."""
        left, right, palette = x + self.names, x + self.width, pen.palette
        bottom = y + self.height - self.head
        for i in range(1, len(self.entries)):
            pen.line(left, y + i * self.row, right, y + i * self.row, palette.rule)
        for i in range(1, DAYS):
            pen.line(left + i * self.cell, y, left + i * self.cell, bottom, palette.rule)
        pain = y + len(self.entries) * self.row
        pen.line(left, pain, right, pain, palette.ink, 1)
        pen.rect(left, y, right - left, bottom - y, stroke=palette.ink, line=1)


def _fitted(theme: Theme, name: Text, width: float) -> tuple[Text, float]:
    """A name for the narrow column: smaller, and at last cut, for it stands in full on its card."""
    style = theme.styles["body"]
    size = fit_size(name, style.weight, style.size, width, LEAST_NAME * theme.k)
    short = shorten(wording(name), style.weight, size, width, fallback=name[0].fallback)
    return (name[0]._replace(text=short),), size
