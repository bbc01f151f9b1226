"""The opening of page 1: title and purpose, the patient's goal, the row of facts, a caution about the whole program."""

from __future__ import annotations

from handouts.sheet.content import Fact
from handouts.sheet.flow import Block
from handouts.sheet.job import Job
from handouts.sheet.parts import CautionBox, draw_info, info_height
from handouts.sheet.pen import Pen
from handouts.sheet.telling import Info
from handouts.sheet.words import joined, strengthened

WRITING_LINE = 170.0


def title_block(job: Job, *, with_goal: bool = False) -> Block:
    """The program's title, the sheet's only first-level heading, and its purpose under it; `with_goal` sets the
    patient's goal at the end of that line."""
    theme, handout = job.theme, job.handout
    goal = handout.goal if with_goal and goal_fits_purpose(job) else ()
    column = min(theme.measure, 480 * theme.k)
    title = theme.tall(handout.title, "display", theme.measure, "balance")
    purpose = theme.tall(handout.purpose, "lead", column)
    gap = 13 * theme.k if purpose else 0

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.tagged("H1", x, y, handout.title, "display", width=theme.measure, mode="balance")
        pen.tagged("P", x, y + title + gap, handout.purpose, "lead", width=column)
        below = y + title + gap + theme.cap("lead") - theme.cap("body")
        pen.tagged("P", x + theme.measure, below, goal, "body", align="right")

    return Block(title + gap + purpose, draw, gap=16)


def goal_fits_purpose(job: Job) -> bool:
    """Whether purpose and goal go on one line."""
    theme, handout = job.theme, job.handout
    if not (handout.purpose and handout.goal) or theme.large:
        return False
    return theme.wide(handout.purpose, "lead") + 18 + theme.wide(handout.goal, "body") <= theme.measure


def goal_block(job: Job, *, with_goal: bool = True) -> Block:
    """The patient's own goal, unless it stands elsewhere, and the clinician's note on the whole program."""
    theme, handout = job.theme, job.handout
    said = handout.goal if with_goal else ()
    column = min(theme.measure, 460 * theme.k)
    goal = theme.tall(said, "body", column)
    note = Info("note", handout.note)
    noted = info_height(theme, note, column) if handout.note else 0.0
    gap = 10 * theme.k if goal and noted else 0.0

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.tagged("P", x, y, said, "body", width=column)
        if handout.note:
            draw_info(pen, note, x, y + goal + gap, column)

    return Block(goal + gap + noted, draw, gap=13)


def facts_block(job: Job, *, inline: bool = False) -> Block:
    """Patient, date, clinician, next visit: label over value, equal gaps; a missing value is a line to write on.

    `inline` sets label and value on one line, where large print has no room.
    """
    theme, facts = job.theme, job.handout.facts
    if inline:
        return _facts_inline(job)
    rows = [facts[:2], facts[2:]] if theme.large else [facts]
    columns = [_columns(job, row) for row in rows if row]
    below = 17 * theme.k
    heights = [
        below + max(theme.tall(fact.value, "bold", width) or theme.cap("bold") for fact, _, width in row)
        for row in columns
    ]
    between = 16.0

    def draw(pen: Pen, x: float, y: float) -> None:
        for row, height in zip(columns, heights, strict=True):
            for fact, dx, width in row:
                pen.tagged("P", x + dx, y + 1, fact.label, "body", colour=pen.palette.ink2)
                if fact.value:
                    pen.tagged("P", x + dx, y + 1 + below, fact.value, "bold", width=width)
                else:
                    line = y + 3 + below + theme.cap("bold")
                    pen.line(x + dx, line, x + dx + width, line, pen.palette.ink)
            y += height + between

    return Block(sum(heights) + between * (len(heights) - 1), draw, gap=15)


def _facts_inline(job: Job) -> Block:
    """Two facts a line, label and value together."""
    theme, facts = job.theme, job.handout.facts
    places = [(0.0, 0.58), (0.6, 0.4)]
    texts = [
        (i // 2, *places[i % 2], joined(fact.label, strengthened(fact.value)), fact) for i, fact in enumerate(facts)
    ]
    rows = range(-(-len(facts) // 2))
    heights = [
        max(theme.tall(text, "body", theme.measure * share) for at, _, share, text, _ in texts if at == row)
        for row in rows
    ]
    gap = 9.0 * theme.k

    def draw(pen: Pen, x: float, y: float) -> None:
        for row, dx, share, text, fact in texts:
            top = y + sum(heights[:row]) + gap * row
            left = x + theme.measure * dx
            pen.tagged("P", left, top, text, width=theme.measure * share)
            if not fact.value:
                line = top + heights[row] + 2
                pen.line(left + theme.wide(text, "body") + 6, line, left + theme.measure * share, line, pen.palette.ink)

    return Block(sum(heights) + gap * (len(heights) - 1), draw, gap=15)


def _columns(job: Job, facts: tuple[Fact, ...]) -> list[tuple[Fact, float, float]]:
    """Each fact with its place and width. A long name wraps in its column; the others keep to one line."""
    theme = job.theme
    if theme.large:
        return [
            (fact, theme.measure * (0.58 * i), theme.measure * (0.42 if i else 0.56)) for i, fact in enumerate(facts)
        ]
    widths: list[float] = []
    for fact in facts:
        own = theme.wide(fact.value, "bold") if fact.value else WRITING_LINE * (1 if not widths else 0.6)
        widths.append(max(theme.wide(fact.label, "body"), own) + 1)
    least = 18.0
    for i in (0, 2):
        spare = theme.measure - sum(widths) - least * (len(widths) - 1)
        if spare < 0 and i < len(widths):
            widths[i] = max(90.0, widths[i] + spare)
    gap = min(72.0, (theme.measure - sum(widths)) / max(1, len(widths) - 1))
    placed, x = [], 0.0
    for fact, width in zip(facts, widths, strict=True):
        placed.append((fact, x, width))
        x += width + gap
    return placed


def caution_block(job: Job) -> Block:
    """'For you', about the whole program: only when a packet was overridden."""
    box = CautionBox(job.theme, job.words.say("for_you"), job.handout.caution, job.theme.measure)
    return Block(box.height, box.draw, gap=13)
