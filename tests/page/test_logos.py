"""Logos in the manner of the programs that save them, beside Chromium's pictures of the same files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from handouts.branding import read_logo
from handouts.branding.svg_logo import parse_svg
from handouts.drawing import Drawing, to_svg
from handouts.pdf.canvas import TaggedCanvas

FOLDER = Path(__file__).parent / "logos"
LOGOS = sorted(path.stem for path in FOLDER.glob("*.svg"))


def on_paper(drawing: Drawing, size: tuple[int, int]) -> Image.Image:
    """The drawing as it stands on a page, in pixels."""
    canvas = TaggedCanvas(None, size, title="Logo", lang="en", date=dt.date(2026, 1, 1))
    with canvas.figure("Logo", (0, 0, *size)):
        canvas.draw_drawing(drawing, {}, 0, 0, *size)
    canvas.showPage()
    with pypdfium2.PdfDocument(canvas.finish()) as pdf:
        return pdf[0].render().to_pil().convert("RGB")


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ by more than a shade and by more than the edge of a shape."""
    apart = ImageChops.difference(one, other).convert("L").point(lambda value: 255 * (value > 24))
    return apart.filter(ImageFilter.MinFilter(3)).histogram()[255] / (one.width * one.height)


@pytest.mark.parametrize("name", LOGOS)
def test_a_logo_looks_as_in_a_browser(name: str) -> None:
    drawing = read_logo(FOLDER / f"{name}.svg").drawing
    assert drawing is not None
    with Image.open(FOLDER / f"{name}.png") as browsers:
        assert differing(on_paper(drawing, browsers.size), browsers.convert("RGB")) < 0.0005
        again = parse_svg(to_svg(drawing, {}).encode(), "again.svg", f"again-{name}")
        assert differing(on_paper(again, browsers.size), browsers.convert("RGB")) < 0.0005
