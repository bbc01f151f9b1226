"""The pages of large print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handouts.compose.handout import Card
from handouts.errors import AtTerminal, BadInput, Problem
from handouts.layout.blocks import Block
from handouts.layout.card import CardHead, CardText, LargeCard
from handouts.layout.exercise_list import ExerciseList, ListForm
from handouts.layout.letterhead import LetterheadBlock
from handouts.layout.log import QUESTION_LINES, Checked, LogHeading, Questions, WeekPair
from handouts.layout.opening import ChangesBlock, ForYouBlock, LargeFacts, clinic_block, title_block, title_rest
from handouts.layout.page_planner import Page, Planner
from handouts.layout.safety_parts import SafetyBoxes
from handouts.layout.stay_safe import StaySafe

LARGE_ROW, LEAST_LARGE_ROW, LARGE_PICTURE = 46.0, 26.0, 84.0
"""Heights of a row of the list with pictures and without them; width of a picture of the list."""
EASIER = 2.0
"""How much more air than the least the rows have where all of the opening stands above them."""
CLOSER = 3.0
"""How much less space stands between the parts of page 1 where the opening does not go on it whole."""
LARGE_LOG_ROW, MOST_LARGE_LOG_ROW = 22.5, 40.0
"""Height of a row of the log, and on a page that has room to spare."""


class LargePlanner(Planner):
    """Large print: page 1 has the list and the emergency box; behind it Stay safe, which begins with the scale
    and Stop; a card a page; weeks of log, two a page for most programs."""

    def pages(self) -> list[Page]:
        first, left = self.first_page()
        safety = self.safety_after(left)
        cards = [page for card in self.handout.cards for page in self._large_card(card)]
        cards[0].section = "cards"
        log = self._weeks()
        for lines, gap in ((QUESTION_LINES, 28), (2, 28), (2, 16)):
            questions = Questions(self.theme, self.handout, gap, lines)
            if self.put_where_room_is(questions, [*reversed(log), *reversed(safety), *reversed(cards)]):
                break
        else:
            self._add_page(log, questions)
        for gap in (24, 14):
            clinic = clinic_block(self.theme, self.handout, gap)
            # First below Stay safe, whose last page may have a few lines only.
            if not clinic.texts or self.put_where_room_is(clinic, [safety[-1], *reversed(log), *reversed(cards)]):
                break
        else:
            self._add_page(log, clinic)
        self._grow_rows(log)
        return [first, *safety, *cards, *log]

    def _grow_rows(self, log: Sequence[Page]) -> None:
        """Rows that are easier to write in, on the pages of the log that hold nothing else."""
        for page in log:
            weeks = [block for block in page.blocks if isinstance(block, WeekPair)]
            if weeks and all(isinstance(block, LogHeading | WeekPair) for block in page.blocks):
                rows = len(weeks) * (len(self.handout.cards) + 1)
                row = min(MOST_LARGE_LOG_ROW, LARGE_LOG_ROW + (self.room - self.tall(*page.blocks)) / rows)
                for week in weeks:
                    week.take(row)

    def _add_page(self, log: list[Page], block: Block) -> None:
        """A page for what has room nowhere else, with what was checked, so that it does not stand almost alone."""
        blocks = log[-1].blocks
        together = [blocks.pop()] if len(blocks) > 1 and isinstance(blocks[-1], Checked) else []
        log.append(self.page([*together, block]))

    def first_page(self) -> tuple[Page, list[Block]]:
        """Page 1, and what it had no room for."""
        theme, handout = self.theme, self.handout
        letterhead = LetterheadBlock(theme, handout, self.logo)
        changes = [ChangesBlock(theme, handout.changes, 12)] if handout.changes else []
        caution = [ForYouBlock(theme, handout.program_caution, 12)] if handout.program_caution else []
        rest = title_rest(theme, handout, 14)
        for whole, pictures, boxed in (
            (True, True, True),
            (False, True, True),
            (False, False, True),
            (False, False, False),
        ):
            closer = 0 if whole else CLOSER
            title = title_block(theme, handout, 14 - closer, whole=whole)
            facts, emergency = LargeFacts(theme, handout, 12), SafetyBoxes(theme, handout, 12 - closer)
            opening = [letterhead, title, facts, *caution, *(changes if boxed else [])]
            form = ListForm(LARGE_ROW, LARGE_PICTURE if pictures else 0.0)
            rows = ExerciseList(theme, handout, self.pictures, form, 9 - closer)
            blocks: list[Block] = [*opening, rows, *([emergency] if boxed else [])]
            if not pictures:
                rows.take(ListForm(LEAST_LARGE_ROW, 0.0))
            spare = self.first_room - self.tall(*blocks)
            row = rows.form.row + min(8.0, spare / len(handout.cards))
            if spare >= 0 or (pictures and row >= rows.least + (EASIER if whole else 0)):
                rows.take(ListForm(row, rows.form.picture, rows.form.air + row - rows.form.row))
                left: list[Block] = [] if boxed else [emergency, *changes]
                return self.page(blocks, first=True), left if whole else [*left, *rest]
        # As many exercises as go on page 1; the others, a page at a time, before what else had no room.
        opening = [letterhead, title_block(theme, handout, 14, whole=False), facts, *caution]
        part, *others = self.list_over_pages(opening, ListForm(LEAST_LARGE_ROW, 0.0), 9.0)
        return self.page([*opening, part], first=True), [*others, emergency, *changes, *rest]

    def safety_after(self, left: Sequence[Block]) -> list[Page]:
        """Stay safe in one column, below what page 1 had no room for; the questions where the last page has room."""
        section = StaySafe(self.theme, self.handout)
        heading = section.heading()
        shared = [ForYouBlock(self.theme, self.handout.shared_cautions, 14)] if self.handout.shared_cautions else []
        pages: list[Page] = []
        above: list[Block] = [*left, *shared, heading]
        if self.tall(*above) > self.room / 2 and left:
            pages += self.flowed([*left, *shared], "")
            above = [heading]
        heading.spaceBefore = 18.0 if len(above) > 1 else 0.0
        (first,), *others = section.pages(self.room - (self.tall(*above) + 14), self.room)
        first[0].spaceBefore = 14
        return [*pages, self.page([*above, *first], "safety"), *(self.page(blocks) for (blocks,) in others)]

    def _large_card(self, card: Card) -> list[Page]:
        """One card on its page; where even a small picture leaves too little room, the last steps go over the page, and
        where the cautions of many conditions do not leave that either, they have a page before it."""
        if pages := self._card_pages(card):
            return pages
        cautions = [ForYouBlock(self.theme, (paragraph,), 10, "H3") for paragraph in card.caution]
        before = self.flowed([CardHead(self.theme, self.handout, card), *cautions], "")
        pages = self._card_pages(replace(card, caution=()), continued=True)
        if not pages or any(self.tall(*page.blocks) > self.room for page in before):
            shorten = "shorten its note or what is written of its conditions, or leave out"
            hint = AtTerminal(f"{shorten} --large-print", f"{shorten} large print")
            raise BadInput([Problem("large print", 0, 0, f"the card of '{card.id}' is too tall for a page", hint)])
        return [*before, *pages]

    def _card_pages(self, card: Card, *, continued: bool = False) -> list[Page]:
        """A card on one page or two; none where it does not go on them."""
        theme, handout = self.theme, self.handout
        frames = self.pictures.get(card.id, ())
        block = LargeCard(theme, handout, card, frames, theme.measure, room=self.room, continued=continued)
        if self.tall(block) <= self.room:
            return [self.page([block])]
        for steps in range(len(card.steps) - 1, 0, -1):
            block.text = CardText(theme, card, steps=slice(0, steps), last=False)
            block.changed()
            if self.tall(block) <= self.room:
                head = CardHead(theme, handout, card, continued=True)
                rest = CardText(theme, card, steps=slice(steps, None), first=False)
                rest.spaceBefore = 10
                return [self.page([block]), self.page([head, rest])] if self.tall(head, rest) <= self.room else []
        return []

    def _weeks(self) -> list[Page]:
        """The log, as many weeks a page as go on it; what was checked stands below the last."""
        theme, handout = self.theme, self.handout
        blocks: list[Block] = [LogHeading(theme, handout, 0)]
        for i, week in enumerate(handout.log.weeks):
            room = self.room - (0 if i else self.tall(*blocks) + 18)
            blocks += WeekPair.within(room, theme, handout, [week], LARGE_LOG_ROW, 18)
        pages = self.flowed(blocks, "log")
        checked = Checked(theme, handout, 22)
        if not self.put_where_room_is(checked, pages[-1:]):
            pages.append(self.page([checked]))
        return pages
