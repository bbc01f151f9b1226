"""What is wrong with a pose: keys, values, reach, floor, joint ranges, mirror. Knows no file and no line.

Every problem says where it stands as a path of keys, from which whoever read the file finds the line.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import acos, degrees
from typing import Any

from handouts.figures.body import lowest_point
from handouts.figures.mirror import mirrored
from handouts.figures.pose import Pose
from handouts.figures.pose_words import Path, check_words
from handouts.figures.props import make_prop
from handouts.figures.skeleton import SIDES
from handouts.figures.vectors import dot, norm, sub

SHORT_REACH, BELOW_FLOOR = 0.01, 0.035
"""Metres: a target may be missed by less, and flesh may sink into what it lies on by less."""
MIRROR_SLACK = 1e-6
BENDS = {"knee": ("hip", "knee", "ankle", 160.0), "elbow": ("shoulder", "elbow", "wrist", 155.0)}
"""Joints that a target may bend too far: the three joints they lie between and their greatest flexion (degrees)."""


@dataclass(frozen=True, order=True)
class PoseProblem:
    """`where` is the path of keys and list positions within the picture."""

    where: tuple[str | int, ...]
    message: str
    hint: str | None = None


def check_pose(name: str, picture: Mapping[str, Any]) -> list[PoseProblem]:
    """Every problem of a picture; what the body does is only looked at when all its words are right."""
    data: dict[str, Any] = copy.deepcopy(dict(picture))
    worded = [PoseProblem(*found) for found in check_words(data)]
    if worded:
        return worded
    try:
        pose, other = Pose(name, data), Pose(name, mirrored(data))
        pose.size()  # the box is made of arrows and props too
    except (KeyError, TypeError, ValueError, IndexError, ZeroDivisionError) as trouble:
        return [PoseProblem(("frames",), f"cannot be posed: {type(trouble).__name__} {trouble}")]
    found: list[PoseProblem] = []
    for i in range(pose.frames):
        found += [PoseProblem(("frames", i, *where), *rest) for where, *rest in _frame(pose, other, i)]
    return found


def _frame(pose: Pose, other: Pose, index: int) -> Iterator[tuple[Any, ...]]:
    sk = pose.skeletons[index]
    for limb, metres in sorted(dict(sk.short).items()):
        if metres > SHORT_REACH:
            kind, side = limb.split("_")
            where: Path = (kind + "s", side)
            yield where, f"the {kind}'s target is {metres * 100:.0f} cm out of reach", "move the target or the body"
    height, part = lowest_point(pose.body(index))
    if height < -BELOW_FLOOR:
        yield (), f"{part} is {-height * 100:.0f} cm below the floor", "raise the anchor or the target"
    for joint, (a, b, c, most) in BENDS.items():
        for side in SIDES:
            above, below = (sub(sk.p[f"{end}_{side}"], sk.p[f"{b}_{side}"]) for end in (a, c))
            bent = 180 - degrees(acos(max(-1.0, min(1.0, dot(above, below) / (norm(above) * norm(below))))))
            if bent > most + 0.5:
                limb = "legs" if joint == "knee" else "arms"
                yield (limb, side), f"the {joint} bends {bent:.0f} degrees, more than {most:.0f}", None
    for prop in pose.data[index].get("props", []):
        if not make_prop(sk, prop):
            yield ("props",), f"the prop {prop} draws nothing", None
    yield from _mirror(pose, other, index)


def _mirror(pose: Pose, other: Pose, index: int) -> Iterator[tuple[Any, ...]]:
    """The skeleton of the mirrored data must be the mirror image of the skeleton."""
    for name, (x, y, z) in pose.skeletons[index].p.items():
        x2, y2, z2 = other.skeletons[index].p[mirrored(name)]
        if abs(x - x2) + abs(y + y2) + abs(z - z2) > MIRROR_SLACK:
            yield (), f"the other side is not its mirror image at {name}", "use keys that name a side"
            return
