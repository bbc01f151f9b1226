"""The pages of a review sheet: each item with its picture, its words, boxes to tick and a line to sign.

Made of the catalogue's blocks, and drawn twice as the catalogue is. Writes no file and asks for no date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from reportlab.platypus.flowables import Flowable, KeepTogether

from handouts.branding import Palette
from handouts.compose.review_texts import ReviewEntry, ReviewSheet
from handouts.compose.text import Text
from handouts.layout.blocks import Block, ListItem, Pen, TextBlock
from handouts.layout.catalogue import draw_twice, heading, in_columns
from handouts.layout.pictures import Picture, Pictures
from handouts.layout.theme import Theme
from handouts.model import Layout
from handouts.pdf.canvas import Section

ITEM_GAP, FIELD_GAP, FIRST_GAP, TICK_GAP = 30.0, 5.0, 16.0, 7.0
PICTURE, PAD = 118.0, 6.0
BOX, BESIDE_BOX = 8.0, 15.0
SIGN_LINE, SHARES = 34.0, (0.44, 0.34, 0.22)


def make_review_sheet(
    sheet: ReviewSheet, layout: Layout, palette: Palette, pictures: Pictures, *, date: dt.date
) -> tuple[bytes, int]:
    """The PDF of a review sheet and its number of pages; same values, same bytes.

    Raises:
        UnprintableText: a character is in none of the bundled fonts.
    """
    return draw_twice(_story, sheet, layout, palette, pictures, date)


def _story(theme: Theme, sheet: ReviewSheet, pictures: Pictures, _pages: Mapping[str, int]) -> Iterator[Flowable]:
    yield TextBlock(theme, sheet.title, "display", "H1")
    for text in sheet.purpose:
        yield TextBlock(theme, text, "body", "P", gap=12)
    for entry in sheet.entries:
        yield from _entry(theme, sheet, entry, pictures)


def _entry(theme: Theme, sheet: ReviewSheet, entry: ReviewEntry, pictures: Pictures) -> Iterator[Flowable]:
    section = Section("Sect")
    yield heading(theme, entry.name, section=section, gap=ITEM_GAP)
    code = TextBlock(theme, entry.code, "small", "P", section=section, gap=8)
    code.keepWithNext = True
    yield code
    if entry.alt:
        yield _PictureBlock(theme, pictures.get(entry.item.id, ()), entry.alt, section)
    yield from in_columns(
        theme, [TextBlock(theme, one, "small", "P", section=section, gap=FIELD_GAP) for one in entry.paragraphs]
    )
    ticks = Section("L", section, list_numbering="None")
    judged: list[Flowable] = [
        _Tick(theme, text, indent=BESIDE_BOX, section=ticks, gap=TICK_GAP) for text in entry.checks
    ]
    judged[0].spaceBefore = FIRST_GAP
    judged.append(_WriteOn(theme, (sheet.change_line,), (1.0,), section))
    judged.append(_WriteOn(theme, sheet.sign_lines, SHARES, section))
    # Nobody should sign on another page than the one with the boxes.
    yield KeepTogether(judged)


class _PictureBlock(Block):
    """The frames of an exercise beside each other; to a screen reader one figure in the exercise's own words."""

    def __init__(self, theme: Theme, frames: tuple[Picture, ...], alt: str, section: Section) -> None:
        super().__init__(theme, 10.0, section=section)
        self.frames, self.alt = frames, alt

    def measure(self, _width: float) -> float:
        return PICTURE

    def paint(self, pen: Pen) -> None:
        pen.rect(0, 0, self.width, PICTURE, fill=pen.palette.panel, radius=5)
        if not self.frames:
            return
        cell = (self.width - PAD * (len(self.frames) + 1)) / len(self.frames)
        with pen.canvas.figure(self.alt, (0, 0, self.width, PICTURE)):
            for number, picture in enumerate(self.frames):
                picture.paint(pen, PAD + (cell + PAD) * number, PAD, cell, PICTURE - 2 * PAD)


class _Tick(ListItem):
    """A box to tick, with what it says."""

    def bullet(self, pen: Pen) -> None:
        pen.rect(0, 0, BOX, BOX, stroke=pen.palette.ink)


class _WriteOn(Block):
    """Lines to write on side by side, each after its word."""

    def __init__(self, theme: Theme, words: tuple[Text, ...], shares: tuple[float, ...], section: Section) -> None:
        super().__init__(theme, section=section)
        self.words, self.shares = words, shares

    def measure(self, _width: float) -> float:
        return SIGN_LINE

    def paint(self, pen: Pen) -> None:
        at = 0.0
        for word, share in zip(self.words, self.shares, strict=True):
            end = at + self.width * share
            pen.tagged("P", at, SIGN_LINE - self.theme.cap("body"), word, "body")
            pen.line(at + self.theme.wide(word, "body") + 6, SIGN_LINE, end - 10, SIGN_LINE, pen.palette.rule)
            at = end
