"""The check of every entry before the first page is made: what is wrong, what is refused, which files are written."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from handouts.batch.cover import Unprinted
from handouts.batch.inputs import Entry, find_entries
from handouts.batch.job import Job
from handouts.batch.job_runner import JobRunner
from handouts.errors import BadInput, FileTrouble, Problem
from handouts.library import Library
from handouts.model import Finding, Program
from handouts.screening import refusals

MOST_LISTED = 10_000
"""Entries that cannot be made whose reasons are kept for a cover page."""


@dataclass(kw_only=True)
class Preflight:
    """What the check found.

    Attributes:
        total: Entries of the batch.
        failed: Entries that are not right.
        refused: Entries that the safety rules forbid.
        clashes: Entries that would write the same file.
        unmade: Why entries cannot be made, for the cover page.
        looser: Where the clinic's own rules are looser than the built-in ones for any of the programs.
        first: The first program that can be made.
        fingerprint: A digest of everything that would go into one file to print.
    """

    total: int = 0
    failed: int = 0
    refused: int = 0
    clashes: list[Problem] = field(default_factory=list)
    unmade: list[Unprinted] = field(default_factory=list)
    looser: dict[str, None] = field(default_factory=dict)
    first: Program | None = None
    fingerprint: str = ""

    @property
    def makeable(self) -> int:
        """How many entries can be made."""
        return self.total - self.failed - self.refused

    def list_unmade(self, entry: Entry, id_: str | None, reasons: Iterable[str], *, refused: bool) -> None:
        """Keep the reasons why an entry cannot be made."""
        if len(self.unmade) < MOST_LISTED:
            self.unmade.append(Unprinted(number=entry.number, id=id_, refused=refused, reasons=tuple(reasons)))


def check_entries(
    entries: Iterable[Entry],
    runner: JobRunner,
    *,
    own_files: bool,
    one_file: bool,
    on_problem: Callable[[Problem], None],
    on_refusal: Callable[[Entry, tuple[Finding, ...]], None],
) -> Preflight:
    """Check and screen every entry.

    Args:
        entries: What the batch is made from.
        runner: Checks one entry.
        own_files: Each handout is written to a file of its own, and no two may share one.
        one_file: All handouts go into one file, whose fingerprint is wanted.
        on_problem: Called with each problem as it is found.
        on_refusal: Called with each refused entry and the findings that refuse it.
    """
    found, digest = Preflight(), hashlib.sha256()
    rows_by_file: dict[str, int] = {}
    for entry in entries:
        found.total += 1
        try:
            checked = runner.check(entry)
        except (BadInput, FileTrouble) as error:
            problems = error.problems if isinstance(error, BadInput) else (Problem(*entry.place(), error.reason),)
            found.failed += 1
            for problem in problems:
                on_problem(problem)
            found.list_unmade(entry, None, (problem.message for problem in problems), refused=False)
            continue
        screened = checked.screened
        found.looser |= dict.fromkeys(screened.looser)
        if screened.refused:
            against = refusals(screened.findings)
            found.refused += 1
            on_refusal(entry, against)
            reasons = (f"{one.exercise or one.packet or 'program'}, {one.condition}: {one.reason}" for one in against)
            found.list_unmade(entry, screened.program.patient.id, reasons, refused=True)
        else:
            found.first = found.first or screened.program
            # Names that differ only in case, or in how an accent is encoded, are one file on many systems.
            name = unicodedata.normalize("NFC", unicodedata.normalize("NFD", checked.path.name).casefold())
            first_row = rows_by_file.setdefault(name, entry.number)
            if own_files and first_row != entry.number:
                message = f"would write the same file as row {first_row}"
                found.clashes.append(Problem(*entry.place(), message, "give each patient an id of its own"))
        if one_file:
            digest.update(b"refused" if screened.refused else runner.fingerprint(checked).encode())
    # What is not in the file is on its cover, so it belongs to the file's fingerprint too.
    digest.update(repr([(one.number, one.reasons) for one in found.unmade]).encode())
    found.fingerprint = digest.hexdigest()
    return found


def roster_problems(path: Path, library: Library, date: dt.date) -> list[Problem]:
    """Everything that would keep a row of the roster at `path` from being made. Raises FileTrouble."""
    found: list[Problem] = []
    runner = JobRunner(Job(date=date, program=""), library)
    try:
        checked = check_entries(
            find_entries([path]),
            runner,
            own_files=True,
            one_file=False,
            on_problem=found.append,
            on_refusal=lambda *_: None,
        )
        found += checked.clashes
    except BadInput as error:
        found += error.problems
    return found
