"""A pen over the tagged canvas: sets text in the page's styles and draws its few shapes. Knows no words of its own.

Coordinates in points, x from the left edge, y down from the top. Text is placed by its cap line. Text must be
drawn inside a tag; shapes are decoration.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from itertools import groupby
from typing import Any, Literal

from handouts.branding import Colour
from handouts.layout.line_breaking import Line, Mode, Run, Text, one_line, unspoken
from handouts.pdf.tagging import Path, TaggedCanvas
from handouts.pdf.tagging.harfbuzz import face
from handouts.sheet.theme import CAP, Theme

Align = Literal["left", "right", "centre"]
WHITE: Colour = (1.0, 1.0, 1.0)


class Pen:
    """Draws on one canvas with one theme."""

    def __init__(self, canvas: TaggedCanvas, theme: Theme) -> None:
        self.canvas = canvas
        self.theme = theme
        self.palette = theme.palette

    def on(self, theme: Theme) -> Pen:
        """A pen on the same canvas that sets text in another theme's styles."""
        return self if theme is self.theme else Pen(self.canvas, theme)

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
        mode: Mode = "pretty",
        size: float | None = None,
    ) -> float:
        """A text with its first cap line at `y`, in a column or on one line; returns the trimmed height it took."""
        if not text:
            return 0.0
        chosen = self.theme.styles[style]
        height = size or chosen.size
        leading = chosen.leading * height / chosen.size
        if width is None:
            lines: Sequence[Line] = (one_line(text, chosen.weight, height),)
        else:
            lines = self.theme.lines(text, style, width, mode)
        placed = _placed(lines, x, y + CAP * height, leading, align)
        if any(piece.lang for piece in text):
            for lang, group in groupby(placed, key=lambda item: item[2].lang):
                with self.canvas.tag("Span", lang=lang) if lang else nullcontext():
                    self._runs(group, height, colour)
        else:
            self._runs(placed, height, colour)
        return CAP * height + (len(lines) - 1) * leading

    def tagged(self, tag: str, x: float, y: float, text: Text, style: str = "body", **how: Any) -> float:
        """The same, as a structure element of its own; nothing at all when there is no text."""
        if not text:
            return 0.0
        lang = text[0].lang
        if len(text) > 1 and any(piece.lang != lang for piece in text):
            with self.canvas.tag(tag):
                return self.text(x, y, text, style, **how)
        with self.canvas.tag(tag, lang=lang or None):
            return self.text(x, y, unspoken(text) if lang else text, style, **how)

    def _runs(self, group: Any, size: float, colour: Colour | None) -> None:
        draw, colour = self.canvas.text, colour or self.palette.ink
        for x, baseline, run, ending in group:
            draw(x, baseline, run.text, face(run.weight, run.fallback), size, colour, line_end=ending)

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        colour: Colour,
        width: float = 0.75,
        *,
        dash: tuple[float, float] | None = None,
        round_ends: bool = False,
    ) -> None:
        """A straight line."""
        self.canvas.line(x1, y1, x2, y2, colour, width, dash=dash, cap="round" if round_ends else "butt")

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        line: float = 0.75,
        radius: float = 0.0,
        corners: str = "tl tr br bl",
    ) -> None:
        """A rectangle, its named corners rounded by `radius`; neither filled nor stroked, it is not drawn."""
        if fill is None and stroke is None:
            return
        outline = Path.box(x, y, width, height, radius, corners if radius else "")
        self.canvas.path(outline, fill=fill, stroke=stroke, width=line)

    def disc(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        line: float = 1.0,
    ) -> None:
        """A circle about (x, y)."""
        self.canvas.disc(x, y, radius, fill=fill, stroke=stroke, stroke_width=line)

    def polygon(
        self,
        points: list[tuple[float, float]],
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        line: float = 1.0,
        close: bool = True,
    ) -> None:
        """Straight lines from point to point, with round joins and ends."""
        self.canvas.polygon(points, fill=fill, stroke=stroke, stroke_width=line, closed=close)

    def path(
        self,
        path: Path,
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        line: float = 1.0,
        dash: tuple[float, float] | None = None,
        round_ends: bool = False,
    ) -> None:
        """An outline of lines and curves; an empty one draws nothing."""
        if path:
            ends: Literal["butt", "round"] = "round" if round_ends else "butt"
            self.canvas.path(path, fill=fill, stroke=stroke, width=line, dash=dash, cap=ends)


def _placed(
    lines: Sequence[Line], x: float, baseline: float, leading: float, align: Align
) -> Iterator[tuple[float, float, Run, bool]]:
    """Each run with its place and what follows it: a line's end carries a space, so that readers keep words apart."""
    for number, line in enumerate(lines):
        at = x - (line.width if align == "right" else line.width / 2 if align == "centre" else 0)
        last_line = number == len(lines) - 1
        for i, run in enumerate(line.runs):
            ends = i == len(line.runs) - 1 and not last_line and not line.hyphenated
            yield at, baseline, run, ends
            at += run.width
        baseline += leading
