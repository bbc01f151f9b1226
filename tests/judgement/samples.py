"""Small libraries and programs made of values, for judging rules without reading the content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from handouts.dose import Dose
from handouts.model import (
    Clinic,
    Condition,
    ConditionText,
    Exercise,
    ExerciseText,
    NotFor,
    Override,
    Packet,
    PacketItem,
    PacketText,
    Patient,
    PatientCondition,
    Prescription,
    Program,
    Rule,
    RuleText,
    Warning,  # noqa: A004 - the field's own word
)

DOSE = Dose(sets=(3, 3), reps=(10, 10), per_day=(1, 1))
TODAY = dt.date(2026, 11, 22)


class SmallLibrary:
    """What the judgement rooms ask of a library, held in memory."""

    def __init__(
        self,
        exercises: Iterable[Exercise] = (),
        rules: Iterable[Rule] = (),
        packets: Iterable[Packet] = (),
        warnings: Iterable[Warning] = (),
    ) -> None:
        self._exercises: Mapping[str, Exercise] = {one.id: one for one in exercises}
        self._packets = {one.id: one for one in packets}
        self._rules = tuple(rules)
        self.built_in = self
        self.packets = self._packets.keys()
        self.warnings = tuple(warnings)

    def exercise(self, exercise_id: str) -> Exercise:
        return self._exercises[exercise_id]

    def exercises(self) -> tuple[Exercise, ...]:
        return tuple(self._exercises.values())

    def packet(self, packet_id: str) -> Packet:
        return self._packets[packet_id]

    def items(self, kind: str) -> tuple[Packet, ...]:
        assert kind == "packets"
        return tuple(self._packets.values())

    def rules_for(self, condition_id: str) -> tuple[Rule, ...]:
        return tuple(rule for rule in self._rules if rule.condition == condition_id)


def exercise(exercise_id: str, *movements: str, **more: object) -> Exercise:
    facts: dict[str, object] = {
        "region": "low-back",
        "goal": "strength",
        "position": "supine",
        "dose": DOSE,
        "dose_source": "source",
        "dose_basis": "retrieved",
    }
    muscles = more.pop("muscles", ())
    text = ExerciseText(
        lang="en", name=exercise_id, purpose="p", setup="s", steps=("Lift.",), feel="f", muscles=tuple(muscles)
    )
    return Exercise(id=exercise_id, movements=movements, text=text, **(facts | more))


def condition(condition_id: str, **more: object) -> Condition:
    facts: dict[str, object] = {"category": "general", "tier": "core", "urgency": "none", "blocks_all": False}
    text = ConditionText(lang="en", name=condition_id, for_you="You have it.")
    return Condition(id=condition_id, clinical=condition_id, text=text, **(facts | more))


def rule(condition_id: str, verdict: str, *movements: str, **more: object) -> Rule:
    name = f"{condition_id}-{verdict}-{'-'.join(movements) or 'named'}"
    text = RuleText(lang="en", advice=f"advice of {name}")
    facts: dict[str, object] = {"id": name, "reason": f"reason of {name}", "source": "source", "text": text}
    return Rule(condition=condition_id, verdict=verdict, movements=movements, **(facts | more))


def packet(
    packet_id: str, exercises: Iterable[str], not_for: Iterable[NotFor] = (), region: str = "low-back"
) -> Packet:
    items = tuple(PacketItem(exercise=one, dose=DOSE, dose_source="source") for one in exercises)
    text = PacketText(lang="en", title=packet_id, purpose="p", progression="p")
    return Packet(
        id=packet_id,
        for_whom="w",
        region=region,
        phase="p",
        course_weeks=6,
        items=items,
        not_for=tuple(not_for),
        text=text,
    )


def program(
    exercises: Iterable[Exercise | Prescription],
    conditions: Iterable[Condition | PatientCondition] = (),
    *,
    overrides: Iterable[Override] = (),
    packet: Packet | None = None,
) -> Program:
    prescribed = [Prescription(exercise=one, dose=one.dose) if isinstance(one, Exercise) else one for one in exercises]
    known = [PatientCondition(condition=one) if isinstance(one, Condition) else one for one in conditions]
    return Program(
        patient=Patient(name="A Patient", conditions=tuple(known)),
        clinic=Clinic(id="clinic"),
        date=TODAY,
        packet=packet,
        prescriptions=tuple(prescribed),
        overrides=tuple(overrides),
    )
