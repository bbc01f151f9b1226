"""Pictures on pages: an exercise's frames and a clinic's logo, each with its own width and height and a way to paint it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handouts.branding.logo import Bitmap
from handouts.drawing import Drawing
from handouts.layout.blocks import Pen


@dataclass(frozen=True)
class Picture:
    """A drawing or a bitmap; `width` and `height` in units of its own."""

    source: Drawing | Bitmap

    @property
    def width(self) -> float:
        return self.source.width

    @property
    def height(self) -> float:
        return self.source.height

    @property
    def aspect(self) -> float:
        return self.width / self.height

    def paint(self, pen: Pen, x: float, y: float, width: float, height: float) -> tuple[float, float]:
        """Paint the picture as large as it goes into a box, in its middle; returns the width and height it took."""
        scale = min(width / self.width, height / self.height)
        across, tall = self.width * scale, self.height * scale
        left, bottom = x + (width - across) / 2, pen.height - y - (height + tall) / 2
        if isinstance(self.source, Drawing):
            pen.canvas.draw_drawing(self.source, pen.theme.figure_colours, left, bottom, across, tall)
        else:
            pen.canvas.draw_bitmap(self.source, left, bottom, across, tall)
        return across, tall


Pictures = Mapping[str, tuple[Picture, ...]]
"""The frames of each exercise's figure by its id, drawn for the side of the dose."""
