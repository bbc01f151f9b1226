"""A program from standard input, one that is only rehearsed, and one that becomes a packet."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import pytest

from handouts.library.clinics import web_address
from handouts.library.yaml_reading import read_yaml

from .conftest import BRIDGE


@pytest.mark.parametrize(("command", "code"), [(("screen", "-"), 4), (("make", "-", "--dry-run"), 4)])
def test_a_program_from_standard_input(handouts, monkeypatch, command, code):
    text = "patient: {name: Ana, conditions: [osteoporosis]}\nexercises: [partial-curl]\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert handouts(*command).code == code
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"patient: {name: Ana}\nexercises: [partial-crul]\n")))
    assert "standard input:2:13: unknown exercise 'partial-crul'" in handouts(*command).err


def test_a_rehearsal_says_all_and_writes_nothing(handouts, alone):
    ran = handouts("make", *BRIDGE, "--condition", "glaucoma", "--dry-run")
    assert (ran.code, ran.out) == (0, "Ana-Ruiz-2026-11-22.pdf: 2 pages, not written\n")
    assert "caution: bridge, glaucoma" in ran.err
    assert handouts("make", *BRIDGE, "--dry-run", "--json").json["status"] == "not-begun"
    assert handouts("make", *BRIDGE, "--dry-run", "--note", "\U0001f600\u4f60").code == 3
    assert not any(alone.iterdir())


def test_a_single_file_of_a_library_and_the_configuration_are_no_programs(handouts, alone):
    (alone / "ours").mkdir()
    rule = "{id: own, condition: Osteporosis, verdict: caution, every: true, reason: R, source: pt-usual, advice: A}"
    (alone / "ours/rules.yaml").write_text(f"rules: [{rule}]")
    ran = handouts("check", "ours/rules.yaml")
    assert (ran.code, "unknown condition 'Osteporosis' (did you mean osteoporosis?)" in ran.out) == (3, True)
    (alone / "settings.yaml").write_text("paper: a4\n")
    assert handouts("--config", "settings.yaml", "check", "settings.yaml", "-q").out == ""


def test_a_file_that_may_not_be_read_is_no_slip_of_use(handouts, program, monkeypatch):
    file = program()
    monkeypatch.setattr("click.types.os.access", lambda *_: False)
    assert handouts("screen", file).code == 0  # what reads it says so, with exit code 5


def test_a_packet_out_of_a_handout(handouts, alone):
    (alone / "pw").write_text("a long secret")
    handouts("make", *BRIDGE, "--exercise", "clamshell 2x8", "-o", "a.pdf", "--password-file", "pw")
    handouts("new", "library", "ours")
    new = ("new", "packet", "My set", "--from", "a.pdf", "--library", "ours")
    assert handouts(*new).code == 5
    ran = handouts(*new, "--password-file", "pw")
    assert ran.code == 0
    text = Path(ran.out.strip()).read_text(encoding="utf-8")
    assert "Ana" not in text
    assert "- clamshell: 2x8" in text
    assert handouts("packet", "my set", "--library", "ours", "--dry-run").code == 0


def test_every_command_that_writes_can_be_rehearsed(handouts, alone):
    assert handouts("make", *BRIDGE, "-o", "a.pdf").code == 0
    table = "name,id,exercises,conditions\nAna,A-1,bridge,\nBo,A-2,partial-curl,osteoporosis\n"
    (alone / "r.csv").write_text(table, encoding="utf-8")
    there = sorted(alone.rglob("*"))
    for command, code, said in (
        (("packet", "neck-pain", "low-back-starter", "--merge", "m.pdf"), 0, "m.pdf: not written"),
        (("revise", "a.pdf", "--dose", "bridge=2x8", "--date", "2026-12-01"), 0, "Ana-Ruiz-2026-12-01.pdf: 2 pages"),
        (("batch", "r.csv", "-o", "out/", "--date", "2026-12-01"), 6, "out/A-1-2026-12-01.pdf: 2 pages, not written"),
        (("make", *BRIDGE, "--condition", "cardiac-unstable", "-o", "a.pdf"), 4, ""),
    ):
        ran = handouts(*command, "--dry-run")
        assert ran.code == code, ran.err
        assert said in ran.out
    assert sorted(alone.rglob("*")) == there
    assert handouts("batch", "r.csv", "--dry-run", "--report", "r.jsonl").code == 2


def test_a_packet_out_of_a_program_knows_nothing_of_the_patient(handouts, program):
    file = program(
        patient={"name": "Ana Ruiz", "conditions": ["glaucoma"]}, packet="neck-pain",
        exercises=[{"Chin tuck": "skip"}, {"knee-to-chest": {"dose": "2 reps hold 5s left", "note": "Use a towel."}},
                   {"bridge": {"dose": "3x12", "note": "Slowly, Ana."}}],
    )  # fmt: skip
    handouts("new", "library", "ours")
    ran = handouts("new", "packet", "My neck set", "--from", file, "--library", "ours")
    assert ran.code == 0
    assert "the side of this patient" in ran.err
    path = Path(ran.out.strip())
    text = path.read_text(encoding="utf-8")
    assert not {"Ana", "glaucoma", "left"} & set(text.replace(",", " ").split())
    data = read_yaml(path).data
    assert {next(iter(one)): next(iter(one.values())) for one in data["exercises"][-2:]} == {
        "knee-to-chest": {"dose": "2 reps hold 5s each side 2/day", "note": "Use a towel."},
        "bridge": "3x12 rest 60s",
    }
    assert {"condition": "cervical-instability", "reason": "Only as a specialist directs."} in data["not_for"]
    assert handouts("screen", "--packet", "my neck set", "--library", "ours").code == 0
    assert (
        handouts("screen", "--packet", "My neck set", "--condition", "cervical-instability", "--library", "ours").code
        == 4
    )
    assert handouts("new", "clinic", "x", "--from", file).code == 2


@pytest.mark.parametrize("day", ["0026-11-23", "1899-12-31", "2101-01-01"])
@pytest.mark.parametrize("option", ["--date", "--next-visit", "--born"])
def test_a_year_of_another_age_is_a_slip(handouts, option, day):
    ran = handouts("make", "--patient", "Ana", "--exercise", "bridge", option, day, "--dry-run")
    assert (ran.code, ran.out) == (3, "")
    assert f"{option}: '{day}' is not a date" in ran.err


def test_a_file_is_found_however_its_accents_are_coded(handouts, alone):
    """A Mac takes the accent apart from its letter."""
    for name in ("clinics", "leaflets"):
        (alone / "ours" / name).mkdir(parents=True)
    clinic = "name: Clínica\nphone: 555 0100\nlogo: Símbolo.svg\n"
    (alone / "ours/clinics/c.yaml").write_text(clinic, encoding="utf-8")
    logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    (alone / "ours/clinics" / unicodedata.normalize("NFD", "símbolo.svg")).write_text(logo)
    handouts("packet", "neck-pain", "-o", "ours/leaflets/" + unicodedata.normalize("NFD", "hielo-día.pdf"))
    ran = handouts("make", *BRIDGE, "--library", "ours", "--append", "hielo-día", "--dry-run")
    assert (ran.code, ran.out) == (0, "Ana-Ruiz-2026-11-22.pdf: 8 pages, not written\n")
    ran = handouts("make", *BRIDGE, "--library", "ours", "--append", "calor")
    assert "'calor' is no leaflet of the library and no PDF" in ran.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("patient: {name: Null}", "1:17: the patient's name is empty: YAML reads Null, ~ and nothing as no value"),
        ("patient:\n  name:", "a name such as Null needs quotes"),
        ("patient: {name: Ana}\nnote: Up \u2191", "UPWARDS ARROW is in none of the bundled fonts (write 'up' instead)"),
        ("patient: {name: Ana}\nnote: Fine \u2714", "(write 'yes' instead)"),
        ("patient: {name: Ana}\nnote: Fine \U0001f600", "(say it in words)"),
        ("patient: {name: \u738b\u5c0f\u660e}", "(write it in Latin letters"),
        ("patient: {name: \u0645\u062d\u0645\u062f}", "(write it in Latin letters"),
    ],
)
def test_what_cannot_be_printed_says_what_to_write(handouts, alone, text, said):
    (alone / "p.yaml").write_text(f"{text}\nexercises: [bridge]\n", encoding="utf-8")
    ran = handouts("make", "p.yaml", "--dry-run")
    assert ran.code == 3
    assert said in ran.err


@pytest.mark.parametrize(
    ("web", "is_address"),
    [("www.harborpt.example", True), ("https://a.example/x?y=1", True), ("ask us", False), ("harborpt", False),
     ("me@harbor.example", False)],
)  # fmt: skip
def test_a_web_field_that_is_no_address_is_told(handouts, alone, web, is_address):
    clinic = alone / "ours/clinics/harbor.yaml"
    clinic.parent.mkdir(parents=True)
    clinic.write_text(f"name: Harbor\nphone: (813) 555-0100\nweb: {web}\n")
    assert ("is no web address" in handouts("screen", *BRIDGE, "--library", "ours").err) is not is_address
    assert (web_address(web) is not None) is is_address


@pytest.mark.parametrize(("language", "told"), [("en", False), ("es", True)])
def test_what_the_clinic_says_in_another_language_alone_is_told(handouts, alone, language, told):
    clinic = alone / "ours/clinics/harbor.yaml"
    clinic.parent.mkdir(parents=True)
    clinic.write_text(
        "name: Harbor\nphone: (813) 555-0100\nhours: Mon-Fri\nlicences: {en: PT 1}\nclosing: {es: Hola}\n"
    )
    ran = handouts("screen", *BRIDGE, "--library", "ours", "--language", language)
    assert ("the clinic 'harbor' has no hours, licences in 'es'" in ran.err) is told
    assert ("the clinic 'harbor' has no closing in 'en'" in ran.err) is not told
