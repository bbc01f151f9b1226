"""Collects the items of a drawing: what is painted is given in paper units and kept in points. Knows no body."""

from __future__ import annotations

from typing import Literal

from handouts.drawing import ClipEnd, ClipStart, Colour, Drawing, Fill, Item, Path as DrawnPath, Segment, Stroke
from handouts.figures.path import UNITS, Path
from handouts.figures.style import WHITE


class Pen:
    """What was painted so far, in its order."""

    def __init__(self) -> None:
        self._items: list[Item] = []

    def fill(self, path: Path, colour: Colour) -> None:
        self._items.append(Fill(_points(path), colour))

    def stroke(
        self,
        path: Path,
        colour: Colour,
        width: float,
        *,
        round_ends: bool = True,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """A line `width` paper units wide; `dash` is the length of a dash and of the gap after it."""
        cap: Literal["butt", "round"] = "round" if round_ends else "butt"
        dashes = tuple(round(length / UNITS, 2) for length in dash or ())
        self._items.append(Stroke(_points(path), colour, round(width / UNITS, 3), dashes, cap, "round"))

    def halo(self, path: Path, colour: Colour, width: float, *, around: float, round_ends: bool = True) -> None:
        """A line with white on both sides, to keep it apart from what it crosses."""
        self.stroke(path, WHITE, width + 2 * around)
        self.stroke(path, colour, width, round_ends=round_ends)

    def clip(self, path: Path) -> None:
        """Paint only inside the path, until `unclip`."""
        self._items.append(ClipStart(_points(path)))

    def unclip(self) -> None:
        self._items.append(ClipEnd())

    def drawing(self, key: str, width: float, height: float) -> Drawing:
        """All that was painted, in a box of this size in points."""
        return Drawing(key, width, height, tuple(self._items))


def _points(path: Path) -> DrawnPath:
    return tuple(_segment(name, tuple(round(number / UNITS, 2) for number in at)) for name, at in path.steps)


def _segment(name: str, at: tuple[float, ...]) -> Segment:
    if name == "c":
        return "c", at[0], at[1], at[2], at[3], at[4], at[5]
    if name == "h":
        return ("h",)
    return ("m", at[0], at[1]) if name == "m" else ("l", at[0], at[1])
