"""Page 1: what, how much, when and when not, so that this page alone is enough to do the program safely.

Knows the order of the blocks and the ladder of what gives way when there are many exercises; the blocks draw themselves.
"""

from __future__ import annotations

from dataclasses import replace

from handouts.sheet.boxes import emergency_box, safety_boxes, stop_box
from handouts.sheet.card import Card
from handouts.sheet.flow import Block, Node, Page, fill_pages, stacked, within
from handouts.sheet.furniture import brand_head
from handouts.sheet.glance import glance
from handouts.sheet.job import Job
from handouts.sheet.opening import caution_block, facts_block, goal_block, title_block
from handouts.sheet.scale import scale_block

MOST_WITH_PICTURES = 9
SECTION = (Node("Sect", "fridge"),)


def fridge_pages(job: Job) -> tuple[list[Page], bool]:
    """The pages of the fridge sheet, and whether the single exercise's card already stands on it."""
    if job.theme.large:
        safety = [emergency_box(job), stop_box(job)]
        blocks = [*_opening(job), *safety, *glance(job, "large"), scale_block(job)]
        return _pages(job, blocks), False
    if len(job.handout.entries) == 1:
        blocks = _with_card(job)
        if blocks:
            return _pages(job, blocks), True
    return _pages(job, _best_list(job)), False


def _pages(job: Job, blocks: list[Block]) -> list[Page]:
    return fill_pages(within(SECTION, blocks), job.theme, first=True)


def _opening(job: Job) -> list[Block]:
    parts = (brand_head(job), title_block(job), goal_block(job), facts_block(job), caution_block(job))
    return [block for block in parts if block.height]


def _room(job: Job) -> float:
    top, bottom = job.theme.body(first=True)
    return bottom - top


def _with_card(job: Job) -> list[Block]:
    """One exercise needs no list: its card stands on the page, its picture as large as there is room for."""
    card = Card(job, job.handout.entries[0])
    for picture in range(176, 108, -4):
        safety = [safety_boxes(job), scale_block(job)]
        blocks = [*_opening(job), replace(card.block(picture), gap=22), *safety]
        if stacked(blocks) <= _room(job):
            return blocks
    return []


def _best_list(job: Job) -> list[Block]:
    """The roomiest list that leaves the safety boxes and the scale on page 1; when none does, the list runs on instead."""
    for mode, tight in (("rows", 0), ("rows", 1), ("rows", 2), ("compact", 1), ("compact", 2)):
        if mode == "rows" and len(job.handout.entries) > MOST_WITH_PICTURES:
            continue
        blocks = [*_opening(job), *glance(job, mode, tight), safety_boxes(job), scale_block(job)]
        blocks = [replace(block, gap=block.gap - 2 * tight * (block.gap >= 12)) for block in blocks]
        if stacked(blocks) <= _room(job):
            return blocks
    return [*_opening(job), safety_boxes(job), scale_block(job), *glance(job, "compact")]
