"""What the shapes of an SVG drawing are painted with: flat colours, gradients along a line or round a centre, lines."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal, NamedTuple, cast

from handouts.branding.svg_document import Document, Element, State
from handouts.branding.svg_regions import Box
from handouts.branding.svg_shapes import length_of, through
from handouts.branding.svg_style import NotRead, opacity_of, parse_paint, solid_paint
from handouts.colour import WHITE, Colour, mix
from handouts.drawing import ClipEnd, ClipStart, Fill, Item, Path, Shade, Stroke

_GRADIENTS = {"linearGradient", "radialGradient"}
_MOST_LINKS, _MOST_STOPS, _MOST_DASHES = 8, 64, 32
_FADE_STEPS = 8
"""Stops put between two of which one is more solid: over white their mixture is not quite a straight line."""


class Shape(NamedTuple):
    """A shape in the drawing's units, whether it has an inside, and the box round it in its own units."""

    has_inside: bool
    path: Path
    box: Box


class _Stop(NamedTuple):
    """A colour at its place, 0 to 1 of the way, and how solid it is there."""

    place: float
    colour: Colour
    alpha: float


def painted_shape(document: Document, shape: Shape, state: State, on_paper: Callable[[], bool]) -> list[Item]:
    """The inside of a shape and the line round it, in the order of painting; nothing for what is not seen.

    `on_paper` says whether nothing but white paper is under it. Raises BadInput and NotRead.
    """
    inside: list[Item] = []
    if shape.has_inside and (found := _paint(document, "fill", shape, state, on_paper)):
        even_odd = state.paint["fill-rule"] == "evenodd"
        if isinstance(found, Shade):
            inside = [ClipStart(shape.path, even_odd), found, ClipEnd()]
        else:
            inside = [Fill(shape.path, found[0], even_odd, found[1])]
    line = _stroke(document, shape, state, on_paper)
    order = state.paint["paint-order"].split()[:1]
    if order not in (["normal"], ["fill"], ["stroke"]):
        raise NotRead(f"paint-order {state.paint['paint-order']}")
    return [*line, *inside] if order == ["stroke"] else [*inside, *line]


def _paint(
    document: Document, name: str, shape: Shape, state: State, on_paper: Callable[[], bool]
) -> tuple[Colour, float] | Shade | None:
    """What "fill" or "stroke" says: a colour and how solid it is, or colours that pass into each other."""
    text, opacity = state.paint[name], state.paint[f"{name}-opacity"]
    if not text.startswith("url("):
        return solid_paint(text, opacity, state.paint["color"])
    shade, stops = _gradient(document, text, shape.box, state)
    solid = opacity_of(opacity)
    if not solid or not any(stop.alpha for stop in stops):
        return None
    if len({stop.alpha for stop in stops}) > 1:
        if not on_paper():
            raise NotRead("a gradient that fades out over other shapes or in a mask")
        stops = _over_white([stop._replace(alpha=stop.alpha * solid) for stop in stops])
        solid = 1.0
    solid *= stops[0].alpha
    if len({stop.colour for stop in stops}) == 1:
        return stops[0].colour, solid
    return replace(shade, stops=tuple((stop.place, stop.colour) for stop in stops), opacity=solid)


def _stroke(document: Document, shape: Shape, state: State, on_paper: Callable[[], bool]) -> list[Item]:
    paint, (a, b, c, d, _, _) = state.paint, state.matrix
    found = _paint(document, "stroke", shape, state, on_paper)
    scale = math.sqrt(abs(a * d - b * c))
    try:
        width = length_of(paint["stroke-width"], math.hypot(*state.viewport) / math.sqrt(2)) * scale
        limit = float(paint["stroke-miterlimit"])
        dashes = [] if paint["stroke-dasharray"] == "none" else re.split(r"[\s,]+", paint["stroke-dasharray"])
        if len(dashes) > _MOST_DASHES:
            raise NotRead(f"a line of more than {_MOST_DASHES} dashes")
        dash = tuple(length_of(length) * scale for length in dashes)
        begins = not dash or not length_of(paint["stroke-dashoffset"])
    except ValueError as trouble:
        document.wrong(f"a line: {trouble}")
    if found is None or not width:
        return []
    if width < 0:
        raise NotRead(f"stroke-width {paint['stroke-width']}")
    # PDF would draw such a line thicker one way than the other, and its width is one number here.
    even = abs(a * c + b * d) < 1e-6 * scale * scale and abs(math.hypot(a, b) - math.hypot(c, d)) < 1e-6 * scale
    if not even:
        raise NotRead("a line stretched by a transform")
    if isinstance(found, Shade):
        raise NotRead("a gradient along a line")
    if not begins or min(dash, default=0) < 0:
        raise NotRead("dashes that do not begin at the beginning")
    join = {"miter": "mitre", "round": "round", "bevel": "bevel"}.get(paint["stroke-linejoin"])
    cap = paint["stroke-linecap"]
    if join is None or cap not in ("butt", "round", "square"):
        raise NotRead(f"the line ends {paint['stroke-linejoin']!r} and {cap!r}")
    left, bottom, right, top = shape.box
    if cap == "square" and left == right and bottom == top:
        raise NotRead("a square dot made of a line without length")
    line = Stroke(
        shape.path, found[0], width, dash if sum(dash) > 0 else (), cast('Literal["butt", "round", "square"]', cap),
        cast('Literal["mitre", "round", "bevel"]', join), limit, found[1],
    )  # fmt: skip
    return [line]


def _gradient(document: Document, paint: str, box: Box, state: State) -> tuple[Shade, list[_Stop]]:
    """The gradient that a paint names, without its colours, and its stops; none when nothing is painted.

    `box` is the box round the shape in its own units. Stops of one colour stand for a flat one.
    """
    chain = [document.referred(paint[: paint.find(")") + 1], _GRADIENTS)]  # behind it, what stands in for a missing one
    while link := chain[-1].link:
        chain.append(document.referred(link, _GRADIENTS))
        if len(chain) > _MOST_LINKS:
            raise NotRead("a gradient made of gradients without end")
    for one in chain:
        document.paint(one)  # what is not read of its style, or of what it stands in, is refused
    # What a gradient does not say it takes from the one that it refers to.
    merged = Element(chain[0].name, {k: v for one in reversed(chain) for k, v in one.attributes.items()}, (0, 0))
    stops = next(filter(None, (_stops(document, one) for one in chain)), [])
    if merged.attributes.get("spreadMethod", "pad") != "pad":
        raise NotRead(f"a gradient that goes on by {merged.attributes['spreadMethod'][:20]}")
    matrix, viewport = state.matrix, state.viewport
    if merged.attributes.get("gradientUnits") != "userSpaceOnUse":
        left, bottom, right, top = box
        matrix, viewport = through((right - left, 0, 0, top - bottom, left, bottom), matrix), (1.0, 1.0)
    matrix = document.moved(merged, matrix, "gradientTransform")

    def at(name: str, default: str) -> float:
        return document.length(merged, name, viewport, default)

    along: tuple[float, ...]
    if merged.name == "linearGradient":
        along = at("x1", "0%"), at("y1", "0%"), at("x2", "100%"), at("y2", "0%")
        flat = along[:2] == along[2:]
    else:
        along = x, y, radius = at("cx", "50%"), at("cy", "50%"), at("r", "50%")
        flat = radius <= 0
        if math.dist((at("fx", str(x)), at("fy", str(y))), (x, y)) > 1e-3 * radius or at("fr", "0"):
            raise NotRead("a gradient whose focus is not its centre")
    a, b, c, d, _, _ = matrix
    if abs(a * d - b * c) < 1e-12:
        return Shade(along, matrix, ()), []  # across a shape without height or width nothing is painted
    return Shade(along, matrix, ()), stops[-1:] if flat else stops


def _stops(document: Document, gradient: Element) -> list[_Stop]:
    stops: list[_Stop] = []
    if len(gradient.children) > _MOST_STOPS:
        raise NotRead(f"a gradient of more than {_MOST_STOPS} colours")
    document.count(segments=len(gradient.children))
    for child in gradient.children:
        if child.name == "stop":
            properties = document.properties(child)
            place = min(max(document.length(child, "offset", (1.0, 1.0)), stops[-1].place if stops else 0.0), 1.0)
            text = properties.get("stop-color", "black")
            colour, alpha = parse_paint(document.paint(child)["color"] if text == "currentcolor" else text)
            stops.append(_Stop(place, colour, alpha * opacity_of(properties.get("stop-opacity", "1"))))
    return stops


def _over_white(stops: Sequence[_Stop]) -> list[_Stop]:
    """Stops of solid colours that look as these do on white paper."""
    fine = list(stops[:1])
    for one, two in pairwise(stops):
        steps = _FADE_STEPS if one.alpha != two.alpha else 1
        for share in (k / steps for k in range(1, steps + 1)):
            place, alpha = (x + (y - x) * share for x, y in ((one.place, two.place), (one.alpha, two.alpha)))
            fine.append(_Stop(place, mix(one.colour, two.colour, share), alpha))
    return [_Stop(place, mix(WHITE, colour, alpha), 1.0) for place, colour, alpha in fine]
