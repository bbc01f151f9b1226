"""An exercise's figure as a file of its own or on a screen: all frames side by side, as PDF, SVG or pixels."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pypdfium2
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from handouts.drawing import Drawing, moved, replay, to_svg
from handouts.errors import BadInput, Problem
from handouts.figures import FigureStyle, figure_colours, frames
from handouts.model import Exercise, ExerciseText, Side
from handouts.pdf.canvas import TaggedCanvas

PICTURE_KINDS = (".pdf", ".svg", ".png")
MARGIN_PT, BETWEEN_PT = 12.0, 18.0
PNG_PIXELS_PER_PT = 4.0

STYLE = FigureStyle()


def picture_bytes(exercise: Exercise, kind: str, side: Side | None, text: ExerciseText, date: dt.date) -> bytes:
    """The figure as one of `PICTURE_KINDS`; `text` gives the words for those who cannot see it.

    Raises BadInput for an exercise that has no picture.
    """
    drawing = drawn_side_by_side(exercise, side)
    if kind == ".svg":
        return to_svg(drawing, figure_colours(STYLE)).encode()
    if kind == ".png":
        out = BytesIO()
        drawing_image(drawing, PNG_PIXELS_PER_PT).save(out, "PNG", optimize=True)
        return out.getvalue()
    return _pdf(drawing, text, date)


def drawn_side_by_side(exercise: Exercise, side: Side | None) -> Drawing:
    """All frames of an exercise's figure as one drawing, from the start on the left to the finish on the right."""
    if not exercise.picture:
        raise BadInput([Problem(exercise.id, 0, 0, "the exercise has no picture")])
    drawn = frames(exercise.id, exercise.picture, side)
    pitch = drawn[0].width + BETWEEN_PT
    items = tuple(item for i, frame in enumerate(drawn) for item in moved(frame, i * pitch, 0.0))
    return Drawing("-".join(frame.key for frame in drawn), len(drawn) * pitch - BETWEEN_PT, drawn[0].height, items)


def drawing_image(drawing: Drawing, pixels_per_pt: float) -> Image.Image:
    """A drawing as pixels on white: pdfium draws a page that holds nothing else."""
    page = BytesIO()
    canvas = Canvas(page, pagesize=(drawing.width, drawing.height), invariant=1)
    replay(drawing, canvas, figure_colours(STYLE))
    canvas.save()
    with pypdfium2.PdfDocument(page.getvalue()) as pdf:
        image: Image.Image = pdf[0].render(scale=pixels_per_pt).to_pil()
    return image.convert("RGB")


def _pdf(drawing: Drawing, text: ExerciseText, date: dt.date) -> bytes:
    """One page as large as the drawing and a margin."""
    size = (drawing.width + 2 * MARGIN_PT, drawing.height + 2 * MARGIN_PT)
    canvas = TaggedCanvas(None, size, title=text.name, lang=text.lang, date=date)
    words = " ".join([f"{text.name}.", text.setup, *text.steps])
    box = (MARGIN_PT, MARGIN_PT, drawing.width, drawing.height)
    with canvas.figure(words, box):
        canvas.draw_drawing(drawing, figure_colours(STYLE), *box)
    canvas.showPage()
    return canvas.finish()
