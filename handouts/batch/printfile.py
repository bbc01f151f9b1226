"""One file to print: every handout of a batch in one tagged document, a part and a bookmark for each patient.

Drawn once from the programs, never put together from finished files: that would lose the tags, and carry every font
and figure once for each patient. Each part is written when it ends, so that memory holds one handout and a few bytes of
each page and element. Knows no program and no rule.
"""

from __future__ import annotations

import datetime as dt
from typing import BinaryIO

from handouts.batch.cover import Cover, draw_cover
from handouts.layout.document import LaidOutHandout
from handouts.library.locale import Locale
from handouts.pdf.canvas import TaggedCanvas


class PrintFile:
    """A print file being drawn into `out`.

    Args:
        out: a file open for writing.
        locale: the language of what is in no handout.
        paper: width and height in points, until a handout has another size.
        date: the document's date.
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

    def add_cover(self, cover: Cover) -> None:
        """What is in the file and who is not: before the first handout."""
        self._turn_page(draw_cover(self._canvas, cover, self._locale, self._date))

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
