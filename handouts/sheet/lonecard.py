"""The card that has a page to itself: its picture over the measure, the caution under it, then the two columns."""

from __future__ import annotations

from handouts.sheet.cardhead import HEIGHT, draw_card_head
from handouts.sheet.cardparts import (
    GUTTER,
    Form,
    Told,
    card_place,
    column_widths,
    draw_dose,
    draw_foot,
    foot_height,
)
from handouts.sheet.content import Entry
from handouts.sheet.dosestrip import DoseStrip
from handouts.sheet.figures import Panel
from handouts.sheet.flow import Block
from handouts.sheet.job import Job
from handouts.sheet.parts import CautionBox, draw_infos, infos_height
from handouts.sheet.pen import Pen

FORMS = (Form(14, 22, 16, 17), Form(12, 18, 13, 14), Form(10, 15, 11, 12), Form(10, 12, 8, 9))
"""From roomy to close."""
LEAST_PICTURE, MOST_PICTURE = 130.0, 320.0


def lone_card(job: Job, entry: Entry, room: float) -> Block | None:
    """The card with the largest useful picture, in the roomiest form that leaves room for one; None when none does."""
    card = _LoneCard(job, entry)
    ideal = min(MOST_PICTURE, card.panel.ideal())
    for form in FORMS:
        picture = min(ideal, room - card.height(form, 0))
        if picture >= min(ideal, LEAST_PICTURE):
            return card.block(form, card.panel.useful(picture))
    return None


class _LoneCard:
    def __init__(self, job: Job, entry: Entry) -> None:
        self.job, self.entry = job, entry
        theme = job.theme
        self.left, self.right = column_widths(theme.measure)
        self.panel = Panel(theme, entry, theme.measure)
        self.strip = DoseStrip(theme, entry.cells, self.right)
        self.caution = CautionBox(theme, job.words.say("for_you"), entry.caution, theme.measure)
        self.told = Told(job, entry, self.left)
        self.sentence = theme.tall(entry.sentence, "semi", self.right)

    def _upper(self, form: Form) -> float:
        """From the end of the picture to the columns."""
        return 1.4 * form.part + (self.caution.height + 0.8 * form.part if self.caution.height else 0.0)

    def _columns(self, form: Form) -> float:
        beside = infos_height(self.job.theme, self.entry.beside, self.right, form.info)
        right = self.strip.height + form.part + 1 + self.sentence + (1.4 * form.part + beside if beside else 0)
        return max(self.told.height(form), right)

    def height(self, form: Form, picture: float) -> float:
        """Height of the card with a picture of this height."""
        upper = HEIGHT + form.head + picture + self._upper(form)
        return upper + self._columns(form) + foot_height(self.job, self.entry, form)

    def block(self, form: Form, picture: float) -> Block:
        """The card with a picture of this height."""
        columns = self._columns(form)

        def draw(pen: Pen, x: float, y: float) -> None:
            job, entry = self.job, self.entry
            right = x + self.left + GUTTER
            draw_card_head(pen, job, entry, x, y)
            top = y + HEIGHT + form.head
            self.panel.draw(pen, x, top, picture)
            self.caution.draw(pen, x, top + picture + 0.8 * form.part)
            top += picture + self._upper(form)
            draw_dose(pen, entry, self.strip, right, top, self.right, form)
            self.told.draw(pen, x, top, form)
            below = top + self.strip.height + form.part + 1 + self.sentence + 1.4 * form.part
            draw_infos(pen, entry.beside, right, below, self.right, form.info)
            draw_foot(pen, job, entry, x, top + columns, form)

        return Block(self.height(form, picture), draw, place=card_place(self.entry))
