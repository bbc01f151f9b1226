"""A program from standard input, one that is only rehearsed, and one that becomes a packet."""

from __future__ import annotations

import io
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
