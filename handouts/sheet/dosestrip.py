"""The dose strip: big numbers over small labels, thin rules between; a number that the clinician must fill in is a
line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handouts.sheet.dosed import Cell
from handouts.sheet.pen import Pen
from handouts.sheet.theme import CAP, Theme
from handouts.sheet.words import spaced

BLANK_WIDTH = 34.0
LEAST_NUMBER = 14.0
PADS = (9.0, 7.0, 5.0)
"""Space at each side of the rules between cells, from roomy to close."""
MOST_SPREAD = 26.0
ROW = 50.0


class _Sized(NamedTuple):
    """A cell with the width it is given and whether its label goes on two lines."""

    cell: Cell
    width: float
    broken: bool


class DoseStrip:
    """Cells as wide as their words, on one row if that can be: long labels break first, then the row does."""

    def __init__(self, theme: Theme, cells: Sequence[Cell], width: float) -> None:
        self._theme, self._width = theme, width
        k = theme.k
        self._pad = PADS[0] * k
        self._rows = self._arranged(cells)
        self._labels = (25 * CAP + 9) * k
        self._heights = [self._labels + 8 * k + self._label_extra(row) for row in self._rows]
        self.height = sum(self._heights) + (ROW * k - self._labels - 8 * k) * max(0, len(self._rows) - 1)

    def _label_extra(self, row: Sequence[_Sized]) -> float:
        return self._theme.styles["body"].leading if any(sized.broken for sized in row) else 0.0

    def _sized(self, cell: Cell, *, broken: bool) -> _Sized:
        theme = self._theme
        number = self._number_width(cell)
        label = self._narrowest(cell) if broken else theme.wide(cell.label, "body")
        return _Sized(cell, min(max(number, label), self._width), broken)

    def _number_size(self, cell: Cell) -> float:
        """A time of two units is smaller than a number, so that it goes into the column."""
        return self._theme.fit(cell.value, "num", self._width, LEAST_NUMBER * self._theme.k)

    def _number_width(self, cell: Cell) -> float:
        if not cell.value:
            return BLANK_WIDTH * self._theme.k
        return self._theme.wide(cell.value, "num", self._number_size(cell))

    def _narrowest(self, cell: Cell) -> float:
        """The least width in which the label goes on two lines."""
        theme = self._theme
        whole = theme.wide(cell.label, "body")
        width = whole / 2
        while width < whole:
            lines = theme.lines(cell.label, "body", width, "greedy")
            if len(lines) <= 2 and not any(line.hyphenated for line in lines):
                return max(line.width for line in lines) + 0.1
            width += 2
        return whole

    def _fits(self, row: Sequence[_Sized]) -> bool:
        return sum(sized.width for sized in row) + 2 * self._pad * (len(row) - 1) <= self._width

    def _arranged(self, cells: Sequence[Cell]) -> list[list[_Sized]]:
        """The fewest rows of like length in which every row fits: closer cells first, then labels on two lines."""
        for count in range(1, len(cells) + 1):
            size = -(-len(cells) // count)
            parts = [cells[i : i + size] for i in range(0, len(cells), size)]
            for broken in (False, True):
                for pad in PADS:
                    self._pad = pad * self._theme.k
                    rows = [self._broken(part) if broken else self._whole(part) for part in parts]
                    if all(self._fits(row) for row in rows):
                        return rows
            for broken in (False, True):  # one long cell among short ones: rows of unlike length
                rows = self._filled(cells, broken=broken)
                if len(rows) <= count:
                    return rows
        return [self._broken([cell]) for cell in cells]

    def _filled(self, cells: Sequence[Cell], *, broken: bool) -> list[list[_Sized]]:
        """Rows filled one after the other, as closely as cells may stand."""
        self._pad = PADS[-1] * self._theme.k
        rows: list[list[_Sized]] = []
        for cell in cells:
            sized = self._broken([cell])[0] if broken else self._sized(cell, broken=False)
            if rows and self._fits([*rows[-1], sized]):
                rows[-1].append(sized)
            else:
                rows.append([sized])
        return rows

    def _whole(self, cells: Sequence[Cell]) -> list[_Sized]:
        return [self._sized(cell, broken=False) for cell in cells]

    def _broken(self, cells: Sequence[Cell]) -> list[_Sized]:
        """As few labels broken as make the row fit, that of a number to be written in last: it is read with the pen."""
        row = self._whole(cells)
        while not self._fits(row):
            gains = [sized.width - self._sized(sized.cell, broken=True).width for sized in row]
            best = max(range(len(row)), key=lambda i: (gains[i] > 0 and bool(row[i].cell.value), gains[i]))
            if gains[best] <= 0:
                break
            row[best] = self._sized(row[best].cell, broken=True)
        return row

    def _spread(self) -> float:
        """Extra space at each gap, the same in every row."""
        spare = [
            (self._width - sum(sized.width for sized in row)) / (len(row) - 1) - 2 * self._pad
            for row in self._rows
            if len(row) > 1
        ]
        return max(0.0, min(MOST_SPREAD * self._theme.k, *spare)) if spare else 0.0

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Each cell is an item that reads as '3 sets'."""
        if not self._rows:
            return
        theme, extra = self._theme, self._spread()
        with pen.canvas.tag("L", list_numbering="None"):
            for row, height in zip(self._rows, self._heights, strict=True):
                at = x
                for i, sized in enumerate(row):
                    if i:
                        at += extra + 2 * self._pad
                        rule = at - self._pad - extra / 2 + 1
                        pen.line(rule, y, rule, y + height, pen.palette.rule)
                    self._draw_cell(pen, sized, at, y)
                    at += sized.width
                y += height + ROW * theme.k - self._labels - 8 * theme.k

    def _draw_cell(self, pen: Pen, sized: _Sized, x: float, y: float) -> None:
        cell = sized.cell
        with pen.canvas.tag("LI"), pen.canvas.tag("LBody"):
            if cell.value:
                size = self._number_size(cell)
                top = y + self._theme.cap("num") - CAP * size
                pen.text(x, top, spaced(cell.value), "num", colour=pen.palette.brand, size=size)
            else:
                line = y + self._theme.cap("num")
                pen.line(x, line, x + BLANK_WIDTH * self._theme.k, line, pen.palette.ink)
            width = sized.width if sized.broken else None
            pen.text(x, y + self._labels, cell.label, "body", width=width, mode="greedy")
