"""The pages of a small program of our own: what stands where, and how it gives way when there is much to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import page
import pytest

from handouts.drawing import Drawing
from handouts.layout.card import CardBlock, LargeCard
from handouts.layout.document import LaidOutHandout
from handouts.layout.exercise_list import ExerciseList
from handouts.layout.page_check import wording_of
from handouts.layout.pictures import Picture
from handouts.layout.safety_parts import PainScaleBlock, SafetyBoxes
from handouts.model import Clinic
from tests.layout.page_rules import page_problems
from tests.sheet.samples import (
    CLINIC,
    NEUTRAL,
    PHONE,
    POSITIONS,
    caution,
    condition,
    laid_out,
    pdf,
    prescribed,
    prescriptions,
    program,
    recorded,
    texts,
)
from tests.walker import walk

LONG_NAME = "Maximiliana Guadalupe Fernández-Villavicencio de la Santísima"
HUNDRED = "Palm Wellness Center for Physiotherapy, Massage, Rehabilitation, Balance and Sport of Greater Tampa"
KINDS: dict[str, Callable[[], LaidOutHandout]] = {
    "plain": lambda: laid_out(program(prescriptions(8))),
    "large print": lambda: laid_out(program(prescriptions(3), packet=None, large_print=True)),
    "Spanish": lambda: laid_out(program(prescriptions(4), language="es", paper="a4")),
    "one exercise": lambda: laid_out(program(prescriptions(1))),
    "hole punch": lambda: laid_out(program(prescriptions(3), hole_punch=True, ink_saver=True), both_sides=True),
    "for reception": lambda: laid_out(program(prescriptions(5), name="", clinician=None, next_visit=None)),
    "neutral clinic": lambda: laid_out(program(prescriptions(3), clinic=NEUTRAL, packet=None, clinician=None)),
    "cautions": lambda: laid_out(
        program(prescriptions(4), conditions=[condition(side="left", limits="No kneeling")], goal="Walk", note="Rest."),
        [caution(i) for i in range(4)],
    ),
    "fourteen": lambda: laid_out(program(prescriptions(14))),
    "long name": lambda: laid_out(program(prescriptions(6), name=LONG_NAME)),
    "Vietnamese name, six weeks": lambda: laid_out(program(prescriptions(3), name="Nguyễn Thị Ánh", log_weeks=6)),
    "no log": lambda: laid_out(program(prescriptions(3), log_weeks=0)),
    "strict scale": lambda: laid_out(program(prescriptions(2)), strict=True),
}
ACCESSIBLE = (
    "plain", "large print", "Spanish", "one exercise", "hole punch", "for reception", "neutral clinic", "cautions",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_out_of_its_place(kind):
    assert page_problems(KINDS[kind]()) == []


@pytest.mark.parametrize("kind", ACCESSIBLE)
def test_is_accessible(kind):
    made = KINDS[kind]()
    document = pdf(made, made.handout.lang)
    assert page.validate_pdf_bytes(document).is_compliant
    assert walk(document).problems == []


def test_the_same_values_give_the_same_bytes():
    one, other = (pdf(laid_out(program(prescriptions(3)))) for _ in range(2))
    assert one == other


# -- Page 1 ----------------------------------------------------------------------------------------------------------


def first_page(made: LaidOutHandout) -> list[type]:
    """The blocks of page 1 that a patient looks for, in their order."""
    blocks = [type(block) for column in made.pages[0].columns for block in column.blocks]
    return [block for block in blocks if block in (ExerciseList, SafetyBoxes, PainScaleBlock)]


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("count", [2, 5, 8])
def test_page_1_has_the_list_the_boxes_and_the_scale_in_this_order(count, language, paper):
    made = laid_out(program(prescriptions(count), language=language, paper=paper))
    assert first_page(made) == [ExerciseList, SafetyBoxes, PainScaleBlock]
    shown = texts(made)[0]
    assert all(f"{card.number} {card.name[0].text}" in shown for card in made.handout.cards)


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_page_1_holds_twelve(paper):
    assert first_page(laid_out(program(prescriptions(12), paper=paper))) == [ExerciseList, SafetyBoxes, PainScaleBlock]


@pytest.mark.parametrize(("large", "count", "pages"), [(False, 14, 2), (True, 20, 3)])
def test_a_list_that_fills_several_pages_is_whole(large, count, pages):
    dose = "1 set hold 45s for 370s alternate 6-11/day load 2kg effort 7/10 for 12-21 weeks"
    items = [prescribed(i, dose) for i in range(count)]
    made = laid_out(program(items, large_print=large, log_weeks=0, note="Use the warm pack for ten minutes. " * 8))
    assert page_problems(made) == []
    lists = [block for page in made.pages for block in page.columns[0].blocks if isinstance(block, ExerciseList)]
    assert len(lists) >= pages
    assert [card.number for one in lists for card in one.handout.cards] == list(range(1, count + 1))
    assert ("Your exercises (continued)" in texts(made)[1]) is not large


def test_no_word_of_a_name_is_parted_for_a_long_dose():
    dose = "3x15 hold 5s rest 60s each side 1/day build to 3x30 effort 4/10 tempo 3-1-3 for 6 weeks"
    items = [prescribed(i, dose, name="Counterbalancing your hips") for i in range(8)]
    shown = " ".join(texts(laid_out(program(items, large_print=True, log_weeks=0)))[:2])
    assert [shown.count(f"{number} Counterbalancing") for number in range(1, 9)] == [1] * 8


def test_a_phone_or_a_licence_too_long_for_one_line_stays_within_reach_of_printers():
    licences = {"en": "Licenses PT12345, OT67890, AT24680, HCCA10302, MM28422, DC55667 and MT99887, all of Florida"}
    clinic = replace(CLINIC, phone="(813) 555-0100 or 1-800-555-0101 ext. 22", licences=licences)
    made = laid_out(program(prescriptions(3), clinic=clinic, large_print=True))
    assert page_problems(made) == []
    assert licences["en"] in texts(made)[0]
    assert all(f"Call {clinic.phone}" in shown for shown in texts(made)[1:])


def test_the_cautions_of_many_conditions_have_a_page_of_their_own_in_large_print():
    advice = "Hold on to something firm with both hands and stop at once when it hurts or you feel unsteady."
    known = [condition(f"c{i}", f"You have condition {i}.", limits="No stairs alone") for i in range(6)]
    findings = [caution(0, f"Number {i}. {advice}", of=f"c{i}") for i in range(6)]
    made = laid_out(program(prescriptions(1), conditions=known, large_print=True), findings)
    assert page_problems(made) == []
    shown = " ".join(texts(made))
    assert all(f"Number {i}." in shown for i in range(6))
    assert "(continued)" in shown


def test_large_print_has_the_list_and_the_emergency_box_on_page_1():
    made = laid_out(program(prescriptions(8), large_print=True))
    assert first_page(made) == [ExerciseList, SafetyBoxes]
    shown = texts(made)[0]
    assert "Call 911 now if:" in shown
    assert "Do not drive yourself." in shown
    assert "Stop, then call us if" in texts(made)[1]


@pytest.mark.parametrize("layout", [{}, {"large_print": True}])
@pytest.mark.parametrize("count", [1, 2, 5, 8, 12])
def test_every_exercise_has_one_card_in_the_order_of_positions(count, layout):
    ordered = prescriptions(count)
    made = laid_out(program(ordered[::-1], **layout))
    cards = [block for page_ in made.pages for column in page_.columns for block in column.blocks]
    numbers = [block.card.number for block in cards if isinstance(block, CardBlock | LargeCard)]
    assert numbers == list(range(1, count + 1))
    positions = [card.position for card in made.handout.cards]
    assert positions == sorted(positions, key=POSITIONS.index)
    assert {card.id for card in made.handout.cards} == {item.exercise.id for item in ordered}
    assert " ".join(texts(made)).count(" Start: ") == count


def test_the_phone_and_the_page_number_stand_on_every_page():
    for layout in ({}, {"large_print": True}):
        shown = texts(laid_out(program(prescriptions(5), **layout)))
        for number, words in enumerate(shown, 1):
            assert PHONE in words
            assert f"Page {number} of {len(shown)}" in words


def test_every_sign_is_told_whole_and_under_one_action():
    made = laid_out(program(prescriptions(3)))
    shown = " ".join(texts(made))
    items = [item for section in made.handout.safety for group in section.groups for item in group.items]
    assert items
    for item in items:
        assert shown.count(item.text[0].text) == 1, item.id


def test_the_emergency_number_is_the_clinics():
    shown = " ".join(texts(laid_out(program(prescriptions(2), clinic=replace(CLINIC, emergency="112")))))
    assert "Call 112 now if:" in shown
    assert "911" not in shown


# -- The clinic ------------------------------------------------------------------------------------------------------


def lines_drawn(made: LaidOutHandout, number: int = 0) -> list[tuple[float, float, float]]:
    """The level rules of a page: left, right, height."""
    areas = [shape.area for shape in recorded(made)[number].shapes]
    return [(area.left, area.right, area.bottom) for area in areas if area.bottom == area.top]


@pytest.mark.parametrize(("large", "number"), [(False, 0), (True, 1)])
def test_a_clinic_without_a_phone_leaves_a_line_to_write_on(large, number):
    made = laid_out(program(prescriptions(3), clinic=NEUTRAL, large_print=large))
    (label,) = [text for text in recorded(made)[number].texts if text.text.startswith("Call your clinic:")]
    end, lines = label.x + label.width, lines_drawn(made, number)
    beside = [right - left for left, right, at in lines if left >= end and 0 <= label.baseline - at <= 4]
    assert beside
    assert max(beside) > 60
    assert "Questions? Call us" not in " ".join(texts(made))


@pytest.mark.parametrize("layout", [{}, {"large_print": True}, {"paper": "a4", "hole_punch": True}])
@pytest.mark.parametrize("name", [HUNDRED, HUNDRED.replace(" ", "")[:60] + " Inc"])
def test_the_clinics_name_does_not_touch_its_phone(name, layout):
    clinic = replace(CLINIC, name=name, web="www." + "palm-wellness-" * 7 + ".example")
    made = laid_out(program(prescriptions(2), clinic=clinic, name=LONG_NAME, **layout))
    assert page_problems(made) == []
    pieces = [text for text in recorded(made)[0].texts if not text.running]
    phone = next(text for text in pieces if text.text == PHONE)
    printed = "".join(text.text for text in pieces[: pieces.index(phone)] if text.size == pieces[0].size)
    assert printed.replace("-", "").replace(" ", "") == name.replace(" ", "")
    assert max(text.last_letter for text in pieces[: pieces.index(phone)]) < phone.first_letter - 10


@pytest.mark.parametrize("layout", [{}, {"large_print": True}, {"paper": "a4", "language": "es"}])
@pytest.mark.parametrize(
    "licences", [{}, {"en": "Licenses PT12345, OT67890, AT24680", "es": "Licencias PT12345, OT67890"}]
)
def test_a_wide_logo_a_long_name_and_a_long_page_stand_beside_each_other(licences, layout):
    web = "www.palm.example/" + "/".join(f"page-of-exercises-{n}" for n in range(5))
    clinic = replace(CLINIC, name=HUNDRED, web=web, licences=licences)
    wide = Picture(300, 62, Drawing("wide", 300, 62, ()), {})
    made = laid_out(program(prescriptions(1), clinic=clinic, **layout), logo=wide)
    assert page_problems(made) == []
    assert web in "".join(texts(made)).replace(" ", "")
    logo = recorded(made)[0].pictures[0]
    assert logo.right - logo.left == pytest.approx(made.theme.measure / 3)


def test_a_clinic_that_tells_nothing_of_itself_has_no_letterhead():
    shown = texts(laid_out(program(prescriptions(2), clinic=NEUTRAL)))
    assert shown[0].split("Low back")[0].strip() == f"Page 1 of {len(shown)}"


# -- Forms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 4, 8])
def test_ink_saver_says_the_same_on_the_same_pages(count):
    colour, ink = (texts(laid_out(program(prescriptions(count), ink_saver=ink))) for ink in (False, True))
    assert colour == ink


def left_edges(made: LaidOutHandout) -> list[float]:
    """The left edge of what stands on each page."""
    return [min(text.x for text in page_.texts) for page_ in recorded(made)]


def test_the_punched_margin_changes_sides_on_a_print_on_both_sides():
    punched = program(prescriptions(3), hole_punch=True)
    assert {round(edge) for edge in left_edges(laid_out(punched))} == {68}
    both = [round(edge) for edge in left_edges(laid_out(punched, both_sides=True))]
    assert both == [68 if number % 2 else 38 for number in range(1, len(both) + 1)]
    plain = program(prescriptions(3))
    assert left_edges(laid_out(plain, both_sides=True)) == left_edges(laid_out(plain))


@pytest.mark.parametrize("count", [1, 3])
def test_without_a_log_the_questions_and_signatures_stay(count):
    shown = " ".join(texts(laid_out(program(prescriptions(count), log_weeks=0))))
    assert "Week 1" not in shown
    assert "You told us when to stop and when to call." in shown
    assert "Clinician" in shown


def test_what_is_said_once_stands_above_the_first_card():
    made = KINDS["cautions"]()
    shown = texts(made)
    whole = "For you: You have weak bones. It is on your left side. Your limits: No kneeling. Do not bend forward."
    assert [whole in words for words in shown] == [False, True, *[False] * (len(shown) - 2)]
    assert shown[1].index(whole) < shown[1].index("Start: ")


def test_no_card_in_normal_print_is_parted():
    for words in texts(laid_out(program(prescriptions(14)))):
        assert words.count("Start: ") == words.count("Too hard?")
        assert "(continued)" not in words


def running(made: LaidOutHandout, number: int) -> Any:
    """The running lines of a page."""
    return [wording_of(paragraph) for paragraph in recorded(made)[number].paragraphs() if paragraph[0].running]


def test_the_running_head_gives_up_the_clinics_name_before_the_patients():
    made = laid_out(program(prescriptions(2), clinic=replace(CLINIC, name=HUNDRED), name=LONG_NAME))
    lines = running(made, 1)
    assert lines[0] == LONG_NAME
    assert any(line.endswith(PHONE) for line in lines)
    assert not any(HUNDRED in line for line in lines)


def test_the_title_of_a_clinic_in_another_country_stays_its_own():
    made = laid_out(program(prescriptions(2), clinic=Clinic(id="uk", country="GB", phone=PHONE, emergency="999")))
    assert "Call 999 now if:" in texts(made)[0]
