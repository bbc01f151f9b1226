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
from handouts.model import Change, Visit, Word
from handouts.pdf.fonts import UnprintableText
from tests.sheet.samples import (
    CLINIC,
    NEUTRAL,
    PHONE,
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
        made = composed(program(prescriptions(2), conditions=[condition()]), [replace(waits, rule=rule)])
        assert (wording(made.pain.zones[0].more) == "Ask us before you do more.") == asks
        cautioned, other = made.cards
        assert not cautioned.harder
        assert bool(other.harder) != asks


def test_no_dose_leads_to_another_for_who_asks_first():
    has = replace(condition(), condition=replace(condition().condition, no_progression=True))
    for known, said in (([], "Build up to 20 times."), ([has], "At most 20 times.")):
        (card,) = composed(program([prescribed(0, "5 reps build to 20 reps")], conditions=known)).cards
        assert said in wording(card.dose)
        assert said in wording(card.list_dose)


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


def test_a_log_of_one_week_is_called_so():
    assert [wording(composed(program(prescriptions(2), log_weeks=n)).log.title) for n in (1, 2)] == [
        "My week",
        "My 2 weeks",
    ]


def test_only_a_review_that_happened_is_printed():
    review = Word(by="Ana Lopez, PT", on=dt.date(2026, 1, 2))
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
    few = replace(now, changes=now.changes[1:2])
    (line,) = composed(program(prescriptions(3), history=(history[0], few))).changes.lines
    assert wording(line) == f"New numbers: Bridge 1. {wording(card.dose)} Before: 3 sets of 8."
    back = replace(now, changes=tuple(Change(kind="added", item=f"exercise-{n}") for n in (1, 2, 0)))
    (line,) = composed(program(prescriptions(3), history=(history[0], back))).changes.lines
    assert wording(line) == "New: Bridge 1, Knee to chest 2, Heel slide for the whole leg 3."  # as the list below it
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
