"""Paths on paper while they are made: lines and curves in paper units. Knows no body, no colour and no pen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

UNITS = 4.0
"""Paper units in a point."""

Point = tuple[float, float]
Step = tuple[str, tuple[float, ...]]
"""("m", (x, y)) begins an outline, "l" is a line to (x, y), "c" a Bézier curve by two handles, "h" closes."""


class Path:
    """Outlines to be filled, stroked or clipped by."""

    def __init__(self, steps: Iterable[Step] = ()) -> None:
        self.steps = list(steps)


def united(paths: Iterable[Path]) -> Path:
    """All outlines as one path."""
    return Path(step for path in paths for step in path.steps)


def polygon(points: Sequence[Point], *, closed: bool = True) -> Path:
    """Straight lines through the points."""
    first, *rest = points
    steps: list[Step] = [("m", first), *(("l", point) for point in rest)]
    return Path([*steps, ("h", ())] if closed else steps)
