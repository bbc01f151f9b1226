"""Page 1: what, how much, when and when not, so that this page alone is enough to do the program safely.

Knows the order of the blocks and the ladder of what gives way when there are many exercises; the blocks draw
themselves.
"""

from __future__ import annotations

from typing import NamedTuple

from handouts.sheet.boxes import Boxing
from handouts.sheet.card import FORMS
from handouts.sheet.cards import MOST_PICTURE
from handouts.sheet.day import (
    Day,
    Rung,
    card_first,
    day_of,
    large_list,
    large_safety,
    list_after,
    list_first,
    safety_first,
)
from handouts.sheet.flow import Block, Node, Page, closer, fill_pages, stacked, within
from handouts.sheet.furniture import brand_head
from handouts.sheet.job import Job
from handouts.sheet.opening import caution_block, facts_block, goal_block, goal_fits_purpose, title_block
from handouts.sheet.whatchanged import changed_block

MOST_WITH_PICTURES = 9
MOST_LINES = 6
"""What a safety box shows when its page cannot hold all lines: the first of them, and where the others stand."""

LADDER = (
    Rung("rows"),
    Rung("rows", 1),
    Rung("rows", 1, narrow=True),
    Rung("rows", 2, narrow=True),
    Rung("rows", 3, narrow=True),
    Rung("rows", 4, narrow=True),
    Rung("run-in", 2, narrow=True),
    Rung("run-in", 3, narrow=True),
    Rung("compact", 1),
    Rung("compact", 2),
    Rung("compact", 3, narrow=True),
)
"""How page 1 gives way: first the gaps, then the columns and the rows, at last the pictures."""
LARGE_LADDER = tuple(
    (most, inline, closeness)
    for most in (None, MOST_LINES, 5, 4, 3)
    for inline, closeness in ((False, 1.0), (False, 0.75), (True, 1.0), (True, 0.75), (True, 0.6))
)
"""The same for large print: the gaps, the facts, and only then lines of the boxes."""
SECTION = (Node("Sect", "fridge"),)


class Fridge(NamedTuple):
    """The pages of the fridge sheet; whether the single exercise's card already stands on it, and whether a safety
    box points to the page 'Stay safe'."""

    pages: list[Page]
    has_card: bool
    points: bool


def fridge_sheet(job: Job, stay_safe: int = 0) -> Fridge:
    """The fridge sheet; `stay_safe` is the page on which the warnings stand in full."""
    day = day_of(job)
    card = _with_card(job, day, stay_safe) if len(job.handout.entries) == 1 and not job.theme.large else None
    chosen = card or (_large(job, day, stay_safe) if job.theme.large else _best_list(job, day, stay_safe))
    pages = fill_pages(within(SECTION, chosen.blocks), job.theme, first=True)
    return Fridge(pages, card is not None, chosen.points)


class _Chosen(NamedTuple):
    blocks: list[Block]
    points: bool


def _points(job: Job, most: int | None) -> bool:
    """Whether a box with this many lines leaves some out."""
    longest = max(len(job.handout.emergency), len(job.handout.stop))
    return most is not None and longest > most + 1


def _opening(job: Job, *, with_goal: bool = False) -> list[Block]:
    beside = with_goal and goal_fits_purpose(job)
    parts = (
        brand_head(job),
        title_block(job, with_goal=beside),
        goal_block(job, with_goal=not beside),
        facts_block(job),
        changed_block(job),
        caution_block(job),
    )
    return [block for block in parts if block.height]


def _large(job: Job, day: Day, stay_safe: int) -> _Chosen:
    """Large print runs over several pages, and safety stays on the first: all else there gives way to it."""
    first: list[Block] = []
    most: int | None = None
    for most, inline, closeness in LARGE_LADDER:
        how = Boxing(most, stay_safe), closeness
        opening = [brand_head(job), title_block(job), facts_block(job, inline=inline)]
        first = [closer(block, block.gap * closeness) for block in opening]
        if stacked(first) + day.height(large_safety, *how) <= _room(job):
            break
    first += day.blocks(large_safety, *how)
    after = [block for block in (changed_block(job), goal_block(job), caution_block(job)) if block.height]
    return _Chosen([*first, *after, *day.blocks(large_list)], _points(job, most))


def _room(job: Job) -> float:
    top, bottom = job.theme.body(first=True)
    return bottom - top


def _with_card(job: Job, day: Day, stay_safe: int) -> _Chosen | None:
    """One exercise needs no list: its card stands on the page, its picture as large as there is room for."""
    opening = _opening(job)
    room = _room(job) - stacked(opening)
    for most in (None, MOST_LINES):
        boxing = Boxing(most, stay_safe)
        for form in FORMS:
            for wanted in range(MOST_PICTURE, 0, -4):
                how = form, day.card.picture(wanted), boxing
                if day.height(card_first, *how) <= room:
                    return _Chosen([*opening, *day.blocks(card_first, *how)], _points(job, most))
    return None


def _best_list(job: Job, day: Day, stay_safe: int) -> _Chosen:
    """The roomiest list that leaves the safety boxes and the scale on page 1.

    A line of a safety box is worth more than a picture, so boxes are shortened only when no list fits under full
    ones; when none does under short ones either, the list runs on to the next page instead.
    """
    openings = {with_goal: _opening(job, with_goal=with_goal) for with_goal in (False, True)}
    for most in (None, MOST_LINES):
        for rung in LADDER:
            if rung.mode in ("rows", "run-in") and len(job.handout.entries) > MOST_WITH_PICTURES:
                continue
            opening = rung.closed_up(openings[rung.tight > 2])
            boxing = Boxing(most, stay_safe, tight=rung.tight > 2)
            if stacked(opening) + day.height(list_first, rung, boxing) <= _room(job):
                return _Chosen([*opening, *day.blocks(list_first, rung, boxing)], _points(job, most))
    return _running_on(job, day, openings[True], stay_safe)


def _running_on(job: Job, day: Day, opening: list[Block], stay_safe: int) -> _Chosen:
    """Safety first, then the list over as many pages as it needs."""
    most: int | None = None
    for most in (None, MOST_LINES):
        boxing = Boxing(most, stay_safe, tight=most is not None)
        if stacked(opening) + day.height(safety_first, boxing) <= _room(job):
            break
    return _Chosen([*opening, *day.blocks(safety_first, boxing), *day.blocks(list_after)], _points(job, most))
