"""The cautions of a handout: whole on their cards, or once above them, and no sentence twice on a card."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from handouts.compose.handout import Handout
from handouts.compose.text import wording
from handouts.model import Adapt, AdaptedText
from tests.sheet.samples import (
    ADVICE,
    SHORT,
    caution,
    composed,
    condition,
    prescriptions,
    program,
    words,
)

WHOLE = ADVICE.replace("*", "")
HAS = "You have weak bones."


def cautioned(handout: Handout) -> list[list[str]]:
    """The 'For you' boxes of the cards, in their order."""
    return [words(card.caution) for card in handout.cards]


def test_a_caution_on_two_cards_stands_whole_on_each():
    made = composed(program(prescriptions(4), conditions=[condition()]), [caution(0), caution(2)])
    whole = [f"For you: {HAS} {WHOLE}"]
    assert cautioned(made) == [whole, [], whole, []]
    assert made.shared_cautions == ()


def test_a_caution_on_three_cards_of_many_is_said_whole_once_and_short_on_each():
    findings = [caution(0), caution(1), caution(3)]
    made = composed(program(prescriptions(6), conditions=[condition()]), findings)
    assert words(made.shared_cautions) == [f"For you: {HAS} {WHOLE}"]
    short = [f"For you: {SHORT}"]
    assert cautioned(made) == [short, short, [], short, [], []]


def test_a_caution_on_most_cards_is_said_once_with_their_numbers_and_not_again():
    findings = [caution(0), caution(1), caution(3)]
    made = composed(program(prescriptions(4), conditions=[condition()]), findings)
    assert words(made.shared_cautions) == [f"For you: {HAS} {WHOLE} This is for exercises 1, 2, 4."]
    assert cautioned(made) == [[], [], [], []]
    also = [caution(i, "Hold on.", short=None) for i in (0, 1, 3)]
    made = composed(program(prescriptions(4), conditions=[condition()]), [*findings, *also])
    assert words(made.shared_cautions) == [f"For you: {HAS} {WHOLE} Hold on. This is for exercises 1, 2, 4."]
    all_of_them = composed(program(prescriptions(3), conditions=[condition()]), [caution(i) for i in range(3)])
    assert words(all_of_them.shared_cautions) == [f"For you: {HAS} {WHOLE}"]
    assert cautioned(all_of_them) == [[], [], []]


def test_what_is_for_the_same_exercises_is_said_together_with_their_numbers_once():
    findings = [caution(i, advice) for i in range(3) for advice in ("Go slowly. Rest if it hurts.", "Look up.")]
    made = composed(program(prescriptions(4), conditions=[condition()]), findings)
    said = f"For you: {HAS} Go slowly. Rest if it hurts. Look up. This is for exercises 1, 2, 3."
    assert words(made.shared_cautions) == [said]


def test_advice_that_two_conditions_share_is_for_the_exercises_of_both():
    known = [condition(), condition("hip", "You have a new hip.")]
    findings = [caution(0), caution(1), caution(1, of="hip"), caution(3, of="hip")]
    made = composed(program(prescriptions(4), conditions=known), findings)
    assert words(made.shared_cautions) == [f"For you: {HAS} You have a new hip. {WHOLE} This is for exercises 1, 2, 4."]
    assert cautioned(made) == [[], [], [], []]


def test_a_caution_without_a_short_form_is_never_cut():
    findings = [caution(i, short=None) for i in range(3)]
    made = composed(program(prescriptions(6), conditions=[condition()]), findings)
    assert cautioned(made)[:3] == [[f"For you: {WHOLE}"]] * 3


def test_advice_of_one_card_stands_whole_beside_the_short_one_of_many():
    findings = [caution(0), caution(1), caution(2), caution(1, "Hold on to a chair.", short=None)]
    made = composed(program(prescriptions(6), conditions=[condition()]), findings)
    assert cautioned(made)[1] == [f"For you: {HAS} Hold on to a chair. {SHORT}"]
    assert words(made.shared_cautions) == [f"For you: {HAS} {WHOLE}"]


def test_advice_that_two_conditions_share_is_said_once():
    known = [condition(), condition("eyes", "You have glaucoma.")]
    made = composed(program(prescriptions(2), conditions=known), [caution(0), caution(0, of="eyes")])
    assert cautioned(made)[0] == [f"For you: {HAS} {WHOLE}", "You have glaucoma."]


def test_a_sentence_that_two_rules_share_is_said_once():
    lift, reach = "**Use nothing heavy.** Stop if it hurts.", "**Do not reach far.** Stop if it hurts. Then rest."
    eyes = condition("eyes", "You have glaucoma.")
    findings = [caution(0, lift), caution(0, reach), caution(0, "**Stop if it hurts.** Look up.", of="eyes")]
    made = composed(program(prescriptions(2), conditions=[condition(), eyes]), findings)
    first, second = cautioned(made)[0]
    assert first == f"For you: {HAS} Use nothing heavy. Do not reach far. Stop if it hurts. Then rest."
    assert second == "You have glaucoma. Look up."
    strong = [piece.text.strip() for piece in made.cards[0].caution[0] if piece.strong]
    assert strong == ["For you:", "Use nothing heavy.", "Do not reach far."]


def test_advice_on_many_cards_that_two_conditions_share_is_said_once_above():
    known = [condition(), condition("hip", "You have a new hip.")]
    findings = [caution(i, of=of) for i in range(3) for of in (known[0].condition.id, "hip")]
    made = composed(program(prescriptions(3), conditions=known), findings)
    assert words(made.shared_cautions) == [f"For you: {HAS} You have a new hip. {WHOLE}"]


def test_advice_above_the_cards_that_one_condition_has_besides_its_own_is_said_once():
    known = [condition(), condition("hip", "You have a new hip.")]
    findings = [caution(i, of=of) for i in range(3) for of in ("weak-bones", "hip")]
    findings += [caution(i, "Go slowly.", of="hip") for i in range(3)]
    made = composed(program(prescriptions(3), conditions=known), findings)
    assert words(made.shared_cautions) == [f"For you: {HAS} {WHOLE}", "You have a new hip. Go slowly."]


def test_a_rule_that_fires_twice_speaks_once():
    made = composed(program(prescriptions(2), conditions=[condition()]), [caution(0), caution(0)])
    assert cautioned(made)[0] == [f"For you: {HAS} {WHOLE}"]


def test_what_is_known_of_a_condition_is_said():
    known = condition(side="left", since=dt.date(2026, 11, 1), limits="No kneeling")
    made = composed(program(prescriptions(2), conditions=[known]), [caution(0)])
    said = f"For you: {HAS} It is on your left side. Since Nov 1, 2026. Your limits: No kneeling. {WHOLE}"
    assert cautioned(made)[0] == [said]


@pytest.mark.parametrize(("others", "harder"), [((), ["Harder: Hold longer."]), (("hip",), [])])
def test_a_card_says_how_to_do_more_only_where_its_one_caution_does(others: tuple[str, ...], harder: list[str]) -> None:
    findings = [caution(0), *(caution(0, "Go slowly.", of=one) for one in others)]
    rule = findings[0].rule
    assert rule is not None
    own = replace(rule, text=replace(rule.text, adapted=AdaptedText(harder="Hold longer.")), adapt=Adapt())
    first, *rest = prescriptions(2)
    known = [condition(), *map(condition, others)]
    made = composed(program([replace(first, adapted_by=(own,)), *rest], conditions=known), findings)
    assert [text for text in words([made.cards[0].harder]) if text] == harder


def test_both_of_two_conditions_on_one_side_say_so():
    known = [condition(side="right"), condition("hip", "You have a new hip.", side="right")]
    findings = [caution(0), caution(0, "Go slowly.", of="hip")]
    box = cautioned(composed(program(prescriptions(2), conditions=known), findings))[0]
    assert [paragraph.count("It is on your right side.") for paragraph in box] == [1, 1]


def test_limits_are_printed_where_no_rule_speaks():
    made = composed(program(prescriptions(2), conditions=[condition(limits="No stairs")]))
    assert words(made.program_caution) == [f"For you: {HAS} Your limits: No stairs."]
    judged = composed(program(prescriptions(2), conditions=[condition(limits="No stairs")]), [caution(0)])
    unlimited = composed(program(prescriptions(2), conditions=[condition()]))
    assert judged.program_caution == unlimited.program_caution == ()


@pytest.mark.parametrize(("language", "said"), [("en", "For the person who helps:"), ("es", "Para quien ayuda:")])
def test_the_person_who_helps_is_spoken_to(language, said):
    helped = program(prescriptions(2), language=language)
    for patient in (helped.patient, replace(helped.patient, helper=True)):
        spoken = [wording(text) for text in composed(replace(helped, patient=patient)).program_caution]
        assert len(spoken) == patient.helper
        assert all(text.startswith(said) for text in spoken)


def test_an_overridden_contraindication_says_so_and_why_is_not_printed():
    finding = caution(0, verdict="contraindicated", overridden="discussed with the surgeon")
    made = composed(program(prescriptions(2), conditions=[condition()]), [finding])
    (said,) = cautioned(made)[0]
    assert "Your clinician knows this and still chose this for you." in said
    assert "surgeon" not in repr(made)


def test_an_override_on_many_cards_is_said_on_each_with_what_the_patient_has():
    findings = [caution(i, verdict="contraindicated", overridden="discussed") for i in range(3)]
    for (said,) in cautioned(composed(program(prescriptions(3), conditions=[condition()]), findings)):
        assert said.startswith(f"For you: {HAS} {SHORT} Your clinician knows this")
