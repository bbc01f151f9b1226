"""The clinical promises over the whole real library: random patients, random programs, judged by a second reading.

What the program says is held against `facts`, which reads the content in another way and shares no code with it.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings, strategies as st

from handouts.compose.line import card_line, list_line, span
from handouts.dose import parse_dose
from handouts.library.locale import Locale
from handouts.model import POSITIONS, Prescription, Program, Side
from handouts.prescription import read_program
from handouts.programs import screen
from handouts.rendering import render
from handouts.screening import RefusedForSafety, refusals
from handouts.screening.rules import rules_met, verdict_for
from tests.trust import facts
from tests.trust.pages import carried, drawings, page_words, read_aloud, squeezed
from tests.trust.patients import TODAY, Case, cases, library, locale_of, of_one_stage

FAST = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
SOME = settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
FOUND = (Phase.explicit, Phase.reuse, Phase.generate)
"""Without shrinking, which would take longer than the search."""
MANY = settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck), phases=FOUND)
PRINTED = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), phases=FOUND)


def never_printed_unless_overridden(case: Case) -> None:
    judged = screen(case.program(), library())
    against = {
        (one, other)
        for one in case.exercises
        for other in case.conditions
        if facts.forbidden(one, other, case.conditions) and not facts.lifted(one, other, set(case.overridden))
    }
    packet = case.fields.packet
    refused = {one for one in case.conditions if packet and facts.packet_refused(packet, one)}
    found = {(one.exercise, one.condition) for one in refusals(judged.findings) if one.exercise}
    assert found == against
    assert {one.condition for one in refusals(judged.findings) if one.packet} == refused
    waiting = {one for one in case.conditions if facts.waits(one)} - case.cleared
    assert {one.condition for one in judged.findings if one.verdict == "clearance-needed"} == waiting
    assert judged.refused == bool(against or refused or waiting)
    if judged.refused:
        with pytest.raises(RefusedForSafety):
            render(judged, library())


def more_conditions_never_allow_more(case: Case, more: list[str]) -> None:
    fewer = screen(case.program(), library())
    conditions = of_one_stage([*case.conditions, *more])
    wider = Case(
        fields=type(case.fields)(**{**_fields(case), "condition": conditions}),
        exercises=case.exercises,
        conditions=conditions,
    )
    after = screen(wider.program(), library())
    refused = {(one.exercise, one.packet, one.condition) for one in refusals(fewer.findings)}
    assert refused <= {(one.exercise, one.packet, one.condition) for one in refusals(after.findings)}
    said = {(one.exercise, one.condition, one.rule.id) for one in fewer.findings if one.rule}
    still = {(one.exercise, one.condition, one.rule.id) for one in after.findings if one.rule}
    # A rule for who has both speaks for the condition in place of its own cautions.
    for_two = {(one.exercise, one.condition) for one in after.findings if one.rule and one.rule.also}
    assert {one[:2] for one in said - still} <= for_two


def _fields(case: Case) -> dict[str, object]:
    return {name: getattr(case.fields, name) for name in case.fields.__dataclass_fields__}


def holds_on_paper(case: Case) -> None:
    judged = screen(case.program(), library())
    assert not judged.refused
    program = judged.program  # as it is printed: cautions may have changed doses, sides and words
    pdf = render(judged, library()).pdf
    pages = page_words(pdf)
    aloud = read_aloud(pdf)
    cards = _cards(program, aloud)
    _cautions_stand_on_their_cards(case, program, cards, aloud)
    _warnings_are_there(case, program, aloud)
    _pain_scale_is_on_the_first_page(case, program, pages, aloud)
    _dose_is_one(program, pages, cards, pdf)
    _side_is_drawn(program, pdf)


def _ordered(program: Program) -> list[Prescription]:
    return sorted(program.prescriptions, key=lambda item: POSITIONS.index(item.exercise.position))


def _cards(program: Program, text: str) -> dict[str, str]:
    """What stands between the end of the card before and this card's own steps, and the steps: the card."""
    locale = locale_of(program.language)
    found, at = {}, 0
    for item in _ordered(program):
        setup, steps = _said(item, locale)
        last = squeezed(steps[-1])
        end = text.find(squeezed(setup), at)
        assert end >= 0, (item.exercise.id, "has no card")
        end = text.find(last, end) + len(last)
        found[item.exercise.id], at = text[at:end], end
    return found


def _said(item: Prescription, locale: Locale) -> tuple[str, tuple[str, ...]]:
    """Start and steps of an exercise as the rules have them: the first words the card, any may move it."""
    text = locale.text(item.exercise)
    if not item.adapted_by:
        return text.setup, text.steps
    position = item.exercise.position
    moved = any(rule.adapt and rule.adapt.position == position for rule in item.adapted_by)
    setup = text.starts.get(position, text.setup) if moved else text.setup
    own = locale.text(item.adapted_by[0]).adapted
    return (own.setup or setup, own.steps or text.steps) if own else (setup, text.steps)


def _stands(advice: str, text: str) -> bool:
    """Whether every sentence stands there: one that two rules share is said once."""
    return all(squeezed(sentence) in text for sentence in re.split(r"(?<=[.!?]) ", advice.replace("**", "")))


def _cautions_stand_on_their_cards(case: Case, program: Program, cards: dict[str, str], text: str) -> None:
    """Whole on its card; or, where it stands on many, in short on each and whole once; on most of them once alone."""
    locale = locale_of(program.language)

    def says(name: str, condition: str, advice: str) -> bool:
        told = facts.speaking(name, condition, beside=case.conditions)
        return any(rule["advice"] == advice for rule in told)

    for name in case.exercises:
        for condition in case.conditions:
            for rule in facts.speaking(name, condition, beside=case.conditions):
                said = locale.text(next(one for one in library().rules if one.id == rule["id"]))
                if program.language == "en":
                    assert said.advice == rule["advice"]
                whole, short = (squeezed(words.replace("**", "")) for words in (said.advice, said.short or said.advice))
                # Where the short words are the whole ones, those on cards are among the times that they stand.
                above = _stands(said.advice, text) and (text.count(whole) <= 1 or short == whole)
                on_card = _stands(said.advice, cards[name]) or (
                    _stands(said.short or said.advice, cards[name]) and above
                )
                assert on_card or above, (name, condition, rule["id"])
                if not on_card:
                    others = {
                        one for one in case.exercises for two in case.conditions if says(one, two, rule["advice"])
                    }
                    assert len(others) > max(2, len(case.exercises) / 2), (name, condition, rule["id"])
            if (name, condition) in case.overridden:
                assert squeezed(locale.say("handout.overridden")) in cards[name]


def _warnings_are_there(case: Case, program: Program, text: str) -> None:
    """Of each sign that the patient must be told, one of its wordings; only spare lines may be missing."""
    locale = locale_of(program.language)
    translated = {line.id: line.text for one in library().warnings for line in locale.text(one).items}
    wordings: dict[str, list[str]] = {}
    must_be_told = set()
    for warning in facts.warnings():
        told = facts.warns(warning["applies_to"], case.exercises, case.conditions, program.packet and program.packet.id)
        for item in warning["items"]:
            sign = item.get("sign", item["id"])
            wordings.setdefault(sign, []).append(translated[item["id"]])
            if told and not item.get("spare"):
                must_be_told.add(sign)
    phone = locale.say("handout.your_clinic")
    for sign in must_be_told:
        filled = [words.replace("{emergency}", "911").replace("{phone}", phone) for words in wordings[sign]]
        assert any(squeezed(words) in text for words in filled), (sign, filled)


def _pain_scale_is_on_the_first_page(case: Case, program: Program, pages: list[str], text: str) -> None:
    """The strict scale for those who need it, and no other beside it; zones with their words, and on Stay safe with
    their numbers. Large print runs on; a list that fills page 1 leaves the scale to the next page, before the cards."""
    scales = {one.id: locale_of(program.language).text(one).zones for one in library().pain_scales}
    strict = next(one for one in facts.pain_scales() if one["id"] == "strict")
    front = "".join(pages if program.layout.large_print else pages[: 2 if _fills_page_1(program) else 1])
    assert "012345678910" in front or program.layout.large_print

    def shown(name: str) -> bool:
        numbers = [span((zone.low, zone.high), locale_of(program.language)) for zone in scales[name]]
        spans = [squeezed(f"{n}{zone.word}.{zone.action}") for n, zone in zip(numbers, scales[name], strict=True)]
        return all(one in text for one in spans)

    (printed,) = [name for name in scales if shown(name)]
    assert all(squeezed(zone.word) in front and squeezed(zone.action) in front for zone in scales[printed])
    if set(case.conditions) & set(strict["applies_to"]["conditions"]):
        assert printed == "strict"


def _fills_page_1(program: Program) -> bool:
    """More than 12 exercises, or doses so long that their list leaves no room for boxes and scale."""
    locale = locale_of(program.language)
    lines = [list_line(item.dose, item.exercise, locale) for item in program.prescriptions]
    return len(lines) > 12 or sum(map(len, lines)) > 450


def _dose_is_one(program: Program, pages: list[str], cards: dict[str, str], pdf: bytes) -> None:
    """The dose that the handout carries is that of the program, of the card, and of the list: on page 1, but for large
    print, where a long list goes on over the page, above Stay safe."""
    locale = locale_of(program.language)
    stay_safe = squeezed(locale.say("handout.stay_safe"))
    front = pages[0]
    if program.layout.large_print:
        begins = next(i for i, page in enumerate(pages) if stay_safe in page)
        front = "".join(pages[: begins + 1])
    grows = squeezed(locale.say("handout.move_up_ask")) not in "".join(pages)  # else where a dose leads is its limit
    attached = {name: said for one in carried(pdf)["exercises"] for name, said in one.items()}
    assert list(attached) == [item.exercise.id for item in program.prescriptions]
    for item in program.prescriptions:
        name = item.exercise.id
        dose = parse_dose(attached[name]["dose"])
        assert dose == item.dose
        assert squeezed(card_line(dose, item.exercise, locale, grows=grows)) in cards[name], (name, item.dose)
        if len(program.prescriptions) > 1:  # one alone has its card on page 1, and no list
            assert squeezed(list_line(dose, item.exercise, locale, grows=grows)) in front, (name, item.dose)


def _side_is_drawn(program: Program, pdf: bytes) -> None:
    """Every picture of an exercise for one side is that side's, and none is the other side's."""
    found = drawings(pdf)
    for item in program.prescriptions:
        if item.dose.side not in ("left", "right"):
            continue
        one, other = (_drawn_alone(program, item, side) for side in (item.dose.side, _OTHER[item.dose.side]))
        assert one <= found, (item.exercise.id, item.dose.side)
        assert not (other - one) & found, (item.exercise.id, item.dose.side)


_OTHER: dict[str, Side] = {"left": "right", "right": "left"}


def _drawn_alone(program: Program, item: Prescription, side: Side) -> set[bytes]:
    """The drawings of a handout that has one exercise, for one side."""
    only = replace(item, dose=replace(item.dose, side=side))
    return drawings(render(replace(program, prescriptions=(only,)), library()).pdf)


@seed(7)
@FAST
@given(cases())
def test_nothing_contraindicated_is_printed_without_an_override(case: Case) -> None:
    never_printed_unless_overridden(case)


@pytest.mark.slow
@seed(7)
@FAST
@given(cases(), st.lists(st.sampled_from(list(facts.conditions())), max_size=4))
def test_more_conditions_never_allow_more(case: Case, more: list[str]) -> None:
    more_conditions_never_allow_more(case, more)


@seed(7)
@SOME
@given(cases(safe=True))
def test_the_promises_hold_on_paper(case: Case) -> None:
    holds_on_paper(case)


@pytest.mark.slow
def test_no_exercise_escapes_a_condition() -> None:
    """Every exercise of the library under every condition, alone: the whole table."""
    for name in facts.exercises():
        exercise = library().exercise(name)
        for condition in facts.conditions():
            known = library().conditions[condition]
            forbidden = verdict_for(exercise, known, library()) == "contraindicated"
            assert forbidden == facts.forbidden(name, condition), (name, condition)
            met = {rule.id for rule in rules_met(exercise, known, library())}
            assert met == {rule["id"] for rule in facts.speaking(name, condition)}, (name, condition)


@pytest.mark.slow
@MANY
@given(cases(), st.lists(st.sampled_from(list(facts.conditions())), max_size=4))
def test_many_patients_are_judged_rightly(case: Case, more: list[str]) -> None:
    never_printed_unless_overridden(case)
    more_conditions_never_allow_more(case, more)


@pytest.mark.slow
@PRINTED
@given(cases(safe=True))
def test_the_promises_hold_on_many_papers(case: Case) -> None:
    holds_on_paper(case)


def _as_read(tmp_path: Path, **program: object) -> str:
    path = tmp_path / "program.yaml"
    path.write_text(json.dumps({"date": "2026-11-22", **program}), encoding="utf-8")
    return read_aloud(render(read_program(path, library(), date=TODAY), library()).pdf)


def test_the_side_is_said_of_every_condition_also_when_two_are_on_the_same_side(tmp_path: Path) -> None:
    sided = ("knee-replacement-recent", "partial-weight-bearing-leg")
    known = [{one: {"side": "left"}} for one in sided]
    text = _as_read(
        tmp_path,
        patient={"name": "Ana Ruiz", "conditions": known},
        clinician="Dana Reyes",
        exercises=["sit-to-stand"],
        overrides={"sit-to-stand": {"partial-weight-bearing-leg": "Seen by the surgeon"}},
    )
    for condition in sided:
        assert squeezed(facts.conditions()[condition]["for_you"] + " It is on your left side.") in text


def test_limits_are_printed_also_when_no_rule_speaks(tmp_path: Path) -> None:
    known = {"knee-osteoarthritis": {"side": "right", "limits": "No stairs with a load"}}
    text = _as_read(tmp_path, patient={"name": "Ana Ruiz", "conditions": [known]}, exercises=["quad-set"])
    assert not facts.speaking("quad-set", "knee-osteoarthritis")
    assert text.count(squeezed("Your limits: No stairs with a load.")) == 1
