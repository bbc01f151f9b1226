"""The sheets for reviewers of figures: four exercises a page with their words, and a form for the grades."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.tools import contact_sheets


@pytest.mark.slow
def test_sheets_hold_four_exercises_with_words_and_a_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = ["bridge", "heel-slide", "chin-tuck", "step-up", "plank-forearm"]
    monkeypatch.setattr(sys, "argv", ["contact_sheets", str(tmp_path / "out"), *ids])
    contact_sheets.main()
    pages = [page.extract_text() for page in PdfReader(tmp_path / "out" / "sheets.pdf").pages]
    assert [text.count("Still wrong:") for text in pages] == [4, 1]
    assert "(step-up), " in pages[0], "which side is shown"
    for exercise in contact_sheets.exercises(ids).values():
        assert exercise["steps"][0].split()[0] in "".join(pages)
    form = (tmp_path / "out" / "grades.csv").read_text(encoding="utf-8").splitlines()
    assert form == ["id,grade,what is still wrong", *(f"{name},," for name in ids)]


def test_an_unknown_figure_is_refused() -> None:
    with pytest.raises(SystemExit, match="no such figure: bridg"):
        contact_sheets.exercises(["bridg"])
