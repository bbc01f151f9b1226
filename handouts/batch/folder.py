"""The folder that a batch writes to: one batch at a time, swept of what a killed one left, no two rows in one file."""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import time
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from handouts.errors import FileTrouble
from handouts.pdf.files import is_unfinished

try:
    import fcntl
except ImportError:  # Windows has no such lock
    fcntl = None  # type: ignore[assignment]

_PATIENCE_S = 5.0
"""Workers of a killed batch may still be at their last row."""
_ENDS = 1024
"""Bytes at the end of a PDF among which its mark of the end stands."""


@contextmanager
def batch_folder(folder: Path) -> Iterator[None]:
    """The folder, made when it is not there, this batch's own until the block ends.

    Files that a killed batch left half written are removed. Raises FileTrouble when another batch is at work there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY) if fcntl else None
    except OSError as trouble:
        raise FileTrouble(str(folder), (trouble.strerror or str(trouble)).lower()) from trouble
    try:
        if handle is not None and _lock(handle, folder):
            _sweep(folder)
        yield
    finally:
        if handle is not None:
            os.close(handle)  # which ends the lock, once the workers have ended too


def _lock(handle: int, folder: Path) -> bool:
    """Lock the folder, which ends with the process and its workers; False where it cannot be locked."""
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError as taken:
            if time.monotonic() > until:
                raise FileTrouble(str(folder), "another batch is writing there") from taken
            time.sleep(0.05)
        except OSError:  # a file system without locks
            return False


def _sweep(folder: Path) -> None:
    with os.scandir(folder) as files:
        for file in files:
            if is_unfinished(file.name):
                Path(file.path).unlink(missing_ok=True)


def is_half(path: Path) -> bool:
    """Whether a file is what a pulled plug leaves of a PDF: nothing, only zeros, or a beginning without an end."""
    try:
        with path.open("rb") as file:
            head = file.read(_ENDS)
            file.seek(max(0, file.seek(0, 2) - _ENDS))
            tail = file.read()
    except OSError:
        return False
    return not head.strip(b"\0") or (head.startswith(b"%PDF-") and b"%%EOF" not in tail)


class Names:
    """The files a batch will write, to find two rows that would share one.

    Kept on disk, so that memory stays flat, and as keyed digests, because a name may be a patient's.
    """

    def __init__(self) -> None:
        self._known = sqlite3.connect("")  # a temporary file of SQLite's own, gone when it is closed
        self._known.execute("CREATE TABLE names (name BLOB PRIMARY KEY, number INTEGER) WITHOUT ROWID")
        self._key = secrets.token_bytes(16)

    def __enter__(self) -> Names:
        return self

    def __exit__(self, *_: object) -> None:
        self._known.close()

    def take(self, name: str, number: int) -> int | None:
        """Claim a file's name for an entry; the number of the entry that has it already, if one has.

        Names that differ only in upper and lower case are one file on many systems.
        """
        plain = unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())
        digest = hashlib.blake2b(plain.encode(), key=self._key, digest_size=16).digest()
        with closing(self._known.execute("SELECT number FROM names WHERE name = ?", (digest,))) as found:
            first = found.fetchone()
        if first is not None:
            return int(first[0])
        self._known.execute("INSERT INTO names VALUES (?, ?)", (digest, number))
        return None
