"""What this machine has worked out before: bytes kept in files by kind and key, for the next run. Bytes in, bytes out.

Nothing depends on it: a file that is missing, damaged or of another key is as if it had never been, and a folder that
cannot be written is passed over. So the cache may be deleted at any time, and several processes may share it. Only
what comes from content and code may be kept here, never a word about a patient. Knows nothing of what the bytes mean.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from handouts.pdf.digests import blake2b

FOLDER_SET_BY = "HANDOUTS_CACHE_DIR"
TURNED_OFF_BY = "HANDOUTS_NO_CACHE"

_HEAD = b"handouts cache 1\n"
_DIGEST = 16
"""Bytes of the digest that follows the head; it covers the key and the data."""
_MOST_FILES = 16_384
"""Of one kind; past that the older half goes. A library of 2,000 exercises in four styles needs half of it."""
_FRESH_NS = 2_000_000_000
"""A file younger than this may change again within one tick of its clock, unseen by its stamp."""
_BEGAN_NS = time.time_ns()


def turn_off() -> None:
    """Keep nothing and find nothing from now on, in this process and those it starts."""
    os.environ[TURNED_OFF_BY] = "1"


def turned_off() -> bool:
    """Whether nothing is to be kept, not even in memory."""
    return os.environ.get(TURNED_OFF_BY, "").lower() not in ("", "0", "false", "no", "off")


def kept(kind: str, key: str) -> bytes | None:
    """The data kept under a key; None for none, and for a file that is not wholly as it was written."""
    folder = _folder()
    if folder is None:
        return None
    try:
        whole = _place(folder, kind, key).read_bytes()
    except OSError:
        return None
    data = whole[len(_HEAD) + _DIGEST :]
    return data if whole.startswith(_HEAD + _digest(key.encode(), data)) else None


def keep(kind: str, key: str, data: bytes) -> None:
    """Keep data for later runs; it appears whole or not at all. Equal keys must mean equal data."""
    folder = _folder()
    if folder is None:
        return
    path = _place(folder, kind, key)
    beside = path.with_name(f"{path.name}.{os.getpid()}-{time.monotonic_ns()}")
    try:
        _make_room(path.parent)
        beside.write_bytes(_HEAD + _digest(key.encode(), data) + data)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()


def files_stamp(paths: Iterable[Path]) -> str | None:
    """A text that changes when one of these files does; None when one may change unseen, or is not there.

    Told by path, size, times and place on the disk, which costs microseconds, not by content.
    """
    parts = []
    settled = time.time_ns() - _FRESH_NS
    for path in paths:
        try:
            found = path.stat()
        except OSError:
            return None
        if found.st_mtime_ns > settled:
            return None
        parts.append(f"{path} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}")
    return "\n".join(parts)


@cache
def code_stamp(*rooms: str) -> str | None:
    """A text that changes with the code of these rooms of the package; None when it cannot be told.

    Code that changed after this process began may not be the code that is running, so then there is none either.
    """
    package = Path(__file__).parent
    try:
        found = [
            (entry.name, entry.stat())
            for room in rooms
            for entry in (os.scandir(package / room) if (package / room).is_dir() else [package / f"{room}.py"])
            if entry.name.endswith(".py")
        ]
    except OSError:
        return None
    if max(stat.st_mtime_ns for _, stat in found) > _BEGAN_NS:
        return None
    return repr(sorted((name, stat.st_size, stat.st_mtime_ns) for name, stat in found))


def _folder() -> Path | None:
    """Where the cache lies: the user's cache folder on this kind of machine, unless the environment names another."""
    environment = os.environ
    if turned_off():
        return None
    if named := environment.get(FOLDER_SET_BY):
        return Path(named)
    if sys.platform == "win32":
        home = environment.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        home = "~/Library/Caches"
    else:
        home = environment.get("XDG_CACHE_HOME") or "~/.cache"
    try:
        folder = Path(home).expanduser()
    except RuntimeError:  # nobody's home
        return None
    return folder / "handouts" if folder.is_absolute() else None


def _place(folder: Path, kind: str, key: str) -> Path:
    return folder / kind / blake2b(key.encode(), digest_size=20).hexdigest()


def _digest(key: bytes, data: bytes) -> bytes:
    digest = blake2b(key, digest_size=_DIGEST)
    digest.update(data)
    return digest.digest()


@cache
def _make_room(folder: Path) -> None:
    """The folder of one kind, there and not too full; looked at once a process. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = list(folder.iterdir())
    if len(files) > _MOST_FILES:
        for path in sorted(files, key=lambda path: path.stat().st_mtime_ns)[: len(files) // 2]:
            with suppress(OSError):
                path.unlink()
