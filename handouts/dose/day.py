"""The patient's day: at which times a dose is done, and how long all of it takes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal

from handouts.dose import Dose, minutes
from handouts.model import Prescription

SessionTime = Literal["morning", "midday", "evening"]

_TIMES: dict[int, tuple[SessionTime, ...]] = {
    1: ("morning",),
    2: ("morning", "evening"),
    3: ("morning", "midday", "evening"),
}


def times_of_day(dose: Dose) -> tuple[SessionTime, ...]:
    """When on a day a dose is done; empty when it does not say, leaves a choice, or is more often than three times.

    A dose by the week or every other day is done once on its days.
    """
    if dose.per_day is None:
        return _TIMES[1] if dose.per_week or dose.every_other_day else ()
    low, high = dose.per_day
    return _TIMES.get(low, ()) if low == high else ()


def sessions_a_day(dose: Dose) -> float:
    """How often a dose is done on a day on which it is done: the middle of a range, once when nothing is said."""
    return sum(dose.per_day) / 2 if dose.per_day else 1


def day_minutes(prescriptions: Iterable[Prescription]) -> int:
    """Minutes that a day takes on which everything is done, rounded up; the formula of one session is the dose's."""
    total = sum(
        minutes(prescription.dose, prescription.exercise.rep_s) * sessions_a_day(prescription.dose)
        for prescription in prescriptions
    )
    return math.ceil(round(total, 6))
