"""Reading a finished handout as its critics would: the items of PEMAT-P and CERT that a machine can judge.

Everything is computed from what the handout says, in the order in which it says it. Prints nothing.
"""

from __future__ import annotations

from handouts.library import Library
from handouts.model import Program
from handouts.readability.cert import cert_items
from handouts.readability.findings import Item, Score
from handouts.readability.pemat import pemat_items
from handouts.readability.said import Said, say_handout

__all__ = ["Item", "Said", "Score", "read_handout", "say_handout", "scores"]


def scores(said: Said) -> tuple[Score, ...]:
    """The handout's score by each instrument."""
    return Score("PEMAT-P", tuple(pemat_items(said))), Score("CERT", tuple(cert_items(said)))


def read_handout(program: Program, library: Library) -> tuple[Score, ...]:
    """The scores of a program's handout, whether it may be printed or not.

    Raises UnprintableText, and BadInput for bad content.
    """
    from handouts.branding import palette
    from handouts.library.locale import read_locale
    from handouts.screening import screen
    from handouts.sheet import drawn_pictures

    locale = read_locale(library, program.language)
    pictures = drawn_pictures(palette(program.clinic, program.layout.ink_saver))
    return scores(say_handout(program, screen(program, library), library, locale, pictures))
