"""The pages of a catalogue: an opening with the contents, the regions, an index by name, and the key to the codes.

A Platypus story that is drawn twice: the first time tells which page everything stands on. Writes no file and asks for
no date.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from reportlab.platypus.doctemplate import BaseDocTemplate, PageBreak, PageTemplate
from reportlab.platypus.flowables import BalancedColumns, Flowable
from reportlab.platypus.frames import Frame

from handouts.branding import Palette
from handouts.compose.catalogue_texts import Catalogue
from handouts.compose.review_texts import ReviewSheet
from handouts.compose.text import Piece, Text, joined, plain, strengthened, without_language, wording
from handouts.layout.blocks import Block, ListItem, Pen, TextBlock
from handouts.layout.catalogue_rows import region_blocks
from handouts.layout.page_record import RecordingCanvas
from handouts.layout.pictures import Picture, Pictures
from handouts.layout.printable import printable
from handouts.layout.theme import Style, Theme
from handouts.model import Layout
from handouts.pdf.canvas import Section, TaggedCanvas

COLUMN_GUTTER = 24.0
LOGO = 42.0
LINE_GAP = 5.5
PAGE_NUMBER_ROOM = 30.0
INDEX, CONDITIONS = "LIST-OF-NAMES", "LIST-OF-CONDITIONS"
"""Keys of the two lists; an exercise's or a region's id has no capitals."""


def make_catalogue(
    catalogue: Catalogue, layout: Layout, palette: Palette, pictures: Pictures, *,
    logo: Picture | None, date: dt.date,
) -> tuple[bytes, int]:  # fmt: skip
    """The PDF of a catalogue and its number of pages; same values, same bytes.

    Args:
        layout: its paper, whether it saves ink, and large print count.
        pictures: the frames of each exercise.

    Raises:
        UnprintableText: a character is in none of the bundled fonts.
    """
    return draw_twice(partial(_story, logo), catalogue, layout, palette, pictures, date)


Story = Callable[[Any, Any, Pictures, Mapping[str, int]], Iterable[Flowable]]
"""The flowables of a document in a theme, given its words, the pictures to show and the page of each key that links
lead to."""


def draw_twice(
    story: Story, content: Catalogue | ReviewSheet, layout: Layout, palette: Palette, pictures: Pictures, date: dt.date
) -> tuple[bytes, int]:
    """The PDF of a story and its number of pages.

    A first, unpainted pass finds that number and the page of each key; a block is as tall without its pictures.
    """
    theme, content = CatalogueTheme(palette, layout), printable(content)
    canvas = TaggedCanvas(
        None, theme.page_size, title=wording(content.title), lang=content.lang, date=date,
        author=wording(content.clinic), subject=wording(content.subject),
    )  # fmt: skip

    def draw(surface: TaggedCanvas, shown: Pictures, pages: Mapping[str, int], count: int) -> CatalogueDocument:
        document = CatalogueDocument(theme, content, count)
        document.build(list(story(theme, content, shown, pages)), canvasmaker=lambda *_, **__: surface)
        return document

    draft = draw(RecordingCanvas(theme.page_size), {}, {}, 0)
    count = int(draw(canvas, pictures, draft.found, draft.page).page)
    return canvas.finish(), count


class CatalogueTheme(Theme):
    """The sheet's type, and a smaller size for what only a clinician reads, and looks up rather than reads."""

    def __init__(self, palette: Palette, layout: Layout) -> None:
        super().__init__(palette, layout)
        self.line_gap = LINE_GAP * (2 if self.large else 1)
        self.styles = {**self.styles, "small": self.styles["body"] if self.large else Style("regular", 9, 11.5)}


class CatalogueDocument(BaseDocTemplate):  # type: ignore[misc]
    """The page templates of a catalogue and of a review sheet; knows after a build which page every key stands on."""

    def __init__(self, theme: Theme, catalogue: Catalogue | ReviewSheet, page_count: int) -> None:
        self.theme, self.catalogue, self.page_count = theme, catalogue, page_count
        self.found: dict[str, int] = {}
        self._on_page: list[Text] = []
        self._last: Text = ()
        super().__init__("", pagesize=theme.page_size)
        self.addPageTemplates([self._template("opening", first=True), self._template("later", first=False)])

    def _template(self, name: str, *, first: bool) -> PageTemplate:
        theme, (top, bottom) = self.theme, self.theme.body(first=first)
        frame = Frame(
            theme.left(1), theme.height - bottom, theme.measure, bottom - top,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0, id=name,
        )  # fmt: skip
        return PageTemplate(name, [frame], onPageEnd=self._running_lines, autoNextPageTemplate="later")

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802
        """As Platypus calls it: note where the flowable was drawn."""
        if isinstance(flowable, Block) and flowable.key:
            self.found[flowable.key] = self.page
            if flowable.found_under not in self._on_page:
                self._on_page.append(flowable.found_under)
                self._last = flowable.found_under

    def _running_lines(self, canvas: TaggedCanvas, _document: BaseDocTemplate) -> None:
        """Whose catalogue it is and what stands on this page; what a choice still needs, and the page's number."""
        theme, catalogue, page = self.theme, self.catalogue, self.page
        pen = Pen(canvas, theme, theme.height)
        left, right = theme.left(page), theme.left(page) + theme.measure
        if page > 1:
            with canvas.artifact("Header"):
                rule = theme.body()[0] - 9.5
                y = rule - 6.5 * theme.k - theme.cap("run")
                here = strengthened(without_language(joined(*(self._on_page or [self._last]), by=", ")))
                room = theme.measure - theme.wide(here, "run") - 24
                whole = joined(catalogue.title, catalogue.clinic, by=" · ")
                fitting = (one for one in (whole, catalogue.title) if theme.wide(one, "run") <= room)
                pen.text(left, y, next(fitting, ()), "run", colour=pen.palette.ink2)
                pen.text(right, y, here, "run", align="right")
                pen.line(left, rule, right, rule, pen.palette.rule)
        with canvas.artifact("Footer"):
            rule = theme.foot_rule()
            y = rule + 14 * (1.25 if theme.large else 1) - theme.cap("run")
            pen.line(left, rule, right, rule, pen.palette.rule)
            pen.text(left, y, catalogue.foot, "run", colour=pen.palette.ink2)
            number = strengthened(plain(catalogue.page_of.format(page=page, pages=self.page_count)))
            if theme.wide(catalogue.foot, "run") + theme.wide(number, "run") + 16 > theme.measure:
                number = strengthened(plain(f"{page}/{self.page_count}"))
            pen.text(right, y, number, "run", align="right")
        self._on_page = []


def heading(theme: Theme, text: Text, style: str = "heading", **how: Any) -> TextBlock:
    """A heading of the second level in the clinic's colour, which keeps with what follows."""
    block = TextBlock(theme, text, style, "H2", colour=theme.palette.brand, **how)
    block.keepWithNext = True
    return block


class _Brand(Block):
    """Mark, clinic and phone over the brand's rule; a neutral clinic has only the rule."""

    def __init__(self, theme: Theme, catalogue: Catalogue, logo: Picture | None) -> None:
        super().__init__(theme)
        self.catalogue, self.logo = catalogue, logo

    def paint(self, pen: Pen) -> float:
        theme, brand, logo, width = self.theme, self.catalogue, self.logo, self.width
        name_x = min(width / 3, LOGO * logo.aspect) + 12 if logo else 0.0
        room = width - name_x
        name, cap = theme.tall(brand.clinic, "clinic", room), theme.cap("clinic")
        lines = name + theme.styles["clinic"].size - cap if brand.clinic else 0.0
        high = max(LOGO if logo else 0.0, lines)
        if logo:
            logo.paint(pen, 0, 0, name_x - 12, LOGO)
        pen.tagged("P", name_x, (high - name) / 2, brand.clinic, "clinic", width=room, colour=pen.palette.brand)
        end = high + 10.5
        if brand.phone and theme.wide(brand.clinic, "clinic") + theme.wide(brand.phone, "clinic") + 16 > room:
            phone = pen.tagged("P", 0, high + 6, brand.phone, "clinic", width=width)
            end += theme.styles["clinic"].leading - cap + phone
        else:
            pen.tagged("P", width, (high - cap) / 2, brand.phone, "clinic", align="right")
        pen.rect(0, end - 2.5, width, 2.5, fill=pen.palette.brand)
        return end


def _story(
    logo: Picture | None, theme: CatalogueTheme, catalogue: Catalogue, pictures: Pictures, pages: Mapping[str, int]
) -> Iterator[Flowable]:
    yield _Brand(theme, catalogue, logo)
    yield TextBlock(theme, catalogue.title, "display", "H1", gap=26)
    yield TextBlock(theme, catalogue.purpose, "lead", "P", gap=12)
    for i, notice in enumerate(catalogue.notices):
        yield TextBlock(theme, notice, "body", "P", gap=11 if i else 18)
    yield from _contents(theme, catalogue, pages)
    yield PageBreak()
    for region in catalogue.regions:
        yield from region_blocks(theme, region, pictures)
    yield PageBreak()
    section = Section("Sect")
    yield heading(theme, catalogue.index, section=section, key=INDEX, found_under=catalogue.index)
    yield from in_columns(theme, list(_index(theme, catalogue, pages, Section("L", section, list_numbering="None"))))
    yield PageBreak()
    section = Section("Sect")
    yield heading(theme, catalogue.conditions, section=section, key=CONDITIONS, found_under=catalogue.conditions)
    yield TextBlock(theme, catalogue.conditions_note, "body", "P", section=section, gap=12)
    codes = Section("L", section, list_numbering="None")
    texts = [joined(strengthened(code.code), code.name) for code in catalogue.codes]
    yield from in_columns(theme, [ListItem(theme, text, "small", section=codes, gap=theme.line_gap) for text in texts])


def _contents(theme: Theme, catalogue: Catalogue, pages: Mapping[str, int]) -> Iterator[Block]:
    """The page of each region and of the two lists."""
    yield heading(theme, catalogue.contents, "head", gap=28)
    section = Section("L", list_numbering="None")
    lines = [(joined(strengthened(one.name), plain(f"({len(one.rows)})")), one.id) for one in catalogue.regions]
    lines += [(catalogue.index, INDEX), (catalogue.conditions, CONDITIONS)]
    for text, key in lines:
        yield _PageLine(theme, text, "body", key, pages, section, 10)


def _index(theme: CatalogueTheme, catalogue: Catalogue, pages: Mapping[str, int], section: Section) -> Iterator[Block]:
    """Every name, the other names too, with its page."""
    names: list[tuple[str, str, Text]] = []
    for row in (row for region in catalogue.regions for row in region.rows):
        names.append((_sorting(row.name), row.id, strengthened(row.name)))
        in_brackets = (Piece("("), *row.name, Piece(")"))
        names += [(_sorting(other), row.id, joined(other, in_brackets)) for other in row.other_names]
    for _, target, text in sorted(names, key=lambda one: one[:2]):
        yield _PageLine(theme, text, "small", target, pages, section, theme.line_gap)


class _PageLine(Block):
    """A line of a list with the page that it leads to at the right, dots between; all of it is a link.

    Args:
        target: the key of the block that it leads to.
        pages: the page of each key; filled when the story has been drawn once.
    """

    def __init__(
        self, theme: Theme, text: Text, style: str, target: str, pages: Mapping[str, int], section: Section, gap: float
    ) -> None:
        super().__init__(theme, gap, section=section)
        self.text, self.style, self.target, self.pages = text, style, target, pages

    def paint(self, pen: Pen) -> float:
        theme, style, width = self.theme, self.style, self.width
        room = width - PAGE_NUMBER_ROOM * theme.k
        page = self.pages.get(self.target, 0)
        number = plain(str(page))
        spaced = (number[0]._replace(text=f" {page}"),)  # a reader keeps the number apart from the name
        with pen.tag("LI"), pen.tag("LBody"), pen.tag("Link"):
            height = pen.text(0, 0, self.text, style, width=room)
            last = theme.lines(self.text, style, room)[-1]
            dots, end = last.width + 5, width - theme.wide(number, style) - 5
            pen.text(width, height - theme.cap(style), spaced, style, align="right")
            pen.canvas.link_within(self.target, f"{wording(self.text)}, {page}", (0, -2, width, height + 4))
            if end > dots:
                pen.lines([(dots, height - 0.5, end, height - 0.5)], pen.palette.rule, 0.75, dash=(0.75, 3))
        return height


def _sorting(name: Text) -> str:
    """A name as it is put in order: without accents, capitals or not alike."""
    text = unicodedata.normalize("NFKD", wording(name).casefold())
    return "".join(sign for sign in text if not unicodedata.combining(sign))


def in_columns(theme: Theme, blocks: Sequence[Block]) -> Iterator[Flowable]:
    """Lines in two columns that end alike, over as many pages as they need; in large print one below the other."""
    if theme.large:
        blocks[0].spaceBefore += 20
        yield from blocks
        return
    yield BalancedColumns(
        blocks, nCols=2, spaceBefore=20, innerPadding=COLUMN_GUTTER,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
