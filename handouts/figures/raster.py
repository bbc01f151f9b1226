"""A drawing as pixels: follows the few PDF operators that the figure room writes. Knows no body and no page.

Shapes are filled row by row by the winding rule, three times as fine as the result, and then shrunk.
"""

from __future__ import annotations

import math
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageChops, ImageDraw

if TYPE_CHECKING:
    from handouts.figures import Drawing

FINER = 3
CURVE_STEPS = 8

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
_Stamp = tuple[Image.Image, tuple[int, int, int, int]]
"""What a shape covers, and where on the image."""


class _State(NamedTuple):
    """What `q` saves and `Q` brings back."""

    matrix: Matrix
    fill: tuple[int, int, int] = (0, 0, 0)
    stroke: tuple[int, int, int] = (0, 0, 0)
    width: float = 1.0
    dash: tuple[float, ...] = ()
    clip: Image.Image | None = None


def drawing_png(drawing: Drawing, pixels_per_pt: int) -> bytes:
    """The drawing on white as PNG. Raises ValueError for an operator that figures do not use."""
    file = BytesIO()
    drawing_image(drawing, pixels_per_pt).save(file, "PNG", optimize=True, dpi=(72 * pixels_per_pt,) * 2)
    return file.getvalue()


def drawing_image(drawing: Drawing, pixels_per_pt: int) -> Image.Image:
    """The drawing on white as an image. Raises ValueError for an operator that figures do not use."""
    scale = pixels_per_pt * FINER
    size = (math.ceil(drawing.width * scale), math.ceil(drawing.height * scale))
    painter = _Painter(size, (scale, 0, 0, -scale, 0, size[1]))
    operands: list[float] = []
    for token in drawing.operators.decode("ascii").replace("[", " ").replace("]", " ").split():
        if token[0] in "-.0123456789":
            operands.append(float(token))
        else:
            painter.operator(token, operands)
            operands = []
    return painter.image.resize((size[0] // FINER, size[1] // FINER), Image.Resampling.BOX)


class _Painter:
    """Paints operator after operator; lines are always round at their ends and joints, as the figures' are."""

    def __init__(self, size: tuple[int, int], matrix: Matrix) -> None:
        self.image = Image.new("RGB", size, "white")
        self.state = _State(matrix)
        self.saved: list[_State] = []
        self.paths: list[list[Point]] = []
        self.clip_rule = ""

    def operator(self, name: str, operands: list[float]) -> None:
        match name:
            case "m":
                self.paths.append([self._at(*operands)])
            case "l":
                self.paths[-1].append(self._at(*operands))
            case "c":
                self._curve(operands)
            case "h":
                self.paths[-1].append(self.paths[-1][0])
            case "re":
                x, y, w, h = operands
                corners = ((x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y))
                self.paths.append([self._at(*corner) for corner in corners])
            case "f":
                self._paint(self._filled(even_odd=False), self.state.fill)
            case "S":
                self._paint(self._stroked(), self.state.stroke)
            case "W" | "W*":
                self.clip_rule = name
            case "n":
                self._clip()
            case "q":
                self.saved.append(self.state)
            case "Q":
                self.state = self.saved.pop()
            case "cm":
                self.state = self.state._replace(matrix=_times(operands, self.state.matrix))
            case "g" | "rg":
                self.state = self.state._replace(fill=_colour(operands))
            case "G" | "RG":
                self.state = self.state._replace(stroke=_colour(operands))
            case "w":
                self.state = self.state._replace(width=operands[0])
            case "d":
                self.state = self.state._replace(dash=tuple(operands[:-1]))
            case "J" | "j":
                pass
            case _:
                raise ValueError(f"figures never use {name}")

    def _at(self, x: float, y: float) -> Point:
        a, b, c, d, e, f = self.state.matrix
        return a * x + c * y + e, b * x + d * y + f

    def _curve(self, operands: list[float]) -> None:
        start = self.paths[-1][-1]
        points = [self._at(*operands[at : at + 2]) for at in (0, 2, 4)]
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = start, *points
        for step in range(1, CURVE_STEPS + 1):
            t = step / CURVE_STEPS
            u = 1 - t
            k0, k1, k2, k3 = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
            self.paths[-1].append((k0 * x0 + k1 * x1 + k2 * x2 + k3 * x3, k0 * y0 + k1 * y1 + k2 * y2 + k3 * y3))

    def _paint(self, stamp: _Stamp, colour: tuple[int, int, int]) -> None:
        mask, box = stamp
        if self.state.clip is not None:
            mask = ImageChops.multiply(mask, self.state.clip.crop(box))
        self.image.paste(colour, box, mask)
        self.paths = []

    def _clip(self) -> None:
        if self.clip_rule:
            mask, box = self._filled(even_odd=self.clip_rule == "W*")
            if self.state.clip is not None:
                mask = ImageChops.multiply(mask, self.state.clip.crop(box))
            whole = Image.new("L", self.image.size, 0)
            whole.paste(mask, box)
            self.state = self.state._replace(clip=whole)
        self.clip_rule, self.paths = "", []

    def _box(self, margin: float) -> tuple[int, int, int, int]:
        """The part of the image that the paths can reach, at least one pixel."""
        wide, high = self.image.size
        xs = [x for path in self.paths for x, _ in path]
        ys = [y for path in self.paths for _, y in path]
        left, top = (min(max(0, math.floor(min(of) - margin)), most - 1) for of, most in ((xs, wide), (ys, high)))
        right, bottom = (math.ceil(max(of) + margin) for of in (xs, ys))
        return left, top, min(max(right, left + 1), wide), min(max(bottom, top + 1), high)

    def _filled(self, *, even_odd: bool) -> _Stamp:
        box = self._box(0)
        moved = [[(x - box[0], y - box[1]) for x, y in path] for path in self.paths]
        return _inside((box[2] - box[0], box[3] - box[1]), moved, even_odd=even_odd), box

    def _stroked(self) -> _Stamp:
        a, b, c, d, *_ = self.state.matrix
        unit = math.sqrt(abs(a * d - b * c))
        width = max(1.0, self.state.width * unit)
        radius, box = width / 2, self._box(width)
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
        draw = ImageDraw.Draw(mask)
        for path in self.paths:
            moved = [(x - box[0], y - box[1]) for x, y in path]
            for piece in _dashed(moved, [part * unit for part in self.state.dash]):
                draw.line(piece, fill=255, width=round(width))
                for x, y in piece:
                    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
        return mask, box


def _inside(size: tuple[int, int], paths: list[list[Point]], *, even_odd: bool) -> Image.Image:
    """The inside of closed paths, row by row: where the edges to the left do not cancel out."""
    mask = Image.new("L", size, 0)
    draw = ImageDraw.Draw(mask)
    rows: dict[int, list[tuple[float, int]]] = {}
    for path in paths:
        for (x0, y0), (x1, y1) in pairwise([*path, path[0]]):
            turn = 1 if y1 > y0 else -1
            (xa, ya), (xb, yb) = ((x0, y0), (x1, y1)) if turn > 0 else ((x1, y1), (x0, y0))
            for row in range(max(0, math.ceil(ya - 0.5)), min(size[1], math.ceil(yb - 0.5))):
                rows.setdefault(row, []).append((xa + (row + 0.5 - ya) * (xb - xa) / (yb - ya), turn))
    for row, crossings in rows.items():
        crossings.sort()
        winding = 0
        for (left, turn), (right, _) in pairwise(crossings):
            winding += turn
            inside = winding % 2 if even_odd else winding
            first, last = math.ceil(left - 0.5), math.ceil(right - 0.5) - 1
            if inside and last >= first:
                draw.line((first, row, last, row), fill=255)
    return mask


def _dashed(path: list[Point], dash: list[float]) -> list[list[Point]]:
    """A line cut into its dashes; the whole line without a dash."""
    if not dash:
        return [path]
    pieces: list[list[Point]] = []
    lengths = dash * (2 if len(dash) % 2 else 1)
    at, left, piece = 0, lengths[0], [path[0]]
    for (x0, y0), (x1, y1) in pairwise(path):
        length, done = math.hypot(x1 - x0, y1 - y0), 0.0
        while length - done > left:
            done += left
            corner = (x0 + (x1 - x0) * done / length, y0 + (y1 - y0) * done / length)
            if at % 2 == 0:
                pieces.append([*piece, corner])
            at, piece = at + 1, [corner]
            left = lengths[at % len(lengths)]
        left -= length - done
        piece.append((x1, y1))
    return [*pieces, piece] if at % 2 == 0 else pieces


def _times(inner: list[float], outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    ka, kb, kc, kd, ke, kf = outer
    return (
        a * ka + b * kc, a * kb + b * kd, c * ka + d * kc, c * kb + d * kd, e * ka + f * kc + ke, e * kb + f * kd + kf,
    )  # fmt: skip


def _colour(operands: list[float]) -> tuple[int, int, int]:
    red, green, blue = operands if len(operands) == 3 else operands * 3
    return round(red * 255), round(green * 255), round(blue * 255)
