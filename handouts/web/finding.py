"""The part *Find*: exercises by words, filters and pictures, each with what the rules say for this patient."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial

from handouts.drafting.draft import Draft
from handouts.drafting.draft_program import unchecked_program
from handouts.layout.picture_file import picture_bytes
from handouts.library import Library
from handouts.library.filters import NOTHING, Filter, filter_names, filter_values
from handouts.library.names import NAMED_KINDS
from handouts.library.search import Index, read_index
from handouts.model import Exercise, Verdict
from handouts.screening import verdict
from handouts.screening.rules import waits_for_clearance
from handouts.screening.screening import is_refused, suits
from handouts.screening.windows import Standing, standings

FILTERS: dict[str, Filter] = {"region": "regions", "goal": "goals", "position": "positions", "equipment": "equipment"}
ASKED = ("q", *FILTERS, "safe", "more")
"""What an address may ask of this part."""
FIRST = 12
"""Cards before "show more": so many pictures fill a screen and come at once."""


@dataclass(frozen=True)
class Card:
    """An exercise to choose; `judged` is what the rules say of it, which is no clearance when it is None."""

    exercise: Exercise
    about: str
    judged: Verdict | None
    conditions: tuple[str, ...]
    waits: bool
    taken: bool


@dataclass(frozen=True)
class Found:
    """The cards that are shown, how many there are in all, and the packets that fit the same words."""

    cards: tuple[Card, ...]
    count: int
    packets: tuple[tuple[str, str], ...]


class Finder:
    """Searches one library; what is read for one search serves the next."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.picture = cache(self._drawn)
        """The exercise's figure as SVG, drawn once. Raises BadInput where there is none or nothing draws it."""

    @cached_property
    def choices(self) -> dict[str, dict[str, str]]:
        """The values of each filter with their names, in the page's own language."""
        found: dict[str, dict[str, str]] = {}
        for name, section in FILTERS.items():
            named, counts = filter_names(section, self._library), filter_values(section, self._library)
            found[name] = {value: named.get(value, value) for value in sorted(counts) if counts[value]}
        return found | {"equipment": {NOTHING: "no equipment", **found["equipment"]}}

    def reading_ahead(self) -> Iterator[Callable[[], object]]:
        """The steps that read what the first search, packet and condition would otherwise wait for."""
        yield lambda: self.choices
        yield lambda: (self._exercises, self._packets)
        yield from (partial(self._library.names.of, kind) for kind in NAMED_KINDS)

    def find(self, draft: Draft, asked: Mapping[str, str]) -> Found:
        """What fits the words and the filters; all exercises when nothing is asked."""
        library, words = self._library, asked.get("q", "").strip()
        packets = self._packets.find(words) if words else sorted(library.packets)
        items = [library.exercise(one) for one in self._exercises.find(words)] if words else library.exercises()
        items = [one for one in items if _fits(one, asked)]
        conditions = standings(unchecked_program(draft, library), library)
        if asked.get("safe"):
            packets = [one for one in packets if not is_refused(library.packet(one), conditions, library)]
            items = [one for one in items if suits(one, conditions, library)]
        shown = items if asked.get("more") else items[:FIRST]
        return Found(
            cards=tuple(self._card(one, conditions, draft) for one in shown),
            count=len(items),
            packets=tuple((one, library.packet(one).text.title) for one in packets),
        )

    def _card(self, exercise: Exercise, conditions: Sequence[Standing], draft: Draft) -> Card:
        judged = verdict(exercise, conditions, self._library)
        spoken = (of.condition.id for of in conditions if judged and verdict(exercise, [of], self._library) == judged)
        waits = waits_for_clearance(exercise, conditions, self._library)
        about = ", ".join(self.choices[name][getattr(exercise, name)] for name in ("region", "goal", "position"))
        return Card(exercise, about, judged, tuple(spoken), waits, exercise.id in draft.exercise_ids)

    def _drawn(self, exercise_id: str) -> bytes:
        exercise = self._library.exercise(exercise_id)
        return picture_bytes(exercise, ".svg", None, exercise.text, dt.date.min)

    @cached_property
    def _exercises(self) -> Index:
        return read_index("exercises", self._library.exercise_ids(), self._library)

    @cached_property
    def _packets(self) -> Index:
        return read_index("packets", sorted(self._library.packets), self._library)


def _fits(exercise: Exercise, asked: Mapping[str, str]) -> bool:
    equipment = asked.get("equipment")
    owned = {equipment} if equipment and equipment != NOTHING else set()
    return all(asked.get(name, "") in ("", getattr(exercise, name)) for name in ("region", "goal", "position")) and (
        not equipment or owned.issuperset(exercise.equipment)
    )
