"""A program with everything a clinician must know before it is printed: findings and notes. Prints nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handouts.library import Library
from handouts.model import Finding, Program
from handouts.screening.advice import advice
from handouts.screening.loosened import loosened_for
from handouts.screening.screening import refusals, screen


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A program with what the rules say of it, and notes to the clinician that never reach the patient."""

    program: Program
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]

    @property
    def refused(self) -> bool:
        """Whether something is contraindicated and not overridden."""
        return bool(refusals(self.findings))


def judge(program: Program, library: Library, why: Sequence[str] = ()) -> Judged:
    """Screens a program and advises on it; `why` its exercises were chosen, if by rule, opens the notes.

    Where the clinic's own content is looser than the built-in rules for this patient, the notes say so.
    """
    findings = screen(program, library)
    notes = (*why, *loosened_for(program, library), *advice(program, findings))
    return Judged(program=program, findings=findings, notes=notes)
