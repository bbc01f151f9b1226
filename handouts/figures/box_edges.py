"""The edges of boxes and the ends of rolls, drawn where nothing lies before them. Knows no body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from handouts.figures.camera import View
from handouts.figures.display_pen import Brush
from handouts.figures.path import Path, Point, polygon, united
from handouts.figures.prop_shapes import Box
from handouts.figures.silhouette import ellipse_path, project
from handouts.figures.solid import Seen
from handouts.figures.style import paler
from handouts.figures.vectors import Vec, add, frame_along, lerp, mul, norm, sub, unit

CORNERS = tuple((a, b, c) for a in (-1, 1) for b in (-1, 1) for c in (-1, 1))
EDGES = tuple((p, q) for p, q in combinations(CORNERS, 2) if sum(a != b for a, b in zip(p, q, strict=True)) == 1)
NEARER = 0.012
"""Metres by which something must lie before an edge to hide it."""


def paint_edges(brush: Brush, seen: Seen) -> None:
    """The edges of boxes, exactly, as far as nothing lies before them."""
    view = brush.view
    outer: list[Path] = []
    inner: list[Path] = []
    for shape in seen.edged:
        for a, b, normals in _edges(shape):
            front = sum(view.depth(normal) > 0.01 for normal in normals)
            for run in _visible_runs(seen, view, a, b) if front else ():
                (outer if front == 1 else inner).append(polygon(run, closed=False))
    _paint_rolls(brush, seen)
    if inner:
        brush.pen.stroke(united(inner), paler("ink", 0.25), 0.6 * brush.line)
    if outer:
        brush.pen.stroke(united(outer), "ink", 1.3 * brush.line)


def _paint_rolls(brush: Brush, seen: Seen) -> None:
    """A rolled towel shows its end: two rings, where the middle of the end is seen."""
    view = brush.view
    for roll in seen.rolls:
        end = max(roll.a, roll.b, key=view.depth)
        axis = unit(sub(roll.b, roll.a))
        frame = frame_along(axis, (0.3, 0.2, 1))
        if not seen.sees(end, NEARER):
            continue
        x, y, a, b, c = project(view, (end, mul(frame[0], roll.radius), mul(frame[1], roll.radius), mul(axis, 0.002)))
        rings = [ellipse_path((x, y, a * part**2, b * part**2, c * part**2)) for part in (0.94, 0.5)]
        brush.pen.stroke(united(rings), "ink", 0.6 * brush.line)


def _edges(box: Box) -> Iterator[tuple[Vec, Vec, tuple[Vec, Vec]]]:
    """Every edge from end to end, with the outward normals of the two faces that meet there."""
    for p, q in EDGES:
        a, b = (
            add(box.centre, _sum(mul(box.frame[k], box.half[k] * corner[k]) for k in range(3))) for corner in (p, q)
        )
        first, second = (mul(box.frame[k], p[k]) for k in range(3) if p[k] == q[k])
        yield a, b, (first, second)


def _sum(vectors: Iterable[Vec]) -> Vec:

    x, y, z = (sum(parts) for parts in zip(*vectors, strict=True))
    return x, y, z


def _visible_runs(seen: Seen, view: View, a: Vec, b: Vec) -> list[list[Point]]:
    """The parts of a straight edge that are seen, each from its first to its last point on paper."""
    n = max(8, int(norm(sub(b, a)) * view.scale / seen.step))
    runs: list[list[Point]] = []
    open_run = False
    for i in range(n + 1):
        w = lerp(a, b, i / n)
        ix, iy = seen.index(w)
        around = seen.depth[max(0, iy - 1) : max(0, iy + 2), max(0, ix - 1) : max(0, ix + 2)]
        if not around.size or around.min() <= view.depth(w) + NEARER:
            if open_run:
                runs[-1][1] = view.xy(w)
            else:
                runs.append([view.xy(w), view.xy(w)])
            open_run = True
        else:
            open_run = False
    (x0, y0), (x1, y1) = view.xy(a), view.xy(b)
    least = min(10 * seen.step, 0.8 * (abs(x1 - x0) + abs(y1 - y0)))
    return [run for run in runs if abs(run[0][0] - run[1][0]) + abs(run[0][1] - run[1][1]) > least]
