"""Cautions that change exercises, and sides, at the command line: what is printed, told, kept and carried on."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from handouts.branding import palette
from handouts.figures import frames
from handouts.layout.pictures import exercise_pictures
from handouts.model import Clinic, Prescription
from handouts.pdf.reading import read_attached_program
from tests.real_library import real_library

TWO = ("--exercise", "walking", "--exercise", "grip-squeeze")
HEART = "cardiac-event-recent"
NEW_KNEE = ("--exercise", "quad-set", "--condition", "knee-replacement-recent left")
MAKE = ("make", "--patient", "Ana", "--date", "2026-11-22", "-o", "a.pdf")


def printed(path: str = "a.pdf") -> str:
    pages = PdfReader(BytesIO(Path(path).read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize(
    ("language", "time", "other"), [("en", "5 to 15 minutes", "30"), ("es", "5 a 15 minutos", "30")]
)
def test_the_card_the_list_and_the_record_say_the_dose_that_the_caution_allows(handouts, language, time, other):
    ran = handouts(*MAKE, *TWO, "--condition", "parkinsons", "--language", language, "--json")
    assert ran.code == 0, ran.err
    text = printed()
    assert text.count(time) == 2
    assert f"{other} min" not in text
    assert "The picture shows another start" not in text
    assert "El dibujo muestra otro inicio" not in text
    assert "Stand at a fixed counter" not in text
    assert "Párese junto a una barra" not in text
    assert ran.json["program"]["exercises"][0]["dose"].startswith("for 5-15min")
    assert read_attached_program(Path("a.pdf"))["exercises"][0]["walking"]["dose"].startswith("for 5-15min")
    assert any("is more than parkinsons-walking allows" in note["text"] for note in ran.json["notes"])


def test_a_written_dose_above_the_ceiling_is_lowered_and_the_clinician_is_told(handouts):
    heart = (
        "--condition",
        "cardiac-event-recent since 2026-11-08",
        "--clearance",
        "cardiac-event-recent=Dr. Lee, 2026-11-20",
    )
    ran = handouts("screen", *MAKE[1:-2], "--exercise", "walking for 30min 3/day", *heart, "--json")
    assert ran.json["program"]["exercises"][0]["dose"].startswith("for 10min 2/day")
    (told,) = [note for note in ran.json["notes"] if "the dose that was asked for" in note["text"]]
    assert told["kind"] == "safety"
    assert "for 30min 3/day" in told["text"]


def test_the_figure_and_the_words_are_those_of_the_caution(handouts):
    both = ("--exercise", "cat-cow", "--exercise", "bridge", "--condition", "pregnancy-t3")
    assert handouts(*MAKE, *both).code == 0
    text = printed()
    assert "flat like a table" in text
    assert "sink slowly" not in text
    assert "Forcing your back down" not in text
    assert "Lie back on firm pillows" in text
    assert "The picture shows another start" in text
    assert "Lie on your back" not in text
    assert "First do more times" not in text
    assert "Ask us before you do more" in text


def test_the_figure_is_that_of_the_exercise_that_is_shown():
    library = real_library()
    cat, tilt = library.exercise("cat-cow"), library.exercise("pelvic-tilt-hands-knees")
    colours = palette(Clinic(id=""), ink_saver=False)

    def figure(shown):
        one = Prescription(exercise=cat, dose=cat.dose, shown_as=shown)
        return [picture.source.key for picture in exercise_pictures([one], colours)["cat-cow"]]

    assert figure(tilt) == [picture.key for picture in frames(tilt.id, tilt.picture)] != figure(None)


def test_the_side_of_the_knee_is_the_side_of_its_exercises(handouts):
    ran = handouts(
        *MAKE,
        "--exercise",
        "quad-set",
        "--exercise",
        "ankle-pumps",
        "--condition",
        "knee-replacement-recent left",
        "--json",
    )
    assert [one["side"] for one in ran.json["program"]["exercises"]] == ["left", "each"]
    assert "each leg" not in printed()


def test_an_unknown_side_is_ticked_by_hand_until_somebody_says_it(handouts):
    ran = handouts(*MAKE, "--exercise", "quad-set", "--condition", "knee-replacement-recent", "--json")
    assert ran.json["program"]["exercises"][0]["side"] is None
    assert any("which side?" in note["text"] for note in ran.json["notes"])
    assert "Left Right" in printed()
    known = ("--condition", "knee-replacement-recent right", "--date", "2026-11-29")
    ran = handouts("revise", "a.pdf", *known, "-o", "b.pdf", "--json")
    assert ran.code == 0, ran.err
    assert ran.json["program"]["exercises"][0]["side"] == "right"


def test_a_side_that_was_written_stays_with_the_next_visit(handouts):
    ran = handouts(*MAKE, *("--exercise", "quad-set 10 reps each side"), *NEW_KNEE[2:], "--json")
    assert ran.json["program"]["exercises"][0]["side"] == "each"
    assert any("is written for each side" in note["text"] for note in ran.json["notes"])
    ran = handouts("revise", "a.pdf", "--date", "2026-11-29", "-o", "b.pdf", "--json")
    assert ran.json["program"]["exercises"][0]["side"] == "each"


@pytest.mark.parametrize(
    ("language", "told"), [("en", "The picture shows another start:"), ("es", "El dibujo muestra otro inicio:")]
)
def test_a_card_that_starts_otherwise_than_its_picture_says_so(handouts, language, told):
    ankle = ("--condition", "ankle-fracture-unhealed", "--clearance", "ankle-fracture-unhealed=Dr. Lee, 2026-11-20")
    for condition, count in ((ankle, 1), ((), 0)):
        again = ("--exercise", "wall-walk", "--language", language, "--force")
        assert handouts(*MAKE, *again, *condition).code == 0
        assert printed().count(told) == count
