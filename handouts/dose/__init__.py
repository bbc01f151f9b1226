"""The dose of an exercise: parse, format, bounds, minutes.

Knows no exercise, no language and no file; the sentence a patient reads is made in `plainlanguage`.
Notation: `3x8-12 hold 5s rest 60s each side 2/day`, parts in any order, case and spaces without meaning.
"""

from handouts.dose.notation import dose_from_mapping, parse_dose
from handouts.dose.value import (
    BANDS,
    LIMITS,
    BuildTo,
    Dose,
    DoseError,
    DoseSide,
    Range,
    check_complete,
    check_dose,
    merge_dose,
    minutes,
)
from handouts.dose.writing import format_dose, to_json

__all__ = [
    "BANDS",
    "LIMITS",
    "BuildTo",
    "Dose",
    "DoseError",
    "DoseSide",
    "Range",
    "check_complete",
    "check_dose",
    "dose_from_mapping",
    "format_dose",
    "merge_dose",
    "minutes",
    "parse_dose",
    "to_json",
]
