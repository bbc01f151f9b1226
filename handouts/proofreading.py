"""What is wrong with a program's handout before it is printed: faults of its pages, and its scores by two instruments."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.layout.page_check import page_problems, printed_texts
from handouts.library import Library
from handouts.model import Program
from handouts.programs import screen
from handouts.readability import Material, Score, scores
from handouts.rendering import lay_out_program


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
    screened = screen(program, library)
    laid_out = lay_out_program(screened, library)
    pages = laid_out.pages
    material = Material(
        handout=pages.handout, findings=screened.findings, locale=laid_out.locale, printed=printed_texts(pages)
    )
    return Proof(tuple(page_problems(pages)), scores(material))
