"""Handouts as files: written whole or not at all, locked with a password, known again, read back.

Knows no page and no exercise: bytes in, bytes out, and the program a handout carries as plain data.
"""

from __future__ import annotations

import json
import logging
import mmap
import os
import re
import secrets
import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handouts.errors import FileTrouble

if TYPE_CHECKING:
    from pypdf import PdfReader

PROGRAM_NAME = "program.json"
"""The attachment that carries the program: ids and doses, no page."""

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
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                # The identifier in force is the last one: an older one may lie inside an attachment.
                last = content.rfind(b"/ID")
                return last >= 0 and _MARK.match(content[last : last + 40]) is not None
    except FileNotFoundError:
        return False
    except OSError as trouble:
        raise FileTrouble(str(path), _reason(trouble)) from trouble


def check_writable(path: Path, *, force: bool = False) -> None:
    """Raise FileTrouble when `write_whole` would leave the file alone, before any work is done for it."""
    if path.is_dir():
        raise FileTrouble(str(path), "is a folder")
    if not path.parent.is_dir():
        raise FileTrouble(str(path), f"the folder {path.parent} does not exist")
    if not force and path.exists() and not is_handout(path):
        raise FileTrouble(str(path), "is there already and is not a handout: choose another name or give --force")


def write_whole(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write a file beside its place and rename it there, so that nobody ever sees half of it.

    An existing file is replaced when it is a handout, or with `force`; its permissions are kept, and a symbolic link
    still points where it did. Raises FileTrouble.
    """
    check_writable(path, force=force)
    target = path.resolve()
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        handle, beside = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(beside).chmod(mode)
            Path(beside).replace(target)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as trouble:
        raise FileTrouble(str(path), _reason(trouble)) from trouble


def encrypt(data: bytes, password: str) -> bytes:
    """The PDF locked with AES-256; tags, attachments and mark are kept.

    Whoever has the password may read, print and use a screen reader; changing and copying out take the owner's
    password, which is random and kept by nobody. Not deterministic: a lock must not be. Raises ValueError for an
    empty password.
    """
    if not password:
        raise ValueError("an empty password locks nothing")
    from pypdf import PdfWriter
    from pypdf.constants import UserAccessPermissions as May

    forbidden = May.MODIFY | May.EXTRACT | May.ADD_OR_MODIFY | May.FILL_FORM_FIELDS | May.ASSEMBLE_DOC
    writer = PdfWriter(clone_from=BytesIO(data))
    writer.pdf_header = "%PDF-1.7"
    writer.encrypt(password, secrets.token_urlsafe(24), permissions_flag=May.all() & ~forbidden, algorithm="AES-256")
    locked = BytesIO()
    writer.write(locked)
    return locked.getvalue()


def read_attached_program(path: Path, password: str | None = None) -> dict[str, Any]:
    """The program that a handout carries inside it.

    Raises FileTrouble when the file cannot be read, is not a handout, is damaged, or is locked and `password` does
    not open it.
    """
    reader = _open(path, password)
    from pypdf.errors import PyPdfError

    try:
        found = reader.attachments.get(PROGRAM_NAME)
        program = json.loads(found[0]) if found else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as trouble:
        raise FileTrouble(str(path), "the program inside it is damaged") from trouble
    if not isinstance(program, dict):
        raise FileTrouble(
            str(path), "carries no program: it was not made by this tool, or another program saved it anew"
        )
    return program


def _open(path: Path, password: str | None) -> PdfReader:
    try:
        data = path.read_bytes()
    except OSError as trouble:
        raise FileTrouble(str(path), _reason(trouble)) from trouble
    if not data.startswith(b"%PDF-"):
        raise FileTrouble(str(path), "is not a PDF")
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is said once, by the error raised here
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            if not password:
                raise FileTrouble(str(path), "is locked: give its password with --password-file")
            if not reader.decrypt(password):
                raise FileTrouble(str(path), "the password does not open it")
        len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as trouble:
        raise FileTrouble(str(path), "is a damaged PDF") from trouble
    return reader


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reason(trouble: OSError) -> str:
    plain = {
        FileNotFoundError: "there is no such file",
        PermissionError: "you may not read or write it",
        IsADirectoryError: "is a folder",
    }
    return plain.get(type(trouble), (trouble.strerror or str(trouble)).lower())
