"""A small, safe reader of SVG logos: shapes, groups, copies, flat paint, transforms, clips by one shape, style rules.

What a browser does not show is not painted. What is seen and cannot be drawn rightly is refused with its line, rather
than print half a logo: text, pictures, gradients, blending, masks, effects, half-transparent paint, scripts, entities.
Reads nothing but the bytes it is given. Knows no page.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, NoReturn, cast
from xml.parsers import expat

from handouts.branding.colour import Colour
from handouts.branding.svg_shapes import (
    MOST,
    NUMBER,
    Matrix,
    length_of,
    number_of,
    outline_of,
    parse_transform,
    through,
)
from handouts.branding.svg_style import (
    INHERITED,
    WHOLE,
    NotRead,
    Rule,
    inherited,
    is_shown,
    painted_colour,
    parse_sheet,
    properties_of,
)
from handouts.drawing import ClipEnd, ClipStart, Drawing, Fill, Item, Path, Segment, Stroke
from handouts.errors import BadInput, Problem

_SVG = "http://www.w3.org/2000/svg"
_LINK = ("href", "http://www.w3.org/1999/xlink href")
_SILENT = {"title", "desc", "metadata", "defs", "style", "clipPath", "symbol", "linearGradient", "radialGradient",
           "pattern", "mask", "filter", "marker"}  # fmt: skip
"""Elements that show nothing where they stand."""
_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_MOST_DEPTH, _MOST_SHAPES, _MOST_SEGMENTS = 64, 20_000, 60_000
"""Of groups within groups, and of shapes and lines once every copy is drawn."""
_HINT = "in the drawing program turn text and effects into flat shapes, or save the logo as PNG"


@dataclass
class _Element:
    """An element of the file with the place where it begins."""

    space: str
    name: str
    attributes: dict[str, str]
    place: tuple[int, int]
    children: list[_Element] = field(default_factory=list)
    text: str = ""


class _State(NamedTuple):
    """What a shape takes from its groups."""

    paint: dict[str, str]
    matrix: Matrix


def parse_svg(data: bytes, path: str, key: str) -> Drawing:
    """The drawing, one of its own units a point.

    Raises BadInput, with the line in `path`, for anything that would not be drawn rightly.
    """
    return _Reader(path, _parsed(data, path)).drawing(key)


def _parsed(data: bytes, path: str) -> _Element:
    """The file as a tree of elements. Entities are refused: they can be bombs."""
    parser = expat.ParserCreate(namespace_separator=" ")
    top = _Element("", "", {}, (0, 0))
    open_elements = [top]

    def wrong(message: str) -> NoReturn:
        place = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        raise BadInput([Problem(path, *place, message)])

    def start(full_name: str, attributes: dict[str, str]) -> None:
        space, _, name = full_name.rpartition(" ")
        place = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        element = _Element(space, name, attributes, place)
        open_elements[-1].children.append(element)
        open_elements.append(element)
        # Elements are walked by recursion: a file nested without end would exhaust the stack.
        if len(open_elements) > _MOST_DEPTH:
            wrong("the logo has groups within groups without end")

    def characters(text: str) -> None:
        if open_elements[-1].name == "style":
            open_elements[-1].text += text

    parser.EntityDeclHandler = lambda *_: wrong("the logo uses an entity, which is not read")
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: open_elements.pop()
    parser.CharacterDataHandler = characters
    try:
        parser.Parse(data, True)
    except expat.ExpatError as trouble:
        wrong(f"is not well-formed XML: {expat.errors.messages[trouble.code]}")
    return top.children[0]


class _Reader:
    def __init__(self, path: str, root: _Element) -> None:
        self._path, self._root, self._at = path, root, root
        self._items: list[Item] = []
        self._shapes = self._segments = 0
        if (root.space, root.name) != (_SVG, "svg"):
            self._wrong("is not an SVG drawing")
        self._named = {id_: element for element in _within(root) if (id_ := element.attributes.get("id"))}
        self._rules: list[Rule] = []

    def drawing(self, key: str) -> Drawing:
        """All that is seen. Raises BadInput."""
        try:
            return self._drawing(key)
        except NotRead as trouble:
            self._refuse(str(trouble))

    def _drawing(self, key: str) -> Drawing:
        root = self._root
        for element in _within(root):
            if element.name == "style":
                self._at = element
                self._rules += parse_sheet(element.text)
        self._rules.sort(key=lambda rule: rule.weight)
        self._at = root
        if "transform" in root.attributes:
            self._refuse("a transform of the whole drawing")
        box = re.findall(NUMBER, root.attributes.get("viewBox", ""))
        if len(box) != 4:
            sides = (re.findall(NUMBER, root.attributes.get(side, "")) for side in ("width", "height"))
            box = ["0", "0", *((numbers or ["0"])[0] for numbers in sides)]
        try:
            left, top, width, height = map(number_of, box)
        except ValueError as trouble:
            self._wrong(f"the size of the logo: {trouble}")
        if not (0 < width < 1e6 and 0 < height < 1e6):
            self._wrong("the logo has no size: give it a viewBox")
        properties = self._properties_of(root)
        if not is_shown(properties):
            self._wrong("the logo has no visible shapes")
        # From y down to y up, with the lower left corner at the origin.
        state = _State(inherited(INHERITED, properties), (1.0, 0.0, 0.0, -1.0, -left, top + height))
        for child in root.children:
            self._element(child, state, ())
        if not self._items:
            self._wrong("the logo has no visible shapes")
        # A browser cuts off what lies outside the viewBox; the page must not get it either.
        edge: Path = (("m", 0.0, 0.0), ("l", width, 0.0), ("l", width, height), ("l", 0.0, height), ("h",))
        return Drawing(key, width, height, (ClipStart(edge), *self._items, ClipEnd()))

    def _element(self, element: _Element, outer: _State, copies: tuple[str, ...]) -> None:
        """One element with all that is in it; `copies` are the ids of what it is copied from."""
        self._at = element
        if element.space != _SVG or element.name in _SILENT:
            return
        if element.name not in ("g", "use") and element.name not in _SHAPES:
            self._refuse(f"<{element.name}>")
        properties = self._properties_of(element)
        if not is_shown(properties):
            return
        if properties.get("opacity", "1") not in WHOLE:
            self._refuse(f"opacity {properties['opacity']}")
        state = _State(inherited(outer.paint, properties), self._moved(element, outer.matrix))
        clip = self._clip(properties.get("clip-path", "none"), state.matrix)
        self._items += clip
        before = len(self._items)
        if element.name in _SHAPES:
            self._shape(element, state)
        elif element.name == "use":
            self._copy(element, state, copies)
        for child in element.children if element.name == "g" else ():
            self._element(child, state, copies)
        # A clip round nothing is taken out again: it would only make the file longer.
        if clip and len(self._items) == before:
            self._items.pop()
        elif clip:
            self._items.append(ClipEnd())

    def _copy(self, element: _Element, state: _State, copies: tuple[str, ...]) -> None:
        """What a <use> copies, moved to its place."""
        link = next((element.attributes[name] for name in _LINK if name in element.attributes), "")
        name = link.removeprefix("#")
        source = self._named.get(name) if link.startswith("#") else None
        if source is None or source.name not in (_SHAPES | {"g"}) or name in copies or len(copies) > 8:
            self._refuse(f"a copy of {link[:60]!r}")
        x, y = (self._length(element, side) for side in "xy")
        self._element(source, _State(state.paint, through((1, 0, 0, 1, x, y), state.matrix)), (*copies, name))

    def _clip(self, text: str, matrix: Matrix) -> list[ClipStart]:
        """The clip that a property names: one shape."""
        if text == "none":
            return []
        name = re.fullmatch(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)", text)
        source = self._named.get(name[1]) if name else None
        if source is None or source.name != "clipPath" or len(source.children) != 1:
            self._refuse(f"clip-path {text[:60]}")
        (shape,), properties = source.children, self._properties_of(source.children[0])
        plain = not {"clip-path", "transform"} & set(self._properties_of(source)) and "clip-path" not in properties
        if source.attributes.get("clipPathUnits", "userSpaceOnUse") != "userSpaceOnUse" or not plain:
            self._refuse(f"clip-path {text[:60]}")
        if shape.name not in _SHAPES or "transform" in source.attributes or not is_shown(properties):
            self._refuse(f"clip-path {text[:60]}")
        return [ClipStart(self._outline(shape, self._moved(shape, matrix)), properties.get("clip-rule") == "evenodd")]

    def _shape(self, element: _Element, state: _State) -> None:
        self._shapes += 1
        if self._shapes > _MOST_SHAPES:
            self._wrong(f"the logo has more than {_MOST_SHAPES:,} shapes")
        paint = state.paint
        if paint["visibility"] != "visible":
            return
        fill, stroke = painted_colour(paint, "fill"), painted_colour(paint, "stroke")
        painted: list[Item] = []
        path = self._outline(element, state.matrix)
        if not path:
            return
        if fill and element.name != "line":
            painted.append(Fill(path, fill, paint["fill-rule"] == "evenodd"))
        if stroke and (line := self._stroke(path, stroke, state)):
            painted.append(line)
        order = paint["paint-order"].split()[:1]
        if order not in (["normal"], ["fill"], ["stroke"]):
            self._refuse(f"paint-order {paint['paint-order']}")
        self._items += painted[::-1] if order == ["stroke"] else painted

    def _stroke(self, path: Path, colour: Colour, state: _State) -> Stroke | None:
        paint, (a, b, c, d, _, _) = state.paint, state.matrix
        scale = math.sqrt(abs(a * d - b * c))
        # PDF would draw such a line thicker one way than the other, and its width is one number here.
        even = abs(a * c + b * d) < 1e-6 * scale * scale and abs(math.hypot(a, b) - math.hypot(c, d)) < 1e-6 * scale
        if not even:
            self._refuse("a line stretched by a transform")
        try:
            width = abs(length_of(paint["stroke-width"])) * scale
            limit = float(paint["stroke-miterlimit"])
            dashes = [] if paint["stroke-dasharray"] == "none" else re.split(r"[\s,]+", paint["stroke-dasharray"])
            dash = tuple(length_of(length) * scale for length in dashes)
        except ValueError as trouble:
            self._wrong(f"a line: {trouble}")
        if dash and (length_of(paint["stroke-dashoffset"]) or min(dash) < 0):
            self._refuse("dashes that do not begin at the beginning")
        join = {"miter": "mitre", "round": "round", "bevel": "bevel"}.get(paint["stroke-linejoin"])
        cap = paint["stroke-linecap"]
        if join is None or cap not in ("butt", "round", "square"):
            self._refuse(f"the line ends {paint['stroke-linejoin']!r} and {cap!r}")
        return Stroke(
            path,
            colour,
            width,
            dash if sum(dash) > 0 else (),
            cast('Literal["butt", "round", "square"]', cap),
            cast('Literal["mitre", "round", "bevel"]', join),
            limit,
        ) if width else None  # fmt: skip

    def _outline(self, element: _Element, matrix: Matrix) -> Path:
        path: list[Segment] = []
        try:
            for operator, points in outline_of(element.name, element.attributes):
                moved = [round(value, 4) for x, y in points for value in _at(matrix, x, y)]
                if not all(abs(value) < MOST for value in moved):
                    raise ValueError("a place beyond all size")
                path.append(cast("Segment", (operator, *moved)))
        except (ValueError, ArithmeticError) as trouble:
            self._wrong(f"<{element.name}>: {trouble}")
        self._segments += len(path)
        if self._segments > _MOST_SEGMENTS:
            self._wrong(f"the logo has more than {_MOST_SEGMENTS:,} lines", _HINT)
        return tuple(path)

    def _moved(self, element: _Element, matrix: Matrix) -> Matrix:
        if "transform" not in element.attributes:
            return matrix
        try:
            own = parse_transform(element.attributes["transform"])
        except ValueError as trouble:
            self._wrong(f"transform: {trouble}")
        if own is None:
            self._refuse(f"the transform {element.attributes['transform'][:60]!r}")
        return through(own, matrix)

    def _properties_of(self, element: _Element) -> dict[str, str]:
        return properties_of(element.name, element.attributes, self._rules)

    def _length(self, element: _Element, name: str) -> float:
        try:
            return length_of(element.attributes.get(name, "0"))
        except ValueError as trouble:
            self._wrong(f"{name}: {trouble}")

    def _refuse(self, what: str) -> NoReturn:
        self._wrong(f"the logo uses {what}, which is not read", _HINT)

    def _wrong(self, message: str, hint: str | None = None) -> NoReturn:
        raise BadInput([Problem(self._path, *self._at.place, message, hint)])


def _within(element: _Element) -> Iterator[_Element]:
    yield element
    for child in element.children:
        yield from _within(child)


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
