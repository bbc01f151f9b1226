"""A canvas that notes what the sheet draws, so that every engine gets the same words and the same figures.

Where a thing stands is thrown away, except how large a picture is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from handouts.drawing import Colours, Drawing, replay, to_svg
from handouts.pdf.canvas import TaggedCanvas
from handouts.pdf.fonts import BASE_FONT
from handouts.pdf.structure import Element
from tests.benchmarks.engines.told import Graphic, Node, Picture, Told, Words


class Teller(TaggedCanvas):
    """The canvas that a handout is drawn on, which notes what belongs to which element of which page."""

    def __init__(self, page_size: tuple[float, float], title: str, lang: str, date: dt.date) -> None:
        super().__init__(None, page_size, title=title, lang=lang, date=date)
        self.told = Told(title, lang, page_size, [Node("Page")], {})
        self._nodes: dict[object, Node] = {}

    def showPage(self) -> None:  # noqa: N802
        """A new page; what is open goes on there."""
        super().showPage()
        self.told.pages.append(Node("Page"))
        self._nodes = {}

    @contextmanager
    def tag(self, tag: str, **how: Any) -> Iterator[Element]:  # type: ignore[override]
        """A new element; an empty cell is a cell too."""
        with super().tag(tag, **how) as element:
            self._node(element)
            yield element

    def draw_text(
        self,
        x: float,
        baseline: float,
        text: str,
        weight: Any,
        size: float,
        colour: Any,
        fallback: bool = False,
        line_end: bool = False,
    ) -> None:
        """Words of the element that is open."""
        super().draw_text(x, baseline, text, weight, size, colour, fallback, line_end)
        if text:
            self._here().kids.append(Words(text + " " * line_end, weight, size, colour))

    def link(self, url: str, description: str, box: Any) -> None:
        """The element that is open leads somewhere."""
        super().link(url, description, box)
        self._here().url = url

    def draw_drawing(
        self,
        drawing: Drawing,
        colours: Colours,
        x: float,
        y: float,
        width: float,
        height: float,
        line_scale: float = 1.0,
    ) -> None:
        """A drawing in the element that is open."""
        super().draw_drawing(drawing, colours, x, y, width, height, line_scale)
        if drawing.key not in self.told.drawings:
            plain = Canvas(BytesIO(), initialFontName=BASE_FONT)
            replay(drawing, plain, colours, line_scale)
            self.told.drawings[drawing.key] = Graphic(
                drawing.width, drawing.height, to_svg(drawing, colours, line_scale), plain.getCurrentPageContent()
            )
        self._here().kids.append(Picture(drawing.key, width, height))

    def _here(self) -> Node:
        """The node of what is open: an element, or an artifact, which stands in the page itself."""
        scope = self.scopes[-1]
        return self._node(scope) if isinstance(scope, Element) else self._known(scope, Node("Artifact"), None)

    def _node(self, element: Element) -> Node:
        """The node of an element on this page, made with all around it that is not there yet."""
        if element is self.tree.document:
            return self.told.pages[-1]
        return self._known(element, Node(element.tag, element.alt or "", element.lang or ""), element.parent)

    def _known(self, key: object, new: Node, parent: Element | None) -> Node:
        if key not in self._nodes:
            around = self._node(parent) if parent else self.told.pages[-1]
            self._nodes[key] = new
            around.kids.append(new)
        return self._nodes[key]
