"""The plain provider of pictures: draws an exercise's frames from its pose, or reads the clinic's own picture.

A figure is drawn once in a process.
"""

from __future__ import annotations

import json
from pathlib import Path

from handouts.branding import Palette, read_picture
from handouts.branding.colour import format_colour
from handouts.cache import Cache
from handouts.drawing import Drawing
from handouts.figures import FigureStyle, figure_colours, frames
from handouts.model import Exercise, Side
from handouts.pdf.drawn_form import drawn_form
from handouts.sheet.content import Frame, Pictures

_drawn: Cache[tuple[Drawing, ...]] = Cache(512)
"""Figures that were drawn in this process: each takes 15 ms."""


def drawn_pictures(palette: Palette) -> Pictures:
    """Pictures in this palette's style; an exercise without a pose has none, and its panel stays empty.

    A clinic's picture of one side is mirrored for the other. The pictures raise FileTrouble and BadInput.
    """
    style = FigureStyle(mode="ink" if palette.ink_only else "colour", accent=format_colour(palette.brand))

    colours = figure_colours(style)

    def pictures_of(exercise: Exercise, side: Side | None) -> tuple[Frame, ...]:
        if exercise.photo:
            turned = side is not None and exercise.photo.shows not in (side, None)
            return (read_picture(Path(exercise.photo.file), turned=turned, grey=palette.ink_only),)
        if not exercise.picture:
            return ()
        key = (exercise.id, json.dumps(exercise.picture, sort_keys=True), side)
        drawn = _drawn.get(key, lambda: frames(exercise.id, exercise.picture, side))
        return tuple(drawn_form(frame, colours, style.line_scale) for frame in drawn)

    return pictures_of
