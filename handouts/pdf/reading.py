"""PDFs that somebody hands in, and the program that a handout carries inside it; `program_seal` tells how it is sealed.

One that is not a PDF, is damaged or is locked is refused in plain words.
"""

from __future__ import annotations

import json
import logging
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from handouts.errors import AtTerminal, FileTrouble
from handouts.input_files import read_file
from handouts.pdf.program_seal import PROGRAM_NAME, digest_of, digest_of_record

LOCKED = AtTerminal("is locked: give its password with --password-file", "is locked: give its password")
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


MOST_BYTES = 2_000_000
"""Of a program inside a handout: one with hundreds of visits has a quarter of it."""
NO_PROGRAM = "carries no program: print files and catalogues have none, nor has what another program made or saved anew"
NOTED = "/AttachmentDigest"
"""Where the document's information notes the digest of what is attached."""


def read_attached_program(path: Path, password: str | None = None) -> dict[str, Any]:
    """The program that a handout carries inside it, without its seal.

    Raises FileTrouble when the file cannot be read, is not a handout, is damaged, was tampered with, or is locked and
    `password` does not open it.
    """
    reader = open_pdf(path, password)
    try:
        found = reader.attachments.get(PROGRAM_NAME)
        attached = found[0] if found else b"null"
        if len(attached) > MOST_BYTES:
            raise ValueError("too large")
        program = json.loads(attached)
        # Half a letter, which JSON can spell and no file can hold, is a fault too.
        json.dumps(program, ensure_ascii=False).encode()
        noted = _noted(reader)
    except Exception as trouble:  # a broken PDF fails in its reader in more ways than can be listed
        raise FileTrouble(str(path), "the program inside it is damaged") from trouble
    if not isinstance(program, dict):
        raise FileTrouble(str(path), NO_PROGRAM)
    seal = program.pop("digest", None)
    # The first handouts had neither digest; one that is there must hold, and a seal never stands alone.
    if (noted is not None and noted != digest_of(attached)) or (seal is not None and seal != digest_of_record(program)):
        raise FileTrouble(str(path), "the program inside it is not the one this handout was made with: it was changed")
    if seal is not None and noted is None:
        lost = "was saved anew by another program, which lost what shows that its program is unchanged"
        raise FileTrouble(str(path), f"{lost}: use the file that this tool wrote")
    return program


def carries_program(path: Path) -> bool:
    """Whether a PDF of ours carries a program, or may: a locked or damaged one is not looked into."""
    try:
        return PROGRAM_NAME in open_pdf(path).attachments
    except Exception:  # a broken PDF fails in its reader in more ways than can be listed
        return True


def _noted(reader: PdfReader) -> str | None:
    about = reader.metadata
    return str(about[NOTED]) if about and NOTED in about else None
