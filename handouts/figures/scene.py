"""Frames of a pose as drawings, each a scene: floor, people and props, marks, painted in this order. Knows no page.

The scale is fixed by the pose alone, so that a figure can be stored once and scaled where it is placed. Colours are
names: the same drawing serves colour and ink-saver.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import cos, pi, sin
from typing import Any

from handouts.colour import WHITE
from handouts.drawing import Drawing
from handouts.figures.curves import distance, smooth
from handouts.figures.features import paint_features, paint_hand_lines
from handouts.figures.flesh import Axis, Part, lowest
from handouts.figures.look import look_at, paint_ghost, paint_seen
from handouts.figures.path import UNITS, Brush, Path, Point, ellipse_path, hull, panel_path, polygon, project, united
from handouts.figures.pose import Pose
from handouts.figures.prop_shapes import Cloth, Disc, Mat, Spot
from handouts.figures.stored import frame_key
from handouts.figures.style import paler
from handouts.figures.vectors import Vec, dot, lerp, norm, sub

NOMINAL_LYING, NOMINAL_UPRIGHT, LYING_ASPECT = (240.0, 78.0), (122.0, 150.0), 1.5
"""Boxes in points that a frame fills: stacked, side by side, and the aspect between."""


def draw_frames(name: str, picture: Mapping[str, Any]) -> tuple[Drawing, ...]:
    """Every frame of a picture, without any text; all have the same width and height."""
    pose = Pose(name, picture)
    return tuple(draw_frame(pose, index, frame_key(name, picture, index)) for index in range(pose.frames))


def draw_frame(pose: Pose, index: int, key: str) -> Drawing:
    """One frame (from 0) of a pose, without any text; every frame of a pose has the same width and height."""
    wide, high = pose.size()
    room = NOMINAL_LYING if wide / high > LYING_ASPECT else NOMINAL_UPRIGHT
    scale = min(room[0] / wide, room[1] / high)
    left, bottom, right, top = pose.boxes[index]
    own = scale * pose.zoom(index)
    x, y = (wide * scale - (right - left) * own) / 2 - left * own, -bottom * own
    view = pose.view(index, own * UNITS, x * UNITS, y * UNITS)
    brush = Brush(view, _line_width(scale, own, pose, index) * UNITS)
    window = ((left * own + x) * UNITS, 0.0, (right * own + x) * UNITS, (top - bottom) * own * UNITS)
    pen, panel, crop = brush.pen, pose.panel(index), pose.data[index].get("crop")
    edge = panel_path(*window, 5 * UNITS) if panel else None if crop is None else clip_height(brush, crop)
    if edge and panel:
        pen.fill(edge, "panel")
    if edge:
        pen.clip(edge)
    paint_scene(brush, pose, index, window)
    if edge:
        pen.unclip()
    if edge and panel:
        pen.stroke(edge, "panel-line", 0.7 * UNITS)
    return pen.drawing(key, wide * scale, high * scale)


def _line_width(scale: float, own: float, pose: Pose, index: int) -> float:
    """Points: in proportion to the figure, finer in a close-up of a hand or foot."""
    panel = pose.panel(index)
    if panel and panel["box"][0] < 0.7:
        return max(0.42, min(1.0, 0.0036 * own + 0.14))
    return max(0.5, min(1.0, 0.0066 * scale + 0.1))


Window = tuple[float, float, float, float]

CONTACT = 0.03
"""Flesh lower than this (metres) over the floor casts a shadow on it."""
SHADOW_TOLERANCE = 0.75 * UNITS
"""How far the edge of a shadow may be simplified."""


def paint_scene(brush: Brush, pose: Pose, index: int, window: Window) -> None:
    """Paints a whole frame inside the window (left, bottom, right, top in paper units)."""
    data, sk, persona = pose.data[index], pose.skeletons[index], pose.persona
    shapes, parts = pose.shapes(index), pose.bodies[index]
    for shape in shapes:
        if isinstance(shape, Mat | Disc | Spot):
            paint_floor_shape(brush, shape)
    if any(isinstance(shape, Mat | Disc) for shape in shapes):
        _contact_shadow(brush, parts)
    for shape in shapes:
        if isinstance(shape, Cloth) and not shape.raised:
            paint_floor_shape(brush, shape)
    if index and data["ghost"]:
        paint_ghost(brush, look_at(brush, pose.skeletons[0], persona, [], window))
    seen = look_at(brush, sk, persona, shapes, window)
    paint_seen(brush, seen)
    if not data.get("only") or "head" in data["only"]:
        paint_features(brush, sk, seen, persona)
    paint_hand_lines(brush, sk, seen, persona)
    _paint_marks(brush, pose, index, parts)


def _paint_marks(brush: Brush, pose: Pose, index: int, parts: list[Part]) -> None:
    data, sk, view = pose.data[index], pose.skeletons[index], brush.view
    width = max(1.5 * UNITS, brush.line * 2.7)
    for arrow, line in zip(data["arrows"], pose.arrows[index], strict=True):
        points = [view.xy(q) for q in line]
        paint_arrow(brush, points, width * arrow.get("weight", 1), both=arrow.get("both", False))
    for spot in data["feel"]:
        at = sk.point(spot)
        paint_feel(brush, at, spot.get("radius", 0.07), hidden=_is_behind(brush, parts, at))
    for spot in data["work"]:
        paint_work(brush, sk.point(spot), spot.get("radius", 0.06))


def _contact_shadow(brush: Brush, parts: list[Part]) -> None:
    """A darker patch under what lies or stands on the floor."""
    view = brush.view
    low: dict[str | None, list[Point]] = {}
    for part in parts:
        for blob in part.blobs:
            if lowest(blob) < CONTACT:
                c, *axes = blob
                x, y = (norm((axes[0][m], axes[1][m], axes[2][m])) for m in (0, 1))
                low.setdefault(part.limb, []).extend([view.xy((c[0] + x * i, c[1] + y * j, 0.0)) for i, j in ROUND])
    if low:
        brush.pen.fill(united(smooth(hull(points), tolerance=SHADOW_TOLERANCE) for points in low.values()), "shadow")


ROUND = ((1.15, 0), (0.8, 0.8), (0, 1.15), (-0.8, 0.8), (-1.15, 0), (-0.8, -0.8), (0, -1.15), (0.8, -0.8))


def _is_behind(brush: Brush, parts: list[Part], at: Vec) -> bool:
    """Whether the nearest limb or trunk part lies between a spot and the viewer."""
    axes = [part.axis for part in parts if part.axis]
    if not axes:
        return False
    nearest = min(axes, key=lambda axis: norm(sub(at, _on_axis(axis, at))) - axis.radius)
    return brush.view.depth(at) < brush.view.depth(_on_axis(nearest, at)) - 0.6 * nearest.radius


def _on_axis(axis: Axis, at: Vec) -> Vec:
    a, b, _ = axis
    way = sub(b, a)
    t = max(0.0, min(1.0, dot(sub(at, a), way) / (dot(way, way) or 1.0)))
    return lerp(a, b, t)


def clip_height(brush: Brush, height: float) -> Path:
    """A path round everything above a height (metres) seen from the front."""
    y = height * brush.view.up[2] + brush.view.y
    return polygon([(-9999, y), (29999, y), (29999, 29999), (-9999, 29999)])


def paint_floor_shape(brush: Brush, shape: Mat | Disc | Cloth | Spot) -> None:
    """Paints one shape."""
    match shape:
        case Mat():
            _mat(brush, shape)
        case Disc((x, y, z), a, b):
            form = ((x, y, z), (a, 0.0, 0.0), (0.0, b, 0.0), (0.0, 0.0, 0.004))
            brush.pen.fill(ellipse_path(project(brush.view, form)), paler("mat-edge", 0.45))
        case Spot(form):
            brush.pen.fill(ellipse_path(project(brush.view, form)), "spot")
        case Cloth():
            _cloth(brush, shape)


def _mat(brush: Brush, mat: Mat) -> None:
    view = brush.view
    top = [view.xy(p) for p in mat.corners]
    low = [view.xy((x, y, z - mat.thick)) for x, y, z in mat.corners]
    whole = polygon(hull(top + low))
    brush.pen.stroke(whole, "mat-line", 1.2 * brush.line)
    brush.pen.fill(whole, "mat-edge")
    brush.pen.fill(polygon(top), "mat")


def _cloth(brush: Brush, cloth: Cloth) -> None:
    view, pen = brush.view, brush.pen
    a, b = [view.xy(p) for p in cloth.edge], [view.xy(p) for p in cloth.other]
    whole: Path = polygon(a + b[::-1])
    pen.stroke(whole, "ink", 1.6 * brush.line)
    pen.fill(whole, "cloth-front")
    for i in range(len(a) - 1):
        if _is_crest(cloth.edge, i):
            pen.stroke(polygon([a[i], b[i]], closed=False), paler("ink", 0.3), 0.7 * brush.line)
    for i in (1, len(a) - 3):
        pen.stroke(polygon([a[i], b[i]], closed=False), paler("ink", 0.55), 0.5 * brush.line)


def _is_crest(edge: list[Vec], i: int) -> bool:
    """Whether a fold of a cloth has its top at this point of the edge."""
    high = edge[i][2]
    return high - edge[0][2] > 0.006 and (i == 0 or high >= edge[i - 1][2]) and high > edge[i + 1][2]


HALO = 1.1 * UNITS


def paint_arrow(brush: Brush, points: list[Point], width: float, *, both: bool = False) -> None:
    """An arrow along a dense line; `both` gives it two heads.

    A short arrow gets a slimmer shaft, so that its head stays a head.
    """
    pen, colour = brush.pen, "arrow"
    total = sum(distance(a, b) for a, b in pairwise(points))
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


def _shorten(points: list[Point], by: float) -> list[Point]:
    """The line without its last stretch."""
    left = list(points)
    while len(left) > 2 and distance(left[-1], left[-2]) <= by:
        by -= distance(left[-1], left[-2])
        left.pop()
    (ax, ay), (bx, by_) = left[-1], left[-2]
    t = min(0.9 if len(left) == 2 else 1.0, by / (distance(left[-1], left[-2]) or 1))
    left[-1] = (ax + (bx - ax) * t, ay + (by_ - ay) * t)
    return left


def _head(tip: Point, base: Point, size: float) -> list[Point]:
    d = distance(tip, base) or 1
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
