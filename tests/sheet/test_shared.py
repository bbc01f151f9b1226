"""Pages shared between handouts: the same bytes as without, and nothing of one patient in another's handout."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from handouts.library import Library, read_library
from handouts.pdf.tagging import repeating
from handouts.prescription import ProgramFields, build_program
from handouts.render import Press, judge
from handouts.resources import content_folder
from handouts.sheet import dosed, shared
from handouts.sheet.content import Handout

DATE = dt.date(2026, 11, 22)
BACK = ("bridge", "knee-to-chest 2x10 left", "pelvic-tilt")
MANY = (
    "bridge", "knee-to-chest", "pelvic-tilt", "chin-tuck", "heel-raise", "sit-to-stand", "wall-sit", "clamshell",
    "quad-set", "heel-slide", "ankle-alphabet", "scapular-squeeze",
)  # fmt: skip
COMMON: dict[str, Any] = {"clinic": "palm-wellness", "clinician": "Dana Reyes, LMT", "exercise": BACK}
ASKED: tuple[dict[str, Any], ...] = (
    {"patient": "Zebediah Quill", "goal": "Walk to the mailbox", "note": "Bring the green shoes"},
    {"patient": "Anneliese Brook", "condition": ("glaucoma",)},
    {"patient": "Anneliese Brook", "language": "es"},
    {"patient": "Ottoline Marsh", "ink_saver": True, "condition": ("osteoporosis",)},
    {"patient": "Ottoline Marsh", "large_print": True},
    {"patient": "Ottoline Marsh", "paper": "a4", "hole_punch": True, "log_weeks": 2},
    {"patient": "Percival Stone", "exercise": ("bridge", "pelvic-tilt")},
    {"patient": "Percival Stone", "exercise": ("bridge 2x8", "pelvic-tilt")},
    {"patient": "Percival Stone", "exercise": ("bridge 2x8 2/day", "pelvic-tilt")},
    {"patient": "Clementine Ash", "exercise": ("knee-to-chest 2x10 right", "pelvic-tilt")},
    {"patient": "Clementine Ash", "exercise": ("chin-tuck",), "clinic": None},
    {"patient": "Clementine Ash", "packet": "low-back-starter", "exercise": ()},
    {"patient": "Clementine Ash", "exercise": MANY, "condition": ("glaucoma",)},
)


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library([content_folder()])


@pytest.fixture(autouse=True)
def empty() -> None:
    shared._kept.clear()
    dosed._kept.clear()
    repeating._kept.clear()


def pdf(asked: dict[str, Any], press: Press, *, both_sides: bool = False) -> bytes:
    program = build_program(ProgramFields(**(COMMON | asked)), press.library, date=DATE)
    return press.make(judge(program, press.library), both_sides=both_sides).pdf


def test_shared_pages_are_the_same_bytes(library):
    press = Press(library)
    first, noted, again = ([pdf(asked, press) for asked in ASKED] for _ in range(3))
    assert shared._kept
    assert any(repeating._kept.values())
    assert first == noted == again
    assert len(set(first)) == len(first)


def test_the_steps_of_a_block_are_noted_when_it_returns(library):
    press = Press(library)
    pdf(ASKED[0], press)
    assert repeating._kept
    assert not any(repeating._kept.values())
    pdf(ASKED[0], press)
    assert any(repeating._kept.values())


def test_both_sides_are_another_look(library):
    press = Press(library)
    asked = {"patient": "Ottoline Marsh", "hole_punch": True}
    assert pdf(asked, press) != pdf(asked, press, both_sides=True)


def test_nothing_is_kept_that_is_only_one_patients(library):
    press = Press(library)
    for _ in range(2):
        pdf(ASKED[0], press)
    kept = repr(list(shared._kept)) + repr([part.handout for part, _ in shared._kept.values()])
    kept += repr(list(repeating._kept.values()))
    for word in ("Zebediah", "Quill", "mailbox", "green shoes"):
        assert word not in kept
    assert "Lie on your back" in kept


def test_only_the_head_of_a_shared_page_tells_patients_apart(library):
    press = Press(library)
    told = []
    for patient in ("Zebediah Quill", "Anneliese Brook"):
        with pikepdf.open(BytesIO(pdf({"patient": patient}, press))) as opened:
            told.append([[part.read_bytes() for part in page.Contents] for page in opened.pages[1:]])
    for one, other in zip(*told, strict=True):
        assert len(one) == len(other) == 2
        assert one[0] == told[0][0][0] != other[0]
        assert one[1] == other[1]


def test_each_part_is_laid_out_from_its_own_fields_alone():
    said = {*shared.DAY, *shared.CARDS, *shared.WARNINGS, *shared.LOG, *shared.FOOT}
    personal = {"facts", "goal", "note", "caution", "changes", "changes_head", "title", "purpose"}
    assert said <= set(Handout.__struct_fields__)
    assert not said & personal


def test_what_is_kept_stays_within_bounds(library, monkeypatch):
    monkeypatch.setattr(shared._kept, "most", 4)
    monkeypatch.setattr(dosed._kept, "most", 3)
    monkeypatch.setattr(repeating, "_KEPT", 30)
    press = Press(library)
    for asked in ASKED[:4]:
        pdf(asked, press)
    assert len(shared._kept) == 4
    assert len(dosed._kept) == 3
    assert len(repeating._kept) == 30
