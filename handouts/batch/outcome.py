"""What became of one entry of a batch, and of all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from handouts.errors import ExitCode, Problem
from handouts.reports.program_report import Record

Status = Literal["made", "unchanged", "refused", "failed", "not-begun"]
RUN_STOPPED = "not made: the run was stopped"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one entry.

    Attributes:
        number: The entry's line in the roster, or its number among the program files.
        status: `unchanged` is a handout that is there already, made from the same input.
        record: Its line of the report; never the patient's name.
        output: The handout's file; it may be named after the patient.
        data: The handout's bytes, when the caller writes them.
        also: The same for its other formats, by their files.
        private: Only the file's owner may read it.
        disk_full: Nothing more can be written, so that the run should end.
    """

    number: int
    status: Status
    record: Record
    output: str | None = None
    data: bytes | None = None
    also: Mapping[str, bytes] = field(default_factory=dict)
    private: bool = False
    disk_full: bool = False


def unmade(
    number: int, status: Status, problems: Sequence[Problem], screened: Record | None = None, *, disk_full: bool = False
) -> Outcome:
    """The outcome of an entry of which nothing was written; `screened` is the record of its program, if it has one."""
    messages = [str(problem) for problem in problems]
    record = {"status": status, "row": number, **(screened or {}), "problems": messages}
    return Outcome(number=number, status=status, record=record, disk_full=disk_full)


def not_begun(number: int) -> Outcome:
    """The outcome of an entry that a stopped run did not reach."""
    record = {"status": "not-begun", "row": number, "problems": [RUN_STOPPED]}
    return Outcome(number=number, status="not-begun", record=record)


@dataclass
class Tally:
    """Counts the outcomes of a run."""

    counts: Counter[str] = field(default_factory=Counter)
    disk_full: bool = False

    def add(self, outcome: Outcome) -> None:
        """Count one more."""
        self.counts[outcome.status] += 1
        self.disk_full |= outcome.disk_full

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
