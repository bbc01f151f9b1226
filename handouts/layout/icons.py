"""The page's signs, drawn as vectors: one shape, one meaning, and each always stands beside its word.

`x, y` is the middle and `d` the size across, in points. A sign is decoration to a screen reader.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from handouts.colour import WHITE, Colour
from handouts.layout.blocks import Pen

Icon = Callable[[Pen, float, float, float, Colour], None]


def sun(pen: Pen, x: float, y: float, d: float, colour: Colour) -> None:
    """Morning."""
    pen.disc(x, y, d * 0.24, stroke=colour, line=d * 0.09)
    angles = [i * math.pi / 4 for i in range(8)]
    for c, s in ((math.cos(a), math.sin(a)) for a in angles):
        pen.line(
            x + d * 0.37 * c, y + d * 0.37 * s, x + d * 0.49 * c, y + d * 0.49 * s, colour, d * 0.09, round_ends=True
        )


def moon(pen: Pen, x: float, y: float, d: float, colour: Colour) -> None:
    """Evening: a disc less a smaller one up and to the right; the two arcs meet exactly."""
    outer, inner, ox, oy = 0.45, 0.37, 0.17, -0.15
    q, phi = math.hypot(ox, oy), math.atan2(oy, ox)
    a = math.acos((outer**2 + q**2 - inner**2) / (2 * outer * q))
    b = math.pi - math.acos((inner**2 + q**2 - outer**2) / (2 * inner * q))
    steps = 12
    points = []
    for i in range(steps + 1):
        angle = phi + a + (2 * math.pi - 2 * a) * i / steps
        points.append((x + d * outer * math.cos(angle), y + d * outer * math.sin(angle)))
    for i in range(steps + 1):
        angle = phi - b - (2 * math.pi - 2 * b) * i / steps
        points.append((x + d * (ox + inner * math.cos(angle)), y + d * (oy + inner * math.sin(angle))))
    pen.polygon(points, fill=colour)


def fine(pen: Pen, x: float, y: float, d: float, _colour: Colour) -> None:
    """Fine: a tick in a disc."""
    pen.disc(x, y, d / 2, fill=pen.palette.go)
    s = d * 0.8
    tick = [(x - s * 0.3, y + s * 0.02), (x - s * 0.07, y + s * 0.26), (x + s * 0.32, y - s * 0.24)]
    pen.polygon(tick, stroke=WHITE, line=s * 0.16, close=False)


def careful(pen: Pen, x: float, y: float, d: float, _colour: Colour) -> None:
    """Careful, for you: a triangle."""
    r, ink = d * 0.54, pen.palette.ink
    fill = WHITE if pen.theme.ink_saver else pen.palette.warn
    pen.polygon([(x, y - r * 0.95), (x + r, y + r * 0.8), (x - r, y + r * 0.8)], fill=fill, stroke=ink, line=d * 0.08)
    pen.line(x, y - d * 0.2, x, y + d * 0.12, ink, d * 0.12, round_ends=True)
    pen.disc(x, y + d * 0.29, d * 0.07, fill=ink)


def stop(pen: Pen, x: float, y: float, d: float, _colour: Colour) -> None:
    """Stop: an octagon with a cross, never used for anything milder."""
    corners = [math.radians(22.5 + 45 * i) for i in range(8)]
    octagon = [(x + d * 0.54 * math.cos(a), y + d * 0.54 * math.sin(a)) for a in corners]
    pen.polygon(octagon, fill=pen.palette.stop)
    q = d * 0.2
    for slope in (1, -1):
        pen.line(x - q, y - q * slope, x + q, y + q * slope, WHITE, d * 0.13, round_ends=True)


def phone(pen: Pen, x: float, y: float, d: float, colour: Colour) -> None:
    """The emergency call: a handset."""
    canvas = pen.canvas
    path = canvas.beginPath()

    def at(*numbers: float) -> list[float]:
        return [x + d * v if i % 2 == 0 else pen.height - y - d * v for i, v in enumerate(numbers)]

    path.moveTo(*at(-0.42, -0.30))
    path.curveTo(*at(-0.40, -0.42, -0.28, -0.48, -0.20, -0.46))
    path.lineTo(*at(-0.08, -0.20))
    path.curveTo(*at(-0.10, -0.14, -0.16, -0.12, -0.20, -0.08))
    path.curveTo(*at(-0.14, 0.06, -0.04, 0.16, 0.09, 0.21))
    path.curveTo(*at(0.13, 0.17, 0.15, 0.11, 0.21, 0.09))
    path.lineTo(*at(0.46, 0.21))
    path.curveTo(*at(0.48, 0.30, 0.42, 0.41, 0.30, 0.43))
    path.curveTo(*at(-0.06, 0.42, -0.42, 0.06, -0.42, -0.30))
    path.close()
    canvas.setFillColor(colour)
    canvas.drawPath(path, stroke=0, fill=1)


def clock(pen: Pen, x: float, y: float, d: float, colour: Colour) -> None:
    """Today: a clock."""
    pen.disc(x, y, d * 0.45, stroke=colour, line=d * 0.1)
    pen.polygon([(x, y - d * 0.28), (x, y), (x + d * 0.2, y + d * 0.12)], stroke=colour, line=d * 0.1, close=False)


def know(pen: Pen, x: float, y: float, d: float, colour: Colour) -> None:
    """Good to know: an i in a disc."""
    pen.disc(x, y, d * 0.48, fill=colour)
    pen.disc(x, y - d * 0.22, d * 0.075, fill=WHITE)
    pen.line(x, y - d * 0.03, x, y + d * 0.24, WHITE, d * 0.13)


def note(pen: Pen, x: float, y: float, d: float, colour: Colour) -> None:
    """The clinician's note: a pencil."""
    turn = math.sqrt(0.5)

    def at(u: float, v: float) -> tuple[float, float]:
        return x + d * turn * (u + v), y + d * turn * (v - u)

    body = [at(-0.28, -0.13), at(0.42, -0.13), at(0.42, 0.13), at(-0.28, 0.13), at(-0.54, 0)]
    pen.polygon(body, stroke=colour, line=d * 0.085)
    pen.polygon([at(0.26, -0.13), at(0.26, 0.13)], stroke=colour, line=d * 0.085, close=False)


def tick_box(pen: Pen, x: float, y: float) -> None:
    """Something to tick: a box whose left edge is at x and its middle at y."""
    k = pen.theme.k
    pen.rect(x, y - 5.5 * k, 11 * k, 11 * k, stroke=pen.palette.ink, line=1.1, radius=1.5)


def arrow(pen: Pen, x: float, y: float, d: float, colour: Colour, *, down: bool = False) -> None:
    """To the picture beside, or below."""

    def at(along: float, across: float) -> tuple[float, float]:
        return (x + d * across, y + d * along) if down else (x + d * along, y + d * across)

    pen.line(*at(-0.45, 0), *at(0.42, 0), colour, d * 0.12, round_ends=True)
    pen.polygon([at(0.12, -0.3), at(0.45, 0), at(0.12, 0.3)], stroke=colour, line=d * 0.12, close=False)
