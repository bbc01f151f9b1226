"""An SVG file that is being read: a tree of elements, their style, and what is wrong with them, at which place.

Reads nothing but the bytes it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from handouts.branding.svg_shapes import MOST_SEGMENTS, Matrix, Size, length, parse_transform, through
from handouts.branding.svg_style import INHERITED, NotRead, Rule, inherited, parse_sheet, properties_of
from handouts.errors import BadInput, Problem

SVG, _XHTML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"
_LINK = ("href", "http://www.w3.org/1999/xlink href")
_MOST_DEPTH = 64
"""Of groups within groups."""
_MOST_ELEMENTS = 20_000
"""Once every copy is drawn."""
_LONG = {"d", "points", "class", "style", "href"}
_MOST_ATTRIBUTE = 500
"""Characters of another attribute of SVG's: each copy of an element reads it again."""
_MOST_ENTITIES, _MOST_ENTITY = 500_000, 200
"""Characters of all entities where they are used, and of one."""
_ACTIVE = {"script", "animate", "animateColor", "animateMotion", "animateTransform", "set", "handler", "listener"}
"""Elements that change what is seen wherever they stand."""


@dataclass
class Element:
    """An element of the file; `name` is empty for one that is not SVG's and shows nothing."""

    name: str
    attributes: dict[str, str]
    place: tuple[int, int]
    parent: Element | None = None
    children: list[Element] = field(default_factory=list)
    text: str = ""
    properties: dict[str, str] | None = None
    """What its style says, once that is known."""

    @property
    def link(self) -> str:
        """What it refers to."""
        return next((self.attributes[name] for name in _LINK if name in self.attributes), "")

    def within(self) -> Iterator[Element]:
        """Itself and all that is in it."""
        yield self
        for child in self.children:
            yield from child.within()


def parse_tree(data: bytes, path: str) -> Element:
    """The outermost element. A file without any namespace, as it is cut out of a web page, is taken for SVG.

    Raises BadInput for what is not well-formed, for what moves or runs, and for entities that could be bombs.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    top = Element("", {}, (0, 0))
    open_elements = [top]
    spaces, entities = {SVG}, {"amp", "lt", "gt", "quot", "apos"}

    def wrong(message: str, hint: str | None = None) -> NoReturn:
        place = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        raise BadInput([Problem(path, *place, message, hint)])

    def entity(name: str, parameter: bool, value: str | None, *_: str | None) -> None:
        # Illustrator declares its namespaces and styles so: plain text that holds no other entity.
        if parameter or value is None or set(value) & {"&", "%", "<"} or len(value) > _MOST_ENTITY:
            wrong("the logo uses an entity, which is not read")
        if data.count(b"&") * len(value) > _MOST_ENTITIES:
            wrong("the logo uses entities without end")
        entities.add(name)

    def start(full_name: str, attributes: dict[str, str]) -> None:
        space, _, name = full_name.rpartition(" ")
        if len(open_elements) == 1 and full_name == "svg":
            spaces.add("")
        is_active = name in _ACTIVE and space in spaces and all(element.name for element in open_elements[1:])
        if is_active or (space == _XHTML and name in ("style", "link", "script")):
            wrong(
                f"the logo uses <{name}>, which is not read",
                "save it without scripts, animation and parts of web pages",
            )
        for key, value in attributes.items():
            if len(value) > _MOST_ATTRIBUTE and key not in _LONG and " " not in key:
                wrong(f"the attribute {key[:40]!r} has more than {_MOST_ATTRIBUTE} characters", "save it as PNG")
        place = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        parent = open_elements[-1] if len(open_elements) > 1 else None
        element = Element(name if space in spaces else "", attributes, place, parent)
        open_elements[-1].children.append(element)
        open_elements.append(element)
        # Elements are walked by recursion: a file nested without end would exhaust the stack.
        if len(open_elements) > _MOST_DEPTH:
            wrong("the logo has groups within groups without end")

    def instruction(target: str, _data: str) -> None:
        if target == "xml-stylesheet":
            wrong("the logo uses a style sheet of another file, which is not read", "write the styles into the drawing")

    def characters(text: str) -> None:
        open_elements[-1].text += text

    parser.EntityDeclHandler = entity
    parser.ProcessingInstructionHandler = instruction
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: open_elements.pop()
    parser.CharacterDataHandler = characters
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
    except expat.ExpatError as trouble:
        wrong(f"is not well-formed XML: {expat.errors.messages[trouble.code]}")
    # In a file that names a document type expat takes an entity that is declared nowhere for nothing at all.
    for used in re.finditer(rb"&([A-Za-z][\w.-]*);", data):
        if used[1].decode() not in entities:
            line = data.count(b"\n", 0, used.start()) + 1
            column = used.start() - data.rfind(b"\n", 0, used.start())
            raise BadInput(
                [Problem(path, line, column, f"the logo uses the entity {used[0].decode()}, which is not read")]
            )
    if top.children[0].name != "svg":
        raise BadInput([Problem(path, *top.children[0].place, "is not an SVG drawing")])
    return top.children[0]


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
    """What a shape takes from its groups: how it is painted, where it lies, what percentages are taken of.

    `links` are those that led here, by <use>, clip or mask.
    """

    paint: dict[str, str]
    matrix: Matrix
    viewport: Size
    links: tuple[str, ...] = ()


class Document:
    """One file. What goes wrong is told at the element `at`, the one being read.

    Raises BadInput for a file that is not well-formed.
    """

    def __init__(self, data: bytes, path: str) -> None:
        self._path = path
        self.root = self.at = parse_tree(data, path)
        self._named: dict[str, Element] = {}
        for element in self.root.within():
            if name := element.attributes.get("id"):
                self._named.setdefault(name, element)
        self._rules: list[Rule] = []
        self.elements = self.segments = 0
        """What was drawn or looked up so far, every copy counted."""

    def read_styles(self) -> None:
        """Read the style sheets, before any element. Raises NotRead."""
        for element in self.root.within():
            if element.name != "style":
                continue
            self.at = element
            kind, media = (element.attributes.get(name, "").strip().lower() for name in ("type", "media"))
            if kind not in _STYLE_KINDS or media not in _MEDIA:
                raise NotRead(f"a style sheet for {media or kind}")
            self._rules += parse_sheet(element.text)
        self._rules.sort(key=lambda rule: rule.weight)

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

    def count(self, *, elements: int = 0, segments: int = 0) -> None:
        """Add to the work that the file makes. Raises BadInput when it is more than a logo can be."""
        self.elements += elements
        self.segments += segments
        if self.elements > _MOST_ELEMENTS or self.segments > MOST_SEGMENTS:
            self.wrong(f"the logo has more than {_MOST_ELEMENTS:,} shapes or {MOST_SEGMENTS:,} lines", "save it as PNG")

    def referred(self, link: str, names: set[str]) -> Element:
        """The element that "#id" or "url(#id)" means, of these names. Raises NotRead for another or none."""
        name = re.fullmatch(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)|#(.*)", link)
        source = self._named.get(name[1] or name[2]) if name else None
        if source is None or source.name not in names:
            raise NotRead(f"{link[:60]!r}" if source is None else f"<{source.name}>")
        return source

    def length(self, element: Element, name: str, viewport: Size, default: str = "0") -> float:
        """The length that an attribute gives. Raises BadInput."""
        try:
            return length(element.attributes, name, viewport, default)
        except ValueError as trouble:
            self.wrong(f"{name}: {trouble}")

    def moved(self, element: Element, matrix: Matrix, attribute: str = "transform") -> Matrix:
        """The matrix for what is in an element that has a transform. Raises BadInput and NotRead."""
        text = element.attributes.get(attribute, "")
        try:
            own = parse_transform(text)
        except ValueError as trouble:
            self.wrong(f"{attribute}: {trouble}")
        if own is None:
            raise NotRead(f"the {attribute} {text[:60]!r}")
        return through(own, matrix)

    def refuse(self, what: NotRead) -> NoReturn:
        """Something that would not be drawn rightly."""
        self.wrong(f"the logo uses {what}, which is not read", _HINTS.get(str(what), _HINT))

    def wrong(self, message: str, hint: str | None = None) -> NoReturn:
        """Something wrong with the element at hand."""
        raise BadInput([Problem(self._path, *self.at.place, message, hint)])
