"""Things by the names that people know: items, papers and the values of filters, in any case and language."""

from __future__ import annotations

import pytest

from .conftest import BRIDGE


@pytest.mark.parametrize(
    ("said", "exercise"),
    [
        ("Sit to stand 3x10", "sit-to-stand"),
        ("SIT-TO-STAND: 3x10", "sit-to-stand"),
        ("Knee rolls", "lumbar-rotation-supine"),
        ("Giro de rodillas 1x10", "lumbar-rotation-supine"),
        ("Puente", "bridge"),
    ],
)
def test_exercises(handouts, said, exercise):
    found = handouts("screen", "--exercise", said, "--json").json["program"]["exercises"]
    assert [one["id"] for one in found] == [exercise]


def test_a_program_file_in_the_words_of_its_writer(handouts, program):
    file = program(
        patient={"name": "Ana Ruiz", "conditions": ["OSTEOPOROSIS", {"Total knee replacement": {"side": "Left"}}]},
        clinic="Palm Wellness Center", language="Spanish", packet="Neck pain", print={"paper": "A4"},
        exercises=["Sit to stand", {"Bridge": "3x12 rest 60s"}, {"Chin tuck": "skip"}],
        order=["Puente", "Sit to stand"],
    )  # fmt: skip
    ran = handouts("screen", file, "--paper", "US Letter", "--skip", "Neck rotation", "--json")
    assert (ran.json["program"]["clinic"], ran.json["program"]["language"]) == ("palm-wellness", "es")
    exercises = [one["id"] for one in ran.json["program"]["exercises"]]
    assert exercises[:2] == ["bridge", "sit-to-stand"]
    assert not {"chin-tuck", "neck-rotation"}.intersection(exercises)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--exercise", "prayer stretch 3x10"), "write which: wrist-flexor-stretch or childs-pose"),
        (("--exercise", "Rodar la rodilla 3x10"), "'Rodar la rodilla' (did you mean lumbar-rotation-supine?)"),
        (("--exercise", "bridge", "--condition", "AS"), "write which: axial-spondyloarthritis"),
        (("--packet", "sciatica"), "write which: low-back-extension-bias or low-back-flexion-bias"),
        (("--exercise", "bridge", "--skip", "zzz"), "--skip: unknown exercise 'zzz'"),
        (("--region", "back"), "write which: low-back or upper-back"),
        (("--region", "knees"), "--region: unknown region 'knees' (did you mean knee?)"),
        (("--region", "knee", "--goal-type", "zzz"), "--goal-type: unknown goal 'zzz'"),
    ],
)
def test_what_is_not_clear_is_asked_back(handouts, options, said):
    ran = handouts("screen", *options)
    assert ran.code == 3
    assert said in ran.err


def test_a_part_of_the_body_and_a_goal_by_their_names(handouts):
    chosen = ("screen", "--region", "Low back", "--goal-type", "Fuerza", "--max", "2", "--json")
    assert handouts(*chosen).json == handouts("screen", "--region", "low-back", "--goal-type", "strength", "--max", "2",
                                              "--json").json  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("which", ["regions", "goals", "positions", "equipment", "levels"])
def test_the_values_of_filters_are_listed_and_taken(handouts, which):
    rows = handouts("list", which, "--json").json
    assert rows
    assert set(rows[0]) == {"id", "name", "exercises"}
    if which != "levels":
        option = "--" + which.removesuffix("s")
        for row, said in ((rows[0], rows[0]["id"]), (rows[-1], rows[-1]["name"].upper())):
            assert len(handouts("list", option, said, "--json").json) == row["exercises"]
        ran = handouts("list", option, "nonsense")
        assert ran.code == 3
        assert f"{option}: unknown" in ran.err


def test_equipment_means_what_is_needed(handouts):
    needs = {one["id"]: one["equipment"] for one in handouts("list", "--json").json}
    bands = {one["id"] for one in handouts("list", "--equipment", "band", "--json").json}
    assert bands == {one for one, things in needs.items() if any("band" in thing for thing in things)}
    either = {one["id"] for one in handouts("list", "--equipment", "none", "--equipment", "ball", "--json").json}
    assert either == {one for one, things in needs.items() if not things or "ball" in things}


@pytest.mark.parametrize(
    ("asked", "packet"),
    [("sciatica", "low-back-extension-bias"), ("ciática", "low-back-flexion-bias"),
     ("TKR", "knee-replacement-early-add-on"), ("spinal stenosis", "low-back-flexion-bias")],
)  # fmt: skip
def test_packets_are_found_by_the_condition_that_they_are_for(handouts, asked, packet):
    assert packet in [one["id"] for one in handouts("list", "packets", "--search", asked, "--json").json]


def test_a_choice_is_taken_in_any_case(handouts):
    assert handouts("screen", "--region", "Low back", "--level", "Gentle").code == 0
    assert handouts("completion", "Bash").code == 0
    assert handouts("make", *BRIDGE, "--format", "HTML", "--dry-run").code == 0


def test_an_id_in_any_case_is_that_id(handouts):
    assert handouts("show", "OSTEOPOROSIS", "--json").json == handouts("show", "osteoporosis", "--json").json


@pytest.mark.parametrize(
    ("command", "write"),
    [
        (("catalogue", "-o", "c.txt"), "c.pdf"),
        (("review", "sheet", "-o", "s.csv"), "s.pdf"),
        (("new", "program", "x", "-o", "x.pdf"), "x.yaml"),
        (("new", "roster", "-o", "r.xlsx"), "r.csv"),
        (("make", "--patient", "Ana", "--exercise", "bridge", "-o", "v.yaml"), "v.pdf"),
    ],
)
def test_a_new_file_is_named_for_what_it_is(handouts, alone, command, write):
    ran = handouts(*command)
    assert (ran.code, f"write {write}" in ran.err, list(alone.iterdir())) == (2, True, [])


def test_a_file_apart_from_the_library_is_not_sent_to_check(handouts):
    assert "check it" not in handouts("new", "exercise", "Wall slide", "-o", "w.yaml").err


def test_a_clinic_is_shown(handouts):
    assert handouts("show", "palm wellness center", "--json").json["phone"] == "(813) 443-5370"


def test_no_stars_at_the_terminal(handouts):
    assert "**" not in handouts("screen", *BRIDGE, "--condition", "glaucoma").out
    assert "**" not in handouts("show", "glaucoma").out
    assert handouts("make", *BRIDGE, "--condition", "glaucoma", "-o", "a.pdf").code == 0
    assert "**" not in handouts("show", "a.pdf").out


@pytest.mark.parametrize("command", ["make", "screen", "check"])
def test_what_is_no_program_file_is_answered_with_what_to_do(handouts, alone, command):
    (alone / "v1.pdf").write_bytes(b"%PDF-1.7\n")
    ran = handouts(command, "v1.pdf")
    assert ran.code == 3
    assert "handouts revise v1.pdf" in ran.err
    (alone / "my list.csv").write_text("name,exercises\nAna,bridge\n")
    told = "a table is no program file (make one handout for each of its rows with: handouts batch 'my list.csv')"
    assert (told in handouts(command, "my list.csv").err) is (command != "check")
    ran = handouts(command, "low-back-starter")
    assert ran.code == 5
    if command != "check":
        assert "handouts packet low-back-starter" in ran.err


@pytest.mark.parametrize("command", [("make", *BRIDGE), ("packet", "neck-pain"), ("catalogue",)])
def test_a_handout_does_not_go_into_a_file_of_another_kind(handouts, alone, command):
    ran = handouts(*command, "-o", "v.yaml")
    assert ran.code == 2
    assert "v.pdf" in ran.err
    assert not any(alone.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ("list", "--region", "Low back", "--language"),
        ("show", "bridge", "--language"),
        ("catalogue", "--region", "Whole body", "--clinic", "Palm Wellness Center", "-o", "c.pdf", "--language"),
        ("review", "list", "--region", "Low back", "--language"),
        ("packet", "Neck pain", "--dry-run", "--language"),
    ],
)
def test_a_language_by_its_name_in_every_command(handouts, command):
    assert handouts(*command, "spanish").code == 0
    ran = handouts(*command, "Klingon")
    assert (ran.code, "--language: unknown language 'Klingon' (known: en, es)" in ran.err) == (3, True)


def test_every_unknown_condition_is_named_at_once(handouts):
    ran = handouts("list", "--safe-for", "osteoprosis", "--safe-for", "glaucma", "--safe-for", "Glaucoma")
    assert "did you mean osteoporosis?" in ran.err
    assert "did you mean glaucoma?" in ran.err
