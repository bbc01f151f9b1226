"""The draft of a program, and the work on it with every step that can be taken back. Plain, frozen values."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from handouts.model import Side

Step = Literal["name", "id", "conditions", "packet", "exercises", "desk"]
STEPS: tuple[Step, ...] = ("name", "id", "conditions", "packet", "exercises", "desk")
"""The questions that a new program asks, in their order; at the desk anything can be changed."""

MOST_STEPS = 200
"""So many steps can be taken back."""


class Has(Struct, frozen=True, kw_only=True):
    """A condition of the patient with what is known of it; `since` is a date, YYYY-MM-DD."""

    condition: str
    side: Side | None = None
    since: str | None = None
    limits: str | None = None


class Chosen(Struct, frozen=True, kw_only=True):
    """An exercise with its dose, written canonically and complete, and a note to the patient."""

    exercise: str
    dose: str
    note: str | None = None


class Excuse(Struct, frozen=True, kw_only=True):
    """Why an exercise or a packet is printed in spite of a condition."""

    item: str
    condition: str
    reason: str


class Draft(Struct, frozen=True, kw_only=True):
    """Everything that a program file can say, as far as it has been said. Dates are YYYY-MM-DD."""

    date: str
    step: Step = "name"
    name: str = ""
    id: str | None = None
    conditions: tuple[Has, ...] = ()
    packet: str | None = None
    exercises: tuple[Chosen, ...] = ()
    excuses: tuple[Excuse, ...] = ()
    clinic: str | None = None
    clinician: str | None = None
    next_visit: str | None = None
    language: str | None = None
    goal: str | None = None
    note: str | None = None
    layout: dict[str, bool | int | str] = {}

    @property
    def exercise_ids(self) -> tuple[str, ...]:
        """The exercises in their order."""
        return tuple(one.exercise for one in self.exercises)


class Done(Struct, frozen=True):
    """A step that was taken: what it did, in a few words, and the draft before (in the past) or after it (ahead)."""

    what: str
    draft: Draft


class Work(Struct, frozen=True, kw_only=True):
    """A draft with its past, the latest step last, and the steps that were taken back, the next one last."""

    draft: Draft
    past: tuple[Done, ...] = ()
    ahead: tuple[Done, ...] = ()


def do(work: Work, what: str, draft: Draft) -> Work:
    """The work after one more step; a step that changes nothing is none."""
    if draft == work.draft:
        return work
    return Work(draft=draft, past=(*work.past, Done(what, work.draft))[-MOST_STEPS:])


def undo(work: Work) -> Work:
    """The work without its latest step; as it is when there is none."""
    if not work.past:
        return work
    *past, last = work.past
    return Work(draft=last.draft, past=tuple(past), ahead=(*work.ahead, Done(last.what, work.draft)))


def redo(work: Work) -> Work:
    """The work with the step that was taken back last; as it is when there is none."""
    if not work.ahead:
        return work
    *ahead, after = work.ahead
    return Work(draft=after.draft, past=(*work.past, Done(after.what, work.draft)), ahead=tuple(ahead))


def next_step(draft: Draft) -> Draft:
    """The draft at the question after the one it is at."""
    return replace(draft, step=STEPS[min(STEPS.index(draft.step) + 1, len(STEPS) - 1)])
