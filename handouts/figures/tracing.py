"""From samples to lines: where a part, material or depth changes, chained into smooth curves. Knows no body."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from handouts.figures.curves import smooth
from handouts.figures.path import Path, Point, polygon, united
from handouts.figures.solid import Array

PASSES = 9
"""How often a staircase is smoothed."""


def _chains(edges: list[tuple[tuple[int, int], tuple[int, int]]]) -> list[list[tuple[int, int]]]:
    """Lattice edges as runs between junctions; a ring ends where it begins."""
    at: dict[tuple[int, int], list[int]] = {}
    for i, (a, b) in enumerate(edges):
        at.setdefault(a, []).append(i)
        at.setdefault(b, []).append(i)
    used = [False] * len(edges)
    out: list[list[tuple[int, int]]] = []

    def walk(v: tuple[int, int], i: int) -> list[tuple[int, int]]:
        run = [v]
        while True:
            used[i] = True
            a, b = edges[i]
            v = b if v == a else a
            run.append(v)
            if len(at[v]) != 2:
                return run
            i = next((j for j in at[v] if not used[j]), -1)
            if i < 0:
                return run

    for v, ids in at.items():
        if len(ids) != 2:
            out.extend(walk(v, i) for i in ids if not used[i])
    for i, (a, _) in enumerate(edges):
        if not used[i]:
            out.append(walk(a, i))
    return out


def _relaxed(points: Array, closed: bool) -> Array:
    """Staircase smoothed away; ends stay."""
    q = points.astype(float)
    if closed:
        q = q[:-1]
        if len(q) < 8:
            return q
        for _ in range(PASSES):
            q = 0.25 * np.roll(q, 1, 0) + 0.5 * q + 0.25 * np.roll(q, -1, 0)
        return q
    for _ in range(PASSES):
        if len(q) > 2:
            q[1:-1] = 0.25 * q[:-2] + 0.5 * q[1:-1] + 0.25 * q[2:]
    return q


class Grid(NamedTuple):
    """Where the corner of the first sample lies, and how far samples are apart, in paper units."""

    left: float
    bottom: float
    step: float

    def paper(self, q: Array) -> list[Point]:
        """Corners of samples as points on paper."""
        return [(self.left + x * self.step, self.bottom + y * self.step) for x, y in q]


def _curve(q: Array, closed: bool, grid: Grid, tolerance: float) -> Path:
    n = max(4 if closed else 3, len(q) // 4)
    if len(q) > n:
        index = np.linspace(0, len(q) - closed, n, endpoint=not closed).astype(int).clip(0, len(q) - 1)
        q = q[np.unique(index)]
    points = grid.paper(q)
    return smooth(points, closed=closed, tolerance=tolerance) if len(points) > 2 else polygon(points, closed=False)


def regions(mask: Array, grid: Grid, tolerance: float, *, straight: bool = False, least: float = 0) -> Path:
    """The outline of all samples that are set, holes included (even-odd and nonzero agree: rings alternate)."""
    m = np.pad(mask, 1)
    edges = []
    for y, x in zip(*np.nonzero(m[:, 1:] != m[:, :-1]), strict=True):  # vertical cracks between x and x+1
        a, b = (int(x), int(y) - 1), (int(x), int(y))
        edges.append((a, b) if m[y, x + 1] else (b, a))
    for y, x in zip(*np.nonzero(m[1:] != m[:-1]), strict=True):
        a, b = (int(x) - 1, int(y)), (int(x), int(y))
        edges.append((b, a) if m[y + 1, x] else (a, b))
    after: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for a, b in edges:
        after.setdefault(a, []).append(b)
    out = []
    while after:
        start = next(iter(after))
        ring, v = [start], start
        while True:
            nexts = after[v]
            if len(nexts) == 1:
                w = nexts.pop()
            else:  # at a saddle turn so that rings stay apart
                d = (ring[-1][0] - ring[-2][0], ring[-1][1] - ring[-2][1]) if len(ring) > 1 else (0, 1)
                w = min(nexts, key=lambda n: -(d[0] * (n[1] - v[1]) - d[1] * (n[0] - v[0])))
                nexts.remove(w)
            if not nexts:
                del after[v]
            ring.append(w)
            v = w
            if v == start:
                break
        if straight and len(ring) > 6:
            out.append(polygon(grid.paper(_plain(_middles(np.array(ring, float)), 0.8)[:-1])))
        elif len(ring) > 10 and (not least or _area(ring) >= least):
            out.append(_curve(_relaxed(np.array(ring), True), True, grid, tolerance))
    return united(out)


def _area(ring: list[tuple[int, int]]) -> float:
    q = np.array(ring, float)
    return float(abs((q[:-1, 0] * q[1:, 1] - q[1:, 0] * q[:-1, 1]).sum()) / 2)


Crack = tuple[tuple[int, int], tuple[int, int]]


def cracks(flags_v: Array, flags_h: Array) -> dict[Crack, float]:
    """Set cracks between samples: `flags_v[y, x]` lies between samples x and x+1, `flags_h` between y and y+1."""
    found: dict[Crack, float] = {}
    for y, x in zip(*np.nonzero(flags_v), strict=True):
        found[(int(x) + 1, int(y)), (int(x) + 1, int(y) + 1)] = float(flags_v[y, x])
    for y, x in zip(*np.nonzero(flags_h), strict=True):
        found[(int(x), int(y) + 1), (int(x) + 1, int(y) + 1)] = float(flags_h[y, x])
    return found


class Line(NamedTuple):
    """A line along cracks: the median of their values, its points, whether it is a ring, and which ends are free."""

    value: float
    points: Array
    closed: bool
    free: tuple[bool, bool]


def lines(found: dict[Crack, float], held: set[tuple[int, int]], shortest: int) -> list[Line]:
    """Lines along cracks, those with free ends only from a length on. Ends in `held` are not free."""
    out: list[Line] = []
    degree = Counter(v for crack in found for v in crack)
    for run in _chains(list(found)):
        closed = run[0] == run[-1] and len(run) > 8
        free = (False, False)
        if not closed:
            free = degree[run[0]] == 1 and run[0] not in held, degree[run[-1]] == 1 and run[-1] not in held
        if (
            (any(free) and len(run) < shortest)
            or (run[0] == run[-1] and len(run) < 9)
            or (all(free) and len(run) < 3 * shortest)
        ):
            continue
        value = float(np.median([found.get((a, b)) or found[b, a] for a, b in pairwise(run)]))
        out.append(Line(value, _relaxed(np.array(run), closed), closed, free))
    return out


def _middles(q: Array) -> Array:
    """A run by the middles of its cracks, which lie nearer to the true line than its corners."""
    return np.concatenate([q[:1], (q[:-1] + q[1:]) / 2, q[-1:]])


def _plain(q: Array, tolerance: float) -> Array:
    """A line in as few straight pieces as keep to it (Douglas and Peucker)."""
    if len(q) < 3:
        return q
    a, d = q[0], q[-1] - q[0]
    n = np.sqrt(d @ d)
    off = np.abs((q - a) @ np.array([-d[1], d[0]])) / n if n > 1e-9 else np.sqrt(((q - a) ** 2).sum(1))
    i = int(off.argmax())
    if off[i] <= tolerance:
        return q[[0, -1]]
    return np.concatenate([_plain(q[: i + 1], tolerance)[:-1], _plain(q[i:], tolerance)])


THINNER = (0.85, 0.65, 0.45, 0.25)
"""Shares of its width to which a line thins out, step by step, towards a free end."""


def tapered(line: Line, width: float, grid: Grid, tolerance: float) -> list[tuple[Path, float]]:
    """A line in pieces with the width of each: it thins out towards its free ends."""
    _, q, closed, free = line
    if closed:
        return [(_curve(q, True, grid, tolerance), width)]
    run = np.concatenate([[0], np.cumsum(np.sqrt((np.diff(q, axis=0) ** 2).sum(1)))])
    reach = min(6 * width / grid.step, run[-1] * (0.6 if all(free) else 0.8))
    from_end = np.full(len(q), reach)
    if free[0]:
        from_end = np.minimum(from_end, run)
    if free[1]:
        from_end = np.minimum(from_end, run[-1] - run)
    share = from_end / max(reach, 1e-9)
    rank = np.where(share >= 0.999, 0, np.clip(np.ceil(4 * (1 - share)), 1, 4)).astype(int)
    out: list[tuple[Path, float]] = []
    start = 0
    for i in range(1, len(q) + 1):
        if i == len(q) or rank[i] != rank[start]:
            piece = q[start : min(i + 1, len(q))]
            if len(piece) > 1:
                out.append((_curve(piece, False, grid, tolerance), width * (1, *THINNER)[rank[start]]))
            start = i
    return out
