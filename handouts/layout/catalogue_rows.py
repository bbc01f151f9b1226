"""One exercise of the catalogue: start and finish at the left; name, code and dose at the right, and under them what
it moves beside what forbids it."""

from __future__ import annotations

from contextlib import nullcontext
from typing import NamedTuple

from handouts.compose.catalogue_texts import CatalogueRegion, CatalogueRow
from handouts.compose.text import Text, joined
from handouts.layout import icons
from handouts.layout.blocks import Block, Pen, TextBlock
from handouts.layout.pictures import Picture, Pictures
from handouts.layout.theme import Theme
from handouts.pdf.canvas import Section

PICTURE = 132.0
LEAST_PICTURE, MOST_PICTURE = 64.0, 116.0
GUTTER = 13.0
PAD = 4.0
LINE_GAP = 6.0
AFTER_NAME = 6.5
ROW_GAP = 16.0
REGION_GAP = 20.0
SHARES = (0.5, 0.44, 0.38, 0.56)
"""How the width may be shared out between what an exercise moves and what forbids it."""
STACKED_FROM = 1.08
"""Start beside finish reads more easily: they are stacked only when that makes the body this much larger."""


def region_blocks(theme: Theme, region: CatalogueRegion, pictures: Pictures) -> list[Block]:
    """The region's heading, held to its first exercise, and a row for each."""
    section = Section("Sect")
    blocks: list[Block] = [_Heading(theme, region, section)]
    for row in region.rows:
        blocks.append(_Row(theme, row, region.name, pictures.get(row.id, ()), section))
        if theme.large:  # what it moves and what forbids it may be longer than a page has room
            blocks[-1].keepWithNext = True
            blocks += [
                TextBlock(theme, text, "small", "P", section=section, gap=12) for text in (row.moves, row.not_for)
            ]
    return blocks


class _Heading(TextBlock):
    """A region's name under the brand's rule."""

    def __init__(self, theme: Theme, region: CatalogueRegion, section: Section) -> None:
        super().__init__(
            theme, region.name, "heading", "H2", above=12, colour=theme.palette.brand,
            gap=REGION_GAP, section=section, key=region.id, found_under=region.name,
        )  # fmt: skip
        self.keepWithNext = True

    def paint(self, pen: Pen) -> None:
        pen.rect(0, 0, self.width, 2.5, fill=pen.palette.brand)
        super().paint(pen)


class _Line(NamedTuple):
    """A paragraph of a row, and where it stands under the name."""

    text: Text
    x: float
    y: float
    width: float


class _Row(Block):
    """One exercise, with the first and the last frame of its figure."""

    def __init__(
        self, theme: Theme, row: CatalogueRow, region: Text, frames: tuple[Picture, ...], section: Section
    ) -> None:
        super().__init__(theme, ROW_GAP, section=section, key=row.id, found_under=region)
        self.row, self.frames = row, frames if len(frames) < 3 else (frames[0], frames[-1])

    def measure(self, width: float) -> float:
        theme, row = self.theme, self.row
        column = width - PICTURE - GUTTER
        marks = theme.wide(row.code, "small") + theme.wide(row.review, "small") + 44
        # In large print the code and who has signed stand below the name, for they leave it no room.
        self.name_room = column if theme.large else column - marks
        start = theme.tall(row.name, "name", self.name_room) + AFTER_NAME
        if theme.large:
            start += LINE_GAP
        self.lines, height = self._lines(column, start)
        return max(height, LEAST_PICTURE)

    def _lines(self, width: float, down: float) -> tuple[list[_Line], float]:
        """The paragraphs under the name, and where they end: the two long ones beside each other in the columns that
        make the row the least tall, or one under the other."""
        theme, row = self.theme, self.row

        def tall(text: Text, wide: float) -> float:
            return theme.tall(text, "small", wide)

        gap = LINE_GAP * (2 if theme.large else 1)
        how = joined(row.dose, row.setting)
        heads = [how] if len(theme.lines(how, "small", width)) == 1 else [row.dose, row.setting]
        if theme.large:
            heads = [row.code, row.review, *heads]
        lines = []
        for text in heads:
            lines.append(_Line(text, 0, down, width))
            down += tall(text, width) + gap
        if theme.large:
            return lines, down - gap
        moves = tall(row.moves, width)
        plans = [(moves + LINE_GAP + tall(row.not_for, width), 0.0)]
        for share in SHARES:
            left = (width - GUTTER) * share
            plans.append((max(tall(row.moves, left), tall(row.not_for, width - GUTTER - left)), left))
        height, left = min(plans)
        if left:
            lines += [_Line(row.moves, 0, down, left), _Line(row.not_for, left + GUTTER, down, width - GUTTER - left)]
        else:
            lines += [_Line(row.moves, 0, down, width), _Line(row.not_for, 0, down + moves + LINE_GAP, width)]
        return lines, down + height

    def paint(self, pen: Pen) -> None:
        theme, x = self.theme, PICTURE + GUTTER
        page_top = theme.height - theme.body()[0]
        if pen.canvas.absolutePosition(0, self.height)[1] < page_top - 1:  # not the first of its page
            pen.line(x, -ROW_GAP / 2, self.width, -ROW_GAP / 2, pen.palette.hair, 0.5)
        pen.tagged("H3", x, 0, self.row.name, "name", width=self.name_room)
        if not theme.large:
            self._marks(pen)
        self._picture(pen, min(self.height, MOST_PICTURE))
        for line in self.lines:
            pen.tagged("P", x + line.x, line.y, line.text, "small", width=line.width)

    def _marks(self, pen: Pen) -> None:
        """The code to type, and whether a clinician has signed the exercise off, at the right of the name."""
        theme, palette, row = pen.theme, pen.palette, self.row
        baseline = theme.cap("name")
        top = baseline - theme.cap("small")
        pen.tagged("P", self.width, top, row.review, "small", align="right", colour=palette.ink2)
        at = self.width - theme.wide(row.review, "small") - 6
        if row.reviewed:
            icons.fine(pen, at - 5, top + 3, 9, palette.go)
            at -= 14
        pen.line(at, top - 1, at, baseline + 1, palette.hair)
        pen.tagged("P", at - 6, top, row.code, "small", align="right")

    def _picture(self, pen: Pen, height: float) -> None:
        """Both frames at one scale in a tinted panel; to a screen reader one figure in the exercise's own words."""
        if not self.frames:
            return
        bare = pen.theme.ink_saver
        fill, stroke = (None, pen.palette.rule) if bare else (pen.palette.panel, None)
        pen.rect(0, 0, PICTURE, height, fill=fill, stroke=stroke, radius=5)
        count, frame = len(self.frames), self.frames[0]
        wide, tall = PICTURE - 2 * PAD, height - 2 * PAD
        beside = ((wide - PAD * (count - 1)) / count, tall)
        below = (wide, (tall - PAD * (count - 1)) / count)
        scale_beside, scale_below = (min(w / frame.width, h / frame.height) for w, h in (beside, below))
        stacked = scale_below > scale_beside * STACKED_FROM
        cell_width, cell_height = below if stacked else beside
        box = (0, self.height - height, PICTURE, height)
        with (
            pen.tag("Div", lang=self.row.lang) if self.row.lang else nullcontext(),
            pen.canvas.figure(self.row.alt, box),
        ):
            for i, picture in enumerate(self.frames):
                x, y = (0.0, (cell_height + PAD) * i) if stacked else ((cell_width + PAD) * i, 0.0)
                picture.paint(pen, PAD + x, PAD + y, cell_width, cell_height)
