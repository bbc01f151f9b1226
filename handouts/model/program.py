"""One patient's program, what screening finds in it, and what the clinician is told of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

from handouts.dose import Dose
from handouts.model.library_items import Clinic, Exercise, Id, Packet, Paper, Side, Words
from handouts.model.safety_items import Condition, Rule, Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """Who has said so, and when."""

    by: str
    on: dt.date

    def __str__(self) -> str:
        return f"{self.by}, {self.on.isoformat()}"


@dataclass(frozen=True, kw_only=True, slots=True)
class PatientCondition:
    """A condition of this patient with what the clinician knows of it.

    `since` chooses the windows of its rules. `clearance`: who allows exercise; `healed`: who has found it healed.
    """

    condition: Condition
    side: Side | Literal["both"] | None = None
    since: dt.date | None = None
    limits: str | None = None
    clearance: Word | None = None
    healed: Word | None = None


AGE, UNDER_AGE, ADULT = "age", "under-18", 18
"""What an override of the age is filed under, the condition that a patient under `ADULT` years has, and that age."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Patient:
    """The person the sheet is for; a packet without a name leaves `name` empty for a pen.

    `age` is that on the handout's date; without one it is an adult. `helper`: somebody helps with the exercises.
    """

    name: str = ""
    id: str | None = None
    conditions: tuple[PatientCondition, ...] = ()
    age: int | None = None
    born: dt.date | None = None
    helper: bool = False

    def is_same_as(self, other: Patient) -> bool:
        """Whether both are one person: by the clinic's number where both have it, else by the name; in any case."""
        if self.id and other.id:
            return self.id.casefold() == other.id.casefold()
        return bool(self.name) and " ".join(self.name.casefold().split()) == " ".join(other.name.casefold().split())


@dataclass(frozen=True, kw_only=True, slots=True)
class Prescription:
    """An exercise with the dose this patient is to do and the clinician's own note.

    `side_given`: the clinician wrote the side. `adapted_by`: the rules that change how it is done, that which words
    the card first; `shown_as`: the exercise whose figure is printed, when it is another's.
    """

    exercise: Exercise
    dose: Dose
    note: str | None = None
    note_lang: str | None = None
    side_given: bool = False
    adapted_by: tuple[Rule, ...] = ()
    shown_as: Exercise | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Override:
    """The clinician's decision to print what a rule forbids: `item` is an exercise, a packet, or `AGE`.

    `by` and `on` are None only where an early handout's record does not tell them.
    """

    item: str
    condition: str
    reason: Words
    by: Annotated[str, 200] | None = None
    on: dt.date | None = None

    @property
    def signed(self) -> str:
        """Who has decided, and when."""
        return f"{self.by or 'nobody named'}{f', {self.on.isoformat()}' if self.on else ''}"

    def __str__(self) -> str:
        return f'{self.item}:{self.condition} ("{self.reason}", {self.signed})'


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """How the sheet is printed; nothing here changes what it says."""

    paper: Paper = "letter"
    large_print: bool = False
    ink_saver: bool = False
    hole_punch: bool = False
    log_weeks: int = 4


ChangeKind = Literal["added", "swapped", "dose", "note", "taken-out", "condition"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What one visit changed: `item` is an exercise, or a condition that was added. Doses are canonical notation.

    A swapped exercise says what it came `instead_of`; every other field is None where it does not apply.
    """

    kind: ChangeKind
    item: Id
    instead_of: Annotated[str, 200] | None = None
    before: Annotated[str, 200] | None = None
    after: Annotated[str, 200] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """One handout of a patient's course, who gave it, what it changed (the first: nothing) and what it overrode."""

    date: dt.date
    clinician: str | None = None
    changes: tuple[Change, ...] = ()
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenExercise:
    """An exercise of an earlier handout: its id, its canonical dose (empty: left open) and the clinician's note."""

    item: Id
    dose: str
    note: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenHome:
    """The handout that the patient has at home: its exercises, and the ids of the conditions it was made for."""

    date: dt.date
    exercises: tuple[TakenExercise, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Program:
    """One patient's home-exercise program, every reference resolved.

    `history` holds every handout of a revised program, this one last; `before` what the patient has at home, which its
    changes are told against; `former` the exercises of it that are taken out or replaced, so that the sheet names them.
    """

    patient: Patient
    clinic: Clinic
    clinician: str | None = None
    date: dt.date
    next_visit: dt.date | None = None
    language: str = "en"
    goal: str | None = None
    note: str | None = None
    packet: Packet | None = None
    prescriptions: tuple[Prescription, ...]
    overrides: tuple[Override, ...] = ()
    layout: Layout = Layout()
    append: tuple[str, ...] = ()
    history: tuple[Visit, ...] = ()
    before: TakenHome | None = None
    former: tuple[Exercise, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A rule that fired. Exactly one of `exercise` and `packet` is set; `rule` is None for a packet's own refusal.

    `clearance-needed` is about the whole program and sets neither.
    """

    exercise: str | None = None
    packet: str | None = None
    condition: str
    verdict: Verdict | Literal["clearance-needed"]
    reason: str
    source: str | None
    rule: Rule | None = None
    overridden: str | None = None
    alternatives: tuple[str, ...] = ()


NoteKind = Literal["safety", "missing", "workload", "choice"]


@dataclass(frozen=True, slots=True)
class Note:
    """What a clinician is told about a handout; it is never printed for the patient and never blocks.

    `kind`: `safety` is always told; `missing` is what the program leaves open; `workload` how much it asks for;
    `choice` why something is as it is.
    """

    kind: NoteKind
    text: str

    def __str__(self) -> str:
        return self.text


def notes(kind: NoteKind, texts: Iterable[str]) -> tuple[Note, ...]:
    """The texts as notes of one kind."""
    return tuple(Note(kind, text) for text in texts)
