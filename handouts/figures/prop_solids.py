"""Props as solids: what a camera sees of chairs, bands and pillows. Knows no body."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from handouts.figures.camera import View
from handouts.figures.prop_shapes import Box, Cloth, Cylinder, Line, Pillow, Ribbon, Shape, Sphere, Wrap
from handouts.figures.solid import BOX_NAMES, PROP_NAMES, Array, Balls, Brick, Cone, Piece, Tube
from handouts.figures.vectors import WORLD, Vec, add, cross, frame_along, lerp, mul, norm, sub, unit


def prop_solids(view: View, shape: Shape, tones: dict[int, str]) -> list[Piece]:
    """A shape as solids; its colours are added to `tones` under new numbers. What lies flat on the floor has none."""

    def tone(colour: str, first: int = 100) -> int:
        number = first + len(tones)
        tones[number] = colour
        return number

    def named() -> int:
        return PROP_NAMES + len(tones)

    match shape:
        case Box():
            faces = []
            for i in range(3):
                upper = abs(shape.frame[i][2]) > 0.7
                turned = abs(view.depth(shape.frame[i]))
                faces.append(
                    tone(f"{shape.colour}-{'top' if upper else 'front' if turned > 0.5 else 'side'}", BOX_NAMES)
                )

            def face(solid: Any, q: Array, _: Array) -> Array:
                own = (q - solid.c) @ solid.f.T
                seen_side = own * np.array([view.depth(axis) for axis in shape.frame]) > 0
                out: Array = np.array(faces)[np.where(seen_side, np.abs(own) - solid.half, -9).argmax(1)]
                return out

            return [Piece(Brick(shape.centre, shape.frame, shape.half), 0, BOX_NAMES + len(tones), faces[0], face)]
        case Cloth(edge, other) if shape.raised:
            near, far = edge[0], other[-1]
            size = (abs(far[0] - near[0]) / 2, abs(far[1] - near[1]) / 2, 0.005)
            return [Piece(Brick(lerp(near, far, 0.5), WORLD, size, 0.002), 0, named(), tone("cloth-front"))]
        case Sphere(at, r, colour):
            return [Piece(Cone(at, r, at, r), 0, named(), tone(f"{colour}-front"))]
        case Cylinder(a, b, r, colour):
            frame = frame_along(sub(a, b), (0.3, 0.2, 1))
            tube = Tube(a, b, frame, [(0, 0, r, r), (0.5, 0, r, r), (1, 0, r, r)], (0.006, 0.006))
            return [Piece(tube, 0, named(), tone(f"{colour}-front"))]
        case Line(points, thick, colour, soft):
            m, n = tone(f"{colour}-front"), named()
            return [Piece(Cone(a, thick / 2, b, thick / 2), soft, n, m) for a, b in pairwise(points)]
        case Ribbon(points, thick, colour):
            m, n = tone(f"{colour}-front"), named()
            return [Piece(Cone(a, thick / 2.4, b, thick / 2.4), 0.01, n, m) for a, b in pairwise(points)]
        case Wrap(points, thick):
            m, n, out = tone("band-front"), named(), []
            for (a, na), (b, nb) in pairwise([*points, points[0]]):
                way, out_way = sub(b, a), unit(add(na, nb))
                if norm(way) < 1e-6:
                    continue
                x = unit(way)
                z = unit(cross(x, out_way))
                half = (norm(way) / 2 + 0.004, 0.0035, thick / 2)
                brick = Brick(add(lerp(a, b, 0.5), mul(out_way, 0.004)), (x, cross(z, x), z), half, 0.003)
                out.append(Piece(brick, 0.004, n, m))
            return out
        case Pillow(blobs):
            m, n = tone("soft-front"), named()
            (c0, *axes), c3 = blobs[0], blobs[-1][0]
            mid = lerp(c0, c3, 0.5)
            halves = [abs(c3[i] - c0[i]) / 2 + norm(axes[i]) for i in range(3)]
            return [Piece(_Cushion(mid, [unit(a) for a in axes], halves), 0, n, m)]
    return []


class _Cushion:
    """A pillow: full in the middle, its corners drawn out."""

    def __init__(self, centre: Vec, frame: Sequence[Vec], half: Sequence[float]) -> None:
        flat_last = sorted(range(3), key=lambda axis: -half[axis])
        self.c, self.f, self.half = np.array(centre), np.array(frame)[flat_last], [half[axis] for axis in flat_last]
        self.balls: Balls = [
            (self.c + self.f[0] * self.half[0] * i + self.f[1] * self.half[1] * j, max(half) * 0.75)
            for i in (-0.6, 0, 0.6)
            for j in (-0.6, 0, 0.6)
        ]

    def d(self, p: Array) -> Array:
        u, v, w = (np.abs((p - self.c) @ self.f.T) / self.half).T
        r = np.sqrt((u**3.2 + v**3.2) ** (2 / 3.2) + w * w + 1e-9)
        out: Array = (r - 1) * self.half[2] * 0.9
        return out
