"""The simple forms of a body: ellipsoids in named parts, for boxes, shadows and checks. Knows no pose and no paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from handouts.figures.silhouette import Blob
from handouts.figures.vectors import Frame, Vec, add, mul, rotate

Local = Callable[[float, float, float], Vec]
Ball = tuple[Vec, float]


def blob(centre: Vec, frame: Frame, deep: float, wide: float, long: float) -> Blob:
    """An ellipsoid with half-measures along a frame's X, Y and Z."""
    return (centre, mul(frame[0], deep), mul(frame[1], wide), mul(frame[2], long))


def ball(centre: Vec, radius: float) -> Blob:
    """A ball as an ellipsoid."""
    return (centre, (radius, 0.0, 0.0), (0.0, radius, 0.0), (0.0, 0.0, radius))


def local(origin: Vec, frame: Frame, mirror_y: float = 1.0) -> Local:
    """A function from local coordinates to the world; `mirror_y` -1 makes a left form a right one."""

    def at(x: float, y: float, z: float) -> Vec:
        return add(origin, rotate(frame, (x, y * mirror_y, z)))

    return at


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
