"""The exercise card of a normal print: picture and steps at the left; dose, caution and what to feel at the right.

The picture is the spring: a card says how tall it is with a picture of a given height, and takes the picture that fills
the page. The caution stands beside the picture and before the steps: seen before moving.
"""

from __future__ import annotations

from typing import NamedTuple

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
WRITE_IN = 22.0
"""Height of the line on which the clinician writes how often, under a sentence that cannot say it."""
NOTE_WIDTH = 420.0
"""A note over the whole measure would pass 70 characters a line."""


class Form(NamedTuple):
    """How closely a card is set. `levels_beside` puts easier and harder under the right column instead of across
    the foot."""

    part: float
    step: float
    info: float
    levels_beside: bool = False


ROOMY = Form(13, 9, 10)
FORMS = (ROOMY, Form(11, 8, 9), Form(11, 8, 9, levels_beside=True))
"""From roomy to close; a page is set in one form, the roomiest that holds as many cards as any."""
ALONE = (Form(22, 16, 17), Form(18, 13, 14), Form(15, 11, 12))
"""For a card that has a page to itself."""


class Card:
    """One exercise, measured once in one form; only the picture's height is open."""

    def __init__(self, job: Job, entry: Entry, form: Form = ROOMY) -> None:
        self.job, self.entry, self.form = job, entry, form
        theme = job.theme
        self.left = round((theme.measure - GUTTER) * LEFT_SHARE)
        self.right = theme.measure - self.left - GUTTER
        self.panel = Panel(theme, job.words, entry, self.left)
        self.strip = DoseStrip(theme, entry.cells, self.right)
        self.caution = CautionBox(theme, job.words.say("for_you"), entry.caution, self.right)
        self.sentence = theme.tall(entry.sentence, "semi", self.right) + (WRITE_IN if entry.when.blank else 0)
        self.setup = theme.tall(entry.setup, "body", self.left)
        self.steps = [theme.tall(step, "body", self.left - INDENT) for step in entry.steps]
        self.told = (
            (self.setup + form.step + 1 if self.setup else 0) + sum(self.steps) + form.step * (len(self.steps) - 1)
        )
        self.levels = () if form.levels_beside else entry.levels
        self.infos = (*entry.beside, *entry.levels) if form.levels_beside else entry.beside
        self.beside = infos_height(theme, self.infos, self.right, form.info)
        self.foot = self._foot_height()
        self.before_steps = 2 + self.strip.height + 14 + self.sentence
        if self.caution.height:
            self.before_steps += form.part + self.caution.height

    def _foot_height(self) -> float:
        theme, note, part = self.job.theme, self.entry.note, self.form.part
        level_heights = [info_height(theme, info, self._level_width(i)) for i, info in enumerate(self.levels)]
        height = part + 9 + max(level_heights) if level_heights else 0.0
        if note:
            height += (12 if level_heights else part) + info_height(theme, note, min(theme.measure, NOTE_WIDTH))
        return height

    def _level_width(self, i: int) -> float:
        return self.right if i else self.left

    @property
    def middle(self) -> float:
        """Height of the two columns without any picture: what the right column needs anyway."""
        return self.before_steps + (self.form.part + self.beside if self.beside else 0)

    def height(self, picture: float) -> float:
        """Height of the card with a picture of this height."""
        return HEAD + max(picture + self.form.part + 1 + self.told, self.middle) + self.foot

    def picture(self, wanted: float) -> float:
        """The wanted height of the picture, within what it needs to be seen and what makes it bigger."""
        return max(self.panel.least(), min(wanted, self.panel.ideal()))

    def block(self, picture: float) -> Block:
        """The card with a picture of this height, or taller where the right column is the longer: never a hole."""
        height = self.height(picture)

        def draw(pen: Pen, x: float, y: float) -> None:
            draw_card_head(pen, self.job, self.entry, x, y)
            top, bottom = y + HEAD, y + height - self.foot
            panel = bottom - top - self.told - self.form.part - 1
            self.panel.draw(pen, x, top, panel)
            steps_top = top + panel + self.form.part + 1
            self._draw_dose(pen, x + self.left + GUTTER, top + 2)
            self._draw_steps(pen, x, steps_top)
            # The right column goes on level with the steps where there is room; below a long caution it simply follows.
            beside = max(top + self.before_steps + self.form.part, min(steps_top, bottom - self.beside))
            draw_infos(pen, self.infos, x + self.left + GUTTER, beside, self.right, self.form.info)
            self._draw_foot(pen, x, bottom)

        return Block(height, draw, place=(Node("Sect", "cards"), Node("Sect", self.entry.id)))

    def _draw_dose(self, pen: Pen, x: float, y: float) -> None:
        self.strip.draw(pen, x, y)
        y += self.strip.height + 14
        pen.tagged("P", x, y, self.entry.sentence, "semi", width=self.right)
        y += self.sentence
        if self.entry.when.blank:
            pen.line(x, y, x + self.right, y, pen.palette.ink)
        self.caution.draw(pen, x, y + self.form.part)

    def _draw_steps(self, pen: Pen, x: float, y: float) -> None:
        if self.setup:
            y += pen.tagged("P", x, y, self.entry.setup, width=self.left) + self.form.step + 1
        with pen.canvas.tag("L", list_numbering="Decimal"):
            for number, step in enumerate(self.entry.steps, 1):
                y += draw_step(pen, self.job, number, step, x, y, self.left) + self.form.step

    def _draw_foot(self, pen: Pen, x: float, y: float) -> None:
        levels, note = self.levels, self.entry.note
        if not levels and not note:
            return
        y += self.form.part
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
