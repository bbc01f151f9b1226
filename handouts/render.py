"""From a program to the bytes of its handout: judged first, then set. Writes no file and asks for no date."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from handouts.branding import palette
from handouts.compose.composing import compose_handout
from handouts.layout.document import lay_out
from handouts.layout.pictures import exercise_pictures, logo_picture
from handouts.layout.theme import Theme
from handouts.library import Library
from handouts.library.locale import Locale, read_locale
from handouts.model import Program
from handouts.pdf.canvas import TaggedCanvas
from handouts.pdf.document import PROGRAM_NAME, sealed
from handouts.prescription import program_record
from handouts.screening import Judged, RefusedForSafety, judge

if TYPE_CHECKING:
    from handouts.pdf.leaflets import Leaflet
    from handouts.sheet import LaidOut

__all__ = ["Judged", "Made", "Press", "Set", "judge", "make"]

LEAFLETS_NOTE = "the leaflets' pages are pictures to a screen reader: the file makes no PDF/UA claim"


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A finished handout. `notes` are those of the judgement and those that came up while it was set."""

    pdf: bytes
    pages: int
    notes: tuple[str, ...]


class Set(NamedTuple):
    """Pages in their places, the language they are in, and the notes to the clinician."""

    laid_out: LaidOut
    locale: Locale
    notes: tuple[str, ...]


def make(judged: Judged, library: Library) -> Made:
    """The handout of a judged program, with the program itself inside it; same program, same bytes.

    Raises RefusedForSafety for one that may not be printed, BadInput or UnprintableText for what cannot be, and
    FileTrouble for a leaflet that cannot be appended.
    """
    return Press(library).make(judged)


class Press:
    """Sets handouts one after the other."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def locale(self, code: str) -> Locale:
        """A language for one handout. Raises BadInput."""
        return read_locale(self.library, code)

    def make(self, judged: Judged, *, both_sides: bool = False) -> Made:
        """As the function `make`; `both_sides` for a sheet that is printed on both sides."""
        program = judged.program
        leaflets = self._leaflets(program)
        laid_out, locale, notes = self.set(judged, both_sides=both_sides)
        canvas = TaggedCanvas(
            None,
            laid_out.page_size,
            title=laid_out.title,
            lang=locale.tag,
            author=program.clinic.name or "",
            subject=laid_out.subject,
            date=program.date,
        )
        laid_out.draw(canvas)
        canvas.attach(
            PROGRAM_NAME, sealed(program_record(program)), "application/json", "The program of this handout", "Source"
        )
        pdf = canvas.finish()
        if leaflets:
            from handouts.pdf.leaflets import append_leaflets

            pdf = append_leaflets(pdf, leaflets, lambda name, n: locale.say("sheet.leaflet_page", name=name, page=n))
            notes = (*notes, LEAFLETS_NOTE)
        pages = laid_out.page_count + sum(leaflet.pages for leaflet in leaflets)
        return Made(pdf=pdf, pages=pages, notes=notes)

    def _leaflets(self, program: Program) -> list[Leaflet]:
        if not program.append:
            return []
        from handouts.pdf.leaflets import read_leaflet

        return [read_leaflet(path) for path in self.leaflet_paths(program)]

    def leaflet_paths(self, program: Program) -> list[Path]:
        """Where the leaflets lie that a program appends."""
        return [self.library.leaflet_path(name) or Path(name) for name in program.append]

    def set(self, judged: Judged, *, both_sides: bool = False) -> Set:
        """The pages of a judged program, ready to be drawn on any canvas. Raises as `make` does."""
        if judged.refused:
            raise RefusedForSafety(judged.findings)
        program = judged.program
        locale = self.locale(program.language)
        colours = palette(program.clinic, program.layout.ink_saver)
        pictures = exercise_pictures(program.prescriptions, colours)
        frames = {name: len(shown) for name, shown in pictures.items()}
        handout = compose_handout(program, judged.findings, self.library, locale, frames)
        theme = Theme(colours, program.layout, mirrored=both_sides and program.layout.hole_punch)
        laid_out = lay_out(theme, handout, pictures, logo_picture(self.library.logo_path(program.clinic)))
        return Set(laid_out, locale, tuple(dict.fromkeys((*judged.notes, *locale.notes, *colours.notes))))
