"""Colours that can be read whatever the clinic chose, and logos that are drawn rightly or refused."""

from __future__ import annotations

import contextlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from handouts.branding import Palette, contrast, palette, read_logo
from handouts.branding.colour import WHITE, distance, format_colour, parse_colour
from handouts.branding.outlines import parse_path, parse_transform
from handouts.branding.svg import parse_svg
from handouts.errors import BadInput, FileTrouble
from handouts.model import Clinic
from handouts.pdf.fonts import face
from handouts.pdf.tagging import Path as Outline
from handouts.resources import content_folder
from tests.page.torture import new_canvas

SAFETY = ("stop", "stop_tint", "warn", "warn_tint", "warn_line", "go", "go_tint", "ink", "ink2")


def colours(brand: str = "#0F5B52", accent: str = "#C8460F", *, ink_saver: bool = False) -> Palette:
    return palette(Clinic(id="x", colour=brand, accent=accent), ink_saver)


def check_contrast(p: Palette) -> None:
    """Every pair of colours that the page puts together."""
    for ground in (p.paper, p.tint, p.panel, p.warn_tint, p.warn, p.go_tint, p.stop_tint):
        assert contrast(p.ink, ground) >= 7
    for ground in (p.paper, p.tint, p.panel):
        assert contrast(p.ink2, ground) >= 4.5
    assert contrast(p.ink2, p.paper) >= 7
    assert contrast(p.brand, p.tint) >= 7 or p.ink_only
    assert contrast(p.brand, p.paper) >= 7
    assert contrast(p.on_brand, p.brand) >= 7
    assert contrast(p.on_stop, p.stop) >= 7
    assert contrast(p.warn_line, p.paper) >= 5
    assert contrast(p.accent, p.panel) >= 3


@given(st.tuples(*[st.integers(0, 255)] * 6))
@settings(deadline=None)
def test_any_colour_becomes_a_readable_palette(parts: tuple[int, ...]) -> None:
    brand, accent = ("#{:02X}{:02X}{:02X}".format(*part) for part in (parts[:3], parts[3:]))
    p = colours(brand, accent)
    check_contrast(p)
    assert distance(p.accent, p.brand) >= 40
    assert [getattr(p, name) for name in SAFETY] == [getattr(colours(), name) for name in SAFETY]


def test_a_colour_keeps_its_hue_when_it_is_darkened() -> None:
    red, green, blue = colours("#F7C6D9").brand
    assert red > 2 * blue > green


def test_the_clinician_is_told_what_changed() -> None:
    assert colours().notes == ()
    (note,) = colours("#F7C6D9").notes
    assert "#F7C6D9" in note
    assert format_colour(colours("#F7C6D9").brand) in note
    assert any("accent" in note for note in colours("#C8460F").notes)


def test_ink_saver_is_black_on_white() -> None:
    p = colours("#FF00FF", ink_saver=True)
    check_contrast(p)
    assert p.ink_only
    assert p.tint == p.panel == p.go_tint == p.stop_tint == p.warn_tint == WHITE
    assert p.accent == p.brand == (0, 0, 0)


@pytest.mark.parametrize("text", ["0F5B52", "#0F5", "teal", "", "#0F5B5G"])
def test_a_colour_is_six_digits(text: str) -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        parse_colour(text)


# Logos


def svg(body: str, attributes: str = 'viewBox="0 0 100 50"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>\n{body}\n</svg>'.encode()


def drawn(body: str) -> str:
    operators, _, _ = parse_svg(svg(body), "logo.svg")
    return operators.decode()


def test_shapes_become_operators_from_the_lower_left() -> None:
    told = drawn('<rect x="10" y="5" width="20" height="10" fill="#ff0000"/>')
    assert told.split("\n") == [
        "q",
        "1 0 0 rg",
        "10.000 45.000 m",
        "30.000 45.000 l",
        "30.000 35.000 l",
        "10.000 35.000 l",
        "h",
        "f",
        "Q",
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<g fill="navy"><circle r="5"/></g>', "0 0 0.502 rg"),
        ('<circle r="5" style="fill: #0F0; stroke: none"/>', "0 1 0 rg"),
        ('<style>.a, .b {fill: rgb(255, 0, 0)}</style><circle class="b" r="5"/>', "1 0 0 rg"),
        ('<defs><style>.a{fill:#00f}</style></defs><circle class="a" r="5"/>', "0 0 1 rg"),
        ('<path d="M0 0h9v9z" fill-rule="evenodd"/>', "f*"),
        ('<path d="M0 0h9v9z" fill="none" stroke="#000" stroke-width="2" transform="scale(3)"/>', "6.000 w 0 J"),
        ('<g transform="translate(10,20)"><path d="M1 2h5v5z"/></g>', "11.000 28.000 m"),
        ('<path d="M50 25h5v5z" transform="rotate(90 50 25)"/>', "50.000 20.000 l"),
        ('<polygon points="0,0 10,0 10,10"/>', "h"),
        ('<x:note xmlns:x="urn:editor"><script/></x:note><circle r="5"/>', "f"),
    ],
)
def test_what_drawing_programs_write_is_read(body: str, expected: str) -> None:
    assert expected in drawn(body).split("\n")


def test_hidden_shapes_stay_hidden() -> None:
    told = drawn('<g display="none"><circle r="5" fill="red"/></g><circle r="5" fill="none"/><circle r="9"/>')
    assert told.count("rg") == 1


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '<image href="https://example.org/x.png"/>',
        '<a href="https://example.org"><circle r="5"/></a>',
        "<text>Clinic</text>",
        '<foreignObject><div xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>',
        '<use href="#a"/>',
        '<circle r="5" onclick="alert(1)"/>',
        '<circle r="5" fill="url(#shade)"/>',
        '<circle r="5" opacity="0.5"/>',
        '<g style="opacity:.5"><circle r="5"/></g>',
        '<g clip-path="url(#c)"><circle r="5"/></g>',
        '<circle r="5" transform="skewX(20)"/>',
        '<circle r="5" transform="rotate(1,2"/>',
        '<circle r="50%"/>',
        '<path d="M0 0 L1"/>',
        '<path d="L1 1"/>',
        "<style>circle > g {fill: red}</style><circle r='5'/>",
        "<circle",
    ],
)
def test_what_cannot_be_drawn_rightly_is_refused_with_its_line(body: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_svg(svg(f"<circle r='5'/>\n{body}"), "logo.svg")
    (problem,) = caught.value.problems
    assert problem.path == "logo.svg"
    assert problem.line >= 3


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>',
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<html xmlns="http://www.w3.org/1999/xhtml"/>',
        b"not xml",
        b"",
        svg("<circle r='5'/>", ""),
        svg(""),
    ],
)
def test_a_file_that_is_not_a_plain_drawing_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        parse_svg(data, "logo.svg")


def test_an_arc_is_a_quarter_of_a_circle() -> None:
    """Against SVG's definition: the arc from (10,0) to (0,10) about the origin passes (7.07, 7.07)."""
    _, (operator, (first, second, end)) = parse_path("M10 0A10 10 0 0 1 0 10")
    middle = [(p + 3 * a + 3 * b + q) / 8 for p, a, b, q in zip((10, 0), first, second, end, strict=True)]
    assert operator == "c"
    assert middle == pytest.approx([7.071, 7.071], abs=0.003)


def test_path_shorthand_is_read() -> None:
    assert parse_path("m1 1 2 0 0 2z") == parse_path("M1,1L3,1L3,3Z")
    assert parse_path("M0-1.5.5-1e1") == [("m", [(0, -1.5)]), ("l", [(0.5, -10)])]
    assert parse_path("M0 0C1 1 2 1 3 0S5-1 6 0")[2] == ("c", [(4, -1), (5, -1), (6, 0)])
    assert len(parse_path("M0 0a1 1 0 012 0")) > 1  # flags written without spaces
    assert parse_transform("translate(1 2) scale(2)") == (2, 0, 0, 2, 1, 2)


@given(st.text(alphabet="MmLlCcSsQqTtAaZz0123456789-. ,e", max_size=40))
def test_path_data_are_read_or_refused(data: str) -> None:
    with contextlib.suppress(ValueError, OverflowError):
        parse_path(data)


def bitmap(tmp_path: Path, name: str, mode: str, size: tuple[int, int] = (80, 40)) -> Path:
    colour: Any = {"RGB": (200, 0, 0), "RGBA": (200, 0, 0, 128), "L": 99, "CMYK": (0, 99, 99, 0), "P": 3}[mode]
    path = tmp_path / name
    Image.new(mode, size, colour).save(path)
    return path


@pytest.mark.parametrize(
    ("name", "mode", "jpeg", "alpha"),
    [
        ("a.png", "RGB", False, False),
        ("a.png", "RGBA", False, True),
        ("a.png", "P", False, False),
        ("a.jpg", "RGB", True, False),
        ("a.jpg", "L", True, False),
        ("a.jpg", "CMYK", False, False),
    ],
)
def test_bitmaps_are_drawn_without_stretching(tmp_path: Path, name: str, mode: str, jpeg: bool, alpha: bool) -> None:
    logo = read_logo(bitmap(tmp_path, name, mode))
    assert logo.pixels is not None
    assert (logo.pixels.jpeg, logo.pixels.alpha is not None) == (jpeg, alpha)
    assert logo.width_at(100, 100) == 100
    assert logo.width_at(100, 20) == 40


def test_a_large_bitmap_is_made_smaller(tmp_path: Path) -> None:
    logo = read_logo(bitmap(tmp_path, "a.jpg", "RGB", (1800, 600)))
    assert (logo.width, logo.height) == (600, 200)


def test_a_broken_or_missing_logo_is_said(tmp_path: Path) -> None:
    broken = bitmap(tmp_path, "a.png", "RGB")
    broken.write_bytes(broken.read_bytes()[:60])
    for content, name in (
        (broken.read_bytes(), "b.png"),
        (b"GIF89a", "c.png"),
        (b"", "d.jpg"),
        (b"x" * 3_000_000, "e.png"),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(BadInput):
            read_logo(path)
    with pytest.raises(FileTrouble):
        read_logo(tmp_path / "none.svg")


def test_a_changed_logo_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "logo.svg"
    path.write_bytes(svg("<circle r='5'/>"))
    first = read_logo(path)
    path.write_bytes(svg("<circle r='50'/>"))
    assert read_logo(path).key != first.key


def test_every_clinics_logo_is_drawn_as_vectors() -> None:
    for path in (content_folder() / "clinics").glob("*.svg"):
        canvas = new_canvas()
        canvas.begin_page()
        with canvas.tag("H1"):
            canvas.text(50, 20, "Logo", face("bold"), 12, (0, 0, 0))
        read_logo(path).draw(canvas, 50, 50, 42, 42)
        canvas.path(Outline.box(0, 0, 5, 5), fill=(0, 0, 0))
        canvas.end_page()
        pdf = pikepdf.open(BytesIO(canvas.finish()))
        assert [form.Subtype for form in pdf.pages[0].Resources.XObject.values()] == [pikepdf.Name.Form]
