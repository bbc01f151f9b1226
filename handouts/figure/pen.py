"""PDF operators, written as short as they go. Knows no body; the only place where an operator is spelled."""

from __future__ import annotations

from handouts.figure.style import WHITE, Rgb

UNITS = 8.0
"""Paper units in a point: coordinates are whole eighths of a point under one scaling."""
SCALE = f"{1 / UNITS:g}".removeprefix("0")


def _colour(c: Rgb, grey: str, colour: str) -> str:
    r, g, b = (f"{v:.2f}".rstrip("0").rstrip(".").replace("0.", ".", 1) if v > 0.004 else "0" for v in c)
    return f"{r} {grey} " if r == g == b else f"{r} {g} {b} {colour} "


class Pen:
    """Collects operators and leaves out those that would set what is already set."""

    def __init__(self) -> None:
        self._out = [f"{SCALE} 0 0 {SCALE} 0 0 cm 1 j 1 J\n"]
        self._fill: Rgb | None = None
        self._stroke: Rgb | None = None
        self._width = -1.0
        self._cap = 1
        self._saved: list[tuple[Rgb | None, Rgb | None, float, int]] = []

    def fill(self, path: str, colour: Rgb) -> None:
        if colour != self._fill:
            self._fill = colour
            self._out.append(_colour(colour, "g", "rg"))
        self._out.append(path + "f\n")

    def stroke(
        self, path: str, colour: Rgb, width: float, *, round_ends: bool = True, dash: tuple[float, float] | None = None
    ) -> None:
        """A line `width` paper units wide; `dash` is the length of a dash and of the gap after it."""
        if colour != self._stroke:
            self._stroke = colour
            self._out.append(_colour(colour, "G", "RG"))
        half = max(1, round(2 * width)) / 2
        if half != self._width:
            self._width = half
            self._out.append(f"{half:g} w ")
        if round_ends != (self._cap == 1):
            self._cap = 1 if round_ends else 0
            self._out.append(f"{self._cap} J ")
        if dash:
            self._out.append(f"[{dash[0]:.0f} {dash[1]:.0f}] 0 d ")
        self._out.append(path + "S\n")
        if dash:
            self._out.append("[] 0 d ")

    def halo(self, path: str, colour: Rgb, width: float, *, around: float, round_ends: bool = True) -> None:
        """A line with white on both sides, to keep it apart from what it crosses."""
        self.stroke(path, WHITE, width + 2 * around)
        self.stroke(path, colour, width, round_ends=round_ends)

    def clip(self, *paths: str) -> None:
        """Paint only inside all of the paths, until `unclip`."""
        self._out.append("q " + "".join([path + "W n\n" for path in paths]))
        self._saved.append((self._fill, self._stroke, self._width, self._cap))

    def clip_out(self, path: str) -> None:
        """Paint only outside the path as well."""
        self._out.append(EVERYWHERE + path + "W* n\n")

    def fill_clip(self, colour: Rgb) -> None:
        self.fill(EVERYWHERE, colour)

    def unclip(self) -> None:
        self._out.append("Q\n")
        self._fill, self._stroke, self._width, self._cap = self._saved.pop()

    def operators(self) -> bytes:
        return "".join(self._out).encode("ascii")


EVERYWHERE = "-9999 -9999 29999 29999 re "
