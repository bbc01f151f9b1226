"""Fine lines of faces and hair, and of hands in close-ups, each where the camera sees that very point."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, pi, radians, sin

from handouts.figures.curves import smooth
from handouts.figures.flesh import blob
from handouts.figures.form import HAIR, SKIN
from handouts.figures.hands import RADII, finger_points
from handouts.figures.path import Brush, ellipse_path, project
from handouts.figures.skeleton import SIDES, Skeleton
from handouts.figures.solid import Seen
from handouts.figures.style import Persona
from handouts.figures.vectors import Vec, add, cross, lerp, local, mul, rotate, sub, unit

LEAST_WIDTH = 21.0
"""A hand narrower than so many lines is too small for them."""
HAND_WIDTH = 0.08
PALM_LINES: tuple[tuple[Vec, ...], ...] = (
    ((0.012, 0.016, -0.020), (0.003, 0.018, -0.045), (0.012, 0.018, -0.066), (0.030, 0.014, -0.072)),
    ((-0.032, 0.014, -0.066), (-0.012, 0.016, -0.066), (0.004, 0.016, -0.073), (0.013, 0.015, -0.084)),
)
"""Hand axes: towards the thumb, out of the palm, towards the wrist."""
ON_THE_SKIN = 0.010
"""Metres from a line to the surface that is seen there."""
OPEN = 35
"""Degrees at the knuckle of the middle finger up to which the palm is open."""
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


def paint_hand_lines(brush: Brush, sk: Skeleton, seen: Seen, persona: Persona) -> None:
    """Creases of the palm and nails of the fingers, which tell the palm from the back of a hand."""
    view = brush.view
    if HAND_WIDTH * view.scale < LEAST_WIDTH * brush.line:
        return
    tone = f"skin-{persona.skin}-line"

    def is_seen(q: Vec) -> bool:
        spot = seen.sees(q, ON_THE_SKIN)
        return bool(spot and seen.material[spot] == SKIN and seen.depth[spot] > view.depth(q) - ON_THE_SKIN)

    for side in SIDES:
        at, shape = sk.in_hand(side), sk.hands[side]
        palm = sub(at(0, 1, 0), at(0, 0, 0))
        if shape.fingers[1][0] <= OPEN and view.depth(palm) > 0.35:
            for row in PALM_LINES:
                points = [at(*q) for q in row]
                if all(map(is_seen, points)):
                    brush.pen.stroke(smooth([view.xy(q) for q in points], closed=False), tone, 0.6 * brush.line)
        for i, finger in enumerate(shape.fingers):
            mcp, pip, dip, spread = finger
            bent, out = radians(mcp + pip + dip), spread * pi / 180
            faces = sub(at(sin(out) * sin(bent), -cos(bent), -cos(out) * sin(bent)), at(0, 0, 0))
            q1, q2 = (at(*q) for q in finger_points(i, finger)[2:4])
            r, way = RADII[i][3], unit(sub(q2, q1))
            middle = add(lerp(q1, q2, 0.98), mul(faces, r * 0.80))
            if view.depth(faces) > 0.35 and is_seen(middle):
                form = (middle, mul(way, r * 0.85), mul(cross(faces, way), r * 0.66), mul(faces, r * 0.10))
                brush.pen.stroke(ellipse_path(project(view, form)), tone, 0.5 * brush.line)
