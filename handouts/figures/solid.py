"""Smooth solids as distance fields, and what a camera sees of them: depth, normal, part and material per sample.

Parts of one group melt into each other; groups and props hide each other by depth alone, so nothing is ever sorted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from handouts.figures.camera import View
from handouts.figures.prop_shapes import Box, Cylinder
from handouts.figures.vectors import Frame, Vec

Array: TypeAlias = npt.NDArray[Any]
Balls: TypeAlias = list[tuple[Array, float]]
"""Balls (centre, radius) that together hold a solid: what lies outside of them need not be looked at."""

PROP_NAMES, BOX_NAMES = 1000, 5000
"""From these numbers on, a part is a prop, or a thing with edges."""


class Solid(Protocol):
    """Something with a skin: the balls that hold it, and how far points are from the skin, less than 0 inside."""

    balls: Balls

    def d(self, p: Array) -> Array: ...


def _curve(rows: Sequence[tuple[float, ...]], n: int = 64) -> tuple[Array, Array]:
    """Rows (position, values …) as a dense table along a smooth curve."""
    r = np.array(rows, float)
    t = np.linspace(r[0, 0], r[-1, 0], n)
    slope = np.gradient(r[:, 1:], r[:, 0], axis=0)
    i = np.clip(np.searchsorted(r[:, 0], t, side="right") - 1, 0, len(r) - 2)
    h = (r[i + 1, 0] - r[i, 0])[:, None]
    u = ((t - r[i, 0]) / h[:, 0])[:, None]
    p0, p1, m0, m1 = r[i, 1:], r[i + 1, 1:], slope[i] * h, slope[i + 1] * h
    v = (2 * u**3 - 3 * u**2 + 1) * p0 + (u**3 - 2 * u**2 + u) * m0 + (-2 * u**3 + 3 * u**2) * p1 + (u**3 - u**2) * m1
    return t, v


def _oval(x: Array, y: Array, e: Array, a: Array | float, b: Array | float, c: Array | float) -> Array:
    """Distance to an ellipsoid, near enough close to its skin."""
    u, v, w = x / a, y / b, e / c
    rho = np.sqrt(u * u + v * v + w * w) + 1e-9
    return rho * (rho - 1) / (np.sqrt((u / a) ** 2 + (v / b) ** 2 + (w / c) ** 2) + 1e-9)


class Tube:
    """A limb along a bone: rows (share of the bone, forward, half depth, half width), rounded off by `caps` metres."""

    def __init__(
        self, a: Vec, b: Vec, frame: Frame, rows: Sequence[tuple[float, ...]], caps: tuple[float, float]
    ) -> None:
        self.a, d = np.array(a), np.array(b) - np.array(a)
        self.long = float(np.sqrt(d @ d))
        self.z = d / self.long
        x = np.array(frame[0])
        x = x - self.z * (x @ self.z)
        self.x = x / np.sqrt(x @ x)
        self.y = np.cross(self.z, self.x)
        self.t, self.v = _curve(rows)
        self.caps = caps
        big = float(self.v[:, 1:].max() + np.abs(self.v[:, 0]).max())
        n = max(6, int(self.long / big) + 2)
        self.balls = [(self.a + d * t, big + max(caps)) for t in np.linspace(rows[0][0], rows[-1][0], n)]

    def local(self, p: Array) -> tuple[Array, Array, Array]:
        q = p - self.a
        return q @ self.x, q @ self.y, q @ self.z / self.long

    def d(self, p: Array) -> Array:
        x, y, s = self.local(p)
        t = np.clip(s, self.t[0], self.t[-1])
        f, deep, wide = (np.interp(t, self.t, self.v[:, i]) for i in range(3))
        return _oval(x - f, y, (s - t) * self.long, deep, wide, np.where(s < t, self.caps[0], self.caps[1]))


class Spine(Tube):
    """The trunk along its bent axis: rows (height, forward, half depth, half width)."""

    long = 1.0

    def __init__(
        self, table: list[tuple[float, Vec, Frame]], rows: Sequence[tuple[float, ...]], caps: tuple[float, float]
    ) -> None:
        self.h = np.array([r[0] for r in table])
        self.c = np.array([r[1] for r in table])
        self.f = np.array([r[2] for r in table])  # n, axis, 3
        self.t, self.v = _curve(rows)
        self.caps = caps
        self.balls = [(np.array(c), 0.19) for h, c, _ in table if rows[0][0] - 0.03 <= h <= rows[-1][0] + 0.03]

    def _at(self, heights: Array, values: Array) -> Array:
        """The values of the axis, three to each station, at these heights."""
        return np.stack([np.interp(heights, self.h, values[:, i]) for i in range(3)], 1)

    def local(self, p: Array) -> tuple[Array, Array, Array]:
        q = p - self.c[len(self.h) // 2]
        h = self.h[len(self.h) // 2] + q @ self.f[len(self.h) // 2, 2]
        for _ in range(4):
            h = np.clip(h, self.h[0], self.h[-1])
            h = h + np.einsum("ij,ij->i", p - self._at(h, self.c), self._at(h, self.f[:, 2]))
        inside = np.clip(h, self.h[0], self.h[-1])
        x, y = self._at(inside, self.f[:, 0]), self._at(inside, self.f[:, 1])
        q = p - self._at(inside, self.c)
        return np.einsum("ij,ij->i", q, x), np.einsum("ij,ij->i", q, y), h


class Oval:
    """An ellipsoid, cut off where `cut` (local x, y, z -> metres outside) says."""

    def __init__(
        self,
        centre: Vec,
        frame: Frame,
        half: tuple[float, float, float],
        cut: Callable[[Array, Array, Array], Array] | None = None,
    ) -> None:
        self.c, self.f, self.half, self.cut = np.array(centre), np.array(frame), half, cut
        self.balls = [(self.c, max(half))]

    def d(self, p: Array) -> Array:
        q = p - self.c
        x, y, z = q @ self.f[0], q @ self.f[1], q @ self.f[2]
        out = _oval(x, y, z, *self.half)
        return out if self.cut is None else np.maximum(out, self.cut(x, y, z))


class Cone:
    """A round bar from a ball to a ball."""

    def __init__(self, a: Vec, ra: float, b: Vec, rb: float) -> None:
        self.a, self.ba, self.ra, self.rb = np.array(a), np.array(b) - np.array(a), ra, rb
        self.square = float(self.ba @ self.ba) + 1e-12
        n = 2 + int(np.sqrt(self.square) / max(ra, rb))
        self.balls = [(self.a + self.ba * t, max(ra, rb) * 1.13) for t in np.linspace(0, 1, n)]

    def d(self, p: Array) -> Array:
        q = p - self.a
        t = np.clip(q @ self.ba / self.square, 0, 1)
        q = q - t[:, None] * self.ba
        out: Array = np.sqrt(np.einsum("ij,ij->i", q, q)) - (self.ra + (self.rb - self.ra) * t)
        return out


class Brick:
    """A box with edges rounded by `rounded` metres."""

    def __init__(self, centre: Vec, frame: Frame, half: tuple[float, float, float], rounded: float = 0.0) -> None:
        self.c, self.f, self.half, self.round = np.array(centre), np.array(frame), np.array(half), rounded
        n = 7
        long = int(np.argmax(self.half))
        rest = float(np.sqrt(sum(h * h for i, h in enumerate(half) if i != long)))
        self.balls = [(self.c + self.f[long] * half[long] * s, rest + half[long] / n) for s in np.linspace(-1, 1, n)]

    def d(self, p: Array) -> Array:
        q = np.abs((p - self.c) @ self.f.T) - self.half + self.round
        out: Array = np.sqrt((np.maximum(q, 0) ** 2).sum(1)) + np.minimum(q.max(1), 0) - self.round
        return out


class Piece(NamedTuple):
    """A solid in a group: how softly it melts into those before it, its name for the lines, its material.

    `tint` may change the material per point: (piece, points, materials) -> materials.
    """

    solid: Solid
    soft: float
    name: int
    material: int
    tint: Callable[[Any, Array, Array], Array] | None = None


class Seen:
    """What the camera sees, sample by sample, row 0 lowest. `part` -1 is nothing."""

    def __init__(self, view: View, window: tuple[float, float, float, float], step: float) -> None:
        self.view, self.step = view, step
        left, bottom, right, top = window
        self.x0, self.y0 = left, bottom
        self.w, self.h = int((right - left) / step) + 1, int((top - bottom) / step) + 1
        self.right, self.up = np.array(view.right) / view.scale, np.array(view.up) / view.scale
        self.to = np.array(view.towards)
        shape = (self.h, self.w)
        self.depth = np.full(shape, -1e3)
        self.part, self.material = np.full(shape, -1), np.full(shape, -1)
        self.normal = np.zeros((*shape, 3))
        self.tones: dict[int, str] = {}
        self.edged: list[Box] = []
        self.rolls: list[Cylinder] = []

    def at(self, ix: Array, iy: Array) -> Array:
        """World points in the plane through the origin."""
        v = self.view
        x = (self.x0 + (ix + 0.5) * self.step - v.x) / v.scale
        y = (self.y0 + (iy + 0.5) * self.step - v.y) / v.scale
        return x[:, None] * self.right + y[:, None] * self.up

    def index(self, p: Vec) -> tuple[int, int]:
        x, y = self.view.xy(p)
        return int((x - self.x0) / self.step), int((y - self.y0) / self.step)

    def sees(self, p: Vec, nearer: float = 0.012) -> tuple[int, int] | None:
        """The sample (row, column) of a point, or None when it is outside or something `nearer` metres hides it."""
        ix, iy = self.index(p)
        inside = 0 <= ix < self.w and 0 <= iy < self.h
        return (iy, ix) if inside and self.depth[iy, ix] < self.view.depth(p) + nearer else None

    def add(self, pieces: list[Piece]) -> None:
        """Looks at one group."""
        near = np.full((self.h, self.w), -1e3)
        far = np.full((self.h, self.w), 1e3)
        reached = np.zeros((len(pieces), self.h, self.w), bool)
        for k, piece in enumerate(pieces):
            for c, r in piece.solid.balls:
                r = r * 1.06 + 0.006 + piece.soft / 3
                x, y = self.view.xy(tuple(c))
                d, px = float(c @ self.to), r * self.view.scale / self.step
                cx, cy = (x - self.x0) / self.step, (y - self.y0) / self.step
                x0, x1 = max(0, int(cx - px)), min(self.w, int(cx + px) + 2)
                y0, y1 = max(0, int(cy - px)), min(self.h, int(cy + px) + 2)
                if x0 >= x1 or y0 >= y1:
                    continue
                near[y0:y1, x0:x1] = np.maximum(near[y0:y1, x0:x1], d + r)
                far[y0:y1, x0:x1] = np.minimum(far[y0:y1, x0:x1], d - r)
                reached[k, y0:y1, x0:x1] = True
        iy, ix = np.nonzero(near > np.maximum(-900, self.depth))
        if not len(ix):
            return
        reach = reached[:, iy, ix]
        p = self.at(ix, iy) + near[iy, ix][:, None] * self.to
        t, end = np.zeros(len(ix)), near[iy, ix] - np.maximum(far[iy, ix], self.depth[iy, ix])
        live = np.arange(len(ix))
        hit = np.zeros(len(ix), bool)
        for _ in range(60):
            ahead = self._field(pieces, p[live] - t[live, None] * self.to, reach[:, live])
            done = ahead < 0.0004
            hit[live[done]] = True
            t[live] += np.where(done, 0, np.maximum(ahead * 0.85, 0.0003))
            live = live[~done & (t[live] < end[live])]
            if not len(live):
                break
        if len(live):
            hit[live] = self._field(pieces, p[live] - t[live, None] * self.to, reach[:, live]) < 0.002
        depth = near[iy, ix] - t
        keep = hit & (depth > self.depth[iy, ix])
        ix, iy, q, depth, reach = ix[keep], iy[keep], (p - t[:, None] * self.to)[keep], depth[keep], reach[:, keep]
        if not len(ix):
            return
        own = np.stack([self._near(piece, q, m) for piece, m in zip(pieces, reach, strict=True)])
        which = own.argmin(0)
        material = np.array([piece.material for piece in pieces])[which]
        for k, piece in enumerate(pieces):
            if piece.tint is not None:
                mine = which == k
                if mine.any():
                    material[mine] = piece.tint(piece.solid, q[mine], material[mine])
        e = 0.0015
        n = np.zeros((len(q), 3))
        for s in ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)):
            way = np.array(s, float)
            n += self._field(pieces, q + way * e, reach)[:, None] * way
        n /= np.sqrt((n * n).sum(1))[:, None] + 1e-9
        self.depth[iy, ix], self.normal[iy, ix] = depth, n
        self.part[iy, ix] = np.array([piece.name for piece in pieces])[which]
        self.material[iy, ix] = material

    @staticmethod
    def _near(piece: Piece, p: Array, m: Array) -> Array:
        """The distance where a piece can matter at all; elsewhere a metre."""
        if m.all():
            return piece.solid.d(p)
        out = np.ones(len(p))
        if m.any():
            out[m] = piece.solid.d(p[m])
        return out

    def _field(self, pieces: list[Piece], p: Array, reach: Array) -> Array:
        out = self._near(pieces[0], p, reach[0])
        for piece, m in zip(pieces[1:], reach[1:], strict=True):
            d = self._near(piece, p, m)
            if piece.soft:
                h = np.maximum(piece.soft - np.abs(out - d), 0) / piece.soft
                out = np.minimum(out, d) - h * h * piece.soft / 4
            else:
                out = np.minimum(out, d)
        return out
