"""A person posed from data, drawn as PDF operators. Knows no exercise, no page and no language."""

from handouts.figure.drawing import Drawing, FigureStyle, Pose, draw_frame, pose_svg, read_pose
from handouts.figure.check import PoseProblem, check_pose

__all__ = ["Drawing", "FigureStyle", "Pose", "PoseProblem", "check_pose", "draw_frame", "pose_svg", "read_pose"]
