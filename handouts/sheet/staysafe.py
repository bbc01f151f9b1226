"""The page 'Stay safe': every warning of the program in full, most urgent first, then advice and what comes after.

Two balanced columns, one in large print, over as many pages as they need; a heading never stands without its first
line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handouts.sheet import icons
from handouts.sheet.flow import Block, Node, Page, Placed, place_all, run_together, stacked, within
from handouts.sheet.job import Job
from handouts.sheet.notices import Action, Group, Notice
from handouts.sheet.pen import WHITE, Pen
from handouts.sheet.theme import CAP
from handouts.typeset import Text, wording

GUTTER = 20.0
SECTION = Node("Sect", "stay-safe")
SETTINGS = ((1.0, False), (0.85, False), (0.7, False), (0.7, True), (0.5, True))
"""From roomy to close: what the gaps are multiplied by, and whether lines are set closer."""
BETWEEN_LINES = 7.5
"""From the baseline of a line to the cap line of the next: items are never closer than the lines of one."""


def stay_safe_pages(job: Job) -> list[Page]:
    """The pages of the section: as few as the closest setting takes, in the roomiest that takes no more."""
    settings = [setting for setting in SETTINGS if not (setting[1] and job.theme.large)]
    closest = _pages(job, *settings[-1])
    roomier = (_pages(job, *setting) for setting in settings[:-1])
    return next((pages for pages in roomier if len(pages) == len(closest)), closest)


def _pages(job: Job, closeness: float, dense: bool) -> list[Page]:
    builder = _Builder(replace(job, theme=job.theme.closer) if dense else job, closeness)
    heading, blocks = builder.heading(), within((SECTION,), builder.blocks())
    top, bottom = job.theme.body()
    pages: list[Page] = []
    columns = 1 if job.theme.large else 2
    start = top + heading.height + 16 * builder.scale
    opening = place_all(within((SECTION,), [heading]), top)
    while blocks:
        taken = _taken(blocks, bottom - start, columns)
        placed = _columns(blocks[:taken], bottom - start, columns, builder.column + GUTTER, start)
        pages.append(Page((*opening, *placed)))
        blocks, opening, start = blocks[taken:], (), top
    return pages


def _fill(groups: Sequence[Sequence[Block]], height: float, columns: int) -> list[list[Block]]:
    """Groups poured into columns of one height; what does not go in is left out."""
    filled: list[list[Block]] = [[]]
    used = 0.0
    for group in groups:
        need = stacked(group)
        if filled[-1] and used + group[0].gap + need > height + 0.01:
            if len(filled) == columns:
                break
            filled.append([])
        used = used + group[0].gap + need if filled[-1] else need
        filled[-1] += group
    return filled


def _taken(blocks: Sequence[Block], height: float, columns: int) -> int:
    """How many blocks go on a page."""
    return sum(len(column) for column in _fill(run_together(blocks), height, columns))


def _columns(blocks: Sequence[Block], height: float, columns: int, pitch: float, top: float) -> list[Placed]:
    """The blocks of one page in columns as short as hold them all, so that they end alike."""
    groups = run_together(blocks)
    low, high = stacked(blocks) / columns, height
    while high - low > 1:
        middle = (low + high) / 2
        if sum(len(column) for column in _fill(groups, middle, columns)) == len(blocks):
            high = middle
        else:
            low = middle
    placed: list[Placed] = []
    for number, column in enumerate(_fill(groups, high, columns)):
        placed += place_all(column, top, dx=number * pitch)
    return placed


def _repeats(head: Text, title: Text) -> bool:
    """Whether a title holds all words of its group's head, in their order."""
    left = iter(wording(title).lower().split())
    return all(word in left for word in wording(head).lower().split())


class _Builder:
    """The blocks of the section, set for one column."""

    def __init__(self, job: Job, closeness: float) -> None:
        self.job, self.theme = job, job.theme
        self.scale = job.theme.k * closeness
        self.between = BETWEEN_LINES * job.theme.k - (15.5 * job.theme.k - job.theme.styles["body"].leading)
        measure = job.theme.measure
        self.column = measure if job.theme.large else (measure - GUTTER) / 2

    def heading(self) -> Block:
        """The section's name over the whole measure."""
        title = self.job.words.say("stay_safe")
        height = self.theme.tall(title, "title", self.theme.measure)

        def draw(pen: Pen, x: float, y: float) -> None:
            pen.tagged("H2", x, y, title, "title", width=self.theme.measure, colour=pen.palette.brand)

        return Block(height, draw)

    def blocks(self) -> list[Block]:
        """All groups, then the packet's advice, what comes after the program, the clinic's closing and the sign-off."""
        job, words = self.job, self.job.words
        blocks: list[Block] = []
        for group in job.handout.groups:
            blocks += self._group(group)
        if job.handout.advice:
            blocks += self._list(words.say("advice"), "advice", job.handout.advice, gap=24)
        if job.handout.progression:
            blocks += [self._title(words.say("after"), gap=24), self._paragraph(job.handout.progression, gap=9)]
        if job.handout.closing:
            blocks.append(self._paragraph(job.handout.closing, gap=20))
        if job.handout.reviewed:
            blocks.append(self._paragraph(job.handout.reviewed, gap=14, style="run"))
        return blocks

    def _group(self, group: Group) -> list[Block]:
        """A group's first warning often only repeats what its head says: then it says it in the head itself."""
        first, *others = group.notices
        if first.items and _repeats(group.title, first.title):
            blocks = [self._band(first.title, group.action), *self._items(first.id, first.items, 12)]
        else:
            blocks = [self._band(group.title, group.action), *self._notice(first, 12)]
        for notice in others:
            blocks += self._notice(notice, 18)
        return blocks

    def _band(self, title: Text, action: Action) -> Block:
        """The head of a group: its sign and what to do, solid only for the emergency call."""
        k, theme = self.theme.k, self.theme
        indent, pad = 30 * k, 3 * k + 4.5 * self.scale
        text = theme.tall(title, "head", self.column - indent - 8 * k)
        height = text + 2 * pad

        def draw(pen: Pen, x: float, y: float) -> None:
            palette, bare = pen.palette, theme.ink_saver
            fill, edge, colour = palette.tint, palette.rule, palette.ink
            if action == "emergency":
                fill, edge, colour = palette.stop, palette.stop, palette.on_stop
            elif action in ("same-day", "stop-now", "call-clinic"):
                fill, edge = palette.stop_tint, palette.stop
            solid = action == "emergency" or not bare
            pen.rect(x, y, self.column, height, fill=fill if solid else None, stroke=edge, line=1, radius=5)
            self._sign(pen, action, x + 15 * k, y + pad + CAP * 7 * k)
            pen.tagged("H3", x + indent, y + pad, title, "head", width=self.column - indent - 8 * k, colour=colour)

        return Block(height, draw, gap=24 * self.scale, keep=True)

    def _sign(self, pen: Pen, action: Action, x: float, y: float) -> None:
        d = 15 * self.theme.k
        if action == "emergency":
            icons.phone(pen, x, y, d, WHITE)
        elif action == "stop-now":
            icons.stop(pen, x, y, d)
        elif action == "info":
            icons.go(pen, x, y, d)
        else:
            icons.phone(pen, x, y, d, pen.palette.stop)

    def _notice(self, notice: Notice, gap: float) -> list[Block]:
        if not notice.items:
            return [self._title(notice.title, gap=gap, keep=False)]
        return self._list(notice.title, notice.id, notice.items, gap=gap)

    def _list(self, title: Text, key: str, items: Sequence[Text], *, gap: float) -> list[Block]:
        level = "H4" if key != "advice" else "H3"
        return [self._title(title, gap=gap, level=level), *self._items(key, items, 9)]

    def _items(self, key: str, items: Sequence[Text], first: float) -> list[Block]:
        """A list's items, the first that far below what stands above it."""
        place = (Node("L", key, "Disc"),)
        return [self._item(item, place, 8 if i else first) for i, item in enumerate(items)]

    def _title(self, title: Text, *, gap: float, keep: bool = True, level: str = "H3") -> Block:
        height = self.theme.tall(title, "bold", self.column)

        def draw(pen: Pen, x: float, y: float) -> None:
            pen.on(self.theme).tagged(level, x, y, title, "bold", width=self.column)

        return Block(height, draw, gap=gap * self.scale, keep=keep)

    def _item(self, item: Text, place: tuple[Node, ...], gap: float) -> Block:
        k = self.theme.k
        indent = 11 * k
        height = self.theme.tall(item, "body", self.column - indent)

        def draw(pen: Pen, x: float, y: float) -> None:
            pen.disc(x + 2.5 * k, y + CAP * 6 * k, 2 * k, fill=pen.palette.ink)
            with pen.canvas.tag("LI"):
                pen.on(self.theme).tagged("LBody", x + indent, y, item, width=self.column - indent)

        return Block(height, draw, gap=max(gap * self.scale, self.between), place=place)

    def _paragraph(self, text: Text, *, gap: float, style: str = "body") -> Block:
        height = self.theme.tall(text, style, self.column)

        def draw(pen: Pen, x: float, y: float) -> None:
            pen.on(self.theme).tagged("P", x, y, text, style, width=self.column)

        return Block(height, draw, gap=gap * self.scale)
