"""The reading grade of patient text, by published formulas."""

from __future__ import annotations

import re

from handouts.model import ExerciseText
from handouts.readability.syllables import syllables

MOST_GRADE = 6.0
"""The highest reading grade patient text may have: the sixth school year, as US health-literacy guides ask."""

_HUERTA_GRADES = ((90.0, 4.0), (80.0, 5.0), (70.0, 6.0), (60.0, 8.0), (50.0, 10.0))
"""Fernández Huerta's ease of reading (J. Fernández Huerta, 1959) and the school year he gives for it."""
GRADED = ("en", "es")
"""The languages that a formula is known for."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_END = re.compile(r"[.!?]+(?=\W|$)")


def reading_grade(text: str, lang: str) -> float:
    """The school year that can read `text`: Flesch–Kincaid for English, Fernández Huerta's table for Spanish.

    Flesch–Kincaid: J. P. Kincaid et al., Navy Research Branch Report 8-75, 1975. Raises ValueError for a language that
    no formula is known for. Text without a word has grade 0.
    """
    # `es-US` is graded as Spanish: the formulas know languages, not countries.
    language = lang.split("-")[0]
    if language not in GRADED:
        raise ValueError(f"no reading formula for {lang!r}")
    sentences = [words for part in _END.split(text) if (words := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    # A number is a word of one syllable, as readers take digits at a glance.
    told = sum(1 if word.isdigit() else syllables(word, language) for word in words)
    a_sentence, a_word = len(words) / len(sentences), told / len(words)
    if language == "en":
        return 0.39 * a_sentence + 11.8 * a_word - 15.59
    ease = 206.84 - 60 * a_word - 1.02 * a_sentence
    return next((grade for least, grade in _HUERTA_GRADES if ease >= least), 13.0)


def patient_words(text: ExerciseText) -> str:
    """What a patient reads about one exercise, taken together as sentences: the unit whose grade counts."""
    parts = [text.purpose, text.setup, *text.steps, text.feel, text.breathing]
    parts += [sentence for mistake in text.mistakes for sentence in (mistake.sign, mistake.mend)]
    parts += [text.make_easier, text.make_harder]
    return " ".join(part for part in parts if part)
