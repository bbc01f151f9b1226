"""What stands on which page: the blocks of each page of a handout, chosen so that nothing is cut and no page is wasted.

Pages are planned before anything is drawn, so that each can say how many there are. Everything is measured here;
`document` draws it with Platypus.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handouts.compose.handout import Card, Handout
from handouts.errors import BadInput, Problem
from handouts.layout.blocks import Block, stacked
from handouts.layout.card import NARROWEST, TIGHT, WIDEST, CardBlock, CardHead, CardText, LargeCard
from handouts.layout.exercise_list import PICTURE, SMALL_PICTURE, ExerciseList, ListForm
from handouts.layout.letterhead import LetterheadBlock
from handouts.layout.log import (
    LEAST_ROW,
    MOST_ROW,
    QUESTION_LINES,
    Checked,
    CheckedInTwoLines,
    LogFoot,
    LogHeading,
    MonthStrip,
    Questions,
    WebAddress,
    WeekPair,
)
from handouts.layout.opening import (
    ChangesBlock,
    ClinicLines,
    FactsBlock,
    ForYouBlock,
    LargeFacts,
    TitleBlock,
    TitleRest,
)
from handouts.layout.pictures import Picture, Pictures
from handouts.layout.safety_boxes import PainScaleBlock, SafetyBoxes
from handouts.layout.stay_safe import ProgramNotes, StaySafe
from handouts.layout.theme import Theme

ROW, LEAST_PICTURE_ROW = 46.0, 29.5
COMPACT_ROW, LEAST_COMPACT_ROW = 26.0, 17.0
"""Heights of a row of the list, from roomy to close: with pictures, then on one line without them."""
FEW = 5
"""Up to this many exercises, the last card may stand over the log."""
LARGE_ROW, LEAST_LARGE_ROW, LARGE_LOG_ROW, LARGE_PICTURE = 46.0, 26.0, 22.5, 84.0
CARD_GAP, TIGHT_CARD_GAP, MOST_MORE_GAP = 18.0, 13.0, 14.0
PANEL_WIDTHS = (WIDEST, 186.0, NARROWEST)


@dataclass(frozen=True)
class Column:
    """Blocks one below the other: `x` from the left margin, `top` from the top of the page, `width` in points."""

    blocks: tuple[Block, ...]
    x: float
    top: float
    width: float


@dataclass
class Page:
    """One page; `section` is the one that begins on it ("cards", "safety", "log"), empty where one goes on."""

    columns: list[Column]
    section: str = ""


def plan_pages(theme: Theme, handout: Handout, pictures: Pictures, logo: Picture | None) -> list[Page]:
    """The pages of a handout, every block measured and in its place."""
    planner = _LargePlanner if theme.large else _LonePlanner if len(handout.cards) == 1 else _Planner
    return planner(theme, handout, pictures, logo).pages()


@dataclass
class _CardGroup:
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


class _Planner:
    """Normal print, two exercises or more: page 1, cards, Stay safe, log."""

    def __init__(self, theme: Theme, handout: Handout, pictures: Pictures, logo: Picture | None) -> None:
        self.theme, self.handout, self.pictures, self.logo = theme, handout, pictures, logo
        self.top, self.bottom = theme.body()
        self.room = self.bottom - self.top

    def pages(self) -> list[Page]:
        first = self.first_pages()
        groups, last = self.cards()
        safety, log = self.safety_and_log(groups, last)
        cards = [self._card_page(group, "" if i else "cards") for i, group in enumerate(groups)]
        return [*first, *cards, *safety, *log] if not last else [*first, *cards, *log, *safety]

    def safety_and_log(self, groups: Sequence[_CardGroup], last: CardBlock | None) -> tuple[list[Page], list[Page]]:
        """Stay safe on one page wherever it can be: what goes for the program then stands below cards, or on the log."""
        safety, log = self.safety_pages(), self.log_pages(last)
        if len(safety) == 1:
            return safety, log
        alone = self.safety_pages(with_program=False)
        if len(alone) == len(safety) or not self.handout.for_this_program:
            return safety, log
        notes = ProgramNotes(self.theme, self.handout, 20)
        high = stacked([notes], self.theme.measure) + notes.spaceBefore
        for group in reversed(groups):
            if group.height + high <= self.room:
                group.below = notes
                return alone, log
        log_with_notes = self.log_pages(last, notes)
        return (alone, log_with_notes) if len(log_with_notes) == len(log) else (safety, log)

    def page(self, blocks: Sequence[Block], section: str = "", top: float | None = None) -> Page:
        return Page([Column(tuple(blocks), 0, self.top if top is None else top, self.theme.measure)], section)

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
        return [SafetyBoxes(self.theme, self.handout, 11), PainScaleBlock(self.theme, self.handout.pain, 12)]

    def first_pages(self) -> list[Page]:
        """Always in one order: list, two boxes, scale. The rows of the list are the spring, then its pictures; what is
        needed for the exercises is named only where there is room."""
        top, bottom = self.theme.body(first=True)
        below = self.below()
        for needs, picture in ((True, PICTURE), (False, PICTURE), (False, SMALL_PICTURE), (False, 0.0)):
            opening = self.opening(needs=needs)
            room = bottom - top - stacked([*opening, *below], self.theme.measure) - below[0].spaceBefore
            rows = self._rows(room, picture)
            if rows:
                blocks = [*opening, rows, *below]
                spare = bottom - top - stacked(blocks, self.theme.measure)
                for block in blocks[-3:]:
                    block.spaceBefore += min(12.0, max(0.0, spare) / 3)
                return [self.page(blocks, top=top)]
        # More than one page holds: the boxes and the scale keep together on the next.
        return [self.page([*opening, self._list(ListForm(COMPACT_ROW, 0.0))], top=top), self.page(below)]

    def _rows(self, room: float, picture: float) -> ExerciseList | None:
        """The list with rows as tall as the room allows; None where they would be too low."""
        most = ROW if picture else COMPACT_ROW
        rows = self._list(ListForm(most if picture else LEAST_COMPACT_ROW, picture))
        spare = room - stacked([rows], self.theme.measure) - rows.spaceBefore
        row = rows.form.row + spare / len(self.handout.cards)
        if row < (max(LEAST_PICTURE_ROW, rows.least) if picture else LEAST_COMPACT_ROW):
            return None
        return self._list(ListForm(min(most, row), picture))

    def _list(self, form: ListForm) -> ExerciseList:
        return ExerciseList(self.theme, self.handout, self.pictures, form, 13)

    # Cards

    def cards(self) -> tuple[list[_CardGroup], CardBlock | None]:
        """The cards of each page, as few pages as can be and then as even as can be; and the last card, where it stands
        over the log.

        The picture column is the widest, the same on every card, that costs no page more; gaps are tight only where
        that saves a page.
        """
        said = ForYouBlock(self.theme, self.handout.said_once, 0) if self.handout.said_once else None
        said_height = stacked([said], self.theme.measure) + CARD_GAP if said else 0.0
        over_log = len(self.handout.cards) <= FEW

        def packed(width: float, closeness: float) -> tuple[int, list[list[CardBlock]]]:
            pages = _packed(self._card_blocks(width, closeness), self.room, said_height, over_log)
            return len(pages) - (over_log and len(pages) > 1 and len(pages[-1]) == 1), pages

        forms = [(closeness, width) for closeness in (1.0, TIGHT) for width in PANEL_WIDTHS]
        counts = {form: packed(form[1], form[0]) for form in forms}
        fewest = min(count for count, _ in counts.values())
        pages = next(pages for count, pages in counts.values() if count == fewest)
        last = pages.pop()[0] if over_log and len(pages) > 1 and len(pages[-1]) == 1 else None
        groups = [_CardGroup(blocks) for blocks in pages]
        if said:
            groups[0].above = said
        return groups, last

    def _card_page(self, group: _CardGroup, section: str) -> Page:
        """A page of cards, with what it has to spare given to the pictures and then to the gaps."""
        around = group.height - group.cards_height
        _spread(group.cards, self.theme.measure, self.room - around)
        above, below = [group.above] if group.above else [], [group.below] if group.below else []
        if above:
            group.cards[0].spaceBefore = CARD_GAP
        return self.page([*above, *group.cards, *below], section)

    def _card_blocks(self, width: float, closeness: float) -> list[CardBlock]:
        gap = CARD_GAP if closeness == 1.0 else TIGHT_CARD_GAP
        blocks = [
            CardBlock(self.theme, self.handout, card, self.pictures.get(card.id, ()), width, closeness, gap)
            for card in self.handout.cards
        ]
        for block in blocks:
            block.wrap(self.theme.measure, 0)
        return blocks

    # Stay safe

    def safety_pages(self, *, with_program: bool = True) -> list[Page]:
        top = self.top
        section = StaySafe(self.theme, self.handout, with_program=with_program)
        heading = section.heading()
        below = top + stacked([heading], self.theme.measure) + 13
        made = []
        for number, columns in enumerate(section.pages(self.bottom - below, self.room)):
            start = below if number == 0 else self.top
            pitch = section.column_width + (self.theme.measure - section.columns * section.column_width) / max(
                1, section.columns - 1
            )
            placed = [Column(tuple(blocks), i * pitch, start, section.column_width) for i, blocks in enumerate(columns)]
            if number == 0:
                placed.insert(0, Column((heading,), 0, top, self.theme.measure))
            made.append(Page(placed, "safety" if number == 0 else ""))
        return made

    # The log

    def log_pages(self, over: CardBlock | None, notes: Block | None = None) -> list[Page]:
        """The log's pages: as few as the closest rows take, then with rows as tall as those pages allow.

        `over` is a card, and `notes` what goes for the program, that stand above the log.
        """
        above = [block for block in (over, notes) if block]
        fewest = len(self._log(LEAST_ROW, above))
        low, high = LEAST_ROW, MOST_ROW
        while high - low > 0.5:
            middle = (low + high) / 2
            low, high = (middle, high) if len(self._log(middle, above)) <= fewest else (low, middle)
        return self._log(low, above)

    def _log(self, row: float, above: Sequence[Block]) -> list[Page]:
        theme, handout, weeks = self.theme, self.handout, self.handout.log.weeks
        blocks: list[Block] = list(above)
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
                return [self.page(blocks, top=top), *self.safety_pages()]
        # The card does not leave room for the rest: the log gets a page of its own.
        opening = self.opening(needs=True)
        block = CardBlock(theme, handout, card, frames, 208.0, 1.0, 14)
        blocks = [*opening, block, *self.below()]
        spare = bottom - top - stacked(blocks, theme.measure)
        if spare >= 0:
            block.room = spare
            return [self.page(blocks, top=top), *self.safety_pages(), *self.log_pages(None)]
        return [
            self.page([*opening, *self.below()], top=top),
            self.page([block], "cards"),
            *self.safety_pages(),
            *self.log_pages(None),
        ]


class _LargePlanner(_Planner):
    """Large print: page 1 has the list and the emergency box; behind it Stay safe, which begins with Stop and the
    scale; a card a page; two weeks of log a page."""

    def pages(self) -> list[Page]:
        first, left = self.first_page()
        safety = self.safety_after(left)
        cards = [page for card in self.handout.cards for page in self._large_card(card)]
        cards[0].section = "cards"
        log = self.log_pages(None)
        for lines in (QUESTION_LINES, 2):
            questions = Questions(self.theme, self.handout, 28, lines)
            if self._put_where_room_is(questions, [*reversed(log), *reversed(safety), *reversed(cards)]):
                break
        else:
            log.append(self.page([questions]))
        clinic = ClinicLines(self.theme, self.handout, 24)
        if clinic.texts and not self._put_where_room_is(clinic, [*reversed(log), *reversed(safety), *reversed(cards)]):
            log.append(self.page([clinic]))
        return [first, *safety, *cards, *log]

    def _put_where_room_is(self, block: Block, pages: Iterable[Page]) -> bool:
        """Below the last blocks of the first of these pages that leaves room for it; False where none does."""
        for page in pages:
            blocks = [*page.columns[0].blocks, block]
            if stacked(blocks, self.theme.measure) <= self.room:
                page.columns[0] = Column(tuple(blocks), 0, page.columns[0].top, page.columns[0].width)
                return True
        return False

    def first_page(self) -> tuple[Page, list[Block]]:
        """Page 1, and what it had no room for."""
        theme, handout = self.theme, self.handout
        top, bottom = theme.body(first=True)
        emergency = SafetyBoxes(theme, handout, 12, only="emergency")
        letterhead = LetterheadBlock(theme, handout, self.logo)
        changes = [ChangesBlock(theme, handout.changes, 12)] if handout.changes else []
        caution = [ForYouBlock(theme, handout.program_caution, 12)] if handout.program_caution else []
        for whole, pictures, boxed in (
            (True, True, True),
            (False, True, True),
            (False, False, True),
            (False, False, False),
        ):
            title = TitleBlock(theme, handout, 14, whole=whole)
            opening = [letterhead, title, LargeFacts(theme, handout, 12), *caution, *(changes if boxed else [])]
            rows = ExerciseList(
                theme, handout, self.pictures, ListForm(LARGE_ROW, LARGE_PICTURE if pictures else 0.0), 9
            )
            blocks: list[Block] = [*opening, rows, *([emergency] if boxed else [])]
            if not pictures:
                rows.form = ListForm(LEAST_LARGE_ROW, 0.0)
            spare = bottom - top - stacked(blocks, theme.measure)
            row = rows.form.row + min(8.0, spare / len(handout.cards))
            if spare >= 0 or (pictures and row >= rows.least):
                rows.form = ListForm(row, rows.form.picture)
                left: list[Block] = [] if boxed else [emergency, *changes]
                rest = TitleRest(theme, handout, 14)
                return self.page(blocks, top=top), [*left, *([rest] if not whole and rest.lines else [])]
        raise BadInput(
            [Problem("large print", 0, 0, f"{len(handout.cards)} exercises do not go on page 1", "make two handouts")]
        )

    def safety_after(self, left: Sequence[Block]) -> list[Page]:
        """Stay safe in one column, below what page 1 had no room for; the questions where the last page has room."""
        section = StaySafe(self.theme, self.handout)
        heading = section.heading()
        said = [ForYouBlock(self.theme, self.handout.said_once, 14)] if self.handout.said_once else []
        above: list[Block] = [*left, *said, heading]
        heading.spaceBefore = 18.0 if len(above) > 1 else 0.0
        used = stacked(above, self.theme.measure) + 14
        pages = []
        for number, (blocks,) in enumerate(section.pages(self.room - used, self.room)):
            if number == 0:
                blocks[0].spaceBefore = 14
                pages.append(self.page([*above, *blocks], "safety"))
            else:
                pages.append(self.page(blocks))
        return pages

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
        raise ValueError(
            f"the card of '{card.id}' is too tall for a page in large print: shorten its caution or its note"
        )

    def log_pages(self, over: CardBlock | None, notes: Block | None = None) -> list[Page]:  # noqa: ARG002
        """Two weeks a page; what was checked stands below the last."""
        theme, handout, weeks = self.theme, self.handout, self.handout.log.weeks
        pages: list[Page] = []
        for i in range(0, len(weeks), 2):
            heading: list[Block] = [LogHeading(theme, handout, 0)] if i == 0 else []
            tables = [WeekPair(theme, handout, [week], LARGE_LOG_ROW, 18) for week in weeks[i : i + 2]]
            pages += self.flowed([*heading, *tables], "")
        if not pages:
            pages = [self.page([LogHeading(theme, handout, 0)])]
        pages[0].section = "log"
        checked = Checked(theme, handout, 22)
        if not self._put_where_room_is(checked, pages[-1:]):
            pages.append(self.page([checked]))
        return pages


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
