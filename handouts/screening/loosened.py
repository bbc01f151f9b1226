"""Where a clinic's own content is looser than the built-in one: measured by its effect, not by how it was written.

A rule replaced by a weaker one, a rule removed, an exception, a rule that names an exercise and so hides others, fewer
movements on an exercise: each shows as another verdict on an exercise, or as advice that the patient does not read. A
looser verdict is the clinic's to give, and is reported wherever programs are screened; so are words of its own for a
built-in item, because no machine can tell whether they say less. What protects a patient is never looser:
`handouts.library.protected`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

from handouts.dose import CAPPED, LIMITS, Dose, cap_dose
from handouts.library import Kind, Library
from handouts.library.languages import SOURCE_LANGUAGE
from handouts.library.locale import KIND_OF
from handouts.library.protected import flat
from handouts.library.safety_facts import adapts
from handouts.model import Condition, Exercise, Packet, Program, Rule, Verdict
from handouts.model.safety_items import URGENCIES
from handouts.screening.adapting import under_ceilings
from handouts.screening.rules import rules_met, verdict_for, worst
from handouts.screening.windows import Standing, last_week, standings

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
    for name, condition, ways in _shared(exercises, conditions, library):
        for at in ways:
            there = verdict_for(built_in.exercise(name), at, built_in)
            own = replace(at, condition=library.conditions[condition])
            here = verdict_for(library.exercise(name), own, library)
            if there is not None and _WEIGHT[here] < _WEIGHT[there]:
                yield Loosened(name, condition, there, here)
                break


def loosened_ceilings(exercises: Iterable[str], conditions: Iterable[str], library: Library) -> Iterator[str]:
    """Each exercise and condition for which the clinic's own content allows a higher dose than the built-in one."""
    built_in = library.built_in
    for name, condition, ways in _shared(exercises, conditions, library):
        for at in ways:
            there = under_ceilings(_HIGHEST, built_in.exercise(name), at, built_in)
            own = replace(at, condition=library.conditions[condition])
            here = under_ceilings(_HIGHEST, library.exercise(name), own, library)
            if cap_dose(here, there) != here and verdict_for(library.exercise(name), own, library) == "caution":
                yield f"looser than the built-in rules: {name} with {condition}: a lower ceiling of the dose there"
                break


_UPPER_ENDS: dict[str, Any] = {name: (LIMITS[name][1], LIMITS[name][1]) for name in CAPPED}
_HIGHEST = Dose(**_UPPER_ENDS)
"""A dose above every ceiling."""


def _shared(
    exercises: Iterable[str], conditions: Iterable[str], library: Library
) -> Iterator[tuple[str, str, list[Standing]]]:
    """Each exercise and condition that the built-in library has too, with the ways of having it to look at."""
    built_in = library.built_in
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
            yield from ((name, one, _ways(one, library, same=same)) for one in (changed if same else known))


def _ways(condition: str, library: Library, *, same: bool) -> list[Standing]:
    """No date and both ends of each window, alone and beside each other condition that a rule names.

    `same`: the exercise is the same in both libraries, so that only changed rules can tell them apart.
    """
    there, here = library.built_in.rules_for(condition), library.rules_for(condition)
    plain = Standing(condition=library.built_in.conditions[condition])
    weeks = sorted({week for rule in (*there, *here) if rule.weeks for week in rule.weeks})
    asked = [rule for rule in (*there, *here) if not (same and rule in there and rule in here)]
    others = sorted({other for rule in asked for other in rule.also})
    beside = [frozenset[str](), *(frozenset([other]) for other in others)]
    return [replace(plain, week=week, beside=other) for other, week in product(beside, [None, *weeks])]


def _unsaid(exercises: Iterable[str], conditions: Iterable[str], library: Library) -> Iterator[str]:
    """The built-in rules whose words a patient does not read here, where the verdict is the same."""
    built_in = library.built_in
    for name, _, ways in _shared(exercises, conditions, library):
        old, new = built_in.exercise(name), library.exercise(name)
        for at in ways:
            there, here = rules_met(old, at, built_in), rules_met(new, at, library)
            if worst(there) != worst(here):  # it is looser, which is told, or stricter
                continue
            effects = [_effect(rule, new) for rule in here]
            for rule in there:
                if _effect(rule, old) not in effects:
                    how = "the clinic's own" if rule.id in {one.id for one in here} else "left out"
                    yield f"looser than the built-in rules: {rule.id}: its advice to the patient is {how}"
                if rule.needs and not any(one.needs for one in here):
                    yield f"looser than the built-in rules: {rule.id}: needs clearance there"


def _effect(rule: Rule, exercise: Exercise) -> tuple[Any, ...]:
    """What a rule says on the card of an exercise, and how it changes it besides the dose."""
    change = rule.adapt if adapts(rule, exercise) else None
    how = (change.position, change.like, change.no_load) if change else (None, None, False)
    return rule.text.advice, rule.text.short, rule.text.adapted if change else None, how


_NEVER = 10_000
"""A week that never comes."""


def loosened_conditions(conditions: Iterable[str], library: Library) -> Iterator[str]:
    """The conditions that wait for more of a word, or longer, in the built-in library than in the clinic's own."""
    for name in conditions:
        there, here = library.built_in.conditions.get(name), library.conditions[name]
        if there is None:
            continue
        start = f"looser than the built-in rules: {name}:"
        before, now = _LEVELS.index(there.clearance_level), _LEVELS.index(here.clearance_level)
        if now < before:
            yield f"{start} waits for clearance there ({there.clearance_level})"
        elif now == before and there.clearance and here.clearance != there.clearance:
            yield f"{start} clearance is given there by: {there.clearance.by}"
        elif URGENCIES.index(here.urgency) < URGENCIES.index(there.urgency):
            yield f"{start} its urgency is '{there.urgency}' there"
        said_there = {
            "unhealed": "never expires by date there",
            "no_progression": "lines that say how to do more are left out there",
            "leaves": f"there it leaves {there.leaves}",
            "needs_helper": "somebody must help there",
            "ask_clinician": f"there the clinician is asked: {there.ask_clinician}",
        }
        for field, text in said_there.items():
            if getattr(there, field) and getattr(here, field) != getattr(there, field):
                yield f"{start} {text}"
        end = last_week(here, library.rules_for(name)) or _NEVER
        if end < (last_week(there, library.built_in.rules_for(name)) or _NEVER):
            yield f"{start} is over after week {end}, later there"


def loosened_packet(packet: Packet, conditions: Iterable[str], library: Library) -> Iterator[Loosened]:
    """The conditions for which the built-in packet of the same id is refused, and the clinic's own is not."""
    if there := _built_in(packet, library):
        own = {refusal.condition for refusal in packet.not_for}
        gone = {refusal.condition for refusal in there.not_for} - own
        yield from (Loosened(f"packet {packet.id}", one, "contraindicated", None) for one in conditions if one in gone)


def loosened_for(program: Program, library: Library) -> tuple[str, ...]:
    """For the clinician: a line for each looser verdict that concerns this program."""
    if library.built_in is library:
        return ()
    conditions = [known.condition.id for known in program.patient.conditions]
    exercises = [prescription.exercise for prescription in program.prescriptions]
    packets = [program.packet] if program.packet else []
    found = _verdicts(exercises, conditions, packets, library)
    spoken = (
        rule.id for of in standings(program, library) for one in exercises for rule in rules_met(one, of, library)
    )
    printed: dict[Kind, Iterable[str]] = {
        "exercises": [one.id for one in exercises],
        "packets": [one.id for one in packets],
        "conditions": conditions,
        "rules": dict.fromkeys(spoken),
    }
    translated = _translated(program.language, printed, library)
    return *map(str, found), *_others(exercises, conditions, packets, library), *translated


def _verdicts(
    exercises: Iterable[Exercise], conditions: Iterable[str], packets: Iterable[Packet], library: Library
) -> list[Loosened]:
    found = [*loosened([one.id for one in exercises], conditions, library)]
    return found + [one for packet in packets for one in loosened_packet(packet, conditions, library)]


def _others(
    exercises: Iterable[Exercise], conditions: Iterable[str], packets: Iterable[Packet], library: Library
) -> Iterator[str]:
    """What is looser besides the verdicts."""
    ids = [one.id for one in exercises]
    yield from loosened_ceilings(ids, conditions, library)
    yield from loosened_conditions(conditions, library)
    yield from _moved(exercises, packets, library)
    yield from dict.fromkeys(_unsaid(ids, conditions, library))
    yield from _replaced((*exercises, *packets, *(library.conditions[one] for one in conditions)), library)


def _moved(exercises: Iterable[Exercise], packets: Iterable[Packet], library: Library) -> Iterator[str]:
    """The exercises and packets that bring other warnings than the built-in ones of their ids: another region's."""
    named: list[tuple[str, Exercise | Packet]] = [(one.id, one) for one in exercises]
    named += [(f"packet {one.id}", one) for one in packets]
    for name, item in named:
        there, start = _built_in(item, library), f"looser than the built-in library: {name}: without the warnings"
        if there and item.region != there.region:
            yield f"{start} of '{there.region}'"
        if isinstance(item, Packet) and there and (gone := set(there.target_conditions) - set(item.target_conditions)):
            yield f"{start} for {', '.join(sorted(gone))}"


def _built_in(item: Exercise | Packet | Condition, library: Library) -> Any:
    """The built-in item of the same id; None when there is none."""
    kind = KIND_OF[type(item)]
    return library.built_in.item(kind, item.id) if item.id in library.built_in.ids(kind) else None


_BY_EFFECT = {
    "movements", "region", "dose", "dose_levels", "items", "not_for", "target_conditions", "urgency", "clearance",
    "unhealed", "no_progression", "leaves", "needs_helper", "ask_clinician", "window_weeks", "blocks_all", "category",
}  # fmt: skip
"""Fields that are measured elsewhere, by what they do."""
_HARMLESS = {
    "lang", "also_called", "aliases", "icd10cm", "clinical", "note", "tier", "muscles", "purpose", "title", "for_whom",
    "goal", "rep_s", "picture", "photo", "sources", "dose_source", "dose_basis",
}  # fmt: skip
"""Fields by which no patient does more, or otherwise: names, the clinician's own reading, a clinic's own pictures."""


def _replaced(items: Iterable[Exercise | Packet | Condition], library: Library) -> Iterator[str]:
    """What the clinic says and does otherwise under the id of a built-in item, and the doses that are higher there."""
    for item in items:
        there = _built_in(item, library)
        if there in (None, item):
            continue
        old, new = flat(there), flat(item)
        other = [name for name in old if old[name] != new[name] and name not in _BY_EFFECT | _HARMLESS]
        if _doses_more(item, there):
            other.append("dose")
        if other:
            names = ", ".join(f"'{name}'" for name in other)
            yield f"looser than the built-in library: {KIND_OF[type(item)]}/{item.id}: the clinic's own {names}"


def _doses_more(item: Any, there: Any) -> bool:
    """Whether any dose of an exercise or a packet is higher than there; an exercise that a packet lacks there is."""
    old = _doses(there)
    return any(name not in old or _is_more(dose, old[name]) for name, dose in _doses(item).items())


def _doses(item: Any) -> dict[str, Dose]:
    if isinstance(item, Packet):
        return {one.exercise: one.dose for one in item.items}
    return {"": item.dose, **item.dose_levels} if isinstance(item, Exercise) else {}


def _is_more(dose: Dose, there: Dose) -> bool:
    """Whether a dose asks for more than another, or for something else."""
    both = {name: (getattr(dose, name), getattr(there, name)) for name in CAPPED}
    fewer = {name: mine for name, (mine, theirs) in both.items() if mine and theirs and mine[1] <= theirs[1]}
    return dose != replace(there, **fewer)


def _translated(language: str, printed: dict[Kind, Iterable[str]], library: Library) -> Iterator[str]:
    """The built-in items that the clinic translates otherwise than the built-in library into its language."""
    if language == SOURCE_LANGUAGE:
        return
    for kind, ids in printed.items():
        for one in ids:
            own = library.translations(language).find(kind, one)
            if own is None or library.is_built_in(Path(own.document.path)):
                continue
            there = library.built_in.translations(language).find(kind, one)
            if there and {**own.data, "of": None} != {**there.data, "of": None}:  # the stamps are no words
                yield f"looser than the built-in translations: {kind}/{one} in '{language}': the clinic's own words"


def loosened_everywhere(library: Library) -> tuple[str, ...]:
    """The same over the whole library, one line for all exercises that a condition's change is about."""
    if library.built_in is library:
        return ()
    groups: dict[tuple[str, Verdict, Verdict | None], list[str]] = {}
    exercises, conditions, packets = library.exercises(), library.conditions, library.items("packets")
    for one in _verdicts(exercises, conditions, packets, library):
        groups.setdefault((one.condition, one.built_in, one.own), []).append(one.item)
    verdicts = (str(Loosened(", ".join(items), *rest)) for rest, items in groups.items())
    kinds: tuple[Kind, ...] = ("exercises", "packets", "conditions", "rules")
    printed: dict[Kind, Iterable[str]] = {kind: library.ids(kind) for kind in kinds}
    translated = (line for code in library.languages() for line in _translated(code, printed, library))
    return *verdicts, *_others(exercises, conditions, packets, library), *translated
