"""One frame of a pose as PDF operators in the box that all its frames share. The room's way out.

The scale is fixed by the pose alone, so that the figure can be stored once and scaled where it is placed.
"""

from __future__ import annotations

from hashlib import sha256
from typing import cast

from handouts.figures.brush import Brush
from handouts.figures.drawn import Drawing, PlainFrame
from handouts.figures.marks import clock_path
from handouts.figures.outline import panel_path
from handouts.figures.path import UNITS
from handouts.figures.pen import Pen
from handouts.figures.pose import Pose
from handouts.figures.scene import Window, clip_height, paint_scene
from handouts.figures.style import WHITE, FigureStyle, palette

ENGINE = "6"
"""Part of every key: changes when the same pose and style give other operators."""

NOMINAL_LYING, NOMINAL_UPRIGHT, LYING_ASPECT = (240.0, 78.0), (122.0, 150.0), 1.5
"""Boxes in points that a frame fills: stacked, side by side, and the aspect between."""
CLOCK_RADIUS = 5.0


def draw_frame(pose: Pose, index: int, style: FigureStyle) -> PlainFrame:
    """One frame (from 0) of a pose, without any text; every frame of a pose has the same width and height."""
    wide, high = pose.size(style.build, style.hairstyle)
    room = NOMINAL_LYING if wide / high > LYING_ASPECT else NOMINAL_UPRIGHT
    scale = min(room[0] / wide, room[1] / high)
    left, bottom, right, top = pose.boxes(style.build, style.hairstyle)[index]
    own = scale * pose.zoom(index)
    x, y = (wide * scale - (right - left) * own) / 2 - left * own, -bottom * own
    view = pose.view(index, own * UNITS, x * UNITS, y * UNITS)
    line = _line_width(scale, own, pose, index) * UNITS
    brush = Brush(view, palette(style), line)
    window = tuple(v * UNITS for v in (left * own + x, 0.0, right * own + x, (top - bottom) * own))
    _paint_framed(brush, pose, index, style, cast("Window", window))
    label = pose.labels[index] if pose.labels else ""
    operators = b"q " + brush.pen.operators() + b"Q\n"
    return PlainFrame(operators, wide * scale, high * scale, frame_key(pose, index, style), label)


def _paint_framed(brush: Brush, pose: Pose, index: int, style: FigureStyle, window: Window) -> None:
    """The frame in its panel, cut off at a height, or as it is."""
    pen = brush.pen
    if pose.panel(index):
        edge = panel_path(*window, 5 * UNITS)
        pen.fill(edge, brush.palette.panel)
        pen.clip(edge)
        paint_scene(brush, pose, index, style, window)
        pen.unclip()
        pen.stroke(edge, brush.palette.panel_line, 0.7 * UNITS)
    elif pose.data[index].get("crop") is not None:
        pen.clip(clip_height(brush, pose.data[index]["crop"]))
        paint_scene(brush, pose, index, style, window)
        pen.unclip()
    else:
        paint_scene(brush, pose, index, style, window)


def frame_key(pose: Pose, index: int, style: FigureStyle) -> str:
    """The key of a drawing, known before it is drawn."""
    return sha256(f"{ENGINE} {pose.key} {pose.build} {index} {style}".encode()).hexdigest()[:32]


def draw_hold_mark(style: FigureStyle) -> Drawing:
    """A small clock, to stand beside the words that say how long a position is held."""
    pen, colour = Pen(), palette(style).badge
    middle = (CLOCK_RADIUS + 0.6) * UNITS
    face, hands = clock_path(middle, middle, CLOCK_RADIUS * UNITS)
    pen.fill(face, WHITE)
    pen.stroke(face + hands, colour, 1.1 * UNITS)
    side = 2 * middle / UNITS
    key = sha256(f"{ENGINE} hold {style}".encode()).hexdigest()[:32]
    return Drawing.of(b"q " + pen.operators() + b"Q\n", side, side, key)


def _line_width(scale: float, own: float, pose: Pose, index: int) -> float:
    """Points: in proportion to the figure, finer in a close-up of a hand or foot."""
    panel = pose.panel(index)
    if panel and panel["box"][0] < 0.7:
        return max(0.42, min(1.0, 0.0036 * own + 0.14))
    return max(0.5, min(1.0, 0.0066 * scale + 0.1))
