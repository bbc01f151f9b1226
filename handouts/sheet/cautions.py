"""The 'For you' box: what this patient must know before moving, merged condition by condition. Knows no page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handouts.layout.line_breaking import Text, wording
from handouts.model import Finding, PatientCondition, Program
from handouts.sheet.words import Words, joined


def cautions_for(words: Words, item: str, findings: Sequence[Finding], program: Program) -> tuple[Text, ...]:
    """One paragraph for each condition with a finding on `item`, an exercise or a packet; empty when there is none.

    It says what the patient has, what the clinician knows of it, what to do about it, and, where the clinician has
    overridden a contraindication, that this was a decision and not an oversight.
    """
    own = [finding for finding in findings if item in (finding.exercise, finding.packet)]
    paragraphs = []
    for condition in dict.fromkeys(finding.condition for finding in own):
        of_condition = [finding for finding in own if finding.condition == condition]
        known = next(c for c in program.patient.conditions if c.condition.id == condition)
        paragraphs.append(_paragraph(words, known, of_condition))
    return _without_repeats(paragraphs)


def limits_for(words: Words, findings: Sequence[Finding], program: Program) -> tuple[Text, ...]:
    """What the clinician wrote of the limits that go with a condition on which no rule speaks: no card would say it."""
    told = {finding.condition for finding in findings}
    silent = (one for one in program.patient.conditions if one.limits and one.condition.id not in told)
    return tuple(_paragraph(words, known, ()).has for known in silent)


class _Paragraph(NamedTuple):
    """`has`: what the patient has and what is known of it, one whole; `care`: what to do about it."""

    has: Text
    care: tuple[Text, ...]
    decided: Text


def _paragraph(words: Words, known: PatientCondition, findings: Sequence[Finding]) -> _Paragraph:
    condition = words.locale.condition(known.condition)
    has = words.plain(condition.for_you, f"{known.condition.id}.for_you", condition.lang)
    care = []
    for finding in findings:
        if finding.rule is not None:
            rule = words.locale.rule(finding.rule)
            care.append(words.advice(rule.advice, f"{finding.rule.id}.advice", rule.lang))
    decided = words.say("overridden") if any(finding.overridden for finding in findings) else ()
    return _Paragraph(joined(has, *_details(words, known)), tuple(care), decided)


def _details(words: Words, known: PatientCondition) -> list[Text]:
    said = []
    if known.side:
        said.append(words.say(f"on_{known.side}"))
    if known.since:
        said.append(words.say("since", date=words.locale.date(known.since)))
    if known.limits:
        limits = known.limits.strip()
        said.append(words.say("limits", limits=limits if limits.endswith((".", "!", "?")) else limits + "."))
    return said


def _without_repeats(paragraphs: Sequence[_Paragraph]) -> tuple[Text, ...]:
    """Two conditions often ask for the same care: it is said once. Which side, since when and what was decided are said
    of each, for the same words mean another condition there."""
    said: set[str] = set()
    merged = []
    for has, care, decided in paragraphs:
        fresh = {wording(text): text for text in (has, *care) if text and wording(text) not in said}
        said.update(fresh)
        if fresh:
            merged.append(joined(*fresh.values(), decided))
    return tuple(merged)
