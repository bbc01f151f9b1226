"""The frames of a figure, drawn once in a run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from handouts.figures.drawing import draw_frame
from handouts.figures.drawn import DrawnFrame, Strip
from handouts.figures.pose import read_pose
from handouts.figures.style import FigureStyle

_IN_MEMORY = 1024
"""Figures, of some 5 KB: every exercise of a large library on both sides."""


def drawn_frames(
    name: str, picture: Mapping[str, Any], side: Literal["left", "right"] | None, style: FigureStyle
) -> tuple[DrawnFrame, ...]:
    """Every frame of the pose that `picture` describes, as `draw_frame` draws it."""
    return _frames(name, json.dumps(picture), side, style)


@lru_cache(maxsize=_IN_MEMORY)
def _frames(
    name: str, picture: str, side: Literal["left", "right"] | None, style: FigureStyle
) -> tuple[DrawnFrame, ...]:
    pose = read_pose(name, json.loads(picture), side=side)
    return Strip.of([draw_frame(pose, index, style) for index in range(pose.frames)]).frames
