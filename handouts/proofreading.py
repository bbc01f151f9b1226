"""What is wrong with a handout before it is printed: faults of its pages, and its scores by two instruments."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from handouts.layout.page_check import printed_texts, recorded, text_problems
from handouts.library import Library
from handouts.model import Clinic, Program
from handouts.prescription import ProgramFields, build_program
from handouts.programs import ScreenedProgram, screen
from handouts.readability import Material, Score, scores
from handouts.rendering import lay_out_program

_ANY_DAY = dt.date(2000, 1, 1)
"""A packet without a patient prints no date."""


@dataclass(frozen=True)
class Proof:
    """What was found on the pages of one handout."""

    problems: tuple[str, ...]
    scores: tuple[Score, ...]


def proofread(program: Program, library: Library) -> Proof:
    """Lay out a program's handout and read it as its critics would.

    Raises:
        RefusedForSafety: it may not be printed.
        BadInput: content is bad.
        UnprintableText: a character is in none of the bundled fonts.
    """
    return _proof(screen(program, library), library)


def clinic_problems(clinic: Clinic, library: Library) -> tuple[str, ...]:
    """Faults that a clinic's name, address or logo makes on the pages of its shortest packet, in any print.

    Raises:
        BadInput, UnprintableText: as `proofread` does.
    """
    packet = min(library.read_all(library.packet, library.packets), key=lambda one: len(one.items))
    found: list[str] = []
    for large in (False, True):
        fields = ProgramFields(packet=packet.id, clinic=clinic.id, large_print=large)
        program = build_program(fields, library, date=_ANY_DAY, name_required=False)
        found += _proof(screen(program, library), library).problems
    return tuple(dict.fromkeys(found))


def _proof(screened: ScreenedProgram, library: Library) -> Proof:
    laid_out = lay_out_program(screened, library)
    handout, pages = laid_out.pages.handout, recorded(laid_out.pages)
    material = Material(
        handout=handout, findings=screened.findings, locale=laid_out.locale, printed=printed_texts(pages)
    )
    return Proof(tuple(text_problems(laid_out.pages, pages)), scores(material))
