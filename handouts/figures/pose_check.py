"""What is wrong with a pose: keys, values, reach, floor, contacts, ranges, arrows, mirror. Knows no file and no line.

Every problem says where it stands as a path of keys, from which whoever read the file finds the line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import acos, degrees
from typing import Any

from handouts.figures.body import lowest_point
from handouts.figures.flesh import lowest
from handouts.figures.pose import Pose, mirrored
from handouts.figures.pose_words import Path, check_words
from handouts.figures.prop_shapes import extent
from handouts.figures.skeleton import SIDES
from handouts.figures.vectors import dot, norm, sub

SHORT_REACH, BELOW_FLOOR = 0.01, 0.035
"""Metres: a target may be missed by less, and flesh may sink into what it lies on by less."""
MIRROR_SLACK = 1e-6
BENDS = {"knee": ("hip", "knee", "ankle", 160.0), "elbow": ("shoulder", "elbow", "wrist", 155.0)}
"""Joints that a target may bend too far: the three joints they lie between and their greatest flexion (degrees)."""
MOST_EXTENSION = {"lumbar": 30, "thoracic": 20}
"""Degrees by which a back arches in a pose that is not written as `end_range`."""
MOST_HOVER, MOST_APART, SUNK = 0.02, 0.15, 0.06
"""Metres: what rests lies less above its surface, and may sink so far into a soft one; joints that are together have
their middles nearer."""
RIGID_TIPTOE = 10
"""Degrees by which a heel may rise before the toes must bend."""
MOVED, STILL, NEARER = 0.15, 0.015, 0.05
"""Metres: where some part moves `MOVED`, an arrow may not lie `NEARER` to a hand or foot that moves less than `STILL`
than to any that moves."""
LIMB_ENDS = tuple(f"{name}_{side}" for name in ("knee", "ankle", "toe", "elbow", "hand") for side in SIDES)
TRUNK_ENDS = (
    "head",
    "chest",
    "pelvis",
    "belly",
    "back",
    *(f"{name}_{s}" for name in ("shoulder", "hip") for s in SIDES),
)


@dataclass(frozen=True, order=True)
class PoseProblem:
    """`where` is the path of keys and list positions within the picture."""

    where: tuple[str | int, ...]
    message: str
    hint: str | None = None


def check_drawable(name: str, picture: Mapping[str, Any]) -> list[PoseProblem]:
    """What keeps a picture from being drawn at all: wrong words, and values of which no body can be built."""
    if worded := [PoseProblem(*found) for found in check_words(picture)]:
        return worded
    try:
        Pose(name, mirrored(picture))
        Pose(name, picture).size()  # the box is made of arrows and props too
    except Exception as trouble:  # odd values fail in geometry in more ways than can be listed
        return [PoseProblem(("frames",), f"cannot be posed: {type(trouble).__name__} {trouble}")]
    return []


def check_pose(name: str, picture: Mapping[str, Any]) -> list[PoseProblem]:
    """Every problem of a picture; what the body does is only looked at when it can be drawn."""
    if undrawable := check_drawable(name, picture):
        return undrawable
    pose, other = Pose(name, picture), Pose(name, mirrored(picture))
    found: list[PoseProblem] = []
    for i in range(pose.frames):
        found += [PoseProblem(("frames", i, *where), *rest) for where, *rest in _frame(pose, other, i)]
    return found


def _frame(pose: Pose, other: Pose, index: int) -> Iterator[tuple[Any, ...]]:
    sk = pose.skeletons[index]
    for limb, metres in sorted(sk.short.items()):
        if metres > SHORT_REACH:
            kind, side = limb.split("_")
            where: Path = (kind + "s", side)
            yield where, f"the {kind}'s target is {metres * 100:.0f} cm out of reach", "move the target or the body"
    height, part = lowest_point(pose.bodies[index])
    if height < -BELOW_FLOOR:
        yield (), f"{part} is {-height * 100:.0f} cm below the floor", "raise the anchor or the target"
    for joint, (a, b, c, most) in BENDS.items():
        for side in SIDES:
            above, below = (sub(sk.p[f"{end}_{side}"], sk.p[f"{b}_{side}"]) for end in (a, c))
            bent = 180 - degrees(acos(max(-1.0, min(1.0, dot(above, below) / (norm(above) * norm(below))))))
            if bent > most + 0.5:
                limb = "legs" if joint == "knee" else "arms"
                yield (limb, side), f"the {joint} bends {bent:.0f} degrees, more than {most:.0f}", None
    yield from _held_promises(pose, index)
    yield from _arrows(pose, index)
    yield from _mirror(pose, other, index)


def _held_promises(pose: Pose, index: int) -> Iterator[tuple[Any, ...]]:
    """What the pose says of contacts and ranges must be so."""
    data, sk = pose.data[index], pose.skeletons[index]
    for part in data.get("rests", []):
        hover = _hover(pose, index, part)
        if hover > MOST_HOVER:
            yield ("rests",), f"{part} hovers {hover * 100:.0f} cm over what it rests on", "lower its target"
    for a, b in data.get("together", []):
        apart = norm(sub(sk.p[a], sk.p[b]))
        if apart > MOST_APART:
            yield ("together",), f"{a} and {b} are {apart * 100:.0f} cm apart", "bring their targets together"
    for part, most in MOST_EXTENSION.items():
        arch = -data.get("spine", {}).get(part, {}).get("flex", 0)
        if arch > most and not data.get("end_range"):
            message = f"the {part} spine arches {arch:g} degrees, more than {most}"
            yield ("spine", part), message, "write end_range: true where the exercise wants all of the range"
    for side in SIDES:
        leg = data.get("legs", {}).get(side, {})
        if leg.get("heel_up", 0) > RIGID_TIPTOE and "ball" not in leg and not leg.get("toe_bend"):
            yield ("legs", side), "the heel is up and the toes are straight", "set the ball target, or toe_bend"


def _hover(pose: Pose, index: int, name: str) -> float:
    """Metres from the lowest point of a body part down to the highest surface below it; less than 0 within it."""
    blobs = [blob for part in pose.bodies[index] if part.name == name for blob in part.blobs]
    low, (x, y, _) = min((lowest(blob), blob[0]) for blob in blobs)
    surfaces = [0.0]
    for shape in pose.shapes(index):
        xs, ys, zs = zip(*(extent(shape) or [(0.0, 0.0, 0.0)]), strict=True)
        if min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys) and max(zs) < low + SUNK:
            surfaces.append(max(zs))
    return low - max(surfaces)


def _arrows(pose: Pose, index: int) -> Iterator[tuple[Any, ...]]:
    """An arrow lies nearest to what moves, where anything moves far."""
    points = {name: [sk.p[name] for sk in pose.skeletons] for name in LIMB_ENDS + TRUNK_ENDS}
    moved = {name: max(norm(sub(a, b)) for a in places for b in places) for name, places in points.items()}
    if max(moved.values()) < MOVED:
        return
    for i, line in enumerate(pose.arrows[index]):
        away = {name: min(norm(sub(a, q)) for a in places for q in line) for name, places in points.items()}
        nearest = min(away, key=away.__getitem__)
        mover = min(away[name] for name in away if moved[name] >= STILL)
        if nearest in LIMB_ENDS and moved[nearest] < STILL and away[nearest] < mover - NEARER:
            yield ("arrows", i), f"the arrow lies at {nearest}, which does not move", "lay it along what moves"


def _mirror(pose: Pose, other: Pose, index: int) -> Iterator[tuple[Any, ...]]:
    """The skeleton of the mirrored data must be the mirror image of the skeleton."""
    for name, (x, y, z) in pose.skeletons[index].p.items():
        x2, y2, z2 = other.skeletons[index].p[mirrored(name)]
        if abs(x - x2) + abs(y + y2) + abs(z - z2) > MIRROR_SLACK:
            yield (), f"the other side is not its mirror image at {name}", "use keys that name a side"
            return
