"""The page to write on: a table for each week, questions for the next visit, and what was checked, with signatures."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.graphics.barcode.qr import QrCode

from handouts.compose.handout import Card, Handout
from handouts.compose.text import Text, joined, without_language, wording
from handouts.layout.blocks import Block, Pen
from handouts.layout.theme import CAP, Theme

GUTTER = 22.0
DAYS = 7
MOST_PARTS = 3
"""A cell is parted for this many sessions a day at most."""
LEAST_ROW, MOST_ROW = 18.5, 27.0
NAME_LEADING = 1.05
QUESTION_LINES, QUESTION_PITCH = 3, 25.0
QR_SIZE = 57.0


class WeekTable(Block):
    """One week: exercises down, days across, the worst pain of each day at the foot. A table to a reader too."""

    def __init__(self, theme: Theme, handout: Handout, title: Text, row: float) -> None:
        super().__init__(theme)
        self.handout, self.cards, self.title, self.row = handout, handout.cards, title, row

    def measure(self, width: float) -> float:
        theme, k = self.theme, self.theme.k
        self.indent = (15 if len(self.cards) < 10 else 20) * k + 4
        widest = max(theme.wide(card.name, "body") for card in self.cards)
        self.names = min(112.0 if not theme.large else width * 0.5, widest + self.indent + 4)
        self.names = max(self.names, theme.wide(self.handout.labels["pain_row"], "bold") + 8)
        self.cell = (width - self.names) / DAYS
        self.head = 14 * k
        self.rows = [max(self.row, self._name_height(card) + 7 * k) for card in self.cards]
        self.pain_row = max(self.row, theme.cap("bold") + 8 * k)
        return self.head + sum(self.rows) + self.pain_row

    def _name_height(self, card: Card) -> float:
        style = self.theme.styles["body"]
        lines = len(self.theme.lines(card.name, "body", self.names - self.indent - 3))
        return CAP * style.size + (lines - 1) * style.size * NAME_LEADING

    def paint(self, pen: Pen) -> None:
        handout, theme = self.handout, self.theme
        with pen.tag("Table"):
            with pen.tag("THead"), pen.tag("TR"):
                with pen.tag("TH", scope="Column"):
                    pen.text(0, 0, self.title, "bold", colour=pen.palette.brand)
                for i, (day, full) in enumerate(zip(handout.log.days, handout.log.days_in_full, strict=True)):
                    left = self.names + self.cell * i
                    _day(pen, left, 0, self.cell, day, full)
            with pen.tag("TBody"):
                top = self.head
                for card, high in zip(self.cards, self.rows, strict=True):
                    with pen.tag("TR"):
                        self._row(pen, card, top, high)
                    top += high
                with pen.tag("TR"):
                    fill = None if theme.ink_saver else pen.palette.tint
                    pen.rect(0, top, self.width, self.pain_row, fill=fill)
                    with pen.tag("TH", scope="Row"):
                        pen.text(4, top + (self.pain_row - theme.cap("bold")) / 2, handout.labels["pain_row"], "bold")
                    _empty_cells(pen)
        self._grid(pen)

    def _row(self, pen: Pen, card: Card, top: float, high: float) -> None:
        theme = self.theme
        name_top = top + (high - self._name_height(card)) / 2
        with pen.tag("TH", scope="Row", lang=card.lang or None):
            number = (card.name[0]._replace(text=f"{card.number} ", lang=""),)
            bare = (number[0]._replace(text=str(card.number)),)
            pen.text(self.indent - 4 - theme.wide(bare, "bold"), name_top, number, "bold", colour=pen.palette.brand)
            name, leading = without_language(card.name), theme.styles["body"].size * NAME_LEADING
            pen.text(self.indent, name_top, name, width=self.names - self.indent - 3, leading=leading)
        _empty_cells(pen)

    def _grid(self, pen: Pen) -> None:
        palette, bottom = pen.palette, self.height
        rules, dots = [], []
        top = self.head
        for i, (card, high) in enumerate(zip(self.cards, self.rows, strict=True)):
            if i:
                rules.append((0.0, top, self.width, top))
            parts = card.when.sessions if card.when.sessions <= MOST_PARTS else 1
            for at in (day + part / parts for day in range(DAYS) for part in range(1, parts)):
                x = self.names + at * self.cell
                dots.append((x, top + 2, x, top + high - 2))
            top += high
        rules += [(x, self.head, x, bottom) for x in (self.names + day * self.cell for day in range(DAYS))]
        pen.lines(rules, palette.rule, 0.6)
        pen.lines(dots, palette.rule, 0.6, dash=(1.5, 2))
        pen.line(0, top, self.width, top, palette.ink, 1)
        pen.rect(0, self.head, self.width, bottom - self.head, stroke=palette.ink, line=1)


def _day(pen: Pen, left: float, top: float, width: float, letter: Text, full: Text) -> None:
    """The head of a day's column: its letter to the eye, its name to the ear."""
    with pen.canvas.artifact():
        pen.text(left + width / 2, top, letter, "bold", align="centre")
    with pen.tag("TH", scope="Column"):
        pen.unseen(left, top, full, width)


def _empty_cells(pen: Pen) -> None:
    for _ in range(DAYS):
        with pen.tag("TD"):
            pass


class SideBySide(Block):
    """Blocks in two columns; in large print, a single one over the whole width."""

    def __init__(self, theme: Theme, blocks: Sequence[Block], gap: float) -> None:
        super().__init__(theme, gap)
        self.blocks = blocks

    def measure(self, width: float) -> float:
        self.each = width if self.theme.large else (width - GUTTER) / 2
        return max(block.wrap(self.each, 0)[1] for block in self.blocks)

    def paint(self, pen: Pen) -> None:
        for i, block in enumerate(self.blocks):
            block.place(pen, i * (self.each + GUTTER), 0, self.each)


class WeekPair(SideBySide):
    """Two weeks side by side; in large print, or for the last of an odd number, one."""

    def __init__(self, theme: Theme, handout: Handout, titles: Sequence[Text], row: float, gap: float) -> None:
        self.tables = [WeekTable(theme, handout, title, row) for title in titles]
        super().__init__(theme, self.tables, gap)

    def take(self, row: float) -> None:
        """Another height of a row than it was made with."""
        for table in self.tables:
            table.row = row
            table.changed()
        self.changed()


class MonthStrip(Block):
    """The log of one exercise: the days of each week in a strip, a row to check and a row for the pain of the day."""

    def __init__(self, theme: Theme, handout: Handout, gap: float) -> None:
        super().__init__(theme, gap)
        self.handout = handout
        self.sessions = handout.cards[0].when.sessions

    def paint(self, pen: Pen) -> float:
        theme, palette, handout, labels = self.theme, pen.palette, self.handout, self.handout.labels
        self.label = max(theme.wide(labels[key], "bold") for key in ("log_done", "pain_row")) + 8
        self.weeks = handout.log.weeks[:4]
        self.cell = (self.width - self.label - 6 * (len(self.weeks) - 1)) / (7 * len(self.weeks))
        title = theme.wide(handout.log.title, "head") + 14
        pen.tagged("H2", 0, 0, handout.log.title, "head", colour=palette.brand)
        help_height = pen.tagged("P", title, 1, handout.log.help, width=self.width - title)
        head = max(theme.cap("head"), help_height) + 8
        top = head + 18
        with pen.tag("Table"):
            with pen.tag("THead"), pen.tag("TR"):
                with pen.tag("TH", scope="Column"):
                    pass
                for x, day, full in self._days():
                    _day(pen, x, head, self.cell, day, full)
            with pen.tag("TBody"):
                for row, key in enumerate(("log_done", "pain_row")):
                    with pen.tag("TR"):
                        with pen.tag("TH", scope="Row"):
                            pen.text(0, top + row * 21 + (21 - theme.cap("bold")) / 2, labels[key], "bold")
                        for x, _, _ in self._days():
                            with pen.tag("TD"):
                                fill = palette.tint if row and not theme.ink_saver else None
                                pen.rect(x, top + row * 21, self.cell, 21, fill=fill, stroke=palette.rule, line=0.7)
        parts = self.sessions if self.sessions <= MOST_PARTS else 1
        dots = [
            (x + self.cell * part / parts, top + 2, x + self.cell * part / parts, top + 19)
            for x, _, _ in self._days()
            for part in range(1, parts)
        ]
        pen.lines(dots, palette.rule, 0.6, dash=(1.5, 2))
        for week in range(len(self.weeks)):
            pen.rect(self._left(week), top, 7 * self.cell, 42, stroke=palette.ink, line=1)
        return top + 42

    def _left(self, week: int) -> float:
        return self.label + week * (7 * self.cell + 6)

    def _days(self) -> list[tuple[float, Text, Text]]:
        """Left edge, letter and full name of each day of all weeks."""
        log = self.handout.log
        return [
            (self._left(week) + day * self.cell, log.days[day], joined(title, log.days_in_full[day], by=", "))
            for week, title in enumerate(self.weeks)
            for day in range(DAYS)
        ]


class Questions(Block):
    """Lines for the patient's questions."""

    def __init__(self, theme: Theme, handout: Handout, gap: float, lines: int = QUESTION_LINES) -> None:
        super().__init__(theme, gap)
        self.title, self.blank, self.lines = handout.labels["questions"], handout.labels["write_questions"], lines

    def paint(self, pen: Pen) -> float:
        first = pen.tagged("H3", 0, 0, self.title, "head", width=self.width) + 25 * self.theme.k
        pen.unseen(0, first, self.blank, self.width, tag="P")
        for i in range(self.lines):
            y = first + i * QUESTION_PITCH * self.theme.k
            pen.line(0, y, self.width, y, pen.palette.rule)
        return first + (self.lines - 1) * QUESTION_PITCH * self.theme.k


class Checked(Block):
    """What was checked with the patient, and two signatures."""

    def __init__(self, theme: Theme, handout: Handout, gap: float) -> None:
        super().__init__(theme, gap)
        labels = handout.labels
        showed = labels["showed_us_one"] if len(handout.cards) == 1 else labels["showed_us"]
        self.title, self.checks = labels["checked_on"], (showed, labels["told_us"])
        self.signatures = (labels["sign_patient"], labels["sign_clinician"])
        self.date, self.sign = labels["write_date"], labels["sign_here"]

    def paint(self, pen: Pen) -> float:
        theme, palette, k = self.theme, pen.palette, self.theme.k
        title = pen.tagged("H3", 0, 0, self.title, "head", width=self.width - 60 * k)
        after = theme.wide(self.title, "head") + 6
        if after < self.width - 40 * k:
            pen.line(after, title + 2, self.width, title + 2, palette.ink)
        pen.unseen(after, 0, self.date, 40 * k, tag="P")
        at = title + 11 * k
        for check in self.checks:
            pen.rect(0, at + theme.cap("body") / 2 - 5.5 * k, 11 * k, 11 * k, stroke=palette.ink, line=1.1, radius=1.5)
            at += pen.tagged("P", 18 * k, at, check, width=self.width - 18 * k) + 11 * k
        line, each = at + 20 * k, (self.width - 10) / 2
        for i, label in enumerate(self.signatures):
            left = i * (each + 10)
            pen.line(left, line, left + each, line, palette.ink)
            pen.tagged("P", left, line + 5 * k, label, colour=palette.ink2)
            pen.unseen(left, line - 12 * k, self.sign, each, tag="P")
        return line + 5 * k + theme.cap("body")


class CheckedInTwoLines(Block):
    """The same for the sheet of one exercise: two lines over the whole measure."""

    def __init__(self, theme: Theme, handout: Handout, gap: float) -> None:
        super().__init__(theme, gap)
        labels = handout.labels
        self.title, self.checks = labels["checked_one"], (labels["showed_us_one"], labels["told_us"])
        self.blanks = (
            (labels["sign_date"], labels["write_date"], 70.0),
            (labels["sign_patient"], labels["sign_here"], 130.0),
            (labels["sign_clinician"], labels["sign_here"], 130.0),
        )

    def paint(self, pen: Pen) -> float:
        theme, palette = self.theme, pen.palette
        wide = theme.wide(self.title, "bold") + 8 + sum(theme.wide(check, "body") + 24 for check in self.checks)
        two_rows = wide > self.width
        pen.tagged("H3", 0, 0, self.title, "bold")
        x, y = theme.wide(self.title, "bold") + 8, 0.0
        for i, check in enumerate(self.checks):
            if i and two_rows:
                x, y = 0.0, 18.0
            pen.rect(x, y + theme.cap("body") / 2 - 5.5, 11, 11, stroke=palette.ink, line=1.1, radius=1.5)
            pen.tagged("P", x + 15, y, check)
            x += theme.wide(check, "body") + 24
        base, x = theme.cap("body") + y + 26, 0.0
        scale = self.width / (sum(theme.wide(label, "body") + 5 + line for label, _, line in self.blanks) + 28)
        for label, what, line in self.blanks:
            pen.tagged("P", x, base - theme.cap("body") - 2, label, colour=palette.ink2)
            start = x + theme.wide(label, "body") + 5
            end = start + line * min(1.0, scale)
            pen.line(start, base, end, base, palette.ink)
            pen.unseen(start, base - theme.cap("body") - 2, what, end - start, tag="P")
            x = end + 14
        return base


class LogHeading(Block):
    """The log's name and how to fill it in."""

    def __init__(self, theme: Theme, handout: Handout, gap: float = 0.0) -> None:
        super().__init__(theme, gap)
        self.title, self.help = handout.log.title, handout.log.help if handout.log.weeks else ()

    def paint(self, pen: Pen) -> float:
        at = 6 + pen.tagged("H2", 0, 6, self.title, "heading", width=self.width, colour=pen.palette.brand)
        return at + 11 + pen.tagged("P", 0, at + 11, self.help, width=self.width) if self.help else at


class WebAddress(Block):
    """The clinic's page as a QR code with its address in words."""

    def __init__(self, theme: Theme, handout: Handout, gap: float) -> None:
        super().__init__(theme, gap)
        self.web, self.url = handout.letterhead.web, handout.letterhead.url or ""

    def measure(self, width: float) -> float:
        self.size = QR_SIZE * (1.25 if self.theme.large else 1)
        self.code = QrCode(self.url, width=self.size, height=self.size, qrLevel="M")
        self.room = width - self.size - 18
        return self.size

    def paint(self, pen: Pen) -> None:
        theme = self.theme
        with pen.canvas.artifact():
            self.code.drawOn(pen.canvas, 0, 0)
        left, top = self.size + 18, (self.size - theme.cap("body")) / 2
        with pen.tag("P"), pen.tag("Link"):
            pen.text(left, top, self.web, width=self.room)
            width = min(theme.wide(self.web, "body"), self.room)
            pen.link(self.url, wording(self.web), left, top - 2, width, theme.cap("body") + 4)
