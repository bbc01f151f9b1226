"""Whatever is handed in, read in bounds: a pipe, a socket or a device is refused, and no silence waited out."""

from __future__ import annotations

import select
import stat
import sys
from pathlib import Path
from typing import Any

from handouts.errors import FileTrouble, file_trouble

MOST_BYTES = 50_000_000
"""Of a file that is read whole."""
SILENCE_S = 5.0
"""How long standard input may say nothing at all where it is no terminal."""
STANDARD_INPUT = Path("-")
_STANDARD_INPUT = "standard input"
"""What messages call it."""


def check_file(path: Path) -> None:
    """Raise FileTrouble for a pipe, a socket or a device: reading may wait for ever, and writing would replace it."""
    with file_trouble(path):
        mode = path.stat().st_mode if path.exists() else stat.S_IFREG
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise FileTrouble(str(path), "is no file but a pipe or a device")


def read_file(path: Path) -> bytes:
    """A whole file. Raises FileTrouble when it is none, cannot be read, or has more than `MOST_BYTES`."""
    data = read_start(path, MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FileTrouble(str(path), f"is larger than {MOST_BYTES // 1_000_000} MB")
    return data


def read_named(path: Path, most: int) -> tuple[str, bytes]:
    """A file, or standard input where `path` is `-`, to its end or a byte more than `most`, and what messages call it.

    Raises FileTrouble when it cannot be read.
    """
    if path == STANDARD_INPUT:
        return _STANDARD_INPUT, read_standard_input(most + 1)
    return str(path), read_start(path, most + 1)


def read_start(path: Path, most: int) -> bytes:
    """The first bytes of a file, at most `most`. Raises FileTrouble when it is none or cannot be read."""
    check_file(path)
    with file_trouble(path), path.open("rb") as file:
        return file.read(most)


def read_standard_input(most: int) -> bytes:
    """Standard input to its end, at most `most` bytes. Raises FileTrouble when nothing comes."""
    buffer: Any = sys.stdin and sys.stdin.buffer
    data, block = bytearray(), b" "
    while block and len(data) < most:
        _wait_for_input()
        with file_trouble(_STANDARD_INPUT):
            block = buffer.read1(most - len(data))
        data += block
    return bytes(data)


def read_line_of_input(most: int) -> str:
    """The first line of standard input, at most `most` characters. Raises FileTrouble when nothing comes."""
    _wait_for_input()
    with file_trouble(_STANDARD_INPUT):
        return sys.stdin.readline(most).rstrip("\r\n")


def _wait_for_input() -> None:
    if sys.stdin is None:
        raise FileTrouble(_STANDARD_INPUT, "is closed")
    try:
        is_silent = not sys.stdin.isatty() and not select.select([sys.stdin], [], [], SILENCE_S)[0]
    except (OSError, ValueError):  # Windows waits for sockets alone
        return
    if is_silent:
        raise FileTrouble(_STANDARD_INPUT, f"nothing came for {SILENCE_S:.0f} seconds")
