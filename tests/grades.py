"""The reading grade as a kept library gives it: textstat, which the product itself goes without.

Its word list for English is under the GPL, and newer ones fetch theirs from the network. Its syllables of Spanish are
hyphens, fewer than are spoken: our own count is the stricter there.
"""

from __future__ import annotations

import textstat

_HUERTA_GRADES = ((90.0, 4.0), (80.0, 5.0), (70.0, 6.0), (60.0, 8.0), (50.0, 10.0))


def kept_grade(text: str, language: str) -> float:
    """The school year that can read `text`: Flesch–Kincaid for English, Fernández Huerta's table for Spanish."""
    if language == "en":
        textstat.set_lang("en_US")
        return float(textstat.flesch_kincaid_grade(text))
    textstat.set_lang("es")
    ease = float(textstat.fernandez_huerta(text))
    return next((grade for least, grade in _HUERTA_GRADES if ease >= least), 13.0)
