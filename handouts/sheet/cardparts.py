"""What cards of a normal print are made of: how closely one is set, its columns, its steps, its dose and its foot."""

from __future__ import annotations

from typing import NamedTuple

from handouts.layout.line_breaking import Text
from handouts.sheet.content import Entry
from handouts.sheet.dosestrip import DoseStrip
from handouts.sheet.flow import Node, Place
from handouts.sheet.job import Job
from handouts.sheet.parts import INDENT, draw_info, info_height
from handouts.sheet.pen import Pen

GUTTER, LEFT_SHARE = 22.0, 0.535
NOTE_WIDTH = 420.0
"""A note over the whole measure would pass 70 characters a line."""


class Form(NamedTuple):
    """How closely a card is set: the gaps under its head, between parts, steps, signs and cards.

    `flow` puts easier, harder and the note into the columns instead of across the foot; `dense` sets lines closer;
    `brief` names only the first mistake.
    """

    head: float
    part: float
    step: float
    info: float
    flow: bool = False
    dense: bool = False
    brief: bool = False
    between: float = 20.0


def column_widths(measure: float) -> tuple[float, float]:
    """The widths of a card's two columns."""
    left = float(round((measure - GUTTER) * LEFT_SHARE))
    return left, measure - left - GUTTER


def card_place(entry: Entry) -> Place:
    """Where a card belongs in the structure."""
    return (Node("Sect", "cards"), Node("Sect", entry.id))


class Told:
    """How to do it: the starting position and the steps, in a column of a given width."""

    def __init__(self, job: Job, entry: Entry, width: float) -> None:
        self.job, self.entry, self.width = job, entry, width
        theme = job.theme
        self._setup = theme.tall(entry.setup, "body", width)
        self._steps = sum(theme.tall(step, "body", width - INDENT) for step in entry.steps)

    def height(self, form: Form) -> float:
        """Height in a form."""
        setup = self._setup + form.step + 1 if self._setup else 0.0
        return setup + self._steps + form.step * (len(self.entry.steps) - 1)

    def draw(self, pen: Pen, x: float, y: float, form: Form) -> None:
        """The starting position as a paragraph, the steps as a list."""
        if self.entry.setup:
            y += pen.tagged("P", x, y, self.entry.setup, width=self.width) + form.step + 1
        with pen.canvas.tag("L", list_numbering="Decimal"):
            for number, step in enumerate(self.entry.steps, 1):
                y += draw_step(pen, self.job, number, step, x, y, self.width) + form.step


def draw_dose(pen: Pen, entry: Entry, strip: DoseStrip, x: float, y: float, width: float, form: Form) -> None:
    """The strip of numbers and, under it, the same as a sentence."""
    strip.draw(pen, x, y)
    pen.tagged("P", x, y + strip.height + form.part + 1, entry.sentence, "semi", width=width)


def draw_step(pen: Pen, job: Job, number: int, step: Text, x: float, y: float, width: float) -> float:
    """One numbered step as a list item; returns its height."""
    k = job.theme.k
    with pen.canvas.tag("LI"):
        label = job.words.number(number)
        pen.tagged("Lbl", x + 6.5 * k, y, label, "bold", colour=pen.palette.brand, align="centre")
        return pen.tagged("LBody", x + INDENT * k, y, step, width=width - INDENT * k)


def foot_height(job: Job, entry: Entry, form: Form) -> float:
    """Height of easier, harder and the note across the foot of a card, with the gap above them."""
    theme, note = job.theme, entry.note
    widths = column_widths(theme.measure)
    levels = [info_height(theme, info, width) for info, width in zip(entry.levels, widths, strict=False)]
    height = form.part + 9 + max(levels) if levels else 0.0
    if note:
        height += (12 if levels else form.part) + info_height(theme, note, min(theme.measure, NOTE_WIDTH))
    return height


def draw_foot(pen: Pen, job: Job, entry: Entry, x: float, y: float, form: Form) -> None:
    """Easier and harder side by side under a thin line, the note below them."""
    measure, widths = job.theme.measure, column_widths(job.theme.measure)
    y += form.part
    if entry.levels:
        pen.line(x, y, x + measure, y, pen.palette.hair)
        at, tall = x, 0.0
        for info, width in zip(entry.levels, widths, strict=False):
            tall = max(tall, draw_info(pen, info, at, y + 9, width))
            at += width + GUTTER
        y += 9 + tall + 12
    if entry.note:
        draw_info(pen, entry.note, x, y, min(measure, NOTE_WIDTH))
