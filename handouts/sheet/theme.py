"""The page's tokens: type, paper, margins and measure, for normal and large print. Knows no words and draws nothing."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import NamedTuple

from handouts.branding import Palette
from handouts.layout.line_breaking import Line, Mode, Text, fit_size, set_lines, text_width
from handouts.model import Layout
from handouts.pdf.fonts import Weight

CAP = 0.668
"""Cap height of Handout Sans, in em: a block of text is trimmed to its first cap line and its last baseline."""

PAPERS = {"letter": (612.0, 792.0), "a4": (595.276, 841.89)}
MARGIN, PUNCHED, BESIDE_PUNCHED = 45.0, 68.0, 38.0
TOP = BOTTOM = 36.0


class Style(NamedTuple):
    """A weight with its size and leading in points."""

    weight: Weight
    size: float
    leading: float


NORMAL = {
    "display": Style("extrabold", 27, 30),
    "title": Style("extrabold", 20, 23),
    "num": Style("extrabold", 25, 27),
    "head": Style("bold", 14, 17),
    "name": Style("bold", 13, 16),
    "lead": Style("regular", 13, 17),
    "body": Style("regular", 12, 15.5),
    "semi": Style("semibold", 12, 15.5),
    "bold": Style("bold", 12, 15.5),
    "run": Style("regular", 10, 13),
    "runb": Style("bold", 10, 13),
}
CLOSER = NORMAL | {name: NORMAL[name]._replace(leading=14.5) for name in ("body", "semi", "bold")}
"""Normal print with its reading text set closer."""
LARGE = {
    "display": Style("extrabold", 38, 42),
    "title": Style("extrabold", 29, 33),
    "num": Style("extrabold", 36, 38),
    "head": Style("bold", 21, 26),
    "name": Style("bold", 20, 25),
    "lead": Style("regular", 20, 26),
    "body": Style("regular", 18, 23.5),
    "semi": Style("semibold", 18, 23.5),
    "bold": Style("bold", 18, 23.5),
    "run": Style("regular", 14, 17),
    "runb": Style("bold", 14, 17),
}


class Theme:
    """Everything about the look of one handout that does not depend on its words. Measures in points.

    `k` is the ratio of large print to normal; `mirrored` swaps the punched margin on even pages of a two-sided print.
    """

    def __init__(self, palette: Palette, layout: Layout, *, mirrored: bool = False) -> None:
        self.key = (palette, layout, mirrored)
        self.palette = palette
        self.large = layout.large_print
        self.ink_saver = layout.ink_saver
        self.width, self.height = PAPERS[layout.paper]
        self.k = 1.5 if self.large else 1.0
        self.inner, self.outer = (PUNCHED, BESIDE_PUNCHED) if layout.hole_punch else (MARGIN, MARGIN)
        self.mirrored = mirrored
        self.measure = self.width - self.inner - self.outer
        self.styles = LARGE if self.large else NORMAL
        self.dense = False

    @cached_property
    def closer(self) -> Theme:
        """The same look with lines set closer, for a card that must share its page; large print has no such look."""
        closer = copy(self)
        closer.styles, closer.dense = CLOSER, True
        return closer

    def left(self, page: int) -> float:
        """The left margin of a page, counted from 1."""
        return self.outer if self.mirrored and page % 2 == 0 else self.inner

    @property
    def footer_top(self) -> float:
        """Where the cap line of the footer stands."""
        return self.height - BOTTOM - 9 * self.k

    def body(self, *, first: bool = False) -> tuple[float, float]:
        """Top and bottom of the area for blocks."""
        return TOP + (0 if first else 15 * self.k + 18), self.footer_top - 8 * self.k - 12

    def lines(self, text: Text, style: str, width: float, mode: Mode = "pretty") -> tuple[Line, ...]:
        """A text set in one of the page's styles."""
        chosen = self.styles[style]
        return set_lines(text, chosen.weight, chosen.size, width, mode)

    def tall(self, text: Text, style: str, width: float, mode: Mode = "pretty") -> float:
        """Trimmed height of a text in a column; nothing is 0 high."""
        count = len(self.lines(text, style, width, mode))
        chosen = self.styles[style]
        return CAP * chosen.size + (count - 1) * chosen.leading if count else 0.0

    def wide(self, text: Text, style: str, size: float | None = None) -> float:
        """Width of a text on one line."""
        return text_width(text, self.styles[style].weight, size or self.styles[style].size)

    def fit(self, text: Text, style: str, width: float, least: float) -> float:
        """The largest size of this style, down to `least`, at which the text goes on one line."""
        return fit_size(text, self.styles[style].weight, self.styles[style].size, width, least)

    def cap(self, style: str) -> float:
        """Cap height of a style."""
        return CAP * self.styles[style].size
