"""One file to print: every handout of a batch in one tagged document, a part and a bookmark for each patient.

Drawn once from the programs, never put together from finished files: that would lose the tags, and carry every font
and figure once for each patient. Each part is written when it ends, so that memory holds one handout and a few bytes of
each page and element.
"""

from __future__ import annotations

import datetime as dt
from typing import BinaryIO

from handouts.batch.cover import Cover, draw_cover
from handouts.compose.locale import Locale
from handouts.library import Library
from handouts.pdf.tagging import TaggedCanvas
from handouts.programs import ScreenedProgram
from handouts.rendering import lay_out_program


class PrintFile:
    """A print file being drawn into `out`. `duplex`: every handout starts on a right-hand page."""

    def __init__(
        self,
        out: BinaryIO,
        library: Library,
        locale: Locale,
        *,
        paper: tuple[float, float],
        date: dt.date,
        duplex: bool,
    ) -> None:
        self._library, self._locale, self._date, self._duplex = library, locale, date, duplex
        self._canvas = TaggedCanvas(
            page_size=paper,
            title=locale.say("print_run.title"),
            lang=locale.tag,
            subject=locale.say("sheet.subject"),
            date=date,
            out=out,
        )
        self.pages = 0

    def add_cover(self, cover: Cover) -> None:
        """What is in the file and who is not: before the first handout."""
        self._turn_page(draw_cover(self._canvas, cover, self._locale, self._date))

    def add(
        self, screened: ScreenedProgram, locale: Locale | None = None, copies: int = 1
    ) -> tuple[int, tuple[str, ...]]:
        """Draw a handout; returns its pages and the notes to the clinician.

        Raises RefusedForSafety, BadInput and UnprintableText before anything of it is drawn.
        """
        ready = lay_out_program(screened, self._library, locale=locale, both_sides=self._duplex)
        laid_out, locale = ready.pages, ready.locale
        patient = screened.program.patient
        name = patient.name or laid_out.title
        for _ in range(copies):
            self._canvas.resize(laid_out.page_size)
            with self._canvas.tag("Part", lang=locale.tag, bookmark=f"{name} ({patient.id})" if patient.id else name):
                laid_out.draw(self._canvas)
            self._turn_page(laid_out.page_count)
        return laid_out.page_count, ready.notes

    def finish(self) -> None:
        """Write what is left. Raises TaggingFault when nothing was drawn."""
        self._canvas.finish()

    def _turn_page(self, drawn: int) -> None:
        self.pages += drawn
        if self._duplex and drawn % 2:
            self._canvas.begin_page()
            self._canvas.end_page()
            self.pages += 1
