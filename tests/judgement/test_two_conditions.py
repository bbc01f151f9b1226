"""Two conditions on one card: what one caution asks for, the other must not forbid; the stricter wins, or a refusal.

`settled_pairs.yaml` has the kinds: `of_two`, what two cautions may not ask for together, and `kinds`, what a caution
may not stand beside on a card that another condition has worded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from handouts.compose.cards import compose_card
from handouts.compose.cautions import Cautions
from handouts.compose.text import wording
from handouts.compose.words import Words
from handouts.library.locale import read_locale
from handouts.library.safety_facts import adapts
from handouts.model import Adapt, Exercise, Override, PatientCondition, Rule, Word
from handouts.screening import adapt, screen
from handouts.screening.rules import rules_met, worst
from handouts.screening.windows import Standing

from .samples import TODAY, SmallLibrary, condition, exercise, program, rule
from .test_one_voice import DATA, KINDS, Pair, contradicts, library, pairs, program_of

OF_TWO = {kind["name"]: kind for kind in DATA["of_two"]}


@cache
def by_exercise() -> dict[str, list[Pair]]:
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs():
        found[pair.exercise.id].append(pair)
    return found


def both(one: Pair, other: Pair) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The rules of each condition when a patient has both."""

    def beside(pair: Pair, neighbour: str) -> tuple[Rule, ...]:
        has = library().conditions[pair.condition]
        at = Standing(condition=has, week=pair.week, beside=frozenset([neighbour]))
        return rules_met(pair.exercise, at, library())

    return beside(one, other.condition), beside(other, one.condition)


def asks(kind: str, rules: tuple[Rule, ...]) -> bool:
    return any(re.search(kind, rule.text.advice) for rule in rules)


@pytest.mark.parametrize("name", OF_TWO)
def test_two_cautions_never_ask_for_opposite_things(name: str) -> None:
    """Every two conditions over every exercise, in every window."""
    kind, met, left = OF_TWO[name], 0, set[str]()
    for exercise_id, found in by_exercise().items():
        ones = [pair for pair in found if asks(kind["one"], pair.rules)]
        for one in ones:
            for other in found:
                if other.condition == one.condition or not asks(kind["other"], other.rules):
                    continue
                met += 1
                first, second = both(one, other)
                refused = "contraindicated" in (worst(first), worst(second))
                if not refused and asks(kind["one"], first) and asks(kind["other"], second):
                    left.add(exercise_id)
    assert left == set(kind.get("innocent", {})), left
    assert bool(met) == bool(kind["met"]), met


def test_the_kinds_find_what_they_look_for() -> None:
    for kind in OF_TWO.values():
        one, other = kind["example"]
        assert re.search(kind["one"], one), kind["name"]
        assert re.search(kind["other"], other), kind["name"]


def worded_pairs() -> Iterator[tuple[Pair, Pair]]:
    """Two conditions of which one at least words the card; those that say the same of one exercise once."""
    speaks = re.compile("|".join(f"(?:{kind['advice']})" for kind in KINDS.values()))
    settled = {(rule.condition, other) for rule in library().rules for other in rule.also}
    for found in by_exercise().values():
        seen = set()
        for one in (pair for pair in found if any(one.adapt for one in pair.rules)):
            for other in found:
                if other.condition == one.condition:
                    continue
                rules = (*one.rules, *other.rules)
                if not any(speaks.search(rule.text.advice) for rule in rules):
                    continue
                key = [tuple((rule.text, rule.adapt) for rule in pair.rules) for pair in (one, other)]
                said = repr((key, settled & {(one.condition, other.condition), (other.condition, one.condition)}))
                if said not in seen:
                    seen.add(said)
                    yield one, other


@pytest.mark.slow
def test_a_card_that_one_condition_words_does_not_contradict_the_caution_of_another() -> None:
    left, looked_at = set[tuple[str, str, str, str]](), 0
    words = Words(read_locale(library(), "en"), emergency="911", phone=None)
    for one, other in worded_pairs():
        asked = program_of(one, other)
        findings = screen(asked, library())
        if any(finding.verdict == "contraindicated" for finding in findings):
            continue
        looked_at += 1
        printed, _ = adapt(asked, library())
        (item,) = printed.prescriptions
        card = compose_card(words, 1, item, Cautions(words, printed, findings), (), 2)
        assert not wording(card.harder), (one.condition, other.condition, one.exercise.id)
        for finding in findings:
            for name, kind in KINDS.items():
                if not finding.rule or one.exercise.id in kind.get("innocent", {}):
                    continue
                if re.search(kind["advice"], finding.rule.text.advice) and contradicts(
                    kind, card, item.dose, one.exercise.id
                ):
                    left.add((name, one.condition, other.condition, one.exercise.id))
    assert left == set()
    assert looked_at > 1000


def test_what_stands_for_two_hides_no_ceiling() -> None:
    """A caution for two conditions stands in place of one's own cautions: what these held back must stay held back."""
    for of_two in (one for one in library().rules if one.also and one.verdict == "caution"):
        has = library().conditions[of_two.condition]
        for one in library().exercises():
            alone = rules_met(one, Standing(condition=has), library())
            beside = Standing(condition=has, beside=frozenset(of_two.also))
            if of_two not in rules_met(one, beside, library()) or worst(alone) == "contraindicated":
                continue
            for hidden in alone:
                if hidden.needs or not adapts(hidden, one):
                    continue
                assert hidden.adapt
                ceiling = replace(hidden.adapt, exercises=(), position=None, like=None)
                assert ceiling in (Adapt(), of_two.adapt), (of_two.id, hidden.id)


# -- how a rule for two is read --------------------------------------------------------------------------------------

ALONE = rule("sore-leg", "caution", "lift", id="alone")
WITH_ARM = rule("sore-leg", "caution", "lift", id="with-arm", also=("sore-arm",))
NEVER = rule("sore-leg", "contraindicated", "lift", id="never", also=("sore-back",))
LEG, ARM, BACK = condition("sore-leg"), condition("sore-arm"), condition("sore-back")
RAISE: Exercise = exercise("raise", "lift")


def met(*have: object) -> list[str]:
    small = SmallLibrary([RAISE], (ALONE, WITH_ARM, NEVER))
    return [found.rule.id for found in screen(program([RAISE], have), small) if found.rule]  # type: ignore[arg-type]


def test_a_rule_for_two_holds_only_for_who_has_both() -> None:
    assert met(LEG) == ["alone"]
    assert met(ARM) == []
    assert met(LEG, ARM) == ["with-arm"]
    assert met(LEG, BACK) == ["never"]
    assert met(BACK, ARM, LEG) == ["never"]


def test_a_rule_for_two_ends_only_when_the_other_has_healed() -> None:
    back = replace(BACK, window_weeks=(0, 12))

    def healed_after(weeks: int) -> list[str]:
        since = TODAY - timedelta(weeks=20)
        word = Word(by="Dr. Lee", on=since + timedelta(weeks=weeks))
        return met(LEG, PatientCondition(condition=back, since=since, healed=word))

    assert healed_after(11) == ["never"]  # a word from inside the windows ends nothing
    assert healed_after(12) == ["alone"]


def test_done_in_spite_of_it_the_card_says_what_the_rule_for_two_says() -> None:
    small = SmallLibrary([RAISE], (ALONE, NEVER))
    decided = [Override(item="raise", condition="sore-leg", reason="Seen by the surgeon")]
    found = screen(program([RAISE], [LEG, BACK], overrides=decided), small)
    assert [one.rule.id for one in found if one.rule] == ["never"]
