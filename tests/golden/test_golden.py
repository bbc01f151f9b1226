"""Every page of every golden case looks and reads as it did when someone last looked at it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.golden import CASES, PAGES, make, pictures, texts

FAINT = 40
"""Grey levels (of 255) that a rasteriser may differ by at an edge, on top of the 16 greys that are kept."""
FEW = 0.00006
"""The share of a page's pixels that may differ by more than that: less than one changed letter."""


def _differing(now: Image.Image, kept: Image.Image) -> float:
    """The share of pixels that differ by more than `FAINT`; 1 when the sizes differ."""
    if now.size != kept.size:
        return 1.0
    histogram = ImageChops.difference(now, kept).histogram()
    return sum(histogram[FAINT:]) / (now.size[0] * now.size[1])


@pytest.mark.parametrize("case", CASES)
def test_pages_are_as_kept(case: str, tmp_path: Path) -> None:
    pdf = make(case, tmp_path)
    drawn, read = pictures(pdf), texts(pdf)
    kept = sorted(PAGES.glob(f"{case}-[0-9]*.png"), key=lambda path: int(path.stem.rsplit("-", 1)[1]))
    assert len(drawn) == len(kept), "another number of pages; run python -m tests.golden --update and look"
    for number, (picture, text, path) in enumerate(zip(drawn, read, kept, strict=True), start=1):
        assert text == path.with_suffix(".txt").read_text(encoding="utf-8"), f"page {number} reads otherwise"
        with Image.open(path) as image:
            share = _differing(picture, image.convert("L"))
        assert share <= FEW, f"page {number} looks otherwise: {share:.2%} of its pixels"


def test_the_comparison_sees_one_changed_letter() -> None:
    page = Image.new("L", (510, 660), 255)
    changed = page.copy()
    changed.paste(0, (100, 100, 105, 107))
    assert _differing(page, page) == 0
    assert _differing(changed, page) > FEW
