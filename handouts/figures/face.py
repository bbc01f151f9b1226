"""Eyes, brows, mouth, the lines of nose and ears, and strands of hair: each where the camera sees that very point."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, sin

from handouts.figures.curves import smooth
from handouts.figures.display_pen import Brush
from handouts.figures.flesh import blob, local
from handouts.figures.form import HAIR
from handouts.figures.silhouette import ellipse_path, project
from handouts.figures.skeleton import Skeleton
from handouts.figures.solid import Seen
from handouts.figures.style import Persona
from handouts.figures.vectors import Vec, lerp, rotate, unit

EAR = (
    (0.004, 0.090, 0.058),
    (-0.010, 0.092, 0.060),
    (-0.018, 0.091, 0.046),
    (-0.013, 0.090, 0.030),
    (-0.004, 0.089, 0.024),
)
LID = tuple(
    (0.0945 - 0.30 * (t * 0.012) * (1 if t > 0 else 0.3), 0.034 + t * 0.0125, 0.049 + 0.0055 * (1 - t * t))
    for t in (-1, -0.6, -0.2, 0.2, 0.6, 1)
)
BROW = tuple(
    (0.094 - 0.004 * (t + 1) ** 1.5, 0.034 + t * 0.015, 0.071 + 0.004 * (1 - t * t) - 0.001 * t)
    for t in (-1, -0.5, 0, 0.5, 1)
)
"""Lines of the left half of a face, in head axes from the top of the spine."""


def paint_features(brush: Brush, sk: Skeleton, seen: Seen, persona: Persona) -> None:
    """Eyes, brows, mouth, nose and ear lines, each where it is really seen."""
    view, pen, ink = brush.view, brush.pen, "ink"
    frame = sk.f["head"]
    at = local(sk.p["skull"], frame)
    size = 0.105 * view.scale / brush.line  # head half-height in lines

    def run(points: Iterable[Vec], weight: float, tone: str = ink) -> None:
        path = []
        for q in points:
            w = at(*q)
            spot = seen.sees(w)
            if spot and seen.material[spot] != HAIR and seen.normal[spot] @ seen.to > 0.15:
                path.append(view.xy(w))
        if len(path) > 2:
            pen.stroke(smooth(path, closed=False), tone, weight * brush.line)

    soft = f"skin-{persona.skin}-line"
    _strands(brush, sk, seen, persona, size)
    for k in (1, -1):
        outward = rotate(frame, unit((0.86, 0.5 * k, 0.0)))
        if seen.sees(at(0.092, 0.034 * k, 0.050)) and view.depth(outward) > 0.1:
            eye = blob(at(0.0905, 0.034 * k, 0.0475), frame, 0.003, 0.0058, 0.0078)
            pen.fill(ellipse_path(project(view, eye)), ink)
            for weight, tone, line in ((0.8, ink, LID), (1.1, f"hair-{persona.hair}-brow", BROW)):
                run([(x, y * k, z) for x, y, z in line], weight, tone)
        run([(0.108, 0.016 * k, 0.022), (0.106, 0.0185 * k, 0.0165), (0.107, 0.015 * k, 0.0105)], 0.6, soft)
        if size > 9:
            run([(x, y * k, z) for x, y, z in EAR], 0.6, soft)
    run([(0.1145, t * 0.009, 0.0085 - 0.002 * (1 - t * t)) for t in (-1, -0.5, 0, 0.5, 1)], 0.6, soft)
    if persona.hair == "grey" and size > 9:  # an older face
        for k in (1, -1):
            run([(0.103, 0.0205 * k, 0.012), (0.098, 0.0275 * k, 0.001), (0.091, 0.031 * k, -0.012)], 0.5, soft)
            run([(0.082, 0.049 * k, 0.050), (0.077, 0.0545 * k, 0.054), (0.072, 0.059 * k, 0.0555)], 0.45, soft)
            run([(0.091, 0.026 * k, 0.0345), (0.0905, 0.033 * k, 0.0315), (0.087, 0.040 * k, 0.0325)], 0.45, soft)
        run([(0.0985, 0.022 * t, 0.098 + 0.0015 * t * t) for t in (-1, -0.5, 0, 0.5, 1)], 0.45, soft)
    if sk.pose.get("mouth") == "pursed":
        run([(0.101, 0.007 * cos(a), -0.020 + 0.006 * sin(a)) for a in (k * 6.3 / 11 for k in range(12))], 0.9)
    else:
        across = (-1.05, -0.7, -0.35, 0, 0.35, 0.7, 1.05)
        run([(0.0995 - 0.014 * t * t, 0.021 * t, -0.0185 + 0.0045 * t * t) for t in across], 0.95)
        run([(0.092, 0.011 * t, -0.0305 + 0.001 * t * t) for t in (-1, -0.5, 0, 0.5, 1)], 0.5, soft)


def _strands(brush: Brush, sk: Skeleton, seen: Seen, persona: Persona, size: float) -> None:
    """A few strands that follow the head, combed from the parting, or back to where the hair is tied."""
    view, frame, half = brush.view, sk.f["head"], (0.111, 0.088, 0.111)
    at = local(sk.p["skull"], frame)
    if persona.hairstyle == "bald" or size < 7:
        return
    tone = f"hair-{persona.hair}-strand"
    for begins, end, bow in (
        (0.0, (0.30, -0.92, 0.12), (0.66, -0.45, 0.75)),
        (0.18, (-0.05, -0.90, 0.30), (0.40, -0.45, 0.85)),
        (0.06, (0.30, 0.93, 0.15), (0.62, 0.66, 0.60)),
        (0.24, (-0.10, 0.90, 0.30), (0.35, 0.62, 0.75)),
        (0.40, (-0.80, -0.45, 0.20), (-0.25, -0.40, 0.90)),
        (0.48, (-0.80, 0.45, 0.20), (-0.30, 0.40, 0.90)),
    ):
        line = []
        start = (0.76 - begins, 0.20, 0.60 + 0.55 * begins)
        for i in range(1, 12):
            t = i / 12
            u = unit(lerp(lerp(start, bow, t), lerp(bow, end, t), t))
            w = at(-0.005 + u[0] * half[0], u[1] * half[1], 0.086 + u[2] * half[2])
            spot = seen.sees(w)
            if spot and seen.material[spot] == HAIR and seen.normal[spot] @ seen.to > 0.35:
                line.append(view.xy(w))
        if len(line) > 4:
            brush.pen.stroke(smooth(line, closed=False), tone, 0.55 * brush.line)
