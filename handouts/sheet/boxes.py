"""The two safety boxes of page 1: when to call the emergency number, when to stop and call the clinic."""

from __future__ import annotations

from typing import NamedTuple

from handouts.layout.line_breaking import Text, wording
from handouts.sheet import icons
from handouts.sheet.flow import Block
from handouts.sheet.job import Job
from handouts.sheet.pen import WHITE, Pen
from handouts.sheet.theme import CAP
from handouts.sheet.words import strengthened

GUTTER = 14.0


class Boxing(NamedTuple):
    """How the boxes are set. `most` lines are shown at most, None for all; what is left out stands in full on
    `more_on`, the page where 'Stay safe' begins. `tight` sets the lines closer."""

    most: int | None = None
    more_on: int = 0
    tight: bool = False


ALL = Boxing()


def safety_boxes(job: Job, how: Boxing = ALL) -> Block:
    """Both boxes side by side, as tall as the taller."""
    width = (job.theme.measure - GUTTER) / 2
    boxes = (_Box(job, width, how, emergency=True), _Box(job, width, how, emergency=False))
    height = max(box.height for box in boxes)

    def draw(pen: Pen, x: float, y: float) -> None:
        for i, box in enumerate(boxes):
            box.draw(pen, x + i * (width + GUTTER), y, height)

    return Block(height, draw, gap=14)


def emergency_box(job: Job, how: Boxing = ALL) -> Block:
    """The first box over the whole measure."""
    box = _Box(job, job.theme.measure, how, emergency=True)
    return Block(box.height, lambda pen, x, y: box.draw(pen, x, y, box.height), gap=16)


def stop_box(job: Job, how: Boxing = ALL) -> Block:
    """The second box over the whole measure."""
    box = _Box(job, job.theme.measure, how, emergency=False)
    return Block(box.height, lambda pen, x, y: box.draw(pen, x, y, box.height), gap=16)


class _Box:
    """A head with its sign, lines with bullets, and one bold line at the foot."""

    def __init__(self, job: Job, width: float, how: Boxing, *, emergency: bool) -> None:
        handout, words, theme = job.handout, job.words, job.theme
        self.theme, self.width, self.emergency = theme, width, emergency
        self.lines, self.more = _shown(job, handout.emergency if emergency else handout.stop, how)
        self.blank = not emergency and not handout.phone
        if emergency:
            self.title, self.last = words.say("emergency_head", emergency=words.emergency), words.say("do_not_drive")
        else:
            self.title = words.say("stop_head")
            phone = wording(handout.phone)
            self.last = words.say("call", phone=phone) if phone else words.say("call_blank")
        k = theme.k
        self.pad, self.head, self.lead = (7 * k, 22 * k, 7 * k) if how.tight else (9.5 * k, 24 * k, 8.5 * k)
        self.column = width - 2 * self.pad - 11 * k
        lines = (*self.lines, self.more) if self.more else self.lines
        bullets = sum(theme.tall(line, "body", self.column) + self.lead for line in lines)
        foot = theme.tall(strengthened(self.last), "body", width - 2 * self.pad)
        self.foot = foot
        self.height = self.head + self.pad + 0.5 + bullets + 2 * k + foot + self.pad

    def draw(self, pen: Pen, x: float, y: float, height: float) -> None:
        """The box in its own section."""
        theme, palette, k = self.theme, pen.palette, self.theme.k
        red = palette.stop
        fill = red if self.emergency else None if theme.ink_saver else palette.stop_tint
        pen.rect(x, y, self.width, self.head, fill=fill, radius=5, corners="tl tr")
        pen.rect(x, y, self.width, height, stroke=red, line=1.5, radius=5)
        title_x = x + self.pad + 21 * k
        if self.emergency:
            icons.phone(pen, x + self.pad + 7 * k, y + self.head / 2, 15 * k, WHITE)
        else:
            pen.line(x, y + self.head, x + self.width, y + self.head, red, 1)
            icons.stop(pen, x + self.pad + 7 * k, y + self.head / 2, 15 * k)
        with pen.canvas.tag("Sect"):
            size = theme.fit(self.title, "head", self.width - 2 * self.pad - 21 * k, 11 * k)
            colour = palette.on_stop if self.emergency else palette.ink
            top = y + (self.head - CAP * size) / 2
            pen.tagged("H2", title_x, top, self.title, "head", colour=colour, size=size)
            self._draw_lines(pen, x, y + self.head + self.pad + 0.5)
            last_y = y + height - self.pad - self.foot
            last = strengthened(self.last)
            pen.tagged("P", x + self.pad, last_y, last, "body", width=self.width - 2 * self.pad)
            if self.blank:
                start = x + self.pad + theme.wide(last, "body") + 6
                line = last_y + self.foot + 2
                pen.line(start, line, x + self.width - self.pad, line, palette.ink)

    def _draw_lines(self, pen: Pen, x: float, y: float) -> None:
        k = self.theme.k
        with pen.canvas.tag("L", list_numbering="Disc"):
            for line in self.lines:
                pen.disc(x + self.pad + 2.5 * k, y + CAP * 6 * k, 2 * k, fill=pen.palette.stop)
                with pen.canvas.tag("LI"):
                    height = pen.tagged("LBody", x + self.pad + 11 * k, y, line, width=self.column)
                y += height + self.lead
        pen.tagged("P", x + self.pad + 11 * k, y, self.more, width=self.column)


def _shown(job: Job, lines: tuple[Text, ...], how: Boxing) -> tuple[tuple[Text, ...], Text]:
    """The lines that are shown, and the line that says where the others stand; it never takes the place of just one."""
    if how.most is None or len(lines) <= how.most + 1:
        return lines, ()
    return lines[: how.most], strengthened(job.words.say("more_on", page=how.more_on))
