"""The pages of a handout of one exercise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from handouts.layout.blocks import Block, stacked
from handouts.layout.card import NARROWEST, TIGHT, CardBlock, CardGroup
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

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        # The same in every form but for the gaps above them: a block is measured once.
        self._openings = [
            [(block, block.spaceBefore) for block in self.opening(needs=needs)] for needs in (False, True)
        ]
        self._boxes = self.below()
        self._month: list[Block] = [MonthStrip(self.theme, self.handout, 0)]
        self._checked = CheckedInTwoLines(self.theme, self.handout, 0)

    def pages(self) -> list[Page]:
        """Two pages wherever it can be: the month and the check stand on page 1, else below Stay safe."""
        for month_below in (False, True):
            for form in LONE_FORMS:
                if pages := self._two_pages(*form, month_below=month_below):
                    return pages
        # The log gets pages of its own.
        for form in LONE_FORMS:
            blocks, card, spare = self._first_page(*form, [])
            if spare >= 0:
                card.give(spare)
                top, _ = self.theme.body(first=True)
                return [self.page(blocks, top=top), *self.safety_pages(), *self.log_pages(None)]
        theme = self.theme
        top, _ = theme.body(first=True)
        # The card goes over the log.
        first = self.page([*self.opening(needs=True), *self.below()], top=top)
        cards = [self.card_block(self.handout.cards[0], *form, 14) for form in ((208.0, 1.0), (NARROWEST, TIGHT))]
        if cards[-1].wrap(theme.measure, 0)[1] > self.room:
            return [first, *self._pages_of(CardGroup(cards[-1:]), "cards"), *self.safety_pages(), *self.log_pages(None)]
        return [first, *min(map(self.log_pages, cards), key=len), *self.safety_pages()]

    def _two_pages(self, closeness: float, width: float, gap: float, *, month_below: bool) -> list[Page]:
        """All in one form of page 1, with Stay safe behind it; empty where it does not go on two pages."""
        handout = self.handout
        top, _ = self.theme.body(first=True)
        month = self._month if 0 < len(handout.log.weeks) <= 4 else []
        if handout.log.weeks and not month:
            return []
        checked = self._checked
        for block in (*month, checked):
            block.spaceBefore = gap
        there, moved = ([], [*month, checked]) if month_below else (month, [checked])
        if not month_below:
            blocks, card, spare = self._first_page(closeness, width, gap, [*there, checked])
            if spare >= 0:
                card.give(spare)
                return [self.page(blocks, top=top), *self.safety_pages()]
        blocks, card, spare = self._first_page(closeness, width, gap, there)
        if spare >= 0 and (pages := self._safety_with(moved)):
            card.give(spare)
            return [self.page(blocks, top=top), *pages]
        return []

    def _first_page(
        self, closeness: float, width: float, gap: float, last: Sequence[Block]
    ) -> tuple[list[Block], CardBlock, float]:
        """The blocks of page 1 in one form with these at its end, the card among them, and the height left over."""
        opening = self._openings[closeness > TIGHT]
        for block, usual in opening[1:]:
            block.spaceBefore = min(usual, gap + 2)
        card = self.card_block(self.handout.cards[0], width, closeness, gap + 2)
        for block in self._boxes:
            block.spaceBefore = gap
        blocks = [*(block for block, _ in opening), card, *self._boxes, *last]
        top, bottom = self.theme.body(first=True)
        return blocks, card, bottom - top - stacked(blocks, self.theme.measure)

    def _safety_with(self, foot: Sequence[Block]) -> list[Page]:
        """Stay safe with blocks at the foot of its page; none where they do not go on one page."""
        high = stacked(foot, self.theme.measure)
        if high >= self._too_high:  # a handout of one exercise takes half the time
            return []
        pages = self.safety_pages(kept_free=high + 20)
        if len(pages) > 1:
            self._too_high = high
            return []
        pages[0].columns.append(Column(tuple(foot), 0, self.bottom - high, self.theme.measure))
        return pages
