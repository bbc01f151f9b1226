"""The check of every entry before the first page is made: what is wrong, what is refused, which files are written."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from handouts.batch.inputs import Entry, find_entries
from handouts.batch.job import Job
from handouts.batch.job_runner import CheckedEntry, JobRunner
from handouts.batch.outcome import Outcome, unmade
from handouts.batch.roster_columns import RosterReading
from handouts.batch.roster_dates import DateOrder
from handouts.batch.roster_row import Row
from handouts.errors import BadInput, FileTrouble, Problem
from handouts.library import Library
from handouts.model import Finding, Paper, Patient, Program
from handouts.resources import folded_name
from handouts.screening import refusals

_ROWS_NAMED = 5
"""Rows that are told one by one of those that seem to be more of another."""


@dataclass(kw_only=True)
class Preflight:
    """What the check found.

    Attributes:
        total: Entries of the batch.
        refused_patients: Who is refused, by the entry's number.
        outcomes: Of the entries that cannot be made, by number: what is judged here is judged once.
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
        if not outcome.files or outcome.made_from == self.fingerprints.get(outcome.number):
            return outcome
        message = f"row {outcome.number}: the worker made something else than was checked here; it was not written"
        return unmade(outcome.number, "failed", [Problem("worker", 0, 0, message, "see that all machines are alike")])


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
        own_files: Each handout is written to a file of its own, and no two may share one.
        fingerprints: Whether it matters what goes into each handout: they share a file, or are made elsewhere.
        on_problem: Called with each problem as it is found.
        on_refusal: Called with each refused entry and the findings that refuse it.
    """
    found, claims = Preflight(), _Claims()

    def fail(number: int, problems: Sequence[Problem]) -> None:
        """An entry cannot be made, whatever was found before."""
        for problem in problems:
            on_problem(problem)
        found.outcomes[number] = unmade(number, "failed", problems)
        found.fingerprints.pop(number, None)

    for entry in entries:
        found.total += 1
        rest = _rest_problems(entry)
        try:
            checked = runner.check(entry)
            rest += claims.other_conditions(checked)
            stands = not (checked.screened.refused or rest)
            if stands and (first := claims.taken(checked, own_files=own_files)):
                why = f"would write the same file as row {first}" if own_files else _same(found.outcomes[first])
                raise BadInput([Problem(*entry.place(), why, _ONE_ROW)])
        except (BadInput, FileTrouble) as error:
            problems = error.problems if isinstance(error, BadInput) else (Problem(*entry.place(), error.reason),)
            fail(entry.number, (*rest, *problems))
            continue
        screened = checked.screened
        found.looser |= dict.fromkeys(screened.looser)
        if screened.refused:
            against = refusals(screened.findings)
            reasons = [f"{one.exercise or one.packet or 'program'}, {one.condition}: {one.reason}" for one in against]
            found.outcomes[entry.number] = unmade(entry.number, "refused", rest, checked.record, reasons=reasons)
            found.refused_patients[entry.number] = screened.program.patient
            for problem in rest:
                on_problem(problem)
            on_refusal(entry, against)
        elif rest:
            fail(entry.number, rest)
        if not stands:
            for other in claims.refuse(checked):
                fail(other.number, [Problem(*other.place, _same(found.outcomes[entry.number]), _ONE_ROW)])
            continue
        if checked.is_hidden:
            found.hidden.append(entry.number)
        found.first = found.first or screened.program
        found.papers.add(screened.program.layout.paper)
        if fingerprints:
            found.fingerprints[entry.number] = runner.fingerprint(checked)
    # What is not in the file is on its cover, so it belongs to the file's fingerprint too.
    everything = [*found.fingerprints.values(), repr([(one.number, one.reasons) for one in found.outcomes.values()])]
    found.fingerprint = hashlib.sha256("".join(everything).encode()).hexdigest()
    return found


def _rest_problems(entry: Entry) -> list[Problem]:
    """What is wrong when rows below a row seem to be more of it: their conditions would go unscreened."""
    if not isinstance(entry, Row) or not entry.rest:
        return []
    more = len(entry.rest) - _ROWS_NAMED
    rows = ", ".join(map(str, entry.rest[:_ROWS_NAMED])) + (f" and {more} more" if more > 0 else "")
    which = f"rows {rows} have no program and seem" if entry.rest[1:] else f"row {rows} has no program and seems"
    hint = 'put what stands there in the patient\'s own row, conditions parted by ";", or delete it'
    return [Problem(*entry.place(), f"{which} to be more of this patient", hint)]


def _same(of: Outcome) -> str:
    return f"row {of.number} is for the same patient and {of.status}"


_ONE_ROW = "put what is for one patient in one row; give each patient an id of their own"


class _Claim(NamedTuple):
    """What is kept of a row that can be made: a roster has many."""

    number: int
    place: tuple[str, int, int]
    conditions: frozenset[str]


class _Claims:
    """Which entries are for one patient, by the file that each handout has, or would have.

    A row that is refused, or has conditions in the rows below, claims its file too: another row of the same patient,
    before it or after it, which may have forgotten the condition, must not come in its place. For the same reason no
    two rows for one patient are made that have not the same conditions.
    """

    def __init__(self) -> None:
        self._accepted: dict[str, list[_Claim]] = {}
        self._refused: dict[str, int] = {}

    def other_conditions(self, checked: CheckedEntry) -> list[Problem]:
        """The problem that an accepted row of the same patient has other conditions, if one has."""
        claim = _claim(checked)
        accepted = self._accepted.get(folded_name(checked.path.name), [])
        others = [one.number for one in accepted if one.conditions != claim.conditions]
        message = f"row {others[0]} is for the same patient and has other conditions" if others else ""
        return [Problem(*claim.place, message, _ONE_ROW)] if others else []

    def taken(self, checked: CheckedEntry, *, own_files: bool) -> int | None:
        """The entry that stands in the way of this one; none, and the file is claimed by it."""
        name = folded_name(checked.path.name)
        if name in self._refused:
            return self._refused[name]
        accepted = self._accepted.setdefault(name, [])
        if own_files and accepted:
            return accepted[0].number
        accepted.append(_claim(checked))
        return None

    def refuse(self, checked: CheckedEntry) -> list[_Claim]:
        """Claim the file for an entry that is refused; the entries that had it."""
        name = folded_name(checked.path.name)
        self._refused.setdefault(name, checked.entry.number)
        return self._accepted.pop(name, [])


def _claim(checked: CheckedEntry) -> _Claim:
    conditions = checked.screened.program.patient.conditions
    return _Claim(checked.entry.number, checked.entry.place(), frozenset(known.condition.id for known in conditions))


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
