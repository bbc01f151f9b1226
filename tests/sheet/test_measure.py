"""The measuring tool must see what it is there to see."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handouts.pdf.canvas import TaggedCanvas
from tests.page.torture import INK, LETTER, TOP, new_canvas, say
from tests.sheet.measure import faults

Draw = Callable[[TaggedCanvas], None]


def drawn(draw: Draw, words: str = "Page 1 of 1", phone: str | None = None) -> list[str]:
    canvas = new_canvas()
    with canvas.tag("P"):
        say(canvas, 50, 100, words)
        draw(canvas)
    canvas.showPage()
    return faults(canvas.finish(), phone)


def test_a_good_page_has_no_fault():
    assert drawn(lambda canvas: say(canvas, 50, 120, "Good")) == []


@pytest.mark.parametrize(
    ("draw", "fault"),
    [
        (lambda canvas: say(canvas, 52, 103, "Over"), "overlaps"),
        (lambda canvas: say(canvas, 20, 200, "Left"), "side margins"),
        (lambda canvas: say(canvas, 50, LETTER[1] - 22, "Low"), "bottom margin"),
        (lambda canvas: canvas.draw_text(40, TOP - 200, "many letters " * 6, "regular", 6, INK), "characters"),
        (lambda canvas: canvas.rect(10, 500, 50, 50, stroke=0, fill=1), "a shape"),
    ],
)
def test_a_fault_is_seen(draw: Draw, fault: str):
    assert any(fault in found for found in drawn(draw))


def test_a_missing_phone_is_seen():
    assert drawn(lambda _: None, "Nothing", "555") == ["page 1: no phone number", "page 1: no page number"]
