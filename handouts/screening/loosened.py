"""Where a clinic's own content is looser than the built-in one: measured by its effect, not by how it was written.

A rule replaced by a weaker one, a rule removed, an exception, a rule that names an exercise and so hides others, fewer
movements on an exercise, a condition that no longer blocks: each shows as another verdict on an exercise. A looser
verdict is the clinic's to give, and is told wherever programs are judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handouts.library import Library
from handouts.model import Packet, Program, Verdict
from handouts.screening.rules import verdict_for

_WEIGHT: dict[Verdict | None, int] = {None: 0, "caution": 1, "contraindicated": 2}
_SAID: dict[Verdict | None, str] = {None: "says nothing", "caution": "asks for care", "contraindicated": "forbids it"}


@dataclass(frozen=True, slots=True)
class Loosened:
    """An exercise, or a whole packet, on which the clinic's own content is looser for a condition."""

    item: str
    condition: str
    built_in: Verdict
    own: Verdict | None

    def __str__(self) -> str:
        own, built_in = _SAID[self.own], _SAID[self.built_in]
        return f"looser than the built-in rules: {self.item} with {self.condition}: {built_in} there, {own} here"


def loosened(exercises: Iterable[str], conditions: Iterable[str], library: Library) -> Iterator[Loosened]:
    """Each exercise and condition, of those that the built-in library has too, with a looser verdict than there."""
    built_in = library.built_in
    if built_in is library:
        return
    known = [one for one in conditions if one in built_in.conditions]
    for name in exercises:
        if name not in built_in.ids("exercises"):
            continue
        for condition in known:
            there = verdict_for(built_in.exercise(name), built_in.conditions[condition], built_in)
            here = verdict_for(library.exercise(name), library.conditions[condition], library)
            if there is not None and _WEIGHT[here] < _WEIGHT[there]:
                yield Loosened(name, condition, there, here)


def loosened_packet(packet: Packet, conditions: Iterable[str], library: Library) -> Iterator[Loosened]:
    """The conditions for which the built-in packet of the same id is refused, and the clinic's own is not."""
    if packet.id not in library.built_in.packets:
        return
    own = {refusal.condition for refusal in packet.not_for}
    there = {refusal.condition for refusal in library.built_in.packet(packet.id).not_for}
    for condition in conditions:
        if condition in there - own:
            yield Loosened(f"packet {packet.id}", condition, "contraindicated", None)


def loosened_for(program: Program, library: Library) -> tuple[str, ...]:
    """What the clinician is told of a program: a line for each looser verdict that bears on it."""
    conditions = [known.condition.id for known in program.patient.conditions]
    exercises = [prescription.exercise.id for prescription in program.prescriptions]
    found = [*loosened(exercises, conditions, library)]
    if program.packet:
        found += loosened_packet(program.packet, conditions, library)
    return tuple(map(str, found))


def loosened_everywhere(library: Library) -> tuple[str, ...]:
    """The same over the whole library, one line for all exercises that a condition's change is about."""
    groups: dict[tuple[str, Verdict, Verdict | None], list[str]] = {}
    everything = [*loosened(library.exercise_ids(), library.conditions, library)]
    for packet in library.read_all(library.packet, library.packets):
        everything += loosened_packet(packet, library.conditions, library)
    for one in everything:
        groups.setdefault((one.condition, one.built_in, one.own), []).append(one.item)
    exercises = (str(Loosened(", ".join(items), *rest)) for rest, items in groups.items())
    return (*exercises, *_narrowed_warnings(library))


def _narrowed_warnings(library: Library) -> Iterator[str]:
    """Warnings of the built-in library that the clinic's own of the same id shortens, or shows to others."""
    built_in = {warning.id: warning for warning in library.built_in.warnings}
    for own in library.warnings:
        there = built_in.get(own.id, own)
        if own.applies_to != there.applies_to or len(own.text.items) < len(there.text.items):
            yield f"looser than the built-in warnings: {own.id} says less, or to others"
