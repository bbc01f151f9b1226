"""The order in which parts and props are painted: what lies nearer comes later. Knows no colour.

Each thing has a key, the depth of its middle with a small bias; rules put trunk, head and limbs right; then, where two
limbs cross on paper, the one whose surface is nearer there is painted later, and a box goes to the side of each limb
that a face of it separates them by.
"""

from __future__ import annotations

from itertools import pairwise
from math import sqrt
from typing import Any, NamedTuple

from handouts.figures.camera import View
from handouts.figures.flesh import Axis, Part
from handouts.figures.prop_shapes import Box, Shape
from handouts.figures.skeleton import SIDES, Skeleton
from handouts.figures.vectors import dot, sub

SIDE_ON = 0.45
"""How far the person's side must turn to the viewer (sine) for near and far limbs to be told apart."""


class Item(NamedTuple):
    """A part, or shapes of a prop, with the depth it is sorted by."""

    key: float
    part: Part | None
    shapes: list[Shape]

    @property
    def box(self) -> Box | None:
        only = self.shapes[0] if self.part is None and len(self.shapes) == 1 else None
        return only if isinstance(only, Box) else None


def arrange(items: list[Item], sk: Skeleton, view: View, nudges: dict[str, Any]) -> list[Item]:
    """All items from the furthest to the nearest. `nudges` are metres by which a pose moves a part or limb nearer."""
    ruled = _Rules(items, sk, view, nudges).apply()
    return _corrected(sorted(ruled, key=lambda item: item.key), view, nudges)


def side_on(sk: Skeleton, view: View) -> tuple[str, str] | None:
    """(near side, far side) when the person is seen from the side."""
    lateral = view.depth(sk.f["pelvis"][1])
    if abs(lateral) <= SIDE_ON:
        return None
    return ("L", "R") if lateral > 0 else ("R", "L")


class _Rules:
    """Depth keys by part, moved until trunk, head and limbs lie over each other as on a body."""

    def __init__(self, items: list[Item], sk: Skeleton, view: View, nudges: dict[str, Any]) -> None:
        self.items, self.sk, self.view, self.nudges = items, sk, view, nudges
        self.keys = {item.part.name: item.key for item in items if item.part}
        self.parts = {item.part.name: item.part for item in items if item.part}

    def key(self, name: str) -> float:
        return self.keys.get(name, 0.0)

    def put(self, name: str, key: float) -> None:
        if name in self.keys:
            self.keys[name] = key

    def apply(self) -> list[Item]:
        shirt = self.key("shirt")
        self.put("pelvis", min(self.key("pelvis"), shirt - 0.004))  # the shirt hangs over the shorts
        chest_up = self.sk.f["thorax"][2]
        raised = {side: dot(self.sk.f["uarm_" + side][2], chest_up) < -0.1 for side in SIDES}
        sides = side_on(self.sk, self.view)
        if sides:
            near, far = sides
            pelvis = self.key("pelvis")
            self.put("thigh_" + far, min(self.key("thigh_" + far), pelvis - 0.003))
            self.put("thigh_" + near, max(self.key("thigh_" + near), pelvis + 0.002))
            if not self.nudges.get("arm_" + far):
                self.put("uarm_" + far, min(self.key("uarm_" + far), shirt - 0.003))
            self.put("uarm_" + near, max(self.key("uarm_" + near), shirt + 0.002))
        self._place_head(shirt, raised, sides[0] if sides else None)
        return [item._replace(key=self.keys[item.part.name]) if item.part else item for item in self.items]

    def _place_head(self, shirt: float, raised: dict[str, bool], near: str | None) -> None:
        neck = self.key("neck")
        if self.view.depth(self.sk.f["neck"][2]) > -0.4:  # towards the viewer the neck lies over the collar
            neck = max(neck, shirt + 0.001)
            for side in SIDES:  # and the collar over a shoulder that is not raised
                arm = self.key("uarm_" + side)
                if not raised[side] and abs(arm - shirt) < 0.3:
                    neck = max(neck, arm + 0.001)
        else:
            neck = min(neck, shirt - 0.002)
        if near and raised[near]:  # the sleeve of a raised near arm covers the neck
            neck = min(neck, self.key("uarm_" + near) - 0.003)
        self.put("neck", neck)
        self.put("head", max(self.key("head"), neck + 0.001))
        if near and raised[near] and not self.nudges.get("arm_" + near):
            self.put("uarm_" + near, max(self.key("uarm_" + near), self.key("head") + 0.0005))
        tail = self.parts.get("tail")
        if tail and tail.tail:
            back, head = -self.view.depth(tail.tail), self.key("head")
            behind = head - 0.0005 if back > -0.45 else min(shirt, neck) - 0.001
            self.put("tail", head + 0.0005 if back > 0.2 else behind)


class _Footprint(NamedTuple):
    """A limb part on paper: its axis, the depths of its ends, its radius and its bounding box."""

    limb: str
    ends: tuple[float, float, float, float]
    depths: tuple[float, float]
    radius: float
    box: tuple[float, float, float, float]


def _footprint(part: Part | None, view: View, nudges: dict[str, Any]) -> _Footprint | None:
    if part is None or part.limb is None or part.axis is None:
        return None
    a, b, r = part.axis
    (ax, ay), (bx, by), wide = view.xy(a), view.xy(b), r * view.scale
    nudge = nudges.get(part.name, 0) + nudges.get(part.limb, 0)
    box = (min(ax, bx) - wide, min(ay, by) - wide, max(ax, bx) + wide, max(ay, by) + wide)
    return _Footprint(part.limb, (ax, ay, bx, by), (view.depth(a) + nudge, view.depth(b) + nudge), r, box)


def _apart(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] > b[2] or b[0] > a[2] or a[1] > b[3] or b[1] > a[3]


def _corrected(items: list[Item], view: View, nudges: dict[str, Any]) -> list[Item]:
    n = len(items)
    prints = [_footprint(item.part, view, nudges) for item in items]
    after: list[set[int]] = [set() for _ in items]  # after[i]: what is painted only after i
    changed = False
    for i in range(n):
        for j in range(i):
            a, b = prints[i], prints[j]
            if a and b and a.limb != b.limb and not _apart(a.box, b.box):
                nearer = _depth_between(a, b, view.scale)
                if nearer is not None and nearer < -0.012:  # i is sorted later but lies further away here
                    after[i].add(j)
                    changed = True
    for j, item in enumerate(items):
        box = item.box
        if box is None:
            continue
        for i, other in enumerate(items):
            front = _box_before(other.part.axis, box, view) if other.part and other.part.axis else 0
            if front:
                first, second = (i, j) if front > 0 else (j, i)
                after[first].add(second)
                changed = changed or second < first
    if not changed:
        return items
    _keep_the_rest(items, prints, after)
    return [items[i] for i in _sorted_by(after)]


def _keep_the_rest(items: list[Item], prints: list[_Footprint | None], after: list[set[int]]) -> None:
    """A limb's own parts, the trunk, and limbs before or behind the trunk keep the order they had."""
    n = len(items)
    trunk = [i for i in range(n) if prints[i] is None and items[i].box is None]
    for a, b in pairwise(trunk):
        after[a].add(b)
    for i in range(n):
        own = prints[i]
        if own is None:
            continue
        for j in range(i + 1, n):
            other = prints[j]
            if other and own.limb == other.limb and i not in after[j]:
                after[i].add(j)
        for t in trunk:
            after[min(i, t)].add(max(i, t))


def _sorted_by(after: list[set[int]]) -> list[int]:
    """A topological order as near the given one as can be; where it goes in circles the least bound item is next."""
    need = [0] * len(after)
    for later in after:
        for j in later:
            need[j] += 1
    left, out = list(range(len(after))), []
    while left:
        i = next((i for i in left if not need[i]), None)
        if i is None:
            i = min(left, key=lambda i: (need[i], i))
        left.remove(i)
        out.append(i)
        for j in after[i]:
            need[j] -= 1
    return out


def _depth_between(a: _Footprint, b: _Footprint, scale: float) -> float | None:
    """By how much a's surface is nearer than b's where their axes come closest on paper; None if they do not touch."""
    ax, ay, bx, by = a.ends
    cx, cy, dx, dy = b.ends
    ux, uy, wx, wy = bx - ax, by - ay, dx - cx, dy - cy
    cross = ux * wy - uy * wx
    best: tuple[float, float, float] | None = None
    if abs(cross) > 1e-6:
        t, q = ((cx - ax) * wy - (cy - ay) * wx) / cross, ((cx - ax) * uy - (cy - ay) * ux) / cross
        if 0 <= t <= 1 and 0 <= q <= 1:
            best = (0.0, t, q)
    if best is None:
        ends = []
        for t, px, py in ((0.0, ax, ay), (1.0, bx, by)):
            q, d = _nearest_on(px, py, b.ends)
            ends.append((d / scale, t, q))
        for q, px, py in ((0.0, cx, cy), (1.0, dx, dy)):
            t, d = _nearest_on(px, py, a.ends)
            ends.append((d / scale, t, q))
        best = min(ends)
    distance, t, q = best
    reach = a.radius + b.radius
    if distance > reach * 0.9:
        return None
    bulge = sqrt(1 - (distance / reach) ** 2)
    near_a = a.depths[0] + (a.depths[1] - a.depths[0]) * t + a.radius * bulge
    near_b = b.depths[0] + (b.depths[1] - b.depths[0]) * q + b.radius * bulge
    return near_a - near_b


def _nearest_on(px: float, py: float, ends: tuple[float, float, float, float]) -> tuple[float, float]:
    """Share along a line of the point nearest to (px, py), and how far that is."""
    x0, y0, x1, y1 = ends
    vx, vy = x1 - x0, y1 - y0
    square = vx * vx + vy * vy
    t = 0.0 if square < 1e-9 else max(0.0, min(1.0, ((px - x0) * vx + (py - y0) * vy) / square))
    return t, sqrt((x0 + vx * t - px) ** 2 + (y0 + vy * t - py) ** 2)


def _box_before(axis: Axis, box: Box, view: View) -> int:
    """+1 the box is in front of the limb, -1 behind it, 0 they do not meet or no face of it separates them."""
    x, y = view.xy(box.centre)
    ex, ey = (sum(abs(dot(box.frame[m], e)) * box.half[m] for m in range(3)) for e in (view.right, view.up))
    (ax, ay), (bx, by), r = view.xy(axis.a), view.xy(axis.b), axis.radius * view.scale
    limb = (min(ax, bx) - r, min(ay, by) - r, max(ax, bx) + r, max(ay, by) + r)
    if _apart(limb, (x - ex, y - ey, x + ex, y + ey)):
        return 0
    best, sign = -1e9, 0
    for i in range(3):
        facing = view.depth(box.frame[i])
        if abs(facing) < 0.03:
            continue
        p, q = dot(sub(axis.a, box.centre), box.frame[i]), dot(sub(axis.b, box.centre), box.frame[i])
        low, high = min(p, q) - axis.radius * 0.5, max(p, q) + axis.radius * 0.5
        away = 1 if facing > 0 else -1
        for gap, front in ((low - box.half[i], -away), (-box.half[i] - high, away)):
            if gap > best:
                best, sign = gap, front
    return sign if best > -0.05 else 0
