"""The page to write on: a table for each week, questions for the next visit, and what was checked, with signatures."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.graphics.barcode.qr import QrCode

from handouts.compose.handout import Card, Handout
from handouts.compose.text import Text, joined, without_language, wording
from handouts.layout import icons
from handouts.layout.blocks import Block, HandoutBlock, Paragraphs, Pen
from handouts.layout.theme import CAP, Theme

GUTTER = 22.0
DAYS = 7
MOST_PARTS = 3
LEAST_ROW, MOST_ROW = 18.5, 27.0
NAME_LEADING = 1.05
QUESTION_LINES, QUESTION_PITCH = 3, 25.0
QR_SIZE = 57.0


class WeekTable(HandoutBlock):
    """One week: exercises down, days across, the worst pain of each day at the foot. A table to a reader too.

    `cards` are all exercises or some of them; the foot stands below the last.
    """

    def __init__(self, theme: Theme, handout: Handout, title: Text, row: float, cards: Sequence[Card]) -> None:
        super().__init__(theme, handout)
        self.cards, self.title, self.row = cards, title, row
        self.has_foot = cards[-1] is handout.cards[-1]

    def measure(self, width: float) -> float:
        theme, k = self.theme, self.theme.k
        everything = self.handout.cards
        self.indent = (15 if len(everything) < 10 else 20) * k + 4
        widest = max(theme.wide(card.name, "body") for card in everything)
        self.names = min(112.0 if not theme.large else width * 0.5, widest + self.indent + 4)
        self.names = max(self.names, theme.wide(self.labels["pain_row"], "bold") + 8)
        self.cell = (width - self.names) / DAYS
        self.head = 14 * k
        self.rows = [max(self.row, self._name_height(card) + 7 * k) for card in self.cards]
        self.pain_row = max(self.row, theme.cap("bold") + 8 * k) if self.has_foot else 0.0
        return self.head + sum(self.rows) + self.pain_row

    def _name_height(self, card: Card) -> float:
        style = self.theme.styles["body"]
        lines = len(self.theme.lines(card.name, "body", self.names - self.indent - 3))
        return CAP * style.size + (lines - 1) * style.size * NAME_LEADING

    def paint(self, pen: Pen) -> None:
        log = self.handout.log
        with pen.tag("Table"):
            with pen.tag("THead"), pen.tag("TR"):
                with pen.tag("TH", scope="Column"):
                    pen.text(0, 0, self.title, "bold", colour=pen.palette.brand)
                for i, (day, full) in enumerate(zip(log.days, log.days_in_full, strict=True)):
                    left = self.names + self.cell * i
                    _day(pen, left, 0, self.cell, day, full)
            with pen.tag("TBody"):
                top = self.head
                for card, high in zip(self.cards, self.rows, strict=True):
                    with pen.tag("TR"):
                        self._row(pen, card, top, high)
                    top += high
                if self.has_foot:
                    self._foot(pen, top)
        self._grid(pen)

    def _foot(self, pen: Pen, top: float) -> None:
        theme = self.theme
        with pen.tag("TR"):
            fill = None if theme.ink_saver else pen.palette.tint
            pen.rect(0, top, self.width, self.pain_row, fill=fill)
            with pen.tag("TH", scope="Row"):
                pen.text(4, top + (self.pain_row - theme.cap("bold")) / 2, self.labels["pain_row"], "bold")
            _empty_cells(pen)

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
            parts = _parts(card)
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


def _parts(card: Card) -> int:
    """In how many parts a day's cell is, one for each session; many are one."""
    return card.when.sessions if card.when.sessions <= MOST_PARTS else 1


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

    def __init__(
        self, theme: Theme, handout: Handout, titles: Sequence[Text], row: float, gap: float, cards: Sequence[Card]
    ) -> None:
        self.tables = [WeekTable(theme, handout, title, row, cards) for title in titles]
        super().__init__(theme, self.tables, gap)

    @classmethod
    def within(
        cls, room: float, theme: Theme, handout: Handout, titles: Sequence[Text], row: float, gap: float
    ) -> list[WeekPair]:
        """The weeks in one block; in two, with half of the exercises each, where that is taller than `room`."""
        cards = handout.cards
        whole = cls(theme, handout, titles, row, gap, cards)
        if whole.wrap(theme.measure, 0)[1] <= room:
            return [whole]
        half = (len(cards) + 1) // 2
        return [cls(theme, handout, titles, row, gap, some) for some in (cards[:half], cards[half:])]

    def take(self, row: float) -> None:
        """Another height of a row than it was made with."""
        for table in self.tables:
            table.row = row
            table.changed()
        self.changed()


class MonthStrip(HandoutBlock):
    """The log of one exercise: the days of each week in a strip, a row to check and a row for the pain of the day."""

    def paint(self, pen: Pen) -> float:
        theme, palette, log, labels = self.theme, pen.palette, self.handout.log, self.labels
        self.label = max(theme.wide(labels[key], "bold") for key in ("log_done", "pain_row")) + 8
        self.cell = (self.width - self.label - 6 * (len(log.weeks) - 1)) / (7 * len(log.weeks))
        title = theme.wide(log.title, "head") + 14
        pen.tagged("H2", 0, 0, log.title, "head", colour=palette.brand)
        help_height = pen.tagged("P", title, 1, log.help, width=self.width - title)
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
        parts = _parts(self.handout.cards[0])
        dots = [
            (x + self.cell * part / parts, top + 2, x + self.cell * part / parts, top + 19)
            for x, _, _ in self._days()
            for part in range(1, parts)
        ]
        pen.lines(dots, palette.rule, 0.6, dash=(1.5, 2))
        for week in range(len(log.weeks)):
            pen.rect(self._left(week), top, 7 * self.cell, 42, stroke=palette.ink, line=1)
        return top + 42

    def _left(self, week: int) -> float:
        return self.label + week * (7 * self.cell + 6)

    def _days(self) -> list[tuple[float, Text, Text]]:
        """Left edge, letter and full name of each day of all weeks."""
        log = self.handout.log
        return [
            (self._left(week) + day * self.cell, log.days[day], joined(title, log.days_in_full[day], by=", "))
            for week, title in enumerate(log.weeks)
            for day in range(DAYS)
        ]


class Questions(HandoutBlock):
    """Lines for the patient's questions."""

    def __init__(self, theme: Theme, handout: Handout, gap: float, lines: int = QUESTION_LINES) -> None:
        super().__init__(theme, handout, gap)
        self.lines = lines

    def paint(self, pen: Pen) -> float:
        first = pen.tagged("H3", 0, 0, self.labels["questions"], "head", width=self.width) + 25 * self.theme.k
        pen.unseen(0, first, self.labels["write_questions"], self.width, tag="P")
        for i in range(self.lines):
            y = first + i * QUESTION_PITCH * self.theme.k
            pen.line(0, y, self.width, y, pen.palette.rule)
        return first + (self.lines - 1) * QUESTION_PITCH * self.theme.k


class Checked(HandoutBlock):
    """What was checked with the patient, and two signatures."""

    def paint(self, pen: Pen) -> float:
        theme, palette, k, labels = self.theme, pen.palette, self.theme.k, self.labels
        title = pen.tagged("H3", 0, 0, labels["checked_on"], "head", width=self.width - 60 * k)
        after = theme.wide(labels["checked_on"], "head") + 6
        if after < self.width - 40 * k:
            pen.line(after, title + 2, self.width, title + 2, palette.ink)
        pen.unseen(after, 0, labels["write_date"], 40 * k, tag="P")
        at = title + 11 * k
        for check in ("showed_us_one" if len(self.handout.cards) == 1 else "showed_us", "told_us"):
            icons.tick_box(pen, 0, at + theme.cap("body") / 2)
            at += pen.tagged("P", 18 * k, at, labels[check], width=self.width - 18 * k) + 11 * k
        line, each = at + 20 * k, (self.width - 10) / 2
        for i, who in enumerate(("sign_patient", "sign_clinician")):
            left = i * (each + 10)
            pen.line(left, line, left + each, line, palette.ink)
            pen.tagged("P", left, line + 5 * k, labels[who], colour=palette.ink2)
            pen.unseen(left, line - 12 * k, labels["sign_here"], each, tag="P")
        return line + 5 * k + theme.cap("body")


class CheckedInTwoLines(HandoutBlock):
    """The same for the sheet of one exercise: two lines over the whole measure."""

    BLANKS = (
        ("sign_date", "write_date", 70.0),
        ("sign_patient", "sign_here", 130.0),
        ("sign_clinician", "sign_here", 130.0),
    )
    """The label of each blank, what a reader is told to write there, and its length."""

    def paint(self, pen: Pen) -> float:
        theme, labels, title = self.theme, self.labels, self.labels["checked_one"]
        checks = (labels["showed_us_one"], labels["told_us"])
        wide = theme.wide(title, "bold") + 8 + sum(theme.wide(check, "body") + 24 for check in checks)
        pen.tagged("H3", 0, 0, title, "bold")
        x, y = theme.wide(title, "bold") + 8, 0.0
        for i, check in enumerate(checks):
            if i and wide > self.width:
                x, y = 0.0, 18.0
            icons.tick_box(pen, x, y + theme.cap("body") / 2)
            pen.tagged("P", x + 15, y, check)
            x += theme.wide(check, "body") + 24
        base, x = theme.cap("body") + y + 26, 0.0
        scale = self.width / (sum(theme.wide(labels[label], "body") + 5 + line for label, _, line in self.BLANKS) + 28)
        for label, what, line in self.BLANKS:
            pen.tagged("P", x, base - theme.cap("body") - 2, labels[label], colour=pen.palette.ink2)
            start = x + theme.wide(labels[label], "body") + 5
            end = start + line * min(1.0, scale)
            pen.line(start, base, end, base, pen.palette.ink)
            pen.unseen(start, base - theme.cap("body") - 2, labels[what], end - start, tag="P")
            x = end + 14
        return base


class LogHeading(Paragraphs):
    """The log's name and how to fill it in."""

    def __init__(self, theme: Theme, handout: Handout, gap: float = 0.0) -> None:
        log = handout.log
        how = [("P", log.help, "body", 11.0)] if log.help and log.weeks else []
        super().__init__(theme, [("H2", log.title, "heading", 6.0), *how], gap)


class WebAddress(HandoutBlock):
    """The clinic's page as a QR code with its address in words."""

    def paint(self, pen: Pen) -> float:
        theme, web, url = self.theme, self.handout.letterhead.web, self.handout.letterhead.url or ""
        if pen.measures():
            return QR_SIZE
        with pen.canvas.artifact():
            QrCode(url, width=QR_SIZE, height=QR_SIZE, qrLevel="M").drawOn(pen.canvas, 0, 0)
        left, top = QR_SIZE + 18, (QR_SIZE - theme.cap("body")) / 2
        room = self.width - left
        with pen.tag("P"), pen.tag("Link"):
            pen.text(left, top, web, width=room)
            width = min(theme.wide(web, "body"), room)
            pen.link(url, wording(web), left, top - 2, width, theme.cap("body") + 4)
        return QR_SIZE
