"""Named points and axes of a body, and the targets in its words. Knows neither limbs nor trunk."""

from __future__ import annotations

from math import sqrt
from typing import Any

from handouts.figures.hands import HandShape
from handouts.figures.vectors import Frame, Vec, add, mul, norm, perp, rotate, sub, unit, vec


class LandmarkTable:
    """Named points `p`, frames `f`, `hands`, `toes` (bend, curl) and targets out of reach as (limb, metres short)."""

    def __init__(self, pose: dict[str, Any]) -> None:
        self.pose = pose
        self.p: dict[str, Vec] = {}
        self.f: dict[str, Frame] = {}
        self.hands: dict[str, HandShape] = {}
        self.toes: dict[str, tuple[float, float]] = {}
        self.short: list[tuple[str, float]] = []

    def point(self, target: dict[str, Any] | list[float]) -> Vec:
        """A target in the world: [x, y, z], or {at: landmark, shift: [world], body: [local], frame: name}."""
        if not isinstance(target, dict):
            return vec(target)
        q = self.p[target["at"]]
        if "shift" in target:
            q = add(q, vec(target["shift"]))
        if "body" in target:
            q = add(q, rotate(self.f[target.get("frame", "pelvis")], vec(target["body"])))
        return q

    def two_bones(
        self, limb: str, start: Vec, target: Vec, first: float, second: float, pole: Vec
    ) -> tuple[Vec, Vec, Vec]:
        """Middle joint, end joint and the way the middle joint points; an end too far is drawn as near as it gets."""
        way = sub(target, start)
        distance, reach = norm(way), first + second
        if distance > reach * 0.9995:
            self.short.append((limb, distance - reach))
            way = mul(way, reach * 0.9995 / distance)
            distance = reach * 0.9995
        distance = max(distance, abs(first - second) * 1.001 + 1e-6)
        u = unit(way)
        out = unit(perp(pole, u), unit(perp((0.3, 0.2, 1.0), u)))
        along = (first * first - second * second + distance * distance) / (2 * distance)
        off = sqrt(max(0.0, first * first - along * along))
        return add(start, add(mul(u, along), mul(out, off))), add(start, mul(u, distance)), out
