"""`make`: what it writes, what it refuses, what it says."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from handouts.pdf.reading import read_attached_program

from .conftest import BRIDGE

CURL = ("--patient", "Ana Ruiz", "--exercise", "partial-curl", "--condition", "osteoporosis", "--date", "2026-11-22")


def files(folder="."):
    return sorted(path.name for path in Path(folder).iterdir())


def test_a_handout_from_options_alone(handouts):
    ran = handouts("make", *BRIDGE)
    assert (ran.code, ran.out) == (0, "Ana-Ruiz-2026-11-22.pdf\n")
    assert Path("Ana-Ruiz-2026-11-22.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert files() == ["Ana-Ruiz-2026-11-22.pdf"]


def test_the_handout_carries_its_program(handouts):
    handouts("make", *BRIDGE, "-o", "a.pdf")
    record = read_attached_program(Path("a.pdf"))
    assert [next(iter(one)) for one in record["exercises"]] == ["bridge"]
    assert record["date"] == "2026-11-22"


def test_the_same_program_gives_the_same_bytes(handouts):
    one = handouts("make", *BRIDGE, "-o", "a.pdf", "--json").json
    assert handouts("make", *BRIDGE, "-o", "b.pdf", "--json").json["sha256"] == one["sha256"]


def test_the_json_document(handouts):
    ran = handouts("make", *BRIDGE, "--patient-id", "A-7", "--condition", "glaucoma", "-o", "a.pdf", "--json")
    written = Path("a.pdf").read_bytes()
    assert ran.json["status"] == "made"
    assert ran.json["output"] == "a.pdf"
    assert ran.json["bytes"] == len(written)
    assert ran.json["sha256"] == hashlib.sha256(written).hexdigest()
    assert ran.json["pages"] >= 2
    assert ran.json["program"]["id"] == "A-7"
    (bridge,) = ran.json["program"]["exercises"]
    expected = ("bridge", "3x15 rest 60s", 3, [15, 15])
    assert (bridge["id"], bridge["dose"], bridge["sets"], bridge["reps"]) == expected
    assert {finding["verdict"] for finding in ran.json["findings"]} == {"caution"}
    assert "Ana" not in ran.out


def test_refused_for_safety(handouts):
    ran = handouts("make", *CURL, "-o", "a.pdf")
    assert ran.code == 4
    assert ran.out == ""
    for said in ("partial-curl: contraindicated with osteoporosis", "why: ", "source: mayo-osteo", "instead: "):
        assert said in ran.err
    assert '--override "partial-curl:osteoporosis=REASON"' in ran.err
    assert files() == []


def test_refused_in_json(handouts):
    ran = handouts("make", *CURL, "--json")
    assert (ran.code, ran.json["status"]) == (4, "refused")
    (finding,) = ran.json["findings"]
    assert finding["verdict"] == "contraindicated"
    assert 1 <= len(finding["alternatives"]) <= 3
    assert "output" not in ran.json


def test_an_override_is_kept_and_printed(handouts):
    dated = ("--clinician", "Dana Reyes, PT", "--date", "2026-11-22")
    override = "partial-curl:osteoporosis=Done lying flat"
    ran = handouts("make", *CURL, *dated, "--override", override, "-o", "a.pdf", "--json")
    assert ran.code == 0
    assert ran.json["findings"][0]["overridden"] == "Done lying flat"
    assert ran.json["program"]["exercises"][0]["dose"] == "1x8 hold 2s"  # its gentle dose
    assert read_attached_program(Path("a.pdf"))["overrides"] == {
        "partial-curl": {
            "osteoporosis": {"reason": "Done lying flat", "by": "Dana Reyes, PT", "on": "2026-11-22"},
        }
    }


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("partial-curl:osteoporosis=", "is not an override"),
        ("partial-curl:osteoporosis", "is not an override"),
        ("osteoporosis=why", "is not an override"),
        (
            "partial-curl:osteoporosis=ok",
            "partial-curl with osteoporosis: the reason says too little (say why in at least 2 words",
        ),
        ("partial-curl:osteoporosis=discussedatlength", "the reason says too little"),
        ("partial-curl:osteoporosis=Lies flats", "the reason says too little"),  # nine letters
        ("partial-curl:osteoporosis=x y z 1234567", "the reason says too little"),
        ("partial-curl:osteoporosis=...... .......", "the reason says too little"),
        ("age=ok", "the reason says too little"),
    ],
)
def test_an_override_needs_its_parts(handouts, override, said):
    ran = handouts("make", *CURL, "--clinician", "Dana", "--override", override)
    assert (ran.code, said in ran.err) == (3, True), ran.err


def test_a_reason_of_two_words_and_ten_letters_will_do(handouts):
    ran = handouts("screen", *CURL, "--clinician", "Dana", "--override", "partial-curl:osteoporosis=Lying flats")
    assert ran.code == 0


@pytest.mark.parametrize("clinician", [(), ("--clinician", "-")])
def test_somebody_decides_an_override(handouts, clinician):
    ran = handouts("make", *CURL, *clinician, "--override", "partial-curl:osteoporosis=Done lying flat")
    told = "--override: nobody is named who decides this override (clinician: NAME, or --clinician NAME)"
    assert (ran.code, told in ran.err) == (3, True)


def test_only_the_clinician_of_the_program_decides(handouts, program):
    def ran(by):
        path = program(
            patient={"name": "Bo", "conditions": ["osteoporosis"]}, exercises=["partial-curl"],
            overrides={"partial-curl": {"osteoporosis": {"reason": "Done lying flat", "by": by}}},
            clinician="Dana Reyes, PT",
        )  # fmt: skip
        return handouts("screen", path)

    refused = ran("Lee Park, PT")
    assert (refused.code, "Lee Park, PT is not this program's clinician" in refused.err) == (3, True)
    assert ran("dana reyes").code == 0


def test_a_decision_is_made_neither_after_the_handout_nor_before_the_condition(handouts, program):
    decided = {"reason": "Done lying flat", "by": "Dana Reyes", "on": "2026-11-23"}
    path = program(
        "a.yaml", patient={"name": "Bo", "conditions": ["osteoporosis"]}, date="2026-11-22",
        exercises=["partial-curl"], overrides={"partial-curl": {"osteoporosis": decided}},
    )  # fmt: skip
    ran = handouts("make", path)
    assert (ran.code, "decided on 2026-11-23, after the handout's date, 2026-11-22" in ran.err) == (3, True)
    later = ("make", path, "--date", "2026-11-23", "-o", "b.pdf")
    ran = handouts(*later, "--condition", "osteoporosis since 2026-11-24", "--date", "2026-11-24")
    assert (ran.code, "decided on 2026-11-23, before 'osteoporosis' itself, since 2026-11-24" in ran.err) == (3, True)
    assert handouts(*later, "--condition", "osteoporosis since 2026-11-23").code == 0


def test_a_packet_that_is_not_for_the_patient_is_refused_whole(handouts):
    ran = handouts("make", "--patient", "Ana", "--packet", "low-back-starter", "--condition", "osteoporosis", "--json")
    assert ran.code == 4
    packets = [finding for finding in ran.json["findings"] if "packet" in finding]
    assert packets[0]["packet"] == "low-back-starter"
    assert "exercise" not in packets[0]
    assert packets[0]["alternatives"] == ["osteoporosis-safe-back"]


def test_one_refused_program_stops_all(handouts, program):
    good = program("good.yaml")
    bad = program("bad.yaml", patient={"name": "Bo", "conditions": ["osteoporosis"]}, exercises=["partial-curl"])
    ran = handouts("make", good, bad, "-o", "out/", "--json")
    assert ran.code == 4
    assert [one["status"] for one in ran.json] == ["skipped", "refused"]
    assert not Path("out").exists()


def test_problems_of_all_programs_are_shown_together(handouts, program):
    one = program("one.yaml", exercises=["bridgee"])
    two = program("two.yaml", patient={"name": "Bo", "conditions": ["osteoporosi"]})
    ran = handouts("make", one, two)
    assert ran.code == 3
    assert "one.yaml:1:" in ran.err
    assert "did you mean bridge" in ran.err
    assert "two.yaml:1:" in ran.err
    assert "osteoporosis" in ran.err
    assert files() == ["one.yaml", "two.yaml"]


def test_bad_input_in_json(handouts):
    ran = handouts("make", "--patient", "Ana", "--exercise", "bridgee", "--json")
    assert (ran.code, ran.json["status"]) == (3, "failed")
    assert any("bridgee" in problem for problem in ran.json["problems"])


def test_several_programs_go_into_a_folder(handouts, program):
    one, two = program("one.yaml"), program("two.yaml", patient={"name": "José Ñandú", "id": "A/1"})
    ran = handouts("make", one, two, "-o", "out")
    assert ran.code == 0
    assert files("out") == ["A-1-2026-11-22.pdf", "Ana-Ruiz-2026-11-22.pdf"]
    assert len(ran.out.splitlines()) == 2


def test_two_programs_never_share_a_file(handouts, program):
    ran = handouts("make", program("one.yaml"), program("two.yaml"))
    assert ran.code == 3
    assert "two programs" in ran.err
    assert files() == ["one.yaml", "two.yaml"]


def test_output_into_a_folder_that_exists(handouts):
    Path("out").mkdir()
    handouts("make", *BRIDGE, "-o", "out")
    assert files("out") == ["Ana-Ruiz-2026-11-22.pdf"]


def test_a_file_that_is_no_handout_is_left_alone(handouts):
    Path("a.pdf").write_bytes(b"%PDF-1.4 letter to the bank")
    ran = handouts("make", *BRIDGE, "-o", "a.pdf")
    assert ran.code == 5
    assert "a.pdf" in ran.err
    assert Path("a.pdf").read_bytes() == b"%PDF-1.4 letter to the bank"
    assert handouts("make", *BRIDGE, "-o", "a.pdf", "--force").code == 0
    assert handouts("make", *BRIDGE, "-o", "a.pdf").code == 0  # now it is a handout


def test_a_mistyped_folder_is_not_made(handouts):
    assert handouts("make", *BRIDGE, "-o", "no-such/a.pdf").code == 5
    assert files() == []


def test_a_missing_program_file(handouts):
    assert handouts("make", "nowhere.yaml").code == 5


@pytest.mark.parametrize("arguments", [(), ("--nonsense",), ("--paper", "a5"), ("--patient",), ("--log-weeks", "99")])
def test_usage(handouts, arguments):
    assert handouts("make", *arguments).code == 2


def test_quiet_says_only_cautions_and_notes_go_to_standard_error(handouts):
    noisy = handouts("make", *BRIDGE, "--condition", "glaucoma", "-o", "a.pdf")
    assert "caution: bridge, glaucoma: " in noisy.err
    assert noisy.out == "a.pdf\n"
    quiet = handouts("-q", "make", *BRIDGE, "--condition", "glaucoma", "-o", "a.pdf").err
    assert all(line.startswith("caution: bridge, glaucoma: ") for line in quiet.splitlines())
    assert handouts("-q", "make", *BRIDGE, "-o", "b.pdf").err == ""


def test_a_leaflet_is_not_left_out_in_silence(handouts, program):
    ran = handouts("make", program(append=["leaflet.pdf"]))
    assert ran.code == 5
    assert "leaflet" in ran.err


def test_the_file_opens_when_asked(handouts, monkeypatch):
    opened = []
    monkeypatch.setattr("click.launch", opened.append)
    handouts("make", *BRIDGE, "-o", "a.pdf")
    assert opened == []
    handouts("make", *BRIDGE, "-o", "a.pdf", "--open")
    assert opened == ["a.pdf"]


@pytest.mark.parametrize(
    "command",
    [("make", *BRIDGE), ("packet", "low-back-starter"), ("catalogue",), ("new", "exercise", "x"), ("batch", "x.csv")],
)
def test_a_dash_is_no_file(handouts, command):
    Path("x.csv").write_text("patient,packet\nAna,low-back-starter\n")
    before = files()
    ran = handouts(*command, "-o", "-")
    assert (ran.code, ran.out, files()) == (2, "", before)
    assert "'-' is no file" in ran.err


@pytest.mark.parametrize("command", [("catalogue",), ("new", "exercise", "x"), ("review", "sheet"), ("build",)])
def test_a_folder_is_no_new_file(handouts, command):
    before = files()
    ran = handouts(*command, "-o", "there/")
    assert (ran.code, files()) == (2, before)
    assert "'there/' is a folder: name the file in it" in ran.err
