"""One frame of a pose as a drawing, in the box that all its frames share.

The scale is fixed by the pose alone, so that a figure can be stored once and scaled where it is placed. Colours are
names: the same drawing serves colour, grey and ink-saver.
"""

from __future__ import annotations

from hashlib import sha256

from handouts.drawing import Drawing
from handouts.figures.brush import Brush
from handouts.figures.display_pen import Pen
from handouts.figures.marks import clock_path
from handouts.figures.path import UNITS
from handouts.figures.pose import Pose
from handouts.figures.scene import Window, clip_height, paint_scene
from handouts.figures.silhouette import panel_path
from handouts.figures.style import WHITE, FigureStyle

NOMINAL_LYING, NOMINAL_UPRIGHT, LYING_ASPECT = (240.0, 78.0), (122.0, 150.0), 1.5
"""Boxes in points that a frame fills: stacked, side by side, and the aspect between."""
CLOCK_RADIUS = 5.0


def draw_frame(pose: Pose, index: int, style: FigureStyle) -> Drawing:
    """One frame (from 0) of a pose, without any text; every frame of a pose has the same width and height."""
    wide, high = pose.size(style.build, style.hairstyle)
    room = NOMINAL_LYING if wide / high > LYING_ASPECT else NOMINAL_UPRIGHT
    scale = min(room[0] / wide, room[1] / high)
    left, bottom, right, top = pose.boxes(style.build, style.hairstyle)[index]
    own = scale * pose.zoom(index)
    x, y = (wide * scale - (right - left) * own) / 2 - left * own, -bottom * own
    view = pose.view(index, own * UNITS, x * UNITS, y * UNITS)
    brush = Brush(view, _line_width(scale, own, pose, index) * UNITS)
    window = ((left * own + x) * UNITS, 0.0, (right * own + x) * UNITS, (top - bottom) * own * UNITS)
    _paint_framed(brush, pose, index, style, window)
    return brush.pen.drawing(_key(pose, index, style), wide * scale, high * scale)


def _paint_framed(brush: Brush, pose: Pose, index: int, style: FigureStyle, window: Window) -> None:
    """The frame in its panel, cut off at a height, or as it is."""
    pen = brush.pen
    if pose.panel(index):
        edge = panel_path(*window, 5 * UNITS)
        pen.fill(edge, "panel")
        pen.clip(edge)
        paint_scene(brush, pose, index, style, window)
        pen.unclip()
        pen.stroke(edge, "panel-line", 0.7 * UNITS)
    elif pose.data[index].get("crop") is not None:
        pen.clip(clip_height(brush, pose.data[index]["crop"]))
        paint_scene(brush, pose, index, style, window)
        pen.unclip()
    else:
        paint_scene(brush, pose, index, style, window)


def _key(pose: Pose, index: int, style: FigureStyle) -> str:
    """Equal for equal drawings: the pose, whose body it is, and which frame."""
    whose = f"{style.build or pose.build} {style.hairstyle}"
    return sha256(f"{pose.key} {whose} {index}".encode()).hexdigest()[:32]


def draw_hold_mark() -> Drawing:
    """A small clock, to stand beside the words that say how long a position is held."""
    pen, middle = Pen(), (CLOCK_RADIUS + 0.6) * UNITS
    face, hands = clock_path(middle, middle, CLOCK_RADIUS * UNITS)
    pen.fill(face, WHITE)
    pen.stroke(face + hands, "badge", 1.1 * UNITS)
    side = 2 * middle / UNITS
    return pen.drawing("hold-mark", side, side)


def _line_width(scale: float, own: float, pose: Pose, index: int) -> float:
    """Points: in proportion to the figure, finer in a close-up of a hand or foot."""
    panel = pose.panel(index)
    if panel and panel["box"][0] < 0.7:
        return max(0.42, min(1.0, 0.0036 * own + 0.14))
    return max(0.5, min(1.0, 0.0066 * scale + 0.1))
