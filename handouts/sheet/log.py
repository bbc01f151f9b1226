"""The log: a table for each week, when to do more or less, questions for the next visit, and the check with the
clinician."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handouts.layout.line_breaking import Text
from handouts.sheet import icons
from handouts.sheet.flow import Block, Node, Page, closer, fill_pages, within
from handouts.sheet.job import Job
from handouts.sheet.pen import Pen
from handouts.sheet.teachback import teach_back
from handouts.sheet.week import Week

SECTION = (Node("Sect", "log"),)
GUTTER = 20.0
LEAST_ROW, MOST_ROW = 17.0, 28.0
LARGE_ROW, MOST_LARGE_ROW = 29.5, 48.0
QUESTION_LEADING = 25.0
STRETCH = 8.0
CLOSEST, LEAST_GAP = 0.7, 12.0
"""How far the gaps may shrink to save a page."""


def log_pages(job: Job) -> list[Page]:
    """The pages of the log: as few as possible, then the rows of the tables as tall as those pages allow."""
    log = _LargeLog(job) if job.theme.large else _Log(job)
    fewest = len(log.pages(log.least, CLOSEST))

    def fits(row: float, closeness: float) -> bool:
        return len(log.pages(row, closeness)) == fewest

    closeness = next((value for value in (1.0, 0.85) if fits(log.least, value)), CLOSEST)
    row = _largest(log.least, log.most, lambda row: fits(row, closeness))
    return log.pages(row, closeness)


def _largest(low: float, high: float, fits: Callable[[float], bool]) -> float:
    """The largest row, to a quarter of a point, that fits; the least one is known to."""
    while high - low > 0.25:
        middle = (low + high) / 2
        if fits(middle):
            low = middle
        else:
            high = middle
    return low


class _Log:
    """Normal print: two weeks side by side; the rules beside the questions."""

    least, most = LEAST_ROW, MOST_ROW

    def __init__(self, job: Job) -> None:
        self.job = job
        self.half = (job.theme.measure - GUTTER) / 2
        self.heading = _heading(job)
        self.weeks = [Week(job, number, self.half) for number in range(1, job.log_weeks + 1)]
        self.foot = [self._rules_and_questions(), teach_back(job)]

    def _rules_and_questions(self) -> Block:
        rules = _rules(self.job, self.half)
        height = sum(rule.height for rule in rules) + 14
        questions = _questions(self.job, self.half, int((height - 9) / QUESTION_LEADING + 0.25) or 1)

        def draw(pen: Pen, x: float, y: float) -> None:
            at = y
            for rule in rules:
                rule.draw(pen, x, at)
                at += rule.height + 14
            questions.draw(pen, x + self.half + GUTTER, y)

        return Block(height, draw, gap=18)

    def blocks(self, row: float) -> list[Block]:
        """Everything with rows of this height."""
        weeks = [week.at(row) for week in self.weeks]
        pairs = [_side_by_side(weeks[left : left + 2], self.half + GUTTER) for left in range(0, len(weeks), 2)]
        return [self.heading, *pairs, *self.foot]

    def pages(self, row: float, closeness: float) -> list[Page]:
        """The pages with rows of this height; `closeness` multiplies the gaps."""
        blocks = [closer(block, max(LEAST_GAP, block.gap * closeness)) for block in self.blocks(row)]
        return fill_pages(within(SECTION, blocks), self.job.theme, stretch=STRETCH)


class _LargeLog(_Log):
    """Large print: one week over the measure; the rules follow the first."""

    least, most = LARGE_ROW, MOST_LARGE_ROW

    def __init__(self, job: Job) -> None:
        measure = job.theme.measure
        self.job = job
        self.heading, self.rules = _heading(job), _rules(job, measure)
        self.weeks = [Week(job, number, measure) for number in range(1, job.log_weeks + 1)]
        self.foot = [_questions(job, measure, 3), teach_back(job)]

    def blocks(self, row: float) -> list[Block]:
        """Everything with rows of this height."""
        first, *others = [week.at(row) for week in self.weeks]
        return [self.heading, first.block(30), *self.rules, *(week.block(24) for week in others), *self.foot]


def _heading(job: Job) -> Block:
    theme, words = job.theme, job.words
    title = words.say("log_title", n=job.log_weeks)
    split = any(entry.when.sessions > 1 for entry in job.handout.entries)
    help_text = words.say("log_help_split" if split else "log_help")
    width = min(theme.measure, 470 * theme.k)
    top = theme.tall(title, "title", theme.measure)
    gap = 11 * theme.k

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.tagged("H2", x, y, title, "title", width=theme.measure, colour=pen.palette.brand)
        pen.tagged("P", x, y + top + gap, help_text, width=width)

    return Block(top + gap + theme.tall(help_text, "body", width), draw, keep=True)


def _side_by_side(weeks: Sequence[Week], pitch: float) -> Block:
    def draw(pen: Pen, x: float, y: float) -> None:
        for i, week in enumerate(weeks):
            week.draw(pen, x + i * pitch, y)

    return Block(weeks[0].height, draw, gap=14)


def _rules(job: Job, width: float) -> list[Block]:
    """When to do more, when to do less; a patient with the strict pain rule does more only when told to."""
    words, zones = job.words, job.handout.zones
    care = next((zone for zone in zones if zone.kind == "care"), None)
    free = max((zone.high for zone in zones if zone.kind == "go"), default=0)
    signs = {info.sign for entry in job.handout.entries for info in entry.levels}
    more = words.say("move_up_how", n=free) if care and "harder" in signs else words.say("move_up_ask")
    easier = "easier" in signs
    if care:
        less = words.say("move_down_care" if easier else "move_down_care_half", low=care.low, high=care.high)
    else:
        less = words.say("move_down_strict" if easier else "move_down_strict_half")
    up_title = words.say("move_up" if care and "harder" in signs else "move_up_title_ask")
    return [
        _rule(job, width, up_title, more, icons.up),
        _rule(job, width, words.say("move_down"), less, icons.down),
    ]


def _rule(job: Job, width: float, title: Text, text: Text, icon: icons.Icon) -> Block:
    theme, k = job.theme, job.theme.k
    indent = 24 * k
    top = theme.cap("bold") + 8 * k
    height = top + theme.tall(text, "body", width - indent)

    def draw(pen: Pen, x: float, y: float) -> None:
        icon(pen, x + 7 * k, y + 8 * k, 17 * k, pen.palette.brand)
        pen.tagged("H3", x + indent, y, title, "bold")
        pen.tagged("P", x + indent, y + top, text, width=width - indent)

    return Block(height, draw, gap=18)


def _questions(job: Job, width: float, lines: int) -> Block:
    k = job.theme.k
    leading = QUESTION_LEADING * k
    title = job.words.say("questions")

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.tagged("H3", x, y, title, "bold")
        for i in range(1, lines + 1):
            at = y + 9 * k + leading * i
            pen.line(x, at, x + width, at, pen.palette.rule)

    return Block(9 * k + leading * lines, draw, gap=24)
