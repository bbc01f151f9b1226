"""A handout locked with a password: AES-256, tags, attachments and mark are kept; nothing outside tells whose it is."""

from __future__ import annotations

import logging
import secrets
from io import BytesIO
from pathlib import Path

from pypdf import PdfWriter
from pypdf.constants import UserAccessPermissions as May
from pypdf.generic import ArrayObject, ByteStringObject

from handouts.errors import FileTrouble
from handouts.pdf.packed_document import MARK
from handouts.pdf.reading import open_pdf

_MADE_FROM = "/MadeFrom"
"""Where the locked document's information notes what it was made from."""
_ID_BYTES = 16


def encrypt(data: bytes, password: str, made_from: str = "") -> bytes:
    """The PDF locked with AES-256; tags, attachments and mark are kept.

    Whoever has the password may read, print and use a screen reader; changing and copying out take the owner's
    password, which is random and kept by nobody. `made_from`, the fingerprint of its input, is locked up too: outside
    it would confirm a guess at the patient's name, and so would an identifier taken from the content. Not
    deterministic: a lock must not be. Raises ValueError for an empty password.
    """
    if not password:
        raise ValueError("an empty password locks nothing")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # a warning would write a letter of the password
    forbidden = May.MODIFY | May.EXTRACT | May.ADD_OR_MODIFY | May.FILL_FORM_FIELDS | May.ASSEMBLE_DOC
    writer = PdfWriter(clone_from=BytesIO(data))
    writer.pdf_header = "%PDF-1.7"
    identifier = ByteStringObject(MARK + secrets.token_bytes(_ID_BYTES - len(MARK)))
    writer._ID = ArrayObject([identifier, identifier])  # pypdf makes one of its own only where there is none
    if made_from:
        writer.add_metadata({_MADE_FROM: made_from})
    writer.encrypt(password, secrets.token_urlsafe(24), permissions_flag=May.all() & ~forbidden, algorithm="AES-256")
    locked = BytesIO()
    writer.write(locked)
    return locked.getvalue()


def locked_made_from(path: Path, password: str) -> str | None:
    """What the locked handout at `path` was made from; None unless this password opens it and it says so."""
    try:
        about = open_pdf(path, password).metadata
        return str(about[_MADE_FROM]) if about and _MADE_FROM in about else None
    except FileTrouble:
        return None
    except Exception:  # a broken PDF fails in its reader in more ways than can be listed
        return None
