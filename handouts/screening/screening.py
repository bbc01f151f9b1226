"""A program's findings: every rule that fires for this patient, every packet that is not for this patient, and what to
offer instead. Everything offered has itself been screened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from handouts.errors import ExitCode, HandoutError
from handouts.library import Library
from handouts.model import AGE, UNDER_AGE, Condition, Exercise, Finding, NotFor, Packet, Program, Rule, Verdict
from handouts.screening.rules import rules_met, verdict_for, waits_for_clearance
from handouts.screening.windows import Standing, is_over, is_past, standings, together


class RefusedForSafety(HandoutError):
    """Something is contraindicated for this patient and not overridden; carries all findings of the program."""

    exit_code = ExitCode.REFUSED

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(f"refused for safety: {', '.join(dict.fromkeys(map(refusal_words, refusals(self.findings))))}")


def screen(program: Program, library: Library) -> tuple[Finding, ...]:
    """Every finding of a program: what waits for clearance, the packet's refusals, then exercise by exercise in order.

    Of the rules of one condition only those with the worst verdict are reported for an exercise, each once. When the
    clinician has overridden a contraindication, the condition's cautions are reported too, since the patient will now
    do the exercise. An override never lifts a condition that blocks everything.
    """
    return (
        *_clearance_findings(program, library),
        *_packet_findings(program, library),
        *_exercise_findings(program, library),
    )


def refusals(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that forbid a handout: contraindicated or not cleared, and not overridden."""
    return tuple(one for one in findings if one.verdict != "caution" and one.overridden is None)


def refusal_words(finding: Finding) -> str:
    """A finding that forbids a handout, in a few words."""
    if finding.verdict == "clearance-needed":
        return f"{finding.condition} without clearance"
    return f"{item_of(finding)} with {finding.condition}"


def verdict(exercise: Exercise, conditions: Iterable[Condition | Standing], library: Library) -> Verdict | None:
    """The worst verdict on `exercise` over all `conditions`; None when no rule fires, which is not a clearance."""
    found = {verdict_for(exercise, condition, library) for condition in together(conditions, library)}
    if "contraindicated" in found:
        return "contraindicated"
    return "caution" if "caution" in found else None


def judged_by(exercise: Exercise, library: Library) -> dict[Verdict, list[str]]:
    """The conditions of the library that forbid an exercise, and those that ask for care."""
    found: dict[Verdict, list[str]] = {"contraindicated": [], "caution": []}
    for condition in library.conditions.values():
        if judged := verdict(exercise, [condition], library):
            found[judged].append(condition.id)
    return found


def item_of(finding: Finding) -> str:
    """The exercise or packet that a finding, and an override of it, speaks about."""
    return finding.exercise or finding.packet or ""


def override_reason(program: Program, item: str, condition: Condition) -> str | None:
    """The clinician's reason for doing `item` in spite of `condition`; None without one, or when none can lift it."""
    if condition.blocks_all:
        return None
    for override in program.overrides:
        lifts = override.item == item or (override.item == AGE and condition.id == UNDER_AGE)
        if lifts and override.condition == condition.id and override.reason.strip():
            return override.reason.strip()
    return None


def _clearance_findings(program: Program, library: Library) -> Iterator[Finding]:
    """The conditions with which nothing is printed without a named clearance, and that have none."""
    for of in standings(program, library):
        condition = of.condition
        if condition.clearance_level != "program" or condition.blocks_all:
            continue
        if of.cleared or is_over(of, library.rules_for(condition.id)) or override_reason(program, AGE, condition):
            continue
        needed = condition.clearance
        by = needed.by if needed else "the doctor or team in charge"
        says = f" (what it should say: {needed.says})" if needed and needed.says else ""
        yield Finding(
            condition=condition.id,
            verdict="clearance-needed",
            reason=f"written clearance first, from: {by}{says}",
            source=needed.source if needed else None,
        )


def _packet_findings(program: Program, library: Library) -> Iterator[Finding]:
    packet = program.packet
    if packet is None:
        return
    for of in standings(program, library):
        condition, rules = of.condition, library.rules_for(of.condition.id)
        for refusal in packet.not_for:
            if refusal.condition != condition.id or is_over(of, rules):
                continue
            overridden = override_reason(program, packet.id, condition)
            yield Finding(
                packet=packet.id,
                condition=condition.id,
                verdict="caution" if is_past(of, rules) else "contraindicated",
                reason=refusal.reason,
                source=next(iter(packet.sources), None),
                overridden=overridden,
                alternatives=() if overridden else safer_packet(refusal, program, library),
            )


def _exercise_findings(program: Program, library: Library) -> Iterator[Finding]:
    conditions = standings(program, library)
    for prescription in program.prescriptions:
        exercise = prescription.exercise
        offer: tuple[str, ...] | None = None
        for of in conditions:
            condition, rules = of.condition, rules_met(exercise, of, library)
            forbidding = [rule for rule in rules if rule.verdict == "contraindicated"]
            cautions = [rule for rule in rules if rule.verdict == "caution"]
            overridden = None
            if forbidding or condition.blocks_all:
                overridden = override_reason(program, exercise.id, condition)
                if overridden is None and offer is None:
                    offer = alternatives(exercise, program, library)
            for rule in _distinct(forbidding):
                yield _finding(exercise, rule, overridden, () if overridden else offer or ())
            if condition.blocks_all and not forbidding:
                yield _blocked(exercise, condition)
            elif overridden or not forbidding:
                yield from (_finding(exercise, rule, None, ()) for rule in _distinct(cautions))


def _distinct(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Rules in their order, without one that repeats both the reason and the advice of an earlier one."""
    seen: set[tuple[str, str]] = set()
    for rule in rules:
        words = (rule.reason, rule.text.advice)
        if words not in seen:
            seen.add(words)
            yield rule


def _finding(exercise: Exercise, rule: Rule, overridden: str | None, offer: tuple[str, ...]) -> Finding:
    return Finding(
        exercise=exercise.id,
        condition=rule.condition,
        verdict=rule.verdict,
        reason=rule.reason,
        source=rule.source,
        rule=rule,
        overridden=overridden,
        alternatives=offer,
    )


def _blocked(exercise: Exercise, condition: Condition) -> Finding:
    """The finding of a condition that blocks everything, should no rule of it speak about this exercise."""
    return Finding(
        exercise=exercise.id,
        condition=condition.id,
        verdict="contraindicated",
        reason=condition.note or f"{condition.clinical}: no exercise may be printed",
        source=None,
    )


MOST_OFFERED = 3


def alternatives(exercise: Exercise, program: Program, library: Library) -> tuple[str, ...]:
    """Up to three ids of exercises of the same region that nothing contraindicates for this patient.

    The same goal first, then those without a caution, then the easiest, then by id. None that the program already has,
    none for conditions that the patient does not have, none that waits for a clearance.
    """
    conditions = standings(program, library)
    if any(of.condition.blocks_all for of in conditions):
        return ()
    taken = {prescription.exercise.id for prescription in program.prescriptions} | {exercise.id}
    by_id = {other.id: other for other in library.exercises()}
    ranked = [
        (
            other.goal != exercise.goal,
            verdict(other, conditions, library) == "caution",
            steps_up(other, by_id),
            other.id,
        )
        for other in by_id.values()
        if other.region == exercise.region and other.id not in taken and suits(other, conditions, library)
    ]
    return tuple(offered for *_, offered in sorted(ranked)[:MOST_OFFERED])


def suits(exercise: Exercise, conditions: Sequence[Standing], library: Library) -> bool:
    """Whether a rule may choose the exercise: nothing forbids it, and it waits for no word that nobody has given.

    It must also be for a patient who has these conditions.
    """
    if verdict(exercise, conditions, library) == "contraindicated":
        return False
    waits = waits_for_clearance(exercise, conditions, library)
    return not waits and belongs(exercise, {of.condition.id for of in conditions})


def belongs(exercise: Exercise, conditions: Collection[str]) -> bool:
    """Whether the exercise is for anybody, or for one of these conditions."""
    return not exercise.only_for or not set(exercise.only_for).isdisjoint(conditions)


def steps_up(exercise: Exercise, by_id: Mapping[str, Exercise]) -> int:
    """How hard an exercise is: the length of the chain of easier exercises below it. A ring ends the count."""
    seen = {exercise.id}
    below = exercise.easier
    while below is not None and below in by_id and below not in seen:
        seen.add(below)
        below = by_id[below].easier
    return len(seen) - 1


def safer_packet(refusal: NotFor, program: Program, library: Library) -> tuple[str, ...]:
    """The packet that a refusal names, when nothing in it is refused for this patient in turn."""
    if refusal.use is None or refusal.use not in library.packets:
        return ()
    other = library.packet(refusal.use)
    return () if is_refused(other, standings(program, library), library) else (other.id,)


def is_refused(packet: Packet, conditions: Sequence[Standing], library: Library) -> bool:
    """Whether a packet, or an exercise in it, is contraindicated for a patient with these conditions."""
    if not {one.condition for one in packet.not_for}.isdisjoint(of.condition.id for of in conditions):
        return True
    exercises = (library.exercise(item.exercise) for item in packet.items)
    return any(verdict(exercise, conditions, library) == "contraindicated" for exercise in exercises)
