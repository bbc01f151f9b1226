"""Handouts as files: written whole or not at all, and known again. Parses no PDF."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO

from handouts.errors import FileTrouble

PRIVATE = 0o600
"""Permissions of a locked handout, and of every file while it is being written: its owner's alone."""

_SHOWN, _RANDOM = 40, 8
"""Letters of a file's own name and random bytes in the name it has while it is being written."""
_UNFINISHED = re.compile(rf"\.[^/]{{1,{_SHOWN}}}\.[0-9a-f]{{{2 * _RANDOM}}}\.part")

_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
"""Never a file that is there already. `tempfile` would do the same, and load archives and random numbers for it."""

# The file identifier opens with "handouts", as hexadecimal digits or as a plain string; it is never encrypted.
_MARK = re.compile(rb"/ID\s*\[\s*(?:<68616e646f757473|\(handouts)", re.IGNORECASE)


def is_handout(path: Path) -> bool:
    """Whether this tool made the PDF, locked or not. False for a file that is not there or not a PDF.

    Looks for the mark in the file's identifier and parses nothing. Raises FileTrouble when the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            if file.read(5) != b"%PDF-":
                return False
            with mmap(file.fileno(), 0, access=ACCESS_READ) as content:
                # The identifier in force is the last one: an older one may lie inside an attachment.
                last = content.rfind(b"/ID")
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
    if path.exists() and not path.is_file():
        raise FileTrouble(str(path), "is a device or a pipe: name a file")
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
        beside = target.with_name(f".{target.name[:_SHOWN]}.{os.urandom(_RANDOM).hex()}.part")
        handle = os.open(beside, _NEW, PRIVATE)
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


def is_unfinished(name: str) -> bool:
    """Whether a file has the name of one that is being written, or was when its process was killed."""
    return _UNFINISHED.fullmatch(name) is not None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def reason_of(trouble: OSError) -> str:
    """Why a file could not be read or written, in plain words."""
    plain = {
        FileNotFoundError: "there is no such file",
        PermissionError: "you may not read or write it",
        IsADirectoryError: "is a folder",
    }
    return plain.get(type(trouble), (trouble.strerror or str(trouble)).lower())
