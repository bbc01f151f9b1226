"""Which parts stand on which page, and drawing them: each block finds its place in the structure, page after page."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack

from handouts.pdf.tagging import Element, TaggedCanvas
from handouts.sheet.cards import card_pages
from handouts.sheet.flow import Block, Page, Place
from handouts.sheet.fridge import fridge_sheet
from handouts.sheet.furniture import RunningHead, running_foot
from handouts.sheet.job import Job
from handouts.sheet.log import log_pages
from handouts.sheet.pen import Pen
from handouts.sheet.shared import CARDS, LOG, WARNINGS, shared_pages
from handouts.sheet.staysafe import stay_safe_pages


def compose(job: Job) -> list[Page]:
    """All pages of a handout, in order."""
    fridge = fridge_sheet(job)
    cards = [] if fridge.has_card else shared_pages(job, CARDS, card_pages)
    if fridge.points:
        fridge = fridge_sheet(job, len(fridge.pages) + len(cards) + 1)
    warnings = shared_pages(job, WARNINGS, stay_safe_pages)
    log = shared_pages(job, LOG, log_pages) if job.log_weeks else ()
    return [*fridge.pages, *cards, *warnings, *log]


def draw_pages(canvas: TaggedCanvas, job: Job, pages: Sequence[Page]) -> None:
    """Draw every page into the structure that is open on the canvas."""
    pen, head, foot = Pen(canvas, job.theme), RunningHead(job), running_foot(job)
    opened: dict[Place, Element] = {}
    for number, page in enumerate(pages, 1):
        canvas.begin_page(number)
        if number > 1:
            head.draw(pen, number)
            canvas.divide()
        foot.draw(pen, number, len(pages))
        left, shared = job.theme.left(number), page.placed[0].block.shared
        for placed in page.placed:
            if placed.block.shared != shared:
                canvas.divide()  # so that what many handouts have is a stream of its own
                shared = placed.block.shared
            draw_block(pen, placed.block, left + placed.dx, placed.y, opened)
        canvas.end_page()


def draw_block(pen: Pen, block: Block, x: float, y: float, opened: dict[Place, Element]) -> None:
    """One block in its place of the structure; `opened` holds the elements that later blocks go on with.

    A shared one is drawn once for all handouts that have it there.
    """
    place, known = block.place, len(block.place)
    while known and place[:known] not in opened:
        known -= 1
    with ExitStack() as stack:
        if known:
            stack.enter_context(pen.canvas.reopen(opened[place[:known]]))
        for depth in range(known, len(place)):
            node = place[depth]
            element = stack.enter_context(pen.canvas.tag(node.tag, list_numbering=node.numbering))
            opened[place[: depth + 1]] = element
        if block.shared:
            pen.canvas.repeat((block.draw, x, y), lambda: block.draw(pen, x, y))
        else:
            block.draw(pen, x, y)
