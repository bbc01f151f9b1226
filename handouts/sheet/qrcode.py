"""An address as a QR code: filled squares, crisp at any size, and no second font in the file."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

from handouts.figures import Drawing


@lru_cache(maxsize=64)
def qr_code(url: str) -> Drawing:
    """The QR code of an address, level M; one module is one point."""
    import segno

    matrix = [list(row) for row in segno.make_qr(url, error="m").matrix]
    size = len(matrix)
    runs = []
    for row, modules in enumerate(matrix):
        column = 0
        for dark, group in groupby(modules):
            length = len(list(group))
            if dark:
                runs.append(f"{column} {size - 1 - row} {length} 1 re")
            column += length
    return Drawing.of(f"0 g {' '.join(runs)} f".encode(), size, size, f"qr {url}")
