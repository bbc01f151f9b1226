"""One frame of a pose as a drawing, in the box that all its frames share.

The scale is fixed by the pose alone, so that a figure can be stored once and scaled where it is placed. Colours are
names: the same drawing serves colour, grey and ink-saver.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handouts.drawing import Drawing
from handouts.figures.display_pen import Brush
from handouts.figures.path import UNITS
from handouts.figures.pose import Pose
from handouts.figures.scene import clip_height, paint_scene
from handouts.figures.silhouette import panel_path

NOMINAL_LYING, NOMINAL_UPRIGHT, LYING_ASPECT = (240.0, 78.0), (122.0, 150.0), 1.5
"""Boxes in points that a frame fills: stacked, side by side, and the aspect between."""


def draw_frames(name: str, picture: Mapping[str, Any]) -> tuple[Drawing, ...]:
    """Every frame of a picture, without any text; all have the same width and height."""
    pose = Pose(name, picture)
    return tuple(draw_frame(pose, index) for index in range(pose.frames))


def draw_frame(pose: Pose, index: int) -> Drawing:
    """One frame (from 0) of a pose, without any text; every frame of a pose has the same width and height."""
    wide, high = pose.size()
    room = NOMINAL_LYING if wide / high > LYING_ASPECT else NOMINAL_UPRIGHT
    scale = min(room[0] / wide, room[1] / high)
    left, bottom, right, top = pose.boxes()[index]
    own = scale * pose.zoom(index)
    x, y = (wide * scale - (right - left) * own) / 2 - left * own, -bottom * own
    view = pose.view(index, own * UNITS, x * UNITS, y * UNITS)
    brush = Brush(view, _line_width(scale, own, pose, index) * UNITS)
    window = ((left * own + x) * UNITS, 0.0, (right * own + x) * UNITS, (top - bottom) * own * UNITS)
    pen, panel, crop = brush.pen, pose.panel(index), pose.data[index].get("crop")
    edge = panel_path(*window, 5 * UNITS) if panel else None if crop is None else clip_height(brush, crop)
    if edge and panel:
        pen.fill(edge, "panel")
    if edge:
        pen.clip(edge)
    paint_scene(brush, pose, index, window)
    if edge:
        pen.unclip()
    if edge and panel:
        pen.stroke(edge, "panel-line", 0.7 * UNITS)
    return pen.drawing(pose.frame_key(index), wide * scale, high * scale)


def _line_width(scale: float, own: float, pose: Pose, index: int) -> float:
    """Points: in proportion to the figure, finer in a close-up of a hand or foot."""
    panel = pose.panel(index)
    if panel and panel["box"][0] < 0.7:
        return max(0.42, min(1.0, 0.0036 * own + 0.14))
    return max(0.5, min(1.0, 0.0066 * scale + 0.1))
