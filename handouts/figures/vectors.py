"""Small 3-D mathematics on tuples. Knows no body and no paper.

A frame is three unit axes (X, Y, Z), the columns of a rotation. Lengths are metres, angles degrees.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import cos, radians, sin, sqrt

Vec = tuple[float, float, float]
Frame = tuple[Vec, Vec, Vec]
Local = Callable[[float, float, float], Vec]

WORLD: Frame = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def add(a: Vec, b: Vec) -> Vec:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vec, b: Vec) -> Vec:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def mul(a: Vec, s: float) -> Vec:
    return (a[0] * s, a[1] * s, a[2] * s)


def dot(a: Vec, b: Vec) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def norm(a: Vec) -> float:
    return sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2])


def unit(a: Vec, fallback: Vec = (1.0, 0.0, 0.0)) -> Vec:
    n = norm(a)
    return fallback if n < 1e-9 else (a[0] / n, a[1] / n, a[2] / n)


def lerp(a: Vec, b: Vec, t: float) -> Vec:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


def mean(points: list[Vec]) -> Vec:
    n = len(points)
    return (sum(p[0] for p in points) / n, sum(p[1] for p in points) / n, sum(p[2] for p in points) / n)


def perp(a: Vec, axis: Vec) -> Vec:
    """The part of `a` at right angles to the unit vector `axis`."""
    return sub(a, mul(axis, dot(a, axis)))


def vec(numbers: Sequence[float]) -> Vec:
    """Three numbers of a pose as a vector."""
    x, y, z = numbers
    return (float(x), float(y), float(z))


def turn_x(degrees: float) -> Frame:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((1.0, 0.0, 0.0), (0.0, c, s), (0.0, -s, c))


def turn_y(degrees: float) -> Frame:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((c, 0.0, -s), (0.0, 1.0, 0.0), (s, 0.0, c))


def turn_z(degrees: float) -> Frame:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((c, s, 0.0), (-s, c, 0.0), (0.0, 0.0, 1.0))


def rotate(frame: Frame, v: Vec) -> Vec:
    """`v`, given in the axes of `frame`, in the axes that `frame` itself is given in."""
    x, y, z = frame
    a, b, c = v
    return (
        x[0] * a + y[0] * b + z[0] * c,
        x[1] * a + y[1] * b + z[1] * c,
        x[2] * a + y[2] * b + z[2] * c,
    )


def local(origin: Vec, frame: Frame, mirror_y: float = 1.0) -> Local:
    """A function from local coordinates to the world; `mirror_y` -1 makes a left form a right one."""
    return lambda x, y, z: add(origin, rotate(frame, (x, y * mirror_y, z)))


def compose(frame: Frame, *turns: Frame) -> Frame:
    """`frame` turned by each of `turns` in its own axes."""
    for turn in turns:
        frame = (rotate(frame, turn[0]), rotate(frame, turn[1]), rotate(frame, turn[2]))
    return frame


def frame_along(z: Vec, towards: Vec) -> Frame:
    """The right-handed frame whose Z is along `z` and whose X is as near `towards` as it can be."""
    z = unit(z)
    x = perp(towards, z)
    if norm(x) < 1e-6:
        x = perp((1.0, 0.01, 0.0) if abs(z[0]) < 0.9 else (0.0, 0.0, 1.0), z)
    x = unit(x)
    return (x, cross(z, x), z)
