"""Screening: which rules a program meets, what to offer instead, which safety lines and pain scale it needs.

Pure: takes a program and a library, returns values. Prints nothing, asks for no date, lays nothing out. "No finding"
means that no rule fired, never that a patient is cleared.
"""

from handouts.screening.adapting import adapt as adapt
from handouts.screening.advice import advice as advice, clinic_notes as clinic_notes
from handouts.screening.loosened import loosened_everywhere as loosened_everywhere, loosened_for as loosened_for
from handouts.screening.needed_warnings import (
    Safety as Safety,
    SafetyLine as SafetyLine,
    page1_boxes as page1_boxes,
    pain_scale as pain_scale,
    safety_items as safety_items,
    warnings_for as warnings_for,
)
from handouts.screening.screening import (
    RefusedForSafety as RefusedForSafety,
    alternatives as alternatives,
    judged_by as judged_by,
    refusal_words as refusal_words,
    refusals as refusals,
    screen as screen,
    verdict as verdict,
)
from handouts.screening.windows import time_notes as time_notes
