"""A drawing as block characters for a terminal: four dots a cell, in two colours or as a silhouette.

A cell is twice as high as it is wide, so its dots are too. Knows no terminal: whoever shows it says whether in colour.
"""

from __future__ import annotations

from typing import NamedTuple

from PIL import Image

from handouts.drawing import Drawing
from handouts.layout.picture_file import drawing_image

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
    make = _in_colour if colour else _silhouette
    return [[make(_dots(image, column, row)) for column in range(wide)] for row in range(high)]


def _dots(image: Image.Image, column: int, row: int) -> list[Colour]:
    places = ((0, 0), (1, 0), (0, 1), (1, 1))
    found: list[Colour] = []
    for x, y in places:
        red, green, blue = image.getpixel((column * 2 + x, row * 2 + y))  # type: ignore[misc] # an RGB image
        found.append((red, green, blue))
    return found


def _silhouette(dots: list[Colour]) -> Cell:
    mask = sum(1 << at for at, dot in enumerate(dots) if sum(dot) / 3 < INK_TO)
    return Cell(BLOCKS[mask], None, None)


def _in_colour(dots: list[Colour]) -> Cell:
    """The split of the four dots into two groups that changes their colours least; paper is left to the terminal."""
    paper = sum(1 << at for at, dot in enumerate(dots) if min(dot) >= PAPER_FROM)
    if paper == 15:
        return Cell(" ", None, None)
    if paper:
        front = _mean([dot for at, dot in enumerate(dots) if not paper >> at & 1])
        return Cell(BLOCKS[15 - paper], front, None)
    mask = min(range(15, 0, -1), key=lambda mask: sum(_spread(group) for group in _split(dots, mask)))
    inside, outside = _split(dots, mask)
    return Cell(BLOCKS[mask], _mean(inside), _mean(outside) if outside else None)


def _split(dots: list[Colour], mask: int) -> tuple[list[Colour], list[Colour]]:
    return (
        [dot for at, dot in enumerate(dots) if mask >> at & 1],
        [dot for at, dot in enumerate(dots) if not mask >> at & 1],
    )


def _mean(dots: list[Colour]) -> Colour:
    red, green, blue = (round(sum(channel) / len(dots)) for channel in zip(*dots, strict=True))
    return red, green, blue


def _spread(dots: list[Colour]) -> float:
    """How far a group's colours lie from their mean, squared and summed."""
    if not dots:
        return 0.0
    mean = _mean(dots)
    return float(sum((one - middle) ** 2 for dot in dots for one, middle in zip(dot, mean, strict=True)))
