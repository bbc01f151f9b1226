"""The input digest of a handout: a line before its end that says what it was made from and that the file is whole.

It is a comment of PDF's own syntax, so every reader skips it; it needs no second file that could be lost, no parsing to
be read, and covers every byte. A locked handout says what it was made from only inside. Another program that saves the
file anew drops or breaks it, and then the file is no longer what was made. Knows no page and no program.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO

_TAIL = 400
"""The input digest and the file's last lines are shorter than this."""
_END = re.compile(rb"startxref\s+\d+\s+%%EOF\s*\Z")
_NOTE = re.compile(rb"%handouts ([0-9a-f]{32}) (\d{1,7}) ([0-9a-f]{64})\n(?=startxref\s+\d+\s+%%EOF\s*\Z)")


UNKNOWN_SOURCE = "0" * 32
"""What stands in a locked handout in place of its fingerprint."""


@dataclass(frozen=True)
class InputDigest:
    """What a file says of itself: `made_from` is the fingerprint of all that went into it."""

    made_from: str
    pages: int
    size: int
    sha256: str


def add_input_digest(file: BinaryIO, made_from: str, pages: int) -> None:
    """Put the input digest into a PDF in a file open for reading and writing. Raises ValueError unless it is whole."""
    size = file.seek(0, 2)
    start = file.seek(max(0, size - _TAIL))
    end = _END.search(tail := file.read())
    if end is None:
        raise ValueError("not a whole PDF: it does not end with startxref")
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256")  # type: ignore[arg-type]  # the type leaves `readinto` out
    file.seek(start + end.start())
    file.write(b"%%handouts %s %d %s\n" % (made_from.encode(), pages, digest.hexdigest().encode()))
    file.write(tail[end.start() :])


def with_input_digest(pdf: bytes, made_from: str, pages: int) -> bytes:
    """A whole PDF with its input digest."""
    file = BytesIO(pdf)
    add_input_digest(file, made_from, pages)
    return file.getvalue()


def without_input_digest(pdf: bytes) -> bytes:
    """The PDF as it was before it got its input digest."""
    found = _NOTE.search(pdf, max(0, len(pdf) - _TAIL))
    return pdf[: found.start()] + pdf[found.end() :] if found else pdf


def read_input_digest(path: Path) -> InputDigest | None:
    """The input digest of the file at `path`; None when it cannot be read, has none or has been changed since."""
    try:
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
            found = _NOTE.search(content, max(0, len(content) - _TAIL))
            if found is None:
                return None
            with memoryview(content) as view:  # a print file of a thousand handouts is not copied
                whole, without = hashlib.sha256(view), hashlib.sha256(view[: found.start()])
                without.update(view[found.end() :])
            if without.hexdigest() != found[3].decode():
                return None
            return InputDigest(found[1].decode(), int(found[2]), len(content), whole.hexdigest())
    except (OSError, ValueError):  # ValueError: the file is empty
        return None
