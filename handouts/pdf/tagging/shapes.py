"""Outlines as values, and the simple shapes every page draws. Coordinates in points, x from the left, y down.

Knows no PDF syntax beyond a drawing's finished operators, and no tags.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Literal, Protocol

Point = tuple[float, float]
Colour = tuple[float, float, float]
Step = tuple[Any, ...]
"""('m', x, y) begins an outline, ('l', x, y) is a line, ('c', x1, y1, x2, y2, x, y) a Bézier curve, ('h',) closes."""

_HANDLE = 0.5522847498
"""Length of the handles of a Bézier quarter circle of radius 1."""


class Drawing(Protocol):
    """Finished vector art: PDF operators in points, origin at the lower left of a box of `width` × `height`.

    They set every colour and line that they use: what is set on a page is not known to them. A drawing that also has
    them deflated, as `packed`, is stored as it is.
    """

    @property
    def operators(self) -> bytes: ...
    @property
    def width(self) -> float: ...
    @property
    def height(self) -> float: ...


class Path(list[Step]):
    """An outline, built by chaining: `Path().move(0, 0).line(10, 0).close()`."""

    def move(self, x: float, y: float) -> Path:
        """Begin a new outline here."""
        self.append(("m", x, y))
        return self

    def line(self, x: float, y: float) -> Path:
        """A straight line to here."""
        self.append(("l", x, y))
        return self

    def curve(self, x1: float, y1: float, x2: float, y2: float, x: float, y: float) -> Path:
        """A cubic Bézier to (x, y) with the two handles before it."""
        self.append(("c", x1, y1, x2, y2, x, y))
        return self

    def close(self) -> Path:
        """Join the outline to its beginning."""
        self.append(("h",))
        return self

    def placed(self, x: float = 0, y: float = 0, scale: float = 1) -> Path:
        """A copy, scaled about the origin and then moved."""
        return Path((op, *(v * scale + (y if i % 2 else x) for i, v in enumerate(at))) for op, *at in self)

    @staticmethod
    def polygon(points: Sequence[Point], *, closed: bool = True) -> Path:
        """Straight lines through the points."""
        path = Path().move(*points[0])
        for point in points[1:]:
            path.line(*point)
        return path.close() if closed else path

    @staticmethod
    def ellipse(x: float, y: float, rx: float, ry: float) -> Path:
        """An ellipse about (x, y) with upright axes."""
        kx, ky = rx * _HANDLE, ry * _HANDLE
        path = Path().move(x + rx, y)
        path.curve(x + rx, y + ky, x + kx, y + ry, x, y + ry).curve(x - kx, y + ry, x - rx, y + ky, x - rx, y)
        path.curve(x - rx, y - ky, x - kx, y - ry, x, y - ry).curve(x + kx, y - ry, x + rx, y - ky, x + rx, y)
        return path.close()

    @staticmethod
    def disc(x: float, y: float, radius: float) -> Path:
        """A circle about (x, y)."""
        return Path.ellipse(x, y, radius, radius)

    @staticmethod
    def box(x: float, y: float, across: float, down: float, radius: float = 0, corners: str = "tl tr br bl") -> Path:
        """A rectangle whose named corners (of "tl tr br bl") are round."""
        radius, named = min(radius, across / 2, down / 2), corners.split()
        right, bottom = x + across, y + down
        # Clockwise: the corner, the way back to where its curve begins, the way on to where it ends.
        turns = (
            ("tl", (x, y), (0, 1), (1, 0)),
            ("tr", (right, y), (-1, 0), (0, 1)),
            ("br", (right, bottom), (0, -1), (-1, 0)),
            ("bl", (x, bottom), (1, 0), (0, -1)),
        )
        path = Path()
        for name, (cx, cy), (bx, by), (ax, ay) in turns:
            r = radius if name in named else 0.0
            k = r * (1 - _HANDLE)
            path.append(("l" if path else "m", cx + bx * r, cy + by * r))
            if r:
                path.curve(cx + bx * k, cy + by * k, cx + ax * k, cy + ay * k, cx + ax * r, cy + ay * r)
        return path.close()


class Surface(ABC):
    """Something that fills and strokes outlines, in points."""

    @abstractmethod
    def path(
        self,
        steps: Sequence[Step],
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        width: float = 0.75,
        dash: Sequence[float] | None = None,
        cap: Literal["butt", "round"] = "butt",
        join: Literal["mitre", "round"] = "mitre",
        even_odd: bool = False,
    ) -> None:
        """Fill an outline, stroke it `width` points wide, or both."""

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        colour: Colour,
        width: float = 0.75,
        *,
        dash: Sequence[float] | None = None,
        cap: Literal["butt", "round"] = "butt",
    ) -> None:
        """A straight line."""
        self.path(Path().move(x1, y1).line(x2, y2), stroke=colour, width=width, dash=dash, cap=cap)

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        stroke_width: float = 0.75,
    ) -> None:
        """A rectangle with its top left corner at (x, y)."""
        self.path(Path.box(x, y, width, height), fill=fill, stroke=stroke, width=stroke_width)

    def round_rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        radius: float,
        *,
        corners: str = "tl tr br bl",
        fill: Colour | None = None,
        stroke: Colour | None = None,
        stroke_width: float = 0.75,
    ) -> None:
        """A rectangle whose named corners are round."""
        self.path(Path.box(x, y, width, height, radius, corners), fill=fill, stroke=stroke, width=stroke_width)

    def disc(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        stroke_width: float = 0.75,
    ) -> None:
        """A circle about (x, y)."""
        self.path(Path.disc(x, y, radius), fill=fill, stroke=stroke, width=stroke_width)

    def polygon(
        self,
        points: Sequence[Point],
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        stroke_width: float = 0.75,
        closed: bool = True,
    ) -> None:
        """Straight lines through the points, with round ends and joins."""
        path = Path.polygon(points, closed=closed)
        self.path(path, fill=fill, stroke=stroke, width=stroke_width, cap="round", join="round")
