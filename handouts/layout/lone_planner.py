"""The pages of a handout of one exercise."""

from __future__ import annotations

import math
from collections.abc import Sequence

from handouts.layout.blocks import Block
from handouts.layout.card import NARROWEST, TIGHT, CardGroup
from handouts.layout.log import CheckedInTwoLines, MonthStrip
from handouts.layout.page_planner import Column, Page, Planner

LONE_FORMS = (
    (0.86, 208.0, 12.0),
    (TIGHT, 208.0, 12.0),
    (TIGHT, NARROWEST, 12.0),
    (TIGHT, 208.0, 7.0),
    (TIGHT, 186.0, 7.0),
    (TIGHT, NARROWEST, 7.0),
)
"""What a single exercise's page gives up, in turn, to hold all: gaps inside the card, its picture's width, gaps."""


class LonePlanner(Planner):
    """One exercise in normal print: its card, the boxes, the scale and the log on page 1; Stay safe behind it."""

    _too_high = math.inf
    """Points at the foot of Stay safe that were asked for and not there."""

    def pages(self) -> list[Page]:
        """Two pages wherever it can be: the month and the check stand on page 1, else below Stay safe."""
        weeks, below = len(self.handout.log.weeks), self.below()
        month: list[Block] = [MonthStrip(self.theme, self.handout, 0)] if weeks else []
        checked = CheckedInTwoLines(self.theme, self.handout, 0)
        at_best = [([*below, *month, checked], []), ([*below, *month], [checked])]
        for places in (at_best, [(below, [*month, checked])]) if weeks <= 4 else ():
            for form in LONE_FORMS:
                for here, behind in places:
                    first = self._first_page(*form, here)
                    if first and (safety := self._safety_with(behind, form[-1])):
                        return [first, *safety]
        # The log gets pages of its own.
        for form in LONE_FORMS:
            if first := self._first_page(*form, below):
                return [first, *self.safety_pages(), *self.log_pages()]
        # The card goes over the log.
        first = self.page([*self.opening(needs=True), *self.below()], first=True)
        cards = [self.card_block(self.handout.cards[0], *form, 14) for form in ((208.0, 1.0), (NARROWEST, TIGHT))]
        if self.tall(cards[-1]) > self.room:
            return [first, *self._pages_of(CardGroup(cards[-1:]), "cards"), *self.safety_pages(), *self.log_pages()]
        return [first, *min(map(self.log_pages, cards), key=len), *self.safety_pages()]

    def _first_page(self, closeness: float, width: float, gap: float, below: Sequence[Block]) -> Page | None:
        """Page 1 in one form with these blocks below its card; None where it does not hold them."""
        opening = self.opening(needs=closeness > TIGHT)
        for block in opening:
            block.spaceBefore = min(block.spaceBefore, gap + 2)
        for block in below:
            block.spaceBefore = gap
        card = self.card_block(self.handout.cards[0], width, closeness, gap + 2)
        blocks = [*opening, card, *below]
        spare = self.first_room - self.tall(*blocks)
        card.give(spare)
        return self.page(blocks, first=True) if spare >= 0 else None

    def _safety_with(self, foot: Sequence[Block], gap: float) -> list[Page]:
        """Stay safe with blocks at the foot of its page; none where they do not go on one page."""
        if not foot:
            return self.safety_pages()
        for block in foot:
            block.spaceBefore = gap
        high = self.tall(*foot)
        if high >= self._too_high:  # a handout of one exercise takes half the time
            return []
        pages = self.safety_pages(kept_free=high + 20)
        if len(pages) > 1:
            self._too_high = high
            return []
        pages[0].columns.append(Column(list(foot), 0, self.bottom - high, self.theme.measure))
        return pages
