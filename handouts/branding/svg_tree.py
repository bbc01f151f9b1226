"""An SVG file as a tree of elements, each with the place where it begins. Reads nothing but the bytes it is given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from handouts.errors import BadInput, Problem

SVG, _XHTML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"
_LINK = ("href", "http://www.w3.org/1999/xlink href")
_MOST_DEPTH = 64
"""Of groups within groups."""
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
