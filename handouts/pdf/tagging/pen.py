"""One page's drawing operators, as few and as short as they go. Coordinates in points, x from the left, y down.

The pen knows what colour, line and font are set, and writes only what changes. ReportLab is left alone, because
importing its canvas costs a fifth of a whole handout. Knows no tags.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from handouts.pdf.tagging.lettering import Lettered
from handouts.pdf.tagging.operands import operands
from handouts.pdf.tagging.shapes import Colour, Step

_DECIMALS = 2
"""Of a coordinate in points: a hundredth is 3.5 µm, finer than any printer, and shorter than what arithmetic leaves."""


class _State(NamedTuple):
    """What is set: colours, line width in points, round ends, round joins, font with its size. None is unknown.

    A drawing starts with nothing known, since it is painted in whatever state a page is in.
    """

    fill: Colour | None = None
    stroke: Colour | None = None
    width: float | None = None
    ends: bool | None = None
    joins: bool | None = None
    font: tuple[str, float] | None = None


class Pen:
    """Collects the operators of one page after the other; each begins from the initial graphics state."""

    def __init__(self, page_size: tuple[float, float]) -> None:
        self.page_size = page_size
        self._code: list[str] = []
        self._set(_State())
        self._saved: list[_State] = []

    def _set(self, state: _State) -> None:
        self._fill, self._stroke, self._width, self._ends, self._joins, self._font = state

    def take_page(self) -> bytes:
        """The operators since the last page."""
        code = "\n".join(self._code)
        self._code.clear()
        self._set(_State())
        return code.encode("latin-1")

    @property
    def position(self) -> int:
        """How many operators stand on this page."""
        return len(self._code)

    def between(self, start: int, end: int) -> str:
        """The operators from one position to another."""
        return "\n".join(self._code[start:end])

    def forget(self) -> None:
        """What follows sets all it needs, whatever came before."""
        self._set(_State())

    def literal(self, operators: str) -> None:
        """Operators that set nothing: the marks of marked content."""
        self._code.append(operators)

    def save(self) -> None:
        """Remember what is set, until `restore`."""
        self._code.append("q")
        self._saved.append(_State(self._fill, self._stroke, self._width, self._ends, self._joins, self._font))

    def restore(self) -> None:
        """What was set at the last `save` is set again."""
        self._code.append("Q")
        self._set(self._saved.pop())

    def words(self, x: float, baseline: float, words: Lettered, size: float, colour: Colour) -> None:
        """One line of text."""
        font = (words.font, size)
        lead = ""
        if colour != self._fill:
            self._fill = colour
            lead = f"{_colour(colour)} rg "
        if font != self._font:
            self._font = font
            lead += f"/{words.font} {operands(size)} Tf "
        place = operands(round(x, _DECIMALS), round(self.page_size[1] - baseline, _DECIMALS))
        self._code.append(f"{lead}BT {place} Td{words.string}Tj ET")

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
        """Fill an outline, stroke it, or both."""
        lead = ""
        if fill is not None and fill != self._fill:
            self._fill = fill
            lead = f"{_colour(fill)} rg "
        if stroke is not None:
            if stroke != self._stroke:
                self._stroke = stroke
                lead += f"{_colour(stroke)} RG "
            if width != self._width:
                self._width = width
                lead += f"{operands(round(width, 3))} w "
            if round_ends != self._ends:
                self._ends = round_ends
                lead += "1 J " if round_ends else "0 J "
            if round_joins != self._joins:
                self._joins = round_joins
                lead += "1 j " if round_joins else "0 j "
        painted = _PAINTED[fill is not None, stroke is not None, even_odd]
        if dash:  # never left on: a form that is painted next would be dashed too
            self._code.append(f"{lead}q [{operands(*dash)}] 0 d {self._outline(steps)} {painted} Q")
        else:
            self._code.append(f"{lead}{self._outline(steps)} {painted}")

    def clip(self, steps: Sequence[Step]) -> None:
        """Paint only inside the outline until the state is restored."""
        self._code.append(f"{self._outline(steps)} W n")

    def paint(
        self,
        name: str,
        x: float,
        y: float,
        across: float,
        down: float,
        height: float,
        part: tuple[float, float] | None = None,
    ) -> str:
        """Paint an XObject with its top left corner at (x, y), its own units scaled by `across` and `down`.

        Of a `part` (left, width) only that strip. Returns the operators.
        """
        left, width = part or (0.0, 0.0)
        corner = round(x - left * across, _DECIMALS), round(self.page_size[1] - y - height, _DECIMALS)
        window = f"{operands(left, 0, width, height / down)} re W n " if part else ""
        operators = f"q {operands(across, 0, 0, down, *corner)} cm {window}/{name} Do Q"
        self._code.append(operators)
        return operators

    def _outline(self, steps: Sequence[Step]) -> str:
        top, operators = self.page_size[1], []
        for step in steps:
            if len(step) == 3:
                operator, x, y = step
                operators.append(f"{operands(round(x, _DECIMALS), round(top - y, _DECIMALS))} {operator}")
            elif len(step) == 7:
                operator, x1, y1, x2, y2, x, y = step
                numbers = [round(value, _DECIMALS) for value in (x1, top - y1, x2, top - y2, x, top - y)]
                operators.append(f"{operands(*numbers)} {operator}")
            else:
                operators.append(step[0])
        return " ".join(operators)


_PAINTED = {
    (True, False, False): "f",
    (True, False, True): "f*",
    (False, True, False): "S",
    (False, True, True): "S",
    (True, True, False): "B",
    (True, True, True): "B*",
    (False, False, False): "n",
    (False, False, True): "n",
}
"""What paints an outline that is to be filled, stroked, and filled by the even-odd rule."""


@lru_cache(maxsize=256)
def _colour(colour: Colour) -> str:
    """To a thousandth: finer than the 256 steps of a screen."""
    return operands(*(round(part, 3) for part in colour))
