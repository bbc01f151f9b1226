"""Where an arrow runs in space: along the true path of a landmark, straight, or round a point. Knows no paper."""

from __future__ import annotations

from math import acos, cos, radians, sin
from typing import Any

from handouts.figures.skeleton import ARM_LANDMARKS, Skeleton, between
from handouts.figures.vectors import Vec, add, dot, lerp, mul, norm, sub, unit, vec

HAND_TARGETS, FOOT_TARGETS = frozenset(("hand",)), frozenset(("foot", "ankle", "ball"))
SWINGING = ARM_LANDMARKS - {"shoulder", "elbow"} | {"ankle", "toe", "heel", "sole", "ball", "arch", "bigtoe"}
TRACE_STEPS, SWING_STEPS, ARC_STEPS = 8, 10, 16


def arrow_points(
    frames: list[dict[str, Any]], skeletons: list[Skeleton], index: int, arrow: dict[str, Any]
) -> list[Vec]:
    """A dense line for one arrow of frame `index`; `bow` bends it sideways (metres in the middle)."""
    points = _unbent(frames, skeletons, index, arrow)
    if "bow" not in arrow:
        return points
    if len(points) <= TRACE_STEPS:
        points = [lerp(points[0], points[-1], k / 10) for k in range(11)]
    n = len(points) - 1
    return [add(p, mul(vec(arrow["bow"]), 4 * k / n * (1 - k / n))) for k, p in enumerate(points)]


def _unbent(frames: list[dict[str, Any]], skeletons: list[Skeleton], index: int, arrow: dict[str, Any]) -> list[Vec]:
    sk = skeletons[index]
    if "straight" in arrow:
        a, b = (sk.point(t) for t in arrow["straight"])
        return [lerp(a, b, k / 4) for k in range(5)]
    if "arc" in arrow:
        centre = sk.point(arrow["arc"])
        start, end = arrow["deg"]
        radius = arrow.get("radius", 0.2)
        turns = [radians(start + (end - start) * k / ARC_STEPS) for k in range(ARC_STEPS + 1)]
        u, v = vec(arrow["u"]), vec(arrow["v"])
        return [add(centre, add(mul(u, radius * cos(a)), mul(v, radius * sin(a)))) for a in turns]
    from_frame, to_frame = arrow.get("frames", (0, 1))
    start, end = arrow.get("span", (0.08, 0.95))
    shift = vec(arrow.get("shift", (0, 0, 0)))
    if arrow.get("polar", _only_ends_are_known(frames[from_frame], frames[to_frame], arrow["trace"])):
        path = _swing(skeletons[from_frame], skeletons[to_frame], arrow["trace"], start, end)
    else:
        shares = [start + (end - start) * k / TRACE_STEPS for k in range(TRACE_STEPS + 1)]
        path = [Skeleton(between(frames[from_frame], frames[to_frame], t)).p[arrow["trace"]] for t in shares]
    return [add(p, shift) for p in path]


def _only_ends_are_known(a: dict[str, Any], b: dict[str, Any], landmark: str) -> bool:
    """Whether one frame puts this hand or foot on a target and the other does not, so that nothing lies between."""
    name, side = landmark[:-2], landmark[-1]
    limbs, targets = ("arms", HAND_TARGETS) if name in ARM_LANDMARKS else ("legs", FOOT_TARGETS)
    aimed = [bool(targets & set(frame.get(limbs, {}).get(side, {}))) for frame in (a, b)]
    return name in SWINGING and aimed[0] != aimed[1]


def _swing(a: Skeleton, b: Skeleton, landmark: str, start: float, end: float) -> list[Vec]:
    """The path of a hand or foot that swings round its shoulder or hip, when only its two ends are known."""
    root = ("shoulder" if landmark[:-2] in ARM_LANDMARKS else "hip") + landmark[-2:]
    from_root, to_root = sub(a.p[landmark], a.p[root]), sub(b.p[landmark], b.p[root])
    u, v = unit(from_root), unit(to_root)
    angle = acos(max(-1.0, min(1.0, dot(u, v)))) or 1e-6
    out = []
    for k in range(SWING_STEPS + 1):
        t = start + (end - start) * k / SWING_STEPS
        way = add(mul(u, sin((1 - t) * angle) / sin(angle)), mul(v, sin(t * angle) / sin(angle)))
        reach = norm(from_root) + (norm(to_root) - norm(from_root)) * t
        out.append(add(lerp(a.p[root], b.p[root], t), mul(way, reach)))
    return out
