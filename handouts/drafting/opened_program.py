"""A program that was made before becomes a draft again: an earlier handout's for the next visit, or a condition's text.

Pure: what is read here has been read by `prescription`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any

from handouts.dose import format_dose
from handouts.drafting.draft import Draft, DraftCondition, DraftExercise, DraftHistory
from handouts.drafting.draft_changes import ImpossibleChange
from handouts.errors import BadInput
from handouts.library import Library
from handouts.model import UNDER_AGE, PatientCondition, Program
from handouts.prescription import Layer, OptionPlaces
from handouts.prescription.assembly import assemble_patient
from handouts.prescription.record import program_from_record


def next_visit(record: dict[str, Any], library: Library, today: dt.date) -> DraftHistory:
    """The draft of the visit after a recorded handout; never before its date.

    Its overrides were decided for one visit: they are not in the draft, so that what they lifted is refused again.
    Leaflets that are not the library's own stay behind: a record may name any file of this machine.

    Raises:
        BadInput: the record is of another format, or the library no longer has something that it names.
    """
    old = program_from_record(record, library, path="the earlier handout")
    return DraftHistory(draft=_draft_of(old, library, max(today, old.date)), earlier=record)


def condition_in(text: str, library: Library, date: str) -> DraftCondition:
    """The condition in `ID [since DATE | week N] [left|right|both]`, seen from the handout's date.

    Raises ImpossibleChange for a text that names no one condition, or what cannot be.
    """
    layer = Layer({"patient": {"conditions": [text]}}, OptionPlaces(lambda _field: "condition"))
    try:
        patient = assemble_patient(layer, library, date=dt.date.fromisoformat(date))
    except BadInput as error:
        raise ImpossibleChange("; ".join(one.words for one in error.problems)) from error
    return _condition(patient.conditions[0])


def _draft_of(program: Program, library: Library, date: dt.date) -> Draft:
    patient = program.patient
    return Draft(
        date=date.isoformat(),
        question="command",
        name=patient.name,
        id=patient.id,
        age=patient.age if patient.born is None else None,
        born=patient.born.isoformat() if patient.born else None,
        helper=patient.helper,
        # What follows from the age is not said twice.
        conditions=tuple(
            _condition(known) for known in patient.conditions if known.condition.id != UNDER_AGE or patient.age is None
        ),
        packet=program.packet.id if program.packet else None,
        exercises=tuple(
            DraftExercise(exercise=one.exercise.id, dose=format_dose(one.dose), note=one.note)
            for one in program.prescriptions
        ),
        clinic=program.clinic.id or None,
        clinician=program.clinician,
        language=program.language,
        goal=program.goal,
        note=program.note,
        layout=asdict(program.layout),
        append=tuple(name for name in program.append if library.leaflet_path(name)),
    )


def _condition(known: PatientCondition) -> DraftCondition:
    return DraftCondition(
        condition=known.condition.id,
        side=known.side,
        since=known.since.isoformat() if known.since else None,
        limits=known.limits,
        clearance=str(known.clearance) if known.clearance else None,
        healed=str(known.healed) if known.healed else None,
    )
