"""One frame of a pose as a drawing at a fixed nominal scale, in the box shared by all its frames."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from .scene import Exercise, View
from .style import Style

ENGINE = "1"
NOMINAL = ((240.0, 78.0), (122.0, 150.0))


class FigureStyle(Struct, frozen=True, kw_only=True):
    """How a figure is coloured and built."""

    mode: Literal["colour", "grey", "ink"] = "colour"
    accent: str = "#1F8A8C"
    skin: str = "paper"
    hair: str | None = None
    build: Literal["a", "b", "c", "d"] = "a"
    hairstyle: Literal["short", "tied", "bun"] | None = None


class Drawing(Struct, frozen=True):
    """PDF operators in points; origin at the lower left of a box `width` by `height` points."""

    operators: bytes
    width: float
    height: float
    key: str


class Pose:
    """A posed person: one or more frames that share one box."""

    def __init__(self, name: str, picture: Mapping[str, Any], side: str | None = None) -> None:
        self.id = name
        self._exercise = Exercise(name, dict(picture), side)
        self.side = self._exercise.data.get("side")
        self.frames = len(self._exercise.frames)
        self.digest = hashlib.sha256(json.dumps([dict(picture), side], sort_keys=True, default=str).encode()).hexdigest()
        bounds = [self._exercise.bounds(i) for i in range(self.frames)]
        zooms = [f["crop"].get("zoom", 1.0) if isinstance(f.get("crop"), dict) else 1.0 for f in self._exercise.frames]
        panels = [isinstance(f.get("crop"), dict) for f in self._exercise.frames]
        flat = [b for b, p in zip(bounds, panels) if not p]
        if flat:
            u = (min(b[0] for b in flat), min(b[1] for b in flat), max(b[2] for b in flat), max(b[3] for b in flat))
        boxes = [b if p else u for b, p in zip(bounds, panels)]
        w = max((b[2] - b[0]) * z for b, z in zip(boxes, zooms))
        h = max((b[3] - b[1]) * z for b, z in zip(boxes, zooms))
        self._size, self._boxes, self._zooms = (w, h), boxes, zooms
        self.aspect: float = w / h

    @property
    def labels(self) -> tuple[str, ...]:
        """What stands beside each frame: 'start', 'next' …, 'finish'; a single frame has no label."""
        return () if self.frames == 1 else ("start",) + ("next",) * (self.frames - 2) + ("finish",)

    def holds(self, index: int) -> bool:
        return bool(self._exercise.frames[index]["hold"])


def read_pose(name: str, picture: Mapping[str, Any], *, side: Literal["left", "right"] | None = None) -> Pose:
    return Pose(name, picture, side)


def draw_frame(pose: Pose, index: int, style: FigureStyle) -> Drawing:
    e = pose._exercise
    w, h = pose._size
    nominal = NOMINAL[0] if pose.aspect > 1.5 else NOMINAL[1]
    s = min(nominal[0] / w, nominal[1] / h)
    z, b = pose._zooms[index], pose._boxes[index]
    lw = max(.5, min(1.0, .0066 * s + .1))
    c = e.frames[index].get("crop")
    if isinstance(c, dict) and c["box"][0] < .7:
        lw = max(.42, min(1.0, .0036 * s * z + .14))
    ox = (w * s - (b[2] - b[0]) * s * z) / 2 - b[0] * s * z
    st = Style(mode=style.mode, accent=style.accent, skin=style.skin, hair=style.hair, build=style.build, hairstyle=style.hairstyle)
    ops = e.operators(index, s * z, ox, -b[1] * s * z, st, lw).encode("ascii")
    key = hashlib.sha256(f"{ENGINE} {pose.digest} {index} {style}".encode()).hexdigest()[:32]
    return Drawing(b"q " + ops + b"Q\n", w * s, h * s, key)


def pose_svg(pose: Pose, index: int, style: FigureStyle) -> str:
    raise NotImplementedError
