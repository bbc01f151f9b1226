"""The page's tokens: type, paper, margins and measure, for normal and large print. Knows no words and draws nothing."""

from __future__ import annotations

from typing import NamedTuple

from handouts.branding import Palette
from handouts.cache import LINES
from handouts.compose.text import Text
from handouts.layout.line_breaking import Line, break_lines, text_width
from handouts.model import Layout
from handouts.pdf.fonts import Weight

CAP = 0.668
"""Cap height of Handout Sans, in em: a block of text is trimmed to its first cap line and its last baseline."""

PAPERS = {"letter": (612.0, 792.0), "a4": (595.276, 841.89)}
MARGIN, PUNCHED, BESIDE_PUNCHED = 45.0, 68.0, 38.0
"""Left and right margins; a punched sheet has 68 points (24 mm) on the side of its holes."""
TOP = 36.0
"""No mark stands nearer to the edge of the paper, which printers do not reach."""


class Style(NamedTuple):
    """A weight with its size and leading in points."""

    weight: Weight
    size: float
    leading: float


NORMAL = {
    "display": Style("extrabold", 27, 30),
    "heading": Style("extrabold", 22, 26),
    "clinic": Style("extrabold", 20, 23),
    "card": Style("extrabold", 19, 22),
    "tab": Style("extrabold", 17, 20),
    "head": Style("bold", 14, 17),
    "box": Style("bold", 13.5, 16),
    "name": Style("bold", 13, 15),
    "lead": Style("regular", 13, 17),
    "body": Style("regular", 12, 14.8),
    "close": Style("regular", 12, 13.7),
    "line": Style("regular", 12, 15),
    "semi": Style("semibold", 12, 14.8),
    "bold": Style("bold", 12, 14.8),
    "step": Style("extrabold", 12, 14.8),
    "rail": Style("bold", 12, 13.5),
    "run": Style("regular", 10, 13),
}
LARGE = {
    "display": Style("extrabold", 34, 37),
    "heading": Style("extrabold", 30, 35),
    "clinic": Style("extrabold", 26, 30),
    "card": Style("extrabold", 28, 32),
    "tab": Style("extrabold", 25, 28),
    "head": Style("bold", 21, 25.5),
    "box": Style("bold", 21, 25),
    "name": Style("bold", 19, 22),
    "lead": Style("regular", 19, 24),
    "body": Style("regular", 18, 22.5),
    "line": Style("regular", 18, 23.4),
    "semi": Style("semibold", 18, 22.5),
    "bold": Style("bold", 18, 22.5),
    "step": Style("extrabold", 18, 22.5),
    "run": Style("regular", 18, 21),
}
"""Large print has nothing under 18 points, running lines too."""


class Theme:
    """The look of one handout, as far as it does not depend on its words. Measures in points.

    `k` is the ratio of large print to normal; `mirrored` swaps the margins on even pages of a two-sided, punched print.
    """

    def __init__(self, palette: Palette, layout: Layout, *, mirrored: bool = False) -> None:
        self.palette = palette
        self.large = layout.large_print
        self.ink_saver = layout.ink_saver
        self.page_size = PAPERS[layout.paper]
        self.width, self.height = self.page_size
        self.k = 1.5 if self.large else 1.0
        self.inner, self.outer = (PUNCHED, BESIDE_PUNCHED) if layout.hole_punch else (MARGIN, MARGIN)
        self.mirrored = mirrored
        self.measure = self.width - self.inner - self.outer
        self.styles = LARGE if self.large else NORMAL
        self.foot_lines = (1, 1)
        """Lines of the running foot, of page 1 and of the others; only large print may have more than one."""

    def left(self, page: int) -> float:
        """The left margin of a page, counted from 1."""
        return self.outer if self.mirrored and page % 2 == 0 else self.inner

    def foot_rule(self, *, first: bool = False) -> float:
        """Where the rule over the running foot stands, from the top of the page: higher over more than one line."""
        lines = self.foot_lines[0 if first else 1]
        # The last of several lines stands as low as printers reach, a single one somewhat higher.
        more = (lines - 1) * self.styles["run"].leading - 6.0 if lines > 1 else 0.0
        return self.height - (53.0 if not self.large else 64.0) - more

    def body(self, *, first: bool = False) -> tuple[float, float]:
        """Top and bottom of the area between the running lines, from the top of the page."""
        return TOP if first else (62.0 if not self.large else 72.0), self.foot_rule(first=first) - 9 * self.k

    def lines(self, text: Text, style: str, width: float, *, balance: bool = False) -> tuple[Line, ...]:
        """A text set in one of the page's styles in a column `width` points wide."""
        chosen = self.styles[style]
        how = (text, chosen.weight, chosen.size, width, balance)
        lines: tuple[Line, ...] = LINES.get(how, lambda: break_lines(*how[:4], balance=balance))
        return lines

    def tall(self, text: Text, style: str, width: float) -> float:
        """Trimmed height of a text in a column: from its first cap line to its last baseline; 0 without text."""
        count = len(self.lines(text, style, width))
        chosen = self.styles[style]
        return CAP * chosen.size + (count - 1) * chosen.leading if count else 0.0

    def wide(self, text: Text, style: str) -> float:
        """Width of a text on one line."""
        return text_width(text, self.styles[style].weight, self.styles[style].size)

    def cap(self, style: str) -> float:
        """Cap height of a style."""
        return CAP * self.styles[style].size
