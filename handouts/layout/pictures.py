"""Pictures on pages: an exercise's frames and a clinic's logo, each with its size and a way to paint it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from handouts.branding import Logo, Palette, read_logo, read_picture
from handouts.cache import FIGURES
from handouts.colour import format_colour
from handouts.drawing import Colours, Drawing
from handouts.figures import FigureStyle, figure_colours, frames
from handouts.layout.blocks import Pen
from handouts.model import Exercise, Prescription, Side


@dataclass(frozen=True)
class Picture:
    """A drawing with the colours that its names stand for, or a bitmap; `width` and `height` in units of its own."""

    width: float
    height: float
    source: Drawing | bytes
    colours: Colours
    line_scale: float = 1.0
    is_faint: bool = False
    """Whether it is hardly seen on white paper."""

    @property
    def aspect(self) -> float:
        return self.width / self.height

    def paint(self, pen: Pen, x: float, y: float, width: float, height: float) -> None:
        """Paint the picture as large as it goes into a box, in its middle; y from the top of the pen's block."""
        scale = min(width / self.width, height / self.height)
        across, tall = self.width * scale, self.height * scale
        left, bottom = x + (width - across) / 2, pen.height - y - (height + tall) / 2
        if isinstance(self.source, Drawing):
            pen.canvas.draw_drawing(self.source, self.colours, left, bottom, across, tall, self.line_scale)
        else:
            pen.canvas.draw_bitmap(self.source, left, bottom, across, tall)


Pictures = Mapping[str, tuple[Picture, ...]]
"""The frames of each exercise's figure by its id, drawn for the side of its dose."""


def logo_picture(path: Path | None) -> Picture | None:
    """The clinic's logo. Raises FileTrouble when it cannot be read, BadInput when it cannot be drawn rightly."""
    return _picture(read_logo(path)) if path else None


def exercise_pictures(prescriptions: Iterable[Prescription], palette: Palette) -> Pictures:
    """The pictures of a program's exercises; an exercise without any has none, and its panel stays empty.

    A clinic's own picture of one side is mirrored for the other. Raises as `logo_picture` does.
    """
    mode: Literal["ink", "colour"] = "ink" if palette.ink_only else "colour"
    style = FigureStyle(mode=mode, accent=format_colour(palette.brand), skins=palette.skins)
    return {
        item.exercise.id: _frames(item.shown_as or item.exercise, _side(item), style, palette) for item in prescriptions
    }


def _side(item: Prescription) -> Side | None:
    return "left" if item.dose.side == "left" else "right" if item.dose.side == "right" else None


def _frames(exercise: Exercise, side: Side | None, style: FigureStyle, palette: Palette) -> tuple[Picture, ...]:
    if exercise.photo:
        turned = side is not None and exercise.photo.shows not in (side, None)
        return (_picture(read_picture(Path(exercise.photo.file), turned=turned, grey=palette.ink_only)),)
    if not exercise.picture:
        return ()
    key = (exercise.id, repr(exercise.picture), side)
    drawings = FIGURES.get(key, lambda: frames(exercise.id, exercise.picture, side))
    colours = figure_colours(style)
    return tuple(Picture(drawn.width, drawn.height, drawn, colours, style.line_scale) for drawn in drawings)


def _picture(logo: Logo) -> Picture:
    return Picture(logo.width, logo.height, logo.drawing or logo.image, {}, is_faint=logo.is_faint)
