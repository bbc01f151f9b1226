"""Forms that make up a drawn body: layers of one colour, parts, welds and digits. Knows no pose and no paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from handouts.figures.silhouette import Blob
from handouts.figures.vectors import Frame, Vec, add, mul, rotate

Fill = Literal["skin", "shirt", "shorts", "shoe", "sole", "hair"]
Local = Callable[[float, float, float], Vec]
Ball = tuple[Vec, float]


def blob(centre: Vec, frame: Frame, deep: float, wide: float, long: float) -> Blob:
    """An ellipsoid with half-measures along a frame's X, Y and Z."""
    return (centre, mul(frame[0], deep), mul(frame[1], wide), mul(frame[2], long))


def ball(centre: Vec, radius: float) -> Blob:
    return (centre, (radius, 0.0, 0.0), (0.0, radius, 0.0), (0.0, 0.0, radius))


def local(origin: Vec, frame: Frame, mirror_y: float = 1.0) -> Local:
    """A function from local coordinates to the world; `mirror_y` -1 makes a left form a right one."""

    def at(x: float, y: float, z: float) -> Vec:
        return add(origin, rotate(frame, (x, y * mirror_y, z)))

    return at


class Layer:
    """One colour of a part: the union of smooth chains, loose chains, convex groups and chains of balls.

    A `chain` is a limb, always drawn along its length; a `mitt` becomes convex when it is seen end on.
    """

    __slots__ = ("capsules", "chains", "fill", "hulls", "mitts")

    def __init__(
        self,
        fill: Fill,
        *,
        chains: list[list[Blob]] | None = None,
        mitts: list[list[Blob]] | None = None,
        hulls: list[list[Blob]] | None = None,
        capsules: list[list[Ball]] | None = None,
    ) -> None:
        self.fill = fill
        self.chains, self.mitts, self.hulls, self.capsules = chains or [], mitts or [], hulls or [], capsules or []

    def blobs(self) -> list[Blob]:
        """Every blob of the layer."""
        found = [b for group in (*self.chains, *self.mitts, *self.hulls) for b in group]
        return found + [ball(c, r) for row in self.capsules for c, r in row]


class Weld(NamedTuple):
    """Where a part grows out of `other`: inside `at` the line between them goes, in the colour of layer `fill`."""

    other: str
    at: Blob
    fill: Fill


class Axis(NamedTuple):
    """A part as a capsule, for telling which of two crossing limbs is nearer."""

    a: Vec
    b: Vec
    radius: float


class Piece(NamedTuple):
    """A palm, sole or digit of a detailed hand or foot; piece 0 is the palm or sole, `base` what a digit grows from.

    `hollow` is what a curled finger closes round: filled, so that no tangle of other fingertips shows through it.
    """

    layer: Layer
    centre: Vec
    weld: Blob | None
    base: int
    nail: Nail | None
    hollow: Layer | None = None


class Nail(NamedTuple):
    """A nail: its form, the way it faces, its digit's radius, and the least share of it that must face the viewer."""

    form: Blob
    faces: Vec
    radius: float
    least: float


class Crease(NamedTuple):
    """A fine line of the skin, drawn when `faces` turns to the viewer by at least `least`."""

    points: tuple[Vec, ...]
    faces: Vec
    least: float
    tone: float
    width: float


class HeadForm(NamedTuple):
    """What the face and the hair are drawn from."""

    frame: Frame
    at: Local
    centre: Vec
    hairstyle: str
    mouth: str


class Part:
    """A body part: layers, the point and bias it is sorted by, and what is drawn on it."""

    __slots__ = ("at", "axis", "bias", "creases", "head", "layers", "name", "pieces", "side", "tail", "upward", "welds")

    def __init__(
        self,
        name: str,
        layers: list[Layer],
        at: Vec,
        *,
        bias: float = 0.0,
        welds: tuple[Weld, ...] = (),
        axis: Axis | None = None,
        pieces: tuple[Piece, ...] = (),
        creases: tuple[Crease, ...] = (),
        head: HeadForm | None = None,
        tail: Vec | None = None,
        upward: Vec | None = None,
    ) -> None:
        self.name, self.layers, self.at, self.bias, self.welds, self.axis = name, layers, at, bias, welds, axis
        self.pieces, self.creases = pieces, creases
        self.head = head
        self.tail = tail  # a tail of hair: the way the head faces
        self.upward = upward  # a shoe: the normal of its sole, upwards
        self.side = name[-1] if name[-2:] in ("_L", "_R") else None

    @property
    def limb(self) -> str | None:
        """The limb this part belongs to: "arm_L", "leg_R" …"""
        if self.side is None:
            return None
        return ("arm_" if self.name.startswith(("uarm", "farm", "hand")) else "leg_") + self.side
