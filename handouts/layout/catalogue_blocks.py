"""The blocks of a catalogue's lists: headings, paragraphs, and lines that lead to a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any

from handouts.compose.text import Text, plain, wording
from handouts.layout.blocks import Block, Pen
from handouts.layout.theme import Theme
from handouts.pdf.canvas import TaggedCanvas
from handouts.pdf.structure import Element

PAGE_NUMBER_ROOM = 30.0


class Section:
    """A structure element that the blocks of several columns and pages share: opened by the first, gone on with after.

    A story is drawn twice, each time on another canvas; on each the element is a new one.
    """

    def __init__(self, tag: str, outer: Section | None = None, **how: Any) -> None:
        self.tag, self.outer, self.how = tag, outer, how
        self._canvas: TaggedCanvas | None = None
        self._element: Element | None = None

    @contextmanager
    def opened(self, canvas: TaggedCanvas) -> Iterator[None]:
        """Hold the element open on this canvas."""
        with self.outer.opened(canvas) if self.outer else nullcontext():
            if self._element and self._canvas is canvas:
                with canvas.reopen(self._element):
                    yield
            else:
                with canvas.tag(self.tag, **self.how) as self._element:
                    self._canvas = canvas
                    yield


class CatalogueBlock(Block):
    """A block in its section. Where links lead to it, `key` names it; `found_under` is what a page's head calls it."""

    def __init__(
        self, theme: Theme, section: Section | None = None, gap: float = 0.0, key: str = "", found_under: Text = ()
    ) -> None:
        super().__init__(theme, gap)
        self.section, self.key, self.found_under = section, key, found_under

    def draw(self) -> None:
        """As Platypus asks."""
        if self.key:
            self.canv.mark_place(self.key, self.height + 6)
        with self.section.opened(self.canv) if self.section else nullcontext():
            super().draw()


class TextBlock(CatalogueBlock):
    """A heading or a paragraph over the whole column; a heading keeps with what follows."""

    def __init__(self, theme: Theme, text: Text, style: str, tag: str, **how: Any) -> None:
        super().__init__(theme, **how)
        self.text, self.style_name, self.tag = text, style, tag
        self.keepWithNext = tag == "H2"

    def measure(self, width: float) -> float:
        return self.theme.tall(self.text, self.style_name, width)

    def paint(self, pen: Pen) -> None:
        colour = pen.palette.brand if self.tag == "H2" else pen.palette.ink
        pen.tagged(self.tag, 0, 0, self.text, self.style_name, width=self.width, colour=colour)


class ListItem(CatalogueBlock):
    """A line of a list."""

    def __init__(self, theme: Theme, text: Text, section: Section, gap: float) -> None:
        super().__init__(theme, section, gap)
        self.text = text

    def measure(self, width: float) -> float:
        return self.theme.tall(self.text, "small", width)

    def paint(self, pen: Pen) -> None:
        with pen.tag("LI"):
            pen.tagged("LBody", 0, 0, self.text, "small", width=self.width)


class PageLine(CatalogueBlock):
    """A line of a list with the page that it leads to at the right, dots between; all of it is a link.

    Args:
        target: the key of the block that it leads to.
        pages: the page of each key; filled when the story has been drawn once.
    """

    def __init__(
        self, theme: Theme, text: Text, style: str, target: str, pages: Mapping[str, int], section: Section, gap: float
    ) -> None:
        super().__init__(theme, section, gap)
        self.text, self.style_name, self.target, self.pages = text, style, target, pages

    def measure(self, width: float) -> float:
        self.room = width - PAGE_NUMBER_ROOM * self.theme.k
        return self.theme.tall(self.text, self.style_name, self.room)

    def paint(self, pen: Pen) -> None:
        theme, style, width = self.theme, self.style_name, self.width
        page = self.pages.get(self.target, 0)
        number = plain(str(page))
        spaced = (number[0]._replace(text=f" {page}"),)  # a reader keeps the number apart from the name
        with pen.tag("LI"), pen.tag("LBody"), pen.tag("Link"):
            pen.text(0, 0, self.text, style, width=self.room)
            last = theme.lines(self.text, style, self.room)[-1]
            dots, end = last.width + 5, width - theme.wide(number, style) - 5
            pen.text(width, self.height - theme.cap(style), spaced, style, align="right")
            pen.canvas.link_within(self.target, f"{wording(self.text)}, {page}", (0, -2, width, self.height + 4))
            if end > dots:
                pen.line(dots, self.height - 0.5, end, self.height - 0.5, pen.palette.rule, 0.75, dash=(0.75, 3))
