"""What a patient must know of an exercise, by condition; what most cards would say is said once above them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handouts.compose.text import Text, joined, labelled, unsaid, wording
from handouts.compose.words import Words
from handouts.model import POSITIONS, Finding, PatientCondition, Prescription, Program

MANY_CARDS = 3
"""A caution on this many cards is said whole above the first card: when they are most of the cards, with the numbers of
their exercises and nowhere else; else with one short line on each."""


@dataclass(frozen=True)
class _Advice:
    """What one rule asks for: the whole sentence, and the short one for a card below which it stands whole."""

    condition: str
    whole: Text
    short: Text

    @property
    def key(self) -> str:
        return wording(self.whole)


def in_order(program: Program) -> list[Prescription]:
    """The exercises as the cards have them: by position, so that the patient lies down once; within one as chosen."""
    return sorted(program.prescriptions, key=lambda item: POSITIONS.index(item.exercise.position))


class Cautions:
    """The cautions of one program."""

    def __init__(self, words: Words, program: Program, findings: Sequence[Finding]) -> None:
        self._words, self._program, self._findings = words, program, findings
        self._known = {known.condition.id: known for known in program.patient.conditions}
        # By advice, not by rule: two rules of a condition often ask for the same thing.
        on_cards: dict[str, list[int]] = {}
        for number, prescription in enumerate(in_order(program), 1):
            for key in {advice.key for advice in self._advice(self._about(prescription.exercise.id))}:
                on_cards.setdefault(key, []).append(number)
        self._many = {key: numbers for key, numbers in on_cards.items() if len(numbers) >= MANY_CARDS}
        self._cards = len(program.prescriptions)

    def of(self, item: str) -> tuple[Text, ...]:
        """The paragraphs for one exercise or packet; none where no rule speaks.

        A paragraph says what the patient has, what the clinician knows of it, what to do, and, where the clinician has
        overridden a contraindication, that this was decided. Advice that two conditions share is said once, and so is
        a sentence that two rules share; what stands above the cards for most of them is not said again.
        """
        paragraphs, keys, sentences = [], set[str](), set[str]()
        by_condition: dict[str, list[Finding]] = {}
        for finding in self._about(item):
            by_condition.setdefault(finding.condition, []).append(finding)
        for condition, findings in by_condition.items():
            asked = self._advice(findings)
            advice = [one for one in asked if one.key not in keys]
            keys.update(one.key for one in advice)
            here = [one for one in advice if one.key not in self._many]
            decided = self._words.say("overridden") if any(finding.overridden for finding in findings) else ()
            # What is done in spite of a rule keeps its caution beside it.
            above = [one for one in advice if one.key in self._many and (decided or not self._is_on_most(one))]
            above_alone = bool(asked) and all(map(self._is_on_most, asked))
            has = self._has(condition) if here or decided or not (advice or above_alone) else ()
            texts = dict.fromkeys((*(one.whole for one in here), *(one.short for one in above)))
            paragraphs.append(joined(has, unsaid(joined(*texts), sentences), decided))
        return self._for_you(paragraphs)

    def conditions(self, item: str) -> frozenset[str]:
        """The conditions whose cautions stand on the card of an exercise."""
        return frozenset(finding.condition for finding in self._about(item))

    def shared_cautions(self) -> tuple[Text, ...]:
        """The paragraphs that stand whole above the first card, one for each condition.

        Conditions that ask for the same share a paragraph, and no advice is said in two. What is for the same exercises
        stands together, with their numbers once.
        """
        many: dict[str, dict[str, _Advice]] = {}
        for prescription in self._program.prescriptions:
            for advice in self._advice(self._about(prescription.exercise.id)):
                if advice.key in self._many:
                    many.setdefault(advice.condition, {})[advice.key] = advice
        sharing: dict[frozenset[str], list[str]] = {}
        for condition, shared in many.items():
            sharing.setdefault(frozenset(shared), []).append(condition)
        paragraphs, keys = [], set[str]()
        for conditions in sharing.values():
            new = {key: advice for key, advice in many[conditions[0]].items() if key not in keys}
            keys.update(new)
            by_numbers: dict[Text, list[Text]] = {}
            for advice in new.values():
                by_numbers.setdefault(self._numbers(advice), []).append(advice.whole)
            together = (joined(unsaid(joined(*wholes), set()), numbers) for numbers, wholes in by_numbers.items())
            paragraphs.append(joined(*map(self._has, conditions), *together))
        return self._for_you(paragraphs)

    def _is_on_most(self, advice: _Advice) -> bool:
        return len(self._many.get(advice.key, ())) > self._cards / 2

    def _numbers(self, advice: _Advice) -> Text:
        """Which exercises it is for, where no card says so; nothing when it is for all of them."""
        numbers = self._many[advice.key]
        if len(numbers) == self._cards or not self._is_on_most(advice):
            return ()
        return self._words.say("for_exercises", numbers=", ".join(map(str, numbers)))

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
        found: dict[tuple[str, str], _Advice] = {}  # by condition too: each is named
        for finding in findings:
            if finding.rule is None:
                continue
            text = self._words.locale.text(finding.rule)
            field = f"{finding.rule.id}.advice"
            whole = self._words.advice(text.advice, field, text.lang)
            short = self._words.advice(text.short or text.advice, field, text.lang)
            advice = _Advice(finding.condition, whole, short)
            found.setdefault((advice.condition, advice.key), advice)
        return list(found.values())

    def _has(self, condition: str) -> Text:
        """'You have a new knee. It is on your left side. Since Nov 1, 2026. Your limits: no kneeling.'"""
        known = self._known[condition]
        text = self._words.locale.text(known.condition)
        return joined(self._words.plain(text.for_you, f"{condition}.for_you", text.lang), *self._details(known))

    def _details(self, known: PatientCondition) -> list[Text]:
        facts = []
        if known.side:
            facts.append(self._words.say(f"on_{known.side}"))
        if known.since:
            facts.append(self._words.say("since", date=self._words.locale.date(known.since)))
        if known.limits:
            limits = known.limits.strip()
            facts.append(self._words.say("limits", limits=limits if limits.endswith((".", "!", "?")) else limits + "."))
        return facts
