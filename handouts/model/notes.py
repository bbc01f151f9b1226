"""A note to the clinician, and which of four kinds it is, so that one can choose what to be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

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
