"""Where a handout is written: the name of its file, made safe, and its folder."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from handouts.errors import FileTrouble, bad_input, file_trouble
from handouts.model import Program

Format = Literal["pdf", "html", "text"]
"""What a handout is written as."""
PDF_ALONE: tuple[Format, ...] = ("pdf",)
ENDINGS: dict[Format, str] = {"pdf": ".pdf", "html": ".html", "text": ".txt"}

LONGEST_NAME = 80
MOST_BYTES = 160
"""Bytes of a name, of the 255 that file systems take; the rest is for the date, the ending and what is added beside."""


def output_paths(programs: Sequence[Program], output: str | None, labels: Sequence[str] = ()) -> tuple[Path, ...]:
    """The file of each program's handout.

    Args:
        output: A file, or a folder: one that exists, ends in a slash, or is for several programs. In a folder, or
            without it, a file is named `<id or name>-<date>.pdf`.
        labels: A part of each name that tells versions of one program apart.

    Raises:
        BadInput: Two programs would share one file, on any operating system.
    """
    if output and len(programs) == 1 and not (output.endswith(("/", "\\")) or Path(output).is_dir()):
        return (Path(output),)
    folder = Path(output or ".")
    stems = (file_stem(program, label) for program, label in zip(programs, labels or [""] * len(programs), strict=True))
    paths = tuple(folder / f"{stem}.pdf" for stem in stems)
    seen: set[str] = set()
    for path in paths:
        if str(path).casefold() in seen:
            raise bad_input(path, "two programs would be written to this file", "give each patient an id of its own")
        seen.add(str(path).casefold())
    return paths


def in_format(path: Path, form: Format) -> Path:
    """The file of a handout in a format, beside the others under one stem; a name without such an ending gets one."""
    if path.suffix.lower() in ENDINGS.values():
        return path.with_suffix(ENDINGS[form])
    return path if form == "pdf" else path.with_name(path.name + ENDINGS[form])


def file_stem(program: Program, label: str = "") -> str:
    """The name of a program's file without its ending: who it is for and its date, in letters, digits and `-`."""
    whose = program.patient.id or program.patient.name or (program.packet.id if program.packet else "")
    return "-".join(filter(None, (safe_name(whose), label, program.date.isoformat())))


def safe_name(text: str) -> str:
    """`text` as a part of a file's name on any system: letters without their accents, digits, and `-` for the rest."""
    plain = unicodedata.normalize("NFKD", text)
    kept = (sign if sign.isalnum() else "-" for sign in plain if not unicodedata.combining(sign))
    name = "-".join(part for part in "".join(kept).split("-") if part)[:LONGEST_NAME]
    return name.encode()[:MOST_BYTES].decode(errors="ignore").strip("-") or "handout"


def make_folder(folder: Path) -> None:
    """Make a folder and those above it. Raises FileTrouble."""
    with file_trouble(folder):
        folder.mkdir(parents=True, exist_ok=True)


def check_folder(folder: Path) -> None:
    """Raise FileTrouble when no file can be written in a folder that is there, or that would be made."""
    with file_trouble(folder):
        at = folder.absolute()
        while not at.exists() and at != at.parent:
            at = at.parent
        is_folder, is_open = at.is_dir(), os.access(at, os.W_OK | os.X_OK)
    if not is_folder:
        raise FileTrouble(str(folder), f"{at.name} is a file, not a folder")
    if not is_open:
        raise FileTrouble(str(folder), "you may not write in this folder: choose another")
