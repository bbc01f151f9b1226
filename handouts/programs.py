"""Programs before anything is drawn: a library opened, a program file read, a program screened.

Loads neither ReportLab nor Pillow, so that `handouts screen` answers at once; `handouts.rendering` draws.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from handouts.errors import BadInput
from handouts.library import Library, read_library
from handouts.library.stray_files import folder_problems
from handouts.model import Finding, Note, Program, notes
from handouts.prescription import read_program as read_program_file
from handouts.resources import content_folder
from handouts.reviewing import SignOff, sign_offs
from handouts.screening import adapt, advice, clinic_notes, loosened_for, refusals, screen as screen_rules, time_notes


@dataclass(frozen=True, kw_only=True)
class ScreenedProgram:
    """A program with every rule that fired for this patient.

    Attributes:
        program: The program that was screened, as it is printed: a caution may have changed the words, figure,
            dose or side of an exercise.
        findings: What the rules say, exercise by exercise; empty when no rule fired, which is no clearance.
        notes: For the clinician, never printed: why exercises were chosen, looser rules, workload.
        sign_offs: How every part of the handout stands: signed, unsigned, changed since or expired.
        looser: The notes that tell where the clinic's own rules are looser than the built-in ones.
    """

    program: Program
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...]
    sign_offs: tuple[SignOff, ...] = ()
    looser: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether something is contraindicated and not overridden."""
        return bool(refusals(self.findings))


def open_library(*folders: str | Path) -> Library:
    """Read the built-in library, with a clinic's own content over it.

    Args:
        folders: Content folders; an item in a later folder replaces the one with the same id in an earlier folder.

    Raises:
        FileTrouble: A folder cannot be read.
        BadInput: A folder is no library, or has files that nobody would read; every problem is listed.
    """
    own = [
        folder for folder in map(Path, folders) if folder.is_dir() and folder.resolve() != content_folder().resolve()
    ]
    if problems := [problem for folder in own for problem in folder_problems(folder)]:
        raise BadInput(problems)
    return read_library([content_folder(), *map(Path, folders)])


def read_program(path: str | Path, library: Library, *, date: dt.date | None = None) -> Program:
    """Read a program file.

    Args:
        path: The YAML file.
        library: Where its exercises, packets, conditions and clinics are looked up.
        date: The program's date when the file has none; today when this is left out.

    Raises:
        FileTrouble: The file cannot be read.
        BadInput: The file is not a right program; every problem is listed with its line and column.
    """
    return read_program_file(Path(path), library, date=date or dt.date.today())


def screen(program: Program, library: Library, *, chosen_because: Sequence[str] = ()) -> ScreenedProgram:
    """Screen a program against the patient's conditions.

    Args:
        program: The program; one that breaks a rule is screened like any other and says so in `refused`.
        library: The rules. Where a clinic's own content is looser than the built-in rules, the notes say so.
        chosen_because: Why each exercise was chosen, if a rule chose them; these come first in the notes.
    """
    findings, looser = screen_rules(program, library), loosened_for(program, library)
    program, changed = adapt(program, library)
    found = (
        *notes("choice", chosen_because),
        *notes("missing", clinic_notes(program.clinic, program.language)),
        *notes("safety", looser),
        *time_notes(program, library),
        *changed,
        *advice(program, findings),
    )
    # A handout with an earlier date is printed today: what has run out since must not count as signed.
    day = max(program.date, dt.date.today())
    return ScreenedProgram(
        program=program,
        findings=findings,
        notes=found,
        looser=looser,
        sign_offs=sign_offs(program, findings, library, day),
    )
