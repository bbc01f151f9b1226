"""What a patient must know of an exercise, condition by condition; what stands on many cards is said whole once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handouts.compose.text import Text, joined, labelled, wording
from handouts.compose.words import Words
from handouts.model import Finding, PatientCondition, Program

MANY_CARDS = 3
"""A caution on this many cards is said whole above the first card, and in one short line on each."""


@dataclass(frozen=True)
class _Advice:
    """What one rule asks for: the whole sentence, and the short one for a card below which it stands whole."""

    condition: str
    whole: Text
    short: Text

    @property
    def key(self) -> tuple[str, str]:
        return self.condition, wording(self.whole)


class Cautions:
    """The cautions of one program."""

    def __init__(self, words: Words, program: Program, findings: Sequence[Finding]) -> None:
        self._words, self._program, self._findings = words, program, findings
        self._known = {known.condition.id: known for known in program.patient.conditions}
        # Counted by advice, not by rule: two rules of a condition often ask for the same thing.
        on_cards = Counter(
            advice.key
            for prescription in program.prescriptions
            for advice in self._advice(self._about(prescription.exercise.id))
        )
        self._many = {key for key, cards in on_cards.items() if cards >= MANY_CARDS}

    def of(self, item: str) -> tuple[Text, ...]:
        """The paragraphs for one exercise or packet; none where no rule speaks.

        A paragraph says what the patient has, what the clinician knows of it, what to do, and, where the clinician has
        overridden a contraindication, that this was decided. Advice that two conditions share is said once.
        """
        paragraphs, said = [], set[str]()
        by_condition: dict[str, list[Finding]] = {}
        for finding in self._about(item):
            by_condition.setdefault(finding.condition, []).append(finding)
        for condition, findings in by_condition.items():
            advice = [one for one in self._advice(findings) if wording(one.whole) not in said]
            said.update(wording(one.whole) for one in advice)
            above = [one for one in advice if one.key in self._many]
            here = [one for one in advice if one.key not in self._many]
            decided = self._words.say("overridden") if any(finding.overridden for finding in findings) else ()
            has = self._has(condition) if here or not advice or decided else ()
            texts = (has, *(one.whole for one in here), *(one.short for one in above), decided)
            paragraphs.append(joined(*dict.fromkeys(texts)))
        return self._for_you(paragraphs)

    def conditions(self, item: str) -> frozenset[str]:
        """The conditions whose cautions stand on the card of an exercise."""
        return frozenset(finding.condition for finding in self._about(item))

    def said_once(self) -> tuple[Text, ...]:
        """The paragraphs that stand whole above the first card, one for each condition.

        Conditions that ask for the same share a paragraph, and no advice is said in two.
        """
        many: dict[str, dict[str, Text]] = {}
        for prescription in self._program.prescriptions:
            for advice in self._advice(self._about(prescription.exercise.id)):
                if advice.key in self._many:
                    many.setdefault(advice.condition, {})[wording(advice.whole)] = advice.whole
        sharing: dict[frozenset[str], list[str]] = {}
        for condition, texts in many.items():
            sharing.setdefault(frozenset(texts), []).append(condition)
        paragraphs, said = [], set[str]()
        for conditions in sharing.values():
            new = {key: text for key, text in many[conditions[0]].items() if key not in said}
            said.update(new)
            paragraphs.append(joined(*map(self._has, conditions), *new.values()))
        return self._for_you(paragraphs)

    def limits(self) -> tuple[Text, ...]:
        """What the clinician wrote of a condition on which no rule speaks: no card would say it."""
        judged = {finding.condition for finding in self._findings}
        silent = [known for known in self._known.values() if known.limits and known.condition.id not in judged]
        return self._for_you([self._has(known.condition.id) for known in silent])

    def _for_you(self, paragraphs: Iterable[Text]) -> tuple[Text, ...]:
        first, *others = [paragraph for paragraph in paragraphs if paragraph] or [()]
        return (labelled(self._words.say("for_you"), first), *others) if first else ()

    def _about(self, item: str) -> list[Finding]:
        return [finding for finding in self._findings if item in (finding.exercise, finding.packet)]

    def _advice(self, findings: Sequence[Finding]) -> list[_Advice]:
        found: dict[tuple[str, str], _Advice] = {}
        for finding in findings:
            if finding.rule is None:
                continue
            text = self._words.locale.rule(finding.rule)
            field = f"{finding.rule.id}.advice"
            whole = self._words.advice(text.advice, field, text.lang)
            short = self._words.advice(text.short or text.advice, field, text.lang)
            advice = _Advice(finding.condition, whole, short)
            found.setdefault(advice.key, advice)
        return list(found.values())

    def _has(self, condition: str) -> Text:
        """'You have a new knee. It is on your left side. Since Nov 1, 2026. Your limits: no kneeling.'"""
        known = self._known[condition]
        text = self._words.locale.condition(known.condition)
        return joined(self._words.plain(text.for_you, f"{condition}.for_you", text.lang), *self._details(known))

    def _details(self, known: PatientCondition) -> list[Text]:
        said = []
        if known.side:
            said.append(self._words.say(f"on_{known.side}"))
        if known.since:
            said.append(self._words.say("since", date=self._words.locale.date(known.since)))
        if known.limits:
            limits = known.limits.strip()
            said.append(self._words.say("limits", limits=limits if limits.endswith((".", "!", "?")) else limits + "."))
        return said
