"""Opening a PDF that somebody hands in: one that is not a PDF, is damaged or is locked is refused in plain words."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.errors import FileTrouble
from handouts.pdf.document.files import reason_of

if TYPE_CHECKING:
    from pypdf import PdfReader


LOCKED = "is locked: give its password with --password-file"


def open_pdf(path: Path, password: str | None = None, *, locked_hint: str = LOCKED) -> PdfReader:
    """The PDF at `path`, its pages counted; `locked_hint` says what to do about a locked one. Raises FileTrouble."""
    try:
        data = path.read_bytes()
    except OSError as trouble:
        raise FileTrouble(str(path), reason_of(trouble)) from trouble
    if not data.startswith(b"%PDF-"):
        raise FileTrouble(str(path), "is not a PDF")
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is said once, by the error raised here
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            if not password:
                raise FileTrouble(str(path), locked_hint)
            if not reader.decrypt(password):
                raise FileTrouble(str(path), "the password does not open it")
        len(reader.pages)
    except FileTrouble:
        raise
    except Exception as trouble:  # a broken PDF fails in its reader in more ways than can be listed
        raise FileTrouble(str(path), "is a damaged PDF") from trouble
    return reader
