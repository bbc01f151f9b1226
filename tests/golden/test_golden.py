"""The golden pages of every kind look and read as they did when someone last looked at them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.golden import CASES, KEPT, PAGES, make, pictures, texts

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
    pdf, numbers = make(case, tmp_path), KEPT[case]
    for number, picture, text in zip(numbers, pictures(pdf, numbers), texts(pdf, numbers), strict=True):
        path = PAGES / f"{case}-{number}.png"
        assert text == path.with_suffix(".txt").read_text(encoding="utf-8"), f"page {number} reads otherwise"
        with Image.open(path) as image:
            share = _differing(picture, image.convert("L"))
        assert share <= FEW, f"page {number} looks otherwise: {share:.2%} of its pixels"


def test_no_page_is_kept_that_is_not_compared() -> None:
    kept = {f"{case}-{number}" for case, numbers in KEPT.items() for number in numbers}
    assert {path.stem for path in PAGES.iterdir()} == kept


def test_the_comparison_sees_one_changed_letter() -> None:
    page = Image.new("L", (510, 660), 255)
    changed = page.copy()
    changed.paste(0, (100, 100, 105, 107))
    assert _differing(page, page) == 0
    assert _differing(changed, page) > FEW
