"""Outlines on paper of ellipsoids, chains of them and capsules. Knows no body and no colour.

A blob is (centre, three scaled axes): an ellipsoid. Orthographic projection makes it an ellipse whose touching
point for any tangent is exact, so one smooth curve through the touching points is a silhouette from any side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import acos, atan2, cos, pi, sin, sqrt

from handouts.figures.camera import View
from handouts.figures.curves import arc, smooth
from handouts.figures.path import Path, Point, Step, polygon, united
from handouts.figures.vectors import Vec

Blob = tuple[Vec, Vec, Vec, Vec]
Ellipse = tuple[float, float, float, float, float]
"""Centre x, y and the quadratic form a, b, c: its half-width is √a, its half-height √c."""

CIRCLE = {n: [(cos(2 * pi * k / n), sin(2 * pi * k / n)) for k in range(n)] for n in (8, 12, 14, 16, 20, 24)}
CAP = [(cos(k * pi / 4), sin(k * pi / 4)) for k in range(1, 4)]


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


def support(e: Ellipse, nx: float, ny: float) -> Point:
    """The point of an ellipse that lies furthest in the direction (nx, ny)."""
    x, y, a, b, c = e
    px, py = a * nx + b * ny, b * nx + c * ny
    h = sqrt(max(1e-12, px * nx + py * ny))
    return (x + px / h, y + py / h)


def circle(x: float, y: float, radius: float) -> Ellipse:
    return (x, y, radius * radius, 0.0, radius * radius)


def chain(es: Sequence[Ellipse]) -> list[Point]:
    """Points of the closed outline round a chain of ellipses, anticlockwise."""
    tangents: list[Point] = []
    for i in range(len(es)):
        a, b = es[max(0, i - 1)], es[min(len(es) - 1, i + 1)]
        dx, dy = b[0] - a[0], b[1] - a[1]
        d = sqrt(dx * dx + dy * dy)
        tangents.append((dx / d, dy / d) if d > 1e-6 else tangents[-1] if tangents else (0.0, -1.0))
    left = [support(e, -ty, tx) for e, (tx, ty) in zip(es, tangents, strict=True)]
    right = [support(e, ty, -tx) for e, (tx, ty) in zip(es, tangents, strict=True)]
    tx, ty = tangents[-1]
    end = [support(es[-1], -ty * c + tx * s, tx * c + ty * s) for c, s in CAP]
    tx, ty = tangents[0]
    start = [support(es[0], ty * c - tx * s, -tx * c - ty * s) for c, s in CAP]
    points = left + end + right[::-1] + start
    return points if area(points) > 0 else points[::-1]


def area(points: Sequence[Point]) -> float:
    """Twice the signed area: positive when the points run anticlockwise."""
    return sum(points[i - 1][0] * points[i][1] - points[i][0] * points[i - 1][1] for i in range(len(points)))


def length(es: Sequence[Ellipse]) -> float:
    return sqrt((es[0][0] - es[-1][0]) ** 2 + (es[0][1] - es[-1][1]) ** 2)


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


def ellipse_points(e: Ellipse, n: int = 16, grow: float = 0.0) -> list[Point]:
    points = [support(e, c, s) for c, s in CIRCLE[n]]
    if grow:
        points = [(x + grow * c, y + grow * s) for (x, y), (c, s) in zip(points, CIRCLE[n], strict=True)]
    return points


def blob_hull(view: View, blobs: Iterable[Blob], n: int = 20) -> Path:
    """The smooth convex outline of a group of blobs."""
    return smooth(hull(q for b in blobs for q in ellipse_points(project(view, b), n)), tension=0.92)


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
    curves: list[Step] = [("c", (*at(*f), *at(*g), *at(*to))) for f, g, to in turns]
    return Path([("m", at(1, 0)), *curves, ("h", ())])


def disc_path(e: Ellipse) -> Path:
    """An ellipse as eight straight lines round it: enough for a clip that nobody sees."""
    x, y = e[:2]
    points = [support(e, c, s) for c, s in CIRCLE[8]]
    return polygon([(x + (px - x) * 1.05, y + (py - y) * 1.05) for px, py in points])


def _capsule(a: Point, ra: float, b: Point, rb: float) -> Path:
    """Two circles and their outer tangents, exact, anticlockwise."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    d = sqrt(dx * dx + dy * dy)
    if d <= abs(ra - rb) + 1e-6:
        (x, y), r = (a, ra) if ra > rb else (b, rb)
        return Path([("m", (x + r, y)), *arc(x, y, r, 0.0, 2 * pi), ("h", ())])
    t, f = atan2(dy, dx), acos(max(-1.0, min(1.0, (ra - rb) / d)))
    start = (b[0] + rb * cos(t - f), b[1] + rb * sin(t - f))
    turn = (a[0] + ra * cos(t + f), a[1] + ra * sin(t + f))
    first, second = arc(b[0], b[1], rb, t - f, t + f), arc(a[0], a[1], ra, t + f, t - f + 2 * pi)
    return Path([("m", start), *first, ("l", turn), *second, ("h", ())])


def capsules(circles: Sequence[tuple[Point, float]]) -> Path:
    """The union (nonzero winding) of the capsules along a chain of circles."""
    return united(_capsule(a, ra, b, rb) for (a, ra), (b, rb) in pairwise(circles))


def panel_path(x0: float, y0: float, x1: float, y1: float, r: float) -> Path:
    """A rectangle with rounded corners."""
    k = r * 0.45
    corners = ((x0, y0, 1, 1), (x1, y0, -1, 1), (x1, y1, -1, -1), (x0, y1, 1, -1))
    steps: list[Step] = []
    for i, (x, y, sx, sy) in enumerate(corners):
        along, up = (x + r * sx, y), (x, y + r * sy)
        turn = (x + k * sx, y), (x, y + k * sy)
        start, end = (up, along) if i % 2 == 0 else (along, up)
        first, second = turn[::-1] if i % 2 == 0 else turn
        steps += [("l" if i else "m", start), ("c", (*first, *second, *end))]
    return Path(steps).closed()
