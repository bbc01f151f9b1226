"""A program's exercises as the file of a packet: what belongs to the one patient stays out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handouts.dose import format_dose
from handouts.library.nearest import key_of
from handouts.model import Prescription, Program

USUAL_SOURCE = "pt-usual"
"""What clinicians usually do: named first, because the doses are the program's, no longer those of the sources."""


def packet_fields(program: Program) -> tuple[dict[str, Any], list[str]]:
    """The fields of a packet's file that a program gives, and what was left out of them, for the clinician.

    The packet that the program was made from gives the conditions it is for and those that refuse it.
    """
    left_out: list[str] = []
    base = program.packet
    regions = Counter(one.exercise.region for one in program.prescriptions)
    fields: dict[str, Any] = {
        "region": base.region if base else regions.most_common(1)[0][0],
        "exercises": [_entry(one, program, left_out) for one in program.prescriptions],
    }
    if base:
        fields["course_weeks"] = base.course_weeks
        fields["target_conditions"] = list(base.target_conditions)
        fields["not_for"] = [
            {
                name: value
                for name, value in (("condition", no.condition), ("reason", no.reason), ("use", no.use))
                if value
            }
            for no in base.not_for
        ]
        fields["sources"] = list(dict.fromkeys((USUAL_SOURCE, *base.sources)))
    return fields, left_out


def _entry(one: Prescription, program: Program, left_out: list[str]) -> Mapping[str, Any]:
    exercise, dose, note = one.exercise, one.dose, one.note
    # A packet is for many: this patient's bad side would be a mistake for most of them.
    if dose.side in ("left", "right"):
        dose = replace(dose, side=exercise.dose.side)
        left_out.append(f"{exercise.id}: the side of this patient")
    if note and set(key_of(program.patient.name).split()) & set(key_of(note).split()):
        note = None
        left_out.append(f"{exercise.id}: a note that names the patient")
    written = format_dose(dose)
    return {exercise.id: {"dose": written, "note": note}} if note else {exercise.id: written}
