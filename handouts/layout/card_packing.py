"""Which cards stand on which page, and what a page has to spare given to its pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handouts.layout.blocks import Block
from handouts.layout.card import CardBlock

CARD_GAP, MOST_MORE_GAP = 18.0, 14.0
"""Between what stands above the cards and the first, and how much wider the gaps between cards may grow."""

LAST_PAGE = 0.9
"""How much room left over on the last page of cards counts, against that on the others."""


@dataclass
class CardGroup:
    """The cards of one page, measured, with what stands above and below them."""

    cards: list[CardBlock]
    above: Block | None = None
    below: Block | None = None

    @property
    def cards_height(self) -> float:
        return sum(card.height for card in self.cards) + sum(card.spaceBefore for card in self.cards[1:])

    @property
    def height(self) -> float:
        above = self.above.height + CARD_GAP if self.above else 0.0
        return self.cards_height + above + (self.below.height + self.below.spaceBefore if self.below else 0.0)


def pack(cards: Sequence[CardBlock], room: float, first_less: float, over_log: bool) -> list[list[CardBlock]]:
    """Which cards stand on which page, in order: as few pages as can be, then as even as can be.

    `first_less` is what the first page has less room. With `over_log` the last card may stand alone, over the log,
    where that saves a page.
    """
    whole = evenly(cards, room, first_less)
    if over_log and len(cards) > 1:
        less = evenly(cards[:-1], room, first_less)
        if len(less) < len(whole):
            return [*less, [cards[-1]]]
    return whole


def evenly(cards: Sequence[CardBlock], room: float, first_less: float) -> list[list[CardBlock]]:
    best: list[tuple[int, float, list[tuple[int, int]]]] = [(0, 0.0, [])]
    for end in range(1, len(cards) + 1):
        options = []
        for start in range(end):
            pages, cost, cuts = best[start]
            own_room = room - (first_less if start == 0 else 0)
            used = sum(card.height for card in cards[start:end]) + cards[0].spaceBefore * (end - start - 1)
            if used <= own_room or end - start == 1:
                # Of two ways that are nearly as even, the one with the emptier page last: there the section ends.
                weight = LAST_PAGE if end == len(cards) else 1.0
                options.append((pages + 1, cost + weight * (own_room - used) ** 2, [*cuts, (start, end)]))
        best.append(min(options))
    return [list(cards[start:end]) for start, end in best[-1][2]]


def spread(cards: Sequence[CardBlock], width: float, room: float) -> None:
    """What a page has to spare goes to its pictures, evenly, then to the gaps between its cards."""
    gap = cards[0].spaceBefore
    spare = room - sum(card.height for card in cards) - gap * (len(cards) - 1)
    if spare <= 0:
        return
    before = sum(card.height for card in cards)
    for card in cards:
        card.give(spare / len(cards))
        card.wrap(width, 0)
    left = spare - (sum(card.height for card in cards) - before)
    more = min(MOST_MORE_GAP, left / max(1, len(cards) - 1))
    for card in cards[1:]:
        card.spaceBefore = gap + max(0.0, more)
