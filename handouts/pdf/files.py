"""Handouts as files: written whole or not at all, and known again. Parses no PDF."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO

from handouts.errors import FileTrouble, reason_of
from handouts.input_files import MOST_BYTES, check_file

try:
    import fcntl
except ImportError:  # Windows has no such lock, and removes no file that is open
    fcntl = None  # type: ignore[assignment]

PRIVATE = 0o600
"""Permissions of a locked handout, and of every file while it is being written: its owner's alone."""

_SHOWN, _RANDOM = 40, 8
"""Letters of a file's own name and random bytes in the name it has while it is being written."""
_UNFINISHED = re.compile(rf"\.[^/]{{1,{_SHOWN}}}\.[0-9a-f]{{{2 * _RANDOM}}}\.part")

_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
"""Never a file that is there already. `tempfile` would do the same, and load archives and random numbers for it."""

# The file identifier opens with "handouts", as hexadecimal digits or as a plain string; it is never encrypted.
_MARK = re.compile(rb"/ID\s*\[\s*(?:<68616e646f757473|\(handouts)", re.IGNORECASE)


_MARK_OF_PAGE = b'<meta name="generator" content="handouts">'
_MARK_OF_TEXT = re.compile(rb"\n[^\n]*\bhandouts \d+\.\d+\.\d+[^\n]*\n\Z")
"""The last line of a text says what it was made with."""
_HEAD = _TAIL = 1024


def is_html(head: bytes) -> bool:
    """Whether a file that begins so is an HTML page."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].lower() == b"<!doctype html>"


def is_handout(path: Path) -> bool:
    """Whether this tool made the file: a PDF, locked or not, an HTML page, a text. False for one that is not there.

    Looks for the format's mark and parses nothing. Raises FileTrouble when the file cannot be read.
    """
    check_file(path)
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            if is_html(head):
                return _MARK_OF_PAGE in head
            if not head.startswith(b"%PDF-"):
                file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
                return _MARK_OF_TEXT.search(file.read()) is not None
            with mmap(file.fileno(), 0, access=ACCESS_READ) as content:
                # The identifier in force is the last one: an older one may lie inside an attachment.
                last = content.rfind(b"/ID", max(0, len(content) - MOST_BYTES))
                return last >= 0 and _MARK.match(content[last : last + 40]) is not None
    except FileNotFoundError:
        return False
    except OSError as trouble:
        raise FileTrouble(str(path), reason_of(trouble)) from trouble


class NameTaken(FileTrouble):
    """A new file was to be written, and there is one of its name."""


def check_writable(path: Path, *, force: bool = False) -> None:
    """Raise FileTrouble when `write_whole` would leave the file alone, before any work is done for it."""
    if path.is_dir():
        raise FileTrouble(str(path), "is a folder")
    check_file(path)
    if not path.parent.is_dir():
        raise FileTrouble(str(path), f"the folder {path.parent} does not exist")
    if not force and os.path.lexists(path):
        raise NameTaken(str(path), "is there already: choose another name, or --force writes over it")


def write_whole(path: Path, data: bytes, *, force: bool = False, private: bool = False) -> None:
    """Write a file beside its place and rename it there, so that nobody ever sees half of it.

    An existing file is replaced only with `force`; its permissions are kept, and a symbolic link still points where it
    did. A `private` file can be read by its owner alone. Raises FileTrouble, NameTaken when there is such a file.
    """
    with whole_file(path, force=force, private=private) as file:
        file.write(data)


def write_together(files: Mapping[Path, bytes], *, force: bool = False, private: bool = False) -> None:
    """Write several files under the rules of `write_whole`: none of them gets its name before all of them are whole."""
    with ExitStack() as together:
        for path, data in files.items():
            together.enter_context(whole_file(path, force=force, private=private)).write(data)


@contextmanager
def whole_file(path: Path, *, force: bool = False, private: bool = False) -> Iterator[BinaryIO]:
    """A file to write piece by piece, under the rules of `write_whole`; it gets its name when the block ends well."""
    check_writable(path, force=force)
    try:
        target = path.resolve()
    except RuntimeError as trouble:  # Python's own for links that lead back to themselves
        raise FileTrouble(str(path), "is a link to itself") from trouble
    try:
        mode = PRIVATE if private else target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        beside, handle = _begin_beside(target)
        try:
            with os.fdopen(handle, "w+b") as file:
                yield file
            beside.chmod(mode)
            if force:
                beside.replace(target)
            else:
                _place_new(beside, target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as trouble:
        raise FileTrouble(str(path), reason_of(trouble)) from trouble


def _place_new(beside: Path, target: Path) -> None:
    """Give a file its name, which another process may have taken while it was written."""
    try:
        os.link(beside, target)
    except FileExistsError as taken:
        raise NameTaken(str(target), "is there already") from taken
    except OSError:  # a file system without hard links
        beside.replace(target)
    else:
        beside.unlink()


def _begin_beside(target: Path) -> tuple[Path, int]:
    """A new file beside a target and its handle, held so that nobody sweeps away what is still being written."""
    while True:
        beside = target.with_name(f".{target.name[:_SHOWN]}.{os.urandom(_RANDOM).hex()}.part")
        handle = os.open(beside, _NEW, PRIVATE)
        _hold(handle)
        if beside.exists():  # it was not swept away before it was held
            return beside, handle
        os.close(handle)


def sweep_unfinished(folder: Path) -> None:
    """Remove what killed runs left half written in a folder; what another run is writing stays."""
    try:
        left = [Path(entry.path) for entry in os.scandir(folder) if _UNFINISHED.fullmatch(entry.name)]
    except OSError:
        return  # whoever writes there says why that cannot be done
    for path in left:
        with suppress(OSError):  # gone already, or somebody else's
            handle = os.open(path, os.O_RDONLY)
            try:
                if _hold(handle):
                    path.unlink(missing_ok=True)
            finally:
                os.close(handle)


def _hold(handle: int) -> bool:
    """Lock an open file until it is closed; False when another process holds it, true where there are no locks."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks: who knows
        return False
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
