"""The page's signs, drawn as vectors: one shape, one meaning, and each always stands beside its word.

`x, y` is the centre and `d` the size across, in points. A sign is decoration to a screen reader: its word carries the
meaning. Each is stored once in a document and painted wherever it stands.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import NamedTuple, TypeVarTuple, cast

from handouts.branding import Colour, Palette
from handouts.pdf.tagging import Path, Sketch, Sketched, TaggedCanvas
from handouts.sheet.pen import WHITE, Pen
from handouts.sheet.theme import Theme

Icon = Callable[[Pen, float, float, float, Colour], None]
Colours = TypeVarTuple("Colours")

SIZE, ROOM = 48.0, 1.5
"""Points across a stored sign, and how many times that its box is, for lines that stand out."""


class _Look(NamedTuple):
    """All of a theme that a sign looks at."""

    palette: Palette
    ink_saver: bool


def _stored(
    draw: Callable[[Pen, float, float, float, *Colours], None],
) -> Callable[[Pen, float, float, float, *Colours], None]:
    """The same sign, stored in the document and painted there."""

    @wraps(draw)
    def paint(pen: Pen, x: float, y: float, d: float, *colours: *Colours) -> None:
        key, drawing = sketched(_Look(pen.palette, pen.theme.ink_saver), *colours)
        corner = SIZE * ROOM / 2 * d / SIZE
        pen.canvas.paint(pen.canvas.form(key, drawing), x - corner, y - corner, d / SIZE)

    @lru_cache(maxsize=32)
    def sketched(look: _Look, *colours: *Colours) -> tuple[str, Sketched]:
        middle = SIZE * ROOM / 2
        sketch = Sketch(2 * middle, 2 * middle)
        draw(Pen(cast("TaggedCanvas", sketch), cast("Theme", look)), middle, middle, SIZE, *colours)
        return f"sign {draw.__name__} {look} {colours}", sketch.drawing()

    return paint


@_stored
def sun(pen: Pen, x: float, y: float, d: float, colour: Colour) -> None:
    """Morning."""
    pen.disc(x, y, d * 0.24, stroke=colour, line=d * 0.09)
    rays, near, far = Path(), d * 0.37, d * 0.49
    for i in range(8):
        c, s = math.cos(i * math.pi / 4), math.sin(i * math.pi / 4)
        rays.move(x + c * near, y + s * near).line(x + c * far, y + s * far)
    pen.path(rays, stroke=colour, line=d * 0.09, round_ends=True)


@_stored
def moon(pen: Pen, x: float, y: float, d: float, colour: Colour) -> None:
    """Evening: a disc less a smaller one up and to the right; the two arcs meet exactly."""
    outer, inner, ox, oy = 0.45, 0.37, 0.17, -0.15
    q, phi = math.hypot(ox, oy), math.atan2(oy, ox)
    a = math.acos((outer**2 + q**2 - inner**2) / (2 * outer * q))
    b = math.pi - math.acos((inner**2 + q**2 - outer**2) / (2 * inner * q))
    n = 12
    points = []
    for i in range(n + 1):
        angle = phi + a + (2 * math.pi - 2 * a) * i / n
        points.append((x + d * outer * math.cos(angle), y + d * outer * math.sin(angle)))
    for i in range(n + 1):
        angle = phi - b - (2 * math.pi - 2 * b) * i / n
        points.append((x + d * (ox + inner * math.cos(angle)), y + d * (oy + inner * math.sin(angle))))
    pen.polygon(points, fill=colour)


@_stored
def go(pen: Pen, x: float, y: float, d: float) -> None:
    """Fine: a tick in a disc."""
    pen.disc(x, y, d / 2, fill=pen.palette.ink if pen.theme.ink_saver else pen.palette.go)
    s = d * 0.8
    tick = [(x - s * 0.3, y + s * 0.02), (x - s * 0.07, y + s * 0.26), (x + s * 0.32, y - s * 0.24)]
    pen.polygon(tick, stroke=WHITE, line=s * 0.16, close=False)


@_stored
def careful(pen: Pen, x: float, y: float, d: float) -> None:
    """Careful, for you: a triangle."""
    r, ink = d * 0.54, pen.palette.ink
    fill = WHITE if pen.theme.ink_saver else pen.palette.warn
    pen.polygon([(x, y - r * 0.95), (x + r, y + r * 0.8), (x - r, y + r * 0.8)], fill=fill, stroke=ink, line=d * 0.08)
    pen.line(x, y - d * 0.2, x, y + d * 0.12, ink, d * 0.12, round_ends=True)
    pen.disc(x, y + d * 0.29, d * 0.07, fill=ink)


@_stored
def stop(pen: Pen, x: float, y: float, d: float) -> None:
    """Stop: an octagon with a cross, never used for anything milder."""
    corners = [math.radians(22.5 + 45 * i) for i in range(8)]
    octagon = [(x + d * 0.54 * math.cos(a), y + d * 0.54 * math.sin(a)) for a in corners]
    pen.polygon(octagon, fill=pen.palette.ink if pen.theme.ink_saver else pen.palette.stop)
    q = d * 0.2
    for slope in (1, -1):
        pen.line(x - q, y - q * slope, x + q, y + q * slope, WHITE, d * 0.13, round_ends=True)


@_stored
def phone(pen: Pen, x: float, y: float, d: float, colour: Colour) -> None:
    """The emergency call: a handset."""
    shape = (
        Path()
        .move(-0.42, -0.30)
        .curve(-0.40, -0.42, -0.28, -0.48, -0.20, -0.46)
        .line(-0.08, -0.20)
        .curve(-0.10, -0.14, -0.16, -0.12, -0.20, -0.08)
        .curve(-0.14, 0.06, -0.04, 0.16, 0.09, 0.21)
        .curve(0.13, 0.17, 0.15, 0.11, 0.21, 0.09)
        .line(0.46, 0.21)
        .curve(0.48, 0.30, 0.42, 0.41, 0.30, 0.43)
        .curve(-0.06, 0.42, -0.42, 0.06, -0.42, -0.30)
        .close()
    )
    pen.path(shape.placed(x, y, d), fill=colour)


@_stored
def feel(pen: Pen, x: float, y: float, d: float, colour: Colour) -> None:
    """You should feel: ripples from a point."""
    pen.disc(x, y, d * 0.13, fill=colour)
    pen.disc(x, y, d * 0.29, stroke=colour, line=d * 0.08)
    pen.disc(x, y, d * 0.46, stroke=colour, line=d * 0.055)


@_stored
def wrong(pen: Pen, x: float, y: float, d: float, colour: Colour) -> None:
    """Not right if: a struck ring."""
    pen.disc(x, y, d * 0.46, stroke=colour, line=d * 0.09)
    pen.line(x - d * 0.32, y + d * 0.32, x + d * 0.32, y - d * 0.32, colour, d * 0.09)


@_stored
def breath(pen: Pen, x: float, y: float, d: float, colour: Colour) -> None:
    """Breathing: two waves of air."""
    for dy in (-0.2, 0.2):
        yy = y + d * dy
        wave = Path().move(x - d * 0.46, yy).curve(x - d * 0.26, yy - d * 0.34, x - d * 0.14, yy - d * 0.2, x, yy)
        wave.curve(x + d * 0.14, yy + d * 0.2, x + d * 0.26, yy + d * 0.34, x + d * 0.46, yy)
        pen.path(wave, stroke=colour, line=d * 0.1)


@_stored
def easier(pen: Pen, x: float, y: float, d: float, colour: Colour) -> None:
    """Easier: a minus in a ring."""
    _minus(pen, x, y, d, colour)


@_stored
def harder(pen: Pen, x: float, y: float, d: float, colour: Colour) -> None:
    """Harder: a plus in a ring."""
    _minus(pen, x, y, d, colour)
    pen.line(x, y - d * 0.2, x, y + d * 0.2, colour, d * 0.11, round_ends=True)


@_stored
def note(pen: Pen, x: float, y: float, d: float, colour: Colour) -> None:
    """The clinician's note: a pencil."""
    turn = math.sqrt(0.5)

    def at(u: float, v: float) -> tuple[float, float]:
        return x + d * turn * (u + v), y + d * turn * (v - u)

    body = [at(-0.28, -0.13), at(0.42, -0.13), at(0.42, 0.13), at(-0.28, 0.13), at(-0.54, 0)]
    pen.polygon(body, stroke=colour, line=d * 0.085)
    pen.polygon([at(0.26, -0.13), at(0.26, 0.13)], stroke=colour, line=d * 0.085, close=False)


@_stored
def arrow_right(pen: Pen, x: float, y: float, d: float, colour: Colour) -> None:
    """From one picture to the next."""
    pen.line(x - d * 0.45, y, x + d * 0.42, y, colour, d * 0.12, round_ends=True)
    head = [(x + d * 0.12, y - d * 0.3), (x + d * 0.45, y), (x + d * 0.12, y + d * 0.3)]
    pen.polygon(head, stroke=colour, line=d * 0.12, close=False)


@_stored
def up(pen: Pen, x: float, y: float, d: float, colour: Colour) -> None:
    """Move up."""
    _arrow(pen, x, y, d, colour, 1)


@_stored
def down(pen: Pen, x: float, y: float, d: float, colour: Colour) -> None:
    """Move down."""
    _arrow(pen, x, y, d, colour, -1)


def _minus(pen: Pen, x: float, y: float, d: float, colour: Colour) -> None:
    pen.disc(x, y, d * 0.46, stroke=colour, line=d * 0.09)
    pen.line(x - d * 0.2, y, x + d * 0.2, y, colour, d * 0.11, round_ends=True)


def _arrow(pen: Pen, x: float, y: float, d: float, colour: Colour, sign: int) -> None:
    pen.line(x, y + sign * d * 0.42, x, y - sign * d * 0.38, colour, d * 0.14, round_ends=True)
    head = [(x - d * 0.3, y - sign * d * 0.1), (x, y - sign * d * 0.42), (x + d * 0.3, y - sign * d * 0.1)]
    pen.polygon(head, stroke=colour, line=d * 0.14, close=False)
