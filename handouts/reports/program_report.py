"""Records for machines: the documents of `--json` and the lines of a batch's report. Never the patient's name."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from handouts.dose import format_dose, minutes, to_json
from handouts.model import AGE, UNDER_AGE, Finding, Note, Prescription, Program
from handouts.screening.advice import day_minutes

Record = dict[str, Any]
"""Plain values that JSON can hold."""


def made_record(
    program: Program,
    findings: Sequence[Finding],
    notes: Sequence[Note],
    *,
    files: Mapping[Path, bytes],
    pages: int,
    names: bool = True,
    status: str = "made",
) -> Record:
    """A handout that was written: its first file, and under `also` those of the other formats.

    Args:
        program: What was written.
        findings: What screening found.
        notes: For the clinician.
        files: The files with what is in them.
        pages: Pages of the PDF, 0 where there is none.
        names: Whether the files may be named; not where they have the patient's name.
        status: What was done; also `unchanged`, of a file that was there.
    """
    first, *others = (
        {"output": str(path) if names else None, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for path, data in files.items()
    )
    written = {**first, "pages": pages or None, **({"also": others} if others else {})}
    return {"status": status, **written, **screened_record(program, findings, notes)}


def screened_record(program: Program, findings: Sequence[Finding], notes: Sequence[Note]) -> Record:
    """A program, its findings and the notes to the clinician."""
    return {
        "program": program_summary(program),
        "findings": [finding_record(finding) for finding in findings],
        "notes": [asdict(note) for note in notes],
    }


def summary(program: Program, findings: Sequence[Finding], looser: Sequence[str] = ()) -> tuple[str, ...]:
    """A few lines in English to paste into the patient's record: what was given, overridden and warned of.

    They are for clinicians, and do not have the patient's name. `looser`: where the clinic's own rules are.
    """
    packet = f", packet {program.packet.id}" if program.packet else ""
    given = f" by {program.clinician}" if program.clinician else ""
    lines = [f"Home exercise program of {program.date.isoformat()}{given}{packet}, {program.language}."]
    conditions = ", ".join(known.condition.clinical for known in program.patient.conditions)
    lines.append(f"Conditions screened: {conditions or 'none given'}.")
    for known in program.patient.conditions:
        lines += [f"Clearance: {known.condition.id}: {known.clearance}"] if known.clearance else []
        lines += [f"Found healed: {known.condition.id}: {known.healed}"] if known.healed else []
    lines += [
        f"- {of.exercise.text.name}: {format_dose(of.dose) or 'dose left open'}" + (f" ({of.note})" if of.note else "")
        for of in program.prescriptions
    ]
    used = {(one.exercise or one.packet, one.condition) for one in findings if one.overridden}
    used |= {(AGE, condition) for _, condition in used if condition == UNDER_AGE}
    lines += [
        f"Overridden: {one.item} with {one.condition}: {one.reason} ({one.signed})"
        for one in program.overrides
        if (one.item, one.condition) in used
    ]
    lines += [line[:1].upper() + line[1:] for line in looser]
    lines += [f"Caution printed: {caution}" for caution in _cautions(findings)]
    if program.next_visit:
        lines.append(f"Next visit: {program.next_visit.isoformat()}")
    return tuple(lines)


def _cautions(findings: Sequence[Finding]) -> list[str]:
    """What the sheet tells the patient to take care of, each once, with the exercises it stands on."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in findings:
        if one.rule and (one.verdict == "caution" or one.overridden):
            advice = one.rule.text.advice.replace("**", "")
            found.setdefault((one.condition, advice), []).append(one.exercise or "")
    return [f"{condition} ({', '.join(dict.fromkeys(on))}): {advice}" for (condition, advice), on in found.items()]


def changes_record(program: Program) -> Record:
    """What a revised program's last visit changed, and every visit with its date and clinician."""
    visits = [
        {
            "date": visit.date.isoformat(),
            "clinician": visit.clinician,
            "changes": [asdict(change) for change in visit.changes],
        }
        for visit in program.history
    ]
    return {"changes": visits[-1]["changes"] if visits else [], "history": visits}


def finding_record(finding: Finding) -> Record:
    """One finding: of an `exercise`, of a whole `packet`, or of the whole program, which has neither."""
    about = {"packet": finding.packet, "exercise": finding.exercise}
    subject = {name: item for name, item in about.items() if item}
    return {
        **subject,
        "condition": finding.condition,
        "rule": finding.rule.id if finding.rule else None,
        "verdict": finding.verdict,
        "reason": finding.reason,
        "source": finding.source,
        "overridden": finding.overridden,
        "alternatives": list(finding.alternatives),
    }


def program_summary(program: Program) -> Record:
    """A program without the patient's name: its id, language, clinic, packet, minutes and exercises."""
    return {
        "id": program.patient.id,
        "language": program.language,
        "clinic": program.clinic.id or None,
        "packet": program.packet.id if program.packet else None,
        "minutes_per_day": day_minutes(program.prescriptions),
        "exercises": [_exercise(prescription) for prescription in program.prescriptions],
    }


def _exercise(prescription: Prescription) -> Record:
    exercise, dose = prescription.exercise, prescription.dose
    return {"id": exercise.id, **to_json(dose), "minutes": round(minutes(dose, exercise.rep_s), 1)}
