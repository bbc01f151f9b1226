"""A PDF file being put together: numbered objects, compressed object streams, the cross-reference stream.

ReportLab writes neither object streams nor compressed cross-references; a structure tree is many small objects, and
so costs a tenth of the bytes here. Knows the file's syntax and nothing of pages. The same objects added in the same
order give the same bytes.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import BinaryIO

from handouts.pdf.digests import blake2b
from handouts.pdf.tagging.alike import Alike, as_differences
from handouts.pdf.tagging.packing import packed
from handouts.pdf.tagging.predicting import UP, predicted

MARK = b"handouts"
"""Opens the file's identifier, which stays readable in an encrypted file: how a handout is known again."""

_OBJECTS_A_STREAM = 400
_ROWS_AT_ONCE = 65_536
_RESERVED, _PLAIN, _IN_STREAM = 0, 1, 2
_ALIKE_A_STREAM = 1000
_ESCAPES = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)", "\r": "\\r", "\n": "\\n"})


def pdf_text(text: str) -> str:
    """A PDF text string: plain where it is ASCII, UTF-16 otherwise."""
    if text.isascii():
        return f"({text.translate(_ESCAPES)})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def pdf_name(name: str) -> str:
    """A PDF name, such as the media type /application#2Fjson."""
    return "/" + "".join(c if (c.isalnum() and c.isascii()) or c in "-_.+" else f"#{ord(c):02X}" for c in name)


def number(value: float) -> str:
    """A coordinate or colour: at most three decimals, no trailing zeros."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def numbers(values: Iterable[float]) -> str:
    """Numbers with a space between."""
    return " ".join(map(number, values))


class PdfFile:
    """Objects in, bytes out: to `out` as they come, or all at the end. Every reserved number must be added by then."""

    def __init__(self, out: BinaryIO | None = None) -> None:
        self._out = out or BytesIO()
        self._digest = blake2b(digest_size=8)
        self._offset = 0
        # What is known of each object by its number, side by side: a print file has millions of them.
        self._kinds, self._wheres, self._indices = bytearray(1), array("Q", (0,)), array("H", (0xFFFF,))
        self._waiting: list[tuple[int, str]] = []
        self._alike = Alike()
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self) -> int:
        """The number of an object that is added later."""
        self._kinds.append(_RESERVED)
        self._wheres.append(0)
        self._indices.append(0)
        return len(self._kinds) - 1

    def add(self, body: str, num: int | None = None) -> int:
        """Add an object that is not a stream; returns its number."""
        num = num or self.reserve()
        self._waiting.append((num, body))
        if len(self._waiting) == _OBJECTS_A_STREAM:
            self._pack()
        return num

    def add_alike(self, bodies: Sequence[tuple[int, str]]) -> None:
        """Add objects of one kind, each with the number reserved for it; few bytes where they differ in digits only."""
        for start in range(0, len(bodies), _ALIKE_A_STREAM):
            self._alike.add(bodies[start : start + _ALIKE_A_STREAM])
            if len(self._alike) >= _ALIKE_A_STREAM:
                self._pack_alike()

    def add_stream(self, entries: str, data: bytes, num: int | None = None) -> int:
        """Add a stream of raw `data`, deflated; returns its number."""
        return self.add_packed(f"{entries}/Filter/FlateDecode", packed(data), num)

    def add_packed(self, entries: str, data: bytes, num: int | None = None) -> int:
        """Add a stream whose bytes are stored as they are; `entries` names their filter, if any."""
        num = num or self.reserve()
        self._place(num, _PLAIN, self._offset)
        head = f"{num} 0 obj\n<<{entries}/Length {len(data)}>>\nstream\n".encode("latin-1")
        self._write(head, data, b"\nendstream\nendobj\n")
        return num

    def finish(self, root: int, info: int) -> bytes:
        """End the file; returns all of it, or nothing when it went to a file of its own.

        The identifier is a digest of everything before it.
        """
        self._pack()
        self._pack_alike()
        start, num = self._offset, self.reserve()
        self._place(num, _PLAIN, start)
        missing = [n for n in range(1, num) if self._kinds[n] == _RESERVED]
        if missing:
            raise ValueError(f"reserved objects were never added: {missing[:10]}")
        identifier = (MARK + self._digest.digest()).hex()
        width = max(3, (start.bit_length() + 7) // 8)
        table = self._table(width)
        head = (
            f"{num} 0 obj\n<</Type/XRef/Size {num + 1}/W[1 {width} 2]/Root {root} 0 R/Info {info} 0 R"
            f"/ID[<{identifier}><{identifier}>]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns {width + 3}>>"
            f"/Length {len(table)}>>\nstream\n"
        )
        self._write(head.encode(), table, f"\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n".encode())
        return self._out.getvalue() if isinstance(self._out, BytesIO) else b""

    def _table(self, width: int) -> bytes:
        """The cross-reference of all objects, packed."""
        packer, columns = zlib.compressobj(6), 1 + 1 + width + 2
        parts, above = [], bytes(columns)
        for first in range(0, len(self._kinds), _ROWS_AT_ONCE):
            some = slice(first, first + _ROWS_AT_ONCE)
            wheres, indices = _big_endian(self._wheres[some]), _big_endian(self._indices[some])
            rows = bytearray(columns * (len(indices) // 2))
            rows[0::columns], rows[1::columns] = bytes((UP,)) * (len(indices) // 2), self._kinds[some]
            for at in range(width):
                rows[2 + at :: columns] = wheres[8 - width + at :: 8]
            rows[columns - 2 :: columns], rows[columns - 1 :: columns] = indices[0::2], indices[1::2]
            parts.append(packer.compress(predicted(bytes(rows), columns, above)))
            above = bytes(rows[-columns:])
        return b"".join([*parts, packer.flush()])

    def _place(self, num: int, kind: int, where: int, index: int = 0) -> None:
        self._kinds[num], self._wheres[num], self._indices[num] = kind, where, index

    def _pack(self) -> None:
        if not self._waiting:
            return
        num, directory, offset = self.reserve(), [], 0
        for index, (member, body) in enumerate(self._waiting):
            self._place(member, _IN_STREAM, num, index)
            directory.append(f"{member} {offset}")
            offset += len(body) + 1
        head = (" ".join(directory) + "\n").encode()
        data = head + "\n".join([body for _, body in self._waiting]).encode("latin-1")
        count, self._waiting = len(self._waiting), []
        self.add_stream(f"/Type/ObjStm/N {count}/First {len(head)}", data, num)

    def _pack_alike(self) -> None:
        if not self._alike:
            return
        entries, rows, members = self._alike.take()
        num = self.reserve()
        for index, member in enumerate(members):
            self._place(member, _IN_STREAM, num, index)
        self.add_packed(f"{entries}/Filter/FlateDecode", packed(rows, prepared=as_differences), num)

    def _write(self, *chunks: bytes) -> None:
        for chunk in chunks:
            self._out.write(chunk)
            self._digest.update(chunk)
            self._offset += len(chunk)


def _big_endian(values: array[int]) -> bytes:
    if sys.byteorder == "little":
        values.byteswap()
    return values.tobytes()
