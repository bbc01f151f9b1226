"""The pictures of one card: which frame goes where in its panel, all at one scale, each under its word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handouts.compose.handout import Card
from handouts.compose.text import without_language
from handouts.layout import icons
from handouts.layout.blocks import Pen
from handouts.layout.pictures import Picture
from handouts.layout.theme import Theme

PAD, LABEL, BETWEEN_ROWS, BETWEEN_COLUMNS = 7.0, 14.0, 6.0, 10.0
MM = 72 / 25.4
STANDING_HEIGHT = 40 * MM
LYING_WIDTH, LYING_HEIGHT = 50 * MM, 20.5 * MM
FORESHORTENED_HEIGHT = 20 * MM
"""The least size of a person: 50 mm wide or 20 mm high lying (20 mm seen from above), 40 mm high standing."""
LYING_DOWN = {"supine", "prone", "side-lying", "propped"}
MANY, HEIGHT_OF_MANY = 3, 26 * MM
"""More frames than this show one hand shape after the other, which need less."""
TALLEST = 330.0
STANDING, LYING = 1.4, 1.75
"""Ratios of width to height up to which a person stands, and from which one lies across the view."""
STACKED_BONUS, SIDE_BONUS = 0.9, 1.08
"""Lying frames are stacked where that costs less than a tenth of their size, standing ones only where they gain 8 %."""


@dataclass(frozen=True)
class _Grid:
    columns: int
    rows: int
    cell: float


class PicturePanel:
    """The panel of one exercise, `width` points wide."""

    def __init__(self, theme: Theme, card: Card, frames: Sequence[Picture], width: float) -> None:
        self.theme, self.card, self.frames, self.width = theme, card, frames, width
        self.label = LABEL * theme.k if any(card.frame_labels) else 0.0
        self.aspect = frames[0].aspect if frames else 1.0
        grids = (self._grid(columns) for columns in range(1, len(frames) + 1))
        self.grids = [grid for grid in grids if grid.columns == 1 or self._holds_labels(grid)]

    def _grid(self, columns: int) -> _Grid:
        cell = (self.width - 2 * PAD - BETWEEN_COLUMNS * (columns - 1)) / columns
        return _Grid(columns, -(-len(self.frames) // columns), cell)

    def _holds_labels(self, grid: _Grid) -> bool:
        """Whether the word over every frame, with the arrow before it, ends within the panel and before the next."""
        return all(
            self._before_label(grid, i) + self.theme.wide(label, "semi") < grid.cell + PAD
            for i, label in enumerate(self.card.frame_labels)
        )

    def _before_label(self, grid: _Grid, index: int) -> float:
        """What stands left of a frame's word."""
        if index % grid.columns:
            return 14 * self.theme.k
        return 18 * self.theme.k if index and grid.columns == 1 else 2.0

    def _around(self, grid: _Grid) -> float:
        """What the panel's height has beside the frames."""
        return 2 * PAD + grid.rows * self.label + (grid.rows - 1) * BETWEEN_ROWS

    def _frame(self, grid: _Grid, height: float) -> float:
        """Height of each frame in a panel of this height."""
        return min((height - self._around(grid)) / grid.rows, grid.cell / self.aspect)

    def least(self) -> float:
        """The least height at which the person is large enough, or as large as this width allows."""
        if len(self.frames) > MANY:
            wanted = HEIGHT_OF_MANY
        elif self.card.position in LYING_DOWN and self.aspect <= LYING:
            wanted = FORESHORTENED_HEIGHT
        elif self.aspect <= STANDING:
            wanted = STANDING_HEIGHT
        else:
            wanted = min(LYING_WIDTH / self.aspect, LYING_HEIGHT)
        return self._least_for(wanted)

    def ideal(self) -> float:
        """The height past which the frames no longer grow."""
        return self._least_for(max((grid.cell / self.aspect for grid in self.grids), default=0.0))

    def _least_for(self, wanted: float) -> float:
        """The least height of a panel whose frames are as tall as wanted, or as width and tallest panel allow."""
        frames = [min(wanted, self._frame(grid, TALLEST)) for grid in self.grids]
        most = max(frames, default=0.0)
        heights = [
            self._around(grid) + grid.rows * frame
            for grid, frame in zip(self.grids, frames, strict=True)
            if frame > most - 0.5
        ]
        return min(heights, default=0.0)

    def useful(self, height: float) -> float:
        """The least height at which the frames are as large as at this one: no empty panel."""
        if not self.grids:
            return 0.0
        grid = self._best(height)
        return self._around(grid) + grid.rows * self._frame(grid, height)

    def _best(self, height: float) -> _Grid:
        def size(grid: _Grid) -> float:
            frame = self._frame(grid, height)
            if grid.columns > 1:
                return frame * (STACKED_BONUS if self.aspect > STANDING else SIDE_BONUS)
            return frame

        return max(self.grids, key=size)

    def paint(self, pen: Pen, x: float, y: float, height: float) -> None:
        """The panel with its frames; to a reader one figure with the words of the card."""
        if pen.measures():
            return
        theme, palette = self.theme, pen.palette
        bare = theme.ink_saver
        fill = None if bare else palette.panel
        pen.rect(x, y, self.width, height, fill=fill, stroke=palette.rule if bare else None, radius=6)
        if not self.frames:
            return
        grid = self._best(height)
        frame = self._frame(grid, height)
        slack = (height - self._around(grid) - grid.rows * frame) / grid.rows
        pitch = self.label + frame + slack + BETWEEN_ROWS
        places = [
            (x + PAD + (i % grid.columns) * (grid.cell + BETWEEN_COLUMNS), y + PAD + (i // grid.columns) * pitch)
            for i in range(len(self.frames))
        ]
        box = (x, pen.height - y - height, self.width, height)
        with pen.tag("Div", lang=self.card.lang or None), pen.canvas.figure(self.card.alt, box):
            for picture, (left, top) in zip(self.frames, places, strict=True):
                picture.paint(pen, left, top + self.label, grid.cell, frame + slack)
        if self.label:
            self._labels(pen, grid, places)

    def _labels(self, pen: Pen, grid: _Grid, places: Sequence[tuple[float, float]]) -> None:
        """The word of each frame above it, with an arrow from the one before."""
        theme, palette, k = self.theme, pen.palette, self.theme.k
        middle = theme.cap("semi") / 2 + 1
        for i, (label, (left, top)) in enumerate(zip(self.card.frame_labels, places, strict=True)):
            if i and grid.columns == 1:
                icons.arrow(pen, left + 7 * k, top + middle, 11 * k, palette.ink2, down=True)
            elif i % grid.columns:
                icons.arrow(pen, left + 4 * k, top + middle, 10 * k, palette.ink2)
            at = left + self._before_label(grid, i)
            with pen.canvas.artifact():  # the figure's own words name its frames
                pen.text(at, top + 1, without_language(label), "semi", colour=palette.ink2)
