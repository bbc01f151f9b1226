"""An address as a QR code: filled squares, crisp at any size, and no second font in the file."""

from __future__ import annotations

from itertools import groupby

import segno

from handouts.drawing import Drawing, Fill, Segment
from handouts.pdf.drawn_form import DrawnForm, drawn_form


def qr_code(url: str) -> DrawnForm:
    """The QR code of an address, level M; one module is one point."""
    matrix = [list(row) for row in segno.make_qr(url, error="m").matrix]
    size = len(matrix)
    path: list[Segment] = []
    for row, modules in enumerate(matrix):
        column, low = 0, size - 1 - row
        for dark, group in groupby(modules):
            end = column + len(list(group))
            if dark:
                path += [("m", column, low), ("l", end, low), ("l", end, low + 1), ("l", column, low + 1), ("h",)]
            column = end
    return drawn_form(Drawing(f"qr {url}", size, size, (Fill(tuple(path), (0.0, 0.0, 0.0)),)), {})
