"""A handout locked with a password: AES-256, tags, attachments and mark are kept."""

from __future__ import annotations

import secrets
from io import BytesIO
from pathlib import Path

from pypdf import PdfWriter
from pypdf.constants import UserAccessPermissions as May

from handouts.errors import FileTrouble
from handouts.pdf.reading import open_pdf


def encrypt(data: bytes, password: str) -> bytes:
    """The PDF locked with AES-256; tags, attachments and mark are kept.

    Whoever has the password may read, print and use a screen reader; changing and copying out take the owner's
    password, which is random and kept by nobody. Not deterministic: a lock must not be. Raises ValueError for an
    empty password.
    """
    if not password:
        raise ValueError("an empty password locks nothing")
    forbidden = May.MODIFY | May.EXTRACT | May.ADD_OR_MODIFY | May.FILL_FORM_FIELDS | May.ASSEMBLE_DOC
    writer = PdfWriter(clone_from=BytesIO(data))
    writer.pdf_header = "%PDF-1.7"
    writer.encrypt(password, secrets.token_urlsafe(24), permissions_flag=May.all() & ~forbidden, algorithm="AES-256")
    locked = BytesIO()
    writer.write(locked)
    return locked.getvalue()


def opens(path: Path, password: str) -> bool:
    """Whether the file at `path` is a PDF that this password opens."""
    try:
        open_pdf(path, password)
    except FileTrouble:
        return False
    return True
