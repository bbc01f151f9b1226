"""The list of page 1: position, picture, number, name, dose and when, a row for each exercise. A table to a reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from handouts.compose.handout import Card, Handout
from handouts.compose.text import Text, without_language, wording
from handouts.layout import icons
from handouts.layout.blocks import HandoutBlock, Pen
from handouts.layout.pictures import Pictures
from handouts.layout.theme import Theme

PICTURE, SMALL_PICTURE = 80.0, 62.0
DAY = 58.0
"""Width of the columns Morning and Evening."""
BLANK = 42.0
"""Length of the line to write how often."""
NAME_SHARES = (0.3, 0.34, 0.38, 0.42, 0.46, 0.5)
"""How much of a row without a picture its name may take."""


@dataclass(frozen=True)
class ListForm:
    """How tight the list is: the height of a row before its second lines, the width of its pictures, 0 for none, and
    the least that a row without a picture is taller than its text."""

    row: float
    picture: float = PICTURE
    air: float = 9.0


class ExerciseList(HandoutBlock):
    """All exercises with their doses; rows are as tall as `form` says, and taller for a name or a dose of two lines."""

    def __init__(self, theme: Theme, handout: Handout, pictures: Pictures, form: ListForm, gap: float) -> None:
        super().__init__(theme, handout, gap)
        self.cards, self.pictures, self.form = handout.cards, pictures, form
        self.times = handout.labels["times_a_day_blank"]

    def measure(self, width: float) -> float:
        theme, k = self.theme, self.theme.k
        large, with_pictures = theme.large, bool(self.form.picture)
        self.two_columns = any(card.when.evening for card in self.cards)
        self.rail = self._rail() if with_pictures and not large else 0.0
        self.picture = self.form.picture
        numbers = max(theme.wide(_number(card), "name") - self._space(card) for card in self.cards)
        usual = (8 if with_pictures else 2) + (14 if self.cards[-1].number < 10 else 21) * k
        self.name_x = self.rail + self.picture + max(usual, numbers + 8 * k)
        self.rooms = {card.number: width - self._when_width(card) - 8 - self.name_x for card in self.cards}
        if not with_pictures:
            # Names and doses share the line so that the rows together are lowest.
            least = min(self.rooms.values())
            widest = max(theme.wide(card.name, "name") for card in self.cards) + 1
            most = least * max(NAME_SHARES)
            word = min(self._longest_word([card.name for card in self.cards], "name") + 1, most)
            shares = {max(word, least * share) for share in NAME_SHARES} | {min(max(word, widest), most)}
            self.name_room = min(shares, key=lambda room: (sum(self._rows_with(room)), room))
        self.rows = [self._row_height(card) for card in self.cards]
        # In large print the heading stands on the line of the patient's name.
        self.head = (
            0.0 if large else max(theme.tall(self.handout.round, "head", width - 2 * DAY), theme.cap("head")) + 8
        )
        return self.head + 1.5 + sum(self.rows) + 1.5

    def _rail(self) -> float:
        """The narrowest column that sets every position in two lines."""
        theme = self.theme
        names = [card.position_name for card in self.cards]
        width = self._longest_word(names, "rail")
        while any(len(theme.lines(name, "rail", width)) > 2 for name in names):
            width += 2
        return width + 7

    def _longest_word(self, texts: Iterable[Text], style: str) -> float:
        wide = self.theme.wide
        return max(wide((text[0]._replace(text=word),), style) for text in texts for word in wording(text).split())

    def _when_width(self, card: Card) -> float:
        theme, when = self.theme, card.when
        if when.morning:
            columns = 2 if self.two_columns else 1
            return 20.0 * theme.k * columns if theme.large else DAY * (columns - 0.5) + 8
        if when.words:
            return theme.wide(when.words, "semi")
        return theme.wide(self.times, "body") + BLANK * theme.k + 4

    def _rows_with(self, name_room: float) -> list[float]:
        self.name_room = name_room
        return [self._row_height(card) for card in self.cards]

    def _row_height(self, card: Card) -> float:
        """The form's height, and a line more for each second line of name or dose."""
        theme = self.theme
        if not self.form.picture:
            return max(self.form.row, self._text_height(card) + self.form.air)
        names = len(theme.lines(card.name, "name", self._name_room(card)))
        doses = len(theme.lines(card.list_dose, "body", self._dose_room(card)))
        more = (names - 1) * theme.styles["name"].leading + (doses - 1) * theme.styles["body"].leading
        return self.form.row + more

    def _name_room(self, card: Card) -> float:
        return self.rooms[card.number] if self.form.picture else self.name_room

    def _dose_room(self, card: Card) -> float:
        if not self.form.picture:
            return self.rooms[card.number] - self.name_room - 12
        # In large print the line below the name has the whole width.
        return self.rooms[card.number] if not self.theme.large else self.width - self.name_x

    def _text_height(self, card: Card) -> float:
        theme = self.theme
        name = theme.tall(card.name, "name", self._name_room(card))
        dose = theme.tall(card.list_dose, "body", self._dose_room(card))
        if not self.form.picture:
            return max(name, dose)
        return name + (self._between + dose if card.list_dose else 0)

    @property
    def _between(self) -> float:
        """From the name to the dose below it: in large print closer, so that each keeps clear of the rows' rules."""
        theme = self.theme
        return theme.styles["body"].leading - theme.cap("body") + (-2 if theme.large else 1)

    def _space(self, card: Card) -> float:
        """Width of the space behind a number, which is for the ear alone."""
        return self.theme.wide((card.name[0]._replace(text=" "),), "name")

    @property
    def least(self) -> float:
        """The least height of a row with a picture: its text, and a little air."""
        air = 8 if self.theme.large else 5
        return air + max(
            self._text_height(card) - (row - self.form.row) for card, row in zip(self.cards, self.rows, strict=True)
        )

    def take(self, form: ListForm) -> None:
        """Another form than the one it was made with."""
        self.form = form
        self.changed()

    def paint(self, pen: Pen) -> None:
        theme, palette = self.theme, pen.palette
        with pen.tag("Sect"):
            if not theme.large:
                pen.tagged("H2", 0, 0, self.handout.round, "head", width=self.width - 2 * DAY, colour=palette.brand)
            days = [self.width - DAY * 1.5, self.width - DAY * 0.5] if self.two_columns else [self.width - DAY * 0.5]
            if not theme.large and any(card.when.morning for card in self.cards):
                base = self.head - 8 - theme.cap("bold")
                for x, label in zip(days, (self.labels["morning"], self.labels["evening"]), strict=False):
                    with pen.canvas.artifact():
                        pen.text(x, base, label, "bold", align="centre")
            top = self.head
            pen.rect(0, top, self.width, 1.5, fill=palette.ink)
            top += 1.5
            with pen.tag("Table"), pen.tag("TBody"):
                for i, (card, high) in enumerate(zip(self.cards, self.rows, strict=True)):
                    new = not i or card.position != self.cards[i - 1].position
                    if i:
                        start = 0.0 if new or not self.rail else self.rail
                        pen.line(
                            start, top, self.width, top, palette.rule if new else palette.hair, 0.75 if new else 0.5
                        )
                    with pen.tag("TR"):
                        self._row(pen, card, top, high, new, days)
                    top += high
            pen.rect(0, top, self.width, 1.5, fill=palette.ink)

    def _row(self, pen: Pen, card: Card, top: float, high: float, new: bool, days: list[float]) -> None:
        theme, palette = self.theme, pen.palette
        if self.rail and new:
            with pen.canvas.artifact():  # each card says it, where it is read
                pen.text(0, top + 6, card.position_name, "rail", width=self.rail - 4, colour=palette.brand)
        frames = self.pictures.get(card.id, ())
        if self.picture and frames:
            with pen.canvas.artifact():
                frames[-1].paint(pen, self.rail, top + 1.5, self.picture, min(high, self.form.row + 8) - 3)
        name = theme.tall(card.name, "name", self._name_room(card))
        text_top = top + (high - self._text_height(card)) / 2
        with pen.tag("TH", scope="Row"):
            right = self.name_x - 8 * theme.k + self._space(card)
            pen.text(right, text_top, _number(card), "name", colour=palette.brand, align="right")
            with pen.tag("Span", lang=card.lang or None):
                pen.text(self.name_x, text_top, without_language(card.name), "name", width=self._name_room(card))
        below = (self.name_x, text_top + name + self._between)
        beside = (self.name_x + self._name_room(card) + 12, text_top)
        with pen.tag("TD"):
            pen.text(*(below if self.form.picture else beside), card.list_dose, width=self._dose_room(card))
        with pen.tag("TD"):
            self._when(pen, card, top, high, text_top, days)

    def _when(self, pen: Pen, card: Card, top: float, high: float, text_top: float, days: list[float]) -> None:
        theme, palette, k = self.theme, pen.palette, self.theme.k
        when, right = card.when, self.width
        middle = top + high / 2 if not theme.large else text_top + theme.cap("name") / 2
        cap = middle - theme.cap("body") / 2
        if when.morning:  # what the signs say to a reader
            pen.unseen(right - 2 * DAY, cap, self.handout.when(card), 2 * DAY)
        if when.morning and theme.large:
            if when.evening:
                icons.moon(pen, right - 12, middle, 20, palette.brand)
            icons.sun(pen, right - (42 if self.two_columns else 12), middle, 22, palette.brand)
        elif when.morning:
            icons.sun(pen, days[0], middle, 16, palette.brand)
            if when.evening:
                icons.moon(pen, days[1], middle, 16, palette.brand)
        elif when.words:
            pen.text(right, cap, when.words, "semi", align="right")
        else:
            width = theme.wide(self.times, "body")
            line = cap + theme.cap("body") + 1.5
            pen.line(right - width - BLANK * k, line, right - width - 4, line, palette.ink, 0.9)
            pen.unseen(right - width - BLANK * k, cap, self.labels["write_number"], BLANK * k - 4)
            pen.text(right, cap, self.times, "body", align="right")


def _number(card: Card) -> Text:
    """The exercise's number; the space parts it from the name for those who hear the page."""
    return (card.name[0]._replace(text=f"{card.number} ", lang="", strong=False),)
