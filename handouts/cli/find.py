"""`handouts find`: which handouts in a folder are of a patient, a clinician, an exercise or a day.

Reads the program inside each handout, a PDF or, where there is none, its page. Other files are passed over; a handout
that cannot be read is named.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import click

from handouts.batch.roster_dates import NoDate, read_day
from handouts.cli.delivery import password_of
from handouts.cli.output import put, put_json, say, say_unless_quiet
from handouts.cli.session import session_of
from handouts.errors import FileTrouble, Problem, visible
from handouts.library import Library
from handouts.library.nearest import key_of
from handouts.library.yaml_fields import Fields
from handouts.pdf.files import is_handout
from handouts.pdf.reading import HANDOUTS, LockedPdf, carries_program, read_carried_program
from handouts.prescription.layers import OptionPlaces
from handouts.reports.program_report import Record

MOST_EXERCISES = 100
"""Exercises that are read of one handout."""


def run(ctx: click.Context, text: str, folder: Path, *, as_json: bool, **_options: Any) -> None:
    """List the handouts under the folder that `text` tells of, the earliest first."""
    if not folder.is_dir():
        missing = "there is no such folder; to look for several words, put them in quotes"
        raise FileTrouble(str(folder), "is not a folder" if folder.exists() else missing)
    library, password = session_of(ctx).library, password_of(ctx)
    wanted, days, exercises = key_of(text), _days(text), _exercises(text, library)
    found, read, locked = [], 0, 0
    for path in _handouts(folder):
        try:
            handout = _read(path, password, library)
        except LockedPdf as trouble:
            locked += 1
            say(f"locked and not read: {trouble}")
            continue
        except FileTrouble as trouble:
            # A print file and a catalogue are ours too, and of no patient.
            if carries_program(path):
                say(f"not read: {trouble}")
            continue
        read += 1
        if _mentions(handout, wanted, days, exercises):
            found.append(handout)
    found.sort(key=lambda one: (one["date"], one["file"]))
    if as_json:
        put_json(found)
    for one in () if as_json else found:
        put("\n".join(_lines(one)))
    say_unless_quiet(f"{len(found)} of {read} handouts" + (f", and {locked} locked" if locked else ""))


def _handouts(folder: Path) -> Iterator[Path]:
    """Our own files in the folder and those below it; hidden folders and links to folders are left out."""

    def unreadable(error: OSError) -> None:
        say(f"not read: {visible(str(error.filename))}: {(error.strerror or str(error)).lower()}")

    for place, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(place, name) for name in sorted(names)):
            ending = path.suffix.lower()
            try:
                if ending in HANDOUTS and (ending == ".pdf" or f"{path.stem}.pdf" not in names) and is_handout(path):
                    yield path
            except FileTrouble as trouble:
                say(f"not read: {trouble}")


def _read(path: Path, password: str | None, library: Library) -> Record:
    """What a handout is and has in it. Raises FileTrouble, LockedPdf when the password does not open it."""
    problems: list[Problem] = []
    places = OptionPlaces(lambda _field: str(path))
    record = Fields(read_carried_program(path, password), places, problems)
    patient = record.inner("patient", required=True)
    exercises = []
    for index, entry in enumerate(record.list("exercises", most=MOST_EXERCISES)):
        for item, details in record.at(entry, "exercises", index).data.items():
            fields = record.at(details, "exercises", index, item)
            dose = fields.maybe_text("dose") if fields.get("dose") else None
            exercises.append({"id": str(item), "name": library.name_of("exercises", str(item)), "dose": dose})
    name = patient.get("name") if patient else None
    found = {
        "file": str(path),
        "date": record.text("date"),
        "name": name if isinstance(name, str) and name else None,
        "id": patient.maybe_text("id", number=True) if patient else None,
        "clinician": record.maybe_text("clinician"),
        "clinic": record.maybe_text("clinic"),
        "language": record.maybe_text("language"),
        "packet": record.maybe_text("packet"),
        "exercises": exercises,
    }
    if problems:
        raise FileTrouble(str(path), f"the program inside it is damaged: {problems[0].message}")
    return found


def _exercises(text: str, library: Library) -> set[str]:
    """The exercises that the text names, by the beginning of a word of any of their names in any language."""
    wanted = f" {key_of(text)}"
    return {item for key, ids in library.names.of("exercises").items() if wanted in f" {key}" for item in ids}


def _days(text: str) -> tuple[str, ...]:
    """What the date of a handout that is looked for begins with: the text, or the days that it can mean."""
    try:
        return tuple(day.isoformat() for day in read_day(text).readings.values())
    except NoDate:
        # "2026-11" is a month of days; "2" is somebody's number, and the beginning of every year.
        return (text.strip(),) if re.match(r"\s*\d{4}", text) else ()


def _mentions(handout: Record, wanted: str, days: tuple[str, ...], exercises: Collection[str]) -> bool:
    """Whether the text is the handout's number, the beginning of its date, or in another thing that it says."""
    # Part of a number is another patient's number.
    if handout["date"].startswith(days) or (handout["id"] and wanted == key_of(handout["id"])):
        return True
    named = [handout["name"], handout["clinician"], handout["packet"], *(one["id"] for one in handout["exercises"])]
    if any(f" {wanted}" in f" {key_of(one)}" for one in named if one):
        return True
    return any(one["id"] in exercises for one in handout["exercises"])


def _lines(handout: Record) -> Iterator[str]:
    yield click.style(visible(handout["file"]), bold=True)
    number, clinician, packet = handout["id"], handout["clinician"], handout["packet"]
    whose = (handout["name"] or "no name") + (f" ({number})" if number else "")
    rest = [f"by {clinician}" if clinician else "", handout["language"], f"packet {packet}" if packet else ""]
    yield "  " + ", ".join(filter(None, (handout["date"], whose, *rest)))
    yield "  " + "; ".join(f"{one['name'] or one['id']} {one['dose'] or ''}".rstrip() for one in handout["exercises"])
