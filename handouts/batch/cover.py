"""The cover of a print file, for the staff: how many handouts follow, and which rows are not among them and why.

Names nobody: a row is told by its line in the roster and the clinic's own number.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from handouts.branding import palette
from handouts.compose.locale import Locale
from handouts.layout.line_breaking import Text, plain
from handouts.model import Clinic, Layout, Paper
from handouts.pdf.fonts import UnprintableText, family_for
from handouts.pdf.tagging import TaggedCanvas
from handouts.sheet.pen import Pen
from handouts.sheet.theme import BOTTOM, TOP, Theme

_AFTER = {"display": 22.0, "head": 14.0, "bold": 7.0, "body": 14.0}
"""Space below a text of each style, in points."""
_INDENT = 14.0


@dataclass(frozen=True, kw_only=True)
class Unprinted:
    """A row that is not in the file; `reasons` are for clinicians, in English."""

    number: int
    id: str | None
    refused: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Cover:
    """What the cover says."""

    handouts: int
    unprinted: tuple[Unprinted, ...]
    paper: Paper


def draw_cover(canvas: TaggedCanvas, cover: Cover, locale: Locale, date: dt.date) -> int:
    """Draw the cover; returns how many pages it took."""
    theme = Theme(palette(Clinic(id=""), ink_saver=True), Layout(paper=cover.paper))
    canvas.resize((theme.width, theme.height))
    sheet = _Sheet(Pen(canvas, theme))
    foreign = "" if locale.code == "en" else "en-US"

    def say(key: str, **values: str | int) -> Text:
        return plain(locale.say(f"print_run.{key}", **values))

    title = say("title")
    with canvas.tag("Part", bookmark=title[0].text):
        sheet.set("H1", title, "display")
        sheet.set("P", say("made_on", date=locale.date(date)))
        sheet.set("P", say("handouts", n=cover.handouts))
        if cover.unprinted:
            sheet.set("H2", say("not_printed", n=len(cover.unprinted)), "head")
            sheet.set("P", say("decide"))
            with canvas.tag("L", list_numbering="None"):
                for row in cover.unprinted:
                    number = row.id if row.id and _printable(row.id) else None
                    where = say("row_of", row=row.number, id=number) if number else say("row", row=row.number)
                    why = "refused" if row.refused else "failed"
                    with canvas.tag("LI"), canvas.tag("LBody"):
                        sheet.set("P", (*where, *plain(": "), *say(why)), "bold")
                        for reason in filter(_printable, row.reasons):
                            sheet.set(
                                "P", plain(reason, foreign, fallback=family_for(reason, "reason")), indent=_INDENT
                            )
        else:
            sheet.set("P", say("all_printed"))
        sheet.end()
    return sheet.pages


class _Sheet:
    """Texts one below the other, over as many pages as they need."""

    def __init__(self, pen: Pen) -> None:
        self._pen, self.pages, self._y = pen, 0, 0.0

    def set(self, tag: str, text: Text, style: str = "body", indent: float = 0) -> None:
        """One text over the measure."""
        theme = self._pen.theme
        width = theme.measure - indent
        tall = theme.tall(text, style, width)
        if not self.pages or self._y + tall > theme.height - BOTTOM:
            self.end()
            self.pages += 1
            self._pen.canvas.begin_page(self.pages)
            self._y = TOP
        self._pen.tagged(tag, theme.left(1) + indent, self._y, text, style, width=width)
        self._y += tall + _AFTER[style]

    def end(self) -> None:
        """Finish the page that is open."""
        if self.pages:
            self._pen.canvas.end_page()


def _printable(text: str | None) -> bool:
    try:
        family_for(text or "", "cover")
    except UnprintableText:
        return False
    return bool(text)
