"""The small rooms behind the commands: file names, pixels."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from handouts.figures import Drawing
from handouts.figures.raster import drawing_png
from handouts.output_paths import safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Maria Alvarez", "Maria-Alvarez"),
        ("José Ñandú", "Jose-Nandu"),
        ("../../etc/passwd", "etc-passwd"),
        ("A/1042", "A-1042"),
        ("  --x--  ", "x"),
        ("", "handout"),
        ("///", "handout"),
        ("Ирина", "Ирина"),
    ],
)
def test_names_are_made_safe(text, name):
    assert safe_name(text) == name


@given(st.text())
def test_any_name_is_letters_digits_and_hyphens(text):
    name = safe_name(text)
    assert name
    assert all(sign.isalnum() or sign == "-" for sign in name)
    assert len(name) <= 80


def pixels(operators, width=20, height=10):
    image = Image.open(BytesIO(drawing_png(Drawing.of(operators, width, height, "k"), 1)))
    return image.convert("RGB")


def test_shapes_are_filled_the_right_way_up():
    image = pixels(b"1 0 0 rg 0 0 10 5 re f\n")
    assert image.size == (20, 10)
    assert image.getpixel((5, 7)) == (255, 0, 0)
    assert image.getpixel((5, 2)) == (255, 255, 255)
    assert image.getpixel((15, 7)) == (255, 255, 255)


def test_a_hole_turns_the_other_way():
    ring = b"0 g 0 0 m 20 0 l 20 10 l 0 10 l h 5 3 m 5 7 l 15 7 l 15 3 l h f\n"
    assert pixels(ring).getpixel((10, 5)) == (255, 255, 255)
    same_way = b"0 g 0 0 m 20 0 l 20 10 l 0 10 l h 5 3 m 15 3 l 15 7 l 5 7 l h f\n"
    assert pixels(same_way).getpixel((10, 5)) == (0, 0, 0)


def test_clips_matrices_and_strokes():
    clipped = pixels(b"q 0 0 5 10 re W n 0 0 1 rg 0 0 20 10 re f Q 0 1 0 rg 15 0 5 10 re f\n")
    assert clipped.getpixel((2, 5)) == (0, 0, 255)
    assert clipped.getpixel((10, 5)) == (255, 255, 255)
    assert clipped.getpixel((17, 5)) == (0, 255, 0)
    moved = pixels(b"q 1 0 0 1 10 0 cm 0 G 2 w 0 5 m 8 5 l S Q\n")
    assert moved.getpixel((14, 5)) == (0, 0, 0)
    assert moved.getpixel((4, 5)) == (255, 255, 255)
    dashed = pixels(b"0 G 2 w [4 6] 0 d 0 5 m 20 5 l S\n")
    assert dashed.getpixel((2, 5)) == (0, 0, 0)
    assert dashed.getpixel((7, 5)) == (255, 255, 255)


def test_an_unknown_operator_is_not_skipped():
    with pytest.raises(ValueError, match="never use Tj"):
        pixels(b"1 Tj\n")
