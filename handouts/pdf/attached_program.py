"""The program that a handout carries inside it, sealed so that a change to it is seen.

The record holds a digest over the rest of itself, and the document's information another over the record's bytes. They
tell of damage and of careless editing; they are no signature, and prove nothing against someone who forges both.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from handouts.errors import FileTrouble
from handouts.pdf.reading import open_pdf

PROGRAM_NAME = "program.json"
"""The attachment that carries the program: ids and doses, no page."""
NOTED = "/AttachmentDigest"
"""Where the document's information notes the digest of what is attached."""


def sealed(record: dict[str, Any]) -> bytes:
    """The record as it is attached, with its digest."""
    return json.dumps({**record, "digest": _digest(record)}, ensure_ascii=False, indent=1).encode()


def read_attached_program(path: Path, password: str | None = None) -> dict[str, Any]:
    """The program that a handout carries inside it, without its seal.

    Raises FileTrouble when the file cannot be read, is not a handout, is damaged, was tampered with, or is locked and
    `password` does not open it.
    """
    reader = open_pdf(path, password)
    try:
        found = reader.attachments.get(PROGRAM_NAME)
        attached = found[0] if found else b"null"
        program = json.loads(attached)
        noted = _noted(reader)
    except Exception as trouble:  # a broken PDF fails in its reader in more ways than can be listed
        raise FileTrouble(str(path), "the program inside it is damaged") from trouble
    if not isinstance(program, dict):
        raise FileTrouble(
            str(path), "carries no program: it was not made by this tool, or another program saved it anew"
        )
    seal = program.pop("digest", None)
    # The first handouts had neither digest; one that is there must hold, and a seal never stands alone.
    changed = noted is not None and noted != _of(attached)
    if changed or (seal is not None and (noted is None or seal != _digest(program))):
        raise FileTrouble(str(path), "the program inside it is not the one this handout was made with: it was changed")
    return program


def _digest(record: dict[str, Any]) -> str:
    return _of(json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def _of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _noted(reader: PdfReader) -> str | None:
    about = reader.metadata
    return str(about[NOTED]) if about and NOTED in about else None
