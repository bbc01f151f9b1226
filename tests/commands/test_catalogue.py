"""`handouts catalogue`: one file, named and counted."""

from __future__ import annotations

from pathlib import Path


def test_it_is_written_where_it_was_asked_for(handouts):
    ran = handouts("catalogue", "--region", "neck", "-o", "neck.pdf", "--date", "2026-11-22", "--json")
    assert ran.code == 0
    assert ran.json["exercises"] == 8
    assert Path("neck.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert handouts("catalogue", "--region", "neck", "-o", "neck.pdf").out == "neck.pdf\n"


def test_the_same_library_gives_the_same_bytes(handouts):
    for name in ("one.pdf", "two.pdf"):
        handouts("catalogue", "--region", "neck", "-o", name, "--date", "2026-11-22")
    assert Path("one.pdf").read_bytes() == Path("two.pdf").read_bytes()


def test_another_file_is_left_alone(handouts):
    Path("catalogue.pdf").write_text("mine")
    assert handouts("catalogue").code == 5
    assert Path("catalogue.pdf").read_text() == "mine"


def test_what_is_unknown(handouts):
    assert handouts("catalogue", "--region", "nek").code == 3
    assert "palm-wellness" in handouts("catalogue", "--clinic", "palm-welness").err
    assert handouts("catalogue", "--language", "xx").code == 3
