"""The dose strip: big numbers over small labels, thin rules between; a number that the clinician must fill in is a line."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.sheet.content import Cell
from handouts.sheet.pen import Pen
from handouts.sheet.theme import CAP, Theme
from handouts.sheet.words import spaced

BLANK_WIDTH = 34.0
MOST_SPREAD = 26.0


class DoseStrip:
    """Cells as wide as their words; what is left over is shared out. More rows when one is too tight."""

    def __init__(self, theme: Theme, cells: Sequence[Cell], width: float) -> None:
        self._theme, self._width = theme, width
        k = theme.k
        self._pad, self._row = 9 * k, 50 * k
        sized = [(cell, self._cell_width(cell)) for cell in cells]
        self._rows = self._broken(sized)
        self._labels = (25 * CAP + 9) * k
        self.height = (len(self._rows) - 1) * self._row + self._labels + 8 * k if cells else 0.0

    def _cell_width(self, cell: Cell) -> float:
        theme = self._theme
        number = theme.wide(cell.value, "num") if cell.value else BLANK_WIDTH * theme.k
        return min(max(number, theme.wide(cell.label, "body")), self._width)

    def _fits(self, row: Sequence[tuple[Cell, float]]) -> bool:
        return sum(width for _, width in row) + 2 * self._pad * (len(row) - 1) <= self._width

    def _broken(self, cells: list[tuple[Cell, float]]) -> list[list[tuple[Cell, float]]]:
        """The fewest rows of like length in which every row fits."""
        for count in range(1, len(cells) + 1):
            size = -(-len(cells) // count)
            rows = [cells[i : i + size] for i in range(0, len(cells), size)]
            if all(self._fits(row) for row in rows):
                return rows
        return [[cell] for cell in cells]

    def _spread(self) -> float:
        """Extra space at each gap, the same in every row."""
        spare = [
            (self._width - sum(width for _, width in row)) / (len(row) - 1) - 2 * self._pad
            for row in self._rows
            if len(row) > 1
        ]
        return min(MOST_SPREAD * self._theme.k, *spare) if spare else 0.0

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Each cell is an item that reads as '3 sets'."""
        if not self._rows:
            return
        theme, extra = self._theme, self._spread()
        with pen.canvas.tag("L", list_numbering="None"):
            for row in self._rows:
                at = x
                for i, (cell, width) in enumerate(row):
                    if i:
                        at += extra + 2 * self._pad
                        rule = at - self._pad - extra / 2 + 1
                        pen.line(rule, y, rule, y + self._labels + 8 * theme.k, pen.palette.rule)
                    self._draw_cell(pen, cell, at, y)
                    at += width
                y += self._row

    def _draw_cell(self, pen: Pen, cell: Cell, x: float, y: float) -> None:
        with pen.canvas.tag("LI"), pen.canvas.tag("LBody"):
            if cell.value:
                pen.text(x, y, spaced(cell.value), "num", colour=pen.palette.brand)
            else:
                line = y + self._theme.cap("num")
                pen.line(x, line, x + BLANK_WIDTH * self._theme.k, line, pen.palette.ink)
            pen.text(x, y + self._labels, cell.label, "body")
