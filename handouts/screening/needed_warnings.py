"""Which red flags, stop rules, pain scale and notes a program needs. No option of a program removes any of them."""

from __future__ import annotations

from collections.abc import Iterable

from handouts.errors import BadInput, Problem
from handouts.library import Library
from handouts.model import (
    AppliesTo,
    PainZone,
    Program,
    Warning,  # noqa: A004 - the field's own word
    WarningText,
)


def warnings_for(program: Program, library: Library) -> tuple[Warning, ...]:
    """The warnings of a program, in the library's order: any match shows one, an excepted condition removes it.

    A warning that only names excepted conditions is for everyone else. A packet that is made for conditions of which
    the patient's list names none is taken to be for all of them, so that no new knee lacks the new knee's warnings.
    """
    regions = {prescription.exercise.region for prescription in program.prescriptions}
    if program.packet is not None:
        regions.add(program.packet.region)
    exercises = {prescription.exercise.id for prescription in program.prescriptions}
    known = {of_patient.condition.id: of_patient.condition for of_patient in program.patient.conditions}
    if program.packet is not None and known.keys().isdisjoint(program.packet.target_conditions):
        known |= {target: library.conditions[target] for target in program.packet.target_conditions}
    conditions = known.keys()
    categories = {condition.category for condition in known.values()}

    def shown(where: AppliesTo) -> bool:
        if not conditions.isdisjoint(where.except_conditions):
            return False
        named = (where.regions, where.conditions, where.categories, where.exercises)
        if where.everyone or (where.except_conditions and not any(named)):
            return True
        present = (regions, conditions, categories, exercises)
        return any(not have.isdisjoint(wanted) for have, wanted in zip(present, named, strict=True))

    return tuple(warning for warning in library.warnings if shown(warning.applies_to))


def pain_scale(warnings: Iterable[Warning]) -> Warning:
    """The one warning whose pain scale is printed: the strictest, which lets the patient go on with the least pain.

    A program without any pain scale is bad content (exit 3): no sheet is printed without one.
    """
    scales = [warning for warning in warnings if warning.text.zones]
    if not scales:
        hint = "content/warnings needs a scale for everyone whom the strict one leaves out"
        raise BadInput([Problem("warnings", 0, 0, "no pain scale applies to this program", hint)])
    return min(scales, key=lambda warning: (_allowed(warning.text), warning.id))


def pain_zones(warnings: Iterable[Warning]) -> tuple[PainZone, ...]:
    """The zones of the pain scale that is printed, in the library's own language."""
    return pain_scale(warnings).text.zones


def _allowed(text: WarningText) -> tuple[int, int]:
    """The highest pain at which the patient goes on freely, and then with care."""
    free = max((zone.high for zone in text.zones if zone.kind == "go"), default=-1)
    care = max((zone.high for zone in text.zones if zone.kind == "care"), default=free)
    return care, free
