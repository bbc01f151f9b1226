"""A small, safe reader of SVG logos: shapes, groups, flat paint, transforms, class styles.

Whatever it does not know it refuses with the line, rather than print half a logo: text, pictures, gradients, links,
scripts, entities. Reads nothing but the bytes it is given. Knows no page.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from handouts.branding.colour import Colour, parse_colour
from handouts.branding.outlines import (
    MOST,
    NUMBER,
    Matrix,
    Outline,
    length_of,
    number_of,
    outline_of,
    parse_transform,
    through,
)
from handouts.errors import BadInput, Problem

_SVG = "http://www.w3.org/2000/svg"
_SILENT = {"title", "desc", "metadata", "defs", "style"}
_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_PAINT = {
    "fill": "black",
    "stroke": "none",
    "stroke-width": "1",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "fill-rule": "nonzero",
    "color": "black",
}
_MUST_BE_WHOLE = ("opacity", "fill-opacity", "stroke-opacity")
_MUST_BE_NONE = ("clip-path", "mask", "filter", "stroke-dasharray")
_MOST_CSS, _MOST_DECLARATIONS = 10_000, 100
"""Of a style sheet in characters and of one rule: the work is the product of rules and shapes."""
_HINT = "in the drawing program turn text and effects into flat shapes, or save the logo as PNG"


class _State(NamedTuple):
    """What a shape inherits."""

    paint: dict[str, str]
    matrix: Matrix


def parse_svg(data: bytes, path: str) -> tuple[bytes, float, float]:
    """The drawing as PDF operators from the lower left corner, and its width and height.

    Raises BadInput, with the line in `path`, for anything that would not be drawn rightly.
    """
    reader = _Reader(path)
    return reader.read(data)


class _Reader:
    def __init__(self, path: str) -> None:
        self._path = path
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._states: list[_State] = []
        self._skipping = 0
        self._in_style = False
        self._css: list[str] = []
        self._classes: dict[str, dict[str, str]] = {}
        self._operators: list[str] = []
        self._size = (0.0, 0.0)

    def read(self, data: bytes) -> tuple[bytes, float, float]:
        parser = self._parser
        parser.EntityDeclHandler = lambda *_: self._refuse("an entity")
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(data, True)
        except expat.ExpatError as trouble:
            self._wrong(f"is not well-formed XML: {expat.errors.messages[trouble.code]}")
        if not self._operators:
            self._wrong("the logo has no visible shapes")
        return "\n".join(self._operators).encode(), *self._size

    def _start(self, full_name: str, attributes: dict[str, str]) -> None:
        space, _, name = full_name.rpartition(" ")
        if self._skipping:
            # Only a style sheet inside <defs> matters; definitions are drawn through elements refused below.
            self._skipping += 1
            self._in_style = name == "style"
            return
        if not self._states:
            self._root(space, name, attributes)
            return
        if space != _SVG or name in _SILENT:
            self._skipping, self._in_style = 1, name == "style"
            return
        if name != "g" and name not in _SHAPES:
            self._refuse(f"<{name}>")
        state = self._inherit(attributes)
        self._states.append(state)
        if name in _SHAPES:
            self._shape(name, attributes, state)

    def _end(self, full_name: str) -> None:  # noqa: ARG002 - the parser has checked the names
        if not self._skipping:
            self._states.pop()
            return
        if self._in_style:
            self._style("".join(self._css))
            self._in_style = False
        self._skipping -= 1

    def _characters(self, text: str) -> None:
        if self._in_style:
            self._css.append(text)

    def _root(self, space: str, name: str, attributes: Mapping[str, str]) -> None:
        if (space, name) != (_SVG, "svg"):
            self._wrong("is not an SVG drawing")
        box = re.findall(NUMBER, attributes.get("viewBox", ""))
        if len(box) != 4:
            box = ["0", "0", self._length(attributes, "width"), self._length(attributes, "height")]
        try:
            left, top, width, height = map(number_of, box)
        except ValueError as trouble:
            self._wrong(f"the size of the logo: {trouble}")
        if not (0 < width < 1e6 and 0 < height < 1e6):
            self._wrong("the logo has no size: give it a viewBox")
        self._size = (width, height)
        # From y down to y up, with the lower left corner at the origin.
        matrix = (1.0, 0.0, 0.0, -1.0, -left, top + height)
        paint = self._paint(_PAINT, attributes)
        self._states.append(_State(paint, matrix))

    def _inherit(self, attributes: Mapping[str, str]) -> _State:
        outer = self._states[-1]
        matrix = outer.matrix
        if "transform" in attributes:
            try:
                own = parse_transform(attributes["transform"])
            except ValueError as trouble:
                self._wrong(f"transform: {trouble}")
            if own is None:
                self._refuse(f"the transform {attributes['transform'][:60]!r}")
            matrix = through(own, matrix)
        return _State(self._paint(outer.paint, attributes), matrix)

    def _paint(self, inherited: Mapping[str, str], attributes: Mapping[str, str]) -> dict[str, str]:
        given = dict(attributes)
        for name in dict.fromkeys(attributes.get("class", "").split()):
            given.update(self._classes.get(name, {}))
        given.update(_declarations(attributes.get("style", "")))
        for name in given:
            if name.startswith("on") or name.rpartition(" ")[2] == "href":
                self._refuse(f"the attribute {name.rpartition(' ')[2]!r}")
        for name in _MUST_BE_WHOLE:
            if given.get(name, "1").strip() not in ("1", "1.0", "100%"):
                self._refuse(f"{name} {given[name]}")
        for name in _MUST_BE_NONE:
            if given.get(name, "none").strip() != "none":
                self._refuse(name)
        paint = {name: given.get(name, inherited[name]).strip() for name in _PAINT}
        paint["hidden"] = "yes" if given.get("display") == "none" or inherited.get("hidden") == "yes" else ""
        return paint

    def _style(self, css: str) -> None:
        self._css.clear()
        if len(css) > _MOST_CSS:
            self._refuse(f"a style sheet of {len(css):,} characters")
        css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
        rule = re.compile(r"([^{}]+)\{([^{}]*)\}")
        if rest := rule.sub("", css).strip():
            self._refuse(f"the style {rest[:40]!r}")
        for selectors, body in rule.findall(css):
            if body.count(";") > _MOST_DECLARATIONS:
                self._refuse("a very long style rule")
            for selector in selectors.split(","):
                name = re.fullmatch(r"\s*\.([\w-]+)\s*", selector)
                if not name:
                    self._refuse(f"the style rule {selector.strip()!r}")
                self._classes.setdefault(name[1], {}).update(_declarations(body))

    def _shape(self, name: str, attributes: Mapping[str, str], state: _State) -> None:
        paint = state.paint
        fill, stroke = self._colour(paint, "fill"), self._colour(paint, "stroke")
        if name == "line":
            fill = None
        if paint["hidden"] or (fill is None and stroke is None):
            return
        try:
            outline = outline_of(name, attributes)
            if outline:
                self._operators += _painted(outline, state, fill, stroke)
        except (ValueError, ArithmeticError) as trouble:
            self._wrong(f"<{name}>: {trouble}")

    def _colour(self, paint: Mapping[str, str], name: str) -> Colour | None:
        text = paint[name]
        if text == "currentColor":
            text = paint["color"]
        if text == "none":
            return None
        if re.fullmatch(r"#[0-9A-Fa-f]{3}", text):
            text = "#" + "".join(2 * digit for digit in text[1:])
        if text.startswith("#"):
            try:
                return parse_colour(text)
            except ValueError:
                self._refuse(f"the colour {text[:60]}")
        parts = re.fullmatch(r"rgb\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*\)", text)
        if parts:
            red, green, blue = (min(int(part), 255) / 255 for part in parts.groups())
            return red, green, blue
        from reportlab.lib.colors import getAllNamedColors

        named = getAllNamedColors().get(text.lower())
        if named is None:
            self._refuse(f"the paint {text[:60]}")
        return named.red, named.green, named.blue

    def _length(self, attributes: Mapping[str, str], name: str) -> str:
        number = re.match(NUMBER, attributes.get(name, ""))
        return number[0] if number else "0"

    def _refuse(self, what: str) -> NoReturn:
        self._wrong(f"the logo uses {what}, which is not read", _HINT)

    def _wrong(self, message: str, hint: str | None = None) -> NoReturn:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        raise BadInput([Problem(self._path, line, column, message, hint)])


def _declarations(css: str) -> dict[str, str]:
    return {name.strip(): value.strip() for name, _, value in (part.partition(":") for part in css.split(";")) if value}


def _painted(outline: Outline, state: _State, fill: Colour | None, stroke: Colour | None) -> list[str]:
    matrix, paint = state.matrix, state.paint
    operators = ["q"]
    if fill:
        operators.append("{:.4g} {:.4g} {:.4g} rg".format(*fill))
    if stroke:
        scale = math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
        caps = {"butt": 0, "round": 1, "square": 2}
        joins = {"miter": 0, "round": 1, "bevel": 2}
        width = abs(length_of(paint["stroke-width"])) * scale
        operators.append("{:.4g} {:.4g} {:.4g} RG".format(*stroke))
        operators.append(f"{width:.3f} w {caps.get(paint['stroke-linecap'], 0)} J")
        operators.append(f"{joins.get(paint['stroke-linejoin'], 0)} j")
    for operator, points in outline:
        moved = [value for point in points for value in _moved(matrix, point)]
        if not all(abs(value) < MOST for value in moved):
            raise ValueError("a place beyond all size")
        operators.append(" ".join([*(f"{value:.3f}" for value in moved), operator]))
    star = "*" if fill and paint["fill-rule"] == "evenodd" else ""
    operators.append(("B" if stroke else "f") + star if fill else "S")
    return [*operators, "Q"]


def _moved(matrix: Matrix, point: tuple[float, float]) -> tuple[float, float]:
    (a, b, c, d, e, f), (x, y) = matrix, point
    return a * x + c * y + e, b * x + d * y + f
