"""The pain scale: eleven equal cells in two or three zones, each with its sign, its word and what to do."""

from __future__ import annotations

from handouts.layout.line_breaking import Text
from handouts.model import PainZone
from handouts.sheet import icons
from handouts.sheet.flow import Block
from handouts.sheet.job import Job
from handouts.sheet.pen import WHITE, Pen

HIGHEST = 10


def scale_block(job: Job) -> Block:
    """The question, the cells, and under each zone what it means."""
    scale = _Scale(job)
    return Block(scale.height, scale.draw, gap=14)


class _Scale:
    def __init__(self, job: Job) -> None:
        self.theme, self.words = job.theme, job.words
        self.zones, self.lang = job.handout.zones, job.handout.zones_lang
        theme, k = self.theme, self.theme.k
        self.question = job.words.say("pain_question")
        self.head = theme.tall(self.question, "bold", theme.measure) + 12 * k
        self.cell = 21 * k
        self.step = theme.measure / (HIGHEST + 1)
        self.legend = max(self._legend_height(zone) for zone in self.zones)
        self.height = self.head + self.cell + 8 * k + self.legend

    def _texts(self, zone: PainZone) -> tuple[Text, Text]:
        word = self.words.filled(zone.word, "zone.word", self.lang)
        return word, self.words.filled(zone.action, "zone.action", self.lang)

    def _column(self, zone: PainZone) -> tuple[float, float]:
        """Indent and width of a zone's action: hung from its sign, or, when that is too narrow, from under the sign."""
        k = self.theme.k
        width = (zone.high - zone.low + 1) * self.step - 4
        hung = width - 19 * k
        if self.theme.wide(self._texts(zone)[1], "body") <= hung or hung > 110 * k:
            return 19 * k, hung
        return 0.0, width

    def _legend_height(self, zone: PainZone) -> float:
        return 15.5 * self.theme.k + self.theme.tall(self._texts(zone)[1], "body", self._column(zone)[1])

    def draw(self, pen: Pen, x: float, y: float) -> None:
        theme = self.theme
        pen.tagged("H2", x, y, self.question, "bold", width=theme.measure)
        top = y + self.head
        for zone in self.zones:
            self._fill(pen, zone, x, top)
        self._grid(pen, x, top)
        with pen.canvas.tag("L", list_numbering="None"):
            for zone in self.zones:
                with pen.canvas.tag("LI"):
                    self._zone(pen, zone, x, top)

    def _fill(self, pen: Pen, zone: PainZone, x: float, y: float) -> None:
        left, width = x + zone.low * self.step, (zone.high - zone.low + 1) * self.step
        palette = pen.palette
        fill = {"go": palette.go_tint, "care": palette.warn, "stop": palette.stop}[zone.kind]
        pen.rect(left, y, width, self.cell, fill=fill)
        if zone.kind == "care" and self.theme.ink_saver:
            self._hatch(pen, left, y, width)

    def _hatch(self, pen: Pen, x: float, y: float, width: float) -> None:
        """Slanted lines, cut at the zone's edges, in place of amber."""
        height, grey = self.cell, pen.palette.hair
        start = 5.0
        while start < width + height:
            low, high = min(start, width), max(0.0, start - height)
            pen.line(x + high, y + start - high, x + low, y + start - low, grey, 0.6)
            start += 5.0

    def _grid(self, pen: Pen, x: float, y: float) -> None:
        borders = {zone.low for zone in self.zones if zone.low}
        stop_from = min((zone.low for zone in self.zones if zone.kind == "stop"), default=HIGHEST + 1)
        for value in range(1, HIGHEST + 1):
            at = x + value * self.step
            if value in borders:
                pen.line(at, y, at, y + self.cell + 5 * self.theme.k, pen.palette.ink, 2)
            else:
                pen.line(at, y, at, y + self.cell, WHITE if value > stop_from else pen.palette.ink)
        pen.rect(x, y, self.theme.measure, self.cell, stroke=pen.palette.ink, line=1.25)

    def _zone(self, pen: Pen, zone: PainZone, x: float, y: float) -> None:
        k, theme, palette = self.theme.k, self.theme, pen.palette
        with pen.canvas.tag("Lbl"):
            for value in range(zone.low, zone.high + 1):
                centre = x + (value + 0.5) * self.step
                if zone.kind == "care" and theme.ink_saver:
                    pen.disc(centre, y + self.cell / 2, 8.5 * k, fill=WHITE)
                top = y + (self.cell - theme.cap("name")) / 2
                colour = palette.on_stop if zone.kind == "stop" else palette.ink
                pen.text(centre, top, self.words.number(value), "name", align="centre", colour=colour)
        left = x + zone.low * self.step + (9 if theme.large and zone.kind == "stop" else 1 if theme.large else 0)
        top = y + self.cell + 8 * k
        sign = {"go": icons.go, "care": icons.careful, "stop": icons.stop}[zone.kind]
        sign(pen, left + 7 * k, top + 4 * k, 14 * k)
        word, action = self._texts(zone)
        indent, width = self._column(zone)
        with pen.canvas.tag("LBody"):
            pen.tagged("P", left + 19 * k, top, word, "bold")
            pen.tagged("P", left + indent, top + 15.5 * k, action, width=width)
