"""The program that a handout carries, whatever its format: attached to a PDF, in the head of an HTML page."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

from handouts.errors import FileTrouble
from handouts.input_files import read_file, read_start
from handouts.pdf.files import is_html
from handouts.pdf.program_seal import digest_of_record
from handouts.pdf.reading import MOST_BYTES, NO_PROGRAM, read_attached_program

HANDOUTS = (".pdf", ".html")
"""The endings of handouts that carry their program."""
META = "handouts-program"
"""The name of the page's `meta` element with the program."""


def read_carried_program(path: Path, password: str | None = None) -> dict[str, Any]:
    """The program inside a handout that is a PDF or an HTML page, without its seal.

    Raises FileTrouble when the file cannot be read, is not a handout, is damaged, was tampered with, or is locked and
    `password` does not open it.
    """
    return _read_page(path) if is_html(read_start(path, 1024)) else read_attached_program(path, password)


_CARRIED = re.compile(rb'<meta\s+name="%s"\s+content="([^"]*)"' % META.encode())
"""The element as we write it, and as browsers save it. A parser of the page would take gigabytes for a page of nothing
but attributes."""


def _read_page(path: Path) -> dict[str, Any]:
    found = _CARRIED.search(read_file(path))
    try:
        # In the page a quotation mark of the program takes six letters.
        text = unescape(found[1][: 6 * MOST_BYTES].decode()) if found else "null"
        if len(text) > MOST_BYTES:
            raise ValueError("too large")
        program = json.loads(text)
        # Half a letter, which JSON can spell and no file can hold, is a fault too.
        json.dumps(program, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as trouble:  # no UTF-8, or no JSON
        raise FileTrouble(str(path), "the program inside it is damaged") from trouble
    if not isinstance(program, dict):
        raise FileTrouble(str(path), NO_PROGRAM)
    if program.pop("digest", None) != digest_of_record(program):
        raise FileTrouble(str(path), "the program inside it is not the one this handout was made with: it was changed")
    return program
