"""The exercise card of a normal print: picture and steps at the left; dose, caution and what to feel at the right.

The picture is the spring: a card says how tall it is with a picture of a given height, and takes the picture that fills
the page. The caution stands beside the picture and before the steps: seen before moving. A close card lets what follows
the steps flow into whichever column is shorter; what is read first is still drawn first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

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
from handouts.sheet.parts import CautionBox, draw_infos, info_height
from handouts.sheet.pen import Pen
from handouts.sheet.telling import Info

LEFT_TAIL = 6.0
"""Space for the thin line between the steps and what flows in below them: easier is not a step."""
FORMS = (
    Form(10, 13, 9, 10),
    Form(10, 11, 8, 9),
    Form(10, 11, 8, 9, flow=True),
    Form(8, 9, 7.5, 8, flow=True),
    Form(8, 9, 7.5, 8, flow=True, dense=True, between=16),
    Form(6, 8, 7, 7.5, flow=True, dense=True, brief=True, between=16),
)
"""From roomy to close; a page is set in one form, the roomiest that holds its cards."""


class Split(NamedTuple):
    """The columns of a card in one form: what of the tail goes to the right, and how tall each column is without the
    picture."""

    right: tuple[Info, ...]
    left: tuple[Info, ...]
    left_height: float
    right_height: float


class Card:
    """One exercise in whatever form its page asks for."""

    def __init__(self, job: Job, entry: Entry) -> None:
        self.job, self.entry = job, entry
        self._settings: dict[bool, _Setting] = {}
        panel = self._setting(dense=False).panel
        self._least, self._ideal = panel.least(), panel.ideal()

    def _setting(self, *, dense: bool) -> _Setting:
        if dense not in self._settings:
            job = replace(self.job, theme=self.job.theme.closer) if dense else self.job
            self._settings[dense] = _Setting(job, self.entry)
        return self._settings[dense]

    def picture(self, wanted: float) -> float:
        """The wanted height of the picture, within what it needs to be seen and what makes it bigger."""
        return max(self._least, min(wanted, self._ideal))

    def height(self, form: Form, picture: float) -> float:
        """Height of the card with a picture of this height."""
        return self._setting(dense=form.dense).height(form, picture)

    def block(self, form: Form, picture: float) -> Block:
        """The card with a picture of this height, or taller where the right column is the longer: never a hole."""
        return self._setting(dense=form.dense).block(form, picture)


class _Setting:
    """One exercise with one leading, its texts measured once; the form and the picture's height are open."""

    def __init__(self, job: Job, entry: Entry) -> None:
        self.job, self.entry = job, entry
        theme = job.theme
        self.left, self.right = column_widths(theme.measure)
        self.panel = Panel(theme, entry, self.left)
        self.strip = DoseStrip(theme, entry.cells, self.right)
        self.caution = CautionBox(theme, job.words.say("for_you"), entry.caution, self.right)
        self.told = Told(job, entry, self.left)
        self._sentence = theme.tall(entry.sentence, "semi", self.right)
        self._splits: dict[Form, list[Split]] = {}

    def _dosed(self, form: Form) -> float:
        """From the top of the right column to the end of the caution."""
        height = 2 + self.strip.height + form.part + 1 + self._sentence
        return height + form.part + self.caution.height if self.caution.height else height

    def _ways(self, form: Form) -> list[Split]:
        """The ways in which a form can part what follows the dose and the steps."""
        if form not in self._splits:
            entry = self.entry
            beside = [info.shorter() for info in entry.beside] if form.brief else list(entry.beside)
            if form.flow:
                tail = [*([info] for info in beside), [*entry.levels], [entry.note] if entry.note else []]
                ways = [(_flat(tail[:k]), _flat(tail[k:])) for k in range(len(tail), -1, -1)]
            else:
                ways = [(beside, [])]
            told, dosed = self.told.height(form), self._dosed(form)
            self._splits[form] = [
                Split(
                    tuple(right),
                    tuple(left),
                    form.part + 1 + told + self._tail(left, self.left, form) + (LEFT_TAIL if left else 0),
                    dosed + self._tail(right, self.right, form),
                )
                for right, left in ways
            ]
        return self._splits[form]

    def _tail(self, infos: Sequence[Info], width: float, form: Form) -> float:
        """Height of a column's tail with the gap above it."""
        if not infos:
            return 0.0
        heights = [info_height(self.job.theme, info, width) for info in infos]
        return form.part + sum(heights) + form.info * (len(heights) - 1)

    def _split(self, form: Form, picture: float) -> tuple[float, Split]:
        """The shortest columns with this picture, and how tall they are."""
        best, chosen = 0.0, None
        for split in self._ways(form):
            height = max(picture + split.left_height, split.right_height)
            if chosen is None or height < best - 0.01:
                best, chosen = height, split
        assert chosen is not None
        return best, chosen

    def height(self, form: Form, picture: float) -> float:
        """Height of the card with a picture of this height."""
        return HEIGHT + form.head + self._split(form, picture)[0] + self._foot(form)

    def _foot(self, form: Form) -> float:
        return 0.0 if form.flow else foot_height(self.job, self.entry, form)

    def block(self, form: Form, picture: float) -> Block:
        """The card with a picture of this height, or taller where the right column is the longer: never a hole."""
        middle, split = self._split(form, picture)
        panel = middle - split.left_height
        foot = self._foot(form)

        def draw(pen: Pen, x: float, y: float) -> None:
            pen = pen.on(self.job.theme)
            right = x + self.left + GUTTER
            draw_card_head(pen, self.job, self.entry, x, y)
            top = y + HEIGHT + form.head
            self.panel.draw(pen, x, top, panel)
            draw_dose(pen, self.entry, self.strip, right, top + 2, self.right, form)
            self.caution.draw(pen, right, top + self._dosed(form) - self.caution.height)
            steps = top + panel + form.part + 1
            self.told.draw(pen, x, steps, form)
            tail = self._tail(split.right, self.right, form)
            # Level with the steps where there is room; below a long caution it simply follows.
            beside = max(top + self._dosed(form), min(steps - form.part, top + middle - tail)) + form.part
            draw_infos(pen, split.right, right, beside, self.right, form.info)
            if split.left:
                left_tail = top + middle - self._tail(split.left, self.left, form) + form.part
                pen.line(x, left_tail - LEFT_TAIL - 2, x + self.left, left_tail - LEFT_TAIL - 2, pen.palette.hair)
                draw_infos(pen, split.left, x, left_tail, self.left, form.info)
            if foot:
                draw_foot(pen, self.job, self.entry, x, top + middle, form)

        return Block(HEIGHT + form.head + middle + foot, draw, place=card_place(self.entry))


def _flat(groups: Sequence[Sequence[Info]]) -> list[Info]:
    return [info for group in groups for info in group]
