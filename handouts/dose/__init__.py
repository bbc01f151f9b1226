"""The dose of an exercise: notation, limits, minutes. Knows no exercise, no language and no file.

Notation: `3x8-12 hold 5s rest 60s each side 2/day`, parts in any order, case and spaces do not matter.
"""

from handouts.dose.dose import (
    BANDS as BANDS,
    CAPPED as CAPPED,
    LIMITS as LIMITS,
    BuildTo as BuildTo,
    Dose as Dose,
    DoseError as DoseError,
    Range as Range,
    cap_dose as cap_dose,
    check_complete as check_complete,
    check_dose as check_dose,
    format_dose as format_dose,
    merge_dose as merge_dose,
    minutes as minutes,
    sessions_a_day as sessions_a_day,
    span as span,
    times_of_day as times_of_day,
    to_json as to_json,
)
from handouts.dose.notation import dose_from_mapping as dose_from_mapping, parse_dose as parse_dose
