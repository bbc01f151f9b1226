"""Page 1: what, how much, when and when not, so that this page alone is enough to do the program safely.

Knows the order of the blocks and the ladder of what gives way when there are many exercises; the blocks draw
themselves.
"""

from __future__ import annotations

from dataclasses import replace

from handouts.sheet.boxes import emergency_box, safety_boxes, stop_box
from handouts.sheet.card import FORMS, Card
from handouts.sheet.cards import MOST_PICTURE
from handouts.sheet.flow import Block, Node, Page, fill_pages, stacked, within
from handouts.sheet.furniture import brand_head
from handouts.sheet.glance import Mode, glance
from handouts.sheet.job import Job
from handouts.sheet.opening import caution_block, facts_block, goal_block, title_block
from handouts.sheet.scale import scale_block
from handouts.sheet.whatchanged import changed_block

MOST_WITH_PICTURES = 9
CARD_GAP = 22.0
LADDER: tuple[tuple[Mode, int], ...] = (
    ("rows", 0),
    ("rows", 1),
    ("rows", 2),
    ("rows", 3),
    ("compact", 1),
    ("compact", 2),
)
"""How a list gives way: first the gaps and the rows, then the pictures."""
SECTION = (Node("Sect", "fridge"),)


def fridge_pages(job: Job) -> tuple[list[Page], bool]:
    """The pages of the fridge sheet, and whether the single exercise's card already stands on it."""
    if job.theme.large:
        return _pages(job, _large(job)), False
    if len(job.handout.entries) == 1:
        blocks = _with_card(job)
        if blocks:
            return _pages(job, blocks), True
    return _pages(job, _best_list(job)), False


def _pages(job: Job, blocks: list[Block]) -> list[Page]:
    return fill_pages(within(SECTION, blocks), job.theme, first=True)


def _opening(job: Job) -> list[Block]:
    about = (title_block(job), goal_block(job), facts_block(job))
    parts = (brand_head(job), *about, changed_block(job), caution_block(job))
    return [block for block in parts if block.height]


def _large(job: Job) -> list[Block]:
    """Large print runs over several pages, and safety stays on the first: the facts and the gaps give way to it."""
    safety = [emergency_box(job), stop_box(job)]
    after = [block for block in (changed_block(job), goal_block(job), caution_block(job)) if block.height]
    rest = [*after, *glance(job, "large"), scale_block(job)]
    for inline, closeness in ((False, 1.0), (False, 0.75), (True, 1.0), (True, 0.75), (True, 0.6)):
        first = [brand_head(job), title_block(job), facts_block(job, inline=inline), *safety]
        first = [replace(block, gap=block.gap * closeness) for block in first]
        if stacked(first) <= _room(job):
            break
    return [*first, *rest]


def _room(job: Job) -> float:
    top, bottom = job.theme.body(first=True)
    return bottom - top


def _with_card(job: Job) -> list[Block]:
    """One exercise needs no list: its card stands on the page, its picture as large as there is room for."""
    opening, safety = _opening(job), [safety_boxes(job), scale_block(job)]
    card = Card(job, job.handout.entries[0])
    for form in FORMS:
        for wanted in range(MOST_PICTURE, 0, -4):
            block = card.block(form, card.picture(wanted))
            blocks = [*opening, replace(block, gap=CARD_GAP), *safety]
            if stacked(blocks) <= _room(job):
                return blocks
    return []


def _best_list(job: Job) -> list[Block]:
    """The roomiest list that leaves the safety boxes and the scale on page 1; when none does, the list runs on
    instead."""
    for mode, tight in LADDER:
        if mode == "rows" and len(job.handout.entries) > MOST_WITH_PICTURES:
            continue
        blocks = [*_opening(job), *glance(job, mode, tight), safety_boxes(job), scale_block(job)]
        blocks = [replace(block, gap=block.gap - 2 * tight * (block.gap >= 12)) for block in blocks]
        if stacked(blocks) <= _room(job):
            return blocks
    return [*_opening(job), safety_boxes(job), scale_block(job), *glance(job, "compact", 2)]
