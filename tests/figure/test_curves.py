"""Curves keep to the line they stand for, in fewer pieces; a path is the same wherever its numbers are counted from."""

from __future__ import annotations

from itertools import pairwise
from math import cos, dist, pi, sin

import pytest
from hypothesis import given, strategies as st

from handouts.drawing import ClipEnd, ClipStart, Fill
from handouts.figures.curves import TOLERANCE, smooth
from handouts.figures.path import Path, Pen, Point, polygon

STEPS = 24


def drawn(path: Path) -> list[Point]:
    """Points close together along a path."""
    at: Point = (0.0, 0.0)
    out: list[Point] = []
    for name, numbers in path:
        if name == "c":
            a, b, c, d, x, y = numbers
            for step in range(1, STEPS + 1):
                t = step / STEPS
                w = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
                out.append(
                    (
                        w[0] * at[0] + w[1] * a + w[2] * c + w[3] * x,
                        w[0] * at[1] + w[1] * b + w[2] * d + w[3] * y,
                    )
                )
            at = (x, y)
        elif name in "ml":
            at = (numbers[0], numbers[1])
            out.append(at)
    return out


def pieces(path: Path) -> int:
    return sum(name == "c" for name, _ in path)


@pytest.mark.parametrize("count", [8, 12, 24, 40])
@pytest.mark.parametrize("radius", [20.0, 80.0, 300.0])
def test_a_circle_stays_a_circle(count: int, radius: float) -> None:
    points = [(radius * cos(2 * pi * k / count), radius * sin(2 * pi * k / count)) for k in range(count)]
    path = smooth(points)
    bulge = radius * (1 - cos(pi / count)) ** 2  # how far the line through so few points is off a circle itself
    assert all(abs(dist(p, (0, 0)) - radius) <= TOLERANCE + bulge for p in drawn(path))
    assert pieces(path) <= (4 if radius < 50 else 8 if count < 24 else count // 3)


@given(
    st.lists(st.tuples(st.floats(3, 40), st.floats(-0.5, 0.5)), min_size=3, max_size=30),
    st.booleans(),
)
def test_every_point_is_met_and_no_piece_is_wasted(bends: list[tuple[float, float]], closed: bool) -> None:
    points, way, x, y = [(0.0, 0.0)], 0.0, 0.0, 0.0
    for step, bend in bends:
        way += abs(bend) + 0.1 if closed else bend  # an outline goes round and never back along itself
        x, y = x + step * cos(way), y + step * sin(way)
        points.append((x, y))
    path = smooth(points, closed=closed)
    line = drawn(path)
    gap = max(dist(a, b) for a, b in pairwise(line))
    for point in points:
        assert min(dist(point, q) for q in line) <= TOLERANCE + gap
    assert pieces(path) <= len(points)


def test_a_tighter_tolerance_takes_more_pieces() -> None:
    points = [(10.0 * k, 30 * sin(k)) for k in range(40)]
    assert pieces(smooth(points, closed=False, tolerance=0.05)) > pieces(smooth(points, closed=False, tolerance=8))


def test_a_drawing_is_in_points_from_the_lower_left() -> None:
    pen = Pen()
    pen.fill(polygon([(0.0, 0.0), (40.0, 0.0), (40.0, 20.01)]), "skin")
    (item,) = pen.drawing("k", 10, 5).items
    assert item == Fill((("m", 0, 0), ("l", 10, 0), ("l", 10, 5), ("h",)), "skin")


def test_every_clip_ends_with_its_unclip() -> None:
    pen, box = Pen(), polygon([(0.0, 0.0), (8.0, 0.0), (8.0, 8.0)])
    pen.clip(box)
    pen.fill(box, "skin")
    pen.unclip()
    kinds = [type(item) for item in pen.drawing("k", 2, 2).items]
    assert kinds == [ClipStart, Fill, ClipEnd]
