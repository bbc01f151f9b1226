"""The page 'Stay safe': each sign once, under the heading of the action that it asks for; the pain scale; good to know.

Two columns in normal print: at the left what needs a call to others, at the right what needs us. Boxes move from column
to column, and part between lines, only where a column is too short for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from handouts.compose.handout import Action, Handout, PainScale, SafetyGroup, Zone
from handouts.compose.text import Text, joined, plain, strengthened
from handouts.layout import icons
from handouts.layout.blocks import WHITE, Block, Pen
from handouts.layout.theme import Theme
from handouts.pdf.structure import Element

GUTTER = 22.0
HEAD, BELOW_HEAD = 24.0, 9.0
BETWEEN_LINES, BETWEEN_BOXES = 8.2, 13.0
CLOSER = 0.8
"""What the gaps are multiplied by where that saves a page."""
LARGE_GAPS = 1.1
"""How much wider the gaps are in large print: less than the type, so that the section stays short."""
SPAN = 46.0
"""Width of the cell that names a zone of the scale."""
ICONS: dict[Action | str, icons.Icon] = {
    "call-911": icons.phone,
    "call-doctor-today": icons.clock,
    "stop-and-call": icons.stop,
    "pain": icons.careful,
    "know": icons.know,
}
IN_LARGE_PRINT: tuple[Action | str, ...] = ("stop-and-call", "pain", "call-911", "call-doctor-today", "know")
"""The order of the boxes in large print, where Stop and the scale stand on the back of the first sheet."""


class HeadLine(Block):
    """The head of a box: a sign and the action, in the action's own look."""

    def __init__(self, theme: Theme, action: Action | str, title: Text, gap: float, continued: Text = ()) -> None:
        super().__init__(theme, gap)
        self.action, self.title, self.continued = action, joined(title, continued), bool(continued)

    def measure(self, width: float) -> float:
        theme, k = self.theme, self.theme.k
        self.room = width - 38 * k
        return HEAD * k + theme.tall(self.title, "box", self.room) - theme.cap("box")

    def paint(self, pen: Pen) -> None:
        theme, palette, k = self.theme, pen.palette, self.theme.k
        red = self.action in ("call-911", "call-doctor-today", "stop-and-call")
        solid = self.action == "call-911"
        tint = palette.stop_tint if red else palette.tint
        fill = palette.stop if solid else None if theme.ink_saver else tint
        edge = palette.stop if red else palette.brand
        pen.rect(0, 0, self.width, self.height, fill=fill, stroke=edge, line=1.25, radius=5)
        ICONS[self.action](pen, 15 * k, self.height / 2, 14 * k, WHITE if solid else edge)
        colour = WHITE if solid else palette.ink
        top = (self.height - theme.tall(self.title, "box", self.room)) / 2
        if self.continued:
            with pen.canvas.artifact():
                pen.text(28 * k, top, self.title, "box", width=self.room, colour=colour)
        else:
            pen.tagged("H3", 28 * k, top, self.title, "box", width=self.room, colour=colour)


class SubHead(Block):
    """Whose signs follow: a region's or a condition's, within the same action."""

    def __init__(self, theme: Theme, title: Text, gap: float, *, red: bool) -> None:
        super().__init__(theme, gap)
        self.title, self.red = title, red

    def measure(self, width: float) -> float:
        return self.theme.tall(self.title, "bold", width - 2)

    def paint(self, pen: Pen) -> None:
        colour = pen.palette.stop if self.red else pen.palette.brand
        pen.tagged("P", 2, 0, self.title, "bold", width=self.width - 2, colour=colour)


class Sign(Block):
    """One line of a box, hung from a bullet."""

    def __init__(self, theme: Theme, text: Text, gap: float) -> None:
        super().__init__(theme, gap)
        self.text, self.hang = text, 14 * theme.k

    def measure(self, width: float) -> float:
        return self.theme.tall(self.text, "body", width - self.hang)

    def paint(self, pen: Pen) -> None:
        k = self.theme.k
        pen.disc(5 * k, self.theme.cap("body") / 2, 1.7 * k, fill=pen.palette.ink)
        with pen.tag("LI"):
            pen.tagged("LBody", self.hang, 0, self.text, width=self.width - self.hang)


class ZoneRow(Block):
    """A zone of the scale: its numbers in its colour, what to do and what more to do."""

    def __init__(self, theme: Theme, zone: Zone, gap: float) -> None:
        super().__init__(theme, gap)
        self.zone = zone
        self.text = joined((*strengthened(zone.word[:-1]), *_with_stop(zone.word)), zone.action, zone.more)

    def measure(self, width: float) -> float:
        k = self.theme.k
        self.left = (SPAN + 12) * k
        self.text_height = self.theme.tall(self.text, "body", width - self.left - 2)
        return max(20.0 * k, self.text_height + 12)

    def paint(self, pen: Pen) -> None:
        theme, palette, k = self.theme, pen.palette, self.theme.k
        fill = {"go": palette.go_tint, "care": palette.warn, "stop": palette.stop}[self.zone.kind]
        stop = self.zone.kind == "stop"
        fill = None if theme.ink_saver and not stop else fill
        pen.rect(0, 0, SPAN * k, self.height, fill=fill, stroke=palette.ink, line=0.75, radius=3)
        span = plain(self.zone.span)
        top = (self.height - theme.cap("name")) / 2
        with pen.tag("LI"):
            pen.tagged("Lbl", SPAN * k / 2, top, span, "name", colour=WHITE if stop else palette.ink, align="centre")
            pen.tagged(
                "LBody", self.left, (self.height - self.text_height) / 2, self.text, width=self.width - self.left - 2
            )


class Paragraph(Block):
    """A line of reading text; `indent` in points."""

    def __init__(self, theme: Theme, text: Text, gap: float, indent: float = 0.0, style: str = "body") -> None:
        super().__init__(theme, gap)
        self.text, self.indent, self.style = text, indent, style

    def measure(self, width: float) -> float:
        return self.theme.tall(self.text, self.style, width - self.indent)

    def paint(self, pen: Pen) -> None:
        pen.tagged("P", self.indent, 0, self.text, self.style, width=self.width - self.indent)


@dataclass
class Run:
    """Blocks of one box that follow each other: a head, or lines of one list. `keep` holds it to the next run."""

    blocks: list[Block]
    box: Box
    in_list: bool = False
    keep: bool = False


@dataclass
class Box:
    """One action's box: its head, its lines, and the structure elements that its parts share over columns."""

    action: Action | str
    title: Text
    runs: list[Run] = field(default_factory=list)
    element: Element | None = None


class BoxPart(Block):
    """The part of a box that stands in one column: a head, and runs of lines."""

    def __init__(
        self, theme: Theme, box: Box, runs: Sequence[Run], gap: float, *, opens: bool, continued: Text
    ) -> None:
        super().__init__(theme, gap)
        self.box, self.runs = box, runs
        self.head = HeadLine(theme, box.action, box.title, 0, () if opens else continued)

    def measure(self, width: float) -> float:
        k = self.theme.k
        at = self.head.wrap(width, 0)[1]
        self.tops: list[list[float]] = []
        first = True
        for run in self.runs:
            tops = []
            for block in run.blocks:
                at += BELOW_HEAD * k if first else block.spaceBefore
                first = False
                tops.append(at)
                at += block.wrap(width, 0)[1]
            self.tops.append(tops)
        return at

    def paint(self, pen: Pen) -> None:
        canvas = pen.canvas
        begun = self.box.element
        if begun is not None and begun.written:  # another copy in the same print file
            begun = None
        with canvas.reopen(begun) if begun else canvas.tag("Sect") as element:
            self.box.element = element
            self.head.place(pen, 0, 0)
            for run, tops in zip(self.runs, self.tops, strict=True):
                if run.in_list:
                    with canvas.tag("L", list_numbering="Disc"):
                        for block, top in zip(run.blocks, tops, strict=True):
                            block.place(pen, 0, top)
                else:
                    for block, top in zip(run.blocks, tops, strict=True):
                        block.place(pen, 0, top)


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
        return SectionHeading(self.theme, self.handout.labels["stay_safe"])

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
                for closeness in (1.0, CLOSER):
                    if page := self._side_by_side(self._boxes(closeness), closeness, first):
                        return [page]
            self.left_out = set()
        roomy, close = (self._flow(self._boxes(closeness), closeness, first, room) for closeness in (1.0, CLOSER))
        if len(close) < len(roomy) or not spare:
            return close if len(close) < len(roomy) else roomy
        self.left_out = set(spare)
        short = self._flow(self._boxes(CLOSER), CLOSER, first, room)
        if len(short) < len(roomy):
            return short
        self.left_out = set()
        return roomy

    def _side_by_side(self, boxes: list[Box], closeness: float, height: float) -> list[list[Block]] | None:
        """Whole boxes in two columns: the others' at the left, ours at the right; None where they do not fit."""
        for left in (2, 1, 3):
            columns = [self._whole(part, closeness) for part in (boxes[:left], boxes[left:])]
            if all(self._height(column) <= height for column in columns):
                return columns
        return None

    def _whole(self, boxes: Sequence[Box], closeness: float) -> list[Block]:
        gap = BETWEEN_BOXES * self.gaps * closeness
        return [BoxPart(self.theme, box, box.runs, gap, opens=True, continued=()) for box in boxes]

    def _height(self, blocks: Sequence[Block]) -> float:
        heights = [block.wrap(self.column_width, 0)[1] for block in blocks]
        return sum(heights) + sum(block.spaceBefore for block in blocks[1:])

    def _flow(self, boxes: Sequence[Box], closeness: float, first: float, room: float) -> Pages:
        """Boxes poured line by line into as many columns as they need."""
        columns: list[list[Block]] = [[]]
        gap = BETWEEN_BOXES * self.gaps * closeness
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
                        if self._height([*columns[-1], part]) <= height():
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

    def _boxes(self, closeness: float) -> list[Box]:
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
        gap = BETWEEN_LINES * self.gaps * closeness
        if self.program:
            head = SubHead(theme, handout.labels["for_this_program"], gap + 3, red=False)
            last.runs.append(Run([head], last, keep=True))
            last.runs.append(Run([Sign(theme, line, gap) for line in self.program], last, in_list=True))
        last.runs += [Run([Paragraph(theme, text, gap + 2)], last) for text in self.closing]
        if last.runs:
            boxes.append(last)
        return sorted(boxes, key=lambda box: IN_LARGE_PRINT.index(box.action)) if theme.large else boxes

    def _signs(self, action: Action, title: Text, groups: Sequence[SafetyGroup], closeness: float) -> Box:
        theme = self.theme
        box = Box(action, title)
        gap = BETWEEN_LINES * self.gaps * closeness
        red = action != "know"
        for group in groups:
            lines = [Sign(theme, item.text, gap) for item in group.items if item.id not in self.left_out]
            if group.title and lines:
                box.runs.append(Run([SubHead(theme, group.title, gap + 3, red=red)], box, keep=True))
            if lines:
                box.runs.append(Run(list(lines), box, in_list=True))
        return box

    def _pain(self, pain: PainScale, closeness: float) -> Box:
        theme = self.theme
        box = Box("pain", self.handout.labels["pain_head"])
        rows: list[Block] = [ZoneRow(theme, zone, 4) for zone in pain.zones]
        box.runs.append(Run(rows, box, in_list=True, keep=True))
        indent = (SPAN + 12) * theme.k if not theme.large else 0.0
        box.runs.append(Run([Paragraph(theme, pain.next_day, 7 * closeness, indent)], box))
        return box


class ProgramNotes(Block):
    """What goes for this program, in a box of its own over the whole measure, where Stay safe has no room for it."""

    def __init__(self, theme: Theme, handout: Handout, gap: float) -> None:
        super().__init__(theme, gap)
        self.head = HeadLine(theme, "know", handout.labels["for_this_program"], 0)
        gap = BETWEEN_LINES * theme.k
        self.lines = [Sign(theme, line, gap) for line in handout.for_this_program]
        self.closing = [Paragraph(theme, text, gap) for text in closing_lines(handout)]

    def measure(self, width: float) -> float:
        """Two columns, the left one no shorter than the right."""
        top = self.head.wrap(width, 0)[1] + BELOW_HEAD * self.theme.k
        blocks = [*self.lines, *self.closing]
        self.each = (width - GUTTER) / 2
        heights = [block.wrap(self.each, 0)[1] + block.spaceBefore for block in blocks]
        left = next(n for n in range(1, len(blocks) + 1) if sum(heights[:n]) >= sum(heights[n:]))
        self.places = []
        for start, end, x in ((0, left, 0.0), (left, len(blocks), self.each + GUTTER)):
            at = top
            for block, height in zip(blocks[start:end], heights[start:end], strict=True):
                self.places.append((block, x, at))
                at += height
        return top + sum(heights[:left]) - blocks[left - 1].spaceBefore

    def paint(self, pen: Pen) -> None:
        with pen.tag("Sect"):
            self.head.place(pen, 0, 0)
            with pen.tag("L", list_numbering="Disc"):
                for block, x, y in self.places[: len(self.lines)]:
                    block.place(pen, x, y)
            for block, x, y in self.places[len(self.lines) :]:
                block.place(pen, x, y)


def closing_lines(handout: Handout) -> tuple[Text, ...]:
    """The clinic's closing words, and who has reviewed the program."""
    return tuple(text for text in (handout.letterhead.closing, handout.reviewed) if text)


class SectionHeading(Block):
    """A heading of the second level over the whole measure, in the clinic's colour."""

    def __init__(self, theme: Theme, title: Text, gap: float = 0.0) -> None:
        super().__init__(theme, gap)
        self.title = title

    def measure(self, width: float) -> float:
        return 6 + self.theme.tall(self.title, "heading", width)

    def paint(self, pen: Pen) -> None:
        pen.tagged("H2", 0, 6, self.title, "heading", width=self.width, colour=pen.palette.brand)


def _merged(runs: Sequence[Run]) -> list[Run]:
    """Runs of one block each, put together again where they are lines of one list."""
    merged: list[Run] = []
    for run in runs:
        if merged and run.in_list and merged[-1].in_list:
            merged[-1] = Run([*merged[-1].blocks, *run.blocks], run.box, in_list=True)
        else:
            merged.append(run)
    return merged


def _with_stop(word: Text) -> Text:
    """The end of a zone's word with a full stop: 'Fine.'"""
    return tuple(piece._replace(text=piece.text + ".", strong=True) for piece in word[-1:])
