"""The look at every entry before the first page is made: what is wrong, what is refused, which files are to be written.

Memory grows with the entries that cannot be made, not with those that can.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct, field

from handouts.batch.bench import Bench, place_of
from handouts.batch.cover import Unprinted
from handouts.batch.entries import Entry, find_entries
from handouts.batch.folder import Names
from handouts.batch.job import Job
from handouts.errors import BadInput, FileTrouble, Problem
from handouts.library import Library
from handouts.model import Finding, Program
from handouts.screening import refusals

MOST_LISTED = 10_000
"""Entries that cannot be made whose reasons are kept for a cover."""


class Survey(Struct, kw_only=True):
    """What the look found. `first` is the first program that can be made; `made_from` stands for all that would be."""

    total: int = 0
    failed: int = 0
    refused: int = 0
    clashes: list[Problem] = field(default_factory=list)
    unmade: list[Unprinted] = field(default_factory=list)
    first: Program | None = None
    made_from: str = ""

    @property
    def makeable(self) -> int:
        """How many entries can be made."""
        return self.total - self.failed - self.refused


def survey_entries(
    entries: Iterable[Entry],
    bench: Bench,
    *,
    own_files: bool,
    one_file: bool,
    on_problem: Callable[[Problem], None],
    on_refusal: Callable[[Entry, tuple[Finding, ...]], None],
) -> Survey:
    """Check and judge every entry, telling of each problem and refusal as it is found.

    `own_files`: each is written to a file of its own, and no two may share one; `one_file`: all go into one.
    """
    found, digest = Survey(), hashlib.sha256()
    with Names() as names:
        for entry in entries:
            found.total += 1
            try:
                checked = bench.check(entry)
            except BadInput as error:
                _fail(found, entry, error.problems, on_problem)
                continue
            except FileTrouble as trouble:
                _fail(found, entry, (Problem(*place_of(entry), trouble.reason),), on_problem)
                continue
            judged = checked.judged
            if judged.refused:
                against = refusals(judged.findings)
                found.refused += 1
                on_refusal(entry, against)
                reasons = tuple(f"{one.exercise or one.packet}, {one.condition}: {one.reason}" for one in against)
                _list(found, entry, judged.program.patient.id, reasons, refused=True)
            else:
                found.first = found.first or judged.program
                if own_files and (taken := names.take(checked.path.name, entry.number)) is not None:
                    said = f"would write the same file as row {taken}"
                    found.clashes.append(Problem(*place_of(entry), said, "give each patient an id of its own"))
            if one_file:
                digest.update(b"refused" if judged.refused else bench.fingerprint(checked).encode())
    digest.update(repr([(one.number, one.reasons) for one in found.unmade]).encode())
    found.made_from = digest.hexdigest()
    return found


def roster_problems(path: Path, library: Library, date: dt.date) -> list[Problem]:
    """Everything that would keep a row of the roster at `path` from being a program of its own file.

    Raises FileTrouble.
    """
    found: list[Problem] = []
    bench = Bench(Job(date=date, program=""), library)
    try:
        entries = find_entries([path])
        surveyed = survey_entries(
            entries, bench, own_files=True, one_file=False, on_problem=found.append, on_refusal=lambda *_: None
        )
        found += surveyed.clashes
    except BadInput as error:
        found += error.problems
    return found


def _fail(found: Survey, entry: Entry, problems: tuple[Problem, ...], tell: Callable[[Problem], None]) -> None:
    found.failed += 1
    for problem in problems:
        tell(problem)
    _list(found, entry, None, tuple(problem.message for problem in problems), refused=False)


def _list(found: Survey, entry: Entry, id_: str | None, reasons: tuple[str, ...], *, refused: bool) -> None:
    if len(found.unmade) < MOST_LISTED:
        found.unmade.append(Unprinted(number=entry.number, id=id_, refused=refused, reasons=reasons))
