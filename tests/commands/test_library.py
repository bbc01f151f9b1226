"""`list`, `show` and `check`: the library as a person and as a script read it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import BRIDGE
from .test_settings import OWN


def ids(ran):
    return [row["id"] for row in ran.json]


def test_list_exercises_in_json(handouts):
    rows = handouts("list", "--json").json
    bridge = next(row for row in rows if row["id"] == "bridge")
    assert list(bridge) == ["id", "name", "region", "goal", "position", "equipment", "tags"]
    assert (bridge["region"], bridge["equipment"]) == ("low-back", ["mat"])


@pytest.mark.parametrize(("column", "value"), [("region", "knee"), ("goal", "stretch"), ("position", "sitting")])
def test_filters(handouts, column, value):
    rows = handouts("list", f"--{column}", value, "--json").json
    assert rows
    assert {row[column] for row in rows} == {value}


def test_no_equipment_at_all(handouts):
    assert {tuple(row["equipment"]) for row in handouts("list", "--equipment", "none", "--json").json} == {()}


def test_safe_for_looks_at_the_weeks(handouts):
    def safe(week: int) -> set[str]:
        asked = f"rotator-cuff-repair-recent week {week} left"
        return {one["id"] for one in handouts("list", "--region", "shoulder", "--safe-for", asked, "--json").json}

    assert "band-external-rotation" in safe(12) - safe(11)
    ran = handouts("list", "--safe-for", "TKR since 2999-01-01")
    assert (ran.code, "--safe-for: '2999-01-01' is not a date" in ran.err) == (3, True)


def test_safe_for_leaves_out_what_is_forbidden_and_names_cautions(handouts):
    safe = handouts("list", "--region", "low-back", "--safe-for", "osteoporosis", "--safe-for", "glaucoma", "--json")
    everything = handouts("list", "--region", "low-back", "--json")
    assert "partial-curl" in ids(everything)
    assert "partial-curl" not in ids(safe)
    assert next(row for row in safe.json if row["id"] == "bridge")["cautions"] == ["glaucoma"]
    assert "never that a patient is cleared" in handouts("-q", "list", "--safe-for", "osteoporosis").err


def test_a_filter_value_or_condition_that_is_unknown(handouts):
    assert "low-back" in handouts("list", "--region", "low-bakc").err
    ran = handouts("list", "--safe-for", "osteoporosi")
    assert ran.code == 3
    assert "osteoporosis" in ran.err


def test_a_filter_that_does_not_fit_the_kind(handouts):
    assert handouts("list", "clinics", "--region", "knee").code == 2


@pytest.mark.parametrize("asked", ["Brigde", "glute bridge", "BRIDGE"])
def test_search_forgives(handouts, asked):
    assert ids(handouts("list", "--search", asked, "--json"))[0] == "bridge"


def test_search_in_spanish_without_its_accents(handouts):
    assert "pelvic-tilt" in ids(handouts("list", "--search", "inclinacion", "--language", "es", "--json"))


def test_search_finds_conditions_by_other_names(handouts):
    assert "dvt-suspected" in ids(handouts("list", "conditions", "--search", "blood clot", "--json"))


def test_search_that_finds_nothing(handouts):
    ran = handouts("list", "--search", "xylophone")
    assert (ran.code, ran.out) == (0, "")
    assert "0 exercises" in ran.err


@pytest.mark.parametrize(
    ("kind", "one"),
    [
        ("packets", "low-back-starter"),
        ("conditions", "osteoporosis"),
        ("clinics", "palm-wellness"),
        ("languages", "es"),
    ],
)
def test_other_kinds(handouts, kind, one):
    assert one in ids(handouts("list", kind, "--json"))
    assert one in handouts("list", kind).out


# -- show --------------------------------------------------------------------------------------------------------------


def test_show_an_exercise(handouts):
    ran = handouts("show", "bridge")
    assert ran.code == 0
    for said in ("3x15 rest 60s", "palm-wellness-back", "hip-loaded", "glaucoma", "pelvic-tilt"):
        assert said in ran.out
    record = handouts("show", "bridge", "--json").json
    assert record["dose"] == "3x15 rest 60s"
    assert record["dose_source"]["basis"]
    assert "glaucoma" in record["screening"]["caution"]
    assert "low-back-starter" in record["packets"]


def test_show_in_the_patients_language(handouts):
    assert handouts("show", "bridge", "--language", "es", "--json").json["name"] == "Puente"


def test_show_a_packet_and_a_condition(handouts):
    packet = handouts("show", "low-back-starter", "--json").json
    assert packet["exercises"][0]["id"] == "bridge"
    assert packet["sources"][0]["id"] == "palm-wellness-back"
    condition = handouts("show", "osteoporosis", "--json").json
    assert "low-back-starter" in condition["packets_refused"]
    assert all(rule["condition"] == "osteoporosis" for rule in condition["rules"])
    assert handouts("show", "osteoporosis").code == 0


def test_show_an_unknown_id(handouts):
    ran = handouts("show", "brigde")
    assert ran.code == 3
    assert "bridge" in ran.err


@pytest.mark.parametrize(("name", "begins"), [("b.pdf", b"%PDF-1.7"), ("b.svg", b"<svg"), ("b.PNG", b"\x89PNG")])
def test_the_figure_as_a_file(handouts, name, begins):
    assert handouts("show", "bridge", "--picture", name) == (0, f"{name}\n", "")
    assert Path(name).read_bytes().startswith(begins)


def test_a_figure_overwrites_only_when_told(handouts):
    Path("b.svg").write_text("mine")
    assert handouts("show", "bridge", "--picture", "b.svg").code == 5
    assert handouts("show", "bridge", "--picture", "b.svg", "--force").code == 0


@pytest.mark.parametrize(
    "arguments",
    [("bridge", "--picture", "b.gif"), ("osteoporosis", "--picture", "b.svg"), ("bridge", "--side", "left")],
)
def test_a_figure_that_cannot_be(handouts, arguments):
    assert handouts("show", *arguments).code == 2


def test_png_and_svg_draw_the_side_that_is_asked(handouts):
    for side in ("left", "right"):
        handouts("show", "knee-to-chest", "--picture", f"{side}.svg", "--side", side)
    assert Path("left.svg").read_text() != Path("right.svg").read_text()


# -- check -------------------------------------------------------------------------------------------------------------


def test_check_names_every_problem_with_its_place(handouts, alone):
    path = alone / "own" / "exercises" / "low-back" / "bridge.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(OWN.replace("hip-loaded", "hip-laoded").replace("goal:", "gaol:"))
    ran = handouts("check", "own")
    assert ran.code == 3
    assert "own/exercises/low-back/bridge.yaml:9:" in ran.out
    assert "hip-loaded" in ran.out
    assert "gaol" in ran.out
    assert "problems" in ran.err


def test_check_judges_only_what_was_named(handouts, program):
    assert handouts("check", program("good.yaml")).out == ""
    bad = program("bad.yaml", exercises=["bridgee"])
    ran = handouts("check", bad)
    assert ran.code == 3
    assert len(ran.out.splitlines()) == 1
    assert "bad.yaml:1:" in ran.out
    problems = json.loads(handouts("check", bad, "--json").out)["problems"]
    assert len(problems) == 1


def test_check_a_path_that_is_not_there(handouts):
    assert handouts("check", "nowhere").code == 5


def test_renew_goes_with_stamp(handouts):
    assert handouts("check", "--renew", "bridge").code == 2


def test_stamp_writes_the_fingerprints_of_todays_english(handouts, alone):
    own = alone / "own"
    exercise = own / "exercises" / "low-back" / "hip-lift.yaml"
    exercise.parent.mkdir(parents=True)
    exercise.write_text(OWN.replace("Our own bridge", "Hip lift"))
    rendering = own / "translations" / "es" / "exercises" / "low-back" / "hip-lift.yaml"
    rendering.parent.mkdir(parents=True)
    rendering.write_text(
        "of: {}\nname: Elevación\npurpose: Le da fuerza.\nsetup: Acuéstese boca arriba.\n"
        "steps: [Suba la cadera.]\nfeel: Siente la cadera.\nmuscles: [glúteo mayor]\n",
        encoding="utf-8",
    )
    before = handouts("--library", own, "show", "hip-lift", "--language", "es", "--json").json["name"]
    assert before == "Hip lift"  # not stamped, so the English is shown
    assert handouts("check", own, "--stamp", "es").code in (0, 3)
    assert handouts("--library", own, "show", "hip-lift", "--language", "es", "--json").json["name"] == "Elevación"


@pytest.mark.parametrize("command", [("list", "clinics"), ("screen", *BRIDGE), ("make", *BRIDGE)])
@pytest.mark.parametrize(
    ("file", "said"),
    [
        (None, "this folder is no library"),
        ("README.md", "this folder is no library"),
        ("inner/rules.yaml", "did you mean"),
        ("clinics/.keep rule.yaml", "rule.yaml: no such file is read (did you mean rules.yaml?)"),
        ("clinics/.keep rules.yaml.txt", "rules.yaml.txt: no such file is read (did you mean rules.yaml?)"),
        ("rules.yaml warnings/own.yaml.txt", "own.yaml.txt: not read (name it own.yaml)"),
        ("clinics/.keep rules/own.yaml", "own.yaml: no such file is read (did you mean rules.yaml?)"),
        ("clinics/.keep Rules.YAML", "Rules.YAML: no such file is read (did you mean rules.yaml?)"),
        ("rules.yaml packet/a.yaml", "a.yaml: no such file is read (did you mean packets/?)"),
        ("packets/sub/a.yaml", "a.yaml: not read (put it in packets/)"),
        ("exercises/a.yaml", "a.yaml: not read (put it in exercises/<region>/)"),
        ("clinics/a.yml", "a.yml: not read (name it a.yaml)"),
    ],
)
def test_a_folder_with_what_nobody_would_read_stops_every_command(handouts, alone, command, file, said):
    (alone / "own").mkdir()
    for name in (file or "").split():
        (alone / "own" / name).parent.mkdir(parents=True, exist_ok=True)
        (alone / "own" / name).touch()
    ran = handouts(*command, "--library", "own")
    assert ran.code == 3
    assert said in ran.out + ran.err
    assert not list(alone.glob("*.pdf"))


def test_check_tells_such_files_with_every_other_problem(handouts, alone):
    (alone / "own").mkdir()
    (alone / "own/rule.yaml").touch()
    (alone / "own/rules.yaml").write_text("rules: 1\n")
    ran = handouts("check", "own")
    assert ran.code == 3
    assert "rule.yaml: no such file is read" in ran.out
    assert "rules.yaml:1:8" in ran.out
