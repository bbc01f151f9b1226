"""The box 'What changed' on page 1 of a revised handout."""

from __future__ import annotations

from handouts.layout.line_breaking import Text
from handouts.sheet.flow import Block
from handouts.sheet.job import Job
from handouts.sheet.pen import Pen

PAD, BETWEEN, GUTTER = 9.5, 7.0, 18.0
LONGEST_LINE = 420.0
"""Over the whole measure a line would pass 70 characters."""
FEW = 2
"""More lines than this are set in two columns, so that the list below keeps its place on the page."""


def changed_block(job: Job) -> Block:
    """Since which day, and a line for each kind of change; nothing on a first handout."""
    return _Box(job).block() if job.handout.changes else Block(0, lambda _pen, _x, _y: None)


class _Box:
    def __init__(self, job: Job) -> None:
        theme, lines = job.theme, job.handout.changes
        self.theme, self.head = theme, job.handout.changes_head
        self.pad, self.between = PAD * theme.k, BETWEEN * theme.k
        self.width = theme.measure - 2 * self.pad
        split = len(lines) > FEW and not theme.large
        middle = (len(lines) + 1) // 2 if split else len(lines)
        self.columns = [column for column in (lines[:middle], lines[middle:]) if column]
        self.column = (self.width - GUTTER) / 2 if split else min(self.width, LONGEST_LINE * theme.k)
        self.top = theme.tall(self.head, "head", self.width) + 2 * theme.k

    def block(self) -> Block:
        height = 2 * self.pad + self.top + max(map(self._tall, self.columns))
        return Block(height, lambda pen, x, y: self._draw(pen, x, y, height), gap=14)

    def _tall(self, lines: tuple[Text, ...]) -> float:
        return sum(self.between + self.theme.tall(line, "body", self.column) for line in lines)

    def _draw(self, pen: Pen, x: float, y: float, height: float) -> None:
        palette = pen.palette
        fill = None if self.theme.ink_saver else palette.tint
        pen.rect(x, y, self.theme.measure, height, fill=fill, stroke=palette.brand, line=1.25, radius=5)
        left, top = x + self.pad, y + self.pad
        with pen.canvas.tag("Sect"):
            pen.tagged("H2", left, top, self.head, "head", colour=palette.brand, width=self.width)
            for number, lines in enumerate(self.columns):
                at = top + self.top
                for line in lines:
                    at += self.between
                    at += pen.tagged("P", left + number * (self.column + GUTTER), at, line, width=self.column)
