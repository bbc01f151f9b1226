"""PDF operators, written as short as they go. Knows no body; the only place where an operator is spelled."""

from __future__ import annotations

from typing import NamedTuple

from handouts.figures.path import UNITS, Path, Point
from handouts.figures.style import WHITE, Rgb

SCALE = f"{1 / UNITS:g}".removeprefix("0")
EVERYWHERE = "-9999 -9999 29999 29999 re "
WIDTHS = 4
"""Steps of line width in a paper unit."""
WORTH_MOVING = 5
"""Points in a path from which its numbers get so much shorter near the origin that moving there pays."""


def _colour(c: Rgb, grey: str, colour: str) -> str:
    r, g, b = (f"{v:.2f}".rstrip("0").rstrip(".").replace("0.", ".", 1) if v > 0.004 else "0" for v in c)
    return f"{r} {grey} " if r == g == b else f"{r} {g} {b} {colour} "


class _Set(NamedTuple):
    """What is set: colours, line width and cap, and where the origin lies."""

    fill: Rgb | None = None
    stroke: Rgb | None = None
    width: float = -1.0
    cap: int = 1
    origin: Point = (0.0, 0.0)


class Pen:
    """Collects operators and leaves out those that would set what is already set.

    A long path is written from its own corner, which makes its numbers short and the same wherever it lies.
    """

    def __init__(self) -> None:
        self._out = [f"{SCALE} 0 0 {SCALE} 0 0 cm 1 j 1 J\n"]
        self._now = _Set()
        self._saved: list[_Set] = []

    def fill(self, path: Path, colour: Rgb) -> None:
        self._set_fill(colour)
        self._out.append(self._written(path) + "f\n")

    def stroke(
        self, path: Path, colour: Rgb, width: float, *, round_ends: bool = True, dash: tuple[float, float] | None = None
    ) -> None:
        """A line `width` paper units wide; `dash` is the length of a dash and of the gap after it."""
        width, cap = max(1, round(WIDTHS * width)) / WIDTHS, int(round_ends)
        now = self._now
        if colour != now.stroke:
            self._out.append(_colour(colour, "G", "RG"))
        if width != now.width:
            self._out.append(f"{width:g} w ")
        if cap != now.cap:
            self._out.append(f"{cap} J ")
        self._now = now._replace(stroke=colour, width=width, cap=cap)
        if dash:
            self._out.append(f"[{dash[0]:.1f} {dash[1]:.1f}] 0 d ")
        self._out.append(self._written(path) + "S\n")
        if dash:
            self._out.append("[] 0 d ")

    def halo(self, path: Path, colour: Rgb, width: float, *, around: float, round_ends: bool = True) -> None:
        """A line with white on both sides, to keep it apart from what it crosses."""
        self.stroke(path, WHITE, width + 2 * around)
        self.stroke(path, colour, width, round_ends=round_ends)

    def clip(self, *paths: Path) -> None:
        """Paint only inside all of the paths, until `unclip`."""
        self._saved.append(self._now)
        self._out.append("q ")
        for path in paths:
            self._out.append(self._written(path) + "W n\n")

    def clip_out(self, path: Path) -> None:
        """Paint only outside the path as well."""
        self._out.append(self._written(path, EVERYWHERE) + "W* n\n")

    def fill_clip(self, colour: Rgb) -> None:
        self._set_fill(colour)
        self._out.append(EVERYWHERE + "f\n")

    def unclip(self) -> None:
        self._out.append("Q\n")
        self._now = self._saved.pop()

    def operators(self) -> bytes:
        return "".join(self._out).encode("ascii")

    def _set_fill(self, colour: Rgb) -> None:
        if colour != self._now.fill:
            self._now = self._now._replace(fill=colour)
            self._out.append(_colour(colour, "g", "rg"))

    def _written(self, path: Path, before: str = "") -> str:
        """The path, `before` written first, with a move of the origin where that pays."""
        origin = self._now.origin
        if path.length < WORTH_MOVING:
            return before + path.written(*origin)
        if path.corner == origin:
            return before + path.from_corner
        # The origin goes to the nearest whole place: a limb that only moved is then written alike in every frame.
        x, y = (round(new) - round(old) for new, old in zip(path.corner, origin, strict=True))
        self._now = self._now._replace(origin=path.corner)
        return f"1 0 0 1 {x} {y} cm {before}{path.from_corner}"
