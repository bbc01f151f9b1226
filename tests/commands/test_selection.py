"""`--region`: exercises chosen by rule, and told why."""

from __future__ import annotations

import pytest

ANA = ("--patient", "Ana Ruiz", "--date", "2026-11-22")


def ids(ran):
    return [one["id"] for one in ran.json["program"]["exercises"]]


def test_make_chooses_and_says_why(handouts):
    ran = handouts("make", *ANA, "--region", "low-back", "--condition", "osteoporosis", "--max", "4", "--json")
    assert ran.code == 0
    assert len(ids(ran)) == 4
    assert "partial-curl" not in ids(ran)
    for one in ids(ran):
        assert any(note["text"].startswith(f"chose {one}: ") for note in ran.json["notes"])
    assert "chose bridge: " in ran.err
    assert "left out for osteoporosis: " in ran.err


def test_the_same_input_gives_the_same_choice(handouts):
    asked = ("screen", "--region", "knee", "--level", "gentle", "--json")
    assert handouts(*asked) == handouts(*asked)


def test_what_is_chosen_can_be_changed_by_name(handouts):
    ran = handouts("screen", "--region", "low-back", "--max", "3", "--skip", "pelvic-tilt", "--exercise", "bridge 2x5",
                   "--json")  # fmt: skip
    assert "pelvic-tilt" not in ids(ran)
    assert "bridge" in ids(ran)
    assert not any("pelvic-tilt" in note["text"] for note in ran.json["notes"])


def test_a_program_file_gives_the_patient_and_its_conditions_count(handouts, program):
    path = program(patient={"name": "Ana", "conditions": ["osteoporosis"]}, exercises=[])
    ran = handouts("screen", path, "--region", "low-back", "--json")
    assert ran.code == 0
    assert len(ids(ran)) == 6
    assert "partial-curl" not in ids(ran)


def test_nothing_safe_is_refused(handouts, alone):
    ran = handouts("make", *ANA, "--region", "low-back", "--condition", "cauda-equina-suspected", "--json")
    assert ran.code == 4
    assert ran.json["status"] == "refused"
    assert any("emergency room" in line for line in ran.json["problems"])
    assert list(alone.iterdir()) == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--region", "lowback"), 3),
        (("--region", "knee", "--goal-type", "strenght"), 3),
        (("--region", "knee", "--packet", "neck-pain"), 3),
        (("--region", "knee", "--condition", "osteoprosis"), 3),
        (("--exercise", "bridge", "--level", "gentle"), 2),
        (("--region", "knee", "--max", "0"), 2),
    ],
)
def test_a_rule_that_cannot_be_followed(handouts, more, code):
    assert handouts("make", *ANA, *more).code == code


def test_a_region_of_the_environment_gives_way_to_names(handouts, monkeypatch):
    monkeypatch.setenv("HANDOUTS_SCREEN_REGION", "knee")
    assert ids(handouts("screen", "--exercise", "bridge", "--json")) == ["bridge"]
    assert len(ids(handouts("screen", "--json"))) == 6


def test_a_packet_of_the_environment_gives_way_to_a_region(handouts, monkeypatch):
    monkeypatch.setenv("HANDOUTS_SCREEN_PACKET", "neck-pain")
    ran = handouts("screen", "--region", "knee", "--json")
    assert ran.json["program"]["packet"] is None
    assert len(ids(ran)) == 6
