"""One page's drawing operators, made by ReportLab's canvas. Coordinates in points, x from the left, y down.

ReportLab's own document is thrown away: its writer knows no structure tree and no object streams, and would name a
font nobody embedded. Knows no tags.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfgen.canvas import FILL_EVEN_ODD, FILL_NON_ZERO, PATH_OPS, Canvas

from handouts.fonts import Face
from handouts.tagging.shapes import Colour, Step

_DECIMALS = 2
"""Of a coordinate in points: a hundredth is 3.5 µm, finer than any printer, and shorter than what arithmetic leaves."""


class Pen(Canvas):  # type: ignore[misc]
    """A ReportLab canvas whose pages are taken off it as bytes."""

    _fillColorObj: Colour  # noqa: N815 - ReportLab's name

    def __init__(self, page_size: tuple[float, float]) -> None:
        super().__init__(BytesIO(), pagesize=page_size, pageCompression=0, invariant=1)
        self.page_size = page_size

    def take_page(self) -> bytes:
        """The operators since the last page; the next page starts from the initial graphics state."""
        code = "\n".join(self._code)
        self._startPage()
        return code.encode("latin-1")

    def words(self, x: float, baseline: float, encoded: str, face: Face, size: float, colour: Colour) -> None:
        """One line of glyphs. `encoded` is the face's own hexadecimal string."""
        if self._fillColorObj != colour:
            self.addLiteral(f"{_colour(colour)} rg")
            self._fillColorObj = colour
        place = fp_str(round(x, _DECIMALS), round(self.page_size[1] - baseline, _DECIMALS))
        self.addLiteral(f"BT /{face.key} {fp_str(size)} Tf {place} Td <{encoded}> Tj ET")

    def shape(
        self,
        steps: Sequence[Step],
        fill: Colour | None,
        stroke: Colour | None,
        width: float,
        dash: Sequence[float] | None,
        round_ends: bool,
        round_joins: bool,
        even_odd: bool,
    ) -> None:
        """Fill an outline, stroke it, or both; the graphics state is as before."""
        # Written out: a sheet has hundreds of these, and saving ReportLab's own state costs more than the drawing.
        parts = ["q"]
        if fill is not None:
            parts.append(f"{_colour(fill)} rg")
        if stroke is not None:
            parts.append(f"{_colour(stroke)} RG {fp_str(width)} w")
            if round_ends:
                parts.append("1 J")
            if round_joins:
                parts.append("1 j")
            if dash:
                parts.append(f"[{fp_str(*dash)}] 0 d")
        rule = FILL_EVEN_ODD if even_odd else FILL_NON_ZERO
        parts += [self._outline(steps), PATH_OPS[stroke is not None, fill is not None, rule], "Q"]
        self.addLiteral(" ".join(parts))

    def clip(self, steps: Sequence[Step]) -> None:
        """Paint only inside the outline until the state is restored."""
        self.addLiteral(f"{self._outline(steps)} W n")

    def paint(self, name: str, x: float, y: float, across: float, down: float, height: float) -> None:
        """Paint an XObject with its top left corner at (x, y), its own units scaled by `across` and `down`."""
        corner = round(x, _DECIMALS), round(self.page_size[1] - y - height, _DECIMALS)
        matrix = fp_str(across, 0, 0, down, *corner)
        self.addLiteral(f"q {matrix} cm /{name} Do Q")

    def _outline(self, steps: Sequence[Step]) -> str:
        top, operators = self.page_size[1], []
        for operator, *at in steps:
            turned = [round(top - value if index % 2 else value, _DECIMALS) for index, value in enumerate(at)]
            operators.append(f"{fp_str(turned)} {operator}" if at else operator)
        return " ".join(operators)


@lru_cache(maxsize=256)
def _colour(colour: Colour) -> str:
    """To a thousandth: finer than the 256 steps of a screen."""
    written: str = fp_str(*(round(part, 3) for part in colour))
    return written
