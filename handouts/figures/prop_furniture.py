"""Things a figure stands, sits or lies on, or leans against: from a pose's words to boxes in space. Knows no paper."""

from __future__ import annotations

from typing import Any

from handouts.figures.prop_shapes import Box, Cylinder, Disc, Mat, Shape
from handouts.figures.skeleton import Skeleton
from handouts.figures.vectors import WORLD, Vec, lerp

Data = dict[str, Any]
Made = list[Shape]
"""The shapes of a prop."""


def _floor_point(data: Data, x: float = 0.0) -> tuple[float, float]:
    at = data.get("at", [x, 0])
    return float(at[0]), float(at[1])


def _box(centre: Vec, size: tuple[float, float, float], palette: str = "prop") -> Box:
    return Box(centre, WORLD, (size[0] / 2, size[1] / 2, size[2] / 2), palette)


def mat(_: Skeleton, data: Data) -> Made:
    long, wide = data.get("length", 2.0), data.get("width", 0.62)
    x, y = _floor_point(data)
    corners = [(x + a * long / 2, y + b * wide / 2, 0.0) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    return [Mat(corners, data.get("thick", 0.022))]


def floor(_: Skeleton, data: Data) -> Made:
    x, y = _floor_point(data)
    return [Disc((x, y, 0.0), data.get("length", 1.0) / 2, data.get("width", 0.5) / 2)]


def _legs(x: float, y: float, reach: tuple[float, float], thick: float, high: float) -> Made:
    """Four legs, their middles so far before and beside a place."""
    size = (thick, thick, high)
    return [_box((x + a * reach[0], y + b * reach[1], high / 2), size) for a in (-1, 1) for b in (-1, 1)]


def chair(_: Skeleton, data: Data) -> Made:
    x, y = _floor_point(data)
    seat, back = data.get("height", 0.45), data.get("back", 0.44)
    wide, deep = 0.42, 0.40
    out = _legs(x, y, (deep / 2 - 0.02, wide / 2 - 0.02), 0.034, seat - 0.04)
    out.append(_box((x, y, seat - 0.02), (deep, wide, 0.04)))
    if back:
        behind = x + (0.017 - deep / 2)
        for b in (-1, 1):
            out.append(_box((behind, y + b * (wide / 2 - 0.02), seat + back / 2), (0.034, 0.034, back)))
        out.append(_box((behind, y, seat + back - 0.09), (0.036, wide - 0.04, 0.18)))
    return out


def stool(sk: Skeleton, data: Data) -> Made:
    return chair(sk, {**data, "back": 0})


def table(_: Skeleton, data: Data) -> Made:
    x, y = _floor_point(data)
    long, wide, high = data.get("size", [0.6, 0.9, 0.72])
    legs = _legs(x, y, (long / 2 - 0.03, wide / 2 - 0.03), 0.04, high - 0.04) if data.get("legs", True) else []
    return [*legs, _box((x, y, high - 0.02), (long, wide, 0.04))]


def couch(_: Skeleton, data: Data) -> Made:
    """A bed or treatment couch: size [length, width, height], a mattress on a frame with legs."""
    x, y = _floor_point(data)
    long, wide, high = data.get("size", [1.95, 0.72, 0.50])
    thick = data.get("mattress", 0.12)
    out = _legs(x, y, (long / 2 - 0.05, wide / 2 - 0.05), 0.05, high - thick - 0.05)
    out.append(_box((x, y, high - thick - 0.03), (long - 0.02, wide - 0.02, 0.06)))
    out.append(_box((x, y, high - thick / 2), (long, wide, thick), "soft"))
    return out


def rail(sk: Skeleton, data: Data) -> Made:
    """A hand rail between two points, on posts unless `posts: false`."""
    a, b = (sk.point(t) for t in data["points"])
    tops = (lerp(a, b, 0.08), lerp(a, b, 0.92)) if data.get("posts", True) else ()
    posts = [Cylinder(top, (top[0], top[1], 0.0), 0.014, "metal") for top in tops]
    return [*posts, Cylinder(a, b, 0.018, "metal")]


def counter(_: Skeleton, data: Data) -> Made:
    """A kitchen counter: size [depth, width, height]."""
    x, y = _floor_point(data, 0.5)
    deep, wide, high = data.get("size", [0.45, 0.9, 0.90])
    body = _box((x, y, (high - 0.04) / 2), (deep - 0.04, wide - 0.02, high - 0.04))
    return [body, _box((x, y, high - 0.02), (deep, wide, 0.04))]


def door(_: Skeleton, data: Data) -> Made:
    """A doorway across x = at: two posts `width` apart and a lintel."""
    x, y = _floor_point(data, 0.2)
    wide, high, post = data.get("width", 0.85), data.get("height", 2.0), data.get("post", 0.09)
    out: list[Shape] = [_box((x, y + b * (wide / 2 + post / 2), high / 2), (0.10, post, high)) for b in (-1, 1)]
    out.append(_box((x, y, high + post / 2), (0.10, wide + 2 * post, post)))
    return out


def wall(_: Skeleton, data: Data) -> Made:
    """A wall at x = at whose face looks towards -x (face: -1) or +x (face: 1)."""
    x, face = data.get("at", 0.5), data.get("face", -1)
    high, wide, thick = data.get("height", 1.9), data.get("width", 0.7), 0.05
    return [_box((x - face * thick / 2, data.get("y", 0), high / 2), (thick, wide, high), "wall")]


def step(_: Skeleton, data: Data) -> Made:
    x, y = _floor_point(data)
    long, wide, high = data.get("size", [0.32, 0.6, 0.16])
    return [_box((x, y, high / 2), (long, wide, high))]
