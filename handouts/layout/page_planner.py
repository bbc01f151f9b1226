"""What stands on which page: the blocks of each page of a handout, chosen so that nothing is cut and no page is wasted.

Pages are planned before anything is drawn, so that each can say how many there are. Everything is measured here;
`document` draws it with Platypus.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from handouts.compose.handout import Card, Handout
from handouts.compose.text import joined
from handouts.errors import BadInput, Problem
from handouts.layout.blocks import Block, stacked
from handouts.layout.card import CARD_GAP, NARROWEST, TIGHT, WIDEST, CardBlock, CardGroup, pack, spread
from handouts.layout.exercise_list import PICTURE, SMALL_PICTURE, ExerciseList, ListForm
from handouts.layout.letterhead import LetterheadBlock
from handouts.layout.log import (
    LEAST_ROW,
    MOST_ROW,
    Checked,
    LogHeading,
    Questions,
    SideBySide,
    WebAddress,
    WeekPair,
)
from handouts.layout.opening import ChangesBlock, FactsBlock, ForYouBlock, title_block
from handouts.layout.pictures import Picture, Pictures
from handouts.layout.safety_parts import PainScaleBlock, ProgramNotes, SafetyBoxes
from handouts.layout.stay_safe import StaySafe
from handouts.layout.theme import Theme

ROW, LEAST_PICTURE_ROW = 46.0, 29.5
COMPACT_ROW, LEAST_COMPACT_ROW = 26.0, 17.0
"""Heights of a row of the list, from roomy to close: with pictures, then on one line without them."""
FEW = 5
"""Up to this many exercises, the last card may stand over the log."""
LEAST_GAP, CLOSEST_ROW, CLOSEST_AIR = 8.0, 15.0, 7.0
"""When nothing else makes room on page 1: between its parts, and the rows of its list."""
TIGHT_CARD_GAP = 13.0
PANEL_WIDTHS = (WIDEST, 190.0, 172.0, NARROWEST)


@dataclass
class Column:
    """Blocks one below the other: `x` from the left margin, `top` from the top of the page, `width` in points."""

    blocks: list[Block]
    x: float
    top: float
    width: float


@dataclass
class Page:
    """One page; `section` is the one that begins on it ("cards", "safety", "log", "notices"), empty if none."""

    columns: list[Column]
    section: str = ""

    @property
    def blocks(self) -> list[Block]:
        """Those of a page of one column."""
        return self.columns[0].blocks


class Planner:
    """Normal print, two exercises or more: page 1, cards, Stay safe, log."""

    def __init__(self, theme: Theme, handout: Handout, pictures: Pictures, logo: Picture | None) -> None:
        self.theme, self.handout, self.pictures, self.logo = theme, handout, pictures, logo
        self.top, self.bottom = theme.body()
        self.room = self.bottom - self.top
        self.first_top, bottom = theme.body(first=True)
        self.first_room = bottom - self.first_top

    def pages(self) -> list[Page]:
        first = self.first_pages()
        groups, last = self.cards()
        safety, log = self.safety_and_log(groups, last)
        cards = [page for i, group in enumerate(groups) for page in self._pages_of(group, "" if i else "cards")]
        return [*first, *cards, *safety, *log] if not last else [*first, *cards, *log, *safety]

    def safety_and_log(self, groups: Sequence[CardGroup], last: CardBlock | None) -> tuple[list[Page], list[Page]]:
        """Stay safe on one page wherever it can be: what goes for the program may stand below cards, or on the log."""
        safety, log = self.safety_pages(), self.log_pages(last)
        if len(safety) == 1:
            return safety, log
        alone = self.safety_pages(with_program=False)
        if len(alone) == len(safety) or not self.handout.for_this_program:
            return safety, log
        notes = ProgramNotes(self.theme, self.handout, 20)
        high = self.tall(notes) + notes.spaceBefore
        for group in reversed(groups):
            if group.height + high <= self.room:
                group.below = notes
                return alone, log
        log_with_notes = self.log_pages(last, notes)
        return (alone, log_with_notes) if len(log_with_notes) == len(log) else (safety, log)

    def page(self, blocks: Iterable[Block], section: str = "", *, first: bool = False) -> Page:
        return Page([Column(list(blocks), 0, self.first_top if first else self.top, self.theme.measure)], section)

    def tall(self, *blocks: Block) -> float:
        """The height of blocks one below the other over the whole measure."""
        return stacked(blocks, self.theme.measure)

    def put_where_room_is(self, block: Block, pages: Iterable[Page]) -> bool:
        """Below the last blocks of the first of these pages that leaves room for it; False where none does."""
        for page in pages:
            if self.tall(*page.blocks, block) <= self.room:
                page.blocks.append(block)
                return True
        return False

    # Page 1

    def opening(self, *, needs: bool) -> list[Block]:
        theme, handout = self.theme, self.handout
        blocks: list[Block] = [
            LetterheadBlock(theme, handout, self.logo),
            title_block(theme, handout, 16, needs=needs),
            FactsBlock(theme, handout, 13),
        ]
        if handout.program_caution:
            blocks.append(ForYouBlock(theme, handout.program_caution, 11))
        if handout.changes:
            blocks.append(ChangesBlock(theme, handout.changes, 11))
        return blocks

    def below(self) -> list[Block]:
        return [SafetyBoxes(self.theme, self.handout, 11), PainScaleBlock(self.theme, self.handout, 12)]

    def first_pages(self) -> list[Page]:
        """Always in one order: list, two boxes, scale. The rows of the list are the spring, then its pictures; what is
        needed for the exercises is named only where there is room."""
        below = self.below()
        for needs, picture, gap in (
            (True, PICTURE, 13.0),
            (False, PICTURE, 13.0),
            (False, SMALL_PICTURE, 13.0),
            (False, 0.0, 13.0),
            (False, 0.0, LEAST_GAP),
        ):
            opening = self.opening(needs=needs)
            if gap == LEAST_GAP:
                for block in (*opening[1:], *below):
                    block.spaceBefore = LEAST_GAP
            room = self.first_room - self.tall(*opening, *below) - below[0].spaceBefore
            if rows := self._rows(room, picture, gap):
                blocks = [*opening, rows, *below]
                spare = self.first_room - self.tall(*blocks)
                for block in blocks[-3:]:
                    block.spaceBefore += min(12.0, max(0.0, spare) / 3)
                return [self.page(blocks, first=True)]
        # More than one page holds: the list goes on over the page, and the boxes and the scale keep together behind it.
        first, *others = self.list_over_pages(opening, ListForm(COMPACT_ROW, 0.0), 13.0)
        if others and self.tall(others[-1], *below) <= self.room:
            below = [others.pop(), *below]
        return [self.page([*opening, first], first=True), *(self.page([part]) for part in others), self.page(below)]

    def list_over_pages(self, opening: Sequence[Block], form: ListForm, gap: float) -> list[ExerciseList]:
        """The list in as many parts as it takes: what goes on page 1 below its opening, then a page at a time.

        Raises BadInput where the opening, or one exercise, leaves no room for a row.
        """
        handout = self.handout
        on = replace(handout, round=joined(handout.labels["your_exercises"], handout.labels["continued"]))

        def part(cards: tuple[Card, ...]) -> ExerciseList:
            whose = on if parts else handout
            return ExerciseList(self.theme, replace(whose, cards=cards), self.pictures, form, 0.0 if parts else gap)

        parts: list[ExerciseList] = []
        left = handout.cards
        while left:
            above, room = ((), self.room) if parts else (opening, self.first_room)
            counts = range(len(left), 0, -1)
            fits = (count for count in counts if self.tall(*above, part(left[:count])) <= room)
            if not (count := next(fits, 0)):
                fault = "what is told above the exercises, or one dose, fills a page"
                raise BadInput([Problem("page 1", 0, 0, fault, "shorten it")])
            parts.append(part(left[:count]))
            left = left[count:]
        return parts

    def _rows(self, room: float, picture: float, gap: float) -> ExerciseList | None:
        """The list with rows as tall as the room allows; None where they would be too low."""
        most = ROW if picture else COMPACT_ROW
        least, air = (LEAST_COMPACT_ROW, 9.0) if gap > LEAST_GAP else (CLOSEST_ROW, CLOSEST_AIR)
        form = ListForm(most if picture else least, picture, air)
        rows = ExerciseList(self.theme, self.handout, self.pictures, form, gap)
        spare = room - self.tall(rows) - rows.spaceBefore
        row = form.row + spare / len(self.handout.cards)
        if row < (max(LEAST_PICTURE_ROW, rows.least) if picture else least):
            return None
        rows.take(replace(form, row=min(most, row)))
        return rows

    # Cards

    def cards(self) -> tuple[list[CardGroup], CardBlock | None]:
        """The cards of each page, as few pages as can be and then as even as can be; and the last card, where it stands
        over the log.

        The picture column is the widest, the same on every card, that costs no page more; gaps are tight only where
        that saves a page.
        """
        shared = ForYouBlock(self.theme, self.handout.shared_cautions, 0) if self.handout.shared_cautions else None
        shared_height = self.tall(shared) + CARD_GAP if shared else 0.0
        few = len(self.handout.cards) <= FEW

        def over_log(pages: list[list[CardBlock]]) -> bool:
            return few and len(pages) > 1 and len(pages[-1]) == 1

        packed = [
            pack(self._card_blocks(width, closeness), self.room, shared_height, few)
            for closeness in (1.0, TIGHT)
            for width in PANEL_WIDTHS
        ]
        pages = min(packed, key=lambda pages: len(pages) - over_log(pages))
        last = pages.pop()[0] if over_log(pages) else None
        groups = [CardGroup(blocks) for blocks in pages]
        if shared:
            groups[0].above = shared
        return groups, last

    def _pages_of(self, group: CardGroup, section: str) -> list[Page]:
        """A page of cards; where one card leaves no room for what stands above it, or for its own cautions, as with
        many conditions, these have pages before it."""
        before: list[Block] = []
        if group.above and group.height > self.room:
            before, group.above = [group.above], None
        first, *others = group.cards
        if not others and first.height > self.room:
            before += [ForYouBlock(self.theme, (paragraph,), 10) for paragraph in first.card.caution]
            card = replace(first.card, caution=())
            group.cards = [self.card_block(card, NARROWEST, TIGHT, TIGHT_CARD_GAP)]
            group.cards[0].wrap(self.theme.measure, 0)
        return [*self.flowed(before, section), self._card_page(group, "" if before else section)]

    def _card_page(self, group: CardGroup, section: str) -> Page:
        """A page of cards, with what it has to spare given to the pictures and then to the gaps."""
        around = group.height - group.cards_height
        spread(group.cards, self.theme.measure, self.room - around)
        above, below = [group.above] if group.above else [], [group.below] if group.below else []
        if above:
            group.cards[0].spaceBefore = CARD_GAP
        return self.page([*above, *group.cards, *below], section)

    def _card_blocks(self, width: float, closeness: float) -> list[CardBlock]:
        gap = CARD_GAP if closeness == 1.0 else TIGHT_CARD_GAP
        blocks = [self.card_block(card, width, closeness, gap) for card in self.handout.cards]
        for block in blocks:
            block.wrap(self.theme.measure, 0)
        return blocks

    def card_block(self, card: Card, width: float, closeness: float, gap: float) -> CardBlock:
        """A card with a picture column of this width."""
        return CardBlock(self.theme, self.handout, card, self.pictures.get(card.id, ()), width, closeness, gap)

    # Stay safe

    def safety_pages(self, *, with_program: bool = True, kept_free: float = 0.0) -> list[Page]:
        """Stay safe; `kept_free` is what the foot of its first page keeps for something else."""
        section = StaySafe(self.theme, self.handout, with_program=with_program)
        heading = section.heading()
        below = self.top + self.tall(heading) + 13
        made = []
        for number, columns in enumerate(section.pages(self.bottom - kept_free - below, self.room)):
            start = below if number == 0 else self.top
            between = (self.theme.measure - section.columns * section.column_width) / max(1, section.columns - 1)
            pitch = section.column_width + between
            placed = [Column(blocks, i * pitch, start, section.column_width) for i, blocks in enumerate(columns)]
            if number == 0:
                placed.insert(0, Column([heading], 0, self.top, self.theme.measure))
            made.append(Page(placed, "safety" if number == 0 else ""))
        return made

    # The log

    def log_pages(self, over: CardBlock | None = None, notes: Block | None = None) -> list[Page]:
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
        heading = LogHeading(theme, handout, 20)
        blocks.append(heading)
        for i in range(0, len(weeks), 2):
            room = self.room - (0 if i else self.tall(heading) + 14)
            blocks += WeekPair.within(room, theme, handout, weeks[i : i + 2], row, 16 if i else 14)
        blocks.append(SideBySide(theme, [Questions(theme, handout, 0), Checked(theme, handout, 0)], 18))
        pages = self.flowed(blocks, "log")
        if len(pages) > 1 and len(pages[-1].blocks) == 1:
            before = pages[-2].blocks
            if len(before) > 1 and isinstance(before[-1], WeekPair) and not isinstance(before[-2], LogHeading):
                # The foot alone would be a nearly empty page: the last weeks go with it.
                pages[-1].blocks.insert(0, before.pop())
        if handout.letterhead.url and handout.letterhead.web:
            self.put_where_room_is(WebAddress(theme, handout, 18), pages[-1:])
        return pages

    def flowed(self, blocks: Sequence[Block], section: str) -> list[Page]:
        """Whole blocks over as many pages as they need; `section` begins on the first."""
        pages: list[Page] = []
        for block in blocks:
            if not self.put_where_room_is(block, pages[-1:]):
                pages.append(self.page([block], "" if pages else section))
        return pages
