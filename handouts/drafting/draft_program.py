"""What a draft comes to: the program, its findings and minutes, and the fields of its file; and the way back.

A program that was made before becomes a draft again: an earlier handout's for the next visit. Pure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from handouts.dose import Dose, format_dose, parse_dose
from handouts.drafting.draft import Draft, DraftCondition, DraftExercise, DraftHistory, ImpossibleChange
from handouts.drafting.draft_changes import gentle_dose, packet_doses, sets_side, usual_dose
from handouts.errors import BadInput, Problem, bad_input
from handouts.library import AnyKind, Library
from handouts.model import (
    AGE,
    UNDER_AGE,
    Clinic,
    Exercise,
    Finding,
    PatientCondition,
    Prescription,
    Program,
    Verdict,
)  # fmt: skip
from handouts.prescription import Layer, OptionPlaces, assemble
from handouts.prescription.assembly import assemble_patient
from handouts.prescription.program_file import PROGRAM_FIELDS, dose_entry
from handouts.prescription.record import program_from_record
from handouts.prescription.revision import with_visit
from handouts.screening import adapt, screen, verdict
from handouts.screening.windows import standings


def unchecked_program(draft: Draft, library: Library) -> Program:
    """The program as far as safety, minutes and language go; also of a draft that is not complete yet."""
    date, clinic = dt.date.fromisoformat(draft.date), _clinic(draft, library)
    try:
        patient = assemble_patient(_layer(draft, library), library, date=date)
    except BadInput:
        # What is said of a condition may have held on the last visit, as a trimester does: it is told as a fault of
        # the draft, and until it is mended the conditions alone count, in their strictest weeks.
        bare = tuple(DraftCondition(condition=one.condition) for one in draft.conditions)
        patient = assemble_patient(_layer(replace(draft, conditions=bare), library), library, date=date)
    return Program(
        patient=patient,
        clinic=clinic,
        language=draft.language or clinic.language,
        date=date,
        packet=library.packet(draft.packet) if draft.packet else None,
        prescriptions=tuple(
            Prescription(
                exercise=library.exercise(one.exercise),
                dose=parse_dose(one.dose),
                note=one.note,
                side_given=one.side_given,
            )
            for one in draft.exercises
        ),
        overrides=draft.overrides,
    )


def _clinic(draft: Draft, library: Library) -> Clinic:
    """The clinic that is printed; one whose file is at fault, which `faults` tells, has nothing to say."""
    clinic = draft.clinic or library.default_clinic
    try:
        return library.clinic(clinic) if clinic else Clinic(id="")
    except BadInput:
        return Clinic(id="")


def findings(draft: Draft, library: Library) -> tuple[Finding, ...]:
    """Every rule that fires for this patient, exercise by exercise."""
    return screen(unchecked_program(draft, library), library)


def findings_of(draft: Draft, exercise: str, dose: str, library: Library) -> tuple[Finding, ...]:
    """What the rules say of one exercise for this patient, whether it is in the draft or only thought of."""
    # Without the dose that it has in the draft: the one that is being typed counts.
    others = (one for one in draft.exercises if one.exercise != exercise)
    thought = replace(draft, exercises=(*others, DraftExercise(exercise=exercise, dose=dose)))
    return tuple(one for one in findings(thought, library) if one.exercise == exercise)


def printed_program(draft: Draft, library: Library) -> Program:
    """The draft's program with the doses, sides and positions that its cautions leave: what will be printed."""
    return adapt(unchecked_program(draft, library), library)[0]


def printed_dose(draft: Draft, exercise: str, dose: Dose, library: Library) -> Dose:
    """What is printed of a dose that is only thought of, for this patient."""
    given = any(sets_side(one, dose) for one in draft.exercises if one.exercise == exercise)
    thought = Prescription(exercise=library.exercise(exercise), dose=dose, side_given=given)
    program = replace(unchecked_program(draft, library), prescriptions=(thought,))
    return adapt(program, library)[0].prescriptions[0].dose


def dose_in_place(draft: Draft, old: str, new: str, dose: Dose, library: Library) -> Dose:
    """The dose of an exercise that comes in another's place, on the side on which the patient does that one."""
    printed = (one for one in printed_program(draft, library).prescriptions if one.exercise.id == old)
    side = next((one.dose.side for one in printed), None)
    if side not in ("left", "right") or library.exercise(new).sides == "none":
        return dose
    # What a condition sets of itself is left to it.
    return dose if printed_dose(draft, new, dose, library).side == side else replace(dose, side=side)


def worst_verdict(draft: Draft, exercise: Exercise, library: Library) -> Verdict | None:
    """The worst that any of the patient's conditions says of an exercise; None is no clearance."""
    return verdict(exercise, standings(unchecked_program(draft, library), library), library)


def faults(draft: Draft, library: Library, *, name_required: bool = False) -> tuple[Problem, ...]:
    """What keeps the draft from being a program, as `handouts check` would see it in its file."""
    try:
        build_program(draft, library, name_required=name_required)
    except BadInput as error:
        return error.problems
    return ()


def build_program(draft: Draft, library: Library, *, name_required: bool = True) -> Program:
    """The program that the draft's file makes. Raises BadInput with every problem."""
    # A draft has its own date.
    return assemble([_layer(draft, library)], library, date=dt.date.min, name_required=name_required)


def next_program(history: DraftHistory, library: Library) -> Program:
    """The program of the draft; on the next visit with its history, so that page 1 tells what has changed.

    Raises BadInput with every problem.
    """
    program = build_program(history.draft, library)
    if history.earlier is None:
        return program
    old = program_from_record(history.earlier, library, path="the earlier handout")
    if program.date < old.date:
        raise bad_input("date", f"{program.date} is before the earlier handout, of {old.date}")
    had = {one.exercise.id for one in old.prescriptions}
    came = {one.exercise: one.instead_of for one in history.draft.exercises if one.instead_of in had}
    return with_visit(old, program, came, library)


def _layer(draft: Draft, library: Library) -> Layer:
    return Layer(program_fields(draft, library), OptionPlaces(lambda field: field.replace("_", " ")))


def unreadable(draft: Draft, library: Library) -> str:
    """Why nobody can go on with a draft: it was made with another library, or changed by hand; empty where one can."""
    try:
        if missing := _unknown_ids(draft, library):
            return f"the library lacks {', '.join(missing)}"
        findings(draft, library)
    except BadInput as error:
        return error.words
    except (ValueError, TypeError, AttributeError):
        return "it was changed by hand, and is no draft any more"
    return ""


def _unknown_ids(draft: Draft, library: Library) -> tuple[str, ...]:
    named: Mapping[AnyKind, tuple[str | None, ...]] = {
        "conditions": tuple(one.condition for one in draft.conditions),
        "exercises": draft.exercise_ids,
        "packets": (draft.packet,),
        "clinics": (draft.clinic,),
        "languages": (draft.language,),
    }
    return tuple(one for kind, ids in named.items() for one in ids if one and one not in library.ids(kind))


def program_fields(draft: Draft, library: Library) -> dict[str, Any]:
    """The fields of the program file: what the packet says already is left out, and so is all that was not said."""
    said = {
        **vars(draft),
        "conditions": [_condition_entry(one) for one in draft.conditions],
        "helper": draft.helper or None,
        "exercises": _exercise_entries(draft, library),
        "order": _order(draft, library),
        "overrides": {
            item: {
                one.condition: {"reason": one.reason, "by": one.by} if one.by else one.reason
                for one in draft.overrides
                if one.item == item
            }
            for item in dict.fromkeys(one.item for one in draft.overrides)
        },
        "print": draft.layout,
        "append": list(draft.append),
    }
    said["patient"] = _given({name: said[name] for name in ("name", "id", "conditions", "age", "born", "helper")})
    return _given({name: said[name] for name in PROGRAM_FIELDS})


def _exercise_entries(draft: Draft, library: Library) -> list[Any]:
    doses = packet_doses(draft.packet, library)
    overridden = {one.item for one in draft.overrides}
    entries: list[Any] = []
    for one in draft.exercises:
        # What is overridden begins gently: the dose that was seen here is written as what differs from that.
        is_gentle = one.exercise in overridden or AGE in overridden
        usual = (gentle_dose if is_gentle else usual_dose)(draft, one.exercise, library)
        # A side that is written is the clinician's, and no condition changes it.
        seen = parse_dose(one.dose)
        dose = dose_entry(seen if one.side_given or seen.side != usual.side else replace(seen, side=None), usual)
        if one.note:
            entries.append({one.exercise: {"dose": dose, "note": one.note}})
        elif doses.get(one.exercise) != one.dose or is_gentle or one.side_given:
            entries.append({one.exercise: {"dose": dose} if isinstance(dose, dict) else dose})
    return entries + [{skipped: "skip"} for skipped in doses if skipped not in draft.exercise_ids]


def _order(draft: Draft, library: Library) -> list[str]:
    """The order, when it is not the one that packet and additions have by themselves."""
    doses = packet_doses(draft.packet, library)
    ids = list(draft.exercise_ids)
    natural = [one for one in doses if one in ids] + [one for one in ids if one not in doses]
    return [] if ids == natural else ids


def _condition_entry(has: DraftCondition) -> Any:
    details = _given({name: value for name, value in asdict(has).items() if name != "condition"})
    return {has.condition: details} if details else has.condition


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


# -- the way back ------------------------------------------------------------------------------------------------------


def next_visit(record: dict[str, Any], library: Library, today: dt.date) -> DraftHistory:
    """The draft of the visit after a recorded handout; never before its date.

    Its overrides were decided for one visit: they are not in the draft, so that what they lifted is refused again.
    Leaflets that are not the library's own stay behind: a record may name any file of this machine.

    Raises:
        BadInput: the record is of another format, or the library no longer has something that it names.
    """
    old = program_from_record(record, library, path="the earlier handout")
    date = max(today, old.date)
    return DraftHistory(draft=_draft_of(_with_open_sides(replace(old, date=date), library), library), earlier=record)


def condition_in(text: str, library: Library, date: str) -> DraftCondition:
    """The condition in `ID [since DATE | week N] [left|right|both]`, seen from the handout's date.

    Raises ImpossibleChange for a text that names no one condition, or what cannot be.
    """
    layer = Layer({"patient": {"conditions": [text]}}, OptionPlaces(lambda _field: "condition"))
    try:
        patient = assemble_patient(layer, library, date=dt.date.fromisoformat(date))
    except BadInput as error:
        raise ImpossibleChange(error.words) from error
    return _condition(patient.conditions[0])


def _with_open_sides(program: Program, library: Library) -> Program:
    """The program without the sides that its conditions set again, so that they follow what is said of these."""
    opened = tuple(
        one
        if one.side_given or one.dose.side not in ("left", "right")
        else replace(one, dose=replace(one.dose, side="each"))
        for one in program.prescriptions
    )
    printed = adapt(replace(program, prescriptions=opened), library)[0].prescriptions
    trios = zip(program.prescriptions, opened, printed, strict=True)
    return replace(program, prescriptions=tuple(two if three.dose == one.dose else one for one, two, three in trios))


def _draft_of(program: Program, library: Library) -> Draft:
    patient = program.patient
    return Draft(
        date=program.date.isoformat(),
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
            DraftExercise(
                exercise=one.exercise.id, dose=format_dose(one.dose), note=one.note, side_given=one.side_given
            )
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
