"""A told handout as a Platypus story: paragraphs, tables, and the drawings as forms that are stored once.

Kind to Platypus: the drawings are the handout's own operators, where a plain program would convert SVG for each file.
Platypus has no tags, so its file cannot be read aloud.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, grey
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

from tests.benchmarks.engines.flat import Block, Card, Grid, Shown, blocks
from tests.benchmarks.engines.told import Picture, Told, Words

FONTS = {"regular": "Regular", "semibold": "SemiBold", "bold": "Bold", "extrabold": "ExtraBold"}
SIDES = 45.0
CARD_LEFT = 0.4


def register_fonts(folder: Path) -> None:
    """The typefaces, once a process."""
    for file in FONTS.values():
        pdfmetrics.registerFont(TTFont(f"HandoutSans-{file}", str(folder / f"HandoutSans-{file}.ttf")))


class Drawn(Flowable):  # type: ignore[misc]
    """Pictures side by side, each a form of the document."""

    def __init__(self, pictures: list[Picture], told: Told, scale: float) -> None:
        super().__init__()
        self.pictures, self.told, self.scale = pictures, told, scale
        self.width = sum(picture.width for picture in pictures) * scale
        self.height = max(picture.height for picture in pictures) * scale

    def draw(self) -> None:
        """Paint them from left to right."""
        canvas: Any = self.canv
        at = 0.0
        for picture in self.pictures:
            drawing = self.told.drawings[picture.key]
            name = f"f{list(self.told.drawings).index(picture.key)}"
            if not canvas.hasForm(name):
                canvas.beginForm(name, 0, 0, drawing.width, drawing.height)
                canvas.addLiteral(drawing.operators)
                canvas.endForm()
            canvas.saveState()
            canvas.translate(at, 0)
            canvas.scale(picture.width * self.scale / drawing.width, picture.height * self.scale / drawing.height)
            canvas.doForm(name)
            canvas.restoreState()
            at += picture.width * self.scale


def platypus_pdf(told: Told, scale: float) -> bytes:
    """The whole document."""
    out = BytesIO()
    width = told.page_size[0]
    document = SimpleDocTemplate(
        out, pagesize=told.page_size, leftMargin=SIDES, rightMargin=SIDES, topMargin=22, bottomMargin=22,
        title=told.title, lang=told.lang, pageCompression=1,
    )  # fmt: skip
    story: list[Any] = []
    for number, page in enumerate(told.pages):
        story += [PageBreak()] if number else []
        story += [_block(block, told, width - 2 * SIDES - 12, scale) for block in blocks(page)]
    document.build(story)
    return out.getvalue()


def _block(block: Block, told: Told, width: float, scale: float) -> Any:
    if isinstance(block, Card):
        columns = (width * CARD_LEFT, width * (1 - CARD_LEFT))
        sides = [
            [_block(inner, told, column - 12, scale) for inner in side]
            for side, column in zip((block.left, block.right), columns, strict=True)
        ]
        style = [("BACKGROUND", (0, 0), (-1, -1), HexColor("#F3F6F6")), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        return Table([sides], colWidths=columns, style=TableStyle(style))
    if isinstance(block, Grid):
        rows = [[[_paragraph(cell, scale)] if cell else "" for cell in row] for row in block.rows]
        first = width * 0.19 if block.heads else width / len(rows[0])
        widths = [first] + [(width - first) / max(1, len(rows[0]) - 1)] * (len(rows[0]) - 1)
        padding = [("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5)]
        style = [*padding, ("GRID", (0, 0), (-1, -1), 0.5, grey)] if block.heads else padding
        return Table(rows, colWidths=widths, style=TableStyle(style))
    if isinstance(block, Shown):
        return Drawn(block.pictures, told, scale)
    label = [Words(f"{block.label} ", "bold", 12, (0, 0, 0))] if block.label else []
    return _paragraph(label + block.words, scale, block.url)


def _paragraph(words: list[Words], scale: float, url: str = "") -> Any:
    size = max((word.size for word in words), default=12) * scale
    text = "".join(
        f'<font name="HandoutSans-{FONTS[word.weight]}" size="{word.size * scale:.2f}" '
        f'color="#{"".join(f"{round(part * 255):02x}" for part in word.colour)}">{escape(word.text)}</font>'
        for word in words
    )
    style = ParagraphStyle("p", fontName="HandoutSans-Regular", fontSize=size, leading=size * 1.16, spaceAfter=2.5)
    return Paragraph(f'<a href="{escape(url)}">{text}</a>' if url else text, style)
