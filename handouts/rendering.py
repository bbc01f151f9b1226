"""One program becomes the bytes of its handout, in every format asked for. Writes no file and asks for no date."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.branding import Palette, palette
from handouts.compose.composing import compose_handout
from handouts.compose.handout import Handout
from handouts.compose.text import wording
from handouts.errors import BadInput
from handouts.figures import UndrawablePicture
from handouts.formats.plain_text import plain_text
from handouts.layout.document import LaidOutHandout, lay_out
from handouts.layout.pictures import Picture, Pictures, exercise_pictures, logo_picture
from handouts.layout.theme import Theme
from handouts.library import Library
from handouts.library.clinics import notice_problems
from handouts.library.library_check import picture_problems
from handouts.library.locale import Locale, read_locale
from handouts.model import Note, Program, notes
from handouts.output_paths import PDF_ALONE, Format
from handouts.pdf.canvas import TaggedCanvas
from handouts.pdf.finished_pdfs import append_leaflets, read_leaflet
from handouts.pdf.fonts import fault_of
from handouts.pdf.program_seal import PROGRAM_NAME, sealed
from handouts.prescription import program_record
from handouts.programs import ScreenedProgram, screen
from handouts.reports.decision_record import decision_record
from handouts.reviewing import handout_review
from handouts.screening import RefusedForSafety

if TYPE_CHECKING:
    from handouts.pdf.leaflets import Leaflet

LEAFLETS_NOTE = Note("missing", "the leaflets' pages are pictures to a screen reader: the file makes no PDF/UA claim")
FAINT_LOGO_NOTE = Note(
    "choice", "the logo, or a part of it, is so pale that white paper hides it: use the version for light backgrounds"
)
UNSCREENED = "the leaflet is a handout, whose exercises nobody has screened for this patient"
NO_LEAFLETS_NOTE = Note("missing", "the leaflets go with the PDF alone, not with the page or the text: give them apart")


@dataclass(frozen=True, kw_only=True)
class RenderedHandout:
    """A finished handout.

    Attributes:
        files: The bytes of each format; the program itself is inside a PDF and a page. Same program, same bytes.
        pages: How many pages the PDF has, leaflets included; 0 without a PDF.
        notes: For the clinician: those of the screening, then those that came up while it was laid out.
    """

    files: Mapping[Format, bytes]
    pages: int
    notes: tuple[Note, ...]

    @property
    def pdf(self) -> bytes:
        """The PDF. Raises KeyError when none was asked for."""
        return self.files["pdf"]


@dataclass(frozen=True, kw_only=True)
class ComposedProgram:
    """Everything that a handout says and shows, in no format yet."""

    handout: Handout
    pictures: Pictures
    logo: Picture | None
    colours: Palette
    locale: Locale
    notes: tuple[Note, ...]


@dataclass(frozen=True, kw_only=True)
class LaidOutProgram:
    """Pages that can be drawn on any canvas, the language they are in, and all notes to the clinician."""

    pages: LaidOutHandout
    locale: Locale
    notes: tuple[Note, ...]


def render(
    program: Program | ScreenedProgram,
    library: Library,
    *,
    both_sides: bool = False,
    formats: Collection[Format] = PDF_ALONE,
) -> RenderedHandout:
    """Make the handout of a program; it is screened first unless it has been.

    Args:
        program: What to print.
        library: Where its warnings, logo and leaflets come from.
        both_sides: Lay the sheet out for paper that is printed on both sides.
        formats: What the handout is made as.

    Raises:
        RefusedForSafety: An exercise is contraindicated for this patient and not overridden.
        BadInput: A text or picture of the library cannot be printed.
        UnprintableText: A letter in the program is in no bundled font.
        FileTrouble: A leaflet cannot be read.
    """
    screened = program if isinstance(program, ScreenedProgram) else screen(program, library)
    leaflets = [read_leaflet(path) for path in leaflet_paths(screened.program, library)]
    composed = compose_program(screened, library)
    if screened.program.clinic.notices_pdf:
        leaflets[-1] = _notices_sheet(leaflets[-1], composed.handout)
    decided = decision_record(screened.findings, screened.looser, screened.sign_offs, library)
    record = sealed({**program_record(screened.program), **decided})
    files: dict[Format, bytes] = {}
    unscreened = (f"{leaflet.name}: {UNSCREENED}" for leaflet in leaflets if leaflet.is_handout)
    noted, pages = (*composed.notes, *notes("safety", unscreened)), 0
    if "pdf" in formats:
        laid_out = _laid_out(screened.program, composed, both_sides=both_sides)
        pages = laid_out.pages.page_count + sum(leaflet.pages for leaflet in leaflets)
        files["pdf"] = _draw(screened.program, laid_out, record)
        if leaflets:
            say = partial(laid_out.locale.say, "handout.leaflet_page")
            files["pdf"] = append_leaflets(files["pdf"], leaflets, lambda name, page: say(name=name, page=page))
            noted = (*noted, LEAFLETS_NOTE)
    if "html" in formats:
        large = screened.program.layout.large_print
        # Jinja2 is loaded for pages alone: it takes 30 of the 650 milliseconds of a command.
        html_page = import_module("handouts.formats.html_page").html_page
        files["html"] = html_page(
            composed.handout, composed.pictures, composed.logo, composed.colours, large=large, record=record
        )
    if "text" in formats:
        files["text"] = plain_text(composed.handout)
    if screened.program.append and files.keys() - {"pdf"}:
        noted = (*noted, NO_LEAFLETS_NOTE)
    return RenderedHandout(files=files, pages=pages, notes=noted)


def compose_program(screened: ScreenedProgram, library: Library) -> ComposedProgram:
    """Everything that the handout of a screened program says and shows; raises what `render` raises."""
    if screened.refused:
        raise RefusedForSafety(screened.findings)
    program = screened.program
    locale = read_locale(library, program.language)
    colours = palette(program.clinic, program.layout.ink_saver)
    try:
        pictures = exercise_pictures(program.prescriptions, colours)
    except UndrawablePicture as trouble:
        raise BadInput(picture_problems(library, trouble.name, trouble.faults)) from trouble
    if faults := list(notice_problems(program.clinic, library.notices_file, fault_of)):
        raise BadInput(faults)
    frames = {name: len(shown) for name, shown in pictures.items()}
    handout = compose_handout(program, screened.findings, library, locale, frames, handout_review(screened.sign_offs))
    logo = logo_picture(library.clinic_file(program.clinic, "logo"))
    found = (*screened.notes, *notes("missing", locale.notes), *notes("choice", colours.notes))
    if logo and logo.is_faint:
        found = (*found, FAINT_LOGO_NOTE)
    noted = tuple(dict.fromkeys(found))
    return ComposedProgram(handout=handout, pictures=pictures, logo=logo, colours=colours, locale=locale, notes=noted)


def lay_out_program(screened: ScreenedProgram, library: Library, *, both_sides: bool = False) -> LaidOutProgram:
    """Compose a screened program and lay out its pages; raises what `render` raises."""
    return _laid_out(screened.program, compose_program(screened, library), both_sides=both_sides)


def _laid_out(program: Program, composed: ComposedProgram, *, both_sides: bool) -> LaidOutProgram:
    theme = Theme(composed.colours, program.layout, mirrored=both_sides and program.layout.hole_punch)
    printed_apart = program.clinic.notices_pdf is not None
    handout = replace(composed.handout, notices=()) if printed_apart else composed.handout
    pages = lay_out(theme, handout, composed.pictures, composed.logo)
    return LaidOutProgram(pages=pages, locale=composed.locale, notes=composed.notes)


def leaflet_paths(program: Program, library: Library) -> list[Path]:
    """Where the PDFs lie that a handout ends with: leaflets, the library's by name and others by path; then the
    clinic's printed notices."""
    notices = library.clinic_file(program.clinic, "notices_pdf")
    return [*(library.leaflet_path(name) or Path(name) for name in program.append), *([notices] if notices else [])]


def print_file_notes(program: Program) -> tuple[Note, ...]:
    """What of a handout is not in a print file, which takes no other PDF."""
    apart = program.clinic.notices_pdf
    noted = f"the print file has no notices: print {apart} apart, one for each handout"
    return (Note("missing", noted),) if apart else ()


def _notices_sheet(sheet: Leaflet, handout: Handout) -> Leaflet:
    """The clinic's printed notices, with what they say in each language."""
    texts: dict[str, list[str]] = {}
    for notice in handout.notices:
        texts.setdefault(notice.lang, []).append(wording(notice.text))
    spoken = {lang: " ".join(words) for lang, words in texts.items()}
    return sheet._replace(name=wording(handout.labels["notices"]), spoken=spoken)


def _draw(program: Program, laid_out: LaidOutProgram, record: bytes) -> bytes:
    pages = laid_out.pages
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
    canvas.attach(PROGRAM_NAME, record, "application/json", "The program of this handout")
    return canvas.finish()
