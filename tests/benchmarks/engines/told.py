"""A handout told without its layout: per page the headings, paragraphs, lists, tables and pictures, in reading order.

A canvas that records what the sheet draws, so that every engine gets the same words and the same figures. Where a
thing stands is thrown away, except how large a picture is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from handouts.figures import Drawing
from handouts.pdf.fonts import Face
from handouts.pdf.tagging.shapes import Surface

SIGNS = ("sign ", "dot ")
"""How the keys of the page's small signs begin."""


@dataclass
class Words:
    """A stretch of text in one face; sizes in points."""

    text: str
    weight: str
    size: float
    colour: tuple[float, float, float]


@dataclass
class Picture:
    """A drawing by its key, as large as the handout shows it, in points."""

    key: str
    width: float
    height: float


@dataclass
class Node:
    """A structure element with what is in it on one page; running lines are nodes with the tag "Artifact"."""

    tag: str
    alt: str = ""
    lang: str = ""
    url: str = ""
    kids: list[Node | Words | Picture] = field(default_factory=list)

    def nodes(self, tag: str = "") -> list[Node]:
        """The kids that are nodes, of one tag or of any."""
        return [kid for kid in self.kids if isinstance(kid, Node) and tag in ("", kid.tag)]

    def words(self) -> list[Words]:
        """All words in this node, in order."""
        found: list[Words] = []
        for kid in self.kids:
            found += kid.words() if isinstance(kid, Node) else [kid] if isinstance(kid, Words) else []
        return found

    def pictures(self) -> list[Picture]:
        """All pictures in this node, in order."""
        found: list[Picture] = []
        for kid in self.kids:
            found += kid.pictures() if isinstance(kid, Node) else [kid] if isinstance(kid, Picture) else []
        return found


@dataclass
class Told:
    """A whole handout: its pages, and the drawings they show by key."""

    title: str
    lang: str
    page_size: tuple[float, float]
    pages: list[Node]
    drawings: dict[str, Drawing]


class Teller(Surface):
    """Takes the place of the tagged canvas while a sheet is drawn."""

    def __init__(self, page_size: tuple[float, float], title: str, lang: str) -> None:
        self.page_size = page_size
        self.told = Told(title, lang, page_size, [], {})
        self._open: list[list[Any]] = []  # [the element's node on this page, or None; tag, alt, lang; page]

    def begin_page(self, number: int | None = None) -> None:  # noqa: ARG002 - the canvas' own signature
        """A new page; what is open goes on there."""
        self.told.pages.append(Node("Page"))

    def repeat(self, _key: object, draw: Callable[[], object]) -> None:
        """What is drawn is told each time."""
        draw()

    def divide(self) -> None:
        """A page's streams are nothing to tell of."""

    def end_page(self) -> None:
        """Nothing is left to do."""

    @contextmanager
    def tag(self, tag: str, *, alt: str = "", lang: str | None = None, **_how: Any) -> Iterator[dict[str, Any]]:
        """A new element."""
        element = {"tag": tag, "alt": alt, "lang": lang or "", "parent": self._open[-1] if self._open else None}
        self._node(element, self.told.pages[-1])  # an empty cell is a cell
        self._open.append(element)
        yield element
        self._open.pop()

    @contextmanager
    def reopen(self, element: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """An element goes on."""
        self._open.append(element)
        yield element
        self._open.pop()

    @contextmanager
    def artifact(self, kind: str | None = None) -> Iterator[None]:  # noqa: ARG002
        """A running line."""
        with self.tag("Artifact"):
            yield

    @contextmanager
    def figure(self, alt: str, box: Any) -> Iterator[dict[str, Any]]:  # noqa: ARG002
        """A picture with its words."""
        with self.tag("Figure", alt=alt) as element:
            yield element

    def text(
        self, _x: float, _baseline: float, string: str, face: Face, size: float, colour: Any, *, line_end: bool = False
    ) -> None:
        """Words of the element that is open."""
        if string:
            weight = {"R": "regular", "M": "medium", "S": "semibold", "B": "bold", "X": "extrabold"}[face.key]
            self._here().kids.append(Words(string + " " * line_end, weight, size, colour))

    def path(self, steps: Any, **how: Any) -> None:
        """Lines and boxes belong to the layout: every engine draws its own."""

    def link(self, url: str, description: str, box: Any) -> None:  # noqa: ARG002
        """The element that is open leads somewhere."""
        self._here().url = url

    def form(self, key: str, drawing: Drawing) -> tuple[str, Drawing]:
        """A drawing by its key; the small signs beside words belong to the layout."""
        return key, drawing

    def paint(
        self,
        form: tuple[str, Drawing],
        x: float,  # noqa: ARG002
        y: float,  # noqa: ARG002
        scale: float = 1,
        *,
        part: tuple[float, float] | None = None,
    ) -> None:
        """A drawing in the element that is open; here each frame of a figure is a drawing of its own."""
        key, drawing = form
        if key.startswith(SIGNS):
            return
        if part:
            key, drawing = f"{key} {part[0]:.0f}", _alone(drawing, *part)
        self.told.drawings[key] = drawing
        self._here().kids.append(Picture(key, drawing.width * scale, drawing.height * scale))

    def _here(self) -> Node:
        """The node of the innermost open element on this page, made with all around it that is not there yet."""
        page = self.told.pages[-1]
        return self._node(self._open[-1], page) if self._open else page

    def _node(self, element: dict[str, Any], page: Node) -> Node:
        if element.get("page") is not page:
            parent = self._node(element["parent"], page) if element["parent"] else page
            element["page"], element["node"] = page, Node(element["tag"], element["alt"], element["lang"])
            parent.kids.append(element["node"])
        node: Node = element["node"]
        return node


def _alone(strip: Drawing, left: float, width: float) -> Drawing:
    """One frame of a strip, without what clips it there."""
    _, *blocks = re.split(rb"q 1 0 0 1 (\d+\.\d\d) 0 cm 0 0 \S+ \S+ re W n ", strip.operators)
    frames = {float(at): block.rsplit(b"\nQ\n", 1)[0] for at, block in zip(blocks[0::2], blocks[1::2], strict=True)}
    return Drawing.of(frames[round(left, 2)], width, strip.height, strip.key)
