"""PDFs that somebody hands in, and the program that a handout carries: attached to a PDF, in the head of an HTML page.

One that is not a PDF, is damaged or is locked is refused in plain words; `program_seal` tells how a program is sealed.
"""

from __future__ import annotations

import json
import logging
import re
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from handouts.errors import AtTerminal, FileTrouble
from handouts.input_files import read_file, read_start
from handouts.pdf.files import is_html
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


HANDOUTS = (".pdf", ".html")
"""The endings of handouts that carry their program."""
META = "handouts-program"
"""The name of the page's `meta` element with the program."""
MOST_BYTES = 2_000_000
"""Of a program inside a handout: one with hundreds of visits has a quarter of it."""
NOTED = "/AttachmentDigest"
"""Where the document's information notes the digest of what is attached."""
_CARRIED = re.compile(rb'<meta\s+name="%s"\s+content="([^"]*)"' % META.encode())
"""The element as we write it, and as browsers save it. A parser of the page would take gigabytes for a page of nothing
but attributes."""
_DAMAGED = "the program inside it is damaged"
_CHANGED = "the program inside it is not the one this handout was made with: it was changed"
_MISSING = "carries no program: print files and catalogues have none, nor has what another program made or saved anew"


def read_carried_program(path: Path, password: str | None = None) -> dict[str, Any]:
    """The program inside a handout that is a PDF or an HTML page, without its seal.

    Raises FileTrouble when the file cannot be read, is not a handout, is damaged, was tampered with, or is locked and
    `password` does not open it.
    """
    if not is_html(read_start(path, 1024)):
        return read_attached_program(path, password)
    found = _CARRIED.search(read_file(path))
    try:
        # In the page a quotation mark of the program takes six letters.
        text = unescape(found[1][: 6 * MOST_BYTES].decode()) if found else "null"
    except ValueError as trouble:  # no UTF-8
        raise FileTrouble(str(path), _DAMAGED) from trouble
    program = _parsed(path, text)
    if program.pop("digest", None) != digest_of_record(program):
        raise FileTrouble(str(path), _CHANGED)
    return program


def read_attached_program(path: Path, password: str | None = None) -> dict[str, Any]:
    """The same of a PDF."""
    reader = open_pdf(path, password)
    try:
        found, about = reader.attachments.get(PROGRAM_NAME), reader.metadata
        attached = found[0] if found else b"null"
        noted = str(about[NOTED]) if about and NOTED in about else None
    except Exception as trouble:  # a broken PDF fails in its reader in more ways than can be listed
        raise FileTrouble(str(path), _DAMAGED) from trouble
    program = _parsed(path, attached)
    seal = program.pop("digest", None)
    # The first handouts had neither digest; one that is there must hold, and a seal never stands alone.
    if (noted is not None and noted != digest_of(attached)) or (seal is not None and seal != digest_of_record(program)):
        raise FileTrouble(str(path), _CHANGED)
    if seal is not None and noted is None:
        lost = "was saved anew by another program, which lost what shows that its program is unchanged"
        raise FileTrouble(str(path), f"{lost}: use the file that this tool wrote")
    return program


def _parsed(path: Path, carried: str | bytes) -> dict[str, Any]:
    """A program as it stands in a handout."""
    try:
        if len(carried) > MOST_BYTES:
            raise ValueError("too large")
        program = json.loads(carried)
        # Half a letter, which JSON can spell and no file can hold, is a fault too.
        json.dumps(program, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as trouble:
        raise FileTrouble(str(path), _DAMAGED) from trouble
    if not isinstance(program, dict):
        raise FileTrouble(str(path), _MISSING)
    return program


def carries_program(path: Path) -> bool:
    """Whether a PDF of ours carries a program, or may: a locked or damaged one is not looked into."""
    try:
        return PROGRAM_NAME in open_pdf(path).attachments
    except Exception:  # a broken PDF fails in its reader in more ways than can be listed
        return True
