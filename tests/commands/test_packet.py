"""`packet`: standard sheets for anyone, with a line for the name."""

from __future__ import annotations

from pathlib import Path

from handouts.pdf.reading import read_attached_program


def test_a_packet_has_no_name_and_is_named_for_itself(handouts):
    ran = handouts("packet", "low-back-starter", "-o", "out/")
    assert ran.code == 0
    (path,) = Path("out").iterdir()
    assert path.name.startswith("low-back-starter-")
    assert read_attached_program(path)["patient"]["name"] == ""


def test_several_packets_and_json(handouts):
    ran = handouts("packet", "low-back-starter", "neck-pain", "-o", "out", "--json")
    assert [one["program"]["packet"] for one in ran.json] == ["low-back-starter", "neck-pain"]
    assert len(list(Path("out").iterdir())) == 2


def test_names_or_all_but_one_of_them(handouts):
    assert handouts("packet").code == 2
    assert handouts("packet", "neck-pain", "--all").code == 2


def test_an_unknown_packet(handouts):
    ran = handouts("packet", "low-back-startr")
    assert ran.code == 3
    assert "low-back-starter" in ran.err
