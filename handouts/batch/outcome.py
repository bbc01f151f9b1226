"""What became of one entry of a batch, and of all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

from msgspec import Struct, field

from handouts.errors import ExitCode, Problem

Status = Literal["made", "refused", "failed", "skipped"]
RUN_STOPPED = "not made: the run was stopped"


class Outcome(Struct, frozen=True, kw_only=True):
    """One entry's end. `record` is its line of the report; `data` the handout's bytes when somebody else writes them.

    `output` is where the handout lies or goes; it may hold the patient's name and is never in `record` then. `full`:
    nothing more can be written, so that the run should end.
    """

    number: int
    status: Status
    record: dict[str, Any]
    output: str | None = None
    data: bytes | None = None
    private: bool = False
    full: bool = False

    @property
    def standing(self) -> bool:
        """Whether the handout was there already, made from the same input."""
        return self.status == "skipped" and "sha256" in self.record


def unmade(number: int, status: Status, problems: Sequence[Problem], judged: dict[str, Any] | None = None) -> Outcome:
    """An entry of which nothing was written."""
    said = [str(problem) for problem in problems]
    record = {"status": status, "row": number, **(judged or {}), "problems": said}
    return Outcome(number=number, status=status, record=record)


def not_begun(number: int) -> Outcome:
    """An entry that a stopped run did not come to."""
    record = {"status": "skipped", "row": number, "problems": [RUN_STOPPED]}
    return Outcome(number=number, status="skipped", record=record)


class Tally(Struct, kw_only=True):
    """Counts a run. `standing` counts the handouts that were there already, made from the same input."""

    counts: Counter[str] = field(default_factory=Counter)
    standing: int = 0
    pages: int = 0
    full: bool = False

    def add(self, outcome: Outcome) -> None:
        """Count one more."""
        self.counts[outcome.status] += 1
        self.standing += outcome.standing
        self.pages += outcome.record.get("pages") or 0
        self.full |= outcome.full

    @property
    def unmade(self) -> int:
        """The entries that have no handout."""
        return sum(self.counts.values()) - self.counts["made"] - self.standing

    @property
    def exit_code(self) -> ExitCode:
        """Of a run that came to its end."""
        if self.full:
            return ExitCode.FILE_TROUBLE
        return ExitCode.PARTLY_MADE if self.unmade else ExitCode.DONE
