"""The card of one exercise: head, 'For you', pictures at the left, and at the right what to do. Never split in normal
print. And which cards stand on which page, with what a page has to spare given to its pictures."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from handouts.compose.handout import Card, Handout
from handouts.compose.text import Text, joined, without_language
from handouts.layout import icons
from handouts.layout.blocks import Block, HandoutBlock, Pen
from handouts.layout.opening import ForYouBlock
from handouts.layout.picture_panel import PicturePanel
from handouts.layout.pictures import Picture
from handouts.layout.theme import Theme

HEAD, BELOW_HEAD = 26.0, 8.0
GUTTER = 20.0
WIDEST, NARROWEST = 216.0, 158.0
"""Widths of the picture column in normal print."""
TIGHT = 0.72
"""What the gaps inside a card are multiplied by to save a page."""
BLANK = 44.0


class CardHead(HandoutBlock):
    """Number in a tab of the clinic's colour, name, when in the day, and boxes for an unknown side."""

    def __init__(self, theme: Theme, handout: Handout, card: Card, *, continued: bool = False) -> None:
        super().__init__(theme, handout)
        self.card, self.continued = card, continued
        self.name = joined(card.name, self.labels["continued"]) if continued else card.name

    def paint(self, pen: Pen) -> float:
        theme, palette, k, width = self.theme, pen.palette, self.theme.k, self.width
        tab, cap, baseline = HEAD * k, theme.cap("card"), 20.5 * k
        name_x = tab + 10 * k
        when = 0.0 if self.continued else self._when(pen.on_nothing(), 0, 0)
        room = width - name_x - when - 12
        # A name that leaves no room for "when" stands over the whole width, and "when" on a line below it.
        below = theme.tall(self.name, "card", room) > cap * 3 and room < width * 0.45
        if below:
            room = width - name_x
        pen.rect(0, 0, width, 2.5, fill=palette.brand)
        pen.rect(0, 0, tab, tab, fill=palette.brand)
        number = (self.card.name[0]._replace(text=f"{self.card.number} ", lang="", fallback=False),)
        bare = (number[0]._replace(text=str(self.card.number)),)
        left, top = (tab - theme.wide(bare, "tab")) / 2, baseline - theme.cap("tab") - 1 * k
        with pen.tag("H2"):
            pen.text(left, top, number, "tab", colour=palette.on_brand)
            name = pen.text(name_x, baseline - cap, self.name, "card", width=room)
        height = tab + (name - cap) + (20 * k if below else 0)
        if when and not pen.measures():
            self._when(pen, width - when, (height - 4 if below else baseline) - theme.cap("semi"))
        return height

    def _when(self, pen: Pen, x: float, y: float) -> float:
        """Boxes to tick, then morning and evening, or words, or a blank; returns the width that they take."""
        theme, palette, k, labels = self.theme, pen.palette, self.theme.k, self.labels
        when, at, middle = self.card.when, x, y + theme.cap("semi") / 2
        if sides := self.card.sides:
            pen.unseen(x, y, labels["which_side"], sum(theme.wide(side, "body") + 30 * k for side in sides), tag="P")
        for side in sides:
            icons.tick_box(pen, at + 1 * k, middle)
            pen.tagged("P", at + 18 * k, y, side)
            at += theme.wide(side, "body") + 30 * k
        with pen.tag("P"):
            if when.morning:
                signs = [(icons.sun, labels["morning"]), *([(icons.moon, labels["evening"])] if when.evening else [])]
                for i, (icon, label) in enumerate(signs):
                    icon(pen, at + 7.5 * k, middle, 15 * k, palette.brand)
                    # A space before the next word is for those who hear it.
                    spaced = (label[0]._replace(text=label[0].text + " "),) if i < len(signs) - 1 else label
                    pen.text(at + 19 * k, y, spaced, "semi")
                    at += theme.wide(label, "semi") + 33 * k
                return at - 14 * k - x
            if when.words:
                pen.text(at, y, when.words, "semi")
                return at + theme.wide(when.words, "semi") - x
            line = y + theme.cap("body") + 2
            pen.line(at, line, at + BLANK * k, line, palette.ink, 1)
            pen.unseen(at, y, labels["write_number"], BLANK * k)
            pen.text(at + (BLANK + 4) * k, y, labels["times_a_day_blank"])
            return at + (BLANK + 4) * k + theme.wide(labels["times_a_day_blank"], "body") - x


class CardText(Block):
    """What to do: the dose, the start, the steps, question and answer, the note."""

    def __init__(
        self,
        theme: Theme,
        card: Card,
        closeness: float = 1.0,
        steps: slice = slice(None),
        *,
        first: bool = True,
        last: bool = True,
    ) -> None:
        super().__init__(theme)
        self.card, self.closeness, self.first, self.last = card, closeness, first, last
        self.steps = list(enumerate(card.steps, 1))[steps]

    def _fixes(self, width: float) -> list[Text]:
        """Each pair on a line of its own; one after the other where that saves a line of a close card."""
        theme, pairs = self.theme, [text for text in self.card.fixes if text]
        whole = joined(*pairs)
        own = sum(len(theme.lines(text, "body", width)) for text in pairs)
        saves = own > len(theme.lines(whole, "body", width))
        return [whole] if saves and self.closeness < 1 else pairs

    def paint(self, pen: Pen) -> float:
        theme, card, palette, width = self.theme, self.card, pen.palette, self.width
        k, t, at = theme.k, theme.k * self.closeness, 0.0
        hang = 17 * k
        if self.first:
            at += pen.tagged("P", 0, 0, card.dose, "head", width=width, colour=palette.brand) + 10 * t
            if card.before:
                at -= 3 * t
                at += pen.tagged("P", 0, at, card.before, width=width) + 9 * t
            at += pen.tagged("P", 0, at, card.start, width=width) + 9 * t
        with pen.tag("L", list_numbering="Decimal", lang=card.lang or None):
            for number, step in self.steps:
                with pen.tag("LI"):
                    label = (step[0]._replace(text=f"{number}", strong=False, lang=""),)
                    pen.tagged("Lbl", 9 * k, at, label, "step", colour=palette.brand, align="right")
                    at += pen.tagged("LBody", hang, at, without_language(step), width=width - hang) + 7.5 * t
        at -= 7.5 * t
        if not self.last:
            return at
        at += 10 * t
        pitch = theme.styles["body"].leading - theme.cap("body")
        for text in self._fixes(width):
            at += pen.tagged("P", 0, at, text, width=width) + pitch
        at -= pitch
        if card.note:
            at += 10 * t
            icons.note(pen, 6 * k, at + theme.cap("body") / 2, 13 * k, palette.ink2)
            at += pen.tagged("P", hang, at, card.note, width=width - hang)
        return at


class _WholeCard(Block):
    """Head and cautions of a card over its whole width; pictures and text stand below them."""

    def __init__(
        self,
        theme: Theme,
        handout: Handout,
        card: Card,
        frames: Sequence[Picture],
        panel: float,
        closeness: float = 1.0,
        gap: float = 0.0,
        *,
        room: float = 0.0,
        continued: bool = False,
    ) -> None:
        super().__init__(theme, gap)
        self.card, self.closeness, self.room = card, closeness, room
        self.head = CardHead(theme, handout, card, continued=continued)
        self.for_you = ForYouBlock(theme, card.caution, 0, "H3") if card.caution else None
        self.panel = PicturePanel(theme, card, frames, panel)
        self.text = CardText(theme, card, closeness)

    def paint_head(self, pen: Pen, below: float) -> float:
        """Head and cautions with so much space below each; returns where the pictures begin."""
        at = self.head.place(pen, 0, 0, self.width) + below
        if self.for_you:
            with nullcontext() if self.theme.large else pen.tag("Div"):
                at += self.for_you.place(pen, 0, at, self.width) + below
        return at


class CardBlock(_WholeCard):
    """A card in normal print: pictures left, text right; `room` are points to spare that its picture may take."""

    def give(self, room: float) -> None:
        """Points to spare that the picture may take."""
        self.room = room
        self.changed()

    def paint(self, pen: Pen) -> float:
        panel, room = self.panel, self.width - self.panel.width - GUTTER
        with pen.tag("Sect"):
            top = self.paint_head(pen, BELOW_HEAD * self.closeness)
            text = self.text.wrap(room, 0)[1] + 1
            high = max(text, panel.useful(max(text, panel.least())))
            high = max(high, panel.useful(min(high + self.room, panel.ideal())))
            panel.paint(pen, 0, top, high)
            self.text.place(pen, panel.width + GUTTER, top + 1, room)
        return top + high


class LargeCard(_WholeCard):
    """A card in large print, one column: the picture over the whole width takes what the text leaves of the page,
    which is `room` high."""

    def paint(self, pen: Pen) -> float:
        with pen.tag("Sect"):
            top = self.paint_head(pen, 10)
            text = self.text.wrap(self.width, 0)[1]
            spare = self.room - top - text - 14
            high = self.panel.useful(max(LEAST_LARGE_PANEL, min(spare, self.panel.ideal())))
            self.panel.paint(pen, 0, top, high)
            self.text.place(pen, 0, top + high + 14, self.width)
        return top + high + 14 + text


LEAST_LARGE_PANEL = 110.0
"""In large print a picture shrinks to this height before its card is parted over two pages."""


CARD_GAP, MOST_MORE_GAP = 18.0, 14.0
"""Between what stands above the cards and the first, and how much wider the gaps between cards may grow."""

LAST_PAGE = 0.9
"""How much room left over on the last page of cards counts, against that on the others."""


@dataclass
class CardGroup:
    """The cards of one page, measured, with what stands above and below them."""

    cards: list[CardBlock]
    above: Block | None = None
    below: Block | None = None

    @property
    def cards_height(self) -> float:
        return sum(card.height for card in self.cards) + sum(card.spaceBefore for card in self.cards[1:])

    @property
    def height(self) -> float:
        above = self.above.height + CARD_GAP if self.above else 0.0
        return self.cards_height + above + (self.below.height + self.below.spaceBefore if self.below else 0.0)


def pack(cards: Sequence[CardBlock], room: float, first_less: float, over_log: bool) -> list[list[CardBlock]]:
    """Which cards stand on which page, in order: as few pages as can be, then as even as can be.

    `first_less` is what the first page has less room. With `over_log` the last card may stand alone, over the log,
    where that saves a page.
    """
    whole = evenly(cards, room, first_less)
    if over_log and len(cards) > 1:
        less = evenly(cards[:-1], room, first_less)
        if len(less) < len(whole):
            return [*less, [cards[-1]]]
    return whole


def evenly(cards: Sequence[CardBlock], room: float, first_less: float) -> list[list[CardBlock]]:
    best: list[tuple[int, float, list[tuple[int, int]]]] = [(0, 0.0, [])]
    for end in range(1, len(cards) + 1):
        options = []
        for start in range(end):
            pages, cost, cuts = best[start]
            own_room = room - (first_less if start == 0 else 0)
            used = sum(card.height for card in cards[start:end]) + cards[0].spaceBefore * (end - start - 1)
            if used <= own_room or end - start == 1:
                # Of two ways that are nearly as even, the one with the emptier page last: there the section ends.
                weight = LAST_PAGE if end == len(cards) else 1.0
                options.append((pages + 1, cost + weight * (own_room - used) ** 2, [*cuts, (start, end)]))
        best.append(min(options))
    return [list(cards[start:end]) for start, end in best[-1][2]]


def spread(cards: Sequence[CardBlock], width: float, room: float) -> None:
    """What a page has to spare goes to its pictures, evenly, then to the gaps between its cards."""
    gap = cards[0].spaceBefore
    spare = room - sum(card.height for card in cards) - gap * (len(cards) - 1)
    if spare <= 0:
        return
    before = sum(card.height for card in cards)
    for card in cards:
        card.give(spare / len(cards))
        card.wrap(width, 0)
    left = spare - (sum(card.height for card in cards) - before)
    more = min(MOST_MORE_GAP, left / max(1, len(cards) - 1))
    for card in cards[1:]:
        card.spaceBefore = gap + max(0.0, more)
