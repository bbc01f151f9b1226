"""An exercise's figure as a file of its own: all frames side by side, as PDF, SVG or PNG."""

from __future__ import annotations

import datetime as dt

from handouts.errors import BadInput, Problem
from handouts.figures import Drawing, FigureStyle, Strip, draw_frame, drawing_svg, read_pose
from handouts.model import Exercise, ExerciseText, Side

PICTURE_KINDS = (".pdf", ".svg", ".png")
MARGIN_PT = 12.0
PNG_PIXELS_PER_PT = 4


def picture_bytes(exercise: Exercise, kind: str, side: Side | None, text: ExerciseText, date: dt.date) -> bytes:
    """The figure as one of `PICTURE_KINDS`; `text` gives the words for those who cannot see it.

    Raises BadInput for an exercise that has no picture.
    """
    drawing = drawn_side_by_side(exercise, side)
    if kind == ".svg":
        return drawing_svg(drawing).encode()
    if kind == ".png":
        from handouts.figures.raster import drawing_png

        return drawing_png(drawing, PNG_PIXELS_PER_PT)
    return _pdf(drawing, text, date)


def drawn_side_by_side(exercise: Exercise, side: Side | None) -> Drawing:
    """All frames of an exercise's figure as one drawing, from the start on the left to the finish on the right."""
    if not exercise.picture:
        raise BadInput([Problem(exercise.id, 0, 0, "the exercise has no picture")])
    pose = read_pose(exercise.id, exercise.picture, side=side)
    return Strip.of([draw_frame(pose, index, FigureStyle()) for index in range(pose.frames)]).drawing


def _pdf(drawing: Drawing, text: ExerciseText, date: dt.date) -> bytes:
    from handouts.pdf.tagging import TaggedCanvas

    size = (drawing.width + 2 * MARGIN_PT, drawing.height + 2 * MARGIN_PT)
    canvas = TaggedCanvas(page_size=size, title=text.name, lang=text.lang, date=date)
    canvas.begin_page()
    words = " ".join([f"{text.name}.", text.setup, *text.steps])
    with canvas.figure(words, (MARGIN_PT, MARGIN_PT, drawing.width, drawing.height)):
        canvas.paint(canvas.form(drawing.key, drawing), MARGIN_PT, MARGIN_PT)
    canvas.end_page()
    return canvas.finish()
