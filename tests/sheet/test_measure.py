"""The measuring tool must see what it is there to see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from handouts.pdf.fonts import face
from handouts.pdf.tagging import TaggedCanvas
from tests.sheet.measure import faults

INK = (0.0, 0.0, 0.0)


def drawn(draw: Callable[[TaggedCanvas], None]) -> list[str]:
    canvas = TaggedCanvas(page_size=(612, 792), title="T", lang="en-US", date=dt.date(2026, 1, 1))
    canvas.begin_page()
    with canvas.tag("P"):
        canvas.text(50, 100, "Page 1 of 1", face("regular"), 12, INK)
        draw(canvas)
    canvas.end_page()
    return faults(canvas.finish(), None)


def test_a_good_page_has_no_fault() -> None:
    assert drawn(lambda canvas: canvas.text(50, 120, "Good", face("regular"), 12, INK)) == []


@pytest.mark.parametrize(
    ("draw", "fault"),
    [
        (lambda canvas: canvas.text(52, 103, "Over", face("regular"), 12, INK), "overlaps"),
        (lambda canvas: canvas.text(20, 200, "Left", face("regular"), 12, INK), "side margins"),
        (lambda canvas: canvas.text(50, 770, "Low", face("regular"), 12, INK), "bottom margin"),
        (lambda canvas: canvas.text(40, 200, "many letters " * 6, face("regular"), 6, INK), "characters"),
        (lambda canvas: canvas.rect(10, 200, 50, 50, fill=INK), "a shape"),
    ],
)
def test_a_fault_is_seen(draw: Callable[[TaggedCanvas], None], fault: str) -> None:
    assert any(fault in found for found in drawn(draw))


def test_a_missing_phone_is_seen() -> None:
    canvas = TaggedCanvas(page_size=(612, 792), title="T", lang="en-US", date=dt.date(2026, 1, 1))
    canvas.begin_page()
    with canvas.tag("P"):
        canvas.text(50, 100, "Nothing", face("regular"), 12, INK)
    canvas.end_page()
    assert faults(canvas.finish(), "555") == ["page 1: no phone number", "page 1: no page number"]
