"""One frame as a scene: props, body and marks painted in order. Knows no page and no file."""

from __future__ import annotations

from typing import Any

from handouts.figures.brush import Brush
from handouts.figures.curves import smooth
from handouts.figures.flesh import Part
from handouts.figures.headpaint import paint_face
from handouts.figures.limbpaint import LimbPainter
from handouts.figures.marks import paint_arrow, paint_feel, paint_work
from handouts.figures.order import Item, arrange, side_on
from handouts.figures.path import UNITS, Path, Point, polygon, united
from handouts.figures.pose import Pose
from handouts.figures.prop_shapes import Box, Line, Ribbon, Shape, Wrap, centre, nearest
from handouts.figures.props import make_prop
from handouts.figures.propspaint import paint_shape, paint_wrap
from handouts.figures.silhouette import hull, project
from handouts.figures.skeleton import Skeleton, one_side
from handouts.figures.style import FigureStyle
from handouts.figures.vectors import Vec, dot, mean, norm, sub

Window = tuple[float, float, float, float]

CONTOUR = 1.5
"""The outer contour is this much heavier than the inner lines."""
CONTACT = 0.03
"""Flesh lower than this (metres) over the floor casts a shadow on it."""
SHADOW_TOLERANCE = 0.75 * UNITS
"""How far the edge of a shadow may be simplified."""
FINGER, FINGER_LINES, FINGER_LINES_PANEL = 0.019, 3.6, 2.8
"""Fingers are drawn singly where one is wider than so many lines."""


def paint_scene(brush: Brush, pose: Pose, index: int, style: FigureStyle, window: Window) -> None:
    """Paints a whole frame, less the parts that lie outside the window (left, bottom, right, top in paper units)."""
    data, sk, view = pose.data[index], pose.skeletons[index], brush.view
    lines = FINGER_LINES_PANEL if pose.panel(index) else FINGER_LINES
    detail = data.get("detail", FINGER * view.scale > lines * brush.line)
    made = [make_prop(sk, prop) for prop in data.get("props", [])]
    parts = pose.body(index, build=style.build, hairstyle=style.hairstyle, detail=detail)
    for shape in _on_layer(made, "floor"):
        paint_shape(brush, shape)
    if any(
        prop in ("mat", "floor")
        for entry in data.get("props", [])
        for prop in ([entry] if isinstance(entry, str) else entry)
    ):
        _contact_shadow(brush, parts)
    for shape in sorted(_on_layer(made, "back"), key=lambda s: view.depth(s.centre) if isinstance(s, Box) else 0.0):
        paint_shape(brush, shape)
    wraps = [shape for shape in _on_layer(made, "wrap") if isinstance(shape, Wrap)]
    for wrap in wraps:
        paint_wrap(brush, wrap, near=False)
    if index and data["ghost"]:
        _ghost(brush, pose.body(0, build=style.build, hairstyle=style.hairstyle))
    _paint_people(brush, sk, data, parts, made, window)
    for wrap in wraps:
        paint_wrap(brush, wrap, near=True)
    for shape in _on_layer(made, "front"):
        paint_shape(brush, shape)
    width = max(1.5 * UNITS, brush.line * 2.7)
    for arrow, line in zip(data["arrows"], pose.arrows(index), strict=True):
        points = [view.xy(q) for q in line]
        paint_arrow(
            brush,
            points,
            width * arrow.get("weight", 1),
            both=arrow.get("both", False),
            inside=arrow.get("inside", False),
        )
    for spot in data["feel"]:
        at = sk.point(spot)
        paint_feel(brush, at, spot.get("radius", 0.07), hidden=_is_behind(brush, parts, at))
    for spot in data["work"]:
        paint_work(brush, sk.point(spot), spot.get("radius", 0.06))


def _in_window(brush: Brush, part: Part, window: Window) -> bool:
    left, bottom, right, top = window
    for layer in part.layers:
        for b in layer.blobs():
            x, y, a, _, c = project(brush.view, b)
            if x + a**0.5 > left and x - a**0.5 < right and y + c**0.5 > bottom and y - c**0.5 < top:
                return True
    return False


def _on_layer(made: list[tuple[str, list[Shape]]], layer: str) -> list[Shape]:
    return [shape for name, shapes in made if name == layer for shape in shapes]


def _paint_people(
    brush: Brush,
    sk: Skeleton,
    data: dict[str, Any],
    parts: list[Part],
    made: list[tuple[str, list[Shape]]],
    window: Window,
) -> None:
    nudges = data.get("depth", {})
    items = [
        Item(
            brush.view.depth(part.at)
            + part.bias
            + nudges.get(part.name, 0)
            + (nudges.get(part.limb, 0) if part.limb else 0),
            part,
            [],
        )
        for part in parts
    ]
    held = _add_props(brush, sk, items, made)
    ordered = arrange(items, sk, brush.view, nudges)
    items = [item for item in ordered if item.part is None or _in_window(brush, item.part, window)]
    sides = side_on(sk, brush.view)
    far_side = sides[1] if sides and data.get("fade", True) else None
    for item in items:
        if item.part:
            for layer in item.part.layers:
                ink = brush.ink(item.part.side is not None and item.part.side == far_side)
                brush.pen.stroke(brush.path(layer), ink, 2 * brush.line * CONTOUR)
    painter = LimbPainter(brush)
    for item in items:
        part = item.part
        if part is None:
            for shape in item.shapes:
                paint_shape(brush, shape)
            continue
        painter.paint(part, part.side is not None and part.side == far_side, held.get(part.name, []))
        if part.name == "shirt":
            _shoulder_blades(brush, sk)
        if part.head:
            paint_face(brush, part.head)


def _add_props(
    brush: Brush, sk: Skeleton, items: list[Item], made: list[tuple[str, list[Shape]]]
) -> dict[str, list[tuple[float, Shape]]]:
    """Adds the props that lie among the limbs; gives those that lie between the fingers of a detailed hand."""
    view = brush.view
    parts = {item.part.name: item for item in items if item.part}
    held: dict[str, list[tuple[float, Shape]]] = {}
    for layer, shapes in made:
        if layer == "mid":
            items.append(Item(view.depth(_middle(shapes)), None, _far_to_near(brush, shapes)))
        elif layer == "auto":
            items += [Item(view.depth(centre(shape)), None, [shape]) for shape in shapes]
        elif layer in parts and not layer.startswith("hand_"):
            items.append(Item(parts[layer].key - 0.001, None, shapes))
        elif layer in parts:
            key, hand, _ = parts[layer]
            grip = sk.p["grip_" + layer[-1]]
            for shape in shapes:
                depth = view.depth(nearest(shape, grip))
                if hand and hand.pieces:
                    held.setdefault(layer, []).append((depth, shape))
                else:
                    items.append(Item(key + (0.001 if depth > view.depth(grip) + 0.03 else -0.001), None, [shape]))
    return held


def _middle(shapes: list[Shape]) -> Vec:
    first = shapes[0]
    if isinstance(first, Line | Ribbon):
        return first.points[len(first.points) // 2]
    if isinstance(first, Box):
        return mean([shape.centre for shape in shapes if isinstance(shape, Box)])
    return centre(first)


def _far_to_near(brush: Brush, shapes: list[Shape]) -> list[Shape]:
    return sorted(shapes, key=lambda shape: brush.view.depth(shape.centre) if isinstance(shape, Box) else 0.0)


def _contact_shadow(brush: Brush, parts: list[Part]) -> None:
    """A darker patch under what lies or stands on the floor."""
    view = brush.view
    low: dict[str | None, list[Point]] = {}
    for part in parts:
        for layer in part.layers:
            for c, *axes in layer.blobs():
                if c[2] - norm((axes[0][2], axes[1][2], axes[2][2])) < CONTACT:
                    x, y = (norm((axes[0][m], axes[1][m], axes[2][m])) for m in (0, 1))
                    low.setdefault(part.limb, []).extend([view.xy((c[0] + x * i, c[1] + y * j, 0.0)) for i, j in ROUND])
    if low:
        brush.pen.fill(united(smooth(hull(points), tolerance=SHADOW_TOLERANCE) for points in low.values()), "shadow")


ROUND = ((1.15, 0), (0.8, 0.8), (0, 1.15), (-0.8, 0.8), (-1.15, 0), (-0.8, -0.8), (0, -1.15), (0.8, -0.8))


def _shoulder_blades(brush: Brush, sk: Skeleton) -> None:
    """Seen from behind: the inner edges of the shoulder blades, which move with shrug, protraction and the arm."""
    view, chest = brush.view, sk.f["thorax"]
    if view.depth(chest[0]) > -0.55:
        return
    for side, k in (("L", 1), ("R", -1)):
        arm = one_side(sk.pose.get("arms", {}), side)
        up, across = arm.get("shrug", 0) * 0.8, 0.058 + 0.55 * arm.get("protract", 0)
        turned = max(0.0, -dot(sk.f["uarm_" + side][2], chest[2])) * 0.035
        edge = ((0.405, 0.004), (0.365, 0.0), (0.325, 0.004 + turned), (0.300, 0.020 + turned), (0.308, 0.038 + turned))
        points = [view.xy(sk.trunk_point(z + up, -0.11, k * (across + y))) for z, y in edge]
        brush.pen.stroke(smooth(points, closed=False), "shirt-line", 0.8 * brush.line)


def _ghost(brush: Brush, parts: list[Part]) -> None:
    """The start position, pale, behind the finish."""
    paths = united(brush.path(layer) for part in parts for layer in part.layers)
    brush.pen.stroke(paths, "ghost-line", 1.6 * brush.line)
    brush.pen.fill(paths, "ghost")


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
    return (a[0] + way[0] * t, a[1] + way[1] * t, a[2] + way[2] * t)


def clip_height(brush: Brush, height: float) -> Path:
    """A path round everything above a height (metres) seen from the front."""
    y = height * brush.view.up[2] + brush.view.y
    return polygon([(-9999, y), (29999, y), (29999, 29999), (-9999, 29999)])
