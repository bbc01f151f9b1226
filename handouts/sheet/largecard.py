"""The exercise card of large print: one column, one page. A card too long for that tightens its gaps and its
picture, then names only the first mistake, and at last runs on at 'You should feel', under its name.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from handouts.layout.line_breaking import Text
from handouts.sheet.cardhead import HEIGHT, draw_card_head
from handouts.sheet.cardparts import draw_step
from handouts.sheet.content import Entry
from handouts.sheet.dosestrip import DoseStrip
from handouts.sheet.figures import Panel
from handouts.sheet.flow import Block, Node, Page, fill_pages, stacked, within
from handouts.sheet.job import Job
from handouts.sheet.parts import INDENT, CautionBox, draw_info, info_height
from handouts.sheet.telling import Info

HEAD = HEIGHT * 1.4
FULL_GAPS = (1.35, 1.2, 1.1)
TIGHT = ((1.0, 150.0), (0.9, 144.0), (0.8, 138.0), (0.72, 132.0))
"""Ever closer gaps with ever lower pictures, before a card runs on to another page."""
ALONE_GAP = 1.0


def large_card_pages(job: Job, entry: Entry) -> list[Page]:
    """The page of one exercise, or its two pages."""
    card = _LargeCard(job, entry)
    top, bottom = job.theme.body()
    for gap, picture in card.sizes():
        blocks = [*card.upper(gap, picture), *card.lower(gap)]
        if stacked(blocks) <= bottom - top:
            return fill_pages(within(card.place, blocks), job.theme, stretch=0)
    gap, picture = TIGHT[-1]
    blocks = [*card.upper(gap, picture), *card.lower(gap, brief=True)]
    if stacked(blocks) <= bottom - top:
        return fill_pages(within(card.place, blocks), job.theme, stretch=0)
    again = Block(HEAD, lambda pen, x, y: draw_card_head(pen, job, entry, x, y, again=True))
    for gap, picture in card.sizes():
        if stacked(card.upper(gap, picture)) <= bottom - top:
            upper = card.upper(gap, picture)
            lower = [again, *card.lower(ALONE_GAP)]
            pages = (within(card.place, part) for part in (upper, lower))
            return [page for part in pages for page in fill_pages(part, job.theme, stretch=0)]
    blocks = [replace(block, again=again) for block in [*card.upper(*TIGHT[-1]), *card.lower(ALONE_GAP)]]
    return fill_pages(within(card.place, blocks), job.theme, stretch=0)


class _LargeCard:
    def __init__(self, job: Job, entry: Entry) -> None:
        self.job, self.entry, self.width = job, entry, job.theme.measure
        self.place = (Node("Sect", "cards"), Node("Sect", entry.id))
        self.panel = Panel(job.theme, entry, self.width)

    def sizes(self) -> Iterator[tuple[float, float]]:
        """Gaps and picture heights to try, the most generous first."""
        full = int(max(150.0, min(250.0, self.panel.ideal())))
        for picture in range(full, 149, -6):
            for gap in FULL_GAPS:
                yield gap, float(picture)
        yield from TIGHT

    def upper(self, gap: float, picture: float) -> list[Block]:
        """From the name to the last step."""
        job, entry, width, theme = self.job, self.entry, self.width, self.job.theme
        strip = DoseStrip(theme, entry.cells, width)
        caution = CautionBox(theme, job.words.say("for_you"), entry.caution, width)
        blocks = [
            Block(HEAD, lambda pen, x, y: draw_card_head(pen, job, entry, x, y), keep=True),
            Block(picture, lambda pen, x, y: self.panel.draw(pen, x, y, picture), gap=10, keep=True),
            Block(strip.height, strip.draw, gap=18 * gap, keep=True),
            self._text(entry.sentence, "semi", 20 * gap),
            Block(caution.height, caution.draw, gap=20 * gap),
            self._text(entry.needs, "body", 24 * gap),
            self._text(entry.setup, "body", (15 if entry.needs else 24) * gap),
        ]
        steps = Node("L", "steps", "Decimal")
        for number, step in enumerate(entry.steps, 1):
            blocks.append(self._step(number, step, (24 if number == 1 and not entry.setup else 15) * gap, steps))
        return [block for block in blocks if block.height]

    def lower(self, gap: float, *, brief: bool = False) -> list[Block]:
        """What to feel, what is wrong, easier, harder, the note; `brief` names only the first mistake."""
        beside = [info.shorter() if brief else info for info in self.entry.beside]
        infos = [*beside, *self.entry.levels, *([self.entry.note] if self.entry.note else [])]
        return [self._info(info, (15 if i else 24) * gap) for i, info in enumerate(infos)]

    def _text(self, text: Text, style: str, gap: float) -> Block:
        height = self.job.theme.tall(text, style, self.width)
        return Block(height, lambda pen, x, y: pen.tagged("P", x, y, text, style, width=self.width), gap=gap)

    def _step(self, number: int, step: Text, gap: float, place: Node) -> Block:
        height = self.job.theme.tall(step, "body", self.width - INDENT * self.job.theme.k)
        return Block(
            height,
            lambda pen, x, y: draw_step(pen, self.job, number, step, x, y, self.width),
            gap=gap,
            place=(place,),
        )

    def _info(self, info: Info, gap: float) -> Block:
        height = info_height(self.job.theme, info, self.width)
        return Block(height, lambda pen, x, y: draw_info(pen, info, x, y, self.width), gap=gap)
