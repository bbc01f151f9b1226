"""Doses with every part that can be: they still stand on their page, whole."""

from __future__ import annotations

import datetime as dt

import pytest

from handouts.branding import palette
from handouts.library.locale import read_locale
from handouts.compose.sentence import dose_sentence
from handouts.library import read_library
from handouts.model import Clinic, Layout
from handouts.prescription import ProgramFields, build_program
from handouts.rendering import render
from handouts.resources import content_folder
from handouts.sheet.flow import Block, fill_pages
from handouts.sheet.theme import Theme
from tests.sheet.measure import faults, texts

DOSES = (
    "2 sets hold 38s for 207s-5min rest 155s 1-5/day band red",
    "2-4 sets hold 65s for 207s-5min rest 33-116s each side 5-10/day load 1-3lb effort 1-7/10 for 13-20 weeks",
)


@pytest.mark.parametrize("dose", DOSES)
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("large", [False, True])
def test_a_long_dose_stands_on_its_page(dose: str, language: str, large: bool) -> None:
    library = read_library([content_folder()])
    fields = ProgramFields(
        patient="Ana Ruiz", exercise=("bridge", f"diaphragmatic-breathing {dose.replace(' each side', '')}"),
        condition=("glaucoma",), language=language, paper="a4", large_print=large,
    )  # fmt: skip
    program = build_program(fields, library, date=dt.date(2026, 11, 22))
    pdf = render(program, library).pdf
    assert faults(pdf, None) == []
    item = program.prescriptions[-1]
    sentence = dose_sentence(item.dose, item.exercise, read_locale(library, language))
    read = "".join("".join(texts(pdf)).split()).replace("-", "")
    assert "".join(sentence.split()).replace("-", "") in read


def test_blocks_that_no_page_can_hold_together_are_parted() -> None:
    theme = Theme(palette(Clinic(id="none")), Layout())
    top, bottom = theme.body()
    blocks = [Block(0.4 * (bottom - top), lambda *_: None, keep=True) for _ in range(4)]
    pages = fill_pages(blocks, theme)
    assert len(pages) == 2
    assert all(one.y + one.block.height <= bottom + 0.01 for page in pages for one in page.placed)
