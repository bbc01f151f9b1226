"""From a program to the bytes of its handout: judged first, then set. Writes no file and asks for no date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from handouts.document import PROGRAM_NAME, sealed
from handouts.model import Finding, Program
from handouts.programs import program_record
from handouts.safety import RefusedForSafety, advice, refusals, screen, warnings_for

if TYPE_CHECKING:
    from handouts.library import Library


class Judged(Struct, frozen=True, kw_only=True):
    """A program with what the rules say of it, and notes to the clinician that never reach the patient."""

    program: Program
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]

    @property
    def refused(self) -> bool:
        """Whether something is contraindicated and not overridden."""
        return bool(refusals(self.findings))


class Made(Struct, frozen=True, kw_only=True):
    """A finished handout. `notes` are those of the judgement and those that came up while it was set."""

    pdf: bytes
    pages: int
    notes: tuple[str, ...]


def judge(program: Program, library: Library, why: Sequence[str] = ()) -> Judged:
    """Screens a program and advises on it; `why` its exercises were chosen, if by rule, opens the notes."""
    findings = screen(program, library)
    return Judged(program=program, findings=findings, notes=(*why, *advice(program, findings)))


def make(judged: Judged, library: Library) -> Made:
    """The handout of a judged program, with the program itself inside it; same program, same bytes.

    Raises RefusedForSafety for one that may not be printed, and BadInput or UnprintableText for what cannot be.
    """
    if judged.refused:
        raise RefusedForSafety(judged.findings)
    from handouts.brand import palette, read_logo
    from handouts.locales import read_locale
    from handouts.sheet import drawn_pictures, lay_out
    from handouts.tagging import TaggedCanvas

    program = judged.program
    locale = read_locale(library, program.language)
    colours = palette(program.clinic, program.layout.ink_saver)
    logo = library.logo_path(program.clinic)
    laid_out = lay_out(
        program,
        judged.findings,
        warnings_for(program, library),
        locale,
        palette=colours,
        logo=read_logo(logo) if logo else None,
        pictures=drawn_pictures(colours),
    )
    canvas = TaggedCanvas(
        page_size=laid_out.page_size,
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
    notes = dict.fromkeys((*judged.notes, *locale.notes, *colours.notes))
    return Made(pdf=canvas.finish(), pages=laid_out.page_count, notes=tuple(notes))
