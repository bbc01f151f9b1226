"""Smooth curves through points, in as few Bézier pieces as the eye allows. Knows no body."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from handouts.figures.path import UNITS, Path, Point, polygon

Handles = tuple[float, float, float, float]
Sample = tuple[float, float, float]
"""The length of a line so far, and where it is."""

TOLERANCE = 0.3 * UNITS
"""How far a curve may leave the line it stands for: a tenth of a millimetre at the nominal scale."""
LONGEST_LEAP = 12
"""Points that one piece may span."""
SAME_PLACE = (0.18 * UNITS) ** 2
"""Square of the distance below which two points count as one."""
SHORTEST_HANDLE, LONGEST_HANDLE = 0.1, 1.0
"""Shares of a piece's length between which its handles keep, so that no curve loops or kinks."""
NEARLY_PARALLEL = 0.15
"""Sine of the turn between two tangents below which the middle of a curve does not tell its handles apart."""
RUNS_AHEAD = 1.5 * UNITS
"""How far a curve may be before or behind a point along its own way."""


def smooth(points: Sequence[Point], *, closed: bool = True, tolerance: float = TOLERANCE) -> Path:
    """A smooth curve through the points (Catmull-Rom by chord length), drawn with few pieces that keep to it."""
    q = [points[0]]
    for p in points[1:]:
        if _square(p, q[-1]) > SAME_PLACE:
            q.append(p)
    if closed and len(q) > 2 and _square(q[0], q[-1]) <= SAME_PLACE:
        q.pop()
    if len(q) < 3:
        return polygon(q, closed=False)
    slopes, chords = _slopes(q, closed)
    if closed:
        q.append(q[0])
        slopes.append(slopes[0])
    last = len(q) - 1
    samples = _sampled(q, slopes, chords)
    ways = [_unit(slope) for slope in slopes]
    path: Path = [("m", q[0])]
    at = 0

    def leap(to: int) -> Handles | None:
        return _fitted(samples, 2 * at, 2 * to, ways[at], ways[to], tolerance)

    while at < last:
        to, handles, misses = at, None, 0
        for further in range(at + 3, min(at + LONGEST_LEAP, last) + 1):
            found = leap(further)
            if found:
                to, handles, misses = further, found, 0
            elif misses:
                break
            else:
                misses = 1
        if not handles and at + 2 <= last:
            to, handles = at + 2, leap(at + 2)
        if not handles:
            to, handles = at + 1, _single(q, slopes, chords, at)
        path.append(("c", (*handles, *q[to])))
        at = to
    if closed:
        path.append(("h", ()))
    return path


def distance(a: Point, b: Point) -> float:
    return sqrt((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2)


def _square(a: Point, b: Point) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def _unit(way: Point) -> Point:
    d = sqrt(way[0] * way[0] + way[1] * way[1]) or 1.0
    return (way[0] / d, way[1] / d)


def _slopes(q: Sequence[Point], closed: bool) -> tuple[list[Point], list[float]]:
    """Tangents at the points of a chord-length Catmull-Rom curve, and each chord's length."""
    n, slopes, chords = len(q), [], []
    for i, b in enumerate(q):
        a = q[i - 1] if closed or i else b
        c = q[(i + 1) % n] if closed or i < n - 1 else b
        d0, d1 = distance(a, b), distance(b, c)
        chords.append(d1)
        d0, d1 = d0 or d1, d1 or d0
        w0, w1 = d1 / (d0 * (d0 + d1)), d0 / (d1 * (d0 + d1))
        slopes.append(((b[0] - a[0]) * w0 + (c[0] - b[0]) * w1, (b[1] - a[1]) * w0 + (c[1] - b[1]) * w1))
    return slopes, chords


def _single(q: Sequence[Point], slopes: Sequence[Point], chords: Sequence[float], i: int) -> Handles:
    """The handles of the curve between two neighbours."""
    (ax, ay), (tx, ty), (dx, dy), (ux, uy) = q[i], slopes[i], q[i + 1], slopes[i + 1]
    h = chords[i] / 3
    return (ax + tx * h, ay + ty * h, dx - ux * h, dy - uy * h)


def _sampled(q: Sequence[Point], slopes: Sequence[Point], chords: Sequence[float]) -> list[Sample]:
    """The points and the middle of the curve between each two."""
    run = 0.0
    samples = [(run, *q[0])]
    for i in range(len(q) - 1):
        (ax, ay), (tx, ty), (dx, dy), (ux, uy) = q[i], slopes[i], q[i + 1], slopes[i + 1]
        h = chords[i] / 8
        samples.append((run + chords[i] / 2, (ax + dx) / 2 + (tx - ux) * h, (ay + dy) / 2 + (ty - uy) * h))
        run += chords[i]
        samples.append((run, dx, dy))
    return samples


def _fitted(
    samples: Sequence[Sample], first: int, last: int, start: Point, end: Point, tolerance: float
) -> Handles | None:
    """The handles of one curve near all samples from `first` to `last`, or None when there is no such curve.

    `start` and `end` are its tangents. Its handles are as long as lets it meet the sample in the middle: nearly as good
    as the best fit to all samples, in a third of the time.
    """
    run, ax, ay = samples[first]
    far, dx, dy = samples[last]
    length, wide, high = far - run, dx - ax, dy - ay
    (tx, ty), (ux, uy) = start, end
    turn = tx * uy - ty * ux
    along, x, y = samples[(first + last) // 2]
    t = (along - run) / length
    s = 1 - t
    b1, b2 = 3 * s * s * t, 3 * s * t * t
    w = b2 + t * t * t
    ex, ey = x - ax - w * wide, y - ay - w * high
    if abs(turn) > NEARLY_PARALLEL:
        h0, h1 = (ex * uy - ey * ux) / (b1 * turn), (ex * ty - ey * tx) / (b2 * turn)
    elif tx * ux + ty * uy < 0:
        vx, vy = b1 * tx - b2 * ux, b1 * ty - b2 * uy
        h0 = h1 = (ex * vx + ey * vy) / (vx * vx + vy * vy)
    else:
        h0 = h1 = length / 3
    least, most = SHORTEST_HANDLE * length, LONGEST_HANDLE * length
    if not (least < h0 < most and least < h1 < most):
        return None
    tx, ty, ux, uy = tx * h0, ty * h0, ux * h1, uy * h1
    square = tolerance * tolerance
    for along, x, y in samples[first + 1 : last]:
        t = (along - run) / length
        s = 1 - t
        b1, b2 = 3 * s * s * t, 3 * s * t * t
        w = b2 + t * t * t
        ex, ey = b1 * tx - b2 * ux - (x - ax - w * wide), b1 * ty - b2 * uy - (y - ay - w * high)
        away = ex * ex + ey * ey
        if away > square:
            # It may only run ahead of the point: what counts is the distance across the curve.
            b0, b1, b2 = s * s - 2 * s * t, 2 * s * t - t * t, 2 * s * t
            gx, gy = b0 * tx - b1 * ux + b2 * wide, b0 * ty - b1 * uy + b2 * high
            if (ex * gy - ey * gx) ** 2 > square * (gx * gx + gy * gy) or away > RUNS_AHEAD * RUNS_AHEAD:
                return None
    return ax + tx, ay + ty, dx - ux, dy - uy
