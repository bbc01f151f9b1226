"""One file to print: every handout of a batch in one tagged document, a part and a bookmark for each patient.

Drawn once from the programs, never put together from finished files: that would lose the tags, and carry every font
and figure once for each patient. Each part is written when it ends, so that memory holds one handout and a few bytes of
each page and element. Knows no program and no rule.

Its cover is for the staff: how many handouts follow, and which rows are not among them and why. It names nobody: a row
is told by its line in the roster and the clinic's own number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import BinaryIO

from handouts.batch.outcome import Outcome
from handouts.branding import palette
from handouts.compose.text import Piece, Text, plain
from handouts.layout.blocks import Pen
from handouts.layout.document import LaidOutHandout
from handouts.layout.theme import TOP, Theme
from handouts.library.locale import Locale
from handouts.model import Clinic, Layout, Paper
from handouts.pdf.canvas import TaggedCanvas
from handouts.pdf.fonts import UnprintableText, split_by_family

_AFTER = {"display": 22.0, "head": 14.0, "bold": 7.0, "body": 14.0}
"""Space below a text of each style, in points."""
_INDENT = 14.0


class PrintFile:
    """A print file being drawn into `out`.

    Args:
        locale: the language of what is in no handout.
        paper: width and height in points, until a handout has another size.
        duplex: every handout starts on a right-hand page.
    """

    def __init__(
        self, out: BinaryIO, locale: Locale, *, paper: tuple[float, float], date: dt.date, duplex: bool
    ) -> None:
        self._locale, self._date, self._duplex = locale, date, duplex
        self._canvas = TaggedCanvas(
            out,
            paper,
            title=locale.say("print_run.title"),
            lang=locale.tag,
            subject=locale.say("handout.subject"),
            date=date,
        )
        self.pages = 0

    def add_cover(self, handouts: int, unprinted: Sequence[Outcome], paper: Paper) -> None:
        """How many handouts are in the file and who is not: before the first of them."""
        # Staff throw the cover away: it is printed without colour, whatever the clinic's own look.
        theme = Theme(palette(Clinic(id=""), ink_saver=True), Layout(paper=paper))
        self._canvas.setPageSize(theme.page_size)
        texts = _Texts(self._canvas, theme)
        _set_cover(texts, handouts, unprinted, self._locale, self._date)
        self._turn_page(texts.pages)

    def add(self, handout: LaidOutHandout, *, name: str, lang: str) -> None:
        """Draw a handout; `name` is its bookmark, `lang` its language (BCP 47)."""
        self._canvas.setPageSize(handout.page_size)
        with self._canvas.tag("Part", lang=lang, bookmark=name):
            handout.draw(self._canvas)
        self._turn_page(handout.page_count)

    def finish(self) -> None:
        """Write what is left. Raises TaggingFault when nothing was drawn."""
        self._canvas.finish()

    def _turn_page(self, drawn: int) -> None:
        self.pages += drawn
        # A blank back page, so that no patient's sheet begins on the back of another's.
        if self._duplex and drawn % 2:
            self._canvas.showPage()
            self.pages += 1


# -- the cover ---------------------------------------------------------------------------------------------------------


def _set_cover(texts: _Texts, handouts: int, unprinted: Sequence[Outcome], locale: Locale, date: dt.date) -> None:
    # The reasons come from the rules, which are written for clinicians in English only.
    foreign = "" if locale.code == "en" else "en-US"

    def say(key: str, **values: str | int) -> Text:
        return plain(locale.say(f"print_run.{key}", **values))

    title = say("title")
    canvas = texts.canvas
    with canvas.tag("Part", bookmark=title[0].text):
        texts.set("H1", title, "display")
        texts.set("P", say("made_on", date=locale.date(date)))
        texts.set("P", say("handouts", n=handouts))
        if unprinted:
            texts.set("H2", say("not_printed", n=len(unprinted)), "head")
            texts.set("P", say("decide"))
            with canvas.tag("L", list_numbering="None"):
                for row in unprinted:
                    # A number that no typeface has is left out: the row's line in the roster finds the patient too.
                    number = row.id if row.id and _pieces(row.id) else None
                    where = say("row_of", row=row.number, id=number) if number else say("row", row=row.number)
                    with canvas.tag("LI"), canvas.tag("LBody"):
                        texts.set("P", (*where, Piece(": "), *say(row.status)), "bold")
                        for reason in row.reasons:
                            texts.set("P", _pieces(reason, foreign), indent=_INDENT)
        else:
            texts.set("P", say("all_printed"))
        texts.end()


class _Texts:
    """Texts one below the other, over as many pages as they need."""

    def __init__(self, canvas: TaggedCanvas, theme: Theme) -> None:
        self.canvas, self._theme = canvas, theme
        self._pen = Pen(canvas, theme, theme.height)
        self.pages, self._y = 0, 0.0

    def set(self, tag: str, text: Text, style: str = "body", indent: float = 0) -> None:
        """One text over the measure; nothing where there is none."""
        if not text:
            return
        theme, width = self._theme, self._theme.measure - indent
        tall = theme.tall(text, style, width)
        if not self.pages or self._y + tall > theme.height - TOP:
            self.end()
            self.pages += 1
            self.canvas.page_label(self.pages)
            self._y = TOP
        self._pen.tagged(tag, theme.left(1) + indent, self._y, text, style, width=width)
        self._y += tall + _AFTER[style]

    def end(self) -> None:
        """Show the page that is begun."""
        if self.pages:
            self.canvas.showPage()


def _pieces(text: str, lang: str = "") -> Text:
    """A text from a roster or a rule; none when it has a character that no face has."""
    try:
        return tuple(Piece(part, lang=lang, fallback=fallback) for part, fallback in split_by_family(text, "cover"))
    except UnprintableText:
        return ()
