"""The lists of a catalogue: its opening page with the contents, the index by name, the key to the codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handouts.branding import Logo
from handouts.layout.catalogue.content import Catalogue, Row
from handouts.layout.line_breaking import Piece, Text
from handouts.sheet.figures import draw_logo
from handouts.sheet.flow import Block, Node, Page, Placed, place_all, stacked
from handouts.sheet.pen import Pen
from handouts.sheet.theme import Theme
from handouts.sheet.words import joined, spaced, strengthened

COLUMN_GUTTER = 24.0
LOGO = 42.0
LINE_GAP = 6.0


def opening_blocks(theme: Theme, catalogue: Catalogue, logo: Logo | None, pages: Mapping[str, int]) -> list[Block]:
    """Whose catalogue it is, how to read it, and the page of each region."""
    blocks = [_brand(theme, catalogue, logo), _text(theme, catalogue.title, "display", "H1", gap=26)]
    blocks.append(_text(theme, catalogue.purpose, "lead", "P", gap=12))
    blocks += [
        _text(theme, notice, "body", "P", gap=18 if i == 0 else 11) for i, notice in enumerate(catalogue.notices)
    ]
    blocks.append(_text(theme, catalogue.contents, "head", "H2", gap=28))
    place = (Node("L", "contents", "None"),)
    lines = [(region.name, len(region.rows), pages[region.id]) for region in catalogue.regions]
    for name, count, page in lines:
        counted = joined(strengthened(name), (Piece(f"({count})"),))
        blocks.append(_line(theme, counted, page, theme.measure, "body", place, gap=10))
    for title in (catalogue.index, catalogue.conditions):
        blocks.append(_line(theme, title, pages[_key(title)], theme.measure, "body", place, gap=10))
    return blocks


def index_pages(theme: Theme, catalogue: Catalogue, pages: Mapping[str, int]) -> list[Page]:
    """Every name, the other names too, with its page, in two columns."""
    width = _column(theme)
    rows = [row for region in catalogue.regions for row in region.rows]
    names: list[tuple[str, Text, Row]] = []
    for row in rows:
        names.append((_sorting(row.name), strengthened(row.name), row))
        names += [(_sorting(other), joined(other, _beside(row.name)), row) for other in row.other_names]
    place = (Node("Sect", "index"), Node("L", "index", "None"))
    blocks = [
        _line(theme, text, pages[row.id], width, "small", place, gap=LINE_GAP)
        for _, text, row in sorted(names, key=lambda one: (one[0], one[2].id))
    ]
    return _in_columns(theme, _text(theme, catalogue.index, "title", "H2", place=place[:1]), blocks)


def key_pages(theme: Theme, catalogue: Catalogue) -> list[Page]:
    """Every condition's code with its plain name."""
    width, place = _column(theme), (Node("Sect", "conditions"), Node("L", "conditions", "None"))
    texts = [joined(strengthened(one.code), one.name) for one in catalogue.codes]
    blocks = [_item(theme, text, width, place) for text in texts]
    heading = _text(theme, catalogue.conditions, "title", "H2", place=place[:1])
    told = _text(theme, catalogue.conditions_told, "body", "P", gap=12, place=place[:1])
    return _in_columns(theme, heading, blocks, told)


def page_key(title: Text) -> str:
    """Under which key the page of a list's title stands."""
    return _key(title)


def _key(title: Text) -> str:
    return f"list:{''.join(piece.text for piece in title)}"


def _column(theme: Theme) -> float:
    return (theme.measure - COLUMN_GUTTER) / 2


def _sorting(name: Text) -> str:
    import unicodedata

    text = unicodedata.normalize("NFKD", "".join(piece.text for piece in name).casefold())
    return "".join(sign for sign in text if not unicodedata.combining(sign))


def _beside(name: Text) -> Text:
    return (Piece("("), *name, Piece(")"))


def _brand(theme: Theme, catalogue: Catalogue, logo: Logo | None) -> Block:
    """Mark, clinic and phone over the brand's rule; a neutral clinic has only the rule."""
    height = LOGO if logo else 20.0 if catalogue.clinic else 0.0

    def draw(pen: Pen, x: float, y: float) -> None:
        at, top = x, y + (height - theme.cap("title")) / 2
        if logo:
            draw_logo(pen.canvas, logo, x, y, LOGO * 3, LOGO)
            at += logo.width_at(LOGO * 3, LOGO) + 12
        pen.tagged("P", at, top, catalogue.clinic, "title", colour=pen.palette.brand)
        pen.tagged("P", x + theme.measure, top, catalogue.phone, "title", align="right")
        pen.rect(x, y + height + 8, theme.measure, 2.5, fill=pen.palette.brand)

    return Block(height + 10.5, draw)


def _text(theme: Theme, text: Text, style: str, tag: str, *, gap: float = 0.0, place: tuple[Node, ...] = ()) -> Block:
    colour = theme.palette.brand if tag == "H2" else theme.palette.ink

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.tagged(tag, x, y, text, style, width=theme.measure, colour=colour)

    return Block(theme.tall(text, style, theme.measure), draw, gap=gap, place=place, keep=tag == "H2")


def _item(theme: Theme, text: Text, width: float, place: tuple[Node, ...]) -> Block:
    def draw(pen: Pen, x: float, y: float) -> None:
        with pen.canvas.tag("LI"):
            pen.tagged("LBody", x, y, text, "small", width=width)

    return Block(theme.tall(text, "small", width), draw, gap=LINE_GAP, place=place)


def _line(
    theme: Theme, text: Text, page: int, width: float, style: str, place: tuple[Node, ...], *, gap: float
) -> Block:
    """A text with its page at the right, dots between; a long text runs on under itself."""
    number = (Piece(str(page)),)
    room = width - 30
    lines = theme.lines(text, style, room)
    height = theme.tall(text, style, room)

    def draw(pen: Pen, x: float, y: float) -> None:
        baseline = y + height
        end = x + lines[-1].width + 5
        stop = x + width - theme.wide(number, style) - 5
        with pen.canvas.tag("LI"), pen.canvas.tag("LBody"):
            pen.text(x, y, spaced(text), style, width=room)
            if stop > end:
                pen.line(end, baseline - 0.5, stop, baseline - 0.5, pen.palette.rule, 0.75, dash=(0.75, 3))
            pen.text(x + width, baseline - theme.cap(style), number, style, align="right")

    return Block(height, draw, gap=gap, place=place)


def _in_columns(theme: Theme, heading: Block, blocks: Sequence[Block], told: Block | None = None) -> list[Page]:
    """A heading and its lines in two columns, column after column, over as many pages as they need."""
    top, bottom = theme.body()
    opening = [heading, *([told] if told else [])]
    placed: list[Placed] = list(place_all(opening, top))
    start = top + stacked(opening) + 20
    left, pages = list(blocks), []
    while left:
        room = _even(left, bottom - start)
        for column in range(2):
            taken = _fitting(left, room)
            placed += place_all(left[:taken], start, dx=column * (_column(theme) + COLUMN_GUTTER))
            left = left[taken:]
        pages.append(Page(tuple(placed)))
        placed, start = [], top
    return pages


def _even(blocks: Sequence[Block], room: float) -> float:
    """The least height at which two columns hold all the blocks, so that they end alike; `room` when none does."""
    first = _fitting(blocks, room)
    if first + _fitting(blocks[first:], room) < len(blocks):
        return room
    low, high = 0.0, room
    while high - low > 1:
        middle = (low + high) / 2
        first = _fitting(blocks, middle)
        low, high = (low, middle) if first + _fitting(blocks[first:], middle) == len(blocks) else (middle, high)
    return high


def _fitting(blocks: Sequence[Block], room: float) -> int:
    count = 0
    while count < len(blocks) and stacked(blocks[: count + 1]) <= room:
        count += 1
    return count
