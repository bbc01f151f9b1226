"""The exercise card of a normal print: picture and steps at the left; dose, caution and what to feel at the right.

The picture is the spring: a card says how tall it is with a picture of a given height, and takes the picture that fills
the page. The caution stands beside the picture and before the steps: seen before moving.
"""

from __future__ import annotations

from handouts.sheet.cardhead import HEIGHT, draw_card_head
from handouts.sheet.content import Entry
from handouts.sheet.dosestrip import DoseStrip
from handouts.sheet.figures import Panel
from handouts.sheet.flow import Block, Node
from handouts.sheet.job import Job
from handouts.sheet.parts import INDENT, CautionBox, draw_info, draw_infos, info_height, infos_height
from handouts.sheet.pen import Pen
from handouts.typeset import Text

GUTTER, LEFT_SHARE = 22.0, 0.535
HEAD = HEIGHT + 10
GAP, STEP_GAP, INFO_GAP = 13.0, 9.0, 10.0
NOTE_WIDTH = 420.0
"""A note over the whole measure would pass 70 characters a line."""


class Card:
    """One exercise, measured once; only the picture's height is open."""

    def __init__(self, job: Job, entry: Entry) -> None:
        self.job, self.entry = job, entry
        theme = job.theme
        self.left = round((theme.measure - GUTTER) * LEFT_SHARE)
        self.right = theme.measure - self.left - GUTTER
        self.panel = Panel(theme, job.words, entry, self.left)
        self.strip = DoseStrip(theme, entry.cells, self.right)
        self.caution = CautionBox(theme, job.words.say("for_you"), entry.caution, self.right)
        self.sentence = theme.tall(entry.sentence, "semi", self.right)
        self.setup = theme.tall(entry.setup, "body", self.left)
        self.steps = [theme.tall(step, "body", self.left - INDENT) for step in entry.steps]
        self.told = (self.setup + STEP_GAP + 1 if self.setup else 0) + sum(self.steps) + STEP_GAP * (len(self.steps) - 1)
        self.beside = infos_height(theme, entry.beside, self.right, INFO_GAP)
        self.foot = self._foot_height()
        self.before_steps = 2 + self.strip.height + 14 + self.sentence
        if self.caution.height:
            self.before_steps += GAP + self.caution.height

    def _foot_height(self) -> float:
        theme, entry = self.job.theme, self.entry
        level_heights = [info_height(theme, info, self._level_width(i)) for i, info in enumerate(entry.levels)]
        height = GAP + 9 + max(level_heights) if level_heights else 0.0
        if entry.note:
            height += (12 if level_heights else GAP) + info_height(theme, entry.note, min(theme.measure, NOTE_WIDTH))
        return height

    def _level_width(self, i: int) -> float:
        return self.right if i else self.left

    @property
    def middle(self) -> float:
        """Height of the two columns without any picture: what the right column needs anyway."""
        return self.before_steps + (GAP + self.beside if self.beside else 0)

    def height(self, picture: float) -> float:
        """Height of the card with a picture of this height."""
        return HEAD + max(picture + GAP + 1 + self.told, self.middle) + self.foot

    def ideal_picture(self) -> float:
        """The picture's height past which it stops getting bigger."""
        return self.panel.ideal()

    def block(self, picture: float) -> Block:
        """The card with a picture of this height, or taller where the right column is the longer: never a hole."""
        height = self.height(picture)

        def draw(pen: Pen, x: float, y: float) -> None:
            draw_card_head(pen, self.job, self.entry, x, y)
            top, bottom = y + HEAD, y + height - self.foot
            panel = bottom - top - self.told - GAP - 1
            self.panel.draw(pen, x, top, panel)
            steps_top = top + panel + GAP + 1
            self._draw_dose(pen, x + self.left + GUTTER, top + 2)
            self._draw_steps(pen, x, steps_top)
            # The right column goes on level with the steps where there is room; below a long caution it simply follows.
            beside = max(top + self.before_steps + GAP, min(steps_top, bottom - self.beside))
            draw_infos(pen, self.entry.beside, x + self.left + GUTTER, beside, self.right, INFO_GAP)
            self._draw_foot(pen, x, bottom)

        return Block(height, draw, place=(Node("Sect", "cards"), Node("Sect", self.entry.id)))

    def _draw_dose(self, pen: Pen, x: float, y: float) -> None:
        self.strip.draw(pen, x, y)
        y += self.strip.height + 14
        y += pen.tagged("P", x, y, self.entry.sentence, "semi", width=self.right)
        self.caution.draw(pen, x, y + GAP)

    def _draw_steps(self, pen: Pen, x: float, y: float) -> None:
        if self.setup:
            y += pen.tagged("P", x, y, self.entry.setup, width=self.left) + STEP_GAP + 1
        with pen.canvas.tag("L", list_numbering="Decimal"):
            for number, step in enumerate(self.entry.steps, 1):
                y += draw_step(pen, self.job, number, step, x, y, self.left) + STEP_GAP

    def _draw_foot(self, pen: Pen, x: float, y: float) -> None:
        levels, note = self.entry.levels, self.entry.note
        if not levels and not note:
            return
        y += GAP
        tall = 0.0
        if levels:
            pen.line(x, y, x + self.job.theme.measure, y, pen.palette.hair)
            for i, info in enumerate(levels):
                dx = (self.left + GUTTER) * i
                tall = max(tall, draw_info(pen, info, x + dx, y + 9, self._level_width(i)))
            y += 9 + tall + 12
        if note:
            draw_info(pen, note, x, y, min(self.job.theme.measure, NOTE_WIDTH))


def draw_step(pen: Pen, job: Job, number: int, step: Text, x: float, y: float, width: float) -> float:
    """One numbered step as a list item; returns its height."""
    k = job.theme.k
    with pen.canvas.tag("LI"):
        label = job.words.number(number)
        pen.tagged("Lbl", x + 6.5 * k, y, label, "bold", colour=pen.palette.brand, align="centre")
        return pen.tagged("LBody", x + INDENT * k, y, step, width=width - INDENT * k)
