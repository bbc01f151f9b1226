"""Pictures on the page: which frame goes where in its panel, at one scale, with its word. Draws no body itself."""

from __future__ import annotations

from typing import NamedTuple

from handouts.branding import Logo
from handouts.layout.line_breaking import Text
from handouts.pdf.drawn_form import drawn_form, pixel_form
from handouts.pdf.tagging import TaggedCanvas
from handouts.sheet import icons
from handouts.sheet.content import Entry, Frame
from handouts.sheet.pen import Pen
from handouts.sheet.theme import Theme

PAD, BETWEEN = 10.0, 16.0
LEAST, LEAST_OF_MANY = 88.0, 160.0
"""Heights of the smallest panel: two frames side by side are at 88 points as large as stacked at 110."""
STACK_BONUS = 1.08
"""Side by side reads more easily: the frames are stacked only when that makes the body this much larger."""


def paint_frame(pen: Pen, drawing: Frame, x: float, y: float, width: float, height: float) -> None:
    """A frame as large as it goes into a box, in its middle. All frames of a pose share one box, so they share the
    scale."""
    scale = min(width / drawing.width, height / drawing.height)
    left = x + (width - drawing.width * scale) / 2
    top = y + (height - drawing.height * scale) / 2
    if isinstance(drawing, Logo):
        draw_logo(pen.canvas, drawing, left, top, drawing.width * scale, drawing.height * scale)
    else:
        pen.canvas.paint(pen.canvas.form(drawing.key, drawing), left, top, scale)


def draw_logo(canvas: TaggedCanvas, logo: Logo, x: float, y: float, most_width: float, most_height: float) -> None:
    """A logo in a box with its top left corner at (x, y): at the left, in the middle of the height."""
    scale = min(most_width / logo.width, most_height / logo.height)
    if logo.drawing:
        form = canvas.form(logo.key, drawn_form(logo.drawing, {}))
    else:
        form = canvas.bitmap(logo.key, pixel_form(logo.image))
    canvas.paint(form, x, y + (most_height - logo.height * scale) / 2, scale)


class _Plan(NamedTuple):
    """A way to set the frames: columns and rows, the cell of each, and where its word stands."""

    columns: int
    rows: int
    cell_width: float
    cell_height: float
    beside: bool


class Panel:
    """The picture panel of one exercise over a given width."""

    def __init__(self, theme: Theme, entry: Entry, width: float) -> None:
        self._theme, self._entry, self._width = theme, entry, width
        self._words = entry.frame_words
        self._label = max((theme.wide(word, "semi") for word in self._words), default=0.0) + 10

    def ideal(self) -> float:
        """The height past which a taller panel no longer makes the picture bigger."""
        if not self._entry.frames:
            return 0.0
        aspect = self._aspect
        count = len(self._entry.frames)
        if count > 2:
            rows, cell = -(-count // 2), (self._width - 2 * PAD - BETWEEN) / 2
            return PAD + rows * (cell / aspect + 12 + 18 * self._theme.k)
        stacked = count * (self._width - self._label - 22) / aspect + 12 + 4 * count
        side = (self._width - 2 * PAD - BETWEEN * (count - 1)) / count / aspect + 22 + 18 * self._theme.k
        return stacked if aspect > 1.9 else max(side, 128.0)

    def useful(self, height: float) -> float:
        """The least height at which the picture is as large as at this one."""
        if not self._entry.frames:
            return height
        plan = self._best(height)
        spare = plan.cell_height - plan.cell_width / self._aspect
        return height - max(0.0, spare) * plan.rows

    def least(self) -> float:
        """The height under which the frames would be too small to follow."""
        return LEAST if len(self._entry.frames) <= 2 else min(LEAST_OF_MANY, self.ideal())

    @property
    def _aspect(self) -> float:
        frame = self._entry.frames[0]
        return frame.width / frame.height

    def _plans(self, height: float) -> list[_Plan]:
        count, k = len(self._entry.frames), self._theme.k
        below = (12 + 18 * k) if count > 1 else 10
        plans = []
        for columns in range(1, count + 1):
            rows = -(-count // columns)
            if columns == 1 and count > 1:
                tall = (height - 16 - 4 * (rows - 1)) / rows
                plans.append(_Plan(1, rows, self._width - self._label - 22, tall, True))
            else:
                wide = (self._width - 2 * PAD - BETWEEN * (columns - 1)) / columns
                tall = (height - PAD - below * rows) / rows
                plans.append(_Plan(columns, rows, wide, tall, False))
                if count > 1:
                    tall = (height - 16 - 4 * (rows - 1)) / rows
                    plans.append(_Plan(columns, rows, wide - self._label, tall, True))
        return [plan for plan in plans if plan.cell_height > 10] or plans

    def _best(self, height: float) -> _Plan:
        def size(plan: _Plan) -> float:
            scale = min(plan.cell_width / self._aspect, plan.cell_height)
            return scale / STACK_BONUS if plan.beside else scale

        return max(self._plans(height), key=size)

    def draw(self, pen: Pen, x: float, y: float, height: float) -> None:
        """The panel with its frames; to a screen reader one figure, told in the exercise's own words."""
        palette, bare = pen.palette, self._theme.ink_saver
        pen.rect(
            x,
            y,
            self._width,
            height,
            fill=None if bare else palette.panel,
            stroke=palette.rule if bare else None,
            radius=6,
        )
        frames = self._entry.frames
        if not frames:
            return
        plan = self._best(height)
        box = (x, y, self._width, height)
        with pen.canvas.tag("Div", lang=self._entry.lang or None), pen.canvas.figure(self._entry.alt, box):
            for i, frame in enumerate(frames):
                cell_x, cell_y = self._cell(plan, i, x, y)
                paint_frame(pen, frame, cell_x, cell_y, plan.cell_width, plan.cell_height)
            if not plan.beside and len(frames) == 2:
                k = self._theme.k
                icons.arrow_right(pen, x + self._width / 2, y + height - 12.6 * k, 11 * k, palette.ink2)
        for i, word in enumerate(self._words):
            cell_x, cell_y = self._cell(plan, i, x, y)
            self._draw_word(pen, plan, word, cell_x, cell_y)

    def _cell(self, plan: _Plan, i: int, x: float, y: float) -> tuple[float, float]:
        column, row = i % plan.columns, i // plan.columns
        if plan.beside:
            pitch = plan.cell_width + self._label + BETWEEN
            return x + PAD + 2 + self._label + column * pitch, y + 8 + row * (plan.cell_height + 4)
        below = 12 + 18 * self._theme.k
        return x + PAD + column * (plan.cell_width + BETWEEN), y + PAD + row * (plan.cell_height + below)

    def _draw_word(self, pen: Pen, plan: _Plan, word: Text, cell_x: float, cell_y: float) -> None:
        k = self._theme.k
        if plan.beside:
            pen.tagged("P", cell_x - self._label - 2, cell_y + plan.cell_height / 2 - 4 * k, word, "semi")
        else:
            below = cell_y + plan.cell_height + 12 + k
            pen.tagged("P", cell_x + plan.cell_width / 2, below, word, "semi", align="centre")
