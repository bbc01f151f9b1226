"""What stands on the fridge sheet below its opening: the day's list or the one card, the safety boxes, the pain scale.

It says nothing of one patient, so each way of setting it is measured once for all handouts that say the same, and only
those that were chosen are kept as blocks. Which way is chosen is not known here: it hangs on how tall the opening is.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import NamedTuple

from handouts.sheet.boxes import Boxing, emergency_box, safety_boxes, stop_box
from handouts.sheet.card import Card
from handouts.sheet.cardparts import Form
from handouts.sheet.flow import Block, closer, stacked
from handouts.sheet.glance import Mode, glance
from handouts.sheet.job import Job
from handouts.sheet.scale import scale_block
from handouts.sheet.shared import DAY, shared_blocks, shared_part

CARD_GAP = 22.0
Way = Callable[..., list[Block]]
"""One of the functions below: a day, and how it is to be set, to blocks, at least one."""


class Day:
    """The day of all handouts that say the same there; `job` has nothing else to say."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._heights: dict[Hashable, float] = {}
        self._chosen: dict[Hashable, list[Block]] = {}

    @cached_property
    def card(self) -> Card:
        """The card of the only exercise."""
        return Card(self.job, self.job.handout.entries[0])

    def height(self, way: Way, *how: Hashable) -> float:
        """How tall it is when it is set that way, with the gap above it."""
        found = self._heights.get((way, how))
        if found is None:
            blocks = way(self, *how)
            found = self._heights[way, how] = blocks[0].gap + stacked(blocks)
        return found

    def blocks(self, way: Way, *how: Hashable) -> list[Block]:
        """The way that was chosen."""
        found = self._chosen.get((way, how))
        if found is None:
            found = self._chosen[way, how] = shared_blocks(way(self, *how))
        return found


def day_of(job: Job) -> Day:
    """The day of a handout."""
    return shared_part(job, DAY, Day)


class Rung(NamedTuple):
    """A way to set page 1: the form of the list, how much closer its rows and all gaps are, and whether columns are
    narrow and boxes tight."""

    mode: Mode
    tight: int = 0
    narrow: bool = False

    def closed_up(self, blocks: Sequence[Block]) -> list[Block]:
        """The blocks with gaps as close as this rung has them."""
        return [closer(block, block.gap - 2 * self.tight * (block.gap >= 12)) for block in blocks]


def list_first(day: Day, rung: Rung, boxing: Boxing) -> list[Block]:
    """The list, both boxes, the scale."""
    rows = glance(day.job, rung.mode, rung.tight, narrow=rung.narrow)
    return rung.closed_up([*rows, *safety_first(day, boxing)])


def card_first(day: Day, form: Form, picture: float, boxing: Boxing) -> list[Block]:
    """The card of a single exercise with a picture of this height, both boxes, the scale."""
    return [closer(day.card.block(form, picture), CARD_GAP), *safety_first(day, boxing)]


def safety_first(day: Day, boxing: Boxing) -> list[Block]:
    """Both boxes, the scale."""
    return [safety_boxes(day.job, boxing), scale_block(day.job)]


def list_after(day: Day) -> list[Block]:
    """The list that is too long to stand before the boxes."""
    return glance(day.job, "compact", 2)


def large_safety(day: Day, boxing: Boxing, closeness: float) -> list[Block]:
    """The boxes of large print one below the other, their gaps multiplied by `closeness`."""
    boxes = emergency_box(day.job, boxing), stop_box(day.job, boxing)
    return [closer(block, block.gap * closeness) for block in boxes]


def large_list(day: Day) -> list[Block]:
    """The list of large print, the scale."""
    return [*glance(day.job, "large"), scale_block(day.job)]
