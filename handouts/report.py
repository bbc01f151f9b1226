"""What a run says of a program to machines: the documents of `--json` and the lines of a report.

The patient's name is in none of them. Knows no stream and no file format.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Literal

from handouts.dose import minutes, to_json
from handouts.model import Finding, Prescription, Program
from handouts.plainlanguage import day_minutes

Unmade = Literal["refused", "skipped"]


def made_record(
    program: Program, findings: Sequence[Finding], notes: Sequence[str], *, output: str, pdf: bytes, pages: int
) -> dict[str, Any]:
    """A handout that was written."""
    written = {"output": output, "pages": pages, "bytes": len(pdf), "sha256": hashlib.sha256(pdf).hexdigest()}
    return {"status": "made", **written, **judged_record(program, findings, notes)}


def unmade_record(
    status: Unmade, program: Program, findings: Sequence[Finding], notes: Sequence[str]
) -> dict[str, Any]:
    """A program that was judged, and of which nothing was written."""
    return {"status": status, **judged_record(program, findings, notes)}


def judged_record(program: Program, findings: Sequence[Finding], notes: Sequence[str]) -> dict[str, Any]:
    """A program, its findings and the notes to the clinician."""
    return {
        "program": _program(program),
        "findings": [finding_record(finding) for finding in findings],
        "notes": list(notes),
    }


def finding_record(finding: Finding) -> dict[str, Any]:
    """One finding: `exercise`, or `packet` in its place when a whole packet is refused."""
    subject = {"packet": finding.packet} if finding.packet else {"exercise": finding.exercise}
    return {
        **subject,
        "condition": finding.condition,
        "verdict": finding.verdict,
        "reason": finding.reason,
        "source": finding.source,
        "overridden": finding.overridden,
        "alternatives": list(finding.alternatives),
    }


def _program(program: Program) -> dict[str, Any]:
    return {
        "id": program.patient.id,
        "language": program.language,
        "clinic": program.clinic.id or None,
        "packet": program.packet.id if program.packet else None,
        "minutes_per_day": day_minutes(program.prescriptions),
        "exercises": [_exercise(prescription) for prescription in program.prescriptions],
    }


def _exercise(prescription: Prescription) -> dict[str, Any]:
    exercise, dose = prescription.exercise, prescription.dose
    return {"id": exercise.id, **to_json(dose), "minutes": round(minutes(dose, exercise.rep_s), 1)}
