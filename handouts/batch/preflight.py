"""The check of every entry before the first page is made: what is wrong, what is refused, which files are written."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from handouts.batch.inputs import Entry, find_entries
from handouts.batch.job import Job
from handouts.batch.job_runner import CheckedEntry, JobRunner
from handouts.batch.outcome import Outcome, unmade
from handouts.batch.printfile import Unprinted
from handouts.batch.roster_columns import RosterReading
from handouts.batch.roster_dates import DateOrder
from handouts.errors import BadInput, FileTrouble, Problem
from handouts.library import Library
from handouts.model import Finding, Paper, Patient, Program
from handouts.resources import folded_name
from handouts.screening import refusals

MOST_LISTED = 10_000
"""Entries that cannot be made whose reasons are kept for a cover page."""


@dataclass(kw_only=True)
class Preflight:
    """What the check found.

    Attributes:
        total: Entries of the batch.
        refused_patients: Who is refused, by the entry's number.
        outcomes: Of the entries that cannot be made, by number: what is judged here is judged once.
        unmade: Why entries cannot be made, for the cover page.
        hidden: Rows that can be made though the sheet does not show them, by number.
        looser: Where the clinic's own rules are looser than the built-in ones for any of the programs.
        papers: The papers of those that can be made.
        first: The first program that can be made.
        fingerprints: Of the entries that can be made, by number, where they are wanted.
        fingerprint: A digest of everything that would go into one file to print.
    """

    total: int = 0
    refused_patients: dict[int, Patient] = field(default_factory=dict)
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    unmade: list[Unprinted] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    looser: dict[str, None] = field(default_factory=dict)
    papers: set[Paper] = field(default_factory=set)
    first: Program | None = None
    fingerprints: dict[int, str] = field(default_factory=dict)
    fingerprint: str = ""

    @property
    def makeable(self) -> int:
        """How many entries can be made."""
        return self.total - len(self.outcomes)

    @property
    def remarks(self) -> list[str]:
        """What somebody should know of the rows before they are made."""
        runs = [[row for _, row in run] for _, run in groupby(enumerate(self.hidden), lambda pair: pair[1] - pair[0])]
        rows = ", ".join(f"{run[0]}-{run[-1]}" if run[1:] else str(run[0]) for run in runs)
        hint = "to leave them out, copy the rows that you see to another file"
        return [f"rows hidden in the sheet are made too: {rows} ({hint})"] if rows else []

    def agreed(self, outcome: Outcome) -> Outcome:
        """An outcome from elsewhere, if it is of what was judged here; else one that says so, with nothing to write."""
        if outcome.data is None or outcome.made_from == self.fingerprints.get(outcome.number):
            return outcome
        message = f"row {outcome.number}: the worker made something else than was checked here; it was not written"
        return unmade(outcome.number, "failed", [Problem("worker", 0, 0, message, "see that all machines are alike")])

    def list_unmade(self, entry: Entry, id_: str | None, reasons: Iterable[str], *, refused: bool) -> None:
        """Keep the reasons why an entry cannot be made."""
        if len(self.unmade) < MOST_LISTED:
            self.unmade.append(Unprinted(number=entry.number, id=id_, refused=refused, reasons=tuple(reasons)))


def check_entries(
    entries: Iterable[Entry],
    runner: JobRunner,
    *,
    own_files: bool,
    fingerprints: bool,
    on_problem: Callable[[Problem], None],
    on_refusal: Callable[[Entry, tuple[Finding, ...]], None],
) -> Preflight:
    """Check and screen every entry.

    Args:
        entries: What the batch is made from.
        runner: Checks one entry.
        own_files: Each handout is written to a file of its own, and no two may share one.
        fingerprints: Whether it matters what goes into each handout: they share a file, or are made elsewhere.
        on_problem: Called with each problem as it is found.
        on_refusal: Called with each refused entry and the findings that refuse it.
    """
    found, digest = Preflight(), hashlib.sha256()
    rows_by_file: dict[str, int] = {}
    for entry in entries:
        found.total += 1
        try:
            checked = runner.check(entry)
            if own_files:
                _claim_file(checked, rows_by_file)
        except (BadInput, FileTrouble) as error:
            problems = error.problems if isinstance(error, BadInput) else (Problem(*entry.place(), error.reason),)
            found.outcomes[entry.number] = unmade(entry.number, "failed", problems)
            for problem in problems:
                on_problem(problem)
            found.list_unmade(entry, None, (problem.message for problem in problems), refused=False)
            continue
        screened = checked.screened
        found.looser |= dict.fromkeys(screened.looser)
        if screened.refused:
            against = refusals(screened.findings)
            found.outcomes[entry.number] = unmade(entry.number, "refused", (), checked.record)
            found.refused_patients[entry.number] = screened.program.patient
            on_refusal(entry, against)
            reasons = (f"{one.exercise or one.packet or 'program'}, {one.condition}: {one.reason}" for one in against)
            found.list_unmade(entry, screened.program.patient.id, reasons, refused=True)
            continue
        if checked.is_hidden:
            found.hidden.append(entry.number)
        found.first = found.first or screened.program
        found.papers.add(screened.program.layout.paper)
        if fingerprints:
            found.fingerprints[entry.number] = fingerprint = runner.fingerprint(checked)
            digest.update(fingerprint.encode())
    # What is not in the file is on its cover, so it belongs to the file's fingerprint too.
    digest.update(repr([(one.number, one.reasons) for one in found.unmade]).encode())
    found.fingerprint = digest.hexdigest()
    return found


def _claim_file(checked: CheckedEntry, rows_by_file: dict[str, int]) -> None:
    """Give the handout's file to the entry. Raises BadInput when an earlier entry has it.

    A refused entry has its file too: a second row of the same patient, which may have forgotten the condition, must not
    come in its place.
    """
    entry = checked.entry
    if (first := rows_by_file.setdefault(folded_name(checked.path.name), entry.number)) != entry.number:
        hint = "put what is for one patient in one row; give each patient an id of their own"
        raise BadInput([Problem(*entry.place(), f"would write the same file as row {first}", hint)])


def roster_problems(
    path: Path,
    library: Library,
    date: dt.date,
    reading: RosterReading,
    order: DateOrder | None,
    say: Callable[[str], None],
) -> list[Problem]:
    """Everything that is wrong with the roster at `path`. Raises FileTrouble.

    `say` gets what is no fault: how it was read, and the rows that a rule forbids to print.
    """
    found: list[Problem] = []
    runner = JobRunner(Job(date=date, program="", date_order=order), library)
    try:
        entries = find_entries([path], reading)
        for remark in entries.roster.remarks if entries.roster else ():
            say(remark)
        checked = check_entries(
            entries,
            runner,
            own_files=True,
            fingerprints=False,
            on_problem=found.append,
            on_refusal=lambda row, _: say(f"{path}:{row.number}: not made, for a rule forbids to print it"),
        )
        for remark in checked.remarks:
            say(f"{path}: {remark}")
    except BadInput as error:
        found += error.problems
    return found
