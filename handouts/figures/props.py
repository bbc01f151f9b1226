"""Every prop by name: what a figure stands, sits or lies on, holds or wears, from a pose's words to shapes in space.

Knows no paper and no colour, only the name of one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from inspect import Parameter, signature
from math import cos, pi, sin
from typing import Any

from handouts.figures.flesh import blob
from handouts.figures.hands import finger_points, thumb_points
from handouts.figures.limbs import Target
from handouts.figures.prop_shapes import (
    Box,
    Cloth,
    Cylinder,
    Disc,
    Line,
    Mat,
    Pillow,
    Ribbon,
    Shape,
    Sphere,
    Spot,
    Wrap,
)
from handouts.figures.skeleton import Skeleton
from handouts.figures.vectors import WORLD, Vec, add, cross, lerp, mul, perp, rotate, sub, turn_z, unit, vec

Made = list[Shape]
"""The shapes of a prop."""
Maker = Callable[..., Made]
"""What makes a prop for a skeleton; the names of its other arguments are the keys that a pose may write."""
Place = Sequence[float]
"""Where something stands on the floor: x and y, metres."""
Size = Sequence[float]
"""How far something reaches along x, y and z, metres."""


def _floor_point(at: Place) -> tuple[float, float]:
    return float(at[0]), float(at[1])


def _box(centre: Vec, size: tuple[float, float, float], palette: str = "prop") -> Box:
    return Box(centre, WORLD, (size[0] / 2, size[1] / 2, size[2] / 2), palette)


def _mat(_: Skeleton, at: Place = (0, 0), length: float = 2.0, width: float = 0.62, thick: float = 0.022) -> Made:
    x, y = _floor_point(at)
    corners = [(x + a * length / 2, y + b * width / 2, 0.0) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    return [Mat(corners, thick)]


def _floor(_: Skeleton, at: Place = (0, 0), length: float = 1.0, width: float = 0.5) -> Made:
    x, y = _floor_point(at)
    return [Disc((x, y, 0.0), length / 2, width / 2)]


def _legs(x: float, y: float, reach: tuple[float, float], thick: float, high: float) -> Made:
    """Four legs, their middles so far before and beside a place."""
    size = (thick, thick, high)
    return [_box((x + a * reach[0], y + b * reach[1], high / 2), size) for a in (-1, 1) for b in (-1, 1)]


def _chair(_: Skeleton, at: Place = (0, 0), height: float = 0.45, back: float = 0.44) -> Made:
    x, y = _floor_point(at)
    wide, deep = 0.42, 0.40
    out = _legs(x, y, (deep / 2 - 0.02, wide / 2 - 0.02), 0.034, height - 0.04)
    out.append(_box((x, y, height - 0.02), (deep, wide, 0.04)))
    if back:
        behind = x + (0.017 - deep / 2)
        for b in (-1, 1):
            out.append(_box((behind, y + b * (wide / 2 - 0.02), height + back / 2), (0.034, 0.034, back)))
        out.append(_box((behind, y, height + back - 0.09), (0.036, wide - 0.04, 0.18)))
    return out


def _stool(sk: Skeleton, at: Place = (0, 0), height: float = 0.45) -> Made:
    return _chair(sk, at, height, back=0)


def _table(_: Skeleton, at: Place = (0, 0), size: Size = (0.6, 0.9, 0.72), legs: bool = True) -> Made:
    x, y = _floor_point(at)
    long, wide, high = size
    under = _legs(x, y, (long / 2 - 0.03, wide / 2 - 0.03), 0.04, high - 0.04) if legs else []
    return [*under, _box((x, y, high - 0.02), (long, wide, 0.04))]


def _couch(_: Skeleton, at: Place = (0, 0), size: Size = (1.95, 0.72, 0.50), mattress: float = 0.12) -> Made:
    """A bed or treatment couch: size [length, width, height], a mattress on a frame with legs."""
    x, y = _floor_point(at)
    long, wide, high = size
    out = _legs(x, y, (long / 2 - 0.05, wide / 2 - 0.05), 0.05, high - mattress - 0.05)
    out.append(_box((x, y, high - mattress - 0.03), (long - 0.02, wide - 0.02, 0.06)))
    out.append(_box((x, y, high - mattress / 2), (long, wide, mattress), "soft"))
    return out


def _rail(sk: Skeleton, points: Sequence[Target], posts: bool = True) -> Made:
    """A hand rail between two points, on posts unless `posts: false`."""
    a, b = (sk.point(t) for t in points)
    tops = (lerp(a, b, 0.08), lerp(a, b, 0.92)) if posts else ()
    return [*(Cylinder(top, (top[0], top[1], 0.0), 0.014, "metal") for top in tops), Cylinder(a, b, 0.018, "metal")]


def _counter(_: Skeleton, at: Place = (0.5, 0), size: Size = (0.45, 0.9, 0.90)) -> Made:
    """A kitchen counter: size [depth, width, height]."""
    x, y = _floor_point(at)
    deep, wide, high = size
    body = _box((x, y, (high - 0.04) / 2), (deep - 0.04, wide - 0.02, high - 0.04))
    return [body, _box((x, y, high - 0.02), (deep, wide, 0.04))]


def _door(_: Skeleton, at: Place = (0.2, 0), width: float = 0.85, height: float = 2.0, post: float = 0.09) -> Made:
    """A doorway across x = at: two posts `width` apart and a lintel."""
    x, y = _floor_point(at)
    out: Made = [_box((x, y + b * (width / 2 + post / 2), height / 2), (0.10, post, height)) for b in (-1, 1)]
    out.append(_box((x, y, height + post / 2), (0.10, width + 2 * post, post)))
    return out


def _wall(_: Skeleton, at: float = 0.5, face: int = -1, height: float = 1.9, width: float = 0.7, y: float = 0) -> Made:
    """A wall at x = at whose face looks towards -x (face: -1) or +x (face: 1)."""
    thick = 0.05
    return [_box((at - face * thick / 2, y, height / 2), (thick, width, height), "wall")]


def _step(_: Skeleton, at: Place = (0, 0), size: Size = (0.32, 0.6, 0.16)) -> Made:
    x, y = _floor_point(at)
    long, wide, high = size
    return [_box((x, y, high / 2), (long, wide, high))]


TUBE, TYRE, RIM, SPOKE = 0.024, 0.030, 0.014, 0.007
"""Metres: how thick tubes, tyres, hand rims and spokes are."""
SIDEWAYS = (-1, 1)


def _cane(sk: Skeleton, hand: str, foot: Place | None = None, handle: Place = (1, 0, 0)) -> Made:
    """A walking stick in a hand: from the grip to the floor, with a handle."""
    grip = sk.p["grip_" + hand]
    end = (grip[0] + 0.02, grip[1], 0.0) if foot is None else vec(foot)
    way = unit(vec(handle))
    top = Line([add(grip, mul(way, -0.05)), add(grip, mul(way, 0.07))], TUBE, "metal")
    return [Line([end, grip], 0.020, "metal"), top]


def _walker(_: Skeleton, at: Place = (0, 0), width: float = 0.56, height: float = 0.86) -> Made:
    """A walking frame that opens towards the person: its grips are `height` metres high, `width` apart, round `at`."""
    x, y = at
    left, right = (y + k * width / 2 for k in SIDEWAYS)
    out: Made = []
    for side in (left, right):
        back, front = (x - 0.16, side, height), (x + 0.12, side, height)
        out += [
            Line([(x - 0.24, side, 0.0), back, front, (x + 0.24, side, 0.0)], TUBE, "metal"),
            Line([(x - 0.20, side, 0.40 * height), (x + 0.19, side, 0.40 * height)], TUBE, "metal"),
            Line([back, (x, side, height)], 1.5 * TUBE, "iron"),
        ]
    for forward, share in ((0.15, 0.75), (0.18, 0.50)):
        out.append(Line([(x + forward, side, share * height) for side in (left, right)], TUBE, "metal"))
    return out


def _wheelchair(_: Skeleton, at: Place = (0, 0), height: float = 0.46) -> Made:
    """A wheelchair without armrests that faces forward, its seat `height` metres high round `at`.

    Its footplates are 0.38 m before `at`, 0.11 m high and 0.12 m to either side: feet belong there.
    """
    (x, y), seat = at, height
    out: Made = [
        Box((x, y, seat - 0.025), WORLD, (0.21, 0.20, 0.025), "iron"),
        Box((x - 0.20, y, seat + 0.24), WORLD, (0.015, 0.19, 0.16), "iron"),
    ]
    for k in SIDEWAYS:
        side, plate = y + 0.20 * k, (x + 0.38, y + 0.12 * k, 0.10)
        hub = (x - 0.09, y + 0.27 * k, 0.30)
        out += [
            Line([(x - 0.33, side, seat + 0.46), (x - 0.20, side, seat + 0.46), (x - 0.20, side, 0.20)], TUBE, "metal"),
            Line([(x - 0.20, side, seat - 0.03), (x + 0.21, side, seat - 0.03), (x + 0.30, side, 0.10)], TUBE, "metal"),
            Box(plate, WORLD, (0.10, 0.08, 0.010), "iron"),
            Line(_wheel(hub, 0.285), TYRE, "iron"),
            Line(_wheel(add(hub, (0, 0.035 * k, 0)), 0.235), RIM, "metal"),
            *(Line([hub, rim], SPOKE, "metal") for rim in _wheel(hub, 0.285)[:-1:6]),
            Line(_wheel((x + 0.22, side, 0.075), 0.060, corners=12), TYRE, "iron"),
            Line([(x + 0.22, side, 0.075), (x + 0.22, side, seat - 0.03)], TUBE, "metal"),
        ]
    return out


def _wheel(centre: Vec, radius: float, corners: int = 24) -> list[Vec]:
    """A closed upright circle that faces sideways."""
    turns = [2 * pi * i / corners for i in range(corners + 1)]
    return [add(centre, (radius * cos(a), 0.0, radius * sin(a))) for a in turns]


def _lying(radius: float, wide: float, colour: str) -> Maker:
    """What makes a round thing that lies."""

    def made(sk: Skeleton, at: Target, radius: float = radius, width: float = wide, turn: float = 0) -> Made:
        centre, axis = sk.point(at), rotate(turn_z(turn), (0, 1, 0))
        return [Cylinder(add(centre, mul(axis, width / 2)), add(centre, mul(axis, -width / 2)), radius, colour)]

    return made


def _pillow(sk: Skeleton, at: Target, size: Size = (0.36, 0.5, 0.10)) -> Made:
    x, y, z = sk.point(at)
    long, wide, high = size
    places = [(x + a * (long / 2 - 0.06), y + b * (wide / 2 - 0.06), z) for a in (-1, 1) for b in (-1, 1)]
    return [Pillow([blob(place, WORLD, 0.06, 0.06, high / 2) for place in places])]


def _ball(sk: Skeleton, at: Target = (), hand: str | None = None, radius: float | None = None) -> Made:
    """A ball with its centre at a point; `hand: R` puts a small one into the grip."""
    if hand is None:
        return [Sphere(sk.point(at), 0.10 if radius is None else radius, "rubber")]
    r = 0.030 if radius is None else radius
    return [Sphere(sk.in_hand(hand)(0.004, 0.014 + r, -0.082), r, "rubber")]


def _bar(thick: float, colour: str) -> Maker:
    """What makes a bar or band through points."""

    def made(sk: Skeleton, points: Sequence[Target]) -> Made:
        return [Line([sk.point(t) for t in points], thick, colour)]

    return made


def _towel(sk: Skeleton, points: Sequence[Target], thick: float = 0.038) -> Made:
    """A towel or strap through points: between two hands, or round a foot."""
    return [Ribbon([sk.point(t) for t in points], thick, "cloth")]


def _cloth(
    sk: Skeleton, at: Target, size: Size = (0.45, 0.30), turn: float = 0, waves: float = 0, bunch: bool = True
) -> Made:
    """A towel lying flat: size [along, across], waves 0 to 1 (bunched up towards +x unless `bunch: false`)."""
    middle, frame, (long, wide), n = sk.point(at), turn_z(turn), size, 25
    rows = []
    for i in range(n):
        t = i / (n - 1)
        high = 0.004 + waves * 0.030 * abs(sin(pi * 4 * t)) * (t if bunch else 1)
        rows.append(((t - 0.5) * long * (1 - 0.45 * waves), high))
    sides = [[add(middle, rotate(frame, (u, k * wide / 2, h))) for u, h in rows] for k in (-1, 1)]
    return [Cloth(sides[0], sides[1])]


def _hammer(sk: Skeleton, hand: str, length: float = 0.20) -> Made:
    """A hammer (a weight at one end): the handle through the grip, the head on the thumb side."""
    frame, grip = sk.f["hand_" + hand], sk.p["grip_" + hand]
    end = add(grip, mul(frame[0], length))
    return [
        Cylinder(add(grip, mul(frame[0], -0.06)), end, 0.012, "prop"),
        Cylinder(add(end, mul(frame[2], 0.048)), add(end, mul(frame[2], -0.048)), 0.021, "metal"),
    ]


def _dumbbell(sk: Skeleton, hand: str) -> Made:
    """A dumbbell in the grip."""
    frame, centre = sk.f["hand_" + hand], sk.in_hand(hand)(0.004, 0.024, -0.074)

    def bar(end: float, other: float, radius: float, colour: str) -> Cylinder:
        return Cylinder(add(centre, mul(frame[0], end)), add(centre, mul(frame[0], other)), radius, colour)

    return [bar(0.102, -0.102, 0.013, "metal"), *(bar(q * 0.062, q * 0.112, 0.040, "iron") for q in (-1, 1))]


def _ring(sk: Skeleton, hand: str, thick: float = 0.0065) -> Made:
    """A rubber band round the ends of all five fingers."""
    at, shape = sk.in_hand(hand), sk.hands[hand]
    fingers = [finger_points(i, angles) for i, angles in enumerate(shape.fingers)]
    thumb = thumb_points(shape.thumb)
    points = [*(lerp(finger[2], finger[3], 0.35) for finger in fingers), lerp(thumb[2], thumb[3], 0.45)]
    return [Line([at(*point) for point in (*points, points[0])], thick, "band", 0.004)]


LOOP_RADII = {"thigh": 0.075, "shank": 0.047, "uarm": 0.046, "farm": 0.038, "foot": 0.042}
"""Of an elastic loop round a segment of a limb, metres."""


def _loop(
    sk: Skeleton, around: Sequence[str], t: float = 0.7, radius: float | None = None, thick: float = 0.022
) -> Made:
    """An elastic loop round one or two limb segments: around: [shank_L, shank_R], `t` the share along the bone."""
    rounds, axis = [], (0.0, 0.0, 0.0)
    for name in around:
        a, b, _ = sk.bone(name)
        rounds.append((lerp(a, b, t), LOOP_RADII[name[:-2]] if radius is None else radius))
        axis = add(axis, unit(sub(a, b)))
    axis = unit(axis)
    (c0, r0), (c1, r1) = rounds[0], rounds[-1]
    across = unit(perp(sub(c1, c0) if len(rounds) > 1 else (0.3, 1.0, 0.2), axis))
    forward = cross(axis, across)
    points = []
    for centre, r, start in ((c1, r1, -pi / 2), (c0, r0, pi / 2)):
        for i in range(13):
            angle = start + pi * i / 12
            out = add(mul(across, cos(angle)), mul(forward, sin(angle)))
            points.append((add(centre, mul(out, r)), out))
    return [Wrap(points, thick)]


def _spot(sk: Skeleton, at: Target, size: Size = (0.16, 0.05, 0.06)) -> Made:
    """A tinted spot painted behind the person: it shows a gap, for example under an arched back."""
    deep, wide, high = size
    return [Spot(blob(sk.point(at), WORLD, deep, wide, high))]


KINDS: dict[str, Maker] = {
    "mat": _mat,
    "floor": _floor,
    "chair": _chair,
    "stool": _stool,
    "table": _table,
    "couch": _couch,
    "bed": _couch,
    "step": _step,
    "wall": _wall,
    "door": _door,
    "counter": _counter,
    "rail": _rail,
    "towel_roll": _lying(0.05, 0.36, "soft"),
    "roller": _lying(0.075, 0.60, "rubber"),
    "pillow": _pillow,
    "ball": _ball,
    "cane": _cane,
    "walker": _walker,
    "wheelchair": _wheelchair,
    "stick": _bar(0.026, "prop"),
    "band": _bar(0.020, "band"),
    "towel": _towel,
    "strap": _towel,
    "cloth": _cloth,
    "hammer": _hammer,
    "dumbbell": _dumbbell,
    "ring": _ring,
    "loop": _loop,
    "spot": _spot,
}
"""Every kind of prop, and how it is built."""


def keys_of(kind: str) -> dict[str, Parameter]:
    """The keys that a kind of prop knows; those without a default it must have."""
    return dict(list(signature(KINDS[kind]).parameters.items())[1:])


def make_prop(sk: Skeleton, spec: str | dict[str, Any]) -> Made:
    """The shapes of one entry of `props`: a name, or {name: {key: value}}. Raises KeyError for a key it must have."""
    ((kind, data),) = [(spec, None)] if isinstance(spec, str) else spec.items()
    data = data or {}
    for key, parameter in keys_of(kind).items():
        if parameter.default is Parameter.empty and key not in data:
            raise KeyError(key)
    return KINDS[kind](sk, **data)
