"""Objects of one kind, side by side in an object stream whose rows are packed as differences from the row above.

Where two bodies differ in digits only, and in the same places, the second takes some five bytes, its place in the
stream's directory among them; one by one they take a dozen. Knows no object's meaning.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from handouts.pdf.tagging.predicting import NONE, UP, predicted

_ROW = 60
"""Bytes of a row: all but the longest objects of a structure tree fit in one."""
_LONG_NUMBER = 100_000
"""From here on an object's number does not fit its five places in a directory."""
_STANDS, _LESS = chr(NONE), chr(UP)


class Stream(NamedTuple):
    """An object stream: the entries of its dictionary, its rows as they are to be predicted, the objects in it."""

    entries: str
    rows: bytes
    numbers: list[int]


class Alike:
    """Objects being gathered."""

    def __init__(self) -> None:
        self._clear()

    def _clear(self) -> None:
        self._numbers: list[int] = []
        self._offsets: list[int] = []
        self._rows: list[str] = []

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, bodies: Iterable[tuple[int, str]]) -> None:
        """Objects of one kind, each with its number."""
        opening, rows = _STANDS, self._rows
        for number, body in bodies:
            self._numbers.append(number)
            self._offsets.append(len(rows) * _ROW)
            if len(body) < _ROW:  # at least a space follows it
                rows.append(opening + body.ljust(_ROW))
                opening = _LESS
            else:
                for start in range(0, len(body) + 1, _ROW):
                    rows.append(_STANDS + body[start : start + _ROW].ljust(_ROW))
                opening = _STANDS

    def take(self) -> Stream:
        """All objects gathered so far."""
        digits = 5 if max(self._numbers) < _LONG_NUMBER else 9
        pairs = list(chain.from_iterable(zip(self._numbers, self._offsets, strict=True)))
        directory = (f"%{digits}d " * len(pairs)) % tuple(pairs)
        heads = [_LESS + directory[start : start + _ROW].ljust(_ROW) for start in range(0, len(directory), _ROW)]
        entries = f"/Type/ObjStm/N {len(self)}/First {len(heads) * _ROW}/DecodeParms<</Predictor 15/Columns {_ROW}>>"
        stream = Stream(entries, "".join([*heads, *self._rows]).encode("latin-1"), self._numbers)
        self._clear()
        return stream


def as_differences(rows: bytes) -> bytes:
    """A stream's rows as they are to be packed."""
    return predicted(rows, 1 + _ROW, bytes(1 + _ROW))
