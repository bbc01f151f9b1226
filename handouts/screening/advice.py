"""Advice to the clinician about a program: never printed for the patient, never a reason to refuse."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from handouts.dose import Dose, Range, minutes, sessions_a_day, span
from handouts.errors import AtTerminal
from handouts.library.clinics import web_address
from handouts.model import AGE, Clinic, Finding, Note, PatientCondition, Prescription, Program, notes

MANY_EXERCISES = 5
"""Exercises beyond which fewer are worth a thought; the number itself has no source.

Henry, Rosemond and Eckert (Phys Ther 1999;79:270) gave 15 adults aged 67 to 82 two, five or eight exercises. Those with
two performed them better than those with eight; those with five did not differ from either. How much they reported
that they had done did not differ.
"""
LONG_DAY_MIN = 30
"""Minutes a day beyond which to ask whether they fit the patient's day; no source either."""
FAR_FROM_USUAL = 2
"""How many times more, or less, than the exercise's usual dose is worth a second look."""
MANY_CAUTIONS = 3
OLD_CLEARANCE_DAYS = 366
"""Days after which a clearance is asked about anew; no source says how long one holds, so it is never refused."""

_COMPARED = {
    "sets": "sets",
    "reps": "reps",
    "hold_s": "hold in seconds",
    "duration_s": "time in seconds",
    "per_day": "times a day",
    "per_week": "times a week",
}


def advice(program: Program, findings: Sequence[Finding]) -> tuple[Note, ...]:
    """Notes to the clinician, in English: the size of the program, its doses, its conditions, its overrides."""
    of_conditions = (note for known in program.patient.conditions for note in _condition(known, program.date))
    of_doses = (note for of in _own_doses(program) for note in _unusual(of))
    # A blank packet is for anybody: how it was made is no news to whoever gives it out.
    of_program = () if not program.patient.name and _is_packet_itself(program) else (
        *notes("workload", _size(program)),
        *notes("choice", _repeats(program)),
        *notes("missing", _blank_frequency(program)),
    )  # fmt: skip
    found = (
        *of_program,
        *notes("workload", of_doses),
        *of_conditions,
        *notes("safety", _next_stages(program)),
        *notes("safety", _many_cautions(findings)),
        *notes("safety", _overrides(findings)),
        *_unneeded_overrides(program, findings),
    )
    return tuple(dict.fromkeys(found))


def day_minutes(prescriptions: Iterable[Prescription]) -> int:
    """Minutes of a day on which every exercise is done, rounded up."""
    total = sum(minutes(one.dose, one.exercise.rep_s) * sessions_a_day(one.dose) for one in prescriptions)
    return math.ceil(round(total, 6))


def _own_doses(program: Program) -> list[Prescription]:
    """The prescriptions whose dose is not the packet's."""
    given = {item.exercise: item.dose for item in program.packet.items} if program.packet else {}
    return [of for of in program.prescriptions if given.get(of.exercise.id) != of.dose]


def _is_packet_itself(program: Program) -> bool:
    """Whether the program is a packet as it stands."""
    packet = program.packet
    return packet is not None and len(packet.items) == len(program.prescriptions) and not _own_doses(program)


def clinic_notes(clinic: Clinic, language: str) -> Iterator[str]:
    """What a sheet in the language lacks of the clinic, told every time: a patient who is to call must know where."""
    if not clinic.phone:
        blank = "patients are told to call a blank line"
        if clinic.id:
            yield f"the clinic '{clinic.id}' has no phone: {blank}; write phone: in its file"
        else:
            unnamed = f"no clinic is named: {blank}"
            yield AtTerminal(f"{unnamed}; give --clinic, or write it once with `handouts setup`", unnamed)
    elif not any(map(str.isdigit, clinic.phone)):
        yield f"the clinic's phone, '{clinic.phone}', is no number: patients are told to call it"
    if clinic.web and not web_address(clinic.web):
        yield f"the clinic's web, '{clinic.web}', is no web address: it is printed without a link and a QR code"
    texts = {
        "hours": clinic.hours, "letterhead": clinic.letterhead, "licences": clinic.licences, "closing": clinic.closing,
    }  # fmt: skip
    if left_out := [name for name, by_language in texts.items() if by_language and language not in by_language]:
        yield f"the clinic '{clinic.id}' has no {', '.join(left_out)} in '{language}': nothing is printed for it"


def _size(program: Program) -> Iterator[str]:
    count = len(program.prescriptions)
    if count > MANY_EXERCISES:
        yield f"{count} exercises: older adults performed 2 better than 8 (Henry 1999); fewer may be done better"
    a_day = day_minutes(program.prescriptions)
    if a_day > LONG_DAY_MIN:
        blank = any(not _has_frequency(prescription.dose) for prescription in program.prescriptions)
        counted = ", each exercise without times a day counted once" if blank else ""
        yield f"{a_day} minutes a day{counted}: ask whether the patient has the time"


def _has_frequency(dose: Dose) -> bool:
    return bool(dose.per_day or dose.per_week or dose.every_other_day)


def _blank_frequency(program: Program) -> Iterator[str]:
    """The exercises whose dose does not say how often, in one line: a blank is easily overlooked."""
    blank = [one.exercise.id for one in program.prescriptions if not _has_frequency(one.dose)]
    if blank:
        yield f"{', '.join(blank)}: no frequency is written: the sheet leaves a blank"


def _repeats(program: Program) -> Iterator[str]:
    """Pairs with the same region, goal, position and main muscle, unless a packet put both in on purpose."""
    chosen = {item.exercise for item in program.packet.items} if program.packet else set()
    for one, other in combinations([prescription.exercise for prescription in program.prescriptions], 2):
        if {one.id, other.id} <= chosen or not one.text.muscles or not other.text.muscles:
            continue
        if (one.region, one.goal, one.position) != (other.region, other.goal, other.position):
            continue
        if one.text.muscles[0] == other.text.muscles[0]:
            yield f"{one.id} and {other.id} do the same thing: one may be enough"


def _unusual(prescription: Prescription) -> Iterator[str]:
    """Parts of a dose at least twice, or at most half, of the exercise's usual one, where both say something."""
    for field, unit in _COMPARED.items():
        given: Range | None = getattr(prescription.dose, field)
        usual: Range | None = getattr(prescription.exercise.dose, field)
        if given is None or usual is None:
            continue
        if given[0] > usual[1] * FAR_FROM_USUAL or given[1] * FAR_FROM_USUAL < usual[0]:
            yield f"{prescription.exercise.id}: {unit} {span(given)}, the usual is {span(usual)}"


def _condition(of_patient: PatientCondition, date: dt.date) -> Iterator[Note]:
    condition, clearance = of_patient.condition, of_patient.clearance
    if clearance:
        yield Note("choice", f"{condition.id}: cleared by {clearance}")
        if (date - clearance.on).days > OLD_CLEARANCE_DAYS:
            text = f"{condition.id}: the clearance is more than a year old: ask whether it still holds"
            yield Note("safety", text)
    elif condition.urgency != "none" and not condition.blocks_all:
        need = "written medical clearance" if condition.urgency == "clearance" else f"{condition.urgency} medical care"
        yield Note("safety", f"{condition.id}: {need} first")
    if of_patient.healed:
        yield Note("choice", f"{condition.id}: found healed by {of_patient.healed}")
    if condition.ask_clinician and not of_patient.limits and not of_patient.healed:
        yield Note("missing", f"{condition.id}: to settle: {condition.ask_clinician}")


def _next_stages(program: Program) -> Iterator[str]:
    """What a condition turns into before the next visit, or before the log ends: other rules hold from then on."""
    until = program.next_visit or program.date + dt.timedelta(weeks=program.layout.log_weeks)
    for known in program.patient.conditions:
        stage = known.condition.stage
        if known.since and stage and stage.end and stage.later:
            on = known.since + dt.timedelta(weeks=stage.end)
            if on < until:
                text = f"from {on} on it is {stage.later}, before this sheet ends: screen again then"
                yield f"{known.condition.id}: {text}"


def _many_cautions(findings: Sequence[Finding]) -> Iterator[str]:
    cautions = Counter(finding.exercise for finding in findings if finding.verdict == "caution" and finding.exercise)
    for exercise, count in cautions.items():
        if count >= MANY_CAUTIONS:
            yield f"{exercise}: {count} cautions for this patient, please review it"


def _overrides(findings: Sequence[Finding]) -> Iterator[str]:
    for one in findings:
        if one.overridden is not None:
            yield f"override {one.exercise or one.packet}:{one.condition}: printed all the same: {one.overridden}"


def _unneeded_overrides(program: Program, findings: Sequence[Finding]) -> Iterator[Note]:
    overridden = [one for one in findings if one.overridden is not None]
    used = {(one.exercise or one.packet, one.condition) for one in overridden}
    used |= {(AGE, one.condition) for one in overridden}
    blocked = {one.condition.id for one in program.patient.conditions if one.condition.blocks_all}
    for override in program.overrides:
        if override.condition in blocked:
            text = f"override {override.item}:{override.condition} has no effect: no exercise may be printed with it"
            yield Note("safety", text)
        elif (override.item, override.condition) not in used:
            yield Note("choice", f"override {override.item}:{override.condition} is not needed: nothing forbids it")
