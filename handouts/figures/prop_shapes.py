"""The simple shapes that props are made of, in space. Knows no paper and no colour, only the name of one."""

from __future__ import annotations

from typing import NamedTuple

from handouts.figures.path import Blob
from handouts.figures.vectors import WORLD, Frame, Vec, add, mul


class Mat(NamedTuple):
    """A flat slab: its top corners and its thickness."""

    corners: list[Vec]
    thick: float


class Disc(NamedTuple):
    """A patch of floor."""

    centre: Vec
    half_long: float
    half_wide: float


class Box(NamedTuple):
    centre: Vec
    frame: Frame
    half: tuple[float, float, float]
    colour: str


class Spot(NamedTuple):
    form: Blob


class Pillow(NamedTuple):
    """The smooth convex form round some blobs."""

    blobs: list[Blob]


class Cylinder(NamedTuple):
    a: Vec
    b: Vec
    radius: float
    colour: str


class Sphere(NamedTuple):
    centre: Vec
    radius: float
    colour: str


class Line(NamedTuple):
    """A round bar or cord; its pieces melt into each other as softly as `soft` says."""

    points: list[Vec]
    thick: float
    colour: str
    soft: float = 0.0


class Ribbon(NamedTuple):
    """A flat strip seen at its full width, with cut ends."""

    points: list[Vec]
    thick: float
    colour: str


class Cloth(NamedTuple):
    """A cloth on the floor, or flat on a table, between two long edges."""

    edge: list[Vec]
    other: list[Vec]

    @property
    def raised(self) -> bool:
        """Whether it lies higher than the floor."""
        return self.edge[0][2] > 0.1


class Wrap(NamedTuple):
    """A loop round limbs as (point, outward normal)."""

    points: list[tuple[Vec, Vec]]
    thick: float


Shape = Mat | Disc | Box | Spot | Pillow | Cylinder | Sphere | Line | Ribbon | Cloth | Wrap


def extent(shape: Shape) -> list[Vec]:
    """Points that reach as far as the shape does, for the bounding box."""
    match shape:
        case Mat(corners, thick):
            return corners + [(x, y, z - thick) for x, y, z in corners]
        case Disc((x, y, z), a, b):
            return [(x - a, y, z), (x + a, y, z), (x, y - b, z), (x, y + b, z)]
        case Box(at, frame, (a, b, c)):
            return [
                add(at, add(mul(frame[0], i * a), add(mul(frame[1], j * b), mul(frame[2], k * c))))
                for i in (-1, 1)
                for j in (-1, 1)
                for k in (-1, 1)
            ]
        case Cylinder(a, b, r):
            return [add(p, mul(axis, d)) for p in (a, b) for d in (-r, r) for axis in (WORLD[0], WORLD[2])]
        case Sphere(at, r):
            return [add(at, mul(axis, d)) for axis in WORLD for d in (-r, r)]
        case Line(points, thick) | Ribbon(points, thick):
            return [add(p, mul(axis, d)) for p in points for axis in WORLD for d in (-thick / 2, thick / 2)]
        case Cloth(edge, other):
            return edge + other
        case Wrap(pairs):
            return [p for p, _ in pairs]
        case Pillow(blobs):
            return [add(b[0], mul(axis, d)) for b in blobs for axis in b[1:] for d in (-1, 1)]
        case Spot():
            return []
