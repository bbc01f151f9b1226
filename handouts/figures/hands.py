"""Hands: the name of a shape -> joint angles -> finger points. Knows no arm and no paper.

Hand axes: x to the thumb side, y to the palm side, -z to the fingertips; metres from the wrist.
"""

from __future__ import annotations

from math import cos, radians, sin
from typing import Any, NamedTuple

from handouts.figures.vectors import Vec, add, mul, unit

# Index, middle, ring, little: knuckles, bone lengths, radii at the four joints.
KNUCKLES: tuple[Vec, ...] = (
    (0.0285, 0.0, -0.087),
    (0.009, -0.002, -0.091),
    (-0.0105, -0.001, -0.086),
    (-0.0285, 0.002, -0.076),
)
BONES = ((0.041, 0.026, 0.018), (0.046, 0.030, 0.019), (0.042, 0.028, 0.019), (0.033, 0.020, 0.017))
RADII = (
    (0.0112, 0.0100, 0.0090, 0.0080),
    (0.0112, 0.0102, 0.0092, 0.0082),
    (0.0108, 0.0098, 0.0088, 0.0078),
    (0.0098, 0.0088, 0.0080, 0.0070),
)
SPREAD = (1.0, 0.30, -0.45, -1.25)

# Knuckle, middle joint, end joint, spread (degrees), thumb.
SHAPES: dict[str, tuple[float, float, float, float, str]] = {
    "relaxed": (20, 24, 12, 3, "easy"),
    "flat": (0, 3, 2, 2, "side"),
    "straight": (0, 0, 0, 0, "along"),
    "open": (6, 10, 6, 8, "side"),
    "spread": (0, 4, 3, 15, "out"),
    "fist": (84, 98, 58, 0, "over"),
    "hook": (2, 98, 66, 0, "along"),
    "table_top": (84, 3, 2, 0, "along"),
    "straight_fist": (84, 98, 3, 0, "along"),
    "grip": (64, 86, 46, 0, "round"),
    "ball": (40, 50, 34, 5, "oppose"),
    "squeeze": (56, 66, 44, 2, "oppose"),
    "cup": (30, 32, 20, 4, "oppose"),
    "pinch": (46, 46, 20, 3, "pinch"),
    "hold": (60, 50, 30, 1, "side"),
    "tips": (28, 38, 26, 9, "tips"),
}
# Directions of the thumb's three bones.
THUMBS: dict[str, tuple[Vec, Vec, Vec]] = {
    "easy": ((0.62, 0.42, -0.66), (0.42, 0.30, -0.86), (0.30, 0.26, -0.92)),
    "side": ((0.72, 0.22, -0.66), (0.58, 0.12, -0.80), (0.44, 0.08, -0.89)),
    "along": ((0.52, 0.30, -0.80), (0.16, 0.10, -0.98), (0.06, 0.05, -1)),
    "out": ((0.86, 0.16, -0.48), (0.84, 0.08, -0.54), (0.78, 0.05, -0.62)),
    "over": ((0.62, 0.40, -0.68), (-0.20, 0.80, -0.57), (-0.95, 0.25, -0.15)),
    "round": ((0.60, 0.46, -0.65), (-0.05, 0.85, -0.52), (-0.75, 0.60, -0.25)),
    "oppose": ((0.52, 0.74, -0.42), (0.30, 0.72, -0.62), (0.02, 0.44, -0.90)),
    "pinch": ((0.50, 0.68, -0.54), (0.26, 0.66, -0.70), (0.10, 0.40, -0.91)),
    "tips": ((0.58, 0.66, -0.48), (0.40, 0.50, -0.76), (0.12, 0.16, -0.98)),
}
THUMB_BONES, THUMB_RADII, THUMB_ROOT = (0.042, 0.033, 0.026), (0.0165, 0.0140, 0.0118, 0.0098), (0.018, 0.008, -0.020)


class HandShape(NamedTuple):
    """A hand's joint angles. `name` is None when the pose asks for no shape (a plain relaxed hand)."""

    name: str | None
    fingers: tuple[tuple[float, float, float, float], ...]
    thumb: str


def hand_shape(spec: str | dict[str, Any] | None, *, grip: bool) -> HandShape:
    """The angles of a shape's name or of {shape, mcp, pip, dip, spread, thumb}; of "grip" where a hand only grips."""
    name: str | None = None
    if spec is None and grip:
        spec = "grip"
    details: dict[str, Any] = {} if spec is None else {"shape": spec} if isinstance(spec, str) else spec
    if details:
        name = details.get("shape", "relaxed")
    mcp, pip, dip, spread, thumb = SHAPES[name or "relaxed"]
    mcp, pip = details.get("mcp", mcp), details.get("pip", pip)
    dip, spread = details.get("dip", dip), details.get("spread", spread)
    fingers = []
    for i in range(4):
        more = (i - 1) * (2.5 if mcp + pip > 60 else 1.0)
        angles = (mcp + more, pip + more, dip, spread * SPREAD[i])
        if name == "pinch" and i > 0:
            angles = (mcp * 0.5 + 6 * i, pip * 0.6, dip, spread * SPREAD[i])
        fingers.append(angles)
    return HandShape(name, tuple(fingers), details.get("thumb", thumb))


def finger_points(index: int, angles: tuple[float, float, float, float]) -> list[Vec]:
    """Knuckle, two joints and tip of a finger (0 = index)."""
    mcp, pip, dip, spread = angles
    points, bent = [KNUCKLES[index]], 0.0
    ex, ez = sin(radians(spread)), -cos(radians(spread))
    for length, angle in zip(BONES[index], (mcp, pip, dip), strict=True):
        bent += radians(angle)
        x, y, z = points[-1]
        c, s = cos(bent), sin(bent)
        points.append((x + ex * c * length, y + s * length, z + ez * c * length))
    return points


def finger_balls(shape: HandShape) -> list[list[tuple[Vec, float]]]:
    """Each finger, the thumb last, as its joints from the root to the tip with its radius there."""
    rows = [finger_points(i, angles) for i, angles in enumerate(shape.fingers)]
    rows.append(thumb_points(shape.thumb))
    return [list(zip(row, radii, strict=True)) for row, radii in zip(rows, (*RADII, THUMB_RADII), strict=True)]


def thumb_points(name: str) -> list[Vec]:
    """Root, two joints and tip of the thumb."""
    points: list[Vec] = [THUMB_ROOT]
    for length, direction in zip(THUMB_BONES, THUMBS[name], strict=True):
        points.append(add(points[-1], mul(unit(direction), length)))
    return points
