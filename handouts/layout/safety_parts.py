"""The two boxes of page 1, the pain scale, and the parts of the page 'Stay safe': heads, signs, zones, notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handouts.colour import WHITE, Colour
from handouts.compose.handout import Box, Handout, Zone
from handouts.compose.text import Piece, Text, joined, plain
from handouts.layout import icons
from handouts.layout.blocks import Block, HandoutBlock, ListItem, Pen, TextBlock
from handouts.layout.theme import Theme
from handouts.model import Action

BETWEEN = 14.0
BOX_HEAD = 25.0
CELLS = 11


class SafetyBoxes(HandoutBlock):
    """Both boxes side by side and equally tall; in large print that of the emergency alone, over the whole width."""

    def paint(self, pen: Pen) -> float:
        handout, alone = self.handout, self.theme.large
        self.each = self.width if alone else (self.width - BETWEEN) / 2
        emergency = self._box(pen, 0.0, handout.emergency, in_head=alone)
        if alone:
            return emergency
        blank = () if handout.letterhead.phone else self.labels["write_phone"]
        return max(emergency, self._box(pen, self.each + BETWEEN, handout.stop, in_head=not blank, blank=blank))

    def _box(self, pen: Pen, x: float, box: Box, *, in_head: bool, blank: Text = ()) -> float:
        """One box: a head with a sign, lines with bullets, a closing line, in the head where that has room for it.

        Returns the height that it needs; it is drawn as tall as the block.
        """
        theme, palette, k, width = self.theme, pen.palette, self.theme.k, self.each
        solid = box is self.handout.emergency
        fill = palette.stop if solid else None if theme.ink_saver else palette.stop_tint
        colour = WHITE if solid else palette.ink
        room = width - 41 * k
        beside = room - theme.wide(box.last, "bold") - 6
        in_head = in_head and theme.wide(box.title, "head") <= beside
        room = beside if in_head else room
        title = theme.tall(box.title, "head", room)
        head = BOX_HEAD * k + title - theme.cap("head")
        last = 0.0 if in_head else theme.tall(box.last, "bold", width - 24 * k) + 4 * k
        band = 17.5 * k if box.second_lines else 0.0
        pen.rect(x, 0, width, self.height, stroke=palette.stop, line=1.5, radius=5)
        pen.rect(x, 0, width, head, fill=fill, stroke=palette.stop, line=1.5, radius=5, round_bottom=False)
        icon = icons.phone if solid else icons.stop
        icon(pen, x + 16 * k, head / 2, 15 * k, colour)
        title_top, right = (head - title) / 2, x + width - 12 * k
        with pen.tag("Sect"):
            pen.tagged("H2", x + 29 * k, title_top, box.title, "head", width=room, colour=colour)
            if in_head:
                pen.tagged("P", right, title_top + 1.5 * k, box.last, "bold", colour=colour, align="right")
            end = self._lines(pen, box.lines, x, head + 11 * k)
            if not in_head:
                # Without a second part the closing line stands at the foot of the box, level with the other box's.
                foot = end + 3 * k if band else self.height - 5 * k - last
                with pen.tag("P"):
                    pen.text(x + 12 * k, foot, box.last, "bold", width=width - 24 * k)
                    if blank:
                        start, base = x + 18 * k + theme.wide(box.last, "bold"), foot + theme.cap("bold") + 2
                        pen.line(start, base, right, base, palette.ink)
                        pen.unseen(start, foot, (Piece(" "), *blank), right - start)
        if not band:
            return end + last + 5 * k
        top = end if in_head else end + last + 5 * k
        with pen.tag("Sect"):
            pen.rect(x, top, width, band, fill=fill, stroke=palette.stop, line=0.75)
            icons.clock(pen, x + 16 * k, top + band / 2, 13 * k, palette.stop)
            pen.tagged("H2", x + 29 * k, top + (band - theme.cap("bold")) / 2, box.second_title, "bold")
            return self._lines(pen, box.second_lines, x, top + band + 8 * k) + (5 * k if in_head else 0)

    def _lines(self, pen: Pen, lines: Sequence[Text], x: float, top: float) -> float:
        theme, k = self.theme, self.theme.k
        pitch = theme.styles["line"].leading - theme.cap("line")
        with pen.tag("L", list_numbering="Disc"):
            for line in lines:
                pen.disc(x + 14 * k, top + theme.cap("line") / 2, 1.7 * k, fill=pen.palette.ink)
                with pen.tag("LI"):
                    top += pen.tagged("LBody", x + 22 * k, top, line, "line", width=self.each - 34 * k) + pitch
        return top


class PainScaleBlock(HandoutBlock):
    """0 to 10 in cells, in normal print: zones told apart by colour, by their signs and by their words."""

    def paint(self, pen: Pen) -> float:
        theme, palette, pain = self.theme, pen.palette, self.handout.pain
        cell, cell_height, word_x = self.width / CELLS, 21.0, 22.0
        signs = {"go": icons.fine, "care": icons.careful, "stop": icons.stop}
        with pen.tag("Sect"):
            top = pen.tagged("H2", 0, 0, pain.question, "bold", width=self.width) + 9
            end = top + cell_height
            for zone in pain.zones:
                left, width = zone.low * cell, (zone.high - zone.low + 1) * cell
                pen.rect(left, top, width, cell_height, fill=_fill(zone, theme))
                if theme.ink_saver and zone.kind == "care":
                    _hatch(pen, left, top, width, cell_height)
            for number in range(CELLS):
                zone = next(zone for zone in pain.zones if zone.low <= number <= zone.high)
                light = zone.kind == "stop"
                centre = (number + 0.5) * cell
                if theme.ink_saver and zone.kind == "care":
                    pen.disc(centre, top + cell_height / 2, 8.5, fill=WHITE)
                with pen.canvas.artifact():  # the zones below say the numbers with their words
                    y, colour = top + (cell_height - theme.cap("name")) / 2, WHITE if light else palette.ink
                    pen.text(centre, y, plain(str(number)), "name", colour=colour, align="centre")
                if number:
                    x, colour = number * cell, WHITE if light and number > zone.low else palette.ink
                    pen.line(x, top, x, end, colour, 0.6)
            pen.rect(0, top, self.width, cell_height, stroke=palette.ink, line=1.25)
            heights = []
            with pen.tag("L", list_numbering="None"):
                for zone in pain.zones:
                    left, room = zone.low * cell, (zone.high - zone.low + 1) * cell - word_x - 4
                    pen.rect(left, top, 2, cell_height + 6, fill=palette.ink)
                    signs[zone.kind](pen, left + 11, end + 13.5, 13, palette.ink)
                    at = end + 9.5
                    with pen.tag("LI", lang=pain.lang or None):
                        with pen.tag("Lbl"):
                            pen.unseen(left + word_x, at, zone.numbers, room)
                            at += pen.text(left + word_x, at, zone.word, "bold", width=room)
                        at += theme.styles["body"].leading - theme.cap("body")
                        heights.append(at + pen.tagged("LBody", left + word_x, at, zone.action, width=room))
        return max(heights)


def _fill(zone: Zone, theme: Theme) -> Colour | None:
    """The colour of a zone; ink is saved where its sign tells it apart."""
    palette = theme.palette
    fills = {"go": palette.go_tint, "care": palette.warn, "stop": palette.stop}
    return None if theme.ink_saver and zone.kind != "stop" else fills[zone.kind]


def _hatch(pen: Pen, x: float, y: float, width: float, height: float) -> None:
    """Diagonal lines 5 points apart: the middle zone without colour."""
    segments = []
    at = -height
    while at < width:
        x1, x2 = max(0.0, at), min(width, at + height)
        segments.append((x + x1, y + height - (x1 - at), x + x2, y + height - (x2 - at)))
        at += 5
    pen.lines(segments, pen.palette.ink, 0.5)


GUTTER = 22.0
HEAD, BELOW_HEAD = 24.0, 9.0
BETWEEN_LINES = 8.2
SPAN = 46.0
"""Width of the cell that names a zone of the scale."""
ICONS: dict[Action | str, icons.Icon] = {
    "call-911": icons.phone,
    "call-doctor-today": icons.clock,
    "stop-and-call": icons.stop,
    "pain": icons.careful,
    "know": icons.know,
}


class HeadLine(Block):
    """The head of a box: a sign and the action, in the action's own look.

    `spoken` is said after it to a reader, whom two headings of the same words would confuse.
    """

    def __init__(
        self, theme: Theme, action: Action | str, title: Text, continued: Text = (), spoken: Text = ()
    ) -> None:
        super().__init__(theme)
        self.spoken = () if continued else spoken
        self.action, self.title, self.continued = action, joined(title, continued), bool(continued)

    def paint(self, pen: Pen) -> float:
        theme, palette, k = self.theme, pen.palette, self.theme.k
        room = self.width - 38 * k
        title = theme.tall(self.title, "box", room)
        height = HEAD * k + title - theme.cap("box")
        red = self.action in ("call-911", "call-doctor-today", "stop-and-call")
        solid = self.action == "call-911"
        tint = palette.stop_tint if red else palette.tint
        fill = palette.stop if solid else None if theme.ink_saver else tint
        edge = palette.stop if red else palette.brand
        pen.rect(0, 0, self.width, height, fill=fill, stroke=edge, line=1.25, radius=5)
        ICONS[self.action](pen, 15 * k, height / 2, 14 * k, WHITE if solid else edge)
        colour, top = WHITE if solid else palette.ink, (height - title) / 2
        with pen.canvas.artifact() if self.continued else pen.tag("H3"):
            pen.text(28 * k, top, self.title, "box", width=room, colour=colour)
            if self.spoken:
                end = min(theme.wide(self.title, "box") + 4, room / 2)
                pen.unseen(28 * k + end, top, joined(plain(":"), self.spoken), room - end)
        return height


class Sign(ListItem):
    """One line of a box, hung from a dot."""

    def __init__(self, theme: Theme, text: Text, style: str = "body", **how: Any) -> None:
        super().__init__(theme, text, style, indent=14 * theme.k, **how)

    def bullet(self, pen: Pen) -> None:
        k = self.theme.k
        pen.disc(5 * k, self.theme.cap("body") / 2, 1.7 * k, fill=pen.palette.ink)


class ZoneRow(Block):
    """A zone of the scale: its numbers in its colour, what to do and what more to do."""

    def __init__(self, theme: Theme, zone: Zone, gap: float, style: str = "body") -> None:
        super().__init__(theme, gap)
        self.zone, self.style = zone, style

    def paint(self, pen: Pen) -> float:
        theme, palette, k = self.theme, pen.palette, self.theme.k
        left, text = (SPAN + 12) * k, self.zone.whole
        room = self.width - left - 2
        high = theme.tall(text, self.style, room)
        height = max(20.0 * k, high + (12 if self.style == "body" else 8))
        pen.rect(0, 0, SPAN * k, height, fill=_fill(self.zone, theme), stroke=palette.ink, line=0.75, radius=3)
        span, colour = plain(self.zone.span), WHITE if self.zone.kind == "stop" else palette.ink
        top = (height - theme.cap("name")) / 2
        with pen.tag("LI"):
            with pen.canvas.artifact():
                pen.text(SPAN * k / 2, top, span, "name", colour=colour, align="centre")
            with pen.tag("Lbl"):
                pen.unseen(0, top, self.zone.numbers, SPAN * k)
            pen.tagged("LBody", left, (height - high) / 2, text, self.style, width=room)
        return height


class PhoneToWrite(TextBlock):
    """'**Call your clinic:** ____', where the clinic has no phone of its own on the sheet."""

    def __init__(self, theme: Theme, handout: Handout, gap: float) -> None:
        super().__init__(theme, handout.stop.last, "bold", gap=gap)
        self.blank = handout.labels["write_phone"]

    def paint(self, pen: Pen) -> None:
        start = self.theme.wide(self.text, "bold") + 6 * self.theme.k
        base = self.height + 2
        pen.line(start, base, self.width, base, pen.palette.ink)
        with pen.tag("P"):
            pen.text(0, 0, self.text, "bold")
            pen.unseen(start, 0, (Piece(" "), *self.blank), self.width - start)


class ProgramNotes(Block):
    """What goes for this program, in a box of its own over the whole measure, where Stay safe has no room for it."""

    def __init__(self, theme: Theme, handout: Handout, gap: float) -> None:
        super().__init__(theme, gap)
        self.head = HeadLine(theme, "know", handout.labels["for_this_program"])
        gap = BETWEEN_LINES * theme.k
        self.lines = [Sign(theme, line, gap=gap) for line in handout.for_this_program]
        self.closing = [TextBlock(theme, text, gap=gap) for text in closing_lines(handout)]

    def paint(self, pen: Pen) -> float:
        """Two columns, the left one no shorter than the right."""
        each, blocks = (self.width - GUTTER) / 2, [*self.lines, *self.closing]
        heights = [block.wrap(each, 0)[1] + block.spaceBefore for block in blocks]
        left = next(n for n in range(1, len(blocks) + 1) if sum(heights[:n]) >= sum(heights[n:]))
        with pen.tag("Sect"):
            top = self.head.place(pen, 0, 0, self.width) + BELOW_HEAD * self.theme.k
            places = [(0.0, top + sum(heights[:n])) for n in range(left)]
            places += [(each + GUTTER, top + sum(heights[left:n])) for n in range(left, len(blocks))]
            with pen.tag("L", list_numbering="Disc"):
                for block, place in zip(self.lines, places, strict=False):
                    block.place(pen, *place, each)
            for block, place in zip(self.closing, places[len(self.lines) :], strict=True):
                block.place(pen, *place, each)
        return top + sum(heights[:left]) - blocks[left - 1].spaceBefore


def closing_lines(handout: Handout) -> tuple[Text, ...]:
    """The clinic's closing words, and who has reviewed the program."""
    return tuple(text for text in (handout.letterhead.closing, handout.reviewed) if text)
