"""A dose in the words of the handout: its line in the list, its numbers, its sentence.

A batch prints the same few doses of the same exercises, so each is put into words once for each language.
"""

from __future__ import annotations

from collections.abc import Hashable

from msgspec import Struct

from handouts.compose.cells import dose_cells
from handouts.compose.line import dose_short
from handouts.compose.sentence import dose_sentence
from handouts.dose import Dose
from handouts.layout.line_breaking import Text
from handouts.library.locale import Locale
from handouts.model import Exercise
from handouts.recent import Recent
from handouts.sheet.words import Words

_KEPT = 512
"""Doses, of some 2 KB."""


class Cell(Struct, frozen=True):
    """A number of the dose strip with what it counts; no value is a place to write it."""

    value: Text
    label: Text


class Dosed(Struct, frozen=True):
    """A dose as the handout says it."""

    short: Text
    cells: tuple[Cell, ...]
    sentence: Text


_kept: Recent[Hashable, tuple[Dosed, Locale, Exercise]] = Recent(_KEPT)
"""With what the key knows by identity alone, so that nothing else can take its place."""


def dosed(words: Words, exercise: Exercise, dose: Dose) -> Dosed:
    """A dose of an exercise. Raises UnprintableText."""
    if words.key is None:  # a missing word must be noted for every handout
        return _dosed(words, exercise, dose)
    key = words.key, id(exercise), dose
    return _kept.of(key, lambda: (_dosed(words, exercise, dose), words.locale, exercise))[0]


def _dosed(words: Words, exercise: Exercise, dose: Dose) -> Dosed:
    locale, field = words.locale, f"{exercise.id}.dose"
    return Dosed(
        short=words.plain(dose_short(dose, exercise, locale), field),
        cells=tuple(
            Cell(words.plain(cell.value or "", field), words.plain(cell.label, field))
            for cell in dose_cells(dose, exercise, locale)
        ),
        sentence=words.plain(dose_sentence(dose, exercise, locale), field),
    )
