"""`screen`: verdicts without a PDF, and what "ok" means."""

from __future__ import annotations

from pathlib import Path

CURL = ("--exercise", "partial-curl", "--condition", "osteoporosis")
DANA = ("--clinician", "Dana Reyes")


def test_contraindicated(handouts):
    ran = handouts("screen", *CURL)
    assert ran.code == 4
    assert "partial-curl: contraindicated with osteoporosis" in ran.out
    assert list(Path().iterdir()) == []


def test_contraindicated_in_json(handouts):
    ran = handouts("screen", *CURL, "--json")
    assert (ran.code, ran.json["status"]) == (4, "refused")
    assert [(one["exercise"], one["verdict"]) for one in ran.json["findings"]] == [("partial-curl", "contraindicated")]
    assert not {"output", "pages", "bytes", "sha256"} & ran.json.keys()


def test_ok_is_never_a_clearance(handouts):
    ran = handouts("screen", "--exercise", "bridge")
    assert ran.code == 0
    assert "bridge: ok" in ran.out
    assert "never that a patient is cleared" in ran.out
    assert "never that a patient is cleared" in handouts("screen", "--exercise", "bridge", "--json").json["meaning"]


def test_caution(handouts):
    ran = handouts("screen", "--exercise", "bridge", "--condition", "glaucoma")
    assert ran.code == 0
    assert "bridge: caution with glaucoma" in ran.out
    assert "the patient reads: " in ran.out


def test_overridden(handouts):
    ran = handouts("screen", *CURL, "--override", "partial-curl:osteoporosis=Done lying flat", *DANA)
    assert ran.code == 0
    assert "overridden: Done lying flat" in ran.out


def test_a_red_flag_blocks_and_cannot_be_overridden(handouts):
    flag = ("--exercise", "bridge", "--condition", "cauda-equina-suspected")
    ran = handouts("screen", *flag, "--override", "bridge:cauda-equina-suspected=seen by the surgeon", *DANA)
    assert ran.code == 4
    assert "cannot be overridden" in ran.out


def test_an_unknown_condition_is_never_ignored(handouts):
    ran = handouts("screen", "--exercise", "bridge", "--condition", "osteoporosi")
    assert ran.code == 3
    assert "osteoporosis" in ran.err


def test_a_file_and_several(handouts, program):
    bad = program("bad.yaml", patient={"name": "Bo", "conditions": ["osteoporosis"]}, exercises=["partial-curl"])
    assert handouts("screen", bad).code == 4
    ran = handouts("screen", program("good.yaml"), bad, "--json")
    assert [one["status"] for one in ran.json] == ["ok", "refused"]
