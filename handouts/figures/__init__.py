"""A person posed from data, drawn as a display list. Knows no exercise, no page and no language.

`frames` gives the drawings of an exercise's `picture`, `frame_labels` the words that stand beside them,
`figure_colours` what the names of colours in them are, `check_pose` what is wrong with a pose. `docs/figures.md` tells
how a pose is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from handouts.drawing import Drawing
from handouts.figures.frame import draw_frame, draw_hold_mark
from handouts.figures.labels import frame_labels
from handouts.figures.pose import Pose, read_pose
from handouts.figures.pose_check import PoseProblem, check_pose
from handouts.figures.style import FigureColours, FigureStyle, figure_colours

__all__ = [
    "Drawing",
    "FigureColours",
    "FigureStyle",
    "Pose",
    "PoseProblem",
    "check_pose",
    "draw_frame",
    "draw_hold_mark",
    "figure_colours",
    "frame_labels",
    "frames",
    "read_pose",
]


def frames(
    name: str, picture: Mapping[str, Any], style: FigureStyle, side: Literal["left", "right"] | None = None
) -> tuple[Drawing, ...]:
    """Every frame of a sound picture (see `check_pose`), in its order; all are of one size.

    Args:
        name: the exercise's id, which chooses whose body is shown.
        picture: the exercise's `picture`.
        style: only its build and hairstyle change the drawings; its colours come in when they are painted.
        side: the side that is shown; None for the one the picture was written for.
    """
    pose = read_pose(name, picture, side=side)
    return tuple(draw_frame(pose, index, style) for index in range(pose.frames))
