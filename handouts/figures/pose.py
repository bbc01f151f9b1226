"""A pose as read: its frames with everything inherited, their skeletons, and the box they share. Knows no colour.

Frames inherit the pose, then the frame before; a target written in a later frame replaces the inherited one.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, Literal, cast

from handouts.figures.arrows import arrow_points
from handouts.figures.body import build_body
from handouts.figures.camera import View
from handouts.figures.flesh import Part
from handouts.figures.mirror import mirrored
from handouts.figures.path import project
from handouts.figures.pose_words import SHARED
from handouts.figures.prop_shapes import extent
from handouts.figures.props import make_prop
from handouts.figures.skeleton import SIDES, Skeleton
from handouts.figures.stored import frame_key, own_persona
from handouts.figures.style import PERSONAS
from handouts.figures.vectors import Vec, add, rotate

Side = Literal["left", "right"]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top on paper, in metres."""

MARKS: dict[str, Any] = {"arrows": [], "hold": False, "ghost": False, "feel": [], "work": []}
"""What belongs to one frame alone, and its value when it is not written."""
TARGETS = frozenset(("foot", "ankle", "ball"))
ARROW_ROOM, RING_ROOM, LINE_ROOM = 0.02, 0.01, 0.022
"""Metres round arrows, rings and everything else, so that no line is cut at the edge of the box."""


class Pose:
    """A person posed from data, in one frame or more that share one box; mirrored when `side` is not the written one.

    The mapping must be sound (see `check_pose`): a broken one raises KeyError, TypeError or ValueError.
    """

    def __init__(self, name: str, picture: Mapping[str, Any], side: Side | None = None) -> None:
        data: dict[str, Any] = copy.deepcopy(dict(picture))
        if side and data.get("side") not in (None, side):
            data = mirrored(data)
        self.id = name
        self._picture = data
        self.side = cast("Side | None", data.get("side"))
        self.persona = PERSONAS[data.get("persona") or own_persona(name)]
        self.data = inherited_frames(data)
        self.skeletons = [Skeleton(frame) for frame in self.data]
        self._bodies: dict[int, list[Part]] = {}
        self._boxes: list[Box] = []
        self._arrows: dict[int, list[list[Vec]]] = {}

    def frame_key(self, index: int) -> str:
        """The key of the drawing of a frame."""
        return frame_key(self.id, self._picture, index)

    @property
    def frames(self) -> int:
        return len(self.data)

    def size(self) -> tuple[float, float]:
        """Width and height in metres of the box that all frames share."""
        sized = [(box[2] - box[0], box[3] - box[1], self.zoom(i)) for i, box in enumerate(self.boxes())]
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

    def body(self, index: int) -> list[Part]:
        """The flesh of a frame as simple parts, for boxes, shadows and checks; made once."""
        if index not in self._bodies:
            data = self.data[index]
            self._bodies[index] = build_body(
                self.skeletons[index],
                build=self.persona.build,
                bare=data.get("bare", False),
                only=data.get("only", ()),
                hide=data.get("hide", ()),
            )
        return self._bodies[index]

    def arrows(self, index: int) -> list[list[Vec]]:
        """Every arrow of a frame as a dense line in space."""
        if index not in self._arrows:
            written = self.data[index]["arrows"]
            self._arrows[index] = [arrow_points(self.data, self.skeletons, index, arrow) for arrow in written]
        return self._arrows[index]

    def boxes(self) -> list[Box]:
        """Close-ups have boxes of their own; all other frames share the box round everything in any of them."""
        if not self._boxes:
            own = [self._box(i) for i in range(self.frames)]
            whole = [box for i, box in enumerate(own) if not self.panel(i)]
            if whole:
                lefts, bottoms, rights, tops = zip(*whole, strict=True)
                shared = (min(lefts), min(bottoms), max(rights), max(tops))
                own = [box if self.panel(i) else shared for i, box in enumerate(own)]
            self._boxes = own
        return self._boxes

    def _box(self, index: int) -> Box:
        data, sk, view = self.data[index], self.skeletons[index], self.view(index)
        panel = self.panel(index)
        points: list[tuple[float, float, float, float]] = []
        for part in self.body(index):
            for b in part.blobs:
                x, y, a, _, c = project(view, b)
                points.append((x, y, a**0.5, c**0.5))
        if not data.get("only") or "head" in data["only"]:  # the hair stands off the skull
            hair = add(sk.p["skull"], rotate(sk.f["head"], (-0.004, 0.0, 0.084)))
            points.append((*view.xy(hair), 0.110, 0.110))
        for arrow in self.arrows(index):
            points += [(*view.xy(q), ARROW_ROOM, ARROW_ROOM) for q in arrow]
        for mark, radius in (("feel", 0.07), ("work", 0.06)):
            for spot in data[mark]:
                room = spot.get("radius", radius) + RING_ROOM
                points.append((*view.xy(sk.point(spot)), room, room))
        for prop in data.get("props", []):
            for shape in make_prop(sk, prop):
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


def inherited_frames(data: dict[str, Any]) -> list[dict[str, Any]]:
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
