"""What became of one entry of a batch, and of all of them together."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, cast

from handouts.errors import ExitCode, Problem
from handouts.model import Note, NoteKind, Paper, Patient
from handouts.output_paths import safe_name
from handouts.reports.program_report import Record

Status = Literal["made", "unchanged", "refused", "failed", "not-begun"]
MOST_NOTES = 1000
"""Different notes of one run whose entries are kept; those of kind `safety` always are."""
RUN_STOPPED = "not made: the run was stopped"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one entry.

    Attributes:
        record: Its line of the report; never the patient's name.
        reasons: Why nothing was made, for clinicians, without places.
        output: The handout's file; it may be named after the patient.
        moved: Where earlier handouts of this patient were moved to.
        papers: The paper of its pages.
        files: What the caller is to write, by file: the handout in each of its formats.
        made_from: The fingerprint of all that went into it.
        private: Only the file's owner may read it.
        disk_full: Nothing more can be written, so that the run should end.
    """

    record: Record
    reasons: tuple[str, ...] = ()
    output: str | None = None
    moved: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    made_from: str | None = None
    private: bool = False
    disk_full: bool = False

    @property
    def number(self) -> int:
        """The entry's line in the roster, or its number among the program files."""
        return cast("int", self.record["row"])

    @property
    def status(self) -> Status:
        """What was done; `unchanged` is a handout that is there already, made from the same input."""
        return cast("Status", self.record["status"])

    @property
    def id(self) -> str | None:
        """The patient's number in the clinic, where it is known."""
        return cast("str | None", self.record.get("program", {}).get("id"))


def unmade(
    number: int,
    status: Status,
    problems: Sequence[Problem],
    screened: Record | None = None,
    *,
    reasons: Iterable[str] = (),
    disk_full: bool = False,
) -> Outcome:
    """The outcome of an entry of which nothing was written; `screened` is the record of its program, if it has one.

    Without `reasons` the messages of the problems are why.
    """
    record = {"status": status, "row": number, **(screened or {}), "problems": list(map(str, problems))}
    why = tuple(reasons) or tuple(problem.message for problem in problems)
    return Outcome(record=record, reasons=why, disk_full=disk_full)


def moved_to(outcome: Outcome, *places: Path, patient: Patient | None = None) -> Outcome:
    """The outcome with the places that earlier handouts were moved to; a report names no file named after a patient.

    `patient`: whose they are, where a file may have another name than the row's own.
    """
    name = safe_name(patient.name) if patient else None
    named = [not outcome.id or (name is not None and name.casefold() in place.stem.casefold()) for place in places]
    shown = [
        f"{place.parent}{os.sep}" if is_named else str(place) for place, is_named in zip(places, named, strict=True)
    ]
    record = {**outcome.record, "moved": list(dict.fromkeys(shown))}
    return replace(outcome, record=record, moved=tuple(map(str, places)))


def not_begun(number: int) -> Outcome:
    """The outcome of an entry that a stopped run did not reach."""
    return Outcome(record={"status": "not-begun", "row": number, "problems": [RUN_STOPPED]})


@dataclass
class Tally:
    """Counts the outcomes of a run."""

    counts: Counter[str] = field(default_factory=Counter)
    moved: Counter[str] = field(default_factory=Counter)
    """Earlier handouts that were moved, by the folder they are in now."""
    cautions: Counter[str] = field(default_factory=Counter)
    """Handouts that print a caution, by condition."""
    notes: Counter[NoteKind] = field(default_factory=Counter)
    rows: dict[Note, list[int]] = field(default_factory=dict)
    """The numbers of the entries that each note is about; of `MOST_NOTES` different notes, and of all about safety."""
    disk_full: bool = False
    is_drawn: bool = False
    """Whether the file to print is there, of this run's handouts."""

    def add(self, outcome: Outcome) -> None:
        """Count one more."""
        self.counts[outcome.status] += 1
        self.moved.update(str(Path(place).parent) for place in outcome.moved)
        self.disk_full |= outcome.disk_full
        if outcome.status in ("made", "unchanged"):
            found = outcome.record.get("findings", ())
            self.cautions.update({one["condition"] for one in found if one["verdict"] == "caution"})
            for note in (Note(**one) for one in outcome.record.get("notes", ())):
                self.notes[note.kind] += 1
                if note in self.rows or len(self.rows) < MOST_NOTES or note.kind == "safety":
                    self.rows.setdefault(note, []).append(outcome.number)

    @property
    def unmade(self) -> int:
        """The entries that have no handout."""
        return sum(self.counts[status] for status in ("refused", "failed", "not-begun"))

    @property
    def exit_code(self) -> ExitCode:
        """The exit code of a run that came to its end."""
        if self.disk_full:
            return ExitCode.FILE_TROUBLE
        return ExitCode.PARTLY_MADE if self.unmade else ExitCode.DONE
