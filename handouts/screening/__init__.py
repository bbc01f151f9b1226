"""Screening: which rules a program meets, what to offer instead, which safety lines and pain scale it needs.

Pure: takes a program and a library, returns values. Prints nothing, asks for no date, lays nothing out. "No finding"
means that no rule fired, never that a patient is cleared.
"""

from handouts.screening.adapting import adapt
from handouts.screening.advice import advice, clinic_notes
from handouts.screening.alternatives import alternatives
from handouts.screening.loosened import loosened_everywhere, loosened_for
from handouts.screening.needed_warnings import (
    Page1Boxes,
    Safety,
    SafetyGroup,
    SafetyLine,
    page1_boxes,
    pain_scale,
    safety_items,
    warnings_for,
)
from handouts.screening.screening import RefusedForSafety, refusal_words, refusals, screen, verdict
from handouts.screening.windows import time_notes

__all__ = [
    "Page1Boxes",
    "RefusedForSafety",
    "Safety",
    "SafetyGroup",
    "SafetyLine",
    "adapt",
    "advice",
    "alternatives",
    "clinic_notes",
    "loosened_everywhere",
    "loosened_for",
    "page1_boxes",
    "pain_scale",
    "refusal_words",
    "refusals",
    "safety_items",
    "screen",
    "time_notes",
    "verdict",
    "warnings_for",
]
