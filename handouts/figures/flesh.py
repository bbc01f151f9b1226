"""The simple forms of a body for boxes, shadows and checks: ellipsoids in named parts; of these, hands and feet.

Knows no paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from handouts.figures.hands import KNUCKLES, finger_balls
from handouts.figures.path import Blob
from handouts.figures.skeleton import Skeleton
from handouts.figures.vectors import WORLD, Frame, Local, Vec, add, compose, local, mul, norm, rotate, turn_y, turn_z

Ball = tuple[Vec, float]


def blob(centre: Vec, frame: Frame, deep: float, wide: float, long: float) -> Blob:
    """An ellipsoid with half-measures along a frame's X, Y and Z."""
    return (centre, mul(frame[0], deep), mul(frame[1], wide), mul(frame[2], long))


def ball(centre: Vec, radius: float) -> Blob:
    """A ball as an ellipsoid."""
    return blob(centre, WORLD, radius, radius, radius)


def lowest(blob: Blob) -> float:
    """The height of its lowest point."""
    centre, *axes = blob
    return centre[2] - norm((axes[0][2], axes[1][2], axes[2][2]))


class Axis(NamedTuple):
    """A part as a capsule, for telling whether a spot is before or behind it."""

    a: Vec
    b: Vec
    radius: float


class Part(NamedTuple):
    """A body part: its name, the ellipsoids that it is about as large as, and its axis."""

    name: str
    blobs: list[Blob]
    axis: Axis | None = None

    @property
    def limb(self) -> str | None:
        """The limb this part belongs to: "arm_L", "leg_R" …"""
        if self.name[-2:] not in ("_L", "_R"):
            return None
        return ("arm" if self.name.startswith(("uarm", "farm", "hand")) else "leg") + self.name[-2:]


# Toes: root x, y, z, length, radius, degrees they point outwards; the big toe first.
TOES = (
    (0.124, -0.024, -0.063, 0.054, 0.0148, 2),
    (0.131, -0.0015, -0.067, 0.044, 0.0100, 0),
    (0.123, 0.0140, -0.068, 0.039, 0.0095, 2),
    (0.112, 0.0275, -0.069, 0.034, 0.0090, 4),
    (0.098, 0.0400, -0.070, 0.027, 0.0088, 7),
)
# Sole stations: x, y, half length, half width; the front two bend with the toes.
SOLE = (
    (-0.032, 0, 0.037, 0.034),
    (0.06, 0.003, 0.05, 0.038),
    (0.128, 0.005, 0.045, 0.045),
    (0.166, 0.002, 0.030, 0.036),
)
SOLE_HIND = (*SOLE[:2], (0.110, 0.005, 0.012, 0.044))
SOLE_FORE = ((0.122, 0.005, 0.012, 0.044), (0.135, 0.005, 0.03, 0.043), (0.166, 0.002, 0.030, 0.036))
MITTENS = (None, "relaxed", "flat", "straight", "open", "grip", "fist", "hold", "spread")
CLOSED = ("fist", "grip", "hold")


def foot_part(sk: Skeleton, side: str) -> Part:
    """One foot: a shoe, or a bare foot."""
    frame, ankle = sk.f["foot_" + side], sk.p["ankle_" + side]
    at = local(ankle, frame, 1.0 if side == "L" else -1.0)
    axis = Axis(at(-0.03, 0, -0.03), at(0.13, 0, -0.055), 0.035)
    if sk.pose.get("bare"):
        return Part("foot_" + side, _bare_foot(sk, side, at), axis)
    bend = sk.toes[side][0]
    heel = [
        blob(at(-0.034, 0, -0.026), frame, 0.033, 0.033, 0.033),
        blob(at(0, 0, 0.010), frame, 0.038, 0.037, 0.016),
        blob(at(0.072, 0, -0.026), frame, 0.040, 0.038, 0.028),
    ]
    if bend:
        return Part("foot_" + side, [*heel, *_bent_shoe(at, frame, bend)], axis)
    toe = [
        blob(at(0.130, 0.004, -0.038), frame, 0.036, 0.043, 0.022),
        blob(at(0.165, 0.002, -0.046), frame, 0.025, 0.034, 0.016),
    ]
    return Part("foot_" + side, [*heel, *toe, *_sole(at, frame, SOLE)], axis)


def _sole(at: Local, frame: Frame, rows: tuple[tuple[float, float, float, float], ...]) -> list[Blob]:
    return [
        blob(at(x, y, z), frame, long + grow, wide + grow, 0.001)
        for z, grow in ((-0.078, 0.001), (-0.060, 0.003))
        for x, y, long, wide in rows
    ]


def _bent_shoe(at: Local, frame: Frame, bend: float) -> list[Blob]:
    """The front of a shoe that bends at the ball of the foot."""
    turn = turn_y(-bend)
    fore = compose(frame, turn)

    def front(x: float, y: float, z: float) -> Vec:
        return at(*add((0.118, 0, -0.070), rotate(turn, (x - 0.118, y, z + 0.070))))

    return [
        blob(at(0.112, 0.004, -0.040), frame, 0.030, 0.043, 0.022),
        blob(at(0.108, 0.004, -0.042), fore, 0.030, 0.043, 0.021),
        blob(front(0.132, 0.004, -0.042), fore, 0.030, 0.042, 0.021),
        blob(front(0.165, 0.002, -0.047), fore, 0.025, 0.034, 0.016),
        *_sole(at, frame, SOLE_HIND),
        *_sole(front, fore, SOLE_FORE),
    ]


def _bare_foot(sk: Skeleton, side: str, at: Local) -> list[Blob]:
    frame = sk.f["foot_" + side]
    out = [
        blob(at(-0.036, 0, -0.048), frame, 0.030, 0.030, 0.030),
        blob(at(-0.030, 0, -0.010), frame, 0.026, 0.026, 0.026),
        blob(at(0.004, 0, 0), frame, 0.036, 0.034, 0.026),
        blob(at(0.055, -0.004, -0.034), frame, 0.034, 0.031, 0.027),
        blob(at(0.030, -0.002, -0.020), frame, 0.030, 0.030, 0.024),
        blob(at(0.060, 0.004, -0.044), frame, 0.034, 0.033, 0.021),
        blob(at(0.112, -0.020, -0.059), frame, 0.025, 0.023, 0.019),
        blob(at(0.092, 0.029, -0.063), frame, 0.022, 0.018, 0.015),
    ]
    for root, middle, tip, radius in toe_points(*sk.toes[side]):
        out += [ball(at(*root), radius * 1.06), ball(at(*middle), radius), ball(at(*tip), radius * 0.97)]
    return out


def toe_points(bend: float, curl: float) -> Iterator[tuple[Vec, Vec, Vec, float]]:
    """Root, middle and tip of each toe in the foot's axes, and its radius."""
    for x, y, z, long, radius, away in TOES:
        turn = compose(turn_z(away), turn_y(0.45 * curl - bend))
        middle = add((x, y, z), rotate(turn, (long * 0.55, 0, 0)))
        yield (x, y, z), middle, add(middle, rotate(compose(turn, turn_y(curl * 1.1)), (long * 0.5, 0, 0))), radius


def hand_part(sk: Skeleton, side: str) -> Part:
    """One hand: as a mitten where its fingers lie together, or by its fingers."""
    frame, at, shape = sk.f["hand_" + side], sk.in_hand(side), sk.hands[side]
    closed = shape.name in CLOSED
    axis = Axis(at(0, 0, -0.02), at(0, 0.02 if closed else 0.01, -0.09 if closed else -0.13), 0.03)
    if shape.name in MITTENS:
        return Part("hand_" + side, _mitten(at, frame, closed=closed), axis)
    out = [
        blob(at(0, 0, 0.004), frame, 0.0275, 0.021, 0.020),
        blob(at(0.016, 0.007, -0.034), frame, 0.020, 0.016, 0.026),
        blob(at(-0.021, 0.005, -0.036), frame, 0.018, 0.015, 0.028),
        blob(at(0.0275, 0.001, -0.083), frame, 0.0125, 0.0130, 0.0130),
    ]
    out += [blob(at(x, y + 0.001, z + 0.002), frame, 0.0120, 0.0128, 0.0125) for x, y, z in KNUCKLES[1:]]
    return Part("hand_" + side, [*out, *(ball(at(*q), r) for row in finger_balls(shape) for q, r in row)], axis)


def _mitten(at: Local, frame: Frame, *, closed: bool) -> list[Blob]:
    """Palm and fingers, then the thumb."""
    if closed:
        return [
            blob(at(0, 0, -0.005), frame, 0.028, 0.022, 0.020),
            blob(at(0.004, 0, -0.045), frame, 0.042, 0.026, 0.03),
            blob(at(0.004, 0.014, -0.075), frame, 0.040, 0.032, 0.030),
            blob(at(0.022, 0.012, -0.035), frame, 0.016, 0.015, 0.016),
            blob(at(0.038, 0.028, -0.066), frame, 0.013, 0.014, 0.013),
        ]
    return [
        blob(at(0, 0, 0), frame, 0.027, 0.022, 0.020),
        blob(at(0.004, 0, -0.045), frame, 0.040, 0.019, 0.03),
        blob(at(0.004, 0.002, -0.085), frame, 0.042, 0.016, 0.028),
        blob(at(0, 0.006, -0.130), frame, 0.035, 0.013, 0.028),
        blob(at(-0.004, 0.010, -0.165), frame, 0.024, 0.011, 0.016),
        blob(at(0.022, 0.006, -0.032), frame, 0.017, 0.015, 0.018),
        blob(at(0.050, 0.010, -0.072), frame, 0.013, 0.012, 0.014),
        blob(at(0.058, 0.012, -0.098), frame, 0.010, 0.010, 0.012),
    ]
