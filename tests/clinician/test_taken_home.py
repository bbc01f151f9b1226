"""What page 1 calls changed is told against the handout that the patient has at home, also after several tries."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.pdf.reading import read_attached_program
from tests.clinician.test_revise import text

DAY = "2026-11-15"


@pytest.fixture
def twice(handouts, first):
    """The first handout, and a second one that a correction is made of on the same day."""
    change = ("--swap", "side-leg-lift=heel-raise", "--condition", "osteoporosis", "--date", DAY)
    assert handouts("revise", first, *change, "-o", "second.pdf").code == 0
    return "second.pdf"


def test_three_versions_on_one_day_are_told_against_the_last_of_an_earlier_day(handouts, twice):
    ran = handouts("revise", twice, "--dose", "bridge=3x12", "--date", DAY, "-o", "third.pdf", "--json")
    assert [(one["kind"], one["item"], one["instead_of"]) for one in ran.json["changes"]] == [
        ("dose", "bridge", None), ("swapped", "heel-raise", "side-leg-lift"), ("condition", "osteoporosis", None),
    ]  # fmt: skip
    read = text("third.pdf")
    assert "What changed since Nov 1, 2026" in read
    assert "Instead: Heel raise in place of Side leg lift." in read
    assert "New numbers: Bridge." in read
    assert [one["date"] for one in ran.json["history"]] == ["2026-11-01", DAY, DAY]
    ran = handouts("revise", "third.pdf", "--swap", "heel-raise=clamshell", "--date", DAY, "-o", "fourth.pdf", "--json")
    assert ("swapped", "clamshell", "side-leg-lift") in [
        (one["kind"], one["item"], one["instead_of"]) for one in ran.json["changes"]
    ]
    back = handouts("revise", "third.pdf", "--swap", "heel-raise=side-leg-lift", "--dose", "bridge=2x10",
                    "--date", DAY, "-o", "back.pdf", "--json").json  # fmt: skip
    assert [one["item"] for one in back["changes"]] == ["side-leg-lift", "osteoporosis"]  # the usual dose, no side
    later = handouts(
        "revise", "third.pdf", "--dose", "bridge=2x8", "--date", "2026-11-20", "-o", "l.pdf", "--json"
    ).json
    assert [(one["item"], one["before"]) for one in later["changes"]] == [("bridge", "3x12 rest 60s")]
    assert "What changed since Nov 15, 2026" in text("l.pdf")


def test_three_versions_on_the_first_day(handouts, first):
    handouts("revise", first, "--swap", "bridge=clamshell", "--date", "2026-11-01", "-o", "b.pdf")
    change = ("--dose", "clamshell=1x5", "--date", "2026-11-01", "-o", "c.pdf", "--json")
    told = handouts("revise", "b.pdf", *change).json["changes"]
    assert [(one["kind"], one["item"], one["instead_of"]) for one in told] == [("swapped", "clamshell", "bridge")]


def test_since_names_what_the_patient_has(handouts, first, twice):
    handouts("revise", twice, "--add", "clamshell", "--date", "2026-11-20", "-o", "third.pdf")
    change = ("--dose", "bridge=3x12", "--date", "2026-11-25", "-o", "fourth.pdf", "--since")
    ran = handouts("revise", "third.pdf", *change, first)
    assert "what changed since 2026-11-01:" in ran.err
    for told in ("swapped side-leg-lift for heel-raise", "added clamshell", "bridge: 2x10"):
        assert told in ran.err
    assert "What changed since Nov 1, 2026" in text("fourth.pdf")
    assert read_attached_program(Path("fourth.pdf"))["before"]["date"] == "2026-11-01"


def test_since_takes_no_other_patients_handout_and_no_later_one(handouts, first, twice):
    handouts("make", "--patient", "Bob", "--exercise", "bridge", "--date", "2026-11-01", "-o", "bob.pdf")
    change = ("--dose", "bridge=3x12", "-o", "next.pdf")
    for since, told in (("bob.pdf", "another patient"), ("none.pdf", "no such file"), ("text.pdf", "not a PDF")):
        Path("text.pdf").write_text("hello")
        ran = handouts("revise", twice, *change, "--since", since)
        assert (ran.code in (3, 5), told in ran.err, Path("next.pdf").exists()) == (True, True, False)
    assert handouts("revise", first, "--date", "2026-11-10", *change, "--since", twice).code == 3


def test_a_packet_is_revised_with_and_without_a_name(handouts):
    assert handouts("packet", "low-back-starter", "-o", "u.pdf").code == 0
    ran = handouts("revise", "u.pdf", "--level", "up")
    assert (ran.code, ran.out.startswith("low-back-starter-")) == (0, True)
    ran = handouts("revise", "u.pdf", "--level", "up", "--patient", "Ana Ruiz", "--json")
    assert ran.json["changes"]
    assert ran.json["output"].startswith("Ana-Ruiz-")
    again = handouts("revise", ran.json["output"], "--since", "u.pdf", "--dose", "bridge=1x5", "-o", "a.pdf", "--json")
    assert again.code == 0


def test_the_side_that_a_condition_sets_is_told_and_follows_it(handouts):
    """The side is set when the program is screened: page 1 and the record tell what the cards say."""
    knee = ("--packet", "knee-replacement-early", "--skip", "walking", "--skip", "ankle-pumps")
    handouts("make", "--patient", "Lou Vu", *knee, "--date", "2026-11-01", "-o", "a.pdf")
    to = ("--condition", "knee-replacement-recent since 2026-11-02")
    right = handouts("revise", "a.pdf", f"{to[0]}", f"{to[1]} right", "--date", "2026-11-08", "-o", "b.pdf", "--json")
    told = [(one["before"], one["after"]) for one in right.json["changes"] if one["item"] == "heel-slide"]
    assert told == [("1x10 hold 5-10s each side 2/day 7/week", "1x10 hold 5-10s right 2/day 7/week")]
    assert "New numbers: Thigh tightening" in text("b.pdf")
    change = (to[0], f"{to[1]} left", "--dose", "quad-set=2x8 right", "--date", "2026-11-15", "-o", "c.pdf", "--json")
    left = handouts("revise", "b.pdf", *change).json
    sides = {name: one["side"] for one in left["program"]["exercises"] if (name := one["id"])}
    assert sides == {"quad-set": "right", "heel-slide": "left", "knee-straightening-prop": "left"}
