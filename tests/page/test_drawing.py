"""A display list is painted alike on a canvas and as SVG, and changes nothing around it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from handouts.drawing import ClipEnd, ClipStart, Drawing, Fill, Item, Stroke, in_grey, mirrored, moved, replay, to_svg

RED, BLUE, WHITE, BLACK = (255, 0, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0)


def box(x: float, y: float, wide: float, high: float) -> Any:
    return ("m", x, y), ("l", x + wide, y), ("l", x + wide, y + high), ("l", x, y + high), ("h",)


def pixels(*items: Item, line_scale: float = 1.0) -> Image.Image:
    page = BytesIO()
    canvas = Canvas(page, pagesize=(20, 10))
    colours = {"skin": (1.0, 0.0, 0.0), "ink": (0.0, 0.0, 0.0), "nothing": None}
    replay(Drawing("key", 20, 10, items), canvas, colours, line_scale)
    canvas.rect(18, 0, 2, 2, stroke=0, fill=1)
    canvas.save()
    with pypdfium2.PdfDocument(page.getvalue()) as pdf:
        return pdf[0].render(scale=4).to_pil().convert("RGB")


def at(image: Image.Image, x: float, y: float) -> Any:
    """The pixel at a place in points, y up."""
    return image.getpixel((round(x * 4), round(40 - y * 4)))


def test_shapes_are_filled_the_right_way_up() -> None:
    image = pixels(Fill(box(0, 0, 10, 5), "skin"))
    assert (at(image, 5, 3), at(image, 5, 8), at(image, 15, 3)) == (RED, WHITE, WHITE)
    assert at(image, 19, 1) == BLACK, "the colour afterwards is as it was"


def test_a_hole_is_told_by_its_rule() -> None:
    ring = (*box(0, 0, 20, 10), *box(5, 3, 10, 4))
    assert at(pixels(Fill(ring, "skin", even_odd=True)), 10, 5) == WHITE
    assert at(pixels(Fill(ring, "skin")), 10, 5) == RED


def test_clips_end_and_keep_the_colours_around_them() -> None:
    image = pixels(
        Fill(box(0, 8, 2, 2), (0.0, 0.0, 1.0)),
        ClipStart(box(0, 0, 5, 10)),
        Fill(box(0, 0, 20, 5), "skin"),
        ClipEnd(),
        Fill(box(10, 8, 2, 2), (0.0, 0.0, 1.0)),
    )
    assert (at(image, 3, 3), at(image, 8, 3), at(image, 11, 9)) == (RED, WHITE, BLUE)


def test_lines_have_dashes_and_outlines_a_scale() -> None:
    line = (("m", 0, 5), ("l", 20, 5))
    image = pixels(Stroke(line, "ink", 2, dash=(4, 6)))
    assert (at(image, 2, 5), at(image, 7, 5)) == (BLACK, WHITE)
    assert at(pixels(Stroke(line, "ink", 2), line_scale=3), 9, 7.5) == BLACK
    assert at(pixels(Stroke(line, "skin", 2), line_scale=3), 9, 7.5) == WHITE, "only outlines get wider"


def test_what_has_no_colour_is_not_painted_and_an_unknown_name_is_an_error() -> None:
    assert at(pixels(Fill(box(0, 0, 20, 10), "nothing")), 5, 5) == WHITE
    with pytest.raises(KeyError):
        pixels(Fill(box(0, 0, 20, 10), "scin"))


def test_a_drawing_is_turned_moved_and_greyed() -> None:
    drawing = Drawing("key", 20, 10, (Fill(box(0, 0, 5, 5), (1.0, 0.0, 0.0)), ClipStart(box(0, 0, 5, 5)), ClipEnd()))
    assert mirrored(mirrored(drawing, "b"), "key") == drawing
    assert mirrored(drawing, "b").items[1] == ClipStart(
        (("m", 20, 0), ("l", 15, 0), ("l", 15, 5), ("l", 20, 5), ("h",))
    )
    assert moved(drawing, 1, 2)[1] == ClipStart(box(1, 2, 5, 5))
    assert in_grey(drawing, "g").items[1] == drawing.items[1]


def test_svg_has_the_same_items() -> None:
    items = (
        Fill(box(0, 0, 5, 5), "skin", even_odd=True),
        ClipStart(box(0, 0, 5, 5)),
        Stroke(box(0, 0, 5, 5), "ink", 1),
        ClipEnd(),
    )
    told = to_svg(Drawing("key", 20, 10, items), {"skin": (1, 0, 0), "ink": (0, 0, 0)}, 2)
    assert 'fill="#ff0000" fill-rule="evenodd"' in told
    assert 'stroke-width="2"' in told
    assert told.count("<g") == told.count("</g>")
