"""The reading grade of patient text. Needs textstat, which only the development extra installs: never used to print."""

from __future__ import annotations

from handouts.model import ExerciseText

MOST_GRADE = 6.0
"""The highest reading grade patient text may have: the sixth school year, as US health-literacy guides ask."""

_HUERTA_GRADES = ((90.0, 4.0), (80.0, 5.0), (70.0, 6.0), (60.0, 8.0), (50.0, 10.0))
"""Fernández Huerta's ease of reading (J. Fernández Huerta, 1959) and the school year he gives for it."""


def reading_grade(text: str, lang: str) -> float:
    """The school year that can read `text`: Flesch–Kincaid for English, Fernández Huerta's table for Spanish.

    Raises ModuleNotFoundError without textstat, and ValueError for a language that no formula is known for.
    """
    import textstat

    language = lang.split("-")[0]
    if language == "en":
        textstat.set_lang("en_US")
        return float(textstat.flesch_kincaid_grade(text))
    if language == "es":
        textstat.set_lang("es")
        ease = float(textstat.fernandez_huerta(text))
        return next((grade for least, grade in _HUERTA_GRADES if ease >= least), 13.0)
    raise ValueError(f"no reading formula for {lang!r}")


def patient_words(text: ExerciseText) -> str:
    """What a patient reads about one exercise, taken together as sentences: the unit whose grade counts."""
    parts = [text.purpose, text.setup, *text.steps, text.feel, text.breathing, *text.mistakes]
    parts += [text.make_easier, text.make_harder]
    return " ".join(part for part in parts if part)
