"""SVG logos: what drawing programs write is drawn, what no browser shows is not, what cannot be drawn is refused."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given, strategies as st
from PIL import ImageColor

from handouts.branding.svg_logo import parse_svg
from handouts.branding.svg_shapes import parse_path, parse_transform
from handouts.drawing import ClipStart, Drawing, Fill, Item, Stroke
from handouts.errors import BadInput


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
        ('<style>circle{fill:red!important}</style><circle style="fill:blue" r="5"/>', [RED]),
        ('<style>.b{fill:red} .a{fill:lime}</style><circle class="a b" r="5"/>', [GREEN]),
        ('<circle r="5" fill="rgb(0%, 0%, 100%)"/><text> </text>', [BLUE]),
        ('<switch><text requiredExtensions="x">A</text><circle r="5" fill="red"/><circle r="5"/></switch>', [RED]),
        ('<svg width="9" height="9" overflow="visible"><circle r="50%" fill="red"/></svg>', [RED]),
        ('<linearGradient id="g"><stop stop-color="red"/></linearGradient><circle r="5" fill="url(#g)"/>', [RED]),
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


def test_opacity_is_kept_or_mixed_with_the_paper() -> None:
    for body in ('<circle r="5" fill="#F008"/>', '<g opacity=".5"><circle r="5" fill="red" fill-opacity="1"/></g>'):
        (shape,) = drawn(body)
        assert isinstance(shape, Fill)
        assert (shape.colour, shape.opacity) == (RED, pytest.approx(0.5, abs=0.04))
    both = drawn('<g opacity=".5"><circle r="5" fill="red"/><circle r="4" fill="blue"/></g>')
    assert [(item.colour, item.opacity) for item in both if isinstance(item, Fill)] == [
        ((1, 0.5, 0.5), 1), ((0.5, 0.5, 1), 1)
    ]  # fmt: skip


def test_a_root_is_styled_as_any_group() -> None:
    (shape,) = parse_svg(svg("<circle r='5'/>", 'viewBox="0 0 9 9" opacity=".5"'), "a.svg", "key").items[1:-1]
    assert isinstance(shape, Fill)
    assert shape.opacity == 0.5


def test_a_colour_name_stays_one_when_pillow_has_looked_it_up() -> None:
    ImageColor.getrgb("tomato")
    (shape,) = drawn('<circle r="5" fill="tomato"/>')
    assert isinstance(shape, Fill)
    assert shape.colour == pytest.approx((1, 99 / 255, 71 / 255))


def test_text_is_refused_with_what_to_do() -> None:
    with pytest.raises(BadInput, match="convert the text to outlines") as caught:
        parsed("<g>\n  <text>Clinic</text></g>")
    assert (caught.value.problems[0].line, caught.value.problems[0].column) == (3, 3)


def test_plain_entities_are_read() -> None:
    head = b'<!DOCTYPE svg [<!ENTITY red "fill:red">]>'
    (shape,) = parse_svg(head + svg('<circle r="5" style="&red;"/>'), "a.svg", "key").items[1:-1]
    assert isinstance(shape, Fill)
    assert shape.colour == RED


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
        '<circle r="5" fill="var(--brand)"/>',
        '<circle r="5" fill="hsl(120 50% 50%)"/>',
        '<circle r="5" onclick="alert(1)"/>',
        '<circle r="5" fill="url(#shade)"/>',
        '<g clip-path="url(#c)"><circle r="5"/></g>',
        '<circle r="5" transform="skewX(20)"/>',
        '<circle r="5" transform="rotate(1,2"/>',
        '<path d="M0 0 L1"/>',
        '<path d="L1 1"/>',
        "<style>circle > g {fill: red}</style><circle r='5'/>",
        "<style media='(prefers-color-scheme: dark)'>circle {fill: red}</style>",
        "<style>@media print {circle {fill: red}}</style>",
        '<g opacity=".5"><circle r="5"/><circle r="3" fill="red"/></g>',
        '<linearGradient id="g"><stop/><stop stop-opacity="0"/></linearGradient><circle r="5" fill="url(#g)"/>',
        '<radialGradient id="g" fx=".2"><stop/><stop stop-color="red"/></radialGradient><circle r="5" fill="url(#g)"/>',
        '<linearGradient id="g" spreadMethod="reflect"><stop/></linearGradient><circle r="5" fill="url(#g)"/>',
        '<linearGradient id="g"><stop/><stop stop-color="red"/></linearGradient><circle r="5" stroke="url(#g)"/>',
        '<linearGradient id="g" href="#g"/><circle r="5" fill="url(#g)"/>',
        '<pattern id="p"><circle r="1"/></pattern><circle r="5" fill="url(#p)"/>',
        '<mask id="m"><circle r="5" fill="#888"/></mask><circle r="5" mask="url(#m)"/>',
        '<mask id="m"><circle r="5" fill="#fff" mask="url(#m)"/></mask><circle r="5" mask="url(#m)"/>',
        '<mask id="m"><path d="M0 0h9v9z" stroke="#fff"/></mask><circle r="5" mask="url(#m)"/>',
        '<clipPath id="c"><path d="M0 0h9v9zM1 1v2h2z"/><circle r="6"/></clipPath><circle r="5" clip-path="url(#c)"/>',
        '<clipPath id="c"><text>A</text></clipPath><circle r="5" clip-path="url(#c)"/>',
        '<clipPath id="c" clip-path="url(#c)"><circle r="5"/></clipPath><circle r="5" clip-path="url(#c)"/>',
        '<circle r="5" clip-path="circle(3px)"/>',
        '<clipPath id="c" display="none"><circle r="5"/></clipPath><circle r="5" clip-path="url(#c)"/>',
        '<linearGradient id="g" color-interpolation="linearRGB"><stop/></linearGradient><circle r="5" fill="url(#g)"/>',
        '<linearGradient id="g"><stop stop-color="#fff"/><stop offset="1" stop-color="#fff" stop-opacity="0"/>'
        '</linearGradient><mask id="m"><path d="M0 0h9v9z" fill="url(#g)"/></mask><circle r="5" mask="url(#m)"/>',
        '<mask id="m"><g fill="#fff" opacity=".5"><path d="M0 0h9v9z"/><circle r="4"/></g></mask>'
        '<circle r="5" mask="url(#m)"/>',
        '<mask id="m"><circle r="5"/></mask><circle r="5" style="mask: url(#m) alpha"/>',
        '<filter id="f"><feFlood/></filter><rect width="9" height="9" fill="none" filter="url(#f)"/>',
        '<path d="M1 1z" stroke="red" stroke-width="5" stroke-linecap="square"/>',
        '<path d="M1 1h5" stroke="red" stroke-width="-5"/>',
        '<circle r="5" style="-webkit-mask-image: url(#m)"/>',
        '<circle r="5" style="backdrop-filter: blur(2px)"/>',
        '<circle r="5"><animate attributeName="r" to="9"/></circle>',
        '<defs><set href="#a" attributeName="fill" to="red"/></defs>',
        '<circle r="5" systemLanguage="de"/>',
        '<style xmlns="http://www.w3.org/1999/xhtml">circle {fill: red}</style>',
        '<circle r="5em"/>',
        '<polygon points="0,0 9,0 x9,9"/>',
        '<polygon points="0,0 9,0 9"/>',
        '<svg viewBox="0 0 9"><circle r="5"/></svg>',
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
        b'<!DOCTYPE svg SYSTEM "x.dtd"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g fill="&x;"/></svg>',
        b'<?xml-stylesheet href="x.css"?>' + svg("<circle r='5'/>"),
        svg("<circle r='5'/>", ""),
        svg("<circle r='5'/>", 'viewBox="0 0 9"'),
        svg("<clipPath id='c'><circle r='5'/></clipPath><circle r='5'/>", 'viewBox="0 0 9 9" clip-path="url(#c)"'),
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
