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
    """Finished vector art: PDF operators in points, origin at the lower left of a box of `width` × `height`."""

    @property
    def operators(self) -> bytes: ...
    @property
    def width(self) -> float: ...
    @property
    def height(self) -> float: ...


def polyline(points: Sequence[Point], *, close: bool) -> list[Step]:
    """Straight lines through the points."""
    first, *others = points
    return [("m", *first), *(("l", *point) for point in others), *([("h",)] if close else [])]


def ellipse(x: float, y: float, rx: float, ry: float) -> list[Step]:
    """An ellipse about (x, y) with upright axes; a circle when the radii are equal."""
    kx, ky = rx * _HANDLE, ry * _HANDLE
    return [
        ("m", x + rx, y),
        ("c", x + rx, y + ky, x + kx, y + ry, x, y + ry),
        ("c", x - kx, y + ry, x - rx, y + ky, x - rx, y),
        ("c", x - rx, y - ky, x - kx, y - ry, x, y - ry),
        ("c", x + kx, y - ry, x + rx, y - ky, x + rx, y),
        ("h",),
    ]


def box(x: float, y: float, across: float, down: float, radius: float, corners: str = "tl tr br bl") -> list[Step]:
    """A rectangle whose named corners are round."""
    radius, named = min(radius, across / 2, down / 2), corners.split()
    right, bottom = x + across, y + down
    # Clockwise: the corner, the way back to where its curve begins, the way on to where it ends.
    turns = (
        ("tl", (x, y), (0, 1), (1, 0)),
        ("tr", (right, y), (-1, 0), (0, 1)),
        ("br", (right, bottom), (0, -1), (-1, 0)),
        ("bl", (x, bottom), (1, 0), (0, -1)),
    )
    steps: list[Step] = []
    for name, (cx, cy), (bx, by), (ax, ay) in turns:
        r = radius if name in named else 0.0
        k = r * (1 - _HANDLE)
        steps.append(("l" if steps else "m", cx + bx * r, cy + by * r))
        if r:
            steps.append(("c", cx + bx * k, cy + by * k, cx + ax * k, cy + ay * k, cx + ax * r, cy + ay * r))
    return [*steps, ("h",)]


class Surface(ABC):
    """Something that fills and strokes outlines; `width` is always that of the stroke, in points."""

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
        """Fill an outline, stroke it, or both."""

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
        round_ends: bool = False,
    ) -> None:
        """A straight line."""
        steps = (("m", x1, y1), ("l", x2, y2))
        self.path(steps, stroke=colour, width=width, dash=dash, cap="round" if round_ends else "butt")

    def rect(
        self,
        x: float,
        y: float,
        across: float,
        down: float,
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        width: float = 0.75,
    ) -> None:
        """A rectangle with its top left corner at (x, y)."""
        corners = ((x, y), (x + across, y), (x + across, y + down), (x, y + down))
        self.path(polyline(corners, close=True), fill=fill, stroke=stroke, width=width)

    def round_rect(
        self,
        x: float,
        y: float,
        across: float,
        down: float,
        radius: float,
        *,
        corners: str = "tl tr br bl",
        fill: Colour | None = None,
        stroke: Colour | None = None,
        width: float = 0.75,
    ) -> None:
        """A rectangle whose named corners are round."""
        self.path(box(x, y, across, down, radius, corners), fill=fill, stroke=stroke, width=width)

    def disc(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        width: float = 0.75,
    ) -> None:
        """A circle about (x, y)."""
        self.path(ellipse(x, y, radius, radius), fill=fill, stroke=stroke, width=width)

    def polygon(
        self,
        points: Sequence[Point],
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        width: float = 0.75,
        close: bool = True,
    ) -> None:
        """Straight lines through the points, with round ends and joins."""
        steps = polyline(points, close=close)
        self.path(steps, fill=fill, stroke=stroke, width=width, cap="round", join="round")
