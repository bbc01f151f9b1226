"""The exercise cards on their pages: as few pages as can be, cards of like closeness together, then the pictures grow
until each page is full.

In large print each exercise has its own page, in one column.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from handouts.sheet.card import FORMS, Card
from handouts.sheet.cardparts import Form
from handouts.sheet.flow import Page, Placed, place_all
from handouts.sheet.job import Job
from handouts.sheet.largecard import large_card_pages
from handouts.sheet.lonecard import lone_card

MOST_PICTURE = 176
MOST_BETWEEN = 26.0
MOST_ON_A_PAGE = 3
MANY_FORMS = FORMS[:3]
"""Three cards share a page only where none of them must be set closely."""


class _Sheaf(NamedTuple):
    """The next cards of a page with how they are set; no form is a card that has the page to itself."""

    cards: tuple[Card, ...]
    form: Form | None
    closeness: int


def card_pages(job: Job) -> list[Page]:
    """The pages of all cards; a card is never split in normal print."""
    if job.theme.large:
        return [page for entry in job.handout.entries for page in large_card_pages(job, entry)]
    top, bottom = job.theme.body()
    room = bottom - top - 2
    cards = [Card(job, entry) for entry in job.handout.entries]
    return [_page(sheaf, top, room) for sheaf in _sheaves(cards, room)]


def _sheaves(cards: Sequence[Card], room: float) -> list[_Sheaf]:
    """The cards in order on the fewest pages; among equals those that are set least closely."""
    best: list[tuple[int, int, list[_Sheaf]]] = [(0, 0, [])]
    for end in range(1, len(cards) + 1):
        ways = []
        for count in range(min(MOST_ON_A_PAGE, end), 0, -1):
            sheaf = _sheaf(cards[end - count : end], room)
            if sheaf:
                pages, closeness, sheaves = best[end - count]
                ways.append((pages + 1, closeness + sheaf.closeness, [*sheaves, sheaf]))
        best.append(min(ways, key=lambda way: way[:2]))
    return best[-1][2]


def _sheaf(cards: Sequence[Card], room: float) -> _Sheaf | None:
    """Cards that share a page in the roomiest form that holds them all, or None when none does."""
    if len(cards) == 1:
        return _Sheaf(tuple(cards), None, 0)
    for closeness, form in enumerate(FORMS if len(cards) == 2 else MANY_FORMS):
        gaps = form.between * (len(cards) - 1)
        if sum(card.height(form, card.picture(0)) for card in cards) + gaps <= room:
            return _Sheaf(tuple(cards), form, closeness**2 + (len(cards) > 2))
    return None


def _page(sheaf: _Sheaf, top: float, room: float) -> Page:
    if sheaf.form is None:
        card = sheaf.cards[0]
        lone = lone_card(card.job, card.entry, room)
        if lone:
            return Page(place_all([lone], top))
    return _shared(sheaf.cards, sheaf.form or _last_resort(sheaf.cards[0], room), top, room)


def _last_resort(card: Card, room: float) -> Form:
    """The roomiest form in which a very long card fits a page."""
    return next((form for form in FORMS if card.height(form, card.picture(0)) <= room), FORMS[-1])


def _shared(cards: Sequence[Card], form: Form, top: float, room: float) -> Page:
    """The pictures grow together until the page is full, or none gets any bigger."""
    gaps = form.between * (len(cards) - 1)
    pictures = range(0, MOST_PICTURE + 1, 2)
    fitting = bisect_right(
        pictures, room, key=lambda wanted: sum(card.height(form, card.picture(wanted)) for card in cards) + gaps
    )
    wanted = pictures[max(0, fitting - 1)]
    blocks = [card.block(form, card.picture(wanted)) for card in cards]
    left = room - sum(block.height for block in blocks) - gaps
    extra = min(MOST_BETWEEN, max(0.0, left) / len(cards)) if len(cards) > 1 else 0.0
    placed: list[Placed] = []
    y = top
    for block in blocks:
        placed += place_all([block], y)
        y += block.height + form.between + extra
    return Page(tuple(placed))
