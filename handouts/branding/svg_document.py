"""An SVG file that is being read: its elements by name, their style, and what is wrong with them, at which place."""

from __future__ import annotations

import re
from typing import NamedTuple, NoReturn

from handouts.branding.svg_shapes import Matrix, Size, length, parse_transform, through
from handouts.branding.svg_style import INHERITED, NotRead, Rule, inherited, parse_sheet, properties_of
from handouts.branding.svg_tree import Element, parse_tree
from handouts.errors import BadInput, Problem

_HINT = "in the drawing program turn text and effects into flat shapes, or save the logo as PNG"
_OUTLINES = (
    "convert the text to outlines: Type > Create Outlines in Illustrator, Path > Object to Path in Inkscape, "
    "Flatten in Figma"
)
_HINTS = {
    "<text>": _OUTLINES,
    "<flowRoot>": _OUTLINES,
    "<image>": "an SVG logo is drawn from its shapes alone: trace the picture, or save the whole logo as PNG",
}
_STYLE_KINDS = {"", "text/css"}
_MEDIA = {"", "all", "print", "screen"}


class State(NamedTuple):
    """What a shape takes from its groups: how it is painted, where it lies, what percentages are taken of."""

    paint: dict[str, str]
    matrix: Matrix
    viewport: Size


class Document:
    """One file. What goes wrong is told at the element `at`, the one being read.

    Raises BadInput for a file that is not well-formed, or whose style sheet is not read.
    """

    def __init__(self, data: bytes, path: str) -> None:
        self._path = path
        self.root = self.at = parse_tree(data, path)
        self._named: dict[str, Element] = {}
        rules: list[Rule] = []
        for element in self.root.within():
            if name := element.attributes.get("id"):
                self._named.setdefault(name, element)
            if element.name == "style":
                rules += self._sheet(element)
        self._rules = sorted(rules, key=lambda rule: rule.weight)

    def _sheet(self, element: Element) -> list[Rule]:
        self.at = element
        kind, media = (element.attributes.get(name, "").strip().lower() for name in ("type", "media"))
        if kind not in _STYLE_KINDS or media not in _MEDIA:
            self.refuse(f"a style sheet for {media or kind}")
        try:
            return list(parse_sheet(element.text))
        except NotRead as trouble:
            self.refuse(str(trouble))

    def properties(self, element: Element) -> dict[str, str]:
        """What is said of an element alone. Raises NotRead."""
        if element.properties is None:
            outermost = element is self.root
            element.properties = properties_of(element.name, element.attributes, self._rules, outermost=outermost)
        return element.properties

    def paint(self, element: Element) -> dict[str, str]:
        """What an element is painted with where it stands in the file. Raises NotRead."""
        outer = self.paint(element.parent) if element.parent else INHERITED
        return inherited(outer, self.properties(element))

    def referred(self, link: str, names: set[str]) -> Element:
        """The element that "#id" or "url(#id)" means, of these names. Raises BadInput for another or none."""
        name = re.fullmatch(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)|#(.*)", link)
        source = self._named.get(name[1] or name[2]) if name else None
        if source is None or source.name not in names:
            self.refuse(f"{link[:60]!r}" if source is None else f"<{source.name}>")
        return source

    def length(self, element: Element, name: str, viewport: Size, default: str = "0") -> float:
        """The length that an attribute gives. Raises BadInput."""
        try:
            return length(element.attributes, name, viewport, default)
        except ValueError as trouble:
            self.wrong(f"{name}: {trouble}")

    def moved(self, element: Element, matrix: Matrix, attribute: str = "transform") -> Matrix:
        """The matrix for what is in an element that has a transform. Raises BadInput."""
        text = element.attributes.get(attribute, "")
        try:
            own = parse_transform(text)
        except ValueError as trouble:
            self.wrong(f"{attribute}: {trouble}")
        if own is None:
            self.refuse(f"the {attribute} {text[:60]!r}")
        return through(own, matrix)

    def refuse(self, what: str) -> NoReturn:
        """Something that would not be drawn rightly."""
        self.wrong(f"the logo uses {what}, which is not read", _HINTS.get(what, _HINT))

    def wrong(self, message: str, hint: str | None = None) -> NoReturn:
        """Something wrong with the element at hand."""
        raise BadInput([Problem(self._path, *self.at.place, message, hint)])
