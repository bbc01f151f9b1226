"""The catalogue's pages in order, with their running lines, as bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from handouts.branding import Logo, Palette
from handouts.layout.catalogue.content import Catalogue
from handouts.layout.catalogue.lists import index_pages, key_pages, opening_blocks, page_key
from handouts.layout.catalogue.rows import region_blocks
from handouts.layout.line_breaking import Piece, Text, plain, unspoken, wording
from handouts.library.locale import Locale
from handouts.model import Layout
from handouts.pdf.tagging import Element, TaggedCanvas
from handouts.sheet.flow import Page, Place, fill_pages
from handouts.sheet.pages import draw_block
from handouts.sheet.pen import Pen
from handouts.sheet.theme import TOP, Style, Theme
from handouts.sheet.words import strengthened


def make_catalogue(
    catalogue: Catalogue, locale: Locale, layout: Layout, palette: Palette, *, logo: Logo | None, date: dt.date
) -> tuple[bytes, int]:
    """The PDF of a catalogue and its number of pages; same values, same bytes. Of `layout` paper and ink count."""
    theme = _Theme(palette, layout)
    pages, named = _bound(theme, catalogue, logo)
    canvas = TaggedCanvas(
        page_size=(theme.width, theme.height),
        title=wording(catalogue.title),
        lang=locale.tag,
        author=wording(catalogue.clinic),
        subject=wording(catalogue.subject),
        date=date,
    )
    pen = Pen(canvas, theme)
    opened: dict[Place, Element] = {}
    for number, page in enumerate(pages, 1):
        canvas.begin_page(number)
        _draw_running_lines(pen, catalogue, locale, named[number - 1], number, len(pages))
        for placed in page.placed:
            draw_block(pen, placed.block, theme.left(number) + placed.dx, placed.y, opened)
        canvas.end_page()
    return canvas.finish(), len(pages)


def _bound(theme: Theme, catalogue: Catalogue, logo: Logo | None) -> tuple[list[Page], list[Text]]:
    """Every page, and what each one's head names: the regions on it, or its list."""
    body = fill_pages([block for region in catalogue.regions for block in region_blocks(theme, region)], theme)
    keys = _Keys(catalogue)
    opening = fill_pages(opening_blocks(theme, catalogue, logo, keys.nowhere()), theme, first=True)
    first = len(opening) + 1
    at, named = keys.found(body, first)
    index = index_pages(theme, catalogue, at)
    at[page_key(catalogue.index)] = first + len(body)
    at[page_key(catalogue.conditions)] = first + len(body) + len(index)
    key = key_pages(theme, catalogue)
    opening = fill_pages(opening_blocks(theme, catalogue, logo, at), theme, first=True)
    heads = [*[()] * len(opening), *named, *[catalogue.index] * len(index), *[catalogue.conditions] * len(key)]
    return [*opening, *body, *index, *key], heads


class _Theme(Theme):
    """The sheet's type, and a smaller size for what only a clinician reads, and looks up rather than reads."""

    def __init__(self, palette: Palette, layout: Layout) -> None:
        super().__init__(palette, layout)
        self.styles = {**self.styles, "small": Style("regular", 9, 11.5)}


class _Keys:
    """Which page each region and each exercise stands on: a body's blocks come in the catalogue's own order."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.order = [
            (region, key) for region in catalogue.regions for key in (region.id, *(row.id for row in region.rows))
        ]

    def nowhere(self) -> dict[str, int]:
        """A page for everything, to measure with."""
        lists = (page_key(self.catalogue.index), page_key(self.catalogue.conditions))
        return dict.fromkeys([key for _, key in self.order] + list(lists), 888)

    def found(self, body: Sequence[Page], first: int) -> tuple[dict[str, int], list[Text]]:
        """The page of each key, and the names of the regions on each page of the body."""
        at: dict[str, int] = {}
        named: list[Text] = []
        left = iter(self.order)
        for number, page in enumerate(body, first):
            regions: list[Text] = []
            for _ in page.placed:
                region, key = next(left)
                at[key] = number
                if region.name not in regions:
                    regions.append(region.name)
            named.append(
                tuple(piece for i, name in enumerate(regions) for piece in ([Piece(", ")] if i else []) + list(name))
            )
        return at, named


def _draw_running_lines(pen: Pen, catalogue: Catalogue, locale: Locale, named: Text, page: int, pages: int) -> None:
    """Whose catalogue it is and what stands on this page; what a choice still needs, and the page's number."""
    theme, palette = pen.theme, pen.palette
    left, right = theme.left(page), theme.left(page) + theme.measure
    if page > 1:
        with pen.canvas.artifact("Header"):
            y = TOP + 2
            pen.text(left, y, _dotted(catalogue.title, catalogue.clinic), "run", colour=palette.ink2)
            pen.text(right, y, strengthened(unspoken(named)), "run", align="right")
            pen.line(left, TOP + 19, right, TOP + 19, palette.rule)
    with pen.canvas.artifact("Footer"):
        y = theme.footer_top
        pen.line(left, y - 8, right, y - 8, palette.rule)
        pen.text(left, y, plain(locale.say("catalogue.foot")), "run", colour=palette.ink2)
        number = plain(locale.say("sheet.page_of", page=page, pages=pages))
        pen.text(right, y, strengthened(number), "run", align="right")


def _dotted(first: Text, second: Text) -> Text:
    return (*first, Piece(" · "), *second) if second else first
