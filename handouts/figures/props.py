"""Every prop by name, and those that are held, worn or lain on, as shapes in space. Knows no paper and no colour."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin

from handouts.figures.flesh import local
from handouts.figures.hands import finger_points, thumb_points
from handouts.figures.prop_aids import cane, walker, wheelchair
from handouts.figures.prop_furniture import (
    Data,
    Made,
    chair,
    couch,
    counter,
    door,
    floor,
    mat,
    rail,
    step,
    stool,
    table,
    wall,
)
from handouts.figures.prop_shapes import Cloth, Cylinder, Line, Loop, Pillow, Ribbon, Sphere, Spot, Wrap
from handouts.figures.skeleton import Skeleton
from handouts.figures.vectors import (
    add,
    cross,
    lerp,
    mul,
    perp,
    rotate,
    sub,
    turn_z,
    unit,
)

Maker = Callable[[Skeleton, Data], Made]


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
    corners = [
        (
            (x + a * (long / 2 - 0.06), y + b * (wide / 2 - 0.06), z),
            (0.06, 0.0, 0.0),
            (0.0, 0.06, 0.0),
            (0.0, 0.0, high / 2),
        )
        for a in (-1, 1)
        for b in (-1, 1)
    ]
    return [Pillow(corners)]


def _ball(sk: Skeleton, data: Data) -> Made:
    """A ball with its centre at a point; `hand: R` puts a small one into the grip."""
    if "hand" not in data:
        return [Sphere(sk.point(data["at"]), data.get("radius", 0.10), "rubber")]
    side, r = data["hand"], data.get("radius", 0.030)
    k = 1 if side == "L" else -1
    centre = add(sk.p["wrist_" + side], rotate(sk.f["hand_" + side], (0.004, -k * (0.014 + r), -0.082)))
    return [Sphere(centre, r, "rubber")]


def _stick(sk: Skeleton, data: Data) -> Made:
    return [Line([sk.point(t) for t in data["points"]], 0.026, "prop")]


def _band(sk: Skeleton, data: Data) -> Made:
    """An elastic band through points."""
    return [Line([sk.point(t) for t in data["points"]], 0.020, "band")]


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
    side = data["hand"]
    frame, k = sk.f["hand_" + side], 1 if side == "L" else -1
    centre = add(sk.p["wrist_" + side], rotate(frame, (0.004, -k * 0.024, -0.074)))

    def bar(end: float, other: float, radius: float, colour: str) -> Cylinder:
        return Cylinder(add(centre, mul(frame[0], end)), add(centre, mul(frame[0], other)), radius, colour)

    return [bar(0.102, -0.102, 0.013, "metal"), *(bar(q * 0.062, q * 0.112, 0.040, "iron") for q in (-1, 1))]


def _ring(sk: Skeleton, data: Data) -> Made:
    """A rubber band round the ends of all five fingers."""
    side = data["hand"]
    at = local(sk.p["wrist_" + side], sk.f["hand_" + side], -1.0 if side == "L" else 1.0)
    shape = sk.hands[side]
    points = []
    for i in range(4):
        finger = finger_points(i, shape.fingers[i])
        points.append(at(*lerp(finger[2], finger[3], 0.35)))
    thumb = thumb_points(shape.thumb)
    points.append(at(*lerp(thumb[2], thumb[3], 0.45)))
    return [Loop(points, data.get("thick", 0.0065), "band")]


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
    return [Spot((sk.point(data["at"]), (a, 0.0, 0.0), (0.0, b, 0.0), (0.0, 0.0, h)))]


_HAND = frozenset(("hand",))
_LYING = frozenset(("at", "radius", "width", "turn"))
_PLACED = frozenset(("at",))

KINDS: dict[str, tuple[Maker, frozenset[str]]] = {
    "mat": (mat, frozenset(("at", "length", "width", "thick"))),
    "floor": (floor, frozenset(("at", "length", "width"))),
    "chair": (chair, _PLACED | {"height", "back"}),
    "stool": (stool, _PLACED | {"height"}),
    "table": (table, _PLACED | {"size", "legs"}),
    "couch": (couch, _PLACED | {"size", "mattress"}),
    "bed": (couch, _PLACED | {"size", "mattress"}),
    "step": (step, _PLACED | {"size"}),
    "wall": (wall, _PLACED | {"face", "height", "width", "y"}),
    "door": (door, _PLACED | {"width", "height", "post"}),
    "counter": (counter, _PLACED | {"size"}),
    "rail": (rail, frozenset(("points", "posts"))),
    "towel_roll": (_lying(0.05, 0.36, "soft"), _LYING),
    "roller": (_lying(0.075, 0.60, "rubber"), _LYING),
    "pillow": (_pillow, _PLACED | {"size"}),
    "ball": (_ball, _PLACED | {"hand", "radius"}),
    "cane": (cane, _HAND | {"foot", "handle"}),
    "walker": (walker, _PLACED | {"width", "height"}),
    "wheelchair": (wheelchair, _PLACED | {"height"}),
    "stick": (_stick, frozenset(("points",))),
    "band": (_band, frozenset(("points",))),
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
