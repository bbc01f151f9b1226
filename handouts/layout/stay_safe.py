"""The page 'Stay safe': each sign once, under the heading of the action that it asks for; the pain scale; good to know.

Two columns in normal print: at the left what needs a call to others, at the right what needs us. Boxes move from column
to column, and part between lines, only where a column is too short for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from handouts.compose.handout import Handout, PainScale, SafetyGroup
from handouts.compose.text import Text
from handouts.layout.blocks import Block, Pen, TextBlock, stacked
from handouts.layout.safety_parts import (
    BELOW_HEAD,
    BETWEEN_LINES,
    GUTTER,
    SPAN,
    HeadLine,
    PhoneToWrite,
    Sign,
    ZoneRow,
    closing_lines,
)
from handouts.layout.theme import Theme
from handouts.model import Action
from handouts.pdf.canvas import Section

LARGE_GAPS = 1.1
"""How much wider the gaps are in large print: less than the type, so that the section stays short."""


class Closeness(NamedTuple):
    """How close the lines stand: what the gaps are multiplied by, and the style of the lines."""

    gaps: float
    style: str


ROOMY = Closeness(1.0, "body")
CLOSER = (Closeness(0.8, "body"), Closeness(0.7, "close"))
"""In turn, where that saves a page; in large print the first only. Signs never stand closer than the rows of one."""
BETWEEN_BOXES = 13.0
IN_LARGE_PRINT: tuple[Action | str, ...] = ("pain", "stop-and-call", "call-911", "call-doctor-today", "know")
"""The order of the boxes in large print, where the scale and Stop stand on the back of the first sheet."""


@dataclass
class Run:
    """Blocks of one box that follow each other: a head, or lines of one list. `keep` holds it to the next run."""

    blocks: list[Block]
    box: Box
    in_list: bool = False
    keep: bool = False


@dataclass
class Box:
    """One action's box: its head, its lines, and the structure element that its parts share over columns."""

    action: Action | str
    title: Text
    spoken: Text = ()
    runs: list[Run] = field(default_factory=list)
    section: Section = field(default_factory=Section)


class BoxPart(Block):
    """The part of a box that stands in one column: a head, and runs of lines."""

    def __init__(
        self, theme: Theme, box: Box, runs: Sequence[Run], gap: float, *, opens: bool, continued: Text
    ) -> None:
        super().__init__(theme, gap)
        self.box, self.runs = box, runs
        self.head = HeadLine(theme, box.action, box.title, 0, () if opens else continued, box.spoken)

    def paint(self, pen: Pen) -> float:
        with pen.within(self.box.section):
            at, first = self.head.place(pen, 0, 0, self.width), True
            for run in self.runs:
                with pen.tag("L", list_numbering="Disc") if run.in_list else nullcontext():
                    for block in run.blocks:
                        at += BELOW_HEAD * self.theme.k if first else block.spaceBefore
                        at, first = at + block.place(pen, 0, at, self.width), False
        return at


Pages = list[list[list[Block]]]
"""Blocks by page and column."""


class StaySafe:
    """The section of one handout, ready to be poured into columns."""

    def __init__(self, theme: Theme, handout: Handout, *, with_program: bool = True) -> None:
        self.theme, self.handout = theme, handout
        self.gaps = LARGE_GAPS if theme.large else 1.0
        self.program = handout.for_this_program if with_program else ()
        self.closing = closing_lines(handout) if with_program else ()
        self.columns = 1 if theme.large else 2
        self.column_width = theme.measure if theme.large else (theme.measure - GUTTER) / 2
        self.left_out: set[str] = set()

    def heading(self) -> Block:
        """The section's name over the whole measure."""
        title, brand = self.handout.labels["stay_safe"], self.theme.palette.brand
        return TextBlock(self.theme, title, "heading", "H2", above=6, colour=brand)

    def pages(self, first: float, room: float) -> Pages:
        """The blocks of each column of each page: whole boxes side by side where they fit, else poured line by line.

        Args:
            first: height of the columns of the first page, below the heading.
            room: height of the columns of the pages that follow.
        """
        spare = [
            item.id for section in self.handout.safety for group in section.groups for item in group.items if item.spare
        ]
        if self.columns == 2:
            for left_out in range(len(spare) + 1):
                # Lines that may be spared are, from the last, so that boxes stay whole.
                self.left_out = set(spare[len(spare) - left_out :])
                for closeness in (ROOMY, *CLOSER):
                    if page := self._side_by_side(self._boxes(closeness), closeness, first):
                        return [page]
            self.left_out = set()
        closer = CLOSER if self.columns == 2 else CLOSER[:1]
        flows = [self._flow(self._boxes(closeness), closeness, first, room) for closeness in (ROOMY, *closer)]
        if spare and len(flows[-1]) == len(flows[0]):
            self.left_out = set(spare)
            flows.append(self._flow(self._boxes(closer[-1]), closer[-1], first, room))
            self.left_out = set()
        return min(flows, key=len)

    def _side_by_side(self, boxes: list[Box], closeness: Closeness, height: float) -> list[list[Block]] | None:
        """Whole boxes in two columns: the others' at the left, ours at the right; None where they do not fit.

        Where they do not fit so, the emergency box keeps its place and any other box may stand below it.
        """
        parts = self._whole(boxes, closeness)
        heights = [part.wrap(self.column_width, 0)[1] for part in parts]
        gap = parts[0].spaceBefore

        def fits(some: Sequence[int]) -> bool:
            return sum(heights[i] for i in some) + gap * (len(some) - 1) <= height

        others = range(1, len(boxes))
        usual = [tuple(range(1, min(left, len(boxes)))) for left in (2, 1, 3)]
        moved = [some for count in range(len(boxes)) for some in combinations(others, count)]
        for below in dict.fromkeys([*usual, *moved]):
            left, right = (0, *below), [i for i in others if i not in below]
            if fits(left) and fits(right):
                return [[parts[i] for i in left], [parts[i] for i in right]]
        return None

    def _whole(self, boxes: Sequence[Box], closeness: Closeness) -> list[Block]:
        gap = BETWEEN_BOXES * self.gaps * closeness.gaps
        return [BoxPart(self.theme, box, box.runs, gap, opens=True, continued=()) for box in boxes]

    def _flow(self, boxes: Sequence[Box], closeness: Closeness, first: float, room: float) -> Pages:
        """Boxes poured line by line into as many columns as they need."""
        columns: list[list[Block]] = [[]]
        gap = BETWEEN_BOXES * self.gaps * closeness.gaps
        continued = self.handout.labels["continued"]

        def height() -> float:
            return first if len(columns) <= self.columns else room

        for box in boxes:
            left, opens = [Run([block], box, run.in_list, run.keep) for run in box.runs for block in run.blocks], True
            while left:
                taken = len(left)
                while taken:
                    # A sub-heading never stands alone at the end of a column.
                    if not left[taken - 1].keep:
                        part = BoxPart(self.theme, box, _merged(left[:taken]), gap, opens=opens, continued=continued)
                        if stacked([*columns[-1], part], self.column_width) <= height():
                            break
                    taken -= 1
                if not taken and columns[-1]:
                    columns.append([])
                    continue
                if not taken:
                    taken = 1
                    part = BoxPart(self.theme, box, _merged(left[:1]), gap, opens=opens, continued=continued)
                columns[-1].append(part)
                left, opens = left[taken:], False
                if left:
                    columns.append([])
        return [columns[i : i + self.columns] for i in range(0, len(columns), self.columns)]

    def _boxes(self, closeness: Closeness) -> list[Box]:
        handout, theme = self.handout, self.theme
        boxes = [
            self._signs(section.action, section.title, section.groups, closeness)
            for section in handout.safety
            if section.action != "know"
        ]
        pain = self._pain(handout.pain, closeness)
        boxes.append(pain)
        know = next((section for section in handout.safety if section.action == "know"), None)
        last = (
            self._signs("know", know.title, know.groups, closeness)
            if know
            else Box("know", handout.labels["know_head"])
        )
        gap = BETWEEN_LINES * self.gaps * closeness.gaps
        if self.program:
            last.runs.append(self._sub_head(handout.labels["for_this_program"], gap, last))
            lines: list[Block] = [Sign(theme, line, closeness.style, gap=gap) for line in self.program]
            last.runs.append(Run(lines, last, in_list=True))
        last.runs += [Run([TextBlock(theme, text, closeness.style, gap=gap + 2)], last) for text in self.closing]
        if last.runs:
            boxes.append(last)
        return sorted(boxes, key=lambda box: IN_LARGE_PRINT.index(box.action)) if theme.large else boxes

    def _signs(self, action: Action, title: Text, groups: Sequence[SafetyGroup], closeness: Closeness) -> Box:
        box = Box(action, title, self.handout.labels["full_list"] if action != "know" else ())
        gap = BETWEEN_LINES * self.gaps * closeness.gaps
        for group in groups:
            texts = [item.text for item in group.items if item.id not in self.left_out]
            if group.title and texts:
                box.runs.append(self._sub_head(group.title, gap, box))
            if texts:
                lines: list[Block] = [Sign(self.theme, text, closeness.style, gap=gap) for text in texts]
                box.runs.append(Run(lines, box, in_list=True))
        if action == "stop-and-call" and self.theme.large and not self.handout.letterhead.phone:
            # Normal print has it in the box of page 1.
            box.runs.append(Run([PhoneToWrite(self.theme, self.handout, gap + 4)], box))
        return box

    def _sub_head(self, title: Text, gap: float, box: Box) -> Run:
        """Whose lines follow: a region's or a condition's, within the same action."""
        palette = self.theme.palette
        colour = palette.brand if box.action == "know" else palette.stop
        return Run([TextBlock(self.theme, title, "bold", indent=2, colour=colour, gap=gap + 3)], box, keep=True)

    def _pain(self, pain: PainScale, closeness: Closeness) -> Box:
        theme = self.theme
        box = Box("pain", self.handout.labels["pain_head"])
        rows: list[Block] = [ZoneRow(theme, zone, 4, closeness.style) for zone in pain.zones]
        box.runs.append(Run(rows, box, in_list=True, keep=True))
        indent = (SPAN + 12) * theme.k if not theme.large else 0.0
        box.runs.append(Run([TextBlock(theme, pain.next_day, indent=indent, gap=7 * closeness.gaps)], box))
        return box


def _merged(runs: Sequence[Run]) -> list[Run]:
    """Runs of one block each, put together again where they are lines of one list."""
    merged: list[Run] = []
    for run in runs:
        if merged and run.in_list and merged[-1].in_list:
            merged[-1] = Run([*merged[-1].blocks, *run.blocks], run.box, in_list=True)
        else:
            merged.append(run)
    return merged
