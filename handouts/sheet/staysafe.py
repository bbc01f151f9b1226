"""The page 'Stay safe': every warning of the program in full, most urgent first, then advice and what comes after.

Two balanced columns, one in large print, over as many pages as they need; a heading never stands without its first
line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from handouts.layout.line_breaking import Text, wording
from handouts.sheet import icons
from handouts.sheet.flow import Block, Node, Page, closer, place_all, run_together, stacked, within
from handouts.sheet.job import Job
from handouts.sheet.notices import Action, Group, Notice
from handouts.sheet.pen import WHITE, Pen
from handouts.sheet.theme import CAP

GUTTER = 20.0
SECTION = Node("Sect", "stay-safe")
SETTINGS = ((1.0, False), (0.85, False), (0.7, False), (0.7, True), (0.5, True))
"""From roomy to close: what the gaps are multiplied by, and whether lines are set closer."""
BETWEEN_LINES = 7.5
"""From the baseline of a line to the cap line of the next: items are never closer than the lines of one."""


def stay_safe_pages(job: Job) -> list[Page]:
    """The pages of the section: as few as the closest setting takes, in the roomiest that takes no more."""
    sections = {dense: _Section(job, dense=dense) for dense in ((False,) if job.theme.large else (True, False))}
    settings = [setting for setting in SETTINGS if setting[1] in sections]
    fewest: int | None = None
    for closeness, dense in (settings[-1], *settings[:-1]):
        pages = sections[dense].poured(closeness)
        if fewest is None:
            fewest, closest = len(pages), (closeness, dense)
        elif len(pages) == fewest:
            return sections[dense].placed(closeness)
    return sections[closest[1]].placed(closest[0])


class _Group(NamedTuple):
    """Blocks that stay together, the gap above them and how tall they are."""

    blocks: list[Block]
    gap: float
    height: float


class _Section:
    """The blocks of the section with one leading; how close they stand is open."""

    def __init__(self, job: Job, *, dense: bool) -> None:
        builder = _Builder(replace(job, theme=job.theme.closer) if dense else job)
        self._theme = builder.theme
        self._columns = 1 if job.theme.large else 2
        self._pitch = builder.column + GUTTER
        self._heading = within((SECTION,), [builder.heading()])[0]
        self._blocks = within((SECTION,), builder.blocks())
        body = self._theme.styles["body"]
        self._between = BETWEEN_LINES * job.theme.k - (15.5 * job.theme.k - body.leading)

    def _start(self, closeness: float) -> float:
        """Where the columns of the first page begin."""
        return self._theme.body()[0] + self._heading.height + 16 * self._theme.k * closeness

    def poured(self, closeness: float) -> list[list[_Group]]:
        """What stands on each page."""
        blocks = [closer(block, max(block.gap * closeness, self._between)) for block in self._blocks]
        groups = [_Group(group, group[0].gap, stacked(group)) for group in run_together(blocks)]
        top, bottom = self._theme.body()
        pages, room = [], bottom - self._start(closeness)
        while groups:
            taken = sum(len(column) for column in _fill(groups, room, self._columns))
            pages.append(groups[:taken])
            groups, room = groups[taken:], bottom - top
        return pages

    def placed(self, closeness: float) -> list[Page]:
        """The pages themselves."""
        top, bottom = self._theme.body()
        start, pages = self._start(closeness), []
        opening = place_all([self._heading], top)
        for groups in self.poured(closeness):
            columns = _balanced(groups, bottom - start, self._columns)
            placed = [
                placed
                for number, column in enumerate(columns)
                for placed in place_all(column, start, dx=number * self._pitch)
            ]
            pages.append(Page((*opening, *placed)))
            opening, start = (), top
        return pages


def _fill(groups: Sequence[_Group], height: float, columns: int) -> list[list[_Group]]:
    """Groups poured into columns of one height; what does not go in is left out."""
    filled: list[list[_Group]] = [[]]
    used = 0.0
    for group in groups:
        if filled[-1] and used + group.gap + group.height > height + 0.01:
            if len(filled) == columns:
                break
            filled.append([])
        used = used + group.gap + group.height if filled[-1] else group.height
        filled[-1].append(group)
    return filled


def _balanced(groups: Sequence[_Group], height: float, columns: int) -> list[list[Block]]:
    """The blocks of one page in columns as short as hold them all, so that they end alike."""
    low, high = sum(group.gap + group.height for group in groups) / columns, height
    while high - low > 1:
        middle = (low + high) / 2
        if sum(len(column) for column in _fill(groups, middle, columns)) == len(groups):
            high = middle
        else:
            low = middle
    return [[block for group in column for block in group.blocks] for column in _fill(groups, high, columns)]


def _repeats(head: Text, title: Text) -> bool:
    """Whether a title holds all words of its group's head, in their order."""
    left = iter(wording(title).lower().split())
    return all(word in left for word in wording(head).lower().split())


class _Builder:
    """The blocks of the section, set for one column."""

    def __init__(self, job: Job) -> None:
        self.job, self.theme = job, job.theme
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
        if first.items and first.title and _repeats(group.title, first.title):
            blocks = [self._band(first.title, group.action), *self._items(first.id, first.items, 12)]
        else:
            blocks = [self._band(group.title, group.action), *self._notice(first, 12)]
        for notice in others:
            blocks += self._notice(notice, 18)
        return blocks

    def _band(self, title: Text, action: Action) -> Block:
        """The head of a group: its sign and what to do, solid only for the emergency call."""
        k, theme = self.theme.k, self.theme
        indent, pad = 30 * k, (5.0 if theme.dense else 7.5) * k
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

        return Block(height, draw, gap=24 * k, keep=True)

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
        if not title:
            return self._items(key, items, gap)
        return [self._title(title, gap=gap, level=level), *self._items(key, items, 9)]

    def _items(self, key: str, items: Sequence[Text], first: float) -> list[Block]:
        """A list's items, the first that far below what stands above it."""
        place = (Node("L", key, "Disc"),)
        return [self._item(item, place, 8 if i else first) for i, item in enumerate(items)]

    def _title(self, title: Text, *, gap: float, keep: bool = True, level: str = "H3") -> Block:
        height = self.theme.tall(title, "bold", self.column)

        def draw(pen: Pen, x: float, y: float) -> None:
            pen.on(self.theme).tagged(level, x, y, title, "bold", width=self.column)

        return Block(height, draw, gap=gap * self.theme.k, keep=keep)

    def _item(self, item: Text, place: tuple[Node, ...], gap: float) -> Block:
        k = self.theme.k
        indent = 11 * k
        height = self.theme.tall(item, "body", self.column - indent)

        def draw(pen: Pen, x: float, y: float) -> None:
            pen.disc(x + 2.5 * k, y + CAP * 6 * k, 2 * k, fill=pen.palette.ink)
            with pen.canvas.tag("LI"):
                pen.on(self.theme).tagged("LBody", x + indent, y, item, width=self.column - indent)

        return Block(height, draw, gap=gap * self.theme.k, place=place)

    def _paragraph(self, text: Text, *, gap: float, style: str = "body") -> Block:
        height = self.theme.tall(text, style, self.column)

        def draw(pen: Pen, x: float, y: float) -> None:
            pen.on(self.theme).tagged("P", x, y, text, style, width=self.column)

        return Block(height, draw, gap=gap * self.theme.k)
