"""A PDF file being put together: numbered objects, compressed object streams, the cross-reference stream.

ReportLab writes neither object streams nor compressed cross-references; a structure tree is many small objects, and
so costs a tenth of the bytes here. Knows the file's syntax and nothing of pages. The same objects added in the same
order give the same bytes.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable

MARK = b"handouts"
"""Opens the file's identifier, which stays readable in an encrypted file: how a handout is known again."""

_OBJECTS_A_STREAM = 200
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
    """Objects in, bytes out. Every reserved number must be added before `finish`."""

    def __init__(self) -> None:
        self._chunks = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        self._offset = len(self._chunks[0])
        self._places: dict[int, tuple[int, int, int]] = {}
        self._waiting: list[tuple[int, bytes]] = []
        self._last = 0

    def reserve(self) -> int:
        """The number of an object that is added later."""
        self._last += 1
        return self._last

    def add(self, body: str, num: int | None = None) -> int:
        """Add an object that is not a stream; returns its number."""
        num = num or self.reserve()
        self._waiting.append((num, body.encode("latin-1")))
        if len(self._waiting) == _OBJECTS_A_STREAM:
            self._pack()
        return num

    def add_stream(self, entries: str, data: bytes, num: int | None = None, *, level: int = 6) -> int:
        """Add a stream of raw `data`, compressed at zlib `level`; returns its number."""
        return self.add_packed(f"{entries}/Filter/FlateDecode", zlib.compress(data, level), num)

    def add_packed(self, entries: str, data: bytes, num: int | None = None) -> int:
        """Add a stream whose bytes are stored as they are; `entries` names their filter, if any."""
        num = num or self.reserve()
        self._places[num] = (1, self._offset, 0)
        head = f"{num} 0 obj\n<<{entries}/Length {len(data)}>>\nstream\n".encode("latin-1")
        self._write(head, data, b"\nendstream\nendobj\n")
        return num

    def finish(self, root: int, info: int) -> bytes:
        """The whole file. The identifier is a digest of everything before it."""
        self._pack()
        start, num = self._offset, self.reserve()
        self._places[num] = (1, start, 0)
        if len(self._places) != self._last:
            missing = sorted(set(range(1, self._last + 1)) - set(self._places))
            raise ValueError(f"reserved objects were never added: {missing[:10]}")
        digest = hashlib.sha256()
        for chunk in self._chunks:
            digest.update(chunk)
        identifier = (MARK + digest.digest()[:8]).hex()
        width = max(3, (start.bit_length() + 7) // 8)
        rows = [b"\x00" + bytes(width) + b"\xff\xff"]
        for n in range(1, self._last + 1):
            kind, where, index = self._places[n]
            rows.append(bytes((kind,)) + where.to_bytes(width, "big") + index.to_bytes(2, "big"))
        table = zlib.compress(b"".join(rows), 6)
        head = (
            f"{num} 0 obj\n<</Type/XRef/Size {self._last + 1}/W[1 {width} 2]/Root {root} 0 R/Info {info} 0 R"
            f"/ID[<{identifier}><{identifier}>]/Filter/FlateDecode/Length {len(table)}>>\nstream\n"
        )
        self._write(head.encode(), table, f"\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n".encode())
        return b"".join(self._chunks)

    def _pack(self) -> None:
        if not self._waiting:
            return
        num, directory, offset = self.reserve(), [], 0
        for index, (member, body) in enumerate(self._waiting):
            self._places[member] = (2, num, index)
            directory.append(f"{member} {offset}")
            offset += len(body) + 1
        head = (" ".join(directory) + "\n").encode()
        data = head + b"\n".join(body for _, body in self._waiting)
        count, self._waiting = len(self._waiting), []
        self.add_stream(f"/Type/ObjStm/N {count}/First {len(head)}", data, num)

    def _write(self, *chunks: bytes) -> None:
        for chunk in chunks:
            self._chunks.append(chunk)
            self._offset += len(chunk)
