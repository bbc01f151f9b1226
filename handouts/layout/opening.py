"""The opening of page 1: title and purpose, the patient's goal, a note, the row of facts, what changed."""

from __future__ import annotations

from handouts.compose.handout import Changes, Handout
from handouts.compose.text import Text, joined, labelled, parted, strengthened
from handouts.layout import icons
from handouts.layout.blocks import Block, Pen
from handouts.layout.theme import Theme


class TitleBlock(Block):
    """The program's title, the sheet's only heading of the first level; purpose, goal, what is needed, and a note."""

    def __init__(self, theme: Theme, handout: Handout, gap: float, *, needs: bool = True, whole: bool = True) -> None:
        super().__init__(theme, gap)
        self.title, self.lines = handout.title, _below_title(handout, needs=needs) if whole else ()

    def paint(self, pen: Pen) -> float:
        at = pen.tagged("H1", 0, 0, self.title, "display", width=self.width, balance=True)
        for text, style, gap in self.lines:
            at += gap * self.theme.k
            at += pen.tagged("P", 0, at, text, style, width=self.width)
        return at


class TitleRest(Block):
    """What page 1 of large print has no room for: purpose, goal, what is needed, a note."""

    def __init__(self, theme: Theme, handout: Handout, gap: float) -> None:
        super().__init__(theme, gap)
        self.lines = _below_title(handout, needs=True)

    def paint(self, pen: Pen) -> float:
        at = below = 0.0
        for text, style, gap in self.lines:
            at += below
            at += pen.tagged("P", 0, at, text, style, width=self.width)
            below = gap * self.theme.k
        return at


class ClinicLines(Block):
    """Who treats, when next, and where the clinic is: in large print it stands with the questions."""

    def __init__(self, theme: Theme, handout: Handout, gap: float) -> None:
        super().__init__(theme, gap)
        head = handout.letterhead
        facts = [labelled(fact.label, fact.value) for fact in handout.facts[2:] if fact.value]
        self.texts = [text for text in (*facts, head.line, head.address, head.hours) if text]

    def paint(self, pen: Pen) -> float:
        at = 0.0
        for text in self.texts:
            at += pen.tagged("P", 0, at, text, width=self.width) + 10
        return max(0.0, at - 10)


def _below_title(handout: Handout, *, needs: bool) -> tuple[tuple[Text, str, float], ...]:
    """Each text with its style and the gap above it."""
    purpose = ((handout.purpose, "lead", 11.0),) if handout.purpose else ()
    others = (handout.goal, handout.needs if needs else (), handout.note)
    return (*purpose, *((text, "body", 9.0) for text in others if text))


class FactsBlock(Block):
    """Patient, date, clinician, next visit: label over value; a missing value is a line to write on.

    The columns are equal while every value goes on one line; else a long name takes what the others leave.
    """

    GUTTER = 14.0

    def __init__(self, theme: Theme, handout: Handout, gap: float) -> None:
        super().__init__(theme, gap)
        self.facts = handout.facts

    def measure(self, width: float) -> float:
        theme, gutter = self.theme, self.GUTTER
        own = [max(theme.wide(fact.label, "body"), theme.wide(fact.value, "bold")) + 1 for fact in self.facts]
        each = (width - gutter * (len(own) - 1)) / len(own)
        if max(own) <= each:
            self.columns = [each] * len(own)
        else:
            rest = width - sum(own[1:]) - gutter * (len(own) - 1)
            self.columns = [max(rest, width / 4), *own[1:]]
            over = sum(self.columns) + gutter * (len(own) - 1) - width
            if over > 0:  # a clinician's name gives way too, on more lines
                widest = max(range(len(own)), key=lambda i: self.columns[i])
                self.columns[widest] -= over
        self.below = theme.styles["body"].leading
        values = zip(self.facts, self.columns, strict=True)
        return self.below + max(theme.tall(fact.value, "bold", column) or theme.cap("bold") for fact, column in values)

    def paint(self, pen: Pen) -> None:
        x = 0.0
        for fact, column in zip(self.facts, self.columns, strict=True):
            pen.tagged("P", x, 0, fact.label, "body", colour=pen.palette.ink2)
            if fact.value:
                pen.tagged("P", x, self.below, fact.value, "bold", width=column)
            else:
                base = self.below + self.theme.cap("bold") + 2
                pen.line(x, base, x + column, base, pen.palette.ink)
                with pen.tag("P"):
                    pen.unseen(x, self.below, fact.blank, column)
            x += column + self.GUTTER


class LargeFacts(Block):
    """Whose it is and how long a round takes, in large print: '**Maria Alvarez** · Nov 23, 2026   One round: …', or a
    line to write the name on."""

    def __init__(self, theme: Theme, handout: Handout, gap: float) -> None:
        super().__init__(theme, gap)
        patient, date, *_ = handout.facts
        self.label, self.blank = () if patient.value else patient.label, patient.blank
        self.text = joined(strengthened(patient.value), date.value, by=" · ")
        self.round = handout.round

    def measure(self, width: float) -> float:
        theme = self.theme
        who = theme.wide(self.text, "body") if self.text else width / 2
        self.beside = who + 20 + theme.wide(self.round, "bold") <= width
        self.room = width if not self.beside else width - theme.wide(self.round, "bold") - 20
        self.first = theme.tall(self.text, "body", self.room) if self.text else theme.cap("body") + 4
        below = 0.0 if self.beside else 10 + theme.tall(self.round, "bold", width)
        return self.first + below

    def paint(self, pen: Pen) -> None:
        pen.tagged("P", 0, 0, self.text, width=self.room)
        if self.label:
            pen.tagged("P", 0, 0, self.label)
            base = self.theme.cap("body") + 3
            left = self.theme.wide(self.label, "body") + 8
            pen.line(left, base, self.room, base, pen.palette.ink)
            with pen.tag("P"):
                pen.unseen(left, 0, self.blank, self.room - left)
        if self.beside:
            pen.tagged("H2", self.width, 0, self.round, "bold", colour=pen.palette.brand, align="right")
        else:
            pen.tagged("H2", 0, self.first + 10, self.round, "bold", width=self.width, colour=pen.palette.brand)


class ForYouBlock(Block):
    """The amber box of what one patient must know: paragraphs beside a triangle, over the full width.

    The label of the first, "For you", is a heading of `level` to a reader.
    """

    PAD, INSET = 7.0, 24.0

    def __init__(self, theme: Theme, paragraphs: tuple[Text, ...], gap: float, level: str = "H2") -> None:
        super().__init__(theme, gap)
        self.paragraphs, self.level = paragraphs, level

    def paint(self, pen: Pen) -> float:
        palette, k = pen.palette, self.theme.k
        at, column = self.PAD * k, self.width - self.INSET * k - 9
        fill = None if self.theme.ink_saver else palette.warn_tint
        pen.rect(0, 0, self.width, self.height, fill=fill, stroke=palette.warn_line, line=1.25, radius=5)
        icons.careful(pen, 12.5 * k, self.PAD * k + self.theme.cap("body") / 2, 14 * k, palette.ink)
        for i, text in enumerate(self.paragraphs):
            if not i and parted(text)[0]:
                at += pen.run_in(self.level, self.INSET * k, at, text, column)
            else:
                at += pen.tagged("P", self.INSET * k, at, text, width=column)
            at += 8 * k
        return at - 8 * k + (self.PAD + 0.5) * k


class ChangesBlock(Block):
    """What changed since the last handout, in a box of the clinic's tint."""

    PAD = 9.0

    def __init__(self, theme: Theme, changes: Changes, gap: float) -> None:
        super().__init__(theme, gap)
        self.changes = changes

    def paint(self, pen: Pen) -> float:
        palette, x = pen.palette, self.PAD * self.theme.k
        column = self.width - 2 * x
        fill = None if self.theme.ink_saver else palette.tint
        pen.rect(0, 0, self.width, self.height, fill=fill, stroke=palette.brand, line=1.25, radius=5)
        with pen.tag("Sect"):
            at = x + pen.tagged("H2", x, x, self.changes.title, "box", width=column, colour=palette.brand)
            for text in self.changes.lines:
                at += 8 * self.theme.k
                at += pen.tagged("P", x, at, text, width=column)
        return at + x
