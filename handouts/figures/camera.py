"""The orthographic camera and the paper it looks at.

Azimuth 0 faces the front of a standing person, +90 stands on their left, -90 on their right.
"""

from __future__ import annotations

from math import cos, radians, sin
from typing import Any

from handouts.figures.vectors import Vec, cross, dot, mul

VIEWS: dict[str, tuple[float, float]] = {
    "front": (0, 6),
    "back": (180, 6),
    "side_right": (-90, 8),
    "side_left": (90, 8),
    "three_quarter_right": (-48, 14),
    "three_quarter_left": (48, 14),
    "foot_end": (0, 24),
    "top": (-90, 88),
}


class View:
    """A camera at [azimuth, elevation] (degrees) or at a named place, with the paper's scale and offset.

    `scale` is paper units per metre; `right` and `up` already carry it.
    """

    def __init__(self, at: str | list[Any], scale: float = 1.0, x: float = 0.0, y: float = 0.0) -> None:
        azimuth, elevation = VIEWS[at] if isinstance(at, str) else at
        a, e = radians(azimuth), radians(elevation)
        self.towards: Vec = (cos(e) * cos(a), cos(e) * sin(a), sin(e))
        right: Vec = (-sin(a), cos(a), 0.0)
        self.scale, self.x, self.y = scale, x, y
        self.right = mul(right, scale)
        self.up = mul(cross(self.towards, right), scale)

    def xy(self, p: Vec) -> tuple[float, float]:
        r, u = self.right, self.up
        return (
            p[0] * r[0] + p[1] * r[1] + p[2] * r[2] + self.x,
            p[0] * u[0] + p[1] * u[1] + p[2] * u[2] + self.y,
        )

    def depth(self, p: Vec) -> float:
        """Metres towards the viewer."""
        return dot(p, self.towards)
