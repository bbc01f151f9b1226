"""The folder that a batch writes to: one batch at a time, cleared of a killed batch's half files."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handouts.errors import FileTrouble, file_trouble
from handouts.output_paths import make_folder
from handouts.pdf.files import sweep_unfinished

try:
    import fcntl
except ImportError:  # Windows has no such lock
    fcntl = None  # type: ignore[assignment]

_LOCK_TIMEOUT_S = 5.0
"""Workers of a killed batch may still be making their last handout."""
_TAIL_BYTES = 1024
"""The last bytes of a PDF, which hold its end-of-file mark."""


@contextmanager
def batch_folder(folder: Path) -> Iterator[None]:
    """Make the folder, and lock it for this batch until the block ends; half files of a killed batch are removed.

    Raises:
        FileTrouble: The folder cannot be made, or another batch is at work there.
    """
    make_folder(folder)
    with file_trouble(folder):
        handle = os.open(folder, os.O_RDONLY) if fcntl else None
    try:
        if handle is not None and _lock(handle, folder):
            sweep_unfinished(folder)
        yield
    finally:
        if handle is not None:
            os.close(handle)  # this ends the lock, once the workers have ended too


def _lock(handle: int, folder: Path) -> bool:
    """Lock the folder, which ends with the process and its workers; False where it cannot be locked."""
    until = time.monotonic() + _LOCK_TIMEOUT_S
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


def is_half_written(path: Path) -> bool:
    """Whether a file is what a power cut leaves of a PDF: nothing, only zeros, or a beginning without an end."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            head = file.read(_TAIL_BYTES)
            file.seek(max(0, file.seek(0, 2) - _TAIL_BYTES))
            tail = file.read()
    except OSError:
        return False
    return not head.strip(b"\0") or (head.startswith(b"%PDF-") and b"%%EOF" not in tail)
