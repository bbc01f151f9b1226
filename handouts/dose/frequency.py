"""When on a day a dose is done, and how often."""

from __future__ import annotations

from typing import Literal

from handouts.dose.dose import Dose

SessionTime = Literal["morning", "midday", "evening"]

_TIMES: dict[int, tuple[SessionTime, ...]] = {
    1: ("morning",),
    2: ("morning", "evening"),
    3: ("morning", "midday", "evening"),
}


def times_of_day(dose: Dose) -> tuple[SessionTime, ...]:
    """When on a day the dose is done; empty when it does not say, leaves a choice, or is more often than three times.

    A dose by the week or every other day is done once on its days.
    """
    if dose.per_day is None:
        return _TIMES[1] if dose.per_week or dose.every_other_day else ()
    low, high = dose.per_day
    return _TIMES.get(low, ()) if low == high else ()


def sessions_a_day(dose: Dose) -> float:
    """How often the dose is done on a day on which it is done: the middle of a range; once when it does not say."""
    return sum(dose.per_day) / 2 if dose.per_day else 1
