"""Paths on paper: lines and curves in paper units, and how they are written. Knows no body, no colour and no pen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain

UNITS = 4.0
"""Paper units in a point: numbers are written whole, under one scaling."""

Point = tuple[float, float]
Step = tuple[str, tuple[float, ...]]
"""("m", (x, y)) begins an outline, "l" is a line to (x, y), "c" a Bézier curve by two handles, "h" closes."""


class Path:
    """Outlines to be filled, stroked or clipped by. `a + b` is both."""

    def __init__(self, steps: Iterable[Step] = ()) -> None:
        self.steps = list(steps)

    def __add__(self, other: Path) -> Path:
        return Path(chain(self.steps, other.steps))

    def on_to(self, other: Path) -> Path:
        """This open line, a straight line to where `other` begins, and `other`."""
        (_, start), *rest = other.steps
        return Path([*self.steps, ("l", start), *rest])

    def closed(self) -> Path:
        """The same, joined to its beginning."""
        return Path([*self.steps, ("h", ())])

    @cached_property
    def corner(self) -> Point:
        """The lower left corner of its box, handles included."""
        numbers = [number for _, at in self.steps for number in at]
        return (min(numbers[0::2]), min(numbers[1::2]))

    @cached_property
    def from_corner(self) -> str:
        """PDF operators, in whole units from its corner."""
        return self.written(*self.corner)

    @cached_property
    def length(self) -> int:
        """How many points it is made of, handles included."""
        return sum(len(at) for _, at in self.steps) // 2

    def written(self, x: float, y: float) -> str:
        """PDF operators, in whole units from (x, y)."""
        out = []
        for name, at in self.steps:
            if len(at) == 6:
                a, b, c, d, e, f = at
                out.append(f"{a - x:.0f} {b - y:.0f} {c - x:.0f} {d - y:.0f} {e - x:.0f} {f - y:.0f} c ")
            elif at:
                out.append(f"{at[0] - x:.0f} {at[1] - y:.0f} {name} ")
            else:
                out.append("h ")
        return "".join(out)


def united(paths: Iterable[Path]) -> Path:
    """All outlines as one path."""
    return Path(step for path in paths for step in path.steps)


def polygon(points: Sequence[Point], *, closed: bool = True) -> Path:
    """Straight lines through the points."""
    first, *rest = points
    steps: list[Step] = [("m", first), *(("l", point) for point in rest)]
    return Path([*steps, ("h", ())] if closed else steps)
