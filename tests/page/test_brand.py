"""Colours that can be read whatever the clinic chose, and logos that are drawn rightly or refused."""

from __future__ import annotations

import contextlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from handouts.branding import Palette, contrast, palette, read_logo, read_picture
from handouts.branding.colour import WHITE, distance, format_colour, parse_colour
from handouts.branding.svg_logo import parse_svg
from handouts.branding.svg_shapes import parse_path, parse_transform
from handouts.drawing import ClipStart, Drawing, Fill, Item, Stroke
from handouts.errors import BadInput, FileTrouble
from handouts.model import Clinic
from handouts.resources import content_folder

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
    assert contrast(p.paper, p.stop) >= 7
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


def parsed(body: str) -> Drawing:
    return parse_svg(svg(body), "logo.svg", "key")


def drawn(body: str) -> tuple[Item, ...]:
    """The items inside the clip at the drawing's edge."""
    return parsed(body).items[1:-1]


def test_shapes_become_items_from_the_lower_left() -> None:
    box = (("m", 10, 45), ("l", 30, 45), ("l", 30, 35), ("l", 10, 35), ("h",))
    assert drawn('<rect x="10" y="5" width="20" height="10" fill="#ff0000"/>') == (Fill(box, (1, 0, 0)),)
    whole = parsed('<circle r="500"/>')
    assert whole.items[0] == ClipStart((("m", 0, 0), ("l", 100, 0), ("l", 100, 50), ("l", 0, 50), ("h",)))


RED, GREEN, BLUE = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)


@pytest.mark.parametrize(
    ("body", "colours"),
    [
        ('<g fill="red"><circle r="5"/></g>', [RED]),
        ('<circle r="5" style="fill: #0F0; stroke: none"/>', [GREEN]),
        ('<style>.a, .b {fill: rgb(255, 0, 0)}</style><circle class="b" r="5"/>', [RED]),
        ('<defs><style>.a{fill:#00f}</style></defs><circle class="a" r="5"/>', [BLUE]),
        ('<circle class="a" r="5"/><style>.a{fill:#00f}</style>', [BLUE]),
        ('<style>circle{fill:blue} .a{fill:red}</style><circle class="a" r="5"/><circle r="5"/>', [RED, BLUE]),
        ('<style>#x{fill:blue} .a{fill:red} *{fill:lime}</style><circle class="a" id="x" r="5"/>', [BLUE]),
        ('<style>.a{fill:red}</style><circle class="a" fill="blue" r="5"/>', [RED]),
        ('<g color="red"><circle r="5" fill="currentColor"/></g>', [RED]),
        ('<g fill="red"><circle r="5" fill="inherit"/></g>', [RED]),
        ('<circle r="5" fill="#FF0000FF"/>', [RED]),
        ('<x:note xmlns:x="urn:editor"><script/></x:note><circle r="5" fill="LIME"/>', [GREEN]),
        ('<defs><g id="a"><circle r="5"/></g></defs><use href="#a" x="3" fill="red"/>', [RED]),
        (
            '<circle id="a" r="5" fill="red"/><use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#a"/>',
            [RED, RED],
        ),
    ],
)
def test_what_drawing_programs_write_is_read(body: str, colours: list[Any]) -> None:
    assert [item.colour for item in drawn(body) if isinstance(item, Fill)] == colours


def test_places_widths_and_rules_are_read() -> None:
    (hole,) = drawn('<path d="M0 0h9v9z" fill-rule="evenodd"/>')
    assert isinstance(hole, Fill)
    assert hole.even_odd
    (line,) = drawn('<path d="M0 0h9v9" fill="none" stroke="#000" stroke-width="2" transform="scale(3)"/>')
    assert isinstance(line, Stroke)
    assert (line.width, line.cap, line.join, line.mitre_limit) == (6, "butt", "mitre", 4)
    (line,) = drawn('<path d="M0 0h9" stroke="red" fill="none" stroke-dasharray="2,1" stroke-linecap="square"/>')
    assert isinstance(line, Stroke)
    assert (line.dash, line.cap) == ((2, 1), "square")
    for body, first in (
        ('<g transform="translate(10,20)"><path d="M1 2h5v5z"/></g>', ("m", 11, 28)),
        ('<path d="M50 25h5v5z" transform="rotate(90 50 25)"/>', ("m", 50, 25)),
        ('<defs><circle id="a"/><path id="b" d="M1 2h5v5z"/></defs><use href="#b" x="3" y="4"/>', ("m", 4, 44)),
    ):
        (shape,) = drawn(body)
        assert isinstance(shape, Fill)
        assert shape.path[0] == first


def test_a_clip_of_one_shape_is_kept() -> None:
    clip = '<clipPath id="c"><rect width="10" height="10"/></clipPath>'
    items = drawn(f'<defs>{clip}</defs><g clip-path="url(#c)"><circle r="50"/></g><circle r="5"/>')
    assert [type(item).__name__ for item in items] == ["ClipStart", "Fill", "ClipEnd", "Fill"]


def test_paint_order_is_kept() -> None:
    kinds = [type(item) for item in drawn('<circle r="5" stroke="red" paint-order="stroke"/>')]
    assert kinds == [Stroke, Fill]


@pytest.mark.parametrize(
    "body",
    [
        '<g display="none"><circle r="5" fill="red"/></g>',
        '<g style="display:none"><text>Clinic</text></g>',
        '<circle r="5" fill="none"/>',
        '<circle r="5" fill="transparent"/>',
        '<circle r="5" fill="TRANSPARENT" stroke="transparent"/>',
        '<circle r="5" fill="rgba(255, 0, 0, 0)"/>',
        '<circle r="5" fill="#F000"/>',
        '<circle r="5" fill="#FF000000"/>',
        '<circle r="5" visibility="hidden"/>',
        '<g visibility="hidden"><circle r="5"/></g>',
        '<style>.a{visibility:collapse}</style><circle class="a" r="5"/>',
        '<circle r="5" opacity="0"/>',
        '<g style="opacity: 0.0"><circle r="5" fill="url(#shade)"/></g>',
        '<circle r="5" fill-opacity="0%"/>',
        '<circle r="5" stroke="red" stroke-width="0" fill="none"/>',
        '<defs><circle r="5"/></defs>',
        '<symbol><circle r="5"/></symbol>',
        '<clipPath id="c"><circle r="5"/></clipPath>',
    ],
)
def test_what_a_browser_does_not_show_is_not_painted(body: str) -> None:
    shown = Fill((("m", 0, 50), ("l", 9, 50), ("l", 9, 41), ("h",)), BLUE)
    assert drawn(f'{body}<path d="M0 0h9v9z" fill="blue"/>') == (shown,)
    with pytest.raises(BadInput, match="no visible shapes"):
        parsed(body)


def test_a_shape_may_show_itself_in_a_hidden_group() -> None:
    assert len(drawn('<g visibility="hidden"><circle r="5"/><circle r="9" visibility="visible"/></g>')) == 1


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '<image href="https://example.org/x.png"/>',
        '<a href="https://example.org"><circle r="5"/></a>',
        "<text>Clinic</text>",
        '<foreignObject><div xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>',
        '<use href="#a"/>',
        '<g id="a"><use href="#a"/></g>',
        '<use href="other.svg#a"/>',
        "<switch><circle r='5'/></switch>",
        '<circle r="5" style="mix-blend-mode: multiply"/>',
        '<style>.a {mix-blend-mode: screen}</style><circle class="a" r="5"/>',
        '<circle r="5" filter="url(#shadow)"/>',
        '<circle r="5" mask="url(#m)"/>',
        '<path d="M0 0h9" stroke="red" marker-end="url(#arrow)"/>',
        '<path d="M0 0h9v9" stroke="red" vector-effect="non-scaling-stroke"/>',
        '<path d="M0 0h9v9" stroke="red" transform="scale(1 3)"/>',
        '<path d="M0 0h9v9" stroke="red" stroke-dasharray="2" stroke-dashoffset="1"/>',
        '<circle r="5" style="transform: scale(2)"/>',
        '<circle r="5" transform="scale(2)" transform-origin="5 5"/>',
        '<circle r="5" style="offset-path: none"/>',
        '<circle r="5" style="fill: red !important"/>',
        '<circle r="5" fill="var(--brand)"/>',
        '<circle r="5" fill="hsl(120 50% 50%)"/>',
        '<circle r="5" fill="rgba(255, 0, 0, .5)"/>',
        '<circle r="5" fill="#FF000080"/>',
        '<clipPath id="d"><circle r="5"/><circle r="6"/></clipPath><g clip-path="url(#d)"><circle r="5"/></g>',
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
        parsed(f"<circle r='5'/>\n{body}")
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
        svg("<circle r='5'/>", 'viewBox="0 0 10 10" transform="scale(2)"'),
        svg("<g>" * 500 + "</g>" * 500),
    ],
)
def test_a_file_that_is_not_a_plain_drawing_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        parse_svg(data, "logo.svg", "key")


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
    ("name", "mode", "kind", "written"),
    [
        ("a.png", "RGB", "PNG", "RGB"),
        ("a.png", "RGBA", "PNG", "RGBA"),
        ("a.png", "P", "PNG", "RGB"),
        ("a.jpg", "RGB", "JPEG", "RGB"),
        ("a.jpg", "L", "JPEG", "RGB"),
        ("a.jpg", "CMYK", "JPEG", "RGB"),
    ],
)
def test_bitmaps_are_written_in_their_own_kind(tmp_path: Path, name: str, mode: str, kind: str, written: str) -> None:
    logo = read_logo(bitmap(tmp_path, name, mode))
    image = Image.open(BytesIO(logo.image))
    assert (image.format, image.mode, image.size) == (kind, written, (80, 40))


def test_no_note_in_a_picture_goes_on(tmp_path: Path) -> None:
    path, exif, text = tmp_path / "a.jpg", Image.Exif(), PngInfo()
    exif[0x010E] = "taken at Ana's home"
    Image.new("RGB", (80, 40)).save(path, exif=exif, comment=b"Ana")
    assert b"Ana" not in read_picture(path).image
    text.add_text("Author", "Ana")
    Image.new("RGB", (80, 40)).save(tmp_path / "a.png", pnginfo=text)
    assert b"Ana" not in read_picture(tmp_path / "a.png").image


def test_a_picture_can_be_turned_and_greyed(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_bytes(svg('<rect width="10" height="10" fill="red"/>'))
    picture = read_picture(path, turned=True, grey=True).drawing
    assert picture is not None
    (box,) = picture.items[1:-1]
    assert isinstance(box, Fill)
    assert {segment[1] for segment in box.path if len(segment) > 1} == {90, 100}
    assert box.colour == pytest.approx((0.299, 0.299, 0.299))


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


def test_every_clinics_logo_is_a_drawing() -> None:
    for path in (content_folder() / "clinics").glob("*.svg"):
        assert read_logo(path).drawing is not None
