"""One item of an instrument with its answer, and what the answers come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from handouts.readability.material import Material

MOST_NAMED = 3
"""So many faults of one item are named."""
Answer = tuple[bool | None, str]
"""Whether an item is met, None when no machine can tell or nothing calls for it, and what it was told by."""
Items = tuple[tuple[str, str, Callable[[Material], Answer]], ...]
"""The items of an instrument: its number, what it asks in short words of our own, and what judges it."""
LEFT_TO_PEOPLE: Answer = (None, "left to people")


@dataclass(frozen=True)
class Item:
    """An item in short words of our own, with its number in the instrument."""

    number: str
    asks: str
    met: bool | None
    why: str

    @property
    def answer(self) -> str:
        """`yes`, `no`, or `-` for what is left to people."""
        return {True: "yes", False: "no", None: "-"}[self.met]


@dataclass(frozen=True)
class Score:
    """All items of an instrument. Only those that a machine can judge count."""

    instrument: str
    items: tuple[Item, ...]

    @classmethod
    def of(cls, instrument: str, items: Items, material: Material) -> Score:
        """How a handout does by all items of an instrument, in their order."""
        return cls(instrument, tuple(Item(number, asks, *judge(material)) for number, asks, judge in items))

    @property
    def met(self) -> int:
        """How many items are met."""
        return sum(item.met is True for item in self.items)

    @property
    def judged(self) -> int:
        """How many items a machine could judge."""
        return sum(item.met is not None for item in self.items)

    @property
    def full(self) -> bool:
        """Whether every judged item is met."""
        return self.met == self.judged

    def __str__(self) -> str:
        left = len(self.items) - self.judged
        return f"{self.instrument}: {self.met} of {self.judged} items, {left} left to people"


def all_of(faults: Iterable[str], good: str) -> Answer:
    """Met when there is no fault; the first ones are named otherwise."""
    # A list of thirty faults hides the first: three are named, the others counted.
    found = list(dict.fromkeys(faults))
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return (False, "; ".join(found[:MOST_NAMED]) + more) if found else (True, good)


def has_log(material: Material) -> Answer:
    """A tangible tool to act with: the log, by its weeks."""
    weeks = sum(map(material.prints, material.handout.log.weeks))
    return weeks > 0, f"a log of {weeks} weeks" if weeks else "the log is left out"


def left(_material: object) -> Answer:
    """What no machine can judge."""
    return LEFT_TO_PEOPLE


def only_faults(faults: Iterable[str], looked_for: str) -> Answer:
    """Not met when there is a fault. Without one it is left to people: a machine sees some faults of this item only."""
    met, why = all_of(faults, f"left to people; {looked_for}")
    return None if met else False, why
