"""The opening of page 1: title and purpose, the patient's goal, a note, the row of facts, what changed."""

from __future__ import annotations

from handouts.compose.handout import Changes, Handout
from handouts.compose.text import Text, joined, labelled, parted, strengthened
from handouts.layout import icons
from handouts.layout.blocks import Block, HandoutBlock, Paragraphs, Pen
from handouts.layout.letterhead import clinic_lines
from handouts.layout.theme import Theme


def title_block(theme: Theme, handout: Handout, gap: float, *, needs: bool = True, whole: bool = True) -> Paragraphs:
    """The program's title, the sheet's only heading of the first level; purpose, goal, what is needed, and a note."""
    below = _below_title(handout, needs=needs) if whole else []
    texts = [("P", text, style, above * theme.k) for text, style, above in below]
    return Paragraphs(theme, [("H1", handout.title, "display", 0.0), *texts], gap)


def title_rest(theme: Theme, handout: Handout, gap: float) -> list[Block]:
    """What page 1 of large print has no room for: purpose, goal, what is needed, a note; nothing where none is told."""
    texts, above = [], 0.0
    for text, style, below in _below_title(handout, needs=True):
        texts.append(("P", text, style, above))
        above = below * theme.k
    return [Paragraphs(theme, texts, gap)] if texts else []


def clinic_block(theme: Theme, handout: Handout, gap: float) -> Paragraphs:
    """Who treats, when next, and where the clinic is: in large print it stands with the questions."""
    facts = [labelled(fact.label, fact.value) for fact in handout.facts[2:] if fact.value]
    texts = enumerate([*facts, *clinic_lines(theme, handout)])
    return Paragraphs(theme, [("P", text, "body", 10.0 if i else 0.0) for i, text in texts], gap)


def _below_title(handout: Handout, *, needs: bool) -> list[tuple[Text, str, float]]:
    """Each text with its style and the space to the title or the next text."""
    others = (handout.goal, handout.needs if needs else (), handout.note)
    texts = [(handout.purpose, "lead", 11.0), *((text, "body", 9.0) for text in others)]
    return [one for one in texts if one[0]]


class FactsBlock(HandoutBlock):
    """Patient, date, clinician, next visit: label over value; a missing value is a line to write on.

    The columns are equal while every value goes on one line; else a long name takes what the others leave.
    """

    GUTTER = 14.0

    def paint(self, pen: Pen) -> float:
        theme, x, high = self.theme, 0.0, self.theme.cap("bold")
        below = theme.styles["body"].leading
        for fact, column in zip(self.handout.facts, self._columns(), strict=True):
            pen.tagged("P", x, 0, fact.label, "body", colour=pen.palette.ink2)
            if fact.value:
                high = max(high, pen.tagged("P", x, below, fact.value, "bold", width=column))
            else:
                base = below + theme.cap("bold") + 2
                pen.line(x, base, x + column, base, pen.palette.ink)
                pen.unseen(x, below, fact.blank, column, tag="P")
            x += column + self.GUTTER
        return below + high

    def _columns(self) -> list[float]:
        theme = self.theme
        own = [max(theme.wide(fact.label, "body"), theme.wide(fact.value, "bold")) + 1 for fact in self.handout.facts]
        room = self.width - self.GUTTER * (len(own) - 1)
        if max(own) <= room / len(own):
            return [room / len(own)] * len(own)
        columns = [max(room - sum(own[1:]), self.width / 4), *own[1:]]
        # A clinician's name gives way too, on more lines.
        columns[columns.index(max(columns))] -= max(0.0, sum(columns) - room)
        return columns


class LargeFacts(HandoutBlock):
    """Whose it is and how long a round takes, in large print: '**Maria Alvarez** · Nov 23, 2026   One round: …', or a
    line to write the name on."""

    def paint(self, pen: Pen) -> float:
        theme, width, brand, rounds = self.theme, self.width, pen.palette.brand, self.handout.round
        patient, date, *_ = self.handout.facts
        text = joined(strengthened(patient.value), date.value, by=" · ")
        round_room = theme.wide(rounds, "bold") + 20
        beside = (theme.wide(text, "body") if text else width / 2) + round_room <= width
        room = width - round_room if beside else width
        first = pen.tagged("P", 0, 0, text, width=room) or theme.cap("body") + 4
        if not patient.value:
            pen.tagged("P", 0, 0, patient.label)
            base, left = theme.cap("body") + 3, theme.wide(patient.label, "body") + 8
            pen.line(left, base, room, base, pen.palette.ink)
            pen.unseen(left, 0, patient.blank, room - left, tag="P")
        if beside:
            pen.tagged("H2", width, 0, rounds, "bold", colour=brand, align="right")
            return first
        return first + 10 + pen.tagged("H2", 0, first + 10, rounds, "bold", width=width, colour=brand)


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
