"""Rows of bytes as differences from the row above, PNG's filter "Up": rows that are alike pack to next to nothing.

Knows bytes, no objects.
"""

from __future__ import annotations

NONE, UP = 0, 2
"""What a row's first byte says: whether it stands as it is, or less the row above."""


def predicted(rows: bytes, width: int, above: bytes) -> bytes:
    """Rows of `width` bytes, each less the row above where its first byte says so; `above` is the row before all."""
    stands, less = bytes(width), b"\0" + b"\xff" * (width - 1)
    # All rows at once, as long numbers: each byte less the one above it, with nothing carried between bytes.
    size = len(rows)
    high = int.from_bytes(b"\x80" * size, "big")
    keep = int.from_bytes(b"".join([less if kind == UP else stands for kind in rows[::width]]), "big")
    these, those = int.from_bytes(rows, "big"), int.from_bytes(above + rows[: size - width], "big") & keep
    return (((these | high) - (those & ~high)) ^ ((these ^ those) & high) ^ high).to_bytes(size, "big")
