"""A pose as read: its frames with everything inherited, their skeletons, the box they share, and where arrows run.

Frames inherit the pose, then the frame before; a target written in a later frame replaces the inherited one. The other
side is the pose's data reflected in the body's midline, camera and all. Knows no colour and no drawing.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import cached_property
from math import acos, cos, radians, sin
from typing import Any

from handouts.figures.body import build_body
from handouts.figures.camera import View
from handouts.figures.flesh import Part
from handouts.figures.path import project
from handouts.figures.pose_words import SHARED
from handouts.figures.prop_shapes import Shape, extent
from handouts.figures.props import make_prop
from handouts.figures.skeleton import ARM_LANDMARKS, SIDES, Skeleton, between
from handouts.figures.stored import own_persona
from handouts.figures.style import PERSONAS
from handouts.figures.vectors import Vec, add, dot, lerp, mul, norm, rotate, sub, unit, vec

OTHER = {"L": "R", "R": "L", "left": "right", "right": "left"}
SIGNED = frozenset(("turn", "roll", "world_turn", "y"))
"""Numbers that change their sign with the side; those that name a side (bend_left …) change their name instead."""


def mirrored(data: Any, key: str | None = None) -> Any:
    """The same data for the other side. `key` is the key that the data stands under."""
    if isinstance(data, dict):
        return {_other_key(k): mirrored(v, _other_key(k)) for k, v in data.items()}
    if isinstance(data, list):
        return _list(data, key)
    if isinstance(data, str):
        return _word(data, key)
    if isinstance(data, int | float) and not isinstance(data, bool) and key in SIGNED:
        return -data
    return data


def _list(data: list[Any], key: str | None) -> list[Any]:
    numbers = all(v is None or (isinstance(v, int | float) and not isinstance(v, bool)) for v in data)
    if numbers and len(data) == 3 and key != "size":
        x, y, z = data
        return [x, -y if y else y, z]
    if numbers and len(data) == 2 and None not in data:
        if key == "view":  # [azimuth, elevation]
            return [-data[0], data[1]]
        return [data[0], -data[1]] if key in ("at", "toes") else data
    return [mirrored(v, key) for v in data]


def _word(word: str, key: str | None) -> str:
    if key in ("view", "base"):
        parts = [OTHER.get(part, part) for part in word.split("_")]
        return "_".join(parts)
    return _other_key(word)


def _other_key(word: str) -> str:
    if word in OTHER:
        return OTHER[word]
    head, _, tail = word.rpartition("_")
    return f"{head}_{OTHER[tail]}" if head and tail in OTHER else word


TARGETS = frozenset(("foot", "ankle", "ball"))
"""The kinds of target that a leg can have, one at a time."""
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
    limbs, targets = ("arms", {"hand"}) if name in ARM_LANDMARKS else ("legs", TARGETS)
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


Box = tuple[float, float, float, float]
"""Left, bottom, right, top on paper, in metres."""

MARKS: dict[str, Any] = {"arrows": [], "hold": False, "ghost": False, "feel": [], "work": []}
"""What belongs to one frame alone, and its value when it is not written."""
ARROW_ROOM, RING_ROOM, LINE_ROOM = 0.02, 0.01, 0.022
"""Metres round arrows, rings and everything else, so that no line is cut at the edge of the box."""


class Pose:
    """A person posed from data, in one frame or more that share one box.

    The mapping must be sound (see `check_pose`): a broken one raises KeyError, TypeError or ValueError.
    """

    def __init__(self, name: str, picture: Mapping[str, Any]) -> None:
        self.persona = PERSONAS[picture.get("persona") or own_persona(name)]
        self.data = inherited_frames(picture)
        self.skeletons = [Skeleton(frame) for frame in self.data]

    @property
    def frames(self) -> int:
        return len(self.data)

    def size(self) -> tuple[float, float]:
        """Width and height in metres of the box that all frames share."""
        sized = [(box[2] - box[0], box[3] - box[1], self.zoom(i)) for i, box in enumerate(self.boxes)]
        return max(w * z for w, _, z in sized), max(h * z for _, h, z in sized)

    def panel(self, index: int) -> dict[str, Any] | None:
        """The close-up that a frame is cut to: {at, box: [width, height] …}, or None."""
        crop = self.data[index].get("crop")
        return crop if isinstance(crop, dict) else None

    def zoom(self, index: int) -> float:
        panel = self.panel(index)
        return float(panel.get("zoom", 1.0)) if panel else 1.0

    def view(self, index: int, scale: float = 1.0, x: float = 0.0, y: float = 0.0) -> View:
        return View(self.data[index].get("view", "side_right"), scale, x, y)

    def shapes(self, index: int) -> list[Shape]:
        """What the props of a frame are made of."""
        props = self.data[index].get("props", [])
        return [shape for prop in props for shape in make_prop(self.skeletons[index], prop)]

    @cached_property
    def bodies(self) -> list[list[Part]]:
        """The flesh of every frame as simple parts, for boxes, shadows and checks."""
        return [build_body(sk, self.persona.build) for sk in self.skeletons]

    @cached_property
    def arrows(self) -> list[list[list[Vec]]]:
        """Every arrow of every frame as a dense line in space."""
        return [
            [arrow_points(self.data, self.skeletons, index, arrow) for arrow in frame["arrows"]]
            for index, frame in enumerate(self.data)
        ]

    @cached_property
    def boxes(self) -> list[Box]:
        """Close-ups have boxes of their own; all other frames share the box round everything in any of them."""
        own = [self._box(i) for i in range(self.frames)]
        whole = [box for i, box in enumerate(own) if not self.panel(i)]
        if not whole:
            return own
        lefts, bottoms, rights, tops = zip(*whole, strict=True)
        shared = (min(lefts), min(bottoms), max(rights), max(tops))
        return [box if self.panel(i) else shared for i, box in enumerate(own)]

    def _box(self, index: int) -> Box:
        data, sk, view = self.data[index], self.skeletons[index], self.view(index)
        panel = self.panel(index)
        points: list[tuple[float, float, float, float]] = []
        for part in self.bodies[index]:
            for b in part.blobs:
                x, y, a, _, c = project(view, b)
                points.append((x, y, a**0.5, c**0.5))
        if not data.get("only") or "head" in data["only"]:  # the hair stands off the skull
            hair = add(sk.p["skull"], rotate(sk.f["head"], (-0.004, 0.0, 0.084)))
            points.append((*view.xy(hair), 0.110, 0.110))
        for arrow in self.arrows[index]:
            points += [(*view.xy(q), ARROW_ROOM, ARROW_ROOM) for q in arrow]
        for mark, radius in (("feel", 0.07), ("work", 0.06)):
            for spot in data[mark]:
                room = spot.get("radius", radius) + RING_ROOM
                points.append((*view.xy(sk.point(spot)), room, room))
        for shape in self.shapes(index):
            points += [(*view.xy(q), 0.0, 0.0) for q in extent(shape)]
        if panel:  # only now, so that whatever has no place is found in a close-up too
            (x, y), (w, h) = view.xy(sk.point(panel)), panel["box"]
            return (x - w / 2, y - h / 2, x + w / 2, y + h / 2)
        low = min(y - h for _, y, _, h in points)
        if data.get("crop") is not None:  # a height: everything lower is cut off
            low = data["crop"] * view.up[2]
            points = [q for q in points if q[1] + q[3] > low]
        bottom = low if data.get("crop") is not None else low - LINE_ROOM
        return (
            min(x - w for x, _, w, _ in points) - LINE_ROOM,
            bottom,
            max(x + w for x, _, w, _ in points) + LINE_ROOM,
            max(y + h for _, y, _, h in points) + LINE_ROOM,
        )


def inherited_frames(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every frame with all that it inherits, `both` spelled out into L and R."""
    frames = []
    before = {key: value for key, value in data.items() if key in SHARED}
    for own in data["frames"]:
        own = own or {}
        frame = _merged(before, {key: value for key, value in own.items() if key not in MARKS})
        for limbs in ("legs", "arms"):
            if limbs in frame:
                frame[limbs] = _both_spelled_out(frame[limbs], own.get(limbs) or {})
        before = frame
        frames.append(frame | {key: own.get(key, default) for key, default in MARKS.items()})
    return frames


def _both_spelled_out(limbs: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """`both` of this frame goes over what a side inherited, and the side's own words over both."""
    spelled = {}
    for side in SIDES:
        inherited = _merged(limbs.get("both") or {}, limbs.get(side) or {})
        spelled[side] = _merged(inherited, _merged(own.get("both") or {}, own.get(side) or {}))
    return spelled


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    out = copy.deepcopy(below)
    kinds = TARGETS & set(above)
    if len(kinds) == 1:  # a new kind of foot target replaces the old kind
        for kind in TARGETS - kinds:
            out.pop(kind, None)
    for key, value in above.items():
        if isinstance(value, dict) and isinstance(out.get(key), dict) and "at" not in value:
            out[key] = _merged(out[key], value)
        else:  # a new target replaces the old one whole
            out[key] = copy.deepcopy(value)
    return out
