"""The parts of the page 'Stay safe': heads of boxes, signs, zones of the pain scale, notes on the program."""

from __future__ import annotations

from typing import Any

from handouts.colour import WHITE
from handouts.compose.handout import Handout, Zone
from handouts.compose.text import Text, joined, plain
from handouts.layout import icons
from handouts.layout.blocks import Block, ListItem, Pen, TextBlock
from handouts.layout.theme import Theme
from handouts.model import Action

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

    `told` is said after it to a reader, whom two headings of the same words would confuse.
    """

    def __init__(
        self, theme: Theme, action: Action | str, title: Text, gap: float, continued: Text = (), told: Text = ()
    ) -> None:
        super().__init__(theme, gap)
        self.told = told
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
            with pen.tag("H3"):
                pen.text(28 * k, top, self.title, "box", width=self.room, colour=colour)
                if self.told:
                    end = min(theme.wide(self.title, "box") + 4, self.room / 2)
                    pen.unseen(28 * k + end, top, joined(plain(":"), self.told), self.room - end)


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
        self.text = zone.whole

    def measure(self, width: float) -> float:
        k = self.theme.k
        self.left = (SPAN + 12) * k
        self.text_height = self.theme.tall(self.text, self.style, width - self.left - 2)
        return max(20.0 * k, self.text_height + (12 if self.style == "body" else 8))

    def paint(self, pen: Pen) -> None:
        theme, palette, k = self.theme, pen.palette, self.theme.k
        colours = {"go": palette.go_tint, "care": palette.warn, "stop": palette.stop}
        stop = self.zone.kind == "stop"
        fill = None if theme.ink_saver and not stop else colours[self.zone.kind]
        pen.rect(0, 0, SPAN * k, self.height, fill=fill, stroke=palette.ink, line=0.75, radius=3)
        span = plain(self.zone.span)
        top = (self.height - theme.cap("name")) / 2
        with pen.tag("LI"):
            with pen.canvas.artifact():
                pen.text(SPAN * k / 2, top, span, "name", colour=WHITE if stop else palette.ink, align="centre")
            with pen.tag("Lbl"):
                pen.unseen(0, top, self.zone.numbers, SPAN * k)
            top = (self.height - self.text_height) / 2
            pen.tagged("LBody", self.left, top, self.text, self.style, width=self.width - self.left - 2)


class ProgramNotes(Block):
    """What goes for this program, in a box of its own over the whole measure, where Stay safe has no room for it."""

    def __init__(self, theme: Theme, handout: Handout, gap: float) -> None:
        super().__init__(theme, gap)
        self.head = HeadLine(theme, "know", handout.labels["for_this_program"], 0)
        gap = BETWEEN_LINES * theme.k
        self.lines = [Sign(theme, line, gap=gap) for line in handout.for_this_program]
        self.closing = [TextBlock(theme, text, gap=gap) for text in closing_lines(handout)]

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
            self.head.place(pen, 0, 0, self.width)
            with pen.tag("L", list_numbering="Disc"):
                for block, x, y in self.places[: len(self.lines)]:
                    block.place(pen, x, y, self.each)
            for block, x, y in self.places[len(self.lines) :]:
                block.place(pen, x, y, self.each)


def closing_lines(handout: Handout) -> tuple[Text, ...]:
    """The clinic's closing words, and who has reviewed the program."""
    return tuple(text for text in (handout.letterhead.closing, handout.reviewed) if text)
