"""Paints the face and the hair. Knows no scene."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin, sqrt

from handouts.figures.brush import Brush
from handouts.figures.curves import smooth
from handouts.figures.flesh import HeadForm
from handouts.figures.path import Path, Point, united
from handouts.figures.silhouette import ellipse_path, project
from handouts.figures.vectors import Vec, add, cross, dot, mul, rotate, unit

HAIR_HALF_AXES = (0.110, 0.088, 0.105)
HAIR_STEPS = 28
# Planes that cut the hair from its ellipsoid: a normal in head axes and a distance, first the cap, then the nape.
SHORT_HAIR = (((-0.30, 0.0, 0.95), 0.36), ((-0.93, 0.0, 0.36), 0.12))
LONG_HAIR = (((-0.22, 0.0, 0.97), 0.34), ((-0.95, 0.0, 0.10), 0.13))


def paint_face(brush: Brush, head: HeadForm) -> None:
    """Eyes, brows, mouth, hair and ears. From far above or below only the eyes show: brows would scowl."""
    view, pen, line = brush.view, brush.pen, brush.line
    frame, at = head.frame, head.at

    def shows(normal: Vec) -> float:
        return view.depth(rotate(frame, normal))

    level = abs(view.depth(frame[2])) < 0.42
    for k in (1, -1):
        eye = shows(unit((0.86, 0.5 * k, 0.05)))
        if eye <= 0.12:
            continue
        form = (at(0.089, 0.034 * k, 0.052), mul(frame[0], 0.004), mul(frame[1], 0.0075), mul(frame[2], 0.0105))
        pen.fill(ellipse_path(project(view, form)), "ink")
        if eye > 0.45 and shows((1, 0, 0)) > 0.30 and level:
            brow = [
                view.xy(at(0.088 - 0.004 * (t + 1), (0.034 + t * 0.013) * k, 0.079 + 0.0045 * (1 - t * t) - 0.001 * t))
                for t in (-1, 0, 1)
            ]
            pen.stroke(smooth(brow, closed=False), "ink", line * 0.9)
    if level:
        _mouth(brush, head)
    caps = SHORT_HAIR if head.hairstyle == "short" else LONG_HAIR
    hair = united(_hair_cap(brush, head, unit(normal), distance) for normal, distance in caps)
    if hair.steps:
        pen.stroke(hair, "ink", 2 * line)
        pen.fill(hair, "hair")
    for k in (1, -1):
        if shows((-0.25, k, 0)) > 0.30:
            form = (at(-0.006, 0.079 * k, 0.034), mul(frame[0], 0.019), mul(frame[1], 0.008), mul(frame[2], 0.029))
            ear = ellipse_path(project(view, form))
            pen.stroke(ear, "ink", 1.6 * line)
            pen.fill(ear, "skin")


def _mouth(brush: Brush, head: HeadForm) -> None:
    """A quiet smile; or lips that blow, a small dark opening before the face (see the lips of `body`)."""
    view, pen, line = brush.view, brush.pen, brush.line
    frame, at = head.frame, head.at
    if head.mouth == "pursed":
        if view.depth(frame[0]) > -0.2:
            opening = (at(0.100, 0, -0.021), mul(frame[0], 0.003), mul(frame[1], 0.0055), mul(frame[2], 0.0055))
            pen.fill(ellipse_path(project(view, opening)), "ink")
        return
    mouth = [
        view.xy(at(0.090 - 0.012 * t * t, 0.018 * t, -0.020 + 0.004 * t * t))
        for t in (-1.1, -0.6, 0, 0.6, 1.1)
        if view.depth(rotate(frame, unit((0.9, 0.62 * t, -0.1)))) > 0.06
    ]
    if len(mouth) > 1:
        pen.stroke(smooth(mouth, closed=False), "ink", line * 0.9)


def _hair_cap(brush: Brush, head: HeadForm, normal: Vec, distance: float) -> Path:
    """The visible part of an ellipsoid, a little larger than the skull, beyond a plane; exact from every direction.

    In the space where the ellipsoid is the unit sphere, the outline is made of the cut (a circle) and the rim as seen.
    """
    view, frame, half = brush.view, head.frame, HAIR_HALF_AXES

    def paper(u: Vec) -> Point:
        return view.xy(add(head.centre, rotate(frame, (u[0] * half[0], u[1] * half[1], u[2] * half[2]))))

    def ring(centre: Vec, radius: float, e1: Vec, e2: Vec) -> list[Vec]:
        turns = [2 * pi * i / HAIR_STEPS for i in range(HAIR_STEPS)]
        return [add(centre, add(mul(e1, radius * cos(a)), mul(e2, radius * sin(a)))) for a in turns]

    x, y, z = (view.depth(frame[i]) / half[i] for i in range(3))
    towards = unit((x, y, z))
    g1 = unit(cross(towards, (0.12, 0.23, 0.96)))
    e1 = (0.0, 1.0, 0.0)
    cut_ring = ring(mul(normal, distance), sqrt(1 - distance * distance), e1, cross(normal, e1))
    cut, whole_cut = _visible_run(cut_ring, lambda u: dot(u, towards) > 0)
    rim, whole_rim = _visible_run(
        ring((0.0, 0.0, 0.0), 1.0, g1, cross(towards, g1)), lambda u: dot(u, normal) > distance
    )
    a, b = [paper(u) for u in cut], [paper(u) for u in rim]
    if whole_rim:
        return smooth(b) + (smooth(a[::-1]) if whole_cut else Path())
    if whole_cut:
        return smooth(a)
    if not (a and b):
        return Path()
    if _far(a[-1], b[0]) > _far(a[-1], b[-1]):
        b = b[::-1]
    return smooth(a, closed=False).on_to(smooth(b, closed=False)).closed()


def _far(p: Point, q: Point) -> float:
    return (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2


def _visible_run(points: list[Vec], visible: Callable[[Vec], bool]) -> tuple[list[Vec], bool]:
    """The visible stretch of a ring in order, and whether it is the whole ring."""
    flags = [visible(p) for p in points]
    if all(flags) or not any(flags):
        return (points, True) if flags[0] else ([], False)
    n = len(points)
    start = next(i for i in range(n) if flags[i] and not flags[i - 1])
    run = []
    while flags[start % n]:
        run.append(points[start % n])
        start += 1
    return run, False
