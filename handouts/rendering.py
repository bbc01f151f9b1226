"""One program becomes the bytes of its handout. Writes no file and asks for no date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.branding import palette
from handouts.compose.composing import compose_handout
from handouts.layout.document import LaidOutHandout, lay_out
from handouts.layout.pictures import exercise_pictures, logo_picture
from handouts.layout.theme import Theme
from handouts.library import Library
from handouts.library.locale import Locale, read_locale
from handouts.model import Note, Program, notes
from handouts.pdf.canvas import TaggedCanvas
from handouts.pdf.finished_pdfs import append_leaflets, read_leaflet
from handouts.pdf.program_seal import PROGRAM_NAME, sealed
from handouts.prescription import program_record
from handouts.programs import ScreenedProgram, screen
from handouts.reports.decision_record import decision_record
from handouts.reviewing import handout_review
from handouts.screening import RefusedForSafety

if TYPE_CHECKING:
    from handouts.pdf.leaflets import Leaflet

LEAFLETS_NOTE = Note("missing", "the leaflets' pages are pictures to a screen reader: the file makes no PDF/UA claim")


@dataclass(frozen=True, kw_only=True)
class RenderedHandout:
    """A finished handout.

    Attributes:
        pdf: The file's bytes; the program itself is attached inside. Same program, same bytes.
        pages: How many pages it has, leaflets included.
        notes: For the clinician: those of the screening, then those that came up while it was laid out.
    """

    pdf: bytes
    pages: int
    notes: tuple[Note, ...]


@dataclass(frozen=True, kw_only=True)
class LaidOutProgram:
    """Pages that can be drawn on any canvas, the language they are in, and all notes to the clinician."""

    pages: LaidOutHandout
    locale: Locale
    notes: tuple[Note, ...]


def render(program: Program | ScreenedProgram, library: Library, *, both_sides: bool = False) -> RenderedHandout:
    """Make the handout of a program; it is screened first unless it has been.

    Args:
        program: What to print.
        library: Where its warnings, logo and leaflets come from.
        both_sides: Lay the sheet out for paper that is printed on both sides.

    Raises:
        RefusedForSafety: An exercise is contraindicated for this patient and not overridden.
        BadInput: A text or picture of the library cannot be printed.
        UnprintableText: A letter in the program is in no bundled font.
        FileTrouble: A leaflet cannot be read.
    """
    screened = program if isinstance(program, ScreenedProgram) else screen(program, library)
    leaflets = [read_leaflet(path) for path in leaflet_paths(screened.program, library)]
    laid_out = lay_out_program(screened, library, both_sides=both_sides)
    pdf = _draw(screened, laid_out, library)
    told = laid_out.notes
    if leaflets:
        pdf = _with_leaflets(pdf, leaflets, laid_out.locale)
        told = (*told, LEAFLETS_NOTE)
    pages = laid_out.pages.page_count + sum(leaflet.pages for leaflet in leaflets)
    return RenderedHandout(pdf=pdf, pages=pages, notes=told)


def lay_out_program(screened: ScreenedProgram, library: Library, *, both_sides: bool = False) -> LaidOutProgram:
    """Compose a screened program and lay out its pages; raises what `render` raises."""
    if screened.refused:
        raise RefusedForSafety(screened.findings)
    program = screened.program
    locale = read_locale(library, program.language)
    colours = palette(program.clinic, program.layout.ink_saver)
    pictures = exercise_pictures(program.prescriptions, colours)
    frames = {name: len(shown) for name, shown in pictures.items()}
    handout = compose_handout(program, screened.findings, library, locale, frames, handout_review(screened.sign_offs))
    theme = Theme(colours, program.layout, mirrored=both_sides and program.layout.hole_punch)
    pages = lay_out(theme, handout, pictures, logo_picture(library.logo_path(program.clinic)))
    found = (*screened.notes, *notes("missing", locale.notes), *notes("choice", colours.notes))
    return LaidOutProgram(pages=pages, locale=locale, notes=tuple(dict.fromkeys(found)))


def leaflet_paths(program: Program, library: Library) -> list[Path]:
    """Where the leaflets lie that a program appends: the library's by name, others by path."""
    return [library.leaflet_path(name) or Path(name) for name in program.append]


def _draw(screened: ScreenedProgram, laid_out: LaidOutProgram, library: Library) -> bytes:
    program, pages = screened.program, laid_out.pages
    canvas = TaggedCanvas(
        None,
        pages.page_size,
        title=pages.title,
        lang=laid_out.locale.tag,
        author=program.clinic.name or "",
        subject=pages.subject,
        date=program.date,
    )
    pages.draw(canvas)
    decided = decision_record(screened.findings, screened.looser, library)
    record = sealed({**program_record(program), **decided})
    canvas.attach(PROGRAM_NAME, record, "application/json", "The program of this handout", "Source")
    return canvas.finish()


def _with_leaflets(pdf: bytes, leaflets: Sequence[Leaflet], locale: Locale) -> bytes:
    return append_leaflets(pdf, leaflets, lambda name, page: locale.say("handout.leaflet_page", name=name, page=page))
