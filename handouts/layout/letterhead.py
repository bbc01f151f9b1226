"""Whose sheet it is: the head of page 1, and the running head and foot of the others (pagination)."""

from __future__ import annotations

from typing import Any

from handouts.compose.handout import Handout
from handouts.compose.text import Text, joined, plain, strengthened, without_language
from handouts.layout import icons
from handouts.layout.blocks import Block, Pen
from handouts.layout.line_breaking import break_lines
from handouts.layout.pictures import Picture
from handouts.layout.theme import CAP, Theme

MARK = 42.0
"""Height of the logo; its width goes to a third of the line."""
NAME_STEPS = ((20, 1), (18, 1), (16, 2), (14, 2), (13, 3), (12, 4))
"""Sizes of the clinic's name and the most lines at each: the phone keeps its size, the name takes what is left.

A name that the last step does not hold takes the lines that it needs: no type is under the least size.
"""
RULE = 2.5

SIGN = 17.0
"""Room of the stop sign before the running foot."""
LEAST_SHRUNK = 0.85
"""Share of its size to which the clinic's page may shrink in the foot; a longer one stands with the address."""


def clinic_lines(theme: Theme, handout: Handout) -> list[Text]:
    """The clinic's line, address and hours, and its page where that has no room in the foot of page 1."""
    head = handout.letterhead
    web = () if _has_web(theme, handout) else head.web
    return [text for text in (head.line, head.address, head.hours, web) if text]


def _first_foot(theme: Theme, handout: Handout) -> Text:
    """The clinic's page and licences, as the foot of page 1 has room for them."""
    head = handout.letterhead
    return joined(head.web, head.licences, by=" · ") if _has_web(theme, handout) else head.licences


def _has_web(theme: Theme, handout: Handout) -> bool:
    """Whether the clinic's page fits into the foot of page 1, beside the licences and "Page 1 of 99"."""
    head, number = handout.letterhead, strengthened(plain(handout.page_of.format(page=1, pages=99)))
    room = theme.measure - theme.wide(number, "run") - 16
    least = 1.0 if head.licences else LEAST_SHRUNK
    return theme.wide(joined(head.web, head.licences, by=" · "), "run") * least <= room


class LetterheadBlock(Block):
    """Logo and name at the left, the phone as large at the right, over a rule in the clinic's colour.

    A phone that would leave the name less than half the width, as with an extension, stands below the name.
    """

    def __init__(self, theme: Theme, handout: Handout, logo: Picture | None) -> None:
        super().__init__(theme)
        self.head, self.logo = handout.letterhead, logo
        self.small = [] if theme.large else clinic_lines(theme, handout)
        self.questions = handout.labels["questions_call"] if self.small or (logo and not theme.large) else ()

    def paint(self, pen: Pen) -> float:
        high, width, mark = 0.0, self.width, MARK * (1.2 if self.theme.large else 1)
        if self.logo or not self.head.empty:
            mark_width = min(width / 3, mark * self.logo.aspect) if self.logo else 0.0
            name_x = mark_width + 10 if self.logo else 0.0
            block = self._texts(pen.on_nothing(), name_x, 0.0)
            high = max(mark if self.logo else 0.0, block, 20 * self.theme.k)
            if self.logo:
                self.logo.paint(pen, 0, (high - mark) / 2, mark_width, mark)
            self._texts(pen, name_x, (high - block) / 2)
            high += 8
        pen.rect(0, high, width, RULE, fill=pen.palette.brand)
        return high + RULE

    def _texts(self, pen: Pen, x: float, top: float) -> float:
        """Name and phone, and what is small below them; returns the height from `top` that they take."""
        theme, head, k, quiet = self.theme, self.head, self.theme.k, pen.palette.ink2
        cap, run = theme.cap("clinic"), theme.cap("run")
        phone = max(theme.wide(head.phone, "clinic"), theme.wide(self.questions, "run")) if head.phone else 0.0
        whole = self.width - x
        below = phone > whole / 2
        room = whole if below else whole - (phone + 24 if phone else 0)
        phone_size = theme.styles["clinic"].size * (whole / phone if phone > whole else 1.0)
        size = self._name_size(room)
        at = top + pen.tagged("P", x, top, head.name, "clinic", width=room, size=size, leading=size * 1.15)
        phone_top = at + (9 * k if head.name else 0.0)
        if below:
            at = phone_top + CAP * phone_size
        block = at - top
        # Address and hours may wrap; they have the phone's column too, below the phone.
        at += 15 * k - run if block else 0.0
        for text in self.small:
            at += pen.tagged("P", x, at, text, "run", width=room, colour=quiet)
            block = at - top
            at += theme.styles["run"].leading - run
        if below:
            pen.tagged("P", x, phone_top, head.phone, "clinic", size=phone_size)
            return block
        right = self.width
        pen.tagged("P", right, top, head.phone, "clinic", align="right")
        if head.phone and self.questions:
            pen.tagged("P", right, top + cap + 15 * k - run, self.questions, "run", align="right", colour=quiet)
            cap += 15 * k
        return max(block, cap)

    def _name_size(self, room: float) -> float:
        """The size at which the clinic's name takes few enough lines."""
        clinic, least = self.theme.styles["clinic"], self.theme.styles["body"].size
        for step, most in NAME_STEPS:
            size = max(step * clinic.size / 20, least)
            lines = break_lines(self.head.name, clinic.weight, size, room)
            if len(lines) <= most and not any(line.hyphenated for line in lines):
                break
        return size


def draw_running_lines(pen: Pen, handout: Handout, page: int, pages: int) -> None:
    """Head and foot of one page of a handout, outside its frames; `pen` draws on the whole page, counted from 1."""
    if page > 1:
        with pen.canvas.artifact("Header"):
            _head(pen, handout, pen.theme.left(page))
    with pen.canvas.artifact("Footer"):
        _foot(pen, handout, page, pages)


def _head(pen: Pen, handout: Handout, left: float) -> None:
    """Patient and program at the left, clinic and phone at the right. The clinic's name gives way first, then the
    program's title; the patient and the phone never do."""
    theme, letterhead = pen.theme, handout.letterhead
    right = left + theme.measure
    patient = strengthened(handout.patient)
    room = theme.measure - (theme.wide(patient, "run") + 14 if patient else 0.0)
    ends = [joined(letterhead.name, letterhead.phone, by=" · "), letterhead.phone or letterhead.name]
    title = handout.title
    fitting = [
        (shown, end)
        for shown in (title, ())
        for end in (*ends, ())
        if theme.wide(shown, "run") + 24 + theme.wide(end, "run") <= room
    ]
    shown, end = fitting[0] if fitting else ((), ())
    y = theme.body()[0] - 9.5 - 6.5 * theme.k - theme.cap("run")
    at = left
    if patient:
        most = theme.measure - theme.wide(end, "run") - 14 if end else theme.measure
        name = _words_that_fit(theme, patient, most)
        pen.text(at, y, name, "run")
        at += theme.wide(name, "run") + 14
    pen.text(at, y, without_language(shown), "run")
    pen.text(right, y, end, "run", align="right")
    rule = theme.body()[0] - 9.5
    pen.line(left, rule, right, rule, pen.palette.rule)


def _foot(pen: Pen, handout: Handout, page: int, pages: int) -> None:
    theme, k, left = pen.theme, pen.theme.k, pen.theme.left(page)
    right, rule = left + theme.measure, theme.foot_rule(first=page == 1)
    y = rule + 14 * (1.25 if theme.large else 1) - theme.cap("run")
    pen.line(left, rule, right, rule, pen.palette.rule)
    text, number, room = _foot_parts(theme, handout, page, pages)
    pen.text(right, y, number, "run", align="right")
    if page == 1:
        _fitted(pen, left, y, text, room, colour=pen.palette.ink2)
    else:
        icons.stop(pen, left + 6 * k, y + theme.cap("run") / 2, 11 * k, pen.palette.stop)
        _fitted(pen, left + SIGN * k, y, text, room)


def _fitted(pen: Pen, x: float, y: float, text: Text, room: float, **how: Any) -> None:
    """A running line. A long phone or licence is smaller, since there is room for one line; in large print it has
    as many lines as it needs, for which the rule stands higher."""
    wide = pen.theme.wide(text, "run")
    if wide > room and pen.theme.large:
        pen.text(x, y, text, "run", width=room, **how)
    else:
        size = pen.theme.styles["run"].size * min(1.0, room / wide if wide else 1.0)
        pen.text(x, y, text, "run", size=size, **how)


def foot_lines(theme: Theme, handout: Handout) -> tuple[int, int]:
    """How many lines the running foot of page 1 and of the others needs, for pages whose numbers have two digits."""
    if not theme.large:
        return 1, 1
    parts = (_foot_parts(theme, handout, page, 88) for page in (1, 88))
    first, later = (max(1, len(theme.lines(text, "run", room))) for text, _, room in parts)
    return first, later


def _foot_parts(theme: Theme, handout: Handout, page: int, pages: int) -> tuple[Text, Text, float]:
    """What the foot of a page says, the page's number, and the width that is left for the first."""
    sign = SIGN * theme.k if page > 1 else 0.0
    text = without_language(handout.foot) if page > 1 else _first_foot(theme, handout)
    number, gap = strengthened(plain(handout.page_of.format(page=page, pages=pages))), 16
    if page > 1 and sign + theme.wide(text, "run") + gap + theme.wide(number, "run") > theme.measure:
        number, gap = strengthened(plain(f"{page}/{pages}")), 10  # in large print the phone needs the room
    return text, number, theme.measure - theme.wide(number, "run") - gap - sign


def _words_that_fit(theme: Theme, name: Text, room: float) -> Text:
    """A name on one line: in large print a very long one only as far as its words go. Page 1 has it whole."""
    words = name[0].text.split()
    for count in range(len(words), 1, -1):
        shown = (name[0]._replace(text=" ".join(words[:count])),)
        if theme.wide(shown, "run") <= room:
            return shown
    return (name[0]._replace(text=words[0]),)
