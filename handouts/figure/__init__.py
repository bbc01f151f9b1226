"""A person posed from data, drawn as vector shapes. Knows no exercise, no page and no language.

`read_pose` makes a `Pose` of an exercise's `picture`, `check_pose` says what is wrong with one, `draw_frame` gives
the PDF operators of one frame and `pose_svg` the same as SVG. `docs/figures.md` tells how a pose is written.
"""

from handouts.figure.check import PoseProblem, check_pose
from handouts.figure.drawing import Drawing, draw_frame, draw_hold_mark, frame_key
from handouts.figure.pose import Pose, read_pose
from handouts.figure.style import FigureStyle
from handouts.figure.svg import drawing_svg, pose_svg

__all__ = [
    "Drawing",
    "FigureStyle",
    "Pose",
    "PoseProblem",
    "check_pose",
    "draw_frame",
    "draw_hold_mark",
    "drawing_svg",
    "frame_key",
    "pose_svg",
    "read_pose",
]
