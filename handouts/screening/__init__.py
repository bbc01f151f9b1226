"""Judgement: which rules a program meets, what to offer instead, which warnings and pain scale it needs.

Pure: takes a program and a library, returns values. Prints nothing, asks for no date, lays nothing out. "No finding"
means that no rule fired, never that a patient is cleared.
"""

from handouts.screening.advice import advice
from handouts.screening.alternatives import alternatives
from handouts.screening.judgement import Judged, judge
from handouts.screening.loosened import loosened_everywhere, loosened_for
from handouts.screening.needed_warnings import pain_scale, pain_zones, warnings_for
from handouts.screening.screening import RefusedForSafety, refusals, screen, verdict

__all__ = [
    "Judged",
    "RefusedForSafety",
    "advice",
    "alternatives",
    "judge",
    "loosened_everywhere",
    "loosened_for",
    "pain_scale",
    "pain_zones",
    "refusals",
    "screen",
    "verdict",
    "warnings_for",
]
