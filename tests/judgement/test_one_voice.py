"""No card contradicts itself: every pair of caution and exercise is held against what its card says, and is settled.

`settled_pairs.yaml` has the kinds of contradiction, what is innocent among their hits, and the pairs that were judged
one by one, each with how it was settled.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from handouts.compose.cards import compose_card
from handouts.compose.cautions import Cautions
from handouts.compose.handout import Card
from handouts.compose.text import wording
from handouts.compose.words import Words
from handouts.dose import Dose
from handouts.library import Library
from handouts.library.locale import read_locale
from handouts.library.safety_facts import adapts, meets
from handouts.library.yaml_reading import read_yaml
from handouts.model import Clinic, Exercise, Patient, PatientCondition, Prescription, Program, Rule
from handouts.screening import adapt, screen
from handouts.screening.rules import rules_met
from handouts.screening.windows import Standing
from tests.real_library import real_library

DATA = read_yaml(Path(__file__).with_name("settled_pairs.yaml")).data
KINDS = {kind["name"]: kind for kind in DATA["kinds"]}
TODAY = dt.date(2026, 11, 22)
LONG_HOLD_S, LONG_TIME_S = 15, 600
"""A dose that is not short."""


@cache
def library() -> Library:
    return real_library()


class Pair(NamedTuple):
    """A condition in one of its weeks (None: nobody knows since when), an exercise, and the cautions that meet it."""

    condition: str
    week: int | None
    exercise: Exercise
    rules: tuple[Rule, ...]


@cache
def pairs() -> tuple[Pair, ...]:
    """Every pair whose verdict is a caution, in every window."""
    return tuple(_pairs())


def _pairs() -> Iterator[Pair]:
    for condition in library().conditions.values():
        weeks = {rule.weeks[0] for rule in library().rules_for(condition.id) if rule.weeks}
        for week in [None, *sorted(weeks)]:
            for exercise in library().exercises():
                rules = rules_met(exercise, Standing(condition=condition, week=week), library())
                if rules and not condition.blocks_all and all(rule.verdict == "caution" for rule in rules):
                    yield Pair(condition.id, week, exercise, rules)


def program_of(*have: Pair) -> Program:
    """The exercise of these pairs for a patient who has all of their conditions."""
    known = []
    for pair in have:
        since = None if pair.week is None else TODAY - dt.timedelta(weeks=pair.week)
        known.append(PatientCondition(condition=library().conditions[pair.condition], since=since))
    prescription = Prescription(exercise=have[0].exercise, dose=have[0].exercise.dose)
    patient = Patient(name="A", conditions=tuple(known))
    return Program(patient=patient, clinic=Clinic(id=""), date=TODAY, prescriptions=(prescription,))


def card_of(pair: Pair) -> tuple[Card, Dose]:
    """The card as it is printed in English, and its dose."""
    asked = program_of(pair)
    program, _ = adapt(asked, library())
    words = Words(read_locale(library(), "en"), emergency="911", phone=None)
    cautions = Cautions(words, program, screen(program, library()))
    (printed,) = program.prescriptions
    return compose_card(words, 1, printed, cautions, (), 2), printed.dose


def said_on(card: Card) -> str:
    """What the card says besides its caution."""
    return " ".join(map(wording, (card.start, *card.steps, *card.fixes, card.harder)))


def contradicts(kind: dict[str, str], card: Card, dose: Dose, exercise: str) -> bool:
    match kind["card"]:
        case "@long":
            return bool(
                (dose.hold_s and dose.hold_s[1] >= LONG_HOLD_S) or (dose.duration_s or (0, 0))[1] >= LONG_TIME_S
            )
        case "@walking":
            return exercise == "walking"
        case "@standing":
            return card.position == "standing"
        case "@off-feet":
            return card.position != "standing" and exercise != "sit-to-stand"
        case "@upright":
            return card.position in ("standing", "sitting")
        case "@one-set":
            return dose.sets is None or dose.sets[1] == 1
        case "@no-band":
            return not any("band" in need for need in card.needs)
        case pattern:
            return re.search(pattern, said_on(card)) is not None


def hits(kind: dict[str, str]) -> set[tuple[str, str]]:
    """The pairs whose caution says the one and whose card says the other."""
    found = set()
    for pair in pairs():
        if any(re.search(kind["advice"], rule.text.advice) for rule in pair.rules):
            card, dose = card_of(pair)
            if contradicts(kind, card, dose, pair.exercise.id):
                found.add((pair.condition, pair.exercise.id))
    return found


def test_the_pairs_are_counted() -> None:
    assert len({(pair.condition, pair.exercise.id) for pair in pairs()}) == DATA["caution_pairs"]


@pytest.mark.parametrize("name", KINDS)
def test_no_card_says_two_things(name: str) -> None:
    """What is left is innocent, exercise by exercise, for a reason; and nothing is called so that is not there."""
    kind = KINDS[name]
    found = hits(kind)
    innocent = kind.get("innocent", {})
    assert {exercise for _, exercise in found} == set(innocent), found
    assert len(found) == sum(one["pairs"] for one in innocent.values())
    assert Counter(exercise for _, exercise in found) == {name: one["pairs"] for name, one in innocent.items()}


def test_the_kinds_find_what_they_look_for() -> None:
    """Each kind but for its innocent hits has none: so each is shown a card of the kind before its rule changed it."""
    for kind in KINDS.values():
        assert re.search(kind["advice"], kind["example"][0]), kind["name"]
        if not kind["card"].startswith("@"):
            assert re.search(kind["card"], kind["example"][1]), kind["name"]


@pytest.mark.parametrize("condition", DATA["pairs"])
def test_every_pair_is_as_it_was_settled(condition: str) -> None:
    for exercise, settled in DATA["pairs"][condition].items():
        one = library().exercise(exercise)
        strictest = rules_met(one, Standing(condition=library().conditions[condition]), library())
        anywhere = [rule for rule in library().rules_for(condition) if meets(rule, one)]
        forbidden = any(rule.verdict == "contraindicated" for rule in strictest)
        match settled:
            case "contraindicated":
                assert forbidden, exercise
            case "adapted":
                assert any(adapts(rule, one) for rule in anywhere), exercise
            case "caution" | "innocent":
                assert strictest, exercise
                assert not forbidden, exercise
            case _:
                pytest.fail(f"{exercise}: {settled}")


def test_the_settled_pairs_are_counted() -> None:
    settled = [how for pairs in DATA["pairs"].values() for how in pairs.values()]
    assert Counter(settled) == DATA["counts"]


def test_a_card_with_a_caution_says_how_to_do_more_only_in_the_words_of_the_caution() -> None:
    """'Use no weight' must not stand beside 'Ask us before you add weight'."""
    seen: dict[tuple[str, bool], Pair] = {}
    for pair in pairs():
        seen.setdefault((pair.exercise.id, any(adapts(rule, pair.exercise) for rule in pair.rules)), pair)
    assert len(seen) > 150
    for pair in seen.values():
        harder = wording(card_of(pair)[0].harder)
        own = [rule.text.adapted.harder for rule in pair.rules if rule.text.adapted and rule.text.adapted.harder]
        assert not harder or any(harder.endswith(text) for text in own), pair
