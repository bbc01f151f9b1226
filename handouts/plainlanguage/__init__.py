"""Numbers as plain words: the dose as a sentence, a line and a strip; the patient's day; the reading grade.

Every word comes from the locale's `dose` section. Knows no page, no file and no terminal.
"""

from handouts.plainlanguage.cells import DoseCell, dose_cells
from handouts.plainlanguage.day import SessionTime, day_minutes, sessions_a_day, times_of_day
from handouts.plainlanguage.grade import GRADED, MOST_GRADE, patient_words, reading_grade
from handouts.plainlanguage.line import dose_short
from handouts.plainlanguage.sentence import dose_sentence

__all__ = [
    "GRADED",
    "MOST_GRADE",
    "DoseCell",
    "SessionTime",
    "day_minutes",
    "dose_cells",
    "dose_sentence",
    "dose_short",
    "patient_words",
    "reading_grade",
    "sessions_a_day",
    "times_of_day",
]
