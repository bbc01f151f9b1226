"""What helps a person to walk or to get about: cane, walker and wheelchair. Knows no paper."""

from __future__ import annotations

from math import cos, pi, sin

from handouts.figures.prop_furniture import Data, Made
from handouts.figures.prop_shapes import Box, Line, Shape
from handouts.figures.skeleton import Skeleton
from handouts.figures.vectors import WORLD, Vec, add, mul, unit, vec

TUBE, TYRE, RIM, SPOKE = 0.024, 0.030, 0.014, 0.007
"""Metres: how thick tubes, tyres, hand rims and spokes are."""
SIDEWAYS = (-1, 1)


def cane(sk: Skeleton, data: Data) -> Made:
    """A walking stick in a hand: from the grip to the floor, with a handle."""
    grip = sk.p["grip_" + data["hand"]]
    foot = vec(data["foot"]) if "foot" in data else (grip[0] + 0.02, grip[1], 0.0)
    way = unit(vec(data.get("handle", (1, 0, 0))))
    handle = Line([add(grip, mul(way, -0.05)), add(grip, mul(way, 0.07))], TUBE, "metal")
    return [Line([foot, grip], 0.020, "metal"), handle]


def walker(_: Skeleton, data: Data) -> Made:
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


def wheelchair(_: Skeleton, data: Data) -> Made:
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
            Line(_ring(hub, 0.285), TYRE, "iron"),
            Line(_ring(add(hub, (0, 0.035 * k, 0)), 0.235), RIM, "metal"),
            *(Line([hub, rim], SPOKE, "metal") for rim in _ring(hub, 0.285)[:-1:6]),
            Line(_ring((x + 0.22, side, 0.075), 0.060, corners=12), TYRE, "iron"),
            Line([(x + 0.22, side, 0.075), (x + 0.22, side, seat - 0.03)], TUBE, "metal"),
        ]
    return out


def _ring(centre: Vec, radius: float, corners: int = 24) -> list[Vec]:
    """A closed upright circle that faces sideways."""
    turns = [2 * pi * i / corners for i in range(corners + 1)]
    return [add(centre, (radius * cos(a), 0.0, radius * sin(a))) for a in turns]
