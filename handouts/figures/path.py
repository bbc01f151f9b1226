"""Paths on paper while they are made, in paper units, outlines of simple forms, and a pen that makes a drawing of them.

A blob is (centre, three scaled axes): an ellipsoid. Seen from far away it is an ellipse on paper. Knows no body.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt
from typing import Literal, cast

from handouts.drawing import ClipEnd, ClipStart, Colour, Drawing, Fill, Item, Path as DrawnPath, Stroke
from handouts.figures.camera import View
from handouts.figures.vectors import Vec

UNITS = 4.0
"""Paper units in a point."""

Point = tuple[float, float]
Step = tuple[str, tuple[float, ...]]
"""("m", (x, y)) begins an outline, "l" is a line to (x, y), "c" a Bézier curve by two handles, "h" closes."""
Path = list[Step]
"""Outlines to be filled, stroked or clipped by."""


def united(paths: Iterable[Path]) -> Path:
    """All outlines as one path."""
    return [step for path in paths for step in path]


def polygon(points: Sequence[Point], *, closed: bool = True) -> Path:
    """Straight lines through the points."""
    first, *rest = points
    path: Path = [("m", first), *(("l", point) for point in rest)]
    return [*path, ("h", ())] if closed else path


class Pen:
    """What was painted so far, in its order."""

    def __init__(self) -> None:
        self._items: list[Item] = []

    def fill(self, path: Path, colour: Colour) -> None:
        self._items.append(Fill(_points(path), colour))

    def stroke(
        self, path: Path, colour: Colour, width: float, *, round_ends: bool = True, dash: Sequence[float] = ()
    ) -> None:
        """A line `width` paper units wide; `dash` is the length of a dash and of the gap after it."""
        cap: Literal["butt", "round"] = "round" if round_ends else "butt"
        dashes = tuple(round(length / UNITS, 2) for length in dash)
        self._items.append(Stroke(_points(path), colour, round(width / UNITS, 3), dashes, cap, "round"))

    def clip(self, path: Path) -> None:
        """Paint only inside the path, until `unclip`."""
        self._items.append(ClipStart(_points(path)))

    def unclip(self) -> None:
        self._items.append(ClipEnd())

    def drawing(self, key: str, width: float, height: float) -> Drawing:
        """All that was painted, in a box of this size in points."""
        return Drawing(key, width, height, tuple(self._items))


class Brush:
    """Paints in paper units. `line` is the width of the inner lines."""

    def __init__(self, view: View, line: float) -> None:
        self.view, self.line, self.pen = view, line, Pen()


def _points(path: Path) -> DrawnPath:
    segments = ((name, *(round(number / UNITS, 2) for number in at)) for name, at in path)
    return cast("DrawnPath", tuple(segments))


Blob = tuple[Vec, Vec, Vec, Vec]
Ellipse = tuple[float, float, float, float, float]
"""Centre x, y and the quadratic form a, b, c: its half-width is √a, its half-height √c."""


def project(view: View, blob: Blob) -> Ellipse:
    """The ellipse that a blob is on paper."""
    c, *axes = blob
    r, u = view.right, view.up
    x, y = view.xy(c)
    qa = qb = qc = 0.0
    for a in axes:
        i = a[0] * r[0] + a[1] * r[1] + a[2] * r[2]
        j = a[0] * u[0] + a[1] * u[1] + a[2] * u[2]
        qa += i * i
        qb += i * j
        qc += j * j
    return (x, y, qa, qb, qc)


def hull(points: Iterable[Point]) -> list[Point]:
    """The convex hull, anticlockwise."""
    ordered = sorted(set(points))

    def half(row: list[Point]) -> list[Point]:
        out: list[Point] = []
        for p in row:
            while (
                len(out) > 1
                and (out[-1][0] - out[-2][0]) * (p[1] - out[-2][1]) - (out[-1][1] - out[-2][1]) * (p[0] - out[-2][0])
                <= 0
            ):
                out.pop()
            out.append(p)
        return out[:-1]

    return half(ordered) + half(ordered[::-1])


def ellipse_path(e: Ellipse) -> Path:
    """The ellipse in four curves, from a pair of conjugate half-axes."""
    x, y, a, b, c = e
    p = sqrt(max(a, 1e-12))
    q = b / p
    r = sqrt(max(c - q * q, 1e-12))
    k = 0.5522847498

    def at(s: float, t: float) -> Point:
        return (x + p * s, y + q * s + r * t)

    turns = (
        ((1, k), (k, 1), (0, 1)),
        ((-k, 1), (-1, k), (-1, 0)),
        ((-1, -k), (-k, -1), (0, -1)),
        ((k, -1), (1, -k), (1, 0)),
    )
    curves: Path = [("c", (*at(*f), *at(*g), *at(*to))) for f, g, to in turns]
    return [("m", at(1, 0)), *curves, ("h", ())]


def panel_path(x0: float, y0: float, x1: float, y1: float, r: float) -> Path:
    """A rectangle with rounded corners."""
    k = r * 0.45
    corners = ((x0, y0, 1, 1), (x1, y0, -1, 1), (x1, y1, -1, -1), (x0, y1, 1, -1))
    path: Path = []
    for i, (x, y, sx, sy) in enumerate(corners):
        along, up = (x + r * sx, y), (x, y + r * sy)
        turn = (x + k * sx, y), (x, y + k * sy)
        start, end = (up, along) if i % 2 == 0 else (along, up)
        first, second = turn[::-1] if i % 2 == 0 else turn
        path += [("l" if i else "m", start), ("c", (*first, *second, *end))]
    return [*path, ("h", ())]
