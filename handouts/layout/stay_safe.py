"""The page 'Stay safe': each sign once, under the heading of the action that it asks for; the pain scale; good to know.

Two columns in normal print: at the left what needs a call to others, at the right what needs us. Boxes move from column
to column, and part between lines, only where a column is too short for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import combinations, groupby
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


class Line(NamedTuple):
    """A line of a box: one of a list, or what stands between lists. `keep` holds it to the line that follows."""

    block: Block
    in_list: bool = False
    keep: bool = False


@dataclass
class Box:
    """One action's box: its head, its lines, and the structure element that its parts share over columns."""

    action: Action | str
    title: Text
    spoken: Text = ()
    lines: list[Line] = field(default_factory=list)
    section: Section = field(default_factory=Section)


class BoxPart(Block):
    """The part of a box that stands in one column: some lines under a head, which says that it is `continued`."""

    def __init__(self, theme: Theme, box: Box, lines: Sequence[Line], gap: float, continued: Text = ()) -> None:
        super().__init__(theme, gap)
        self.box, self.lines = box, lines
        self.head = HeadLine(theme, box.action, box.title, continued, box.spoken)

    def paint(self, pen: Pen) -> float:
        with self.box.section.opened(pen.canvas):
            at, first = self.head.place(pen, 0, 0, self.width), True
            for in_list, lines in groupby(self.lines, key=lambda line: line.in_list):
                with pen.tag("L", list_numbering="Disc") if in_list else nullcontext():
                    for line in lines:
                        at += BELOW_HEAD * self.theme.k if first else line.block.spaceBefore
                        at, first = at + line.block.place(pen, 0, at, self.width), False
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
        forms = (ROOMY, *CLOSER) if self.columns == 2 else (ROOMY, CLOSER[0])
        if self.columns == 2:
            for kept in range(len(spare), -1, -1):
                # Lines that may be spared are, from the last, so that boxes stay whole.
                self.left_out = set(spare[kept:])
                for closeness in forms:
                    if page := self._side_by_side(closeness, first):
                        return [page]
            self.left_out = set()
        flows = [self._flow(closeness, first, room) for closeness in forms]
        if spare and len(flows[-1]) == len(flows[0]):
            self.left_out = set(spare)
            flows.append(self._flow(forms[-1], first, room))
        return min(flows, key=len)

    def _side_by_side(self, closeness: Closeness, height: float) -> list[list[Block]] | None:
        """Whole boxes in two columns: the others' at the left, ours at the right; None where they do not fit.

        Where they do not fit so, the emergency box keeps its place and any other box may stand below it.
        """
        gap = BETWEEN_BOXES * self.gaps * closeness.gaps
        parts: list[Block] = [BoxPart(self.theme, box, box.lines, gap) for box in self._boxes(closeness)]
        heights = [part.wrap(self.column_width, 0)[1] for part in parts]

        def fits(some: Sequence[int]) -> bool:
            return sum(heights[i] for i in some) + gap * (len(some) - 1) <= height

        others = range(1, len(parts))
        usual = [tuple(range(1, min(left, len(parts)))) for left in (2, 1, 3)]
        moved = [some for count in range(len(parts)) for some in combinations(others, count)]
        for below in dict.fromkeys([*usual, *moved]):
            left, right = (0, *below), [i for i in others if i not in below]
            if fits(left) and fits(right):
                return [[parts[i] for i in left], [parts[i] for i in right]]
        return None

    def _flow(self, closeness: Closeness, first: float, room: float) -> Pages:
        """Boxes poured line by line into as many columns as they need."""
        columns: list[list[Block]] = [[]]
        gap = BETWEEN_BOXES * self.gaps * closeness.gaps

        def height() -> float:
            return first if len(columns) <= self.columns else room

        for box in self._boxes(closeness):
            left: Sequence[Line] = box.lines
            continued: Text = ()
            while left:
                for taken in range(len(left), 0, -1):
                    part = BoxPart(self.theme, box, left[:taken], gap, continued)
                    # A sub-heading never stands alone at the end of a column.
                    fits = not left[taken - 1].keep and stacked([*columns[-1], part], self.column_width) <= height()
                    if fits or (taken == 1 and not columns[-1]):
                        columns[-1].append(part)
                        left, continued = left[taken:], self.handout.labels["continued"]
                        break
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
        boxes.append(self._pain(handout.pain, closeness))
        know = next((section for section in handout.safety if section.action == "know"), None)
        last = (
            self._signs("know", know.title, know.groups, closeness)
            if know
            else Box("know", handout.labels["know_head"])
        )
        if self.program:
            last.lines.append(self._sub_head(handout.labels["for_this_program"], last, closeness))
            last.lines += self._listed(self.program, closeness)
        gap = self._between(closeness) + 2
        last.lines += [Line(TextBlock(theme, text, closeness.style, gap=gap)) for text in self.closing]
        if last.lines:
            boxes.append(last)
        return sorted(boxes, key=lambda box: IN_LARGE_PRINT.index(box.action)) if theme.large else boxes

    def _between(self, closeness: Closeness) -> float:
        return BETWEEN_LINES * self.gaps * closeness.gaps

    def _signs(self, action: Action, title: Text, groups: Sequence[SafetyGroup], closeness: Closeness) -> Box:
        box = Box(action, title, self.handout.labels["full_list"] if action != "know" else ())
        for group in groups:
            texts = [item.text for item in group.items if item.id not in self.left_out]
            if group.title and texts:
                box.lines.append(self._sub_head(group.title, box, closeness))
            box.lines += self._listed(texts, closeness)
        if action == "stop-and-call" and self.theme.large and not self.handout.letterhead.phone:
            # Normal print has it in the box of page 1.
            box.lines.append(Line(PhoneToWrite(self.theme, self.handout, self._between(closeness) + 4)))
        return box

    def _listed(self, texts: Iterable[Text], closeness: Closeness) -> list[Line]:
        gap = self._between(closeness)
        return [Line(Sign(self.theme, text, closeness.style, gap=gap), in_list=True) for text in texts]

    def _sub_head(self, title: Text, box: Box, closeness: Closeness) -> Line:
        """Whose lines follow: a region's or a condition's, within the same action."""
        palette, gap = self.theme.palette, self._between(closeness) + 3
        colour = palette.brand if box.action == "know" else palette.stop
        return Line(TextBlock(self.theme, title, "bold", indent=2, colour=colour, gap=gap), keep=True)

    def _pain(self, pain: PainScale, closeness: Closeness) -> Box:
        theme, indent = self.theme, 0.0 if self.theme.large else SPAN + 12.0
        rows = [Line(ZoneRow(theme, zone, 4, closeness.style), in_list=True, keep=True) for zone in pain.zones]
        next_day = Line(TextBlock(theme, pain.next_day, indent=indent, gap=7 * closeness.gaps))
        return Box("pain", self.handout.labels["pain_head"], lines=[*rows, next_day])
