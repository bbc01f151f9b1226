"""Paints the shapes that props are made of. Knows no body."""

from __future__ import annotations

from math import cos, sin, sqrt

from handouts.figures.brush import Brush
from handouts.figures.curves import smooth
from handouts.figures.path import Path, Point, polygon, united
from handouts.figures.prop_shapes import (
    Box,
    Cloth,
    Cylinder,
    Disc,
    Line,
    Loop,
    Mat,
    Pillow,
    Ribbon,
    Shape,
    Sphere,
    Spot,
    Wrap,
)
from handouts.figures.silhouette import (
    CIRCLE,
    blob_hull,
    circle,
    ellipse_path,
    ellipse_points,
    hull,
    project,
)
from handouts.figures.style import paler
from handouts.figures.vectors import Vec, add, dot, frame_along, mul, norm, sub, unit


def paint_shape(brush: Brush, shape: Shape) -> None:
    """Paints one shape; a Wrap is painted whole only by `paint_wrap`."""
    match shape:
        case Mat():
            _mat(brush, shape)
        case Disc((x, y, z), a, b):
            form = ((x, y, z), (a, 0.0, 0.0), (0.0, b, 0.0), (0.0, 0.0, 0.004))
            brush.pen.fill(ellipse_path(project(brush.view, form)), paler("mat-edge", 0.45))
        case Box():
            _box(brush, shape)
        case Spot(form):
            brush.pen.fill(ellipse_path(project(brush.view, form)), "spot")
        case Pillow(blobs, colour):
            _outlined(brush, blob_hull(brush.view, blobs), _front(colour))
        case Cylinder():
            _cylinder(brush, shape)
        case Sphere():
            _sphere(brush, shape)
        case Line(points, thick, colour):
            _cord(brush, polygon([brush.view.xy(p) for p in points], closed=False), thick, colour, round_ends=True)
        case Ribbon():
            _ribbon(brush, shape)
        case Cloth():
            _cloth(brush, shape)
        case Loop(points, pad, thick, colour):
            view = brush.view
            round_points = [
                (x + pad * view.scale * c, y + pad * view.scale * s)
                for x, y in map(view.xy, points)
                for c, s in CIRCLE[24]
            ]
            _cord(brush, polygon(hull(round_points)), thick, colour, round_ends=True)
        case Wrap():
            paint_wrap(brush, shape, near=False)
            paint_wrap(brush, shape, near=True)


def paint_wrap(brush: Brush, wrap: Wrap, *, near: bool) -> None:
    """The near or the far strand of a loop round limbs."""
    view, n = brush.view, len(wrap.points)
    shown = [(dot(normal, view.towards) > 0) == near for _, normal in wrap.points]
    if not any(shown):
        return
    i = next((i for i in range(n) if shown[i] and not shown[i - 1]), 0)
    run: list[Point] = []
    while len(run) < n and shown[i % n]:
        run.append(view.xy(wrap.points[i % n][0]))
        i += 1
    _cord(brush, smooth(run, closed=False), wrap.thick, wrap.colour, round_ends=False)


def _front(colour: str) -> str:
    """The name of a prop's colour on the face towards the viewer."""
    return f"{colour}-front"


def _outlined(brush: Brush, path: Path, colour: str, weight: float = 1.8) -> None:
    brush.pen.stroke(path, "ink", weight * brush.line)
    brush.pen.fill(path, colour)


def _cord(brush: Brush, path: Path, thick: float, colour: str, *, round_ends: bool) -> None:
    wide = thick * brush.view.scale
    brush.pen.stroke(path, "ink", wide + 2 * brush.line, round_ends=round_ends)
    brush.pen.stroke(path, _front(colour), wide, round_ends=round_ends)


def _mat(brush: Brush, mat: Mat) -> None:
    view = brush.view
    top = [view.xy(p) for p in mat.corners]
    low = [view.xy((x, y, z - mat.thick)) for x, y, z in mat.corners]
    whole = polygon(hull(top + low))
    brush.pen.stroke(whole, "mat-line", 1.2 * brush.line)
    brush.pen.fill(whole, "mat-edge")
    brush.pen.fill(polygon(top), "mat")


def _box(brush: Brush, box: Box) -> None:
    view, pen = brush.view, brush.pen
    faces: list[tuple[list[Point], str]] = []
    for i in range(3):
        turned = view.depth(box.frame[i])
        if abs(turned) < 0.02:
            continue
        centre = add(box.centre, mul(box.frame[i], box.half[i] * (1 if turned > 0 else -1)))
        j, k = (i + 1) % 3, (i + 2) % 3
        a, b = mul(box.frame[j], box.half[j]), mul(box.frame[k], box.half[k])
        corners = [view.xy(add(centre, add(mul(a, s), mul(b, t)))) for s, t in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
        face = "top" if abs(box.frame[i][2]) > 0.7 else "front" if abs(turned) > 0.5 else "side"
        faces.append((corners, f"{box.colour}-{face}"))
    pen.stroke(polygon(hull(p for corners, _ in faces for p in corners)), "ink", 1.7 * brush.line)
    for corners, tone in faces:
        pen.fill(polygon(corners), tone)
    if len(faces) > 1:
        edges = united(polygon(corners) for corners, _ in faces)
        pen.stroke(edges, paler("ink", 0.45), 0.5 * brush.line)


def _cylinder(brush: Brush, bar: Cylinder) -> None:
    view, line = brush.view, brush.line
    axis = unit(sub(bar.b, bar.a))
    frame = frame_along(axis, (0.3, 0.2, 1))
    ends = [
        project(view, (p, mul(frame[0], bar.radius), mul(frame[1], bar.radius), mul(axis, 0.002)))
        for p in (bar.a, bar.b)
    ]
    outline = hull(p for e in ends for p in ellipse_points(e, 24))
    slender = norm(sub(bar.b, bar.a)) > 5 * bar.radius
    _outlined(brush, polygon(outline) if slender else smooth(outline, tension=0.95), _front(bar.colour))
    near = ends[0] if view.depth(bar.a) > view.depth(bar.b) else ends[1]
    if bar.colour in ("iron", "rubber"):
        brush.pen.stroke(ellipse_path(near), paler("ink", 0.25), 0.7 * line)
    if bar.colour == "soft":  # a rolled towel shows its end
        x, y, a, b, c = near
        brush.pen.stroke(ellipse_path(near) + ellipse_path((x, y, a / 4, b / 4, c / 4)), "ink", 0.8 * line)


def _sphere(brush: Brush, ball: Sphere) -> None:
    x, y = brush.view.xy(ball.centre)
    r, colour = ball.radius * brush.view.scale, _front(ball.colour)
    _outlined(brush, ellipse_path(circle(x, y, r)), colour)
    if r > 8 * brush.line:
        gleam = [(x + r * 0.66 * cos(a), y + r * 0.66 * sin(a)) for a in (1.9, 2.3, 2.7)]
        brush.pen.stroke(smooth(gleam, closed=False), paler(colour, 0.6), 1.2 * brush.line)


def _ribbon(brush: Brush, ribbon: Ribbon) -> None:
    points = [brush.view.xy(p) for p in ribbon.points]
    path = smooth(points, closed=False) if len(points) > 2 else polygon(points, closed=False)
    _cord(brush, path, ribbon.thick, ribbon.colour, round_ends=False)
    half = ribbon.thick * brush.view.scale / 2
    for (xa, ya), (xb, yb) in ((points[0], points[1]), (points[-1], points[-2])):  # close the cut ends
        d = sqrt((xb - xa) ** 2 + (yb - ya) ** 2) or 1
        nx, ny = -(yb - ya) / d * half, (xb - xa) / d * half
        brush.pen.stroke(polygon([(xa + nx, ya + ny), (xa - nx, ya - ny)], closed=False), "ink", brush.line)


def _cloth(brush: Brush, cloth: Cloth) -> None:
    view, pen, ink = brush.view, brush.pen, "ink"
    a, b = [view.xy(p) for p in cloth.edge], [view.xy(p) for p in cloth.other]
    _outlined(brush, polygon(a + b[::-1]), _front("cloth"), 1.6)
    for i in range(len(a) - 1):
        if _is_crest(cloth.edge, i):
            pen.stroke(polygon([a[i], b[i]], closed=False), paler(ink, 0.3), 0.7 * brush.line)
    for i in (1, len(a) - 3):
        pen.stroke(polygon([a[i], b[i]], closed=False), paler(ink, 0.55), 0.5 * brush.line)


def _is_crest(edge: list[Vec], i: int) -> bool:
    """Whether a fold of a cloth has its top at this point of the edge."""
    high = edge[i][2]
    return high - edge[0][2] > 0.006 and (i == 0 or high >= edge[i - 1][2]) and high > edge[i + 1][2]
