"""How a rule changes an exercise: its own words in place of the exercise's, another figure, a dose with a ceiling."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.dose import Dose


@dataclass(frozen=True, kw_only=True, slots=True)
class AdaptedText:
    """What the card says in place of the exercise's own words; None where those stand.

    Steps replace the whole way of doing it: the exercise's breathing, mistakes, feel, easier and harder go too.
    """

    setup: str | None = None
    steps: tuple[str, ...] = ()
    easier: str | None = None
    harder: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Adapt:
    """What a rule changes of its `exercises` (none named: of all that it is about), besides the words in its text.

    `position`: where it is done, of those for which the exercise has a start. `like`: an exercise whose figure, place
    and equipment are shown. `most`: the ceiling of the dose, the upper end of each part. `minutes_a_week`: the time is
    at most so many minutes for each week since. `no_load`: done without a weight or band.
    """

    exercises: tuple[str, ...] = ()
    position: str | None = None
    like: str | None = None
    most: Dose | None = None
    minutes_a_week: int | None = None
    no_load: bool = False
