"""What the handout of a program says: every word chosen before anything is laid out."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from handouts.compose.composing import compose_handout
from handouts.compose.handout import Handout
from handouts.compose.text import Piece, Text, wording
from handouts.layout.printable import printable
from handouts.model import Change, Review, Visit
from handouts.pdf.fonts import UnprintableText
from tests.sheet.samples import (
    ADVICE,
    CLINIC,
    NEUTRAL,
    PHONE,
    SHORT,
    caution,
    composed,
    condition,
    exercise,
    library,
    locale,
    packet,
    prescribed,
    prescriptions,
    program,
    words,
)

WHOLE = ADVICE.replace("*", "")
HAS = "You have weak bones."


def cautioned(handout: Handout) -> list[list[str]]:
    """The 'For you' boxes of the cards, in their order."""
    return [words(card.caution) for card in handout.cards]


# -- Pain ------------------------------------------------------------------------------------------------------------


def test_who_must_not_do_more_is_told_to_ask_first():
    has = replace(condition(), condition=replace(condition().condition, no_progression=True))
    go, *others = composed(program(prescriptions(1), conditions=[has])).pain.zones
    assert wording(go.more) == "Ask us before you do more."
    assert [zone.more for zone in others] == [zone.more for zone in composed(program(prescriptions(1))).pain.zones[1:]]


def test_who_works_at_a_level_that_somebody_else_set_is_told_to_ask_first():
    waits = caution(0)
    assert waits.rule is not None
    for rule, asks in ((waits.rule, False), (replace(waits.rule, needs="clearance"), True)):
        made = composed(program(prescriptions(1), conditions=[condition()]), [replace(waits, rule=rule)])
        assert (wording(made.pain.zones[0].more) == "Ask us before you do more.") == asks


def test_no_dose_leads_to_another_for_who_asks_first():
    has = replace(condition(), condition=replace(condition().condition, no_progression=True))
    for known, said in (([], "Build up to 20 times."), ([has], "At most 20 times.")):
        (card,) = composed(program([prescribed(0, "5 reps build to 20 reps")], conditions=known)).cards
        assert said in wording(card.dose)
        assert said in wording(card.list_dose)


# -- Cautions --------------------------------------------------------------------------------------------------------


def test_a_caution_on_two_cards_stands_whole_on_each():
    made = composed(program(prescriptions(4), conditions=[condition()]), [caution(0), caution(2)])
    whole = [f"For you: {HAS} {WHOLE}"]
    assert cautioned(made) == [whole, [], whole, []]
    assert made.said_once == ()


def test_a_caution_on_three_cards_of_many_is_said_whole_once_and_short_on_each():
    findings = [caution(0), caution(1), caution(3)]
    made = composed(program(prescriptions(6), conditions=[condition()]), findings)
    assert words(made.said_once) == [f"For you: {HAS} {WHOLE}"]
    short = [f"For you: {SHORT}"]
    assert cautioned(made) == [short, short, [], short, [], []]


def test_a_caution_on_most_cards_is_said_once_with_their_numbers_and_not_again():
    findings = [caution(0), caution(1), caution(3)]
    made = composed(program(prescriptions(4), conditions=[condition()]), findings)
    assert words(made.said_once) == [f"For you: {HAS} {WHOLE} This is for exercises 1, 2, 4."]
    assert cautioned(made) == [[], [], [], []]
    all_of_them = composed(program(prescriptions(3), conditions=[condition()]), [caution(i) for i in range(3)])
    assert words(all_of_them.said_once) == [f"For you: {HAS} {WHOLE}"]
    assert cautioned(all_of_them) == [[], [], []]


def test_what_is_for_the_same_exercises_is_said_together_with_their_numbers_once():
    findings = [caution(i, advice) for i in range(3) for advice in ("Go slowly. Rest if it hurts.", "Look up.")]
    made = composed(program(prescriptions(4), conditions=[condition()]), findings)
    said = f"For you: {HAS} Go slowly. Rest if it hurts. Look up. This is for exercises 1, 2, 3."
    assert words(made.said_once) == [said]


def test_advice_that_two_conditions_share_is_for_the_exercises_of_both():
    known = [condition(), condition("hip", "You have a new hip.")]
    findings = [caution(0), caution(1), caution(1, of="hip"), caution(3, of="hip")]
    made = composed(program(prescriptions(4), conditions=known), findings)
    assert words(made.said_once) == [f"For you: {HAS} You have a new hip. {WHOLE} This is for exercises 1, 2, 4."]
    assert cautioned(made) == [[], [], [], []]


def test_a_caution_without_a_short_form_is_never_cut():
    findings = [caution(i, short=None) for i in range(3)]
    made = composed(program(prescriptions(6), conditions=[condition()]), findings)
    assert cautioned(made)[:3] == [[f"For you: {WHOLE}"]] * 3


def test_advice_of_one_card_stands_whole_beside_the_short_one_of_many():
    findings = [caution(0), caution(1), caution(2), caution(1, "Hold on to a chair.", short=None)]
    made = composed(program(prescriptions(6), conditions=[condition()]), findings)
    assert cautioned(made)[1] == [f"For you: {HAS} Hold on to a chair. {SHORT}"]
    assert words(made.said_once) == [f"For you: {HAS} {WHOLE}"]


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
    assert words(made.said_once) == [f"For you: {HAS} You have a new hip. {WHOLE}"]


def test_a_rule_that_fires_twice_speaks_once():
    made = composed(program(prescriptions(2), conditions=[condition()]), [caution(0), caution(0)])
    assert cautioned(made)[0] == [f"For you: {HAS} {WHOLE}"]


def test_what_is_known_of_a_condition_is_said():
    known = condition(side="left", since=dt.date(2026, 11, 1), limits="No kneeling")
    made = composed(program(prescriptions(2), conditions=[known]), [caution(0)])
    said = f"For you: {HAS} It is on your left side. Since Nov 1, 2026. Your limits: No kneeling. {WHOLE}"
    assert cautioned(made)[0] == [said]


def test_both_of_two_conditions_on_one_side_say_so():
    known = [condition(side="right"), condition("hip", "You have a new hip.", side="right")]
    findings = [caution(0), caution(0, "Go slowly.", of="hip")]
    box = cautioned(composed(program(prescriptions(2), conditions=known), findings))[0]
    assert [paragraph.count("It is on your right side.") for paragraph in box] == [1, 1]


def test_limits_are_printed_where_no_rule_speaks():
    made = composed(program(prescriptions(2), conditions=[condition(limits="No stairs")]))
    assert words(made.program_caution) == [f"For you: {HAS} Your limits: No stairs."]


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


# -- The round -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("doses", "said"),
    [
        (["3x10 2/day", "3x10"], "Your exercises"),
        (["3x10 2/day", "hold 30s 2/day"], "Your exercises"),
        (["10 reps 2/day", "10 reps 2/day"], "One round: about 3 minutes. 2 rounds a day"),
        (["5 reps 1/day"], "One round: about 1 minute. Once a day"),
        (["10 reps 1/day", "10 reps 2/day"], "Morning: about 3 minutes. Evening: about 2 minutes"),
        (["10 reps 2/day", "10 reps 4/day"], "One round: about 3 minutes"),
    ],
)
def test_the_time_of_a_round(doses, said):
    """10 repetitions of 4 seconds, and half a minute to get ready: 70 seconds."""
    items = [prescribed(i, dose) for i, dose in enumerate(doses)]
    assert wording(composed(program(items)).round) == said


def test_a_blank_frequency_is_never_filled_in():
    card = composed(program([prescribed(0, "3x10 left")])).cards[0]
    assert card.when.blank
    assert card.when.sessions == 1
    assert "day" not in wording(card.dose) + wording(card.list_dose)


@pytest.mark.parametrize(
    ("dose", "morning", "evening", "said"),
    [("3x10 1/day", True, False, ""), ("3x10 2/day", True, True, ""), ("3x10 3/day", False, False, "3 times a day")],
)
def test_when_in_the_day(dose, morning, evening, said):
    when = composed(program([prescribed(0, dose)])).cards[0].when
    assert (when.morning, when.evening, wording(when.words)) == (morning, evening, said)


@pytest.mark.parametrize(
    ("dose", "sides", "shown"),
    [
        ("3x10", "leg", ["Left", "Right"]),
        ("3x10 left", "leg", []),
        ("3x10 each side", "leg", []),
        ("3x10 alternate", "leg", []),
        ("3x10", "none", []),
    ],
)
def test_a_side_is_to_tick_only_where_it_is_not_known(dose, sides, shown):
    card = composed(program([prescribed(0, dose, sides=sides)])).cards[0]
    assert words(card.sides) == shown
    assert card.side == ("left" if "left" in dose else None)


# -- Who says what ---------------------------------------------------------------------------------------------------


def test_a_note_stands_under_the_name_of_whoever_wrote_it():
    of_packet = packet(notes={"exercise-0": "Use a towel.", "exercise-1": "Go slowly."})
    made = composed(program([prescribed(0, "3x10", note="Use a belt."), prescribed(1, "3x10")], packet=of_packet))
    assert words([card.note for card in made.cards]) == ["From Dana Ruiz: Use a belt.", "For this program: Go slowly."]


def test_a_note_of_nobody_named_is_the_clinics():
    made = composed(program([prescribed(0, "3x10", note="Use a belt.")], clinician=None, note="Rest on Sunday."))
    assert wording(made.cards[0].note) == "From your clinic: Use a belt."
    assert wording(made.note) == "From your clinic: Rest on Sunday."


def test_the_advice_of_the_packet_is_for_this_program():
    made = composed(program(prescriptions(2)))
    assert words(made.for_this_program) == [
        "Move a little every hour.",
        "Sleep with a pillow between your knees.",
        "Add repeats first. Then hold longer.",
    ]
    assert composed(program(prescriptions(2), packet=None)).for_this_program == ()


def test_only_a_review_that_happened_is_printed():
    review = Review(by="Ana Lopez, PT", on=dt.date(2026, 1, 2))
    assert wording(composed(program(prescriptions(2)), review=review).reviewed).startswith("Reviewed by Ana Lopez")
    assert composed(program(prescriptions(2))).reviewed == ()


def test_a_sheet_without_a_name_leaves_lines_for_name_and_date():
    made = composed(program(prescriptions(2), name="", clinician=None, next_visit=None))
    assert [(wording(fact.label), fact.value) for fact in made.facts] == [("Patient", ()), ("Date", ())]


def test_changes_since_the_last_visit_say_first_what_to_stop():
    now = Visit(
        date=dt.date(2026, 11, 22),
        changes=(
            Change(kind="added", item="exercise-1"),
            Change(kind="dose", item="exercise-0", before="3x8", after="3x15"),
            Change(kind="taken-out", item="exercise-7"),
            Change(kind="swapped", item="exercise-2", instead_of="exercise-8"),
            Change(kind="note", item="exercise-0"),
            Change(kind="condition", item="weak-bones"),
        ),
    )
    history = (Visit(date=dt.date(2026, 11, 1)), now)
    given = {"history": history, "former": (exercise(7), exercise(8)), "conditions": [condition()]}
    made = composed(program(prescriptions(3), **given), [caution(0)]).changes
    assert wording(made.title) == "What changed since Nov 1, 2026"
    assert words(made.lines) == [
        "Stop doing: Knee to chest 8.",
        "Instead: Heel slide for the whole leg 3 in place of Heel slide for the whole leg 9.",
        "New: Knee to chest 2.",
        "New numbers: Bridge 1.",
        "New caution: weak bones. Read each “For you” box.",
    ]
    card = composed(program(prescriptions(3), **given)).cards[0]
    assert wording(card.before) == "Before: 3 sets of 8."
    first = program(prescriptions(3), history=(Visit(date=dt.date(2026, 11, 1)),))
    assert composed(first).changes is None


# -- Safety ----------------------------------------------------------------------------------------------------------


def test_each_sign_stands_under_its_own_action():
    made = composed(program(prescriptions(2)))
    told = {section.action: [item.id for group in section.groups for item in group.items] for section in made.safety}
    assert told == {
        "call-911": ["chest", "faint"],
        "call-doctor-today": ["weak", "fever"],
        "stop-and-call": ["dizzy", "climbs"],
        "know": ["sore"],
    }
    assert words(made.stop.lines) == ["Pain gets to 6", "You feel dizzy", "Pain climbs for 2 days"]
    assert words(made.stop.second_lines) == ["Your leg gets weak", "You have a fever"]


def test_the_least_pain_to_stop_at_is_that_of_the_scale():
    usual, strict = composed(program(prescriptions(2))), composed(program(prescriptions(2)), strict=True)
    assert (wording(usual.foot), wording(strict.foot)) == (
        f"Pain 6 or more? Stop. Call {PHONE}",
        f"Pain 3 or more? Stop. Call {PHONE}",
    )
    assert [zone.kind for zone in strict.pain.zones] == ["go", "stop"]
    assert wording(strict.stop.lines[0]) == "Pain gets to 3"


def test_the_emergency_number_is_the_clinics():
    clinic = type(CLINIC)(id="palm", phone="0117 496 0100", emergency="112", country="GB")
    made = composed(program(prescriptions(2), clinic=clinic))
    assert wording(made.emergency.title) == "Call 112 now if:"
    assert wording(made.safety[0].title) == "Call 112 now if"
    assert not any("911" in title for title in words([section.title for section in made.safety]))


def test_a_clinic_without_a_phone_is_to_be_written_in():
    made = composed(program(prescriptions(2), clinic=NEUTRAL))
    assert wording(made.stop.last) == "Call your clinic:"
    assert wording(made.foot) == "Pain 6 or more? Stop. Call your clinic"
    assert made.letterhead.empty


# -- Letters and languages -------------------------------------------------------------------------------------------

MARKUP = "A **bold** <b>name</b> {phone}"


def test_markup_in_what_people_write_is_printed_letter_for_letter():
    clinic = type(CLINIC)(id="palm", name=MARKUP, phone=PHONE)
    item = prescribed(0, "3x10", note=MARKUP)
    known = condition(limits=MARKUP)
    given = {"name": MARKUP, "clinician": MARKUP, "goal": MARKUP, "note": MARKUP, "clinic": clinic}
    made = composed(program([item], conditions=[known], **given), [caution(0)])
    assert wording(made.patient) == wording(made.letterhead.name) == MARKUP
    for text in (made.goal, made.note, made.cards[0].note, *made.cards[0].caution):
        assert MARKUP in wording(text)
    assert not any(piece.strong for piece in made.patient)


def pieces(handout: Handout) -> list[Piece]:
    """Every piece of text on the cards."""
    texts: list[Text] = []
    for card in handout.cards:
        texts += [card.name, card.start, card.feel, card.harder, *card.steps, *card.fixes]
    return [piece for text in texts for piece in text]


def test_english_in_a_spanish_handout_carries_its_language():
    made = composed(program(prescriptions(2), language="es"))
    ours = [piece for piece in pieces(made) if piece.field.startswith("exercise-")]
    assert ours
    assert {piece.lang for piece in ours} == {"en-US"}
    assert {piece.lang for piece in pieces(made) if piece.field.startswith("handout.")} == {""}
    assert made.cards[0].lang == made.pain.lang == "en-US"
    assert {piece.lang for piece in pieces(composed(program(prescriptions(2))))} == {""}


def test_every_text_in_english_is_noted_once():
    made = program(prescriptions(2), language="es")
    spanish = locale("es")
    compose_handout(made, [], library(), spanish, {item.exercise.id: 2 for item in made.prescriptions})
    assert [note for note in spanish.notes if "exercise-0" in note] == [
        "es: exercises/exercise-0 is not translated, printed in English"
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "Ana 漢"}, "patient.name"),
        ({"goal": "走"}, "goal"),
        ({"clinician": "漢 Ruiz"}, "clinician"),
        ({"clinic": type(CLINIC)(id="palm", name="漢")}, "clinic.name"),
        ({"note": "漢"}, "note"),
        ({"conditions": [condition(limits="漢")]}, "handout.limits"),
    ],
)
def test_a_character_that_no_font_has_is_refused_with_its_field(changes, field):
    made = composed(program(prescriptions(2), **changes))
    with pytest.raises(UnprintableText, match=f"^{re.escape(field)}: "):
        printable(made)


def test_a_name_in_another_latin_alphabet_takes_the_second_typeface_as_a_whole():
    made = printable(composed(program(prescriptions(2), name="Nguyễn Thị Ánh")))
    assert [piece.text for piece in made.patient if piece.fallback] == ["Nguyễn Thị Ánh"]
    assert not any(piece.fallback for card in made.cards for piece in card.name)


def test_a_text_that_no_face_has_whole_changes_its_face_between_words():
    made = printable(composed(program(prescriptions(2), clinician="Hường", note="Bend ≤ 90.")))
    assert [(piece.text.strip(), piece.fallback) for piece in made.note] == [
        ("From", False), ("Hường:", True), ("Bend ≤ 90.", False),
    ]  # fmt: skip
