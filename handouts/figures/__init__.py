"""A person posed from data, drawn as vector shapes. Knows no exercise, no page and no language.

`read_pose` makes a `Pose` of an exercise's `picture`, `check_pose` says what is wrong with one, `draw_frame` gives
the PDF operators of one frame and `pose_svg` the same as SVG. `drawn_frames` gives all frames as they were drawn
before, and so the drawing itself is imported only when something is drawn. `docs/figures.md` tells how a pose is
written.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from handouts.figures.drawn import Drawing, DrawnFrame, PlainFrame, Strip
from handouts.figures.kept import drawn_frames
from handouts.figures.labels import frame_labels
from handouts.figures.style import FigureStyle

if TYPE_CHECKING:
    from handouts.figures.check import PoseProblem, check_pose
    from handouts.figures.frame import draw_frame, draw_hold_mark, frame_key
    from handouts.figures.pose import Pose, read_pose
    from handouts.figures.svg import drawing_svg, pose_svg

_WHEN_ASKED = {
    "PoseProblem": "check",
    "check_pose": "check",
    "draw_frame": "frame",
    "draw_hold_mark": "frame",
    "frame_key": "frame",
    "Pose": "pose",
    "read_pose": "pose",
    "drawing_svg": "svg",
    "pose_svg": "svg",
}
"""Names that take the whole drawing with them, and where each lives."""

__all__ = [
    "Drawing",
    "DrawnFrame",
    "FigureStyle",
    "PlainFrame",
    "Pose",
    "PoseProblem",
    "Strip",
    "check_pose",
    "draw_frame",
    "draw_hold_mark",
    "drawing_svg",
    "drawn_frames",
    "frame_key",
    "frame_labels",
    "pose_svg",
    "read_pose",
]


def __getattr__(name: str) -> Any:
    if name not in _WHEN_ASKED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHEN_ASKED[name]}"), name)
