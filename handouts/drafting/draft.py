"""The draft of a program, and its history, in which every step can be taken back. Plain, frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from handouts.model import Override, Side

Question = Literal["name", "id", "conditions", "packet", "exercises", "command"]
QUESTIONS: tuple[Question, ...] = ("name", "id", "conditions", "packet", "exercises", "command")
"""The questions of a new program in their order; the last one takes commands, by which anything can be changed."""


class ImpossibleChange(Exception):
    """A change that the draft does not allow; the message is for the person who asked for it."""

    @property
    def words(self) -> str:
        """The message as it was given: a page in the browser may say it otherwise (`handouts.errors.on_page`)."""
        words: str = self.args[0]  # not `str` of it, which would keep the terminal's words alone
        return words


@dataclass(frozen=True, kw_only=True)
class DraftCondition:
    """A condition of the patient with what is known of it; `since` is a date, YYYY-MM-DD.

    `clearance` and `healed` are "WHO, DATE".
    """

    condition: str
    side: Side | Literal["both"] | None = None
    since: str | None = None
    limits: str | None = None
    clearance: str | None = None
    healed: str | None = None


@dataclass(frozen=True, kw_only=True)
class DraftExercise:
    """An exercise with its dose, written canonically and complete, and a note to the patient.

    `instead_of`: the exercise in whose place it was put. `side_given`: the clinician has set the side, which then no
    condition changes.
    """

    exercise: str
    dose: str
    note: str | None = None
    instead_of: str | None = None
    side_given: bool = False


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Everything that a program file can say, as far as it has been said. Dates are YYYY-MM-DD."""

    date: str
    question: Question = "name"
    name: str = ""
    id: str | None = None
    age: int | None = None
    born: str | None = None
    helper: bool = False
    conditions: tuple[DraftCondition, ...] = ()
    packet: str | None = None
    exercises: tuple[DraftExercise, ...] = ()
    overrides: tuple[Override, ...] = ()
    """`by` is the clinician of the program when not given; `on` never is."""
    clinic: str | None = None
    clinician: str | None = None
    next_visit: str | None = None
    language: str | None = None
    goal: str | None = None
    note: str | None = None
    layout: dict[str, bool | int | str] = field(default_factory=dict)
    append: tuple[str, ...] = ()

    @property
    def exercise_ids(self) -> tuple[str, ...]:
        """The exercises in their order."""
        return tuple(one.exercise for one in self.exercises)


@dataclass(frozen=True)
class Step:
    """A step that was taken: what it did, in a few words, and the draft before (in the past) or after it (ahead)."""

    what: str
    draft: Draft


@dataclass(frozen=True, kw_only=True)
class DraftHistory:
    """A draft with its past, the latest step last, and the steps that were taken back, the next one last.

    `earlier`: the record of the handout that the patient took home last, where this is the next visit.
    """

    draft: Draft
    past: tuple[Step, ...] = ()
    ahead: tuple[Step, ...] = ()
    earlier: dict[str, Any] | None = None
