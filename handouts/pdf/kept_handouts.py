"""Handouts that are there already: none is lost when the next one is written.

A handout may be the only record of what a patient took home. So a file is written over only when it holds the very
handout that is written; another one stays, and the new one gets the next free name, or is moved to a folder beside it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path

from handouts.errors import FileTrouble, file_trouble
from handouts.model import Patient
from handouts.output_paths import ENDINGS, make_folder, safe_name
from handouts.pdf.files import NameTaken, check_writable, is_handout, write_together
from handouts.pdf.finished_pdfs import carries_program, read_carried_program
from handouts.pdf.input_digest import without_input_digest

EARLIER, REFUSED = "earlier", "refused"
"""Folders beside the handouts: for those that a newer one replaced, and those of patients who are refused now."""
_DATED = re.compile(r"(.+)-(\d{4}-\d\d-\d\d)(?:-\d+)?")
"""The name that a handout gets when nothing else is said."""
_MOST_DIGEST_BYTES = 200
"""An input digest is shorter than this."""


def holds(path: Path, pdf: bytes) -> bool:
    """Whether the file holds this handout, but for the input digest that a batch adds; a locked one never does."""
    try:
        if not path.is_file() or abs(path.stat().st_size - len(pdf)) > _MOST_DIGEST_BYTES:
            return False
        return without_input_digest(path.read_bytes()) == without_input_digest(pdf)
    except OSError:
        return False


def check_may_hold(path: Path, pdf: bytes) -> None:
    """Raise FileTrouble when a file that the user has named holds something else than this handout."""
    if os.path.lexists(path) and not holds(path, pdf):
        raise FileTrouble(str(path), "holds another handout: choose another name, or --force writes over it")


def check_may_name(path: Path) -> None:
    """Raise FileTrouble when a handout may not have `path` for its name: a file is there that is no handout."""
    check_writable(path, force=True)
    if os.path.lexists(path) and not is_handout(path):
        raise FileTrouble(str(path), "is there already and is not a handout: choose another name or give --force")


def check_may_redraw(path: Path) -> None:
    """Raise FileTrouble unless `path` is free, or holds what can be drawn again: a print file, a catalogue."""
    check_may_name(path)
    if os.path.lexists(path) and carries_program(path):
        raise FileTrouble(str(path), "is a patient's handout: choose another name, or --force writes over it")


def write_beside_others(files: Mapping[Path, bytes], *, private: bool = False) -> dict[Path, bytes]:
    """Write the files of a handout under their names, or all under the first free one of `-2`, `-3` …

    A name is free where nothing else than this handout lies. Returns the files. Raises FileTrouble.
    """
    for names in zip(*map(_numbered, files), strict=False):
        found = dict(zip(names, files.values(), strict=True))
        missing = {path: data for path, data in found.items() if not holds(path, data)}
        if any(map(os.path.lexists, missing)):
            continue
        try:
            write_together(missing, private=private)
        except NameTaken:
            continue
        return found
    raise AssertionError("the numbers have come to an end")


def handouts_of(patients: Sequence[Patient], folder: Path) -> list[list[Path]]:
    """The handouts of each patient in a folder, those in folders below it left out.

    A PDF and a page are told by the patient in the program inside them; what is locked or damaged, and a text, by the
    file's name, or by the patient's PDF or page of the same name. Raises FileTrouble.
    """
    found: list[list[Path]] = [[] for _ in patients]
    files = [path for path in _files(folder) if is_handout(path)] if patients else []
    names = [{safe_name(name).casefold() for name in (one.id, one.name) if name} for one in patients]
    for path in files:
        dated = _DATED.fullmatch(path.stem)
        asked = [not dated or dated[1].casefold() in of_patient for of_patient in names]
        # Most files have the name of somebody else's handout: they need not be opened.
        there = _patient_in(path) if any(asked) else None
        for patient, is_asked, of_patient in zip(patients, asked, found, strict=True):
            named = dated or any(one.stem == path.stem for one in of_patient)
            if is_asked and (named if there is None else patient.is_same_as(there)):
                of_patient.append(path)
    return found


def dated_files(folder: Path) -> dict[str, list[Path]]:
    """The files in a folder that are named as handouts are, by the name before the date. Raises FileTrouble."""
    found: dict[str, list[Path]] = {}
    for path in _files(folder):
        if dated := _DATED.fullmatch(path.stem):
            found.setdefault(dated[1].casefold(), []).append(path)
    return found


def _files(folder: Path) -> list[Path]:
    """The files in a folder that end as handouts do, none where there is no such folder. Raises FileTrouble."""
    if not folder.is_dir():
        return []
    with file_trouble(folder):
        return sorted(path for path in folder.iterdir() if path.suffix in ENDINGS.values() and path.is_file())


def move_superseded(path: Path, files: Mapping[str, Sequence[Path]]) -> list[Path]:
    """Move what this handout takes the place of to the folder `earlier`: the same patient's of earlier days.

    `files` are the folder's, as `dated_files` gives them; returns where those that were moved are. Raises FileTrouble.
    """
    own = _DATED.fullmatch(path.stem)
    earlier = [
        one
        for one in (files.get(own[1].casefold(), ()) if own else ())
        if own and (dated := _DATED.fullmatch(one.stem)) and dated[2] < own[2] and is_handout(one)
    ]
    patient = _patient_in(path) if earlier else None
    return [move_aside(one, EARLIER) for one in earlier if _is_of(patient, one)]


def _is_of(patient: Patient | None, path: Path) -> bool:
    """Whether a handout is the patient's, as far as it and theirs can be read."""
    there = _patient_in(path) if patient else None
    return patient is None or there is None or patient.is_same_as(there)


def _patient_in(path: Path) -> Patient | None:
    """Name and number of the patient in a handout; None when it cannot be read."""
    try:
        recorded = read_carried_program(path)["patient"]
        return Patient(name=str(recorded["name"] or ""), id=str(recorded.get("id") or "") or None)
    except (FileTrouble, KeyError, TypeError, AttributeError, RecursionError):
        return None


def move_aside(path: Path, folder: str) -> Path:
    """Move a handout into a folder beside it, under a name that is free there; returns the file. Raises FileTrouble."""
    beside = path.parent / folder
    make_folder(beside)
    moved = next(name for name in _numbered(beside / path.name) if not os.path.lexists(name))
    with file_trouble(path):
        path.rename(moved)
    return moved


def _numbered(path: Path) -> Iterator[Path]:
    yield path
    yield from (path.with_stem(f"{path.stem}-{number}") for number in count(2))
