"""The exercise cards on their pages: as many as fit with the smallest picture, then the pictures grow until the page is full.

In large print each exercise has its own page, in one column.
"""

from __future__ import annotations

from handouts.sheet.card import Card
from handouts.sheet.flow import Page, place_all
from handouts.sheet.job import Job
from handouts.sheet.largecard import large_card_pages

LEAST_PICTURE, MOST_PICTURE = 110, 176
BETWEEN, MOST_BETWEEN = 22.0, 24.0
MOST_ON_A_PAGE = 3


def card_pages(job: Job) -> list[Page]:
    """The pages of all cards; a card is never split in normal print."""
    if job.theme.large:
        return [page for entry in job.handout.entries for page in large_card_pages(job, entry)]
    top, bottom = job.theme.body()
    room = bottom - top - 4
    cards = [Card(job, entry) for entry in job.handout.entries]
    pages = []
    while cards:
        count = _how_many(cards, room)
        pages.append(_page(cards[:count], top, room))
        cards = cards[count:]
    return pages


def _how_many(cards: list[Card], room: float) -> int:
    used, count = 0.0, 0
    for card in cards[:MOST_ON_A_PAGE]:
        used += card.height(LEAST_PICTURE) + (BETWEEN if count else 0)
        if count and used > room:
            break
        count += 1
    return count


def _page(cards: list[Card], top: float, room: float) -> Page:
    gaps = BETWEEN * (len(cards) - 1)
    pictures = [float(LEAST_PICTURE)] * len(cards)
    for height in range(MOST_PICTURE, LEAST_PICTURE - 1, -2):
        pictures = [max(LEAST_PICTURE, min(height, card.ideal_picture())) for card in cards]
        if sum(card.height(picture) for card, picture in zip(cards, pictures, strict=True)) + gaps <= room:
            break
    blocks = [card.block(picture) for card, picture in zip(cards, pictures, strict=True)]
    left = room - sum(block.height for block in blocks) - gaps
    extra = min(MOST_BETWEEN, max(0.0, left) / len(cards)) if len(cards) > 1 else 0.0
    placed, y = [], top
    for block in blocks:
        placed += place_all([block], y)
        y += block.height + BETWEEN + extra
    return Page(tuple(placed))
