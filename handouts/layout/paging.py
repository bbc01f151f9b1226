"""What stands on which page: the blocks of each page of a handout, chosen so that nothing is cut and no page is wasted.

Pages are planned before anything is drawn, so that each can say how many there are. Everything is measured here;
`document` draws it with Platypus.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handouts.compose.handout import Card, Handout
from handouts.layout.blocks import Block, stacked
from handouts.layout.card import NARROWEST, TIGHT, WIDEST, CardBlock, CardHead, CardText, LargeCard
from handouts.layout.exercise_list import ExerciseList, ListForm
from handouts.layout.letterhead import LetterheadBlock
from handouts.layout.log import (
    LEAST_ROW,
    MOST_ROW,
    Checked,
    CheckedInTwoLines,
    LogFoot,
    LogHeading,
    MonthStrip,
    Questions,
    WebAddress,
    WeekPair,
)
from handouts.layout.opening import ChangesBlock, FactsBlock, ForYouBlock, LargeFacts, TitleBlock
from handouts.layout.pictures import Picture, Pictures
from handouts.layout.safety_boxes import PainScaleBlock, SafetyBoxes
from handouts.layout.stay_safe import StaySafe
from handouts.layout.theme import Theme

ROW, ROW_OF_FEW, LEAST_PICTURE_ROW = 36.0, 46.0, 29.5
COMPACT_ROW, LEAST_COMPACT_ROW = 26.0, 17.0
"""Heights of a row of the list: with pictures (more where there are few), then on one line without them."""
FEW = 5
CARD_GAP, TIGHT_CARD_GAP, MOST_MORE_GAP = 18.0, 13.0, 14.0
PANEL_WIDTHS = (WIDEST, 200.0, 184.0, NARROWEST)
LEAST_HALF = 0.5


@dataclass(frozen=True)
class Column:
    """Blocks one below the other: `x` from the left margin, `top` from the top of the page, `width` in points."""

    blocks: tuple[Block, ...]
    x: float
    top: float
    width: float


@dataclass(frozen=True)
class Page:
    """One page. `opens` is the section that begins on it ("cards", "safety", "log"), empty where one goes on."""

    columns: tuple[Column, ...]
    section: str = ""


@dataclass
class Plan:
    """The pages of one handout."""

    pages: list[Page]


def plan_pages(theme: Theme, handout: Handout, pictures: Pictures, logo: Picture | None) -> list[Page]:
    """The pages of a handout, every block measured and in its place."""
    planner = _LargePlanner if theme.large else _LonePlanner if len(handout.cards) == 1 else _Planner
    return planner(theme, handout, pictures, logo).pages()


class _Planner:
    """Normal print, two exercises or more: page 1, cards, Stay safe, log."""

    def __init__(self, theme: Theme, handout: Handout, pictures: Pictures, logo: Picture | None) -> None:
        self.theme, self.handout, self.pictures, self.logo = theme, handout, pictures, logo
        self.top, self.bottom = theme.body()
        self.room = self.bottom - self.top

    def pages(self) -> list[Page]:
        first = self.first_pages()
        cards, last = self.cards()
        log = self.log_pages(last)
        safety = self.safety_pages(self.top)
        return [*first, *cards, *safety, *log] if not last else [*first, *cards, *log, *safety]

    def page(self, blocks: Sequence[Block], section: str = "", top: float | None = None) -> Page:
        return Page((Column(tuple(blocks), 0, self.top if top is None else top, self.theme.measure),), section)

    # Page 1

    def opening(self, *, needs: bool) -> list[Block]:
        theme, handout = self.theme, self.handout
        blocks: list[Block] = [
            LetterheadBlock(theme, handout, self.logo),
            TitleBlock(theme, handout, 16, needs=needs),
            FactsBlock(theme, handout, 13),
        ]
        if handout.program_caution:
            blocks.append(ForYouBlock(theme, handout.program_caution, 11))
        if handout.changes:
            blocks.append(ChangesBlock(theme, handout.changes, 11))
        return blocks

    def below(self) -> list[Block]:
        return [SafetyBoxes(self.theme, self.handout, 14), PainScaleBlock(self.theme, self.handout.pain, 14)]

    def first_pages(self) -> list[Page]:
        """Always in one order: list, two boxes, scale. The rows of the list are the spring; what is needed for the
        exercises is left to the cards where the page is full."""
        top, bottom = self.theme.body(first=True)
        for needs in (True, False):
            page = self._first_page(self.opening(needs=needs), top, bottom, pictures_only=needs)
            if page:
                return [page]
        # More than one page holds: the boxes and the scale keep together on the next.
        opening, below = self.opening(needs=False), self.below()
        rows = self._list(ListForm(COMPACT_ROW, pictures=False))
        return [self.page([*opening, rows], top=top), self.page(below)]

    def _first_page(self, opening: list[Block], top: float, bottom: float, *, pictures_only: bool) -> Page | None:
        width, below = self.theme.measure, self.below()
        room = bottom - top - stacked([*opening, *below], width) - below[0].spaceBefore
        most = ROW_OF_FEW if len(self.handout.cards) <= FEW else ROW
        rows = self._list(ListForm(most))
        gap = rows.spaceBefore
        high = stacked([rows], width) + gap
        if high > room:
            row = most - (high - room) / len(self.handout.cards)
            if row >= max(LEAST_PICTURE_ROW, rows.least):
                rows = self._list(ListForm(row))
            elif pictures_only:
                return None
            else:
                rows = self._list(ListForm(LEAST_COMPACT_ROW, pictures=False))
                spare = room - stacked([rows], width) - gap
                if spare < 0:
                    return None
                rows = self._list(ListForm(min(COMPACT_ROW, LEAST_COMPACT_ROW + spare / len(self.handout.cards)), pictures=False))
        blocks = [*opening, rows, *below]
        spare = room - stacked([rows], width) - gap
        for block in blocks[-3:]:
            block.spaceBefore += min(12.0, max(0.0, spare) / 3)
        return self.page(blocks, top=top)

    def _list(self, form: ListForm) -> ExerciseList:
        return ExerciseList(self.theme, self.handout, self.pictures, form, 16)

    # Cards

    def cards(self) -> tuple[list[Page], CardBlock | None]:
        """Pages of cards, as few as can be and then as even as can be; and the last card, where it stands over the log.

        The picture column is the widest, the same on every card, that costs no page more; gaps are tight only where
        that saves a page.
        """
        said = ForYouBlock(self.theme, self.handout.said_once, 0) if self.handout.said_once else None
        said_height = stacked([said], self.theme.measure) + CARD_GAP if said else 0.0
        over_log = len(self.handout.cards) <= FEW

        def packed(width: float, closeness: float) -> tuple[int, list[list[CardBlock]]]:
            pages = _packed(self._card_blocks(width, closeness), self.room, said_height, over_log)
            return len(pages) - (over_log and len(pages) > 1 and len(pages[-1]) == 1), pages

        fewest = packed(NARROWEST, TIGHT)[0]
        for closeness in (1.0, TIGHT):
            for width in PANEL_WIDTHS:
                count, pages = packed(width, closeness)
                if count <= fewest:
                    return self._card_pages(pages, said, said_height, over_log)
        raise AssertionError("the narrowest column was measured first")

    def _card_blocks(self, width: float, closeness: float) -> list[CardBlock]:
        gap = CARD_GAP if closeness == 1.0 else TIGHT_CARD_GAP
        blocks = [
            CardBlock(self.theme, self.handout, card, self.pictures.get(card.id, ()), width, closeness, gap)
            for card in self.handout.cards
        ]
        for block in blocks:
            block.wrap(self.theme.measure, 0)
        return blocks

    def _card_pages(
        self, pages: list[list[CardBlock]], said: Block | None, said_height: float, over_log: bool
    ) -> tuple[list[Page], CardBlock | None]:
        last = pages.pop()[0] if over_log and len(pages) > 1 and len(pages[-1]) == 1 else None
        made = []
        for number, blocks in enumerate(pages):
            room = self.room - (said_height if number == 0 else 0)
            _spread(blocks, self.theme.measure, room)
            lead = [said] if said and number == 0 else []
            if lead:
                blocks[0].spaceBefore = CARD_GAP
            made.append(self.page([*lead, *blocks], "cards" if number == 0 else ""))
        return made, last

    # Stay safe

    def safety_pages(self, top: float) -> list[Page]:
        section = StaySafe(self.theme, self.handout)
        heading = section.heading()
        below = top + stacked([heading], self.theme.measure) + 13
        made = []
        for number, columns in enumerate(section.pages(self.bottom - below, self.room)):
            start = below if number == 0 else self.top
            pitch = section.column_width + (self.theme.measure - section.columns * section.column_width) / max(1, section.columns - 1)
            placed = [Column(tuple(blocks), i * pitch, start, section.column_width) for i, blocks in enumerate(columns)]
            if number == 0:
                placed.insert(0, Column((heading,), 0, top, self.theme.measure))
            made.append(Page(tuple(placed), "safety" if number == 0 else ""))
        return made

    # The log

    def log_pages(self, over: CardBlock | None) -> list[Page]:
        """The log's pages: as few as the closest rows take, then with rows as tall as those pages allow."""
        fewest = len(self._log(LEAST_ROW, over))
        low, high = LEAST_ROW, MOST_ROW
        while high - low > 0.5:
            middle = (low + high) / 2
            low, high = (middle, high) if len(self._log(middle, over)) <= fewest else (low, middle)
        return self._log(low, over)

    def _log(self, row: float, over: CardBlock | None) -> list[Page]:
        theme, handout, weeks = self.theme, self.handout, self.handout.log.weeks
        blocks: list[Block] = [over] if over else []
        blocks.append(LogHeading(theme, handout, 20))
        blocks += [WeekPair(theme, handout, weeks[i : i + 2], row, 16 if i else 14) for i in range(0, len(weeks), 2)]
        blocks.append(LogFoot(theme, handout, 18))
        pages = self.flowed(blocks, "log")
        if handout.letterhead.url and handout.letterhead.web:
            web = WebAddress(theme, handout, 18)
            column = pages[-1].columns[0]
            if stacked([*column.blocks, web], theme.measure) <= self.room:
                pages[-1] = self.page([*column.blocks, web], pages[-1].section)
        return pages

    def flowed(self, blocks: Sequence[Block], section: str, used: float = 0.0) -> list[Page]:
        """Whole blocks over as many pages as they need."""
        pages: list[list[Block]] = [[]]
        for block in blocks:
            if pages[-1] and stacked([*pages[-1], block], self.theme.measure) > self.room - used:
                pages.append([])
                used = 0.0
            pages[-1].append(block)
        return [self.page(page, section if i == 0 else "") for i, page in enumerate(pages)]


class _LonePlanner(_Planner):
    """One exercise in normal print: its card, the boxes, the scale and the month's log on page 1; Stay safe behind it."""

    def pages(self) -> list[Page]:
        theme, handout = self.theme, self.handout
        top, bottom = theme.body(first=True)
        card = self.handout.cards[0]
        frames = self.pictures.get(card.id, ())
        for closeness, width in ((0.86, 208.0), (TIGHT, 208.0), (TIGHT, NARROWEST)):
            opening = self.opening(needs=closeness > TIGHT)
            block = CardBlock(theme, handout, card, frames, width, closeness, 14)
            below: list[Block] = [SafetyBoxes(theme, handout, 12), PainScaleBlock(theme, handout.pain, 12)]
            month: list[Block] = [MonthStrip(theme, handout, 12)] if 0 < len(handout.log.weeks) <= 4 else []
            checked: list[Block] = [CheckedInTwoLines(theme, handout, 12)]
            blocks = [*opening, block, *below, *month, *checked]
            spare = bottom - top - stacked(blocks, theme.measure)
            if spare >= 0 and (month or not handout.log.weeks):
                block.room = spare
                return [self.page(blocks, top=top), *self.safety_pages(self.top)]
        # The card does not leave room for the rest: the log gets a page of its own.
        opening = self.opening(needs=True)
        block = CardBlock(theme, handout, card, frames, 208.0, 1.0, 14)
        blocks = [*opening, block, *self.below()]
        spare = bottom - top - stacked(blocks, theme.measure)
        if spare >= 0:
            block.room = spare
            return [self.page(blocks, top=top), *self.safety_pages(self.top), *self.log_pages(None)]
        return [
            self.page([*opening, *self.below()], top=top),
            self.page([block], "cards"),
            *self.safety_pages(self.top),
            *self.log_pages(None),
        ]


class _LargePlanner(_Planner):
    """Large print: page 1 has the list and the emergency box, its back when to stop and the scale; a card a page."""

    def pages(self) -> list[Page]:
        first = self.first_pages()
        cards = [page for card in self.handout.cards for page in self._large_card(card)]
        if cards:
            cards[0] = Page(cards[0].columns, "cards")
        safety = self.safety_pages(self.top)
        return [*first, *safety, *cards, *self.log_pages(None)]

    def opening(self, *, needs: bool) -> list[Block]:
        theme, handout = self.theme, self.handout
        blocks: list[Block] = [LetterheadBlock(theme, handout, self.logo), TitleBlock(theme, handout, 14, needs=needs), LargeFacts(theme, handout, 12)]
        if handout.program_caution:
            blocks.append(ForYouBlock(theme, handout.program_caution, 12))
        if handout.changes:
            blocks.append(ChangesBlock(theme, handout.changes, 12))
        return blocks

    def first_pages(self) -> list[Page]:
        theme, handout = self.theme, self.handout
        top, bottom = theme.body(first=True)
        width = theme.measure
        emergency = SafetyBoxes(theme, handout, 12, only="emergency")
        back: list[Block] = [SafetyBoxes(theme, handout, 0, only="stop"), PainScaleBlock(theme, handout.pain, 20)]
        if handout.said_once:
            back.append(ForYouBlock(theme, handout.said_once, 20))
        for needs, pictures in ((True, True), (False, True), (False, False)):
            opening = self.opening(needs=needs)
            rows = ExerciseList(theme, handout, self.pictures, ListForm(46.0, pictures), 12)
            room = bottom - top - stacked([*opening, emergency], width) - emergency.spaceBefore - rows.spaceBefore
            high = stacked([rows], width)
            row = 46.0 + min(8.0, (room - high) / len(handout.cards))
            if row >= (rows.least if pictures else 26):
                rows = ExerciseList(theme, handout, self.pictures, ListForm(row, pictures), 12)
                return [self.page([*opening, rows, emergency], top=top), *self.flowed(back, "")]
        opening = self.opening(needs=True)
        rows = ExerciseList(theme, handout, self.pictures, ListForm(46.0), 12)
        used = top - self.top
        return self.flowed_first([*opening, rows, emergency, *back], top, bottom, used)

    def flowed_first(self, blocks: Sequence[Block], top: float, bottom: float, _used: float) -> list[Page]:
        """What page 1 cannot hold goes on over the pages that follow."""
        first: list[Block] = []
        left = list(blocks)
        while left and stacked([*first, left[0]], self.theme.measure) <= bottom - top:
            first.append(left.pop(0))
        return [self.page(first, top=top), *(self.flowed(left, "") if left else [])]

    def _large_card(self, card: Card) -> list[Page]:
        """One card on its page; where even a small picture leaves too little room, the last steps go over the page."""
        theme, handout = self.theme, self.handout
        frames = self.pictures.get(card.id, ())
        block = LargeCard(theme, handout, card, frames, self.room)
        if stacked([block], theme.measure) <= self.room:
            return [self.page([block])]
        for steps in range(len(card.steps) - 1, 0, -1):
            block.text = CardText(theme, card, steps=slice(0, steps), last=False)
            if stacked([block], theme.measure) <= self.room:
                head = CardHead(theme, handout, card, continued=True)
                rest = CardText(theme, card, steps=slice(steps, None), first=False)
                rest.spaceBefore = 10
                return [self.page([block]), self.page([head, rest])]
        raise ValueError(f"the card of '{card.id}' is too tall for a page in large print: shorten its caution or its note")

    def _log(self, row: float, over: CardBlock | None) -> list[Page]:
        theme, handout, weeks = self.theme, self.handout, self.handout.log.weeks
        blocks: list[Block] = [LogHeading(theme, handout, 0)]
        blocks += [WeekPair(theme, handout, [week], row * 1.35, 18) for week in weeks]
        blocks += [Questions(theme, handout, 24), Checked(theme, handout, 24)]
        return self.flowed(blocks, "log")


def _packed(cards: Sequence[CardBlock], room: float, first_less: float, over_log: bool) -> list[list[CardBlock]]:
    """Which cards stand on which page, in order: as few pages as can be, then as even as can be.

    `first_less` is what the first page has less room. With `over_log` the last card may stand alone, over the log,
    where that saves a page.
    """
    whole = _evenly(cards, room, first_less)
    if over_log and len(cards) > 1:
        less = _evenly(cards[:-1], room, first_less)
        if len(less) < len(whole):
            return [*less, [cards[-1]]]
    return whole


def _evenly(cards: Sequence[CardBlock], room: float, first_less: float) -> list[list[CardBlock]]:
    best: list[tuple[int, float, list[tuple[int, int]]]] = [(0, 0.0, [])]
    for end in range(1, len(cards) + 1):
        options = []
        for start in range(end):
            pages, cost, cuts = best[start]
            own_room = room - (first_less if start == 0 else 0)
            used = sum(card.height for card in cards[start:end]) + cards[0].spaceBefore * (end - start - 1)
            if used <= own_room or end - start == 1:
                options.append((pages + 1, cost + (own_room - used) ** 2, [*cuts, (start, end)]))
        best.append(min(options))
    return [list(cards[start:end]) for start, end in best[-1][2]]


def _spread(cards: Sequence[CardBlock], width: float, room: float) -> None:
    """What a page has to spare goes to its pictures, evenly, then to the gaps between its cards."""
    gap = cards[0].spaceBefore
    spare = room - sum(card.height for card in cards) - gap * (len(cards) - 1)
    if spare <= 0:
        return
    before = sum(card.height for card in cards)
    for card in cards:
        card.room = spare / len(cards)
        card.wrap(width, 0)
    left = spare - (sum(card.height for card in cards) - before)
    more = min(MOST_MORE_GAP, left / max(1, len(cards) - 1))
    for card in cards[1:]:
        card.spaceBefore = gap + max(0.0, more)
