"""One exercise as a row: start and finish at the left; name and dose at the right, and under them what
it moves beside what forbids it."""

from __future__ import annotations

from typing import NamedTuple

from handouts.layout.catalogue.content import Region, Row
from handouts.layout.line_breaking import Text
from handouts.sheet import icons
from handouts.sheet.figures import paint_frame
from handouts.sheet.flow import Block, Node
from handouts.sheet.pen import Pen
from handouts.sheet.theme import Theme
from handouts.sheet.words import joined

PICTURE = 132.0
LEAST_PICTURE, MOST_PICTURE = 64.0, 116.0
GUTTER = 13.0
PAD = 4.0
LINE_GAP = 6.0
AFTER_NAME = 6.5
ROW_GAP = 16.0
SHARES = (0.5, 0.44, 0.38, 0.56)
"""How the width may be shared out between what an exercise moves and what forbids it."""
PAIR_BONUS = 1.08
"""Start beside finish reads more easily: they are stacked only when that makes the body this much larger."""


def region_blocks(theme: Theme, region: Region) -> list[Block]:
    """The region's heading, held to its first exercise, and a row for each."""
    place = (Node("Sect", region.id),)
    return [_heading(theme, region, place), *(_row(theme, row, place) for row in region.rows)]


def _heading(theme: Theme, region: Region, place: tuple[Node, ...]) -> Block:
    height = theme.tall(region.name, "title", theme.measure)

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.rect(x, y, theme.measure, 2.5, fill=pen.palette.brand)
        pen.tagged("H2", x, y + 12, region.name, "title", colour=pen.palette.brand, width=theme.measure)

    return Block(height + 12, draw, gap=20, keep=True, place=place)


def _row(theme: Theme, row: Row, place: tuple[Node, ...]) -> Block:
    width = theme.measure - PICTURE - GUTTER
    start = theme.cap("name") + AFTER_NAME
    told, lines = _told(theme, row, width)
    height = max(start + told, LEAST_PICTURE)
    page_top = theme.body()[0]

    def draw(pen: Pen, x: float, y: float) -> None:
        at = x + PICTURE + GUTTER
        if y > page_top + 1:
            above = y - ROW_GAP / 2
            pen.line(x, above, x + theme.measure, above, pen.palette.hair, 0.5)
        pen.tagged("H3", at, y, row.name, "name", size=theme.fit(row.name, "name", _name_room(theme, row, width), 9))
        _draw_marks(pen, row, x + theme.measure, y + theme.cap("name"))
        _draw_picture(pen, row, x, y, min(height, MOST_PICTURE))
        for line in lines:
            pen.tagged("P", at + line.dx, y + start + line.dy, line.text, "small", width=line.width, mode="greedy")

    return Block(height, draw, gap=ROW_GAP, place=place)


class _Line(NamedTuple):
    """A paragraph of a row, and where it stands under the name."""

    text: Text
    dx: float
    dy: float
    width: float


def _told(theme: Theme, row: Row, width: float) -> tuple[float, list[_Line]]:
    """The paragraphs under the name, and how tall they are: the two long ones beside each other in the columns that
    make the row the least tall, or one under the other."""

    def tall(text: Text, wide: float) -> float:
        return theme.tall(text, "small", wide, "greedy")

    how = joined(row.dose, row.setting)
    heads = [how] if len(theme.lines(how, "small", width, "greedy")) == 1 else [row.dose, row.setting]
    lines, down = [], 0.0
    for text in heads:
        lines.append(_Line(text, 0, down, width))
        down += tall(text, width) + LINE_GAP
    moves = tall(row.moves, width)
    plans = [(moves + LINE_GAP + tall(row.not_for, width), 0.0)]
    for share in SHARES:
        left = (width - GUTTER) * share
        plans.append((max(tall(row.moves, left), tall(row.not_for, width - GUTTER - left)), left))
    height, left = min(plans)
    if left:
        lines += [_Line(row.moves, 0, down, left)]
        lines += [_Line(row.not_for, left + GUTTER, down, width - GUTTER - left)]
    else:
        lines += [_Line(row.moves, 0, down, width), _Line(row.not_for, 0, down + moves + LINE_GAP, width)]
    return down + height, lines


def _name_room(theme: Theme, row: Row, width: float) -> float:
    return width - theme.wide(row.code, "small") - theme.wide(row.review, "small") - 44


def _draw_marks(pen: Pen, row: Row, right: float, baseline: float) -> None:
    """The code to type, and whether a clinician has signed the exercise off, at the right of the name."""
    theme, palette = pen.theme, pen.palette
    top = baseline - theme.cap("small")
    pen.tagged("P", right, top, row.review, "small", align="right", colour=palette.ink2)
    at = right - theme.wide(row.review, "small") - 6
    if row.reviewed:
        icons.go(pen, at - 5, top + 3, 9)
        at -= 14
    pen.line(at, top - 1, at, baseline + 1, palette.hair, 0.75)
    pen.tagged("P", at - 6, top, row.code, "small", align="right")


def _draw_picture(pen: Pen, row: Row, x: float, y: float, height: float) -> None:
    """Both frames at one scale in a tinted panel; to a screen reader one figure in the exercise's own words."""
    if not row.frames:
        return
    bare = pen.theme.ink_saver
    pen.rect(x, y, PICTURE, height, fill=None if bare else pen.palette.panel,
             stroke=pen.palette.rule if bare else None, radius=5)  # fmt: skip
    count, frame = len(row.frames), row.frames[0]
    wide, tall = PICTURE - 2 * PAD, height - 2 * PAD
    beside = ((wide - PAD * (count - 1)) / count, tall)
    below = (wide, (tall - PAD * (count - 1)) / count)
    scales = [min(w / frame.width, h / frame.height) for w, h in (beside, below)]
    stacked = scales[1] > scales[0] * PAIR_BONUS
    cell_w, cell_h = below if stacked else beside
    with pen.canvas.tag("Div", lang=row.lang or None), pen.canvas.figure(row.alt, (x, y, PICTURE, height)):
        for i, drawing in enumerate(row.frames):
            dx, dy = (0.0, (cell_h + PAD) * i) if stacked else ((cell_w + PAD) * i, 0.0)
            paint_frame(pen, drawing, x + PAD + dx, y + PAD + dy, cell_w, cell_h)
