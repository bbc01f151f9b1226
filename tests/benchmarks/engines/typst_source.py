"""A told handout as Typst source: headings, lists, tables, grids, images with their words."""

from __future__ import annotations

import json

from tests.benchmarks.engines.flat import Block, Card, Grid, Shown, blocks, file_name
from tests.benchmarks.engines.told import Told, Words

WEIGHTS = {"regular": 400, "semibold": 600, "bold": 700, "extrabold": 800}

HEAD = """#set document(title: {title}, date: none)
#set page(width: {width}pt, height: {height}pt, margin: (x: 45pt, y: 28pt))
#set text(font: "Handout Sans", size: {size}pt, lang: {lang}, hyphenate: false)
#set par(leading: 0.42em, spacing: 0.5em)
#show heading: set block(above: 0.7em, below: 0.45em)
#let t(weight, size, fill, body) = text(weight: weight, size: size * 1pt, fill: fill, body)
#let card(left, right) = block(fill: rgb("#F3F6F6"), inset: 7pt, radius: 5pt, width: 100%,
  grid(columns: (1fr, 1.4fr), gutter: 12pt, left, right))
#let pics(..all) = grid(columns: all.pos().len(), gutter: 5pt, ..all.pos())
#let strip(..all) = grid(columns: all.pos().len(), gutter: 14pt, ..all.pos())
#let week(columns, head, ..all) = table(columns: (1.6fr,) + (1fr,) * (columns - 1), stroke: 0.5pt + gray,
  inset: 3pt, table.header(..head), ..all.pos())
#let item(..of, body) = list(marker: [], list.item(body))
#let numbered(n, body) = enum(numbering: "1", enum.item(n, body))
"""


def typst_source(told: Told, scale: float) -> str:
    """The source of the whole document; the drawings lie beside it as SVG."""
    width, height = told.page_size
    title, lang = json.dumps(told.title, ensure_ascii=False), json.dumps(told.lang[:2])
    head = HEAD.format(title=title, width=width, height=height, lang=lang, size=12 * scale)
    pages = ["".join(f"#{_block(block, scale)}\n" for block in blocks(page)) for page in told.pages]
    return head + "#pagebreak()\n".join(pages)


def _block(block: Block, scale: float) -> str:
    if isinstance(block, Card):
        left, right = (_joined(side, scale) for side in (block.left, block.right))
        return f"card({{{left}}}, {{{right}}})"
    if isinstance(block, Grid):
        rows = [[f"{{{_words(cell, scale)}}}" for cell in row] for row in block.rows]
        if not block.heads:
            return f"strip({', '.join(rows[0])})"
        cells = ", ".join(cell for row in rows[1:] for cell in row)
        return f"week({len(rows[0])}, ({', '.join(rows[0])},), {cells})"
    if isinstance(block, Shown):
        images = [
            f'image("{file_name(picture.key)}", width: {picture.width * scale:.2f}pt'
            + (f", alt: {json.dumps(block.alt, ensure_ascii=False)})" if block.alt else ")")
            for picture in block.pictures
        ]
        whole = f"pics({', '.join(images)})"
        return whole if block.alt else f"pdf.artifact({whole})"
    words = _words(block.words, scale)
    if block.url:
        words = f'link("{block.url}", {{{words}}})'
    if block.level:
        return f"heading(level: {block.level}, {{{words}}})"
    if block.label.isdigit():
        return f"numbered({block.label}, {{{words}}})"
    if block.item:
        return f"item({{{words}}})" if not block.label else f"par({{{_plain(block.label)}; {words}}})"
    return f"par({{{words}}})"


def _joined(side: list[Block], scale: float) -> str:
    return "; ".join(_block(block, scale) for block in side)


def _words(words: list[Words], scale: float) -> str:
    return "; ".join(
        f't({WEIGHTS[word.weight]}, {word.size * scale:.2f}, rgb("{_colour(word.colour)}"), '
        f"{json.dumps(word.text, ensure_ascii=False)})"
        for word in words
    )


def _plain(text: str) -> str:
    return json.dumps(text + " ", ensure_ascii=False)


def _colour(colour: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)
