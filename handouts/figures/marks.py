"""Arrows and other marks on a figure: the way it moves, where it is felt, what tightens. Knows no body and no word."""

from __future__ import annotations

from itertools import pairwise
from math import cos, pi, sin, sqrt

from handouts.figures.curves import smooth
from handouts.figures.display_pen import Brush
from handouts.figures.path import UNITS, Point, polygon, united
from handouts.figures.silhouette import ellipse_path
from handouts.figures.style import WHITE, paler
from handouts.figures.vectors import Vec

HALO = 1.1 * UNITS


def paint_arrow(brush: Brush, points: list[Point], width: float, *, both: bool = False) -> None:
    """An arrow along a dense line; `both` gives it two heads.

    A short arrow gets a slimmer shaft, so that its head stays a head.
    """
    pen, colour = brush.pen, "arrow"
    total = sum(_distance(a, b) for a, b in pairwise(points))
    width = max(min(width, total / (11 if both else 7)), 0.7 * UNITS)
    head = 3.3 * width
    shaft = _shorten(points, head * 0.8)
    heads = [_head(points[-1], _shorten(points, head)[-1], head)]
    if both:
        heads.append(_head(points[0], _shorten(points[::-1], head)[-1], head))
        shaft = _shorten(shaft[::-1], head * 0.8)[::-1]
    body = smooth(shaft, closed=False) if len(shaft) > 2 else polygon(shaft, closed=False)
    tips = united(polygon(points) for points in heads)
    pen.stroke(body, WHITE, width + 2 * HALO)
    pen.stroke(tips, WHITE, 2 * HALO)
    pen.stroke(body, colour, width, round_ends=False)
    pen.fill(tips, colour)


def _distance(a: Point, b: Point) -> float:
    return sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)


def _shorten(points: list[Point], by: float) -> list[Point]:
    """The line without its last stretch."""
    left = list(points)
    while len(left) > 2 and _distance(left[-1], left[-2]) <= by:
        by -= _distance(left[-1], left[-2])
        left.pop()
    (ax, ay), (bx, by_) = left[-1], left[-2]
    t = min(0.9 if len(left) == 2 else 1.0, by / (_distance(left[-1], left[-2]) or 1))
    left[-1] = (ax + (bx - ax) * t, ay + (by_ - ay) * t)
    return left


def _head(tip: Point, base: Point, size: float) -> list[Point]:
    d = _distance(tip, base) or 1
    dx, dy = (tip[0] - base[0]) / d, (tip[1] - base[1]) / d
    x, y, w, notch = tip[0] - dx * size, tip[1] - dy * size, size * 0.52, size * 0.16
    return [tip, (x - dy * w, y + dx * w), (x + dx * notch, y + dy * notch), (x + dy * w, y - dx * w)]


def paint_feel(brush: Brush, at: Vec, radius: float, *, hidden: bool) -> None:
    """ "You should feel it here": a dashed ring; thin and dotted where the spot is on the far side of the body."""
    x, y = brush.view.xy(at)
    ring = ellipse_path((x, y, (radius * brush.view.scale) ** 2, 0.0, (radius * brush.view.scale) ** 2))
    width, colour = max(UNITS, brush.line * 1.5), "arrow"
    if hidden:
        width, colour = 0.7 * width, paler(colour, 0.25)
    brush.pen.stroke(ring, WHITE, width + 1.6 * UNITS)
    dash = (1.1 * width, 1.9 * width) if hidden else (2.4 * width, 1.7 * width)
    brush.pen.stroke(ring, colour, width, round_ends=False, dash=dash)


def paint_work(brush: Brush, at: Vec, radius: float) -> None:
    """ "This muscle tightens": short rays round a spot."""
    x, y = brush.view.xy(at)
    r, width = radius * brush.view.scale, max(1.1 * UNITS, brush.line * 1.5)
    ways = [(cos(pi * i / 4 + 0.39), sin(pi * i / 4 + 0.39)) for i in range(8)]
    rays = united(
        polygon([(x + r * 0.62 * c, y + r * 0.62 * s), (x + r * c, y + r * s)], closed=False) for c, s in ways
    )
    brush.pen.stroke(rays, WHITE, width + 1.4 * UNITS)
    brush.pen.stroke(rays, "arrow", width)
