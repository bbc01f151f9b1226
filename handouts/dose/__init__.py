"""The dose of an exercise: notation, limits, minutes. Knows no exercise, no language and no file.

Notation: `3x8-12 hold 5s rest 60s each side 2/day`, parts in any order, case and spaces do not matter.
"""

from handouts.dose.dose import (
    BANDS,
    CAPPED,
    LIMITS,
    BuildTo,
    Dose,
    DoseError,
    Range,
    cap_dose,
    check_complete,
    check_dose,
    merge_dose,
    minutes,
    sessions_a_day,
    times_of_day,
)
from handouts.dose.formatting import format_dose, to_json
from handouts.dose.notation import dose_from_mapping, parse_dose

__all__ = [
    "BANDS",
    "CAPPED",
    "LIMITS",
    "BuildTo",
    "Dose",
    "DoseError",
    "Range",
    "cap_dose",
    "check_complete",
    "check_dose",
    "dose_from_mapping",
    "format_dose",
    "merge_dose",
    "minutes",
    "parse_dose",
    "sessions_a_day",
    "times_of_day",
    "to_json",
]
