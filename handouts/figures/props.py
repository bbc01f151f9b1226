"""Every prop by name: what a figure stands, sits or lies on, holds or wears, from a pose's words to shapes in space.

Knows no paper and no colour, only the name of one.
"""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin
from typing import Any

from handouts.figures.flesh import blob
from handouts.figures.hands import finger_points, thumb_points
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
from handouts.figures.skeleton import Skeleton
from handouts.figures.vectors import WORLD, Vec, add, cross, lerp, mul, perp, rotate, sub, turn_z, unit, vec

Data = dict[str, Any]
Made = list[Shape]
"""The shapes of a prop."""
Maker = Callable[[Skeleton, Data], Made]


def _floor_point(data: Data, x: float = 0.0) -> tuple[float, float]:
    at = data.get("at", [x, 0])
    return float(at[0]), float(at[1])


def _box(centre: Vec, size: tuple[float, float, float], palette: str = "prop") -> Box:
    return Box(centre, WORLD, (size[0] / 2, size[1] / 2, size[2] / 2), palette)


def _mat(_: Skeleton, data: Data) -> Made:
    long, wide = data.get("length", 2.0), data.get("width", 0.62)
    x, y = _floor_point(data)
    corners = [(x + a * long / 2, y + b * wide / 2, 0.0) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    return [Mat(corners, data.get("thick", 0.022))]


def _floor(_: Skeleton, data: Data) -> Made:
    x, y = _floor_point(data)
    return [Disc((x, y, 0.0), data.get("length", 1.0) / 2, data.get("width", 0.5) / 2)]


def _legs(x: float, y: float, reach: tuple[float, float], thick: float, high: float) -> Made:
    """Four legs, their middles so far before and beside a place."""
    size = (thick, thick, high)
    return [_box((x + a * reach[0], y + b * reach[1], high / 2), size) for a in (-1, 1) for b in (-1, 1)]


def _chair(_: Skeleton, data: Data) -> Made:
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


def _stool(sk: Skeleton, data: Data) -> Made:
    return _chair(sk, {**data, "back": 0})


def _table(_: Skeleton, data: Data) -> Made:
    x, y = _floor_point(data)
    long, wide, high = data.get("size", [0.6, 0.9, 0.72])
    legs = _legs(x, y, (long / 2 - 0.03, wide / 2 - 0.03), 0.04, high - 0.04) if data.get("legs", True) else []
    return [*legs, _box((x, y, high - 0.02), (long, wide, 0.04))]


def _couch(_: Skeleton, data: Data) -> Made:
    """A bed or treatment couch: size [length, width, height], a mattress on a frame with legs."""
    x, y = _floor_point(data)
    long, wide, high = data.get("size", [1.95, 0.72, 0.50])
    thick = data.get("mattress", 0.12)
    out = _legs(x, y, (long / 2 - 0.05, wide / 2 - 0.05), 0.05, high - thick - 0.05)
    out.append(_box((x, y, high - thick - 0.03), (long - 0.02, wide - 0.02, 0.06)))
    out.append(_box((x, y, high - thick / 2), (long, wide, thick), "soft"))
    return out


def _rail(sk: Skeleton, data: Data) -> Made:
    """A hand rail between two points, on posts unless `posts: false`."""
    a, b = (sk.point(t) for t in data["points"])
    tops = (lerp(a, b, 0.08), lerp(a, b, 0.92)) if data.get("posts", True) else ()
    posts = [Cylinder(top, (top[0], top[1], 0.0), 0.014, "metal") for top in tops]
    return [*posts, Cylinder(a, b, 0.018, "metal")]


def _counter(_: Skeleton, data: Data) -> Made:
    """A kitchen counter: size [depth, width, height]."""
    x, y = _floor_point(data, 0.5)
    deep, wide, high = data.get("size", [0.45, 0.9, 0.90])
    body = _box((x, y, (high - 0.04) / 2), (deep - 0.04, wide - 0.02, high - 0.04))
    return [body, _box((x, y, high - 0.02), (deep, wide, 0.04))]


def _door(_: Skeleton, data: Data) -> Made:
    """A doorway across x = at: two posts `width` apart and a lintel."""
    x, y = _floor_point(data, 0.2)
    wide, high, post = data.get("width", 0.85), data.get("height", 2.0), data.get("post", 0.09)
    out: list[Shape] = [_box((x, y + b * (wide / 2 + post / 2), high / 2), (0.10, post, high)) for b in (-1, 1)]
    out.append(_box((x, y, high + post / 2), (0.10, wide + 2 * post, post)))
    return out


def _wall(_: Skeleton, data: Data) -> Made:
    """A wall at x = at whose face looks towards -x (face: -1) or +x (face: 1)."""
    x, face = data.get("at", 0.5), data.get("face", -1)
    high, wide, thick = data.get("height", 1.9), data.get("width", 0.7), 0.05
    return [_box((x - face * thick / 2, data.get("y", 0), high / 2), (thick, wide, high), "wall")]


def _step(_: Skeleton, data: Data) -> Made:
    x, y = _floor_point(data)
    long, wide, high = data.get("size", [0.32, 0.6, 0.16])
    return [_box((x, y, high / 2), (long, wide, high))]


TUBE, TYRE, RIM, SPOKE = 0.024, 0.030, 0.014, 0.007
"""Metres: how thick tubes, tyres, hand rims and spokes are."""
SIDEWAYS = (-1, 1)


def _cane(sk: Skeleton, data: Data) -> Made:
    """A walking stick in a hand: from the grip to the floor, with a handle."""
    grip = sk.p["grip_" + data["hand"]]
    foot = vec(data["foot"]) if "foot" in data else (grip[0] + 0.02, grip[1], 0.0)
    way = unit(vec(data.get("handle", (1, 0, 0))))
    handle = Line([add(grip, mul(way, -0.05)), add(grip, mul(way, 0.07))], TUBE, "metal")
    return [Line([foot, grip], 0.020, "metal"), handle]


def _walker(_: Skeleton, data: Data) -> Made:
    """A walking frame that opens towards the person: its grips are `height` metres high, `width` apart, round `at`."""
    (x, y), wide, high = data.get("at", [0, 0]), data.get("width", 0.56), data.get("height", 0.86)
    out: list[Shape] = []
    for k in SIDEWAYS:
        side = y + k * wide / 2
        back, front = (x - 0.16, side, high), (x + 0.12, side, high)
        out += [
            Line([(x - 0.24, side, 0.0), back, front, (x + 0.24, side, 0.0)], TUBE, "metal"),
            Line([(x - 0.20, side, 0.40 * high), (x + 0.19, side, 0.40 * high)], TUBE, "metal"),
            Line([back, (x, side, high)], 1.5 * TUBE, "iron"),
        ]
    out += [
        Line([(x + forward, y - wide / 2, share * high), (x + forward, y + wide / 2, share * high)], TUBE, "metal")
        for forward, share in ((0.15, 0.75), (0.18, 0.50))
    ]
    return out


def _wheelchair(_: Skeleton, data: Data) -> Made:
    """A wheelchair without armrests that faces forward, its seat `height` metres high round `at`.

    Its footplates are 0.38 m before `at`, 0.11 m high and 0.12 m to either side: feet belong there.
    """
    (x, y), seat = data.get("at", [0, 0]), data.get("height", 0.46)
    out: list[Shape] = [
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

    def made(sk: Skeleton, data: Data) -> Made:
        centre, r, w = sk.point(data["at"]), data.get("radius", radius), data.get("width", wide)
        axis = rotate(turn_z(data.get("turn", 0)), (0, 1, 0))
        return [Cylinder(add(centre, mul(axis, w / 2)), add(centre, mul(axis, -w / 2)), r, colour)]

    return made


def _pillow(sk: Skeleton, data: Data) -> Made:
    x, y, z = sk.point(data["at"])
    long, wide, high = data.get("size", [0.36, 0.5, 0.10])
    places = [(x + a * (long / 2 - 0.06), y + b * (wide / 2 - 0.06), z) for a in (-1, 1) for b in (-1, 1)]
    return [Pillow([blob(place, WORLD, 0.06, 0.06, high / 2) for place in places])]


def _ball(sk: Skeleton, data: Data) -> Made:
    """A ball with its centre at a point; `hand: R` puts a small one into the grip."""
    if "hand" not in data:
        return [Sphere(sk.point(data["at"]), data.get("radius", 0.10), "rubber")]
    r = data.get("radius", 0.030)
    return [Sphere(sk.in_hand(data["hand"])(0.004, 0.014 + r, -0.082), r, "rubber")]


def _bar(thick: float, colour: str) -> Maker:
    """What makes a bar or band through points."""
    return lambda sk, data: [Line([sk.point(t) for t in data["points"]], thick, colour)]


def _towel(sk: Skeleton, data: Data) -> Made:
    """A towel or strap through points: between two hands, or round a foot."""
    return [Ribbon([sk.point(t) for t in data["points"]], data.get("thick", 0.038), "cloth")]


def _cloth(sk: Skeleton, data: Data) -> Made:
    """A towel lying flat: size [along, across], waves 0 to 1 (bunched up towards +x unless `bunch: false`)."""
    at, (long, wide) = sk.point(data["at"]), data.get("size", [0.45, 0.30])
    frame, waves, n = turn_z(data.get("turn", 0)), data.get("waves", 0), 25
    rows = []
    for i in range(n):
        t = i / (n - 1)
        high = 0.004 + waves * 0.030 * abs(sin(pi * 4 * t)) * (t if data.get("bunch", True) else 1)
        rows.append(((t - 0.5) * long * (1 - 0.45 * waves), high))
    sides = [[add(at, rotate(frame, (u, k * wide / 2, h))) for u, h in rows] for k in (-1, 1)]
    return [Cloth(sides[0], sides[1])]


def _hammer(sk: Skeleton, data: Data) -> Made:
    """A hammer (a weight at one end): the handle through the grip, the head on the thumb side."""
    side = data["hand"]
    frame, grip = sk.f["hand_" + side], sk.p["grip_" + side]
    end = add(grip, mul(frame[0], data.get("length", 0.20)))
    return [
        Cylinder(add(grip, mul(frame[0], -0.06)), end, 0.012, "prop"),
        Cylinder(add(end, mul(frame[2], 0.048)), add(end, mul(frame[2], -0.048)), 0.021, "metal"),
    ]


def _dumbbell(sk: Skeleton, data: Data) -> Made:
    """A dumbbell in the grip."""
    frame, centre = sk.f["hand_" + data["hand"]], sk.in_hand(data["hand"])(0.004, 0.024, -0.074)

    def bar(end: float, other: float, radius: float, colour: str) -> Cylinder:
        return Cylinder(add(centre, mul(frame[0], end)), add(centre, mul(frame[0], other)), radius, colour)

    return [bar(0.102, -0.102, 0.013, "metal"), *(bar(q * 0.062, q * 0.112, 0.040, "iron") for q in (-1, 1))]


def _ring(sk: Skeleton, data: Data) -> Made:
    """A rubber band round the ends of all five fingers."""
    at, shape = sk.in_hand(data["hand"]), sk.hands[data["hand"]]
    fingers = [finger_points(i, angles) for i, angles in enumerate(shape.fingers)]
    thumb = thumb_points(shape.thumb)
    points = [*(lerp(finger[2], finger[3], 0.35) for finger in fingers), lerp(thumb[2], thumb[3], 0.45)]
    return [Loop([at(*point) for point in points], data.get("thick", 0.0065), "band")]


LOOP_BONES = {
    "thigh": ("hip", "knee", 0.075),
    "shank": ("knee", "ankle", 0.047),
    "uarm": ("shoulder", "elbow", 0.046),
    "farm": ("elbow", "wrist", 0.038),
    "foot": ("heel", "ball", 0.042),
}


def _loop(sk: Skeleton, data: Data) -> Made:
    """An elastic loop round one or two limb segments: around: [shank_L, shank_R], `t` the share along the bone."""
    rounds, axis, t = [], (0.0, 0.0, 0.0), data.get("t", 0.7)
    for name in data["around"]:
        top, bottom, radius = LOOP_BONES[name[:-2]]
        a, b = sk.p[top + name[-2:]], sk.p[bottom + name[-2:]]
        rounds.append((lerp(a, b, t), data.get("radius", radius)))
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
    return [Wrap(points, data.get("thick", 0.022))]


def _spot(sk: Skeleton, data: Data) -> Made:
    """A tinted spot painted behind the person: it shows a gap, for example under an arched back."""
    a, b, h = data.get("size", [0.16, 0.05, 0.06])
    return [Spot(blob(sk.point(data["at"]), WORLD, a, b, h))]


_HAND = frozenset(("hand",))
_LYING = frozenset(("at", "radius", "width", "turn"))
_PLACED = frozenset(("at",))

KINDS: dict[str, tuple[Maker, frozenset[str]]] = {
    "mat": (_mat, frozenset(("at", "length", "width", "thick"))),
    "floor": (_floor, frozenset(("at", "length", "width"))),
    "chair": (_chair, _PLACED | {"height", "back"}),
    "stool": (_stool, _PLACED | {"height"}),
    "table": (_table, _PLACED | {"size", "legs"}),
    "couch": (_couch, _PLACED | {"size", "mattress"}),
    "bed": (_couch, _PLACED | {"size", "mattress"}),
    "step": (_step, _PLACED | {"size"}),
    "wall": (_wall, _PLACED | {"face", "height", "width", "y"}),
    "door": (_door, _PLACED | {"width", "height", "post"}),
    "counter": (_counter, _PLACED | {"size"}),
    "rail": (_rail, frozenset(("points", "posts"))),
    "towel_roll": (_lying(0.05, 0.36, "soft"), _LYING),
    "roller": (_lying(0.075, 0.60, "rubber"), _LYING),
    "pillow": (_pillow, _PLACED | {"size"}),
    "ball": (_ball, _PLACED | {"hand", "radius"}),
    "cane": (_cane, _HAND | {"foot", "handle"}),
    "walker": (_walker, _PLACED | {"width", "height"}),
    "wheelchair": (_wheelchair, _PLACED | {"height"}),
    "stick": (_bar(0.026, "prop"), frozenset(("points",))),
    "band": (_bar(0.020, "band"), frozenset(("points",))),
    "towel": (_towel, frozenset(("points", "thick"))),
    "strap": (_towel, frozenset(("points", "thick"))),
    "cloth": (_cloth, _PLACED | {"size", "turn", "waves", "bunch"}),
    "hammer": (_hammer, _HAND | {"length"}),
    "dumbbell": (_dumbbell, _HAND),
    "ring": (_ring, frozenset(("hand", "thick"))),
    "loop": (_loop, frozenset(("around", "t", "radius", "thick"))),
    "spot": (_spot, frozenset(("at", "size"))),
}
"""Every kind of prop: how it is built and the keys it knows."""


def make_prop(sk: Skeleton, spec: str | Data) -> Made:
    """The shapes of one entry of `props`: a name, or {name: {key: value}}."""
    if isinstance(spec, str):
        return KINDS[spec][0](sk, {})
    ((kind, data),) = spec.items()
    return KINDS[kind][0](sk, data or {})
