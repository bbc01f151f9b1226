"""Where a clinic's own content is looser than the built-in one: measured by its effect, not by how it was written.

A rule replaced by a weaker one, a rule removed, an exception, a rule that names an exercise and so hides others, fewer
movements on an exercise, a condition that no longer blocks: each shows as another verdict on an exercise. A looser
verdict is the clinic's to give, and is reported wherever programs are screened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from handouts.dose import CAPPED, LIMITS, Dose, cap_dose
from handouts.library import Library
from handouts.library.warnings import ACTIONS
from handouts.model import (
    AppliesTo,
    Packet,
    Program,
    Verdict,
    Warning,  # noqa: A004 - the field's own word
)
from handouts.screening.adapting import under_ceilings
from handouts.screening.needed_warnings import allowed_pain
from handouts.screening.rules import verdict_for
from handouts.screening.windows import Standing

_LEVELS = (None, "ask", "protocol", "program")
_WEIGHT: dict[Verdict | None, int] = {None: 0, "caution": 1, "contraindicated": 2}
_IN_WORDS: dict[Verdict | None, str] = {None: "no rule", "caution": "a caution", "contraindicated": "contraindicated"}


@dataclass(frozen=True, slots=True)
class Loosened:
    """An exercise, or a whole packet, on which the clinic's own content is looser for a condition."""

    item: str
    condition: str
    built_in: Verdict
    own: Verdict | None

    def __str__(self) -> str:
        own, built_in = _IN_WORDS[self.own], _IN_WORDS[self.built_in]
        return f"looser than the built-in rules: {self.item} with {self.condition}: {built_in} there, {own} here"


def loosened(exercises: Iterable[str], conditions: Iterable[str], library: Library) -> Iterator[Loosened]:
    """Each exercise and condition, of those that the built-in library has too, with a looser verdict than there."""
    built_in = library.built_in
    for name, condition, weeks in _shared(exercises, conditions, library):
        for week in weeks:
            at = Standing(condition=built_in.conditions[condition], week=week)
            there = verdict_for(built_in.exercise(name), at, built_in)
            own = Standing(condition=library.conditions[condition], week=week)
            here = verdict_for(library.exercise(name), own, library)
            if there is not None and _WEIGHT[here] < _WEIGHT[there]:
                yield Loosened(name, condition, there, here)
                break


def loosened_ceilings(exercises: Iterable[str], conditions: Iterable[str], library: Library) -> Iterator[str]:
    """Each exercise and condition for which the clinic's own content allows a higher dose than the built-in one."""
    built_in = library.built_in
    for name, condition, weeks in _shared(exercises, conditions, library):
        for week in weeks:
            at = Standing(condition=built_in.conditions[condition], week=week)
            there = under_ceilings(_HIGHEST, built_in.exercise(name), at, built_in)
            own = Standing(condition=library.conditions[condition], week=week)
            here = under_ceilings(_HIGHEST, library.exercise(name), own, library)
            if cap_dose(here, there) != here and verdict_for(library.exercise(name), own, library) == "caution":
                yield f"looser than the built-in rules: {name} with {condition}: a lower ceiling of the dose there"
                break


_UPPER_ENDS: dict[str, Any] = {name: (LIMITS[name][1], LIMITS[name][1]) for name in CAPPED}
_HIGHEST = Dose(**_UPPER_ENDS)
"""A dose above every ceiling."""


def _shared(
    exercises: Iterable[str], conditions: Iterable[str], library: Library
) -> Iterator[tuple[str, str, list[int | None]]]:
    """Each exercise and condition that the built-in library has too, with the weeks to look at."""
    built_in = library.built_in
    if built_in is library:
        return
    known = [one for one in conditions if one in built_in.conditions]
    changed = [
        one
        for one in known
        if library.conditions[one] != built_in.conditions[one] or library.rules_for(one) != built_in.rules_for(one)
    ]
    for name in exercises:
        if name in built_in.ids("exercises"):
            # Two that are the same in both libraries have one verdict and one ceiling.
            same = library.exercise(name) == built_in.exercise(name)
            yield from ((name, one, _weeks(one, library)) for one in (changed if same else known))


def _weeks(condition: str, library: Library) -> list[int | None]:
    """No date, and the first week of each window that either library has."""
    rules = (*library.built_in.rules_for(condition), *library.rules_for(condition))
    return [None, *sorted({rule.weeks[0] for rule in rules if rule.weeks})]


def loosened_clearances(conditions: Iterable[str], library: Library) -> Iterator[str]:
    """The conditions that wait for more of a word, or longer, in the built-in library than in the clinic's own."""
    for name in conditions:
        there, here = library.built_in.conditions.get(name), library.conditions[name]
        if there is None:
            continue
        if _LEVELS.index(here.clearance_level) < _LEVELS.index(there.clearance_level):
            yield f"looser than the built-in rules: {name}: waits for clearance there ({there.clearance_level})"
        if there.unhealed and not here.unhealed:
            yield f"looser than the built-in rules: {name}: never expires by date there"


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
    """For the clinician: a line for each looser verdict that concerns this program."""
    conditions = [known.condition.id for known in program.patient.conditions]
    exercises = [prescription.exercise.id for prescription in program.prescriptions]
    found = [*loosened(exercises, conditions, library)]
    if program.packet:
        found += loosened_packet(program.packet, conditions, library)
    ceilings = loosened_ceilings(exercises, conditions, library)
    return (*map(str, found), *ceilings, *loosened_clearances(conditions, library))


def loosened_everywhere(library: Library) -> tuple[str, ...]:
    """The same over the whole library, one line for all exercises that a condition's change is about."""
    groups: dict[tuple[str, Verdict, Verdict | None], list[str]] = {}
    everything = [*loosened(library.exercise_ids(), library.conditions, library)]
    for packet in library.read_all(library.packet, library.packets):
        everything += loosened_packet(packet, library.conditions, library)
    for one in everything:
        groups.setdefault((one.condition, one.built_in, one.own), []).append(one.item)
    exercises = (str(Loosened(", ".join(items), *rest)) for rest, items in groups.items())
    ceilings = loosened_ceilings(library.exercise_ids(), library.conditions, library)
    clearances = loosened_clearances(library.conditions, library)
    return (*exercises, *ceilings, *clearances, *_looser_warnings(library), *_looser_scales(library))


def _looser_warnings(library: Library) -> Iterator[str]:
    """Where a clinic's own warning of a built-in id loses a line, asks for less, or is shown to fewer patients."""
    own = {warning.id: warning for warning in library.warnings}
    for there in library.built_in.warnings:
        here = own[there.id]
        if here == there:
            continue
        faults = [*_looser_items(there, here), *_fewer_patients(there.applies_to, here.applies_to)]
        yield from (f"looser than the built-in warnings: {there.id}: {fault}" for fault in faults)


def _looser_items(there: Warning, here: Warning) -> Iterator[str]:
    items = {item.id: item for item in here.items}
    short = {text.id: text.page1 for text in here.text.items}
    for item, text in zip(there.items, there.text.items, strict=True):
        kept = items.get(item.id)
        if kept is None:
            yield f"lacks '{item.id}'"
        elif ACTIONS.index(kept.action) > ACTIONS.index(item.action):
            yield f"'{item.id}' asks for '{item.action}' there, for '{kept.action}' here"
        elif (text.page1 and not short[item.id]) or (item.always and not kept.always):
            yield f"'{item.id}' no longer stands on page 1 as there"


_WIDENS = ("regions", "conditions", "own_conditions", "categories", "exercises")
_NARROWS = ("except_conditions", "except_regions")


def _fewer_patients(there: AppliesTo, here: AppliesTo) -> Iterator[str]:
    if there.everyone and not here.everyone:
        yield "no longer for everyone"
    for name in _WIDENS:
        if not here.everyone and (left_out := set(getattr(there, name)) - set(getattr(here, name))):
            yield f"no longer for the {name} {', '.join(sorted(left_out))}"
    for name in _NARROWS:
        if excepted := set(getattr(here, name)) - set(getattr(there, name)):
            yield f"not for the {name[7:]} {', '.join(sorted(excepted))}"
    if here.only_regions and (not there.only_regions or set(there.only_regions) - set(here.only_regions)):
        yield f"only for the regions {', '.join(here.only_regions)}"


def _looser_scales(library: Library) -> Iterator[str]:
    """Where a clinic's own pain scale lets a patient go on with more pain, or holds for fewer patients or weeks."""
    own = {scale.id: scale for scale in library.pain_scales}
    for there in library.built_in.pain_scales:
        here = own[there.id]
        start = f"looser than the built-in pain scales: {there.id}"
        if allowed_pain(here.text) > allowed_pain(there.text):
            yield f"{start}: lets the patient go on with more pain"
        if there.everyone and not here.everyone:
            yield f"{start}: no longer for everyone"
        weeks = {named.condition: named.weeks for named in here.conditions}
        for named in () if here.everyone else there.conditions:
            if named.condition not in weeks:
                yield f"{start}: no longer for {named.condition}"
            elif (weeks[named.condition] or _EVER) < (named.weeks or _EVER):
                yield f"{start}: fewer weeks for {named.condition}"


_EVER = 10_000
"""Weeks that never end."""
