"""A told handout as HTML with CSS, for WeasyPrint: headings, lists, tables, figures with their words."""

from __future__ import annotations

from html import escape

from tests.benchmarks.engines.flat import Block, Card, Grid, Line, Shown, blocks, file_name
from tests.benchmarks.engines.told import Told, Words

WEIGHTS = {"regular": 400, "semibold": 600, "bold": 700, "extrabold": 800}
FILES = {400: "Regular", 600: "SemiBold", 700: "Bold", 800: "ExtraBold"}

STYLE = """@page {{ size: {width}pt {height}pt; margin: 28pt 45pt }}
body {{ font: {size}pt "Handout Sans"; line-height: 1.12; margin: 0 }}
p, ul, ol {{ margin: 0 0 .25em }} ul {{ list-style: none; padding: 0 }} ol {{ list-style: none; padding: 0 }}
h1, h2, h3, h4, h5, h6 {{ margin: .6em 0 .3em; font-weight: inherit; font-size: inherit }}
section.page {{ break-after: page }} section.page:last-child {{ break-after: auto }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed; margin-bottom: .5em }}
th, td {{ border: .5pt solid #8a9894; padding: 2.5pt; text-align: left; font-weight: inherit }}
th.first {{ width: 19% }} table.strip td {{ border: 0; padding-right: 12pt; white-space: nowrap }}
table.strip {{ width: auto; table-layout: auto }}
div.card {{ background: #f3f6f6; border-radius: 5pt; padding: 7pt; margin-bottom: .5em; overflow: hidden }}
div.left {{ float: left; width: 40% }} div.right {{ margin-left: 43% }} img {{ margin-right: 5pt }}
"""


def html_source(told: Told, fonts: str, scale: float) -> str:
    """The whole document; `fonts` is the folder of the typefaces as a URL, drawings lie beside as SVG."""
    width, height = told.page_size
    faces = "".join(
        f'@font-face {{ font-family: "Handout Sans"; font-weight: {weight}; '
        f'src: url("{fonts}/HandoutSans-{file}.ttf") }}\n'
        for weight, file in FILES.items()
    )
    style = faces + STYLE.format(width=width, height=height, size=12 * scale)
    pages = "".join(
        f'<section class="page">{"".join(_block(block, scale) for block in blocks(page))}</section>\n'
        for page in told.pages
    )
    return (
        f'<!doctype html><html lang="{told.lang}"><head><meta charset="utf-8"><title>{escape(told.title)}</title>'
        f"<style>{style}</style></head><body>{pages}</body></html>"
    )


def _block(block: Block, scale: float) -> str:
    if isinstance(block, Card):
        left, right = ("".join(_block(inner, scale) for inner in side) for side in (block.left, block.right))
        return f'<div class="card"><div class="left">{left}</div><div class="right">{right}</div></div>'
    if isinstance(block, Grid):
        if not block.heads:
            cells = "".join(f"<td>{_words(cell, scale)} </td>" for cell in block.rows[0])
            return f'<table class="strip"><tr>{cells}</tr></table>'
        head = "".join(
            f'<th scope="col"{" class=first" if not at else ""}>{_words(cell, scale)}</th>'
            for at, cell in enumerate(block.rows[0])
        )
        rows = "".join(
            f'<tr><th scope="row">{_words(row[0], scale)}</th>'
            + "".join(f"<td>{_words(cell, scale)}</td>" for cell in row[1:])
            + "</tr>"
            for row in block.rows[1:]
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    if isinstance(block, Shown):
        images = "".join(
            f'<img src="{file_name(picture.key)}" alt="{escape(block.alt)}" '
            f'style="width:{picture.width * scale:.2f}pt">'
            for picture in block.pictures
        )
        return f"<p>{images}</p>"
    return _line(block, scale)


def _line(line: Line, scale: float) -> str:
    words = _words(line.words, scale)
    if line.url:
        words = f'<a href="{escape(line.url)}">{words}</a>'
    if line.level:
        return f"<h{line.level}>{words}</h{line.level}>"
    if line.item:
        return f"<ul><li>{escape(line.label)} {words}</li></ul>"
    return f"<p>{words}</p>"


def _words(words: list[Words], scale: float) -> str:
    return "".join(
        f'<span style="font-weight:{WEIGHTS[word.weight]};font-size:{word.size * scale:.2f}pt;'
        f'color:rgb({",".join(str(round(part * 255)) for part in word.colour)})">{escape(word.text)}</span>'
        for word in words
    )
