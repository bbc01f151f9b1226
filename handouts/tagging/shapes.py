"""Outlines and drawings as values: what a page paints. Coordinates in points, x from the left, y down.

Holds no page and no PDF syntax beyond a drawing's finished operators.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

Point = tuple[float, float]
Segment = tuple[str, tuple[float, ...]]
_QUARTER = 0.5522847498
"""Length of the handles of a Bézier quarter circle of radius 1."""


class Drawing(Protocol):
    """Finished vector art: PDF operators in points, origin at the lower left of a box of `width` × `height`."""

    @property
    def operators(self) -> bytes: ...
    @property
    def width(self) -> float: ...
    @property
    def height(self) -> float: ...


class Path:
    """An outline, built by chaining: `Path().move(0, 0).line(10, 0).close()`."""

    __slots__ = ("segments",)

    def __init__(self, segments: Sequence[Segment] = ()) -> None:
        self.segments: list[Segment] = list(segments)

    def move(self, x: float, y: float) -> Path:
        """Begin a new outline here."""
        self.segments.append(("m", (x, y)))
        return self

    def line(self, x: float, y: float) -> Path:
        """A straight line to here."""
        self.segments.append(("l", (x, y)))
        return self

    def curve(self, x1: float, y1: float, x2: float, y2: float, x: float, y: float) -> Path:
        """A cubic Bézier to (x, y) with the two handles before it."""
        self.segments.append(("c", (x1, y1, x2, y2, x, y)))
        return self

    def close(self) -> Path:
        """Join the outline to its beginning."""
        self.segments.append(("h", ()))
        return self

    def placed(self, x: float = 0, y: float = 0, scale: float = 1) -> Path:
        """A copy, scaled about the origin and then moved."""
        return Path(
            [
                (op, tuple(v * scale + (y if i % 2 else x) for i, v in enumerate(values)))
                for op, values in self.segments
            ]
        )

    @staticmethod
    def polygon(points: Sequence[Point], *, closed: bool = True) -> Path:
        """Straight lines through the points."""
        path = Path().move(*points[0])
        for point in points[1:]:
            path.line(*point)
        return path.close() if closed else path

    @staticmethod
    def disc(x: float, y: float, radius: float) -> Path:
        """A circle about (x, y)."""
        return Path.ellipse(x, y, radius, radius)

    @staticmethod
    def ellipse(x: float, y: float, rx: float, ry: float) -> Path:
        """An ellipse about (x, y) with upright axes."""
        kx, ky = rx * _QUARTER, ry * _QUARTER
        path = Path().move(x + rx, y)
        path.curve(x + rx, y + ky, x + kx, y + ry, x, y + ry).curve(x - kx, y + ry, x - rx, y + ky, x - rx, y)
        path.curve(x - rx, y - ky, x - kx, y - ry, x, y - ry).curve(x + kx, y - ry, x + rx, y - ky, x + rx, y)
        return path.close()

    @staticmethod
    def box(x: float, y: float, width: float, height: float, radius: float = 0, corners: str = "tl tr br bl") -> Path:
        """A rectangle whose named corners (of "tl tr br bl") are round."""
        if radius <= 0:
            return Path.polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
        radius, named = min(radius, width / 2, height / 2), corners.split()
        path = Path()
        around = [("tl", x, y, 0), ("tr", x + width, y, 1), ("br", x + width, y + height, 2), ("bl", x, y + height, 3)]
        for name, cx, cy, turn in around:
            r = radius if name in named else 0
            # Going clockwise as seen, a corner is entered along one side and left along the next.
            (ex, ey), (lx, ly) = ((0, 1), (1, 0)) if turn == 0 else ((-1, 0), (0, 1)) if turn == 1 else (
                ((0, -1), (-1, 0)) if turn == 2 else ((1, 0), (0, -1)))  # fmt: skip
            start, end = (cx + ex * r, cy + ey * r), (cx + lx * r, cy + ly * r)
            path.line(*start) if path.segments else path.move(*start)
            if r:
                k = r * (1 - _QUARTER)
                path.curve(cx + ex * k, cy + ey * k, cx + lx * k, cy + ly * k, *end)
        return path.close()

    @staticmethod
    def regular(x: float, y: float, radius: float, sides: int, turn_degrees: float = 0) -> Path:
        """A regular polygon about (x, y); `radius` reaches its corners."""
        turns = [math.radians(turn_degrees + 360 * i / sides) for i in range(sides)]
        return Path.polygon([(x + radius * math.cos(a), y + radius * math.sin(a)) for a in turns])
