"""How much time a program takes."""

from __future__ import annotations

import math
from collections.abc import Iterable

from handouts.dose import minutes, sessions_a_day
from handouts.model import Prescription


def day_minutes(prescriptions: Iterable[Prescription]) -> int:
    """Minutes of a day on which every exercise is done, rounded up."""
    total = sum(
        minutes(prescription.dose, prescription.exercise.rep_s) * sessions_a_day(prescription.dose)
        for prescription in prescriptions
    )
    return math.ceil(round(total, 6))
