"""Creases of the palm and nails of the fingers, in close-ups: they tell the palm from the back of a hand."""

from __future__ import annotations

from math import cos, pi, radians, sin

from handouts.figures.curves import smooth
from handouts.figures.display_pen import Brush
from handouts.figures.flesh import local
from handouts.figures.form import SKIN
from handouts.figures.hands import RADII, finger_points
from handouts.figures.silhouette import ellipse_path, project
from handouts.figures.skeleton import SIDES, Skeleton
from handouts.figures.solid import Seen
from handouts.figures.style import Persona
from handouts.figures.vectors import Vec, add, cross, lerp, mul, sub, unit

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


def paint_hand_lines(brush: Brush, sk: Skeleton, seen: Seen, persona: Persona) -> None:
    """Draws them where the camera sees that very point."""
    view = brush.view
    if HAND_WIDTH * view.scale < LEAST_WIDTH * brush.line:
        return
    tone = f"skin-{persona.skin}-line"

    def is_seen(q: Vec) -> bool:
        spot = seen.sees(q, ON_THE_SKIN)
        return bool(spot and seen.material[spot] == SKIN and seen.depth[spot] > view.depth(q) - ON_THE_SKIN)

    for side in SIDES:
        at = local(sk.p["wrist_" + side], sk.f["hand_" + side], -1.0 if side == "L" else 1.0)
        shape = sk.hands[side]
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
