"""The box 'What changed' on page 1 of a revised handout."""

from __future__ import annotations

from handouts.sheet.flow import Block
from handouts.sheet.job import Job
from handouts.sheet.pen import Pen

PAD, BETWEEN = 9.5, 7.0
LONGEST_LINE = 420.0
"""Over the whole measure a line would pass 70 characters."""


def changed_block(job: Job) -> Block:
    """Since which day, and a line for each kind of change; nothing on a first handout."""
    theme, lines, head = job.theme, job.handout.changes, job.handout.changes_head
    if not lines:
        return Block(0, lambda _pen, _x, _y: None)
    k = theme.k
    pad, between = PAD * k, BETWEEN * k
    column = min(theme.measure - 2 * pad, LONGEST_LINE * k)
    tall = theme.tall(head, "head", theme.measure - 2 * pad)
    height = 2 * pad + tall + sum(between + theme.tall(line, "body", column) for line in lines) + 2 * k

    def draw(pen: Pen, x: float, y: float) -> None:
        palette = pen.palette
        fill = None if theme.ink_saver else palette.tint
        pen.rect(x, y, theme.measure, height, fill=fill, stroke=palette.brand, line=1.25, radius=5)
        with pen.canvas.tag("Sect"):
            at = y + pad
            at += (
                pen.tagged("H2", x + pad, at, head, "head", colour=palette.brand, width=theme.measure - 2 * pad) + 2 * k
            )
            for line in lines:
                at += between
                at += pen.tagged("P", x + pad, at, line, width=column)

    return Block(height, draw, gap=14)
