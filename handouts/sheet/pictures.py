"""The plain provider of pictures: draws an exercise's frames from its pose, or reads the clinic's own picture.

Each is kept in memory for the run.
"""

from __future__ import annotations

from pathlib import Path

from handouts.branding import Palette, read_picture
from handouts.branding.colour import format_colour
from handouts.figures import FigureStyle, drawn_frames
from handouts.model import Exercise, Side
from handouts.sheet.content import Frame, Pictures


def drawn_pictures(palette: Palette) -> Pictures:
    """Pictures in this palette's style; an exercise without a pose has none, and its panel stays empty.

    A clinic's picture of one side is mirrored for the other. The pictures raise FileTrouble and BadInput.
    """
    style = FigureStyle(mode="ink" if palette.ink_only else "colour", accent=format_colour(palette.brand))

    def frames(exercise: Exercise, side: Side | None) -> tuple[Frame, ...]:
        if exercise.photo:
            turned = side is not None and exercise.photo.shows not in (side, None)
            return (read_picture(Path(exercise.photo.file), mirrored=turned, grey=palette.ink_only),)
        if not exercise.picture:
            return ()
        return drawn_frames(exercise.id, exercise.picture, side, style)

    return frames
