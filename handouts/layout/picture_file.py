"""An exercise's figure as a file or on a screen: all frames side by side, as PDF, SVG, pixels or block characters.

A cell of block characters is twice as high as it is wide, and so are the four dots in it. Knows no terminal: whoever
shows them says whether in colour.
"""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import NamedTuple

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


BLOCKS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""By which of a cell's dots are set: upper left 1, upper right 2, lower left 4, lower right 8."""
PAPER_FROM = 238
"""A dot whose darkest channel is this light is paper."""
INK_TO = 212
"""In a silhouette, a dot is ink when it is at least this dark."""

Colour = tuple[int, int, int]


class Cell(NamedTuple):
    """One character; None is the terminal's own colour."""

    sign: str
    front: Colour | None
    back: Colour | None


def block_art(drawing: Drawing, columns: int, rows: int, *, colour: bool) -> list[list[Cell]]:
    """The drawing as large as fits into `columns` × `rows` cells, at the left and the bottom; no empty rows above."""
    units = min(columns / drawing.width, rows * 2 / drawing.height)
    wide, high = max(1, round(drawing.width * units)), max(1, round(drawing.height * units / 2))
    image = drawing_image(drawing, 1).resize((wide * 2, high * 2), Image.Resampling.BOX)
    make, channels = _in_colour if colour else _silhouette, image.tobytes()
    dots = list(zip(channels[::3], channels[1::3], channels[2::3], strict=True))
    corners = (0, 1, 2 * wide, 2 * wide + 1)
    starts = [[4 * wide * row + 2 * column for column in range(wide)] for row in range(high)]
    return [[make([dots[start + corner] for corner in corners]) for start in row] for row in starts]


def _silhouette(dots: list[Colour]) -> Cell:
    mask = sum(1 << at for at, dot in enumerate(dots) if sum(dot) / 3 < INK_TO)
    return Cell(BLOCKS[mask], None, None)


def _in_colour(dots: list[Colour]) -> Cell:
    """The split of the four dots into two groups that changes their colours least; paper is left to the terminal."""
    paper = sum(1 << at for at, dot in enumerate(dots) if min(dot) >= PAPER_FROM)
    if paper == 15:
        return Cell(" ", None, None)
    if paper:
        return Cell(BLOCKS[15 - paper], _mean(_split(dots, paper)[1]), None)
    mask = min(range(15, 0, -1), key=lambda mask: sum(_spread(group) for group in _split(dots, mask)))
    inside, outside = _split(dots, mask)
    return Cell(BLOCKS[mask], _mean(inside), _mean(outside) if outside else None)


def _split(dots: list[Colour], mask: int) -> list[list[Colour]]:
    return [[dot for at, dot in enumerate(dots) if (mask >> at & 1) == inside] for inside in (1, 0)]


def _mean(dots: list[Colour]) -> Colour:
    red, green, blue = (round(sum(channel) / len(dots)) for channel in zip(*dots, strict=True))
    return red, green, blue


def _spread(dots: list[Colour]) -> float:
    """How far a group's colours lie from their mean, squared and summed."""
    if not dots:
        return 0.0
    mean = _mean(dots)
    return float(sum((one - middle) ** 2 for dot in dots for one, middle in zip(dot, mean, strict=True)))
