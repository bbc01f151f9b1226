"""An address as a QR code: filled squares, crisp at any size, and no second font in the file. Kept between runs."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

from msgspec import DecodeError, msgpack

from handouts.caching import code_stamp, files_stamp, keep, kept
from handouts.figures import Drawing
from handouts.pdf.deflating import PACKER

_KIND = "codes"


@lru_cache(maxsize=64)
def qr_code(url: str) -> Drawing:
    """The QR code of an address, level M; one module is one point.

    Kept under the code that makes it, ours and segno's, whose import alone costs more than all reading of content.
    """
    found = find_spec("segno")
    maker = files_stamp([Path(found.origin)]) if found and found.origin else None
    code = code_stamp("sheet", "deflating")
    key = f"{url}\n{maker}\n{PACKER}\n{code}" if maker and code else None
    packed = kept(_KIND, key) if key else None
    if packed is not None:
        try:
            return msgpack.decode(packed, type=Drawing)
        except DecodeError:
            pass
    drawing = _drawn(url)
    if key:
        keep(_KIND, key, msgpack.encode(drawing))
    return drawing


def _drawn(url: str) -> Drawing:
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
