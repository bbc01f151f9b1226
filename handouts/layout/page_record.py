"""A canvas that paints nothing and writes down what would stand where: what the page checks look at.

Places are in points from the lower left corner of the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from handouts.layout.theme import CAP
from handouts.pdf.canvas import TaggedCanvas
from handouts.pdf.fonts import Weight, face
from handouts.pdf.marked_content import Artifact, Box

DESCENT = 0.2
"""How far g and y reach under the baseline, in em."""
_DESCENDING = frozenset("gjpqyQ,;()")


class Area(NamedTuple):
    """An upright box."""

    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: Area) -> float:
        """By how many points two boxes overlap, across or down, whichever is less; 0 or less where they do not."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return min(across, min(self.top, other.top) - max(self.bottom, other.bottom))

    def holds(self, other: Area, slack: float) -> bool:
        """Whether another box lies within this one."""
        return (
            self.left - slack <= other.left
            and self.bottom - slack <= other.bottom
            and other.right <= self.right + slack
            and other.top <= self.top + slack
        )


@dataclass(frozen=True)
class PlacedText:
    """A piece of a line. `running` where it is part of the head or foot; `goes_on` where its text has a line more."""

    text: str
    x: float
    baseline: float
    width: float
    size: float
    colour: tuple[float, ...]
    running: bool
    goes_on: bool
    first_letter: float
    last_letter: float

    @property
    def capitals(self) -> Area:
        """From the baseline to the cap line, without spaces at either end."""
        return Area(self.first_letter, self.baseline, self.last_letter, self.baseline + CAP * self.size)

    @property
    def ink(self) -> Area:
        """The same, and below the baseline where its letters reach there."""
        below = DESCENT * self.size if _DESCENDING.intersection(self.text) else 0.0
        return self.capitals._replace(bottom=self.baseline - below)


@dataclass(frozen=True)
class PlacedShape:
    """A box, a rule or another shape by the box around it."""

    area: Area
    running: bool


@dataclass
class PageRecord:
    """What one page shows, in the order of drawing."""

    width: float
    height: float
    texts: list[PlacedText] = field(default_factory=list)
    shapes: list[PlacedShape] = field(default_factory=list)
    pictures: list[Area] = field(default_factory=list)

    def lines(self) -> Iterator[list[PlacedText]]:
        """The pieces of each line, which may change its weight half-way."""
        line: list[PlacedText] = []
        for piece in self.texts:
            if line and not _continues(line[-1], piece):
                yield line
                line = []
            line.append(piece)
        if line:
            yield line

    def paragraphs(self) -> Iterator[list[PlacedText]]:
        """The pieces of each text, over all its lines."""
        whole: list[PlacedText] = []
        for line in self.lines():
            if whole and not whole[-1].goes_on:
                yield whole
                whole = []
            whole += line
        if whole:
            yield whole


def _continues(last: PlacedText, piece: PlacedText) -> bool:
    touches = abs(last.x + last.width - piece.x) < 0.1 and last.baseline == piece.baseline
    return touches and not last.goes_on


class _Points:
    """A path by the points that it goes through."""

    def __init__(self) -> None:
        self.points: list[tuple[float, float]] = []

    def moveTo(self, *numbers: float) -> None:  # noqa: N802 - ReportLab's names
        self.points += zip(numbers[::2], numbers[1::2], strict=True)

    lineTo = curveTo = moveTo  # noqa: N815

    def close(self) -> None:
        """A path ends where it began."""


class RecordingCanvas(TaggedCanvas):
    """Draw pages on it, then read `pages`. Text must be tagged as on any canvas; nothing is painted."""

    def __init__(self, page_size: tuple[float, float]) -> None:
        super().__init__(None, page_size, title="record", lang="en", date=dt.date(2000, 1, 1))
        self.pages: list[PageRecord] = []
        self._page = PageRecord(*page_size)

    def showPage(self) -> None:  # noqa: N802
        self.discard_page()
        self.pages.append(self._page)
        self._page = PageRecord(*self._pagesize)

    def draw_text(
        self,
        x: float,
        baseline: float,
        text: str,
        weight: Weight,
        size: float,
        colour: tuple[float, float, float],
        fallback: bool = False,
        line_end: bool = False,
    ) -> None:
        super().draw_text(x, baseline, text, weight, size, colour, fallback, line_end)
        if text.strip():
            left, base = self.absolutePosition(x, baseline)
            measured = face(weight, fallback).width
            spaces = len(text) - len(text.lstrip())
            self._page.texts.append(
                PlacedText(
                    text, left, base, measured(text, size), size, colour, self._running, line_end,
                    left + measured(text[:spaces], size), left + measured(text.rstrip(), size),
                )
            )  # fmt: skip

    def draw_drawing(
        self, _drawing: Any, _colours: Any, x: float, y: float, width: float, height: float, *_: Any
    ) -> None:
        self._page.pictures.append(self._area([(x, y), (x + width, y + height)]))

    def draw_bitmap(self, _image: Any, x: float, y: float, width: float, height: float) -> None:
        self._page.pictures.append(self._area([(x, y), (x + width, y + height)]))

    def link(self, url: str, description: str, box: Box) -> None:
        """Nothing shows."""

    def link_within(self, place: str, description: str, box: Box) -> None:
        """Nothing shows."""

    def rect(self, x: float, y: float, width: float, height: float, *_: Any, **__: Any) -> None:
        self._shape([(x, y), (x + width, y + height)])

    roundRect = rect  # noqa: N815

    def ellipse(self, x1: float, y1: float, x2: float, y2: float, *_: Any, **__: Any) -> None:
        self._shape([(x1, y1), (x2, y2)])

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self.lines([(x1, y1, x2, y2)])

    def lines(self, linelist: Sequence[tuple[float, float, float, float]]) -> None:
        for x1, y1, x2, y2 in linelist:
            if x1 == x2 or y1 == y2:  # others are the strokes of signs and hatching
                self._shape([(x1, y1), (x2, y2)])

    def beginPath(self) -> _Points:  # noqa: N802
        return _Points()

    def drawPath(self, aPath: _Points, *_: Any, **__: Any) -> None:  # noqa: N802, N803
        self._shape(aPath.points)

    def clipPath(self, *_: Any, **__: Any) -> None:  # noqa: N802
        """What is cut away is measured all the same."""

    @property
    def _running(self) -> bool:
        scope = self.scopes[-1]
        return isinstance(scope, Artifact) and "Pagination" in scope.opening

    def _shape(self, points: Iterable[tuple[float, float]]) -> None:
        self._page.shapes.append(PlacedShape(self._area(points), self._running))

    def _area(self, points: Iterable[tuple[float, float]]) -> Area:
        across, up = zip(*(self.absolutePosition(x, y) for x, y in points), strict=True)
        return Area(min(across), min(up), max(across), max(up))
