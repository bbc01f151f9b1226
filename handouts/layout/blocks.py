"""The blocks that pages are made of: Platypus flowables that know their height and draw themselves from their top.

A block measures itself for a width (`measure`) and paints itself with a `Pen`, whose y runs down from the block's upper
edge, as one reads. Text must be drawn inside a structure tag; shapes are decoration (artifacts) by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from itertools import groupby
from typing import Any, Literal, TypedDict, Unpack

from reportlab.platypus.flowables import Flowable

from handouts.colour import Colour
from handouts.compose.handout import Handout
from handouts.compose.text import Text, without_language, wording
from handouts.layout.line_breaking import Line, Run, break_lines, one_line
from handouts.layout.theme import CAP, Theme
from handouts.pdf.canvas import Section, TaggedCanvas

Align = Literal["left", "right", "centre"]
Point = tuple[float, float]
Segment = tuple[float, float, float, float]
Placed = tuple[float, float, Run, bool]
"""Left edge and baseline of a run, and whether a line ends after it."""
_HANDLE = 0.5522847498
"""Length of the handles of a Bézier quarter circle of radius 1."""


class Ink(TypedDict, total=False):
    """How a shape is painted: the colours of its inside and of its line, and the line's width."""

    fill: Colour | None
    stroke: Colour | None
    line: float


class Pen:
    """Draws one block on the canvas in one theme: points, x from the block's left edge, y down from its top."""

    def __init__(self, canvas: TaggedCanvas, theme: Theme, height: float) -> None:
        self.canvas, self.theme, self.height = canvas, theme, height
        self.palette = theme.palette

    def on_nothing(self) -> Pen:
        """A pen that only measures."""
        return Pen(_NOWHERE, self.theme, self.height)

    def measures(self) -> bool:
        """Whether nothing is drawn: what does not change a height may be left out."""
        return self.canvas is _NOWHERE

    # Text

    def text(
        self,
        x: float,
        y: float,
        text: Text,
        style: str = "body",
        *,
        width: float | None = None,
        colour: Colour | None = None,
        align: Align = "left",
        balance: bool = False,
        size: float | None = None,
        leading: float | None = None,
    ) -> float:
        """A text with its first cap line at `y`, in a column or on one line, into the tag that is open.

        Returns:
            The trimmed height that it took.
        """
        if not text:
            return 0.0
        chosen = self.theme.styles[style]
        size = size or chosen.size
        leading = leading or chosen.leading * size / chosen.size
        if width is None:
            lines: Sequence[Line] = (one_line(text, chosen.weight, size),)
        elif size == chosen.size:
            lines = self.theme.lines(text, style, width, balance=balance)
        else:
            lines = break_lines(text, chosen.weight, size, width)
        if self.canvas is not _NOWHERE:  # a block is measured many times before it is drawn
            self._draw(_placed(lines, x, y + CAP * size, leading, align), size, colour or self.palette.ink)
        return CAP * size + (len(lines) - 1) * leading

    def _draw(self, runs: Iterable[Placed], size: float, colour: Colour) -> None:
        """Runs into the open tag. A text with a phone number is a link as a whole: some readers tell what stands in a
        tag before the tags in it, and would say "Call now if: 911"; for the finger the number alone dials."""
        placed = list(runs)
        dials = any(run.dials for _, _, run, _ in placed) and not self.canvas.in_artifact()
        with self.canvas.tag("Link") if dials else nullcontext():
            for lang, group in groupby(placed, key=lambda one: one[2].lang):
                with self.canvas.tag("Span", lang=lang) if lang else nullcontext():
                    for left, baseline, run, line_end in group:
                        self.canvas.draw_text(
                            left, self.height - baseline, run.text, run.weight, size, colour, run.fallback, line_end
                        )
            for left, baseline, run, _ in placed:
                if run.dials:
                    self.link(run.dials, run.text.strip(), left, baseline - size, run.width, 1.3 * size)

    def tagged(self, tag: str, x: float, y: float, text: Text, style: str = "body", **how: Any) -> float:
        """The same, as a structure element of its own; no element where there is no text."""
        if not text:
            return 0.0
        if self.canvas is _NOWHERE:
            return self.text(x, y, text, style, **how)
        several = len({piece.lang for piece in text}) > 1
        lang, bare = (None, text) if several else (text[0].lang or None, without_language(text))
        with self.canvas.tag(tag, lang=lang):
            return self.text(x, y, bare, style, **how)

    def run_in(self, heading: str, x: float, y: float, text: Text, width: float) -> float:
        """A paragraph whose label, its first piece, is a heading of this tag on the same line; returns its height."""
        style = self.theme.styles["body"]
        lines = self.theme.lines(text, "body", width)
        (left, baseline, first, goes_on), *others = _placed(lines, x, y + CAP * style.size, style.leading, "left")
        label = first.text[: len(text[0].text)]
        wide = self.theme.wide((text[0]._replace(text=label),), "body")
        rest = replace(first, text=first.text[len(label) :], width=first.width - wide)
        with self.canvas.tag(heading, bookmark=label.rstrip(": ")):
            self._draw([(left, baseline, replace(first, text=label, width=wide), False)], style.size, self.palette.ink)
        with self.canvas.tag("P"):
            self._draw([(left + wide, baseline, rest, goes_on), *others], style.size, self.palette.ink)
        return self.theme.tall(text, "body", width)

    def unseen(self, x: float, y: float, text: Text, width: float, *, tag: str = "") -> None:
        """Words that are heard and not seen, about as wide as what stands there for the eye.

        They go into an element of this tag, or into the one that is open.
        """
        wide = self.theme.wide(text, "body")
        size = self.theme.styles["body"].size * min(1.0, width / wide)
        fallback = any(piece.fallback for piece in text)
        with self.canvas.tag(tag) if tag else nullcontext():
            self.canvas.draw_unseen(x, self.height - y - CAP * size, f"{wording(text)} ", size, fallback=fallback)

    # Shapes

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        colour: Colour,
        width: float = 0.75,
        *,
        round_ends: bool = False,
    ) -> None:
        """A straight line."""
        self._set(stroke=colour, line=width, round_ends=round_ends)
        self.canvas.line(x1, self.height - y1, x2, self.height - y2)

    def lines(self, segments: Sequence[Segment], colour: Colour, width: float, *, dash: Sequence[float] = ()) -> None:
        """Several straight lines of one kind."""
        if segments:
            self._set(stroke=colour, line=width, dash=dash)
            self.canvas.lines([(x1, self.height - y1, x2, self.height - y2) for x1, y1, x2, y2 in segments])

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        radius: float = 0.0,
        round_bottom: bool = True,
        **ink: Unpack[Ink],
    ) -> None:
        """A rectangle with round corners; neither filled nor stroked, it is not drawn."""
        if ink.get("fill") is None and ink.get("stroke") is None:
            return
        painted, bottom = self._set(**ink), self.height - y - height
        if radius and not round_bottom:
            self.canvas.drawPath(self._head_shape(x, bottom, width, height, radius), **painted)
        elif radius:
            self.canvas.roundRect(x, bottom, width, height, radius, **painted)
        else:
            self.canvas.rect(x, bottom, width, height, **painted)

    def _head_shape(self, x: float, y: float, width: float, height: float, r: float) -> Any:
        """The head of a box: its upper corners round, its lower ones square."""
        path, top, k = self.canvas.beginPath(), y + height, r * (1 - _HANDLE)
        path.moveTo(x, y)
        path.lineTo(x, top - r)
        path.curveTo(x, top - k, x + k, top, x + r, top)
        path.lineTo(x + width - r, top)
        path.curveTo(x + width - k, top, x + width, top - k, x + width, top - r)
        path.lineTo(x + width, y)
        path.close()
        return path

    def disc(self, x: float, y: float, radius: float, **ink: Unpack[Ink]) -> None:
        """A circle about (x, y)."""
        self.canvas.circle(x, self.height - y, radius, **self._set(**ink))

    def polygon(self, points: Iterable[Point], *, close: bool = True, **ink: Unpack[Ink]) -> None:
        """Straight lines from point to point, with round joins and ends."""
        painted = self._set(**ink, round_ends=True)
        first, *others = points
        path = self.canvas.beginPath()
        path.moveTo(first[0], self.height - first[1])
        for x, y in others:
            path.lineTo(x, self.height - y)
        if close:
            path.close()
        self.canvas.drawPath(path, **painted)

    def _set(
        self,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        line: float = 0.75,
        dash: Sequence[float] = (),
        round_ends: bool = False,
    ) -> dict[str, bool]:
        """Set the colours and the line of a shape; returns what of it ReportLab paints."""
        if fill is not None:
            self.canvas.setFillColor(fill)
        if stroke is not None:
            self.canvas.setStrokeColor(stroke)
            self.canvas.setLineWidth(line)
            self.canvas.setDash(list(dash))
            self.canvas.setLineCap(1 if round_ends else 0)
            self.canvas.setLineJoin(1 if round_ends else 0)
        return {"stroke": stroke is not None, "fill": fill is not None}

    def tag(self, tag: str, **how: Any) -> AbstractContextManager[Any]:
        """Open a structure element."""
        return self.canvas.tag(tag, **how)

    def link(self, url: str, description: str, x: float, y: float, width: float, height: float) -> None:
        """Make a box of the page open `url`; a Link element must be open, or an artifact."""
        self.canvas.link(url, description, (x, self.height - y - height, width, height))


def _placed(lines: Sequence[Line], x: float, baseline: float, leading: float, align: Align) -> Iterable[Placed]:
    """Each run with its place, and whether a line ends after it: then a space follows, so that readers keep words
    apart."""
    for number, line in enumerate(lines):
        at = x - (line.width if align == "right" else line.width / 2 if align == "centre" else 0)
        for i, run in enumerate(line.runs):
            line_end = i == len(line.runs) - 1 and number < len(lines) - 1 and not line.hyphenated
            yield at, baseline, run, line_end
            at += run.width
        baseline += leading


class _Nowhere:
    """A canvas on which nothing is drawn."""

    def __getattr__(self, _name: str) -> Any:
        return self

    def __call__(self, *_: Any, **__: Any) -> Any:
        return self

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


_NOWHERE: Any = _Nowhere()


class Block(Flowable):  # type: ignore[misc]
    """A part of a page, in its section. `gap` is the space that it keeps from the block above it.

    Where links lead to it, `key` names it; `found_under` is what the head of its page calls it.
    """

    def __init__(
        self, theme: Theme, gap: float = 0.0, *, section: Section | None = None, key: str = "", found_under: Text = ()
    ) -> None:
        super().__init__()
        self.theme, self.spaceBefore = theme, gap
        self.section, self.key, self.found_under = section, key, found_under
        self._measured_for: float | None = None

    def __deepcopy__(self, _memo: object) -> Block:
        # Platypus copies all that a frame holds whenever it balances columns: 15 s of 56 in a review sheet of all.
        return self

    def measure(self, _width: float) -> float:
        """The height in points that the block takes in a column of this width; `wrap` keeps it until `changed`.

        Unless a kind of block knows a shorter way, it is painted on nothing.
        """
        self.height = 0.0
        return self.paint(Pen(_NOWHERE, self.theme, 0.0)) or 0.0

    def paint(self, pen: Pen) -> float | None:
        """Draw the block, which `wrap` has measured; returns its height where `measure` does not tell it."""
        raise NotImplementedError

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """As Platypus asks: the size that the block takes in a column of this width; measured once for a width."""
        if width != self._measured_for:
            self.width, self._measured_for = width, width
            self.height = self.measure(width)
        return self.width, self.height

    def changed(self) -> None:
        """What the height depends on is another: it is measured again."""
        self._measured_for = None

    def draw(self) -> None:
        """As Platypus asks: draw on `self.canv`, whose origin is at the lower left of the block."""
        if self.key:
            self.canv.mark_place(self.key, self.height + 6)
        with self.section.opened(self.canv) if self.section else nullcontext():
            self.paint(Pen(self.canv, self.theme, self.height))

    def place(self, pen: Pen, x: float, y: float, width: float) -> float:
        """Draw the block as a part of another with its upper left corner at (x, y); returns its height."""
        self.wrap(width, 0)
        if pen.canvas is not _NOWHERE:
            self.drawOn(pen.canvas, x, pen.height - y - self.height)
        return self.height


class HandoutBlock(Block):
    """A part of a page that is made of a handout's own words."""

    def __init__(self, theme: Theme, handout: Handout, gap: float = 0.0) -> None:
        super().__init__(theme, gap)
        self.handout, self.labels = handout, handout.labels


class TextBlock(Block):
    """One text in a column, `indent` points from its left edge and `above` points from its top."""

    def __init__(
        self,
        theme: Theme,
        text: Text,
        style: str = "body",
        tag: str = "P",
        *,
        indent: float = 0.0,
        above: float = 0.0,
        colour: Colour | None = None,
        **how: Any,
    ) -> None:
        super().__init__(theme, **how)
        self.text, self.style, self.tag, self.colour = text, style, tag, colour
        self.indent, self.above = indent, above

    def measure(self, width: float) -> float:
        return self.above + self.theme.tall(self.text, self.style, width - self.indent)

    def paint(self, pen: Pen) -> None:
        room = self.width - self.indent
        pen.tagged(self.tag, self.indent, self.above, self.text, self.style, width=room, colour=self.colour)


class ListItem(TextBlock):
    """A line of a list, hung from what its kind has for a bullet."""

    def __init__(self, theme: Theme, text: Text, style: str = "body", **how: Any) -> None:
        super().__init__(theme, text, style, "LBody", **how)

    def paint(self, pen: Pen) -> None:
        self.bullet(pen)
        with pen.tag("LI"):
            super().paint(pen)

    def bullet(self, pen: Pen) -> None:
        """Nothing, unless a kind of line has one."""


class Paragraphs(Block):
    """Texts one below the other: the tag and the style of each, and the space above it."""

    def __init__(self, theme: Theme, texts: Sequence[tuple[str, Text, str, float]], gap: float = 0.0) -> None:
        super().__init__(theme, gap)
        self.texts = texts

    def paint(self, pen: Pen) -> float:
        at = 0.0
        for tag, text, style, above in self.texts:
            at += above
            colour = pen.palette.brand if tag == "H2" else None
            at += pen.tagged(tag, 0, at, text, style, width=self.width, colour=colour, balance=tag == "H1")
        return at


def stacked(blocks: Sequence[Block], width: float) -> float:
    """The height of blocks one below the other with their gaps, the first block's gap left out."""
    heights = [block.wrap(width, 0)[1] for block in blocks]
    return sum(heights) + sum(block.spaceBefore for block in blocks[1:])
