"""Collects the items of a drawing: what is painted is given in paper units and kept in points. Knows no body."""

from __future__ import annotations

from typing import Literal, cast

from handouts.drawing import ClipEnd, ClipStart, Colour, Drawing, Fill, Item, Path as DrawnPath, Stroke
from handouts.figures.camera import View
from handouts.figures.path import UNITS, Path


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

    def clip(self, path: Path) -> None:
        """Paint only inside the path, until `unclip`."""
        self._items.append(ClipStart(_points(path)))

    def unclip(self) -> None:
        self._items.append(ClipEnd())

    def drawing(self, key: str, width: float, height: float) -> Drawing:
        """All that was painted, in a box of this size in points."""
        return Drawing(key, width, height, tuple(self._items))


class Brush:
    """Paints in paper units. `line` is the width of the inner lines."""

    def __init__(self, view: View, line: float) -> None:
        self.view, self.line, self.pen = view, line, Pen()


def _points(path: Path) -> DrawnPath:
    segments = ((name, *(round(number / UNITS, 2) for number in at)) for name, at in path.steps)
    return cast("DrawnPath", tuple(segments))
