"""What repeats: the clinic's head on page 1, the running head and foot on every page. Pagination, not reading
matter."""

from __future__ import annotations

from handouts.layout.line_breaking import Piece, Text, shorten, unspoken, wording
from handouts.sheet import icons
from handouts.sheet.figures import draw_logo
from handouts.sheet.flow import Block
from handouts.sheet.job import Job
from handouts.sheet.pen import Pen
from handouts.sheet.shared import FOOT, shared_part
from handouts.sheet.theme import TOP
from handouts.sheet.words import strengthened


def brand_head(job: Job) -> Block:
    """Mark and name at the left, the phone as large at the right, over the brand's rule; a neutral clinic has only
    the rule."""
    handout, theme = job.handout, job.theme
    large = theme.large
    mark = (58.0 if large else 42.0) if job.logo else 0.0
    lines = [text for text in (handout.letterhead, handout.address, handout.hours) if text]
    if not (job.logo or handout.clinic or handout.phone or lines):
        return Block(2.5, lambda pen, x, y: pen.rect(x, y, theme.measure, 2.5, fill=pen.palette.brand))
    height = max(mark, (31 + 19 * len(lines)) if large else (22 + 13 * len(lines) - 6))

    def draw(pen: Pen, x: float, y: float) -> None:
        right, at = x + theme.measure, x
        size = 24 if large else 20
        if job.logo:
            draw_logo(pen.canvas, job.logo, x, y, mark, mark)
            at += job.logo.width_at(mark, mark) + 12
        phone_wide = theme.wide(handout.phone, "title", size)
        questions = job.words.say("questions_call") if handout.phone and not large else ()
        beside = max(phone_wide, theme.wide(questions, "body"))
        room = right - at - beside - 20
        line_y = y + (31 if large else 22)
        name_size = theme.fit(handout.clinic, "title", room, 13)
        pen.tagged("P", at, y + 1, handout.clinic, "title", colour=pen.palette.brand, size=name_size)
        for text in lines:
            fitted = theme.fit(text, "run", room, 8)
            pen.tagged("P", at, line_y, text, "run", colour=pen.palette.ink2, size=fitted)
            line_y += 19 if large else 13
        pen.tagged("P", right, y + 1, handout.phone, "title", align="right", size=size)
        pen.tagged("P", right, y + 22, questions, "body", align="right", colour=pen.palette.ink2)
        pen.rect(x, y + height + 8, theme.measure, 2.5, fill=pen.palette.brand)

    return Block(height + 10.5, draw)


class RunningHead:
    """Head of every page but the first: whose program this is, whom to call.

    It has the patient's name and not its page's number: so it is the same on all pages of a handout, and all below it
    the same for patients with the same program.
    """

    def __init__(self, job: Job) -> None:
        theme, handout, k = job.theme, job.handout, job.theme.k
        self._job, self._mark = job, 15 * k
        self._beside_logo = job.logo.width_at(self._mark * 3, self._mark) + 7 if job.logo else 0.0
        patient, title = handout.facts[0].value, unspoken(handout.title)
        phone = strengthened(handout.phone)
        clinic = phone if theme.large else _dotted(handout.clinic, phone)
        bold = strengthened(patient)
        # The clinic's name gives way first, then the program's, then the size; never the phone, never the patient.
        room = theme.measure - self._beside_logo - 16
        if theme.wide(clinic, "run") + theme.wide(bold, "run") > room:
            clinic = phone
        room -= theme.wide(clinic, "run")
        size = theme.fit(bold, "run", room, 9 * k)
        if theme.wide(bold, "run", size) + theme.wide(title, "run", size) + 8 > room and bold:
            title = ()
        if bold and theme.wide(bold, "run", size) > room:
            short = shorten(wording(bold), "bold", size, room, fallback=bold[0].fallback)
            bold = (bold[0]._replace(text=short),)
        self._patient, self._size = bold, size
        self._beside_patient = theme.wide(bold, "run", size) + 8 if bold else 0.0
        self._title, self._title_size = title, size if bold or not title else theme.fit(title, "run", room, 9 * k)
        self._clinic = clinic

    def draw(self, pen: Pen, page: int) -> None:
        """The head of one page."""
        theme, mark = self._job.theme, self._mark
        left, y = theme.left(page), TOP + 2 * theme.k
        right, at = left + theme.measure, left + self._beside_logo
        with pen.canvas.artifact("Header"):
            if self._job.logo:
                draw_logo(pen.canvas, self._job.logo, left, TOP - 2, mark * 3, mark)
            pen.text(at, y, self._patient, "run", size=self._size)
            title = at + self._beside_patient
            pen.text(title, y, self._title, "run", colour=pen.palette.ink2, size=self._title_size)
            pen.text(right, y, self._clinic, "run", align="right")
            pen.line(left, TOP + mark + 4, right, TOP + mark + 4, pen.palette.rule)


class RunningFoot:
    """Foot of every page: when to stop and whom to call then, which page. Says nothing of one patient."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def draw(self, pen: Pen, page: int, pages: int) -> None:
        """The foot of one page of so many, drawn once for all handouts that have it."""

        def draw() -> None:
            with pen.canvas.artifact("Footer"):
                _foot(pen, self._job, page, pages)

        pen.canvas.repeat((self, page, pages), draw)


def running_foot(job: Job) -> RunningFoot:
    """The foot of a handout."""
    return shared_part(job, FOOT, RunningFoot)


def _foot(pen: Pen, job: Job, page: int, pages: int) -> None:
    theme, handout, words = job.theme, job.handout, job.words
    left, k, y = theme.left(page), theme.k, theme.footer_top
    right = left + theme.measure
    pen.line(left, y - 8 * k, right, y - 8 * k, pen.palette.rule)
    number = words.say("page_of", page=page, pages=pages)
    bold = strengthened(number)
    pen.text(right, y, bold, "run", align="right")
    room = theme.measure - theme.wide(bold, "run") - 16
    if page == 1:
        line = _dotted(handout.web, handout.licences)
        pen.text(left, y, line, "run", colour=pen.palette.ink2, size=theme.fit(line, "run", room, 7.5 * k))
        return
    icons.stop(pen, left + 6 * k, y + 3.6 * k, 11 * k)
    if handout.phone:
        call = words.say("foot", n=handout.stop_from, phone=wording(handout.phone))
    else:
        call = words.say("foot_no_phone", n=handout.stop_from)
    pen.text(left + 17 * k, y, call, "run", size=theme.fit(call, "run", room - 17 * k, 8 * k))


def _dotted(first: Text, second: Text) -> Text:
    return (*first, Piece(" · "), *second) if first and second else first or second
