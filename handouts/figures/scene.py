"""One frame as a scene: floor, people and props, marks, painted in this order. Knows no page and no file."""

from __future__ import annotations

from handouts.figures.curves import smooth
from handouts.figures.display_pen import Brush
from handouts.figures.features import paint_features, paint_hand_lines
from handouts.figures.flesh import Part
from handouts.figures.floor_paint import paint_floor_shape
from handouts.figures.look import look_at, paint_ghost, paint_seen
from handouts.figures.marks import paint_arrow, paint_feel, paint_work
from handouts.figures.path import UNITS, Path, Point, polygon, united
from handouts.figures.pose import Pose
from handouts.figures.prop_shapes import Cloth, Disc, Mat, Spot
from handouts.figures.props import make_prop
from handouts.figures.silhouette import hull
from handouts.figures.vectors import Vec, dot, lerp, norm, sub

Window = tuple[float, float, float, float]

CONTACT = 0.03
"""Flesh lower than this (metres) over the floor casts a shadow on it."""
SHADOW_TOLERANCE = 0.75 * UNITS
"""How far the edge of a shadow may be simplified."""


def paint_scene(brush: Brush, pose: Pose, index: int, window: Window) -> None:
    """Paints a whole frame inside the window (left, bottom, right, top in paper units)."""
    data, sk, persona = pose.data[index], pose.skeletons[index], pose.persona
    shapes = [shape for prop in data.get("props", []) for shape in make_prop(sk, prop)]
    parts = pose.body(index)
    for shape in shapes:
        if isinstance(shape, Mat | Disc | Spot):
            paint_floor_shape(brush, shape)
    if any(isinstance(shape, Mat | Disc) for shape in shapes):
        _contact_shadow(brush, parts)
    for shape in shapes:
        if isinstance(shape, Cloth) and not shape.raised:
            paint_floor_shape(brush, shape)
    if index and data["ghost"]:
        paint_ghost(brush, look_at(brush, pose.skeletons[0], pose.data[0], persona, [], window))
    seen = look_at(brush, sk, data, persona, shapes, window)
    paint_seen(brush, seen)
    if not data.get("only") or "head" in data["only"]:
        paint_features(brush, sk, seen, persona)
    paint_hand_lines(brush, sk, seen, persona)
    _paint_marks(brush, pose, index, parts)


def _paint_marks(brush: Brush, pose: Pose, index: int, parts: list[Part]) -> None:
    data, sk, view = pose.data[index], pose.skeletons[index], brush.view
    width = max(1.5 * UNITS, brush.line * 2.7)
    for arrow, line in zip(data["arrows"], pose.arrows(index), strict=True):
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
        for c, *axes in part.blobs:
            if c[2] - norm((axes[0][2], axes[1][2], axes[2][2])) < CONTACT:
                x, y = (norm((axes[0][m], axes[1][m], axes[2][m])) for m in (0, 1))
                low.setdefault(part.limb, []).extend([view.xy((c[0] + x * i, c[1] + y * j, 0.0)) for i, j in ROUND])
    if low:
        brush.pen.fill(united(smooth(hull(points), tolerance=SHADOW_TOLERANCE) for points in low.values()), "shadow")


ROUND = ((1.15, 0), (0.8, 0.8), (0, 1.15), (-0.8, 0.8), (-1.15, 0), (-0.8, -0.8), (0, -1.15), (0.8, -0.8))


def _is_behind(brush: Brush, parts: list[Part], at: Vec) -> bool:
    """Whether the nearest limb or trunk part lies between a spot and the viewer."""
    view = brush.view
    nearest_part, best = None, 1e9
    for part in parts:
        if part.axis:
            distance = norm(sub(at, _on_axis(part, at))) - part.axis.radius
            if distance < best:
                nearest_part, best = part, distance
    if nearest_part is None or nearest_part.axis is None:
        return False
    return view.depth(at) < view.depth(_on_axis(nearest_part, at)) - 0.6 * nearest_part.axis.radius


def _on_axis(part: Part, at: Vec) -> Vec:
    assert part.axis is not None
    a, b, _ = part.axis
    way = sub(b, a)
    t = max(0.0, min(1.0, dot(sub(at, a), way) / (dot(way, way) or 1.0)))
    return lerp(a, b, t)


def clip_height(brush: Brush, height: float) -> Path:
    """A path round everything above a height (metres) seen from the front."""
    y = height * brush.view.up[2] + brush.view.y
    return polygon([(-9999, y), (29999, y), (29999, 29999), (-9999, 29999)])
