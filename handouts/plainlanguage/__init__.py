"""Numbers as plain words: the dose as a sentence, a line and a strip; the patient's day.

Every word comes from the locale's `dose` section. Knows no page, no file and no terminal. The reading grade of words,
which no handout needs, is asked of `handouts.plainlanguage.grade`.
"""

from handouts.plainlanguage.cells import DoseCell, dose_cells
from handouts.plainlanguage.day import SessionTime, day_minutes, sessions_a_day, times_of_day
from handouts.plainlanguage.line import dose_short
from handouts.plainlanguage.sentence import dose_sentence

__all__ = [
    "DoseCell",
    "SessionTime",
    "day_minutes",
    "dose_cells",
    "dose_sentence",
    "dose_short",
    "sessions_a_day",
    "times_of_day",
]
