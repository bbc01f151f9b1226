"""Opening a PDF that somebody hands in: one that is not a PDF, is damaged or is locked is refused in plain words."""

from __future__ import annotations

import logging
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from handouts.errors import FileTrouble
from handouts.input_files import read_file

LOCKED = "is locked: give its password with --password-file"
_HEAD = 1024
"""Bytes within which a PDF must say that it is one: scanners and mail programs put line breaks before it."""


class LockedPdf(FileTrouble):
    """A PDF that the password given, or none, does not open."""


def open_pdf(path: Path, password: str | None = None, *, locked_hint: str = LOCKED) -> PdfReader:
    """The PDF at `path`, its pages counted.

    A file that only its owner's password protects against changes opens without one, as it does everywhere.

    Args:
        path: the file.
        password: what opens it, if it is locked.
        locked_hint: what to do about a locked one.

    Raises:
        FileTrouble: it cannot be read, is too large, is no PDF, or is damaged; LockedPdf when it is locked.
    """
    data = read_file(path)
    start = data[:_HEAD].find(b"%PDF-")
    if start < 0:
        raise FileTrouble(str(path), "is not a PDF")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is said once, by the error raised here
    try:
        reader = PdfReader(BytesIO(data[start:]))  # its places are counted from there
        if reader.is_encrypted and not reader.decrypt(password or "") and not (password and reader.decrypt("")):
            raise LockedPdf(str(path), "the password does not open it" if password else locked_hint)
        len(reader.pages)
    except FileTrouble:
        raise
    except NotImplementedError as trouble:  # locked for certain people's certificates
        raise LockedPdf(str(path), locked_hint) from trouble
    except Exception as trouble:  # a broken PDF fails in its reader in more ways than can be listed
        raise FileTrouble(str(path), "is a damaged PDF") from trouble
    return reader
