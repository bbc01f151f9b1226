"""The handouts of a batch in one file to print, one after the other. The file is written whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from handouts.batch.fingerprint import LENGTH
from handouts.batch.inputs import Entry
from handouts.batch.job_runner import CheckedEntry, JobRunner
from handouts.batch.outcome import Outcome, not_begun, unmade
from handouts.batch.output_folder import is_half_written
from handouts.batch.preflight import Preflight
from handouts.batch.printfile import PrintFile
from handouts.batch.running import Stop
from handouts.errors import HandoutError, Problem
from handouts.layout.theme import PAPERS
from handouts.library import Library
from handouts.library.locale import read_locale
from handouts.model import Note
from handouts.pdf.files import sweep_unfinished, whole_file
from handouts.pdf.input_digest import InputDigest, add_input_digest, read_input_digest
from handouts.pdf.kept_handouts import check_may_redraw
from handouts.programs import ScreenedProgram
from handouts.rendering import lay_out_program, print_file_notes
from handouts.reports.program_report import Record, screened_record

MOST_LISTED = 10_000
"""Entries that cannot be made whose reasons stand on the cover."""


class _DrawingFailed(Exception):
    """A bug while a handout was drawn, which spoils the file it was drawn into."""

    def __init__(self, entry: Entry, fault: Exception) -> None:
        problem = Problem(*entry.place(), f"internal fault: {type(fault).__name__}")
        self.outcome = unmade(entry.number, "failed", [problem], reasons=["internal fault"])


class _Stopped(Exception):
    """The run was stopped while the file was being drawn: it is discarded."""


def print_programs(
    path: Path, screened: Sequence[ScreenedProgram], library: Library, *, duplex: bool, copies: int, force: bool
) -> tuple[int, tuple[Note, ...]]:
    """Draw screened programs, at least one, into one file without a cover page.

    Returns:
        The file's pages, and all notes to the clinician.

    Raises:
        FileTrouble: The file cannot be written.
        BadInput, UnprintableText: A program cannot be printed.
    """
    first = screened[0].program
    notes: dict[Note, None] = {}
    if not force:
        check_may_redraw(path)
    with whole_file(path, force=True) as file:
        locale, paper = read_locale(library, first.language), PAPERS[first.layout.paper]
        printed = PrintFile(file, locale, paper=paper, date=first.date, duplex=duplex)
        for one in screened:
            notes |= dict.fromkeys(_add(printed, one, library, duplex=duplex, copies=copies)[1])
        printed.finish()
    return printed.pages, tuple(notes)


def _add(
    printed: PrintFile, screened: ScreenedProgram, library: Library, *, duplex: bool, copies: int
) -> tuple[int, tuple[Note, ...]]:
    """Draw one handout, at least once; returns its pages and the notes to the clinician."""
    ready, patient = lay_out_program(screened, library, both_sides=duplex), screened.program.patient
    name = patient.name or ready.pages.title
    for _ in range(copies):
        printed.add(ready.pages, name=f"{name} ({patient.id})" if patient.id else name, lang=ready.locale.tag)
    return ready.pages.page_count, (*ready.notes, *print_file_notes(screened.program))


@dataclass
class PrintRun:
    """One batch drawn into one file at `path`: with a `cover`, for two-sided paper, each handout in `copies`."""

    entries: Iterable[Entry]
    runner: JobRunner
    preflight: Preflight
    stop: Stop
    path: Path
    cover: bool
    duplex: bool
    copies: int
    resume: bool
    force: bool
    _unmade: dict[int, Outcome] = field(init=False)
    """Entries that cannot be made, by number, also those whose drawing failed: these are left out when the file is
    drawn again."""

    def __post_init__(self) -> None:
        self._unmade = dict(self.preflight.outcomes)

    def outcomes(self) -> Iterator[Outcome]:
        """Draw every entry that can be made into the file; then the outcome of each, in order.

        Nothing is written when no entry can be made, or when the run is stopped. Raises FileTrouble.
        """
        if self.preflight.makeable and self.resume:
            found = read_input_digest(self.path)
            if found and found.made_from == self._fingerprint:
                yield from (self._unchanged(entry, found) for entry in self.entries)
                return
        with TemporaryFile() as records:  # the records wait on disk for the digest of the finished file
            try:
                written = self._write(records)
            except _Stopped:
                yield from (not_begun(entry.number) for entry in self.entries)
                return
            if len(self._unmade) == self.preflight.total:
                yield from (self._unmade[number] for number in sorted(self._unmade))
                return
            records.seek(0)
            for line in records:
                record: Record = json.loads(line)
                if record["status"] == "made" and written:
                    record |= {"output": str(self.path), "sha256": written.sha256}
                yield Outcome(record=record, output=str(self.path))

    @property
    def _fingerprint(self) -> str:
        everything = f"{self.preflight.fingerprint} {self.cover} {self.duplex} {self.copies}"
        return hashlib.sha256(everything.encode()).hexdigest()[:LENGTH]

    def _write(self, records: BinaryIO) -> InputDigest | None:
        """Write the file, and every entry's record to `records`; None when no entry can be made.

        When the drawing of a handout fails, the file is drawn again from the beginning without it.
        """
        path = self.path
        sweep_unfinished(path.parent)
        if not (self.force or (self.resume and is_half_written(path))):
            check_may_redraw(path)
        while self.preflight.total > len(self._unmade):
            # A drawing that failed half-way has left records of the entries before it.
            records.seek(0)
            records.truncate()
            try:
                with whole_file(path, force=True) as file:
                    pages = self._draw(file, records)
                    add_input_digest(file, self._fingerprint, pages)
                return read_input_digest(path)
            except _DrawingFailed as failed:
                self._unmade[failed.outcome.number] = failed.outcome
        return None

    def _draw(self, file: BinaryIO, records: BinaryIO) -> int:
        """Draw the cover page and every handout; returns the file's pages."""
        runner, first = self.runner, self.preflight.first
        assert first is not None  # an entry can be made
        locale = read_locale(runner.library, runner.job.options.fields.language or first.clinic.language)
        paper = PAPERS[first.layout.paper]
        printed = PrintFile(file, locale, paper=paper, date=runner.job.date, duplex=self.duplex)
        if self.cover:
            unprinted = [self._unmade[number] for number in sorted(self._unmade)[:MOST_LISTED]]
            printed.add_cover(self.preflight.total - len(self._unmade), unprinted, first.layout.paper)
        for entry in self.entries:
            if self.stop.now:
                raise _Stopped
            checked = self._check(entry)
            if isinstance(checked, Outcome):
                _write_record(records, checked.record)
                continue
            first_page = printed.pages + 1
            screened = checked.screened
            try:
                pages, notes = _add(printed, screened, runner.library, duplex=self.duplex, copies=self.copies)
            except HandoutError as error:
                failed = unmade(entry.number, "failed", [Problem(*entry.place(), str(error))])
                _write_record(records, failed.record)
                continue
            # A full disk is no fault of one handout: it ends the file.
            except OSError:
                raise
            except Exception as fault:  # a bug in one handout must not stop the others
                raise _DrawingFailed(entry, fault) from fault
            place = {"status": "made", "row": entry.number, "output": None, "first_page": first_page, "pages": pages}
            record = screened_record(screened.program, screened.findings, checked.reported(notes))
            _write_record(records, {**place, **record, "problems": []})
        printed.finish()
        return printed.pages

    def _check(self, entry: Entry) -> CheckedEntry | Outcome:
        """What was judged before stays so; the others are put together again, and again nothing refused is drawn."""
        return self._unmade.get(entry.number) or self.runner.try_check(entry)

    def _unchanged(self, entry: Entry, found: InputDigest) -> Outcome:
        checked = self._check(entry)
        if isinstance(checked, Outcome):
            return checked
        file = {"output": str(self.path), "sha256": found.sha256}
        record = {"status": "unchanged", "row": entry.number, **file, **checked.record, "problems": []}
        return Outcome(record=record)


def _write_record(records: BinaryIO, record: Record) -> None:
    records.write(json.dumps(record).encode() + b"\n")
