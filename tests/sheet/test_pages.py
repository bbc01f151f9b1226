"""The stress set of the page design: every kind of handout is made, measured and walked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import page
import pikepdf
import pytest

from handouts.dose import parse_dose
from handouts.model import Prescription
from handouts.pdf.fonts import UnprintableText
from handouts.screening.workload import day_minutes
from tests.sheet.measure import faults, headings, texts
from tests.sheet.samples import (
    CLINIC,
    NEUTRAL,
    PHONE,
    caution,
    condition,
    exercise,
    laid_out,
    pdf,
    prescriptions,
    program,
    warnings,
)
from tests.walker import walk

LONG_NAME = "Maximiliana Guadalupe Fernández-Villavicencio de la Santísima"
STRESS: dict[str, Callable[[], Any]] = {
    "plain": lambda: program(prescriptions(8)),
    "a4": lambda: program(prescriptions(8), paper="a4"),
    "large print": lambda: program(prescriptions(4), large_print=True),
    "ink saver": lambda: program(prescriptions(8), ink_saver=True),
    "hole punch": lambda: program(prescriptions(8), hole_punch=True),
    "Spanish": lambda: program(prescriptions(8), language="es"),
    "Spanish large print": lambda: program(prescriptions(3), language="es", large_print=True),
    "one exercise": lambda: program(prescriptions(1)),
    "fourteen": lambda: program(prescriptions(14)),
    "twenty": lambda: program(prescriptions(20)),
    "long name": lambda: program(prescriptions(6), name=LONG_NAME),
    "long name, large print": lambda: program(prescriptions(2), name=LONG_NAME, large_print=True),
    "pale brand": lambda: program(prescriptions(3), clinic=replace(CLINIC, colour="#F3C6C0")),
    "neutral clinic": lambda: program(prescriptions(3), clinic=NEUTRAL, packet=None, clinician=None, next_visit=None),
    "packet for reception": lambda: program(prescriptions(5), name="", clinician=None, next_visit=None),
    "six weeks": lambda: program(prescriptions(8), log_weeks=6),
    "no log": lambda: program(prescriptions(3), log_weeks=0),
    "goal and note": lambda: program(prescriptions(5), goal="Walk to the mailbox and back", note="Rest on Sunday."),
    "Vietnamese name": lambda: program(prescriptions(3), name="Nguyễn Thị Ánh"),
}


@pytest.mark.parametrize("kind", STRESS)
def test_nothing_leaves_its_place(kind: str) -> None:
    made = STRESS[kind]()
    assert faults(pdf(made), made.clinic.phone) == []


@pytest.mark.parametrize("kind", ["plain", "large print", "Spanish", "packet for reception", "neutral clinic"])
def test_is_accessible(kind: str) -> None:
    document = pdf(STRESS[kind]())
    assert page.validate_pdf_bytes(document).is_compliant
    assert walk(document).problems == []


def test_the_same_values_give_the_same_bytes() -> None:
    made = program(prescriptions(3))
    assert pdf(made) == pdf(made)


@pytest.mark.parametrize("count", range(1, 21))
def test_every_exercise_is_printed_once_in_the_order_of_positions(count: int) -> None:
    printed = [heading for heading in headings(pdf(program(prescriptions(count)))) if heading[0].isdigit()]
    names = [item.exercise.text.name for item in prescriptions(count)]
    assert printed == [f"{i} {name}" for i, name in enumerate(names, 1)]


@pytest.mark.parametrize("many", [4, 8, 12])
def test_safety_stays_on_the_first_page(many: int) -> None:
    first = texts(pdf(program(prescriptions(20)), warnings=warnings(lines=many)))[0]
    for n in range(many):
        assert f"You have chest pain {n}." in first
        assert f"You feel dizzy {n}." in first
    assert "Call 911 now if:" in first
    assert f"Call {PHONE}" in first


def test_large_print_keeps_both_boxes_on_the_first_page() -> None:
    first = texts(pdf(program(prescriptions(3), large_print=True), warnings=warnings(lines=5)))[0]
    assert "You have chest pain 4." in first
    assert f"Call {PHONE}" in first


@pytest.mark.parametrize("layout", [{}, {"large_print": True}])
def test_a_long_safety_box_names_the_page_that_goes_on(layout: dict[str, bool]) -> None:
    pages = texts(pdf(program(prescriptions(14), **layout), warnings=warnings(lines=30)))
    page = re.search(r"More on page (\d+)", pages[0])
    assert page
    assert "You have chest pain 0." in pages[0]
    assert "You have chest pain 20." not in pages[0]
    assert "Call 911 now if:" in pages[0]
    assert f"Call {PHONE}" in pages[0]
    assert pages[int(page[1]) - 1].count("Stay safe") == 1


def test_a_safety_box_that_fits_is_whole() -> None:
    first = texts(pdf(program(prescriptions(3)), warnings=warnings(lines=10)))[0]
    assert "You have chest pain 9." in first
    assert "More on page" not in first


def test_every_warning_is_printed_in_full() -> None:
    told = " ".join(texts(pdf(program(prescriptions(2)))))
    for warning in warnings():
        for item in warning.text.items:
            assert item in told


def test_the_emergency_number_is_the_clinic_s() -> None:
    told = " ".join(texts(pdf(program(prescriptions(2), clinic=replace(CLINIC, emergency="112")))))
    assert "Call 112 now if:" in told
    assert "911" not in told


def test_a_clinic_without_a_phone_leaves_a_line_to_write_on() -> None:
    first = texts(pdf(STRESS["neutral clinic"]()))[0]
    assert "Call your clinic:" in first
    assert "Questions? Call us" not in first


def test_the_strict_pain_rule_has_no_middle_zone_and_asks_before_more() -> None:
    pages = texts(pdf(program(prescriptions(2)), warnings=warnings(strict=True)))
    assert "Careful" not in pages[0]
    assert "Pain 3 or more? Stop." in pages[1]
    assert "Ask your clinician first." in pages[-1]


def test_a_caution_says_what_is_known_and_stands_before_the_steps() -> None:
    made = program(prescriptions(2), conditions=(condition(side="left", limits="No kneeling"),))
    told = " ".join(texts(pdf(made, [caution("exercise-0")])))
    words = "For you: You have weak bones (osteoporosis). It is on your left side. Your limits: No kneeling."
    assert words in told
    assert told.index("Do not bend forward.") < told.index("Tighten your belly.")


def test_cautions_of_one_exercise_merge_and_say_nothing_twice() -> None:
    made = program(prescriptions(2), conditions=(condition(),))
    three = [caution("exercise-0"), caution("exercise-0"), caution("exercise-0", "Go slowly.")]
    told = " ".join(texts(pdf(made, three)))
    assert told.count("Do not bend forward.") == 1
    assert "Keep your back long. Go slowly." in told


def test_an_overridden_contraindication_tells_the_patient() -> None:
    made = program(prescriptions(2), conditions=(condition(),))
    finding = caution("exercise-0", verdict="contraindicated", overridden="discussed")
    told = " ".join(texts(pdf(made, [finding])))
    assert "Your clinician knows this and still chose this for you." in told
    assert "discussed" not in told


def test_markup_in_a_name_is_printed_letter_for_letter() -> None:
    first = texts(pdf(program(prescriptions(2), name="A **bold** <b>name</b> {phone}")))[0]
    assert "A **bold** <b>name</b> {phone}" in first


def test_a_blank_frequency_is_never_filled_in() -> None:
    item = Prescription(exercise=exercise(0), dose=parse_dose("3x10 left"))
    pages = texts(pdf(program([item, *prescriptions(3)[1:]])))
    assert "As often as your clinician told you." in pages[1]
    assert "times a day" in pages[0]
    assert " min " not in pages[0], "how long the morning takes is not known"


def test_the_day_counts_a_blank_frequency_once() -> None:
    item = Prescription(exercise=exercise(0), dose=parse_dose("3x10 left"))
    made = program([item, *prescriptions(3)[1:]])
    assert f"Your day: about {day_minutes(made.prescriptions)} minutes" in texts(pdf(made))[0]


def test_no_time_of_day_is_named_when_none_is_meant() -> None:
    item = Prescription(exercise=exercise(0), dose=parse_dose("3x10 left 1-2/day"))
    other = Prescription(exercise=exercise(1), dose=parse_dose("3x10 left"))
    first = texts(pdf(program([item, other])))[0]
    assert "How often" in first
    assert "Morning" not in first


def test_more_than_twice_a_day_is_told_in_words() -> None:
    item = Prescription(exercise=exercise(0), dose=parse_dose("3x10 left 4/day"))
    pages = texts(pdf(program([item, *prescriptions(3)[1:]])))
    assert "4× a day" in pages[0]
    assert "4× a day" in pages[1]


def test_ink_saver_and_colour_have_the_same_pages() -> None:
    colour, ink = (texts(pdf(program(prescriptions(8), ink_saver=ink))) for ink in (False, True))
    assert colour == ink


def test_the_punched_margin_changes_sides_on_a_two_sided_print() -> None:
    made = program(prescriptions(3), hole_punch=True)
    assert pdf(made, both_sides=True) != pdf(made, both_sides=False)
    assert faults(pdf(made, both_sides=True), PHONE) == []


def test_a_character_without_a_glyph_is_refused_before_anything_is_laid_out() -> None:
    with pytest.raises(UnprintableText, match=r"patient\.name"):
        laid_out(program(prescriptions(2), name="Ana 漢"))


def test_english_in_a_spanish_handout_says_so() -> None:
    made = STRESS["Spanish"]()
    with pikepdf.open(BytesIO(pdf(made))) as opened:
        told = [
            str(thing.Lang) for thing in opened.objects if isinstance(thing, pikepdf.Dictionary) and "/Lang" in thing
        ]
    assert told.count("en-US") >= 5 * len(made.prescriptions)
