"""The exercise cards on their pages: as many as fit with the smallest picture, then the pictures grow until the
page is full.

In large print each exercise has its own page, in one column.
"""

from __future__ import annotations

from collections.abc import Sequence

from handouts.sheet.card import ALONE, FORMS, Card
from handouts.sheet.content import Entry
from handouts.sheet.flow import Page, Placed, place_all
from handouts.sheet.job import Job
from handouts.sheet.largecard import large_card_pages

MOST_PICTURE, MOST_ALONE = 176, 240
BETWEEN, MOST_BETWEEN = 22.0, 24.0
MOST_ON_A_PAGE = 3


def card_pages(job: Job) -> list[Page]:
    """The pages of all cards; a card is never split in normal print."""
    if job.theme.large:
        return [page for entry in job.handout.entries for page in large_card_pages(job, entry)]
    top, bottom = job.theme.body()
    room = bottom - top - 4
    entries = list(job.handout.entries)
    pages = []
    while entries:
        cards = _best(job, entries[:MOST_ON_A_PAGE], room)
        pages.append(_page(cards, top, room))
        entries = entries[len(cards) :]
    return pages


def _best(job: Job, entries: Sequence[Entry], room: float) -> list[Card]:
    """As many cards as any form gets on the page, in the roomiest form that does."""
    settings = [_fitting([Card(job, entry, form) for entry in entries], room) for form in FORMS]
    most = max(settings, key=len)
    if len(most) > 1:
        return most
    spacious = (Card(job, entries[0], form) for form in ALONE)
    return next(([card] for card in spacious if card.height(card.picture(MOST_ALONE)) <= room), most)


def _fitting(cards: list[Card], room: float) -> list[Card]:
    """The first cards that fit together with the smallest pictures; always one at least."""
    used = 0.0
    for count, card in enumerate(cards):
        used += card.height(card.picture(0)) + (BETWEEN if count else 0)
        if count and used > room:
            return cards[:count]
    return cards


def _page(cards: list[Card], top: float, room: float) -> Page:
    """The pictures grow together until the page is full, or none gets any bigger."""
    gaps = BETWEEN * (len(cards) - 1)
    pictures = [card.picture(0) for card in cards]
    for height in range(MOST_PICTURE if len(cards) > 1 else MOST_ALONE, 0, -2):
        pictures = [card.picture(height) for card in cards]
        if sum(card.height(picture) for card, picture in zip(cards, pictures, strict=True)) + gaps <= room:
            break
    blocks = [card.block(picture) for card, picture in zip(cards, pictures, strict=True)]
    left = room - sum(block.height for block in blocks) - gaps
    extra = min(MOST_BETWEEN, max(0.0, left) / len(cards)) if len(cards) > 1 else 0.0
    placed: list[Placed] = []
    y = top
    for block in blocks:
        placed += place_all([block], y)
        y += block.height + BETWEEN + extra
    return Page(tuple(placed))
