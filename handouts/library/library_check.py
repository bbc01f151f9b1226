"""Everything that is wrong in a library, file by file and between the files. Draws nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import combinations, product
from pathlib import Path
from typing import Any

from handouts.errors import BadInput, Problem
from handouts.library.kinds import FILES, Kind
from handouts.library.library import Library
from handouts.library.nearest import did_you_mean
from handouts.library.safety_facts import adapts, meets
from handouts.library.stray_files import folder_problems
from handouts.library.warnings import misfiled
from handouts.library.yaml_fields import mapping_of
from handouts.library.yaml_reading import Where, read_yaml
from handouts.model import Rule

CheckPose = Callable[[str, Mapping[str, Any]], Sequence[Any]]
"""Gives the faults of a pose, each with `where` in it, `message` and `hint`; the library itself knows no figure."""


def check_library(library: Library, check_pose: CheckPose | None = None) -> list[Problem]:
    """Every problem of every file, sorted by place; `check_pose` checks the pictures when it is given."""
    problems: list[Problem] = []
    sound = True
    reads: list[Callable[[], object]] = [partial(library.items, kind) for kind in FILES]
    reads += [lambda: library.pain_scales, lambda: library.emergency_numbers, lambda: library.names.aliases]
    for read in reads:
        try:
            read()
        except BadInput as error:
            problems.extend(error.problems)
            sound = False
    problems.extend(problem for folder in library.folders for problem in folder_problems(folder))
    problems.extend(_regions(library))
    if sound:
        for exercise in library.exercises():
            if check_pose is not None and exercise.photo is None:
                problems.extend(picture_problems(library, exercise.id, check_pose(exercise.id, exercise.picture)))
        for check in (_unknown_names, _rings, _adapt_problems, _warning_problems):
            problems.extend(check(library))
    return sorted(set(problems))


def picture_problems(library: Library, exercise: str, faults: Iterable[Any]) -> list[Problem]:
    """The faults of an exercise's pose as problems, each with its place."""
    origin = library.origin("exercises", exercise)
    return [origin.problem(fault.message, "picture", *fault.where, hint=fault.hint) for fault in faults]


_NAMED: Mapping[Kind, Mapping[str, str]] = {
    "exercises": {
        "region": "region", "equipment": "equipment", "only_for": "condition", "dose_source": "source",
        "easier": "exercise", "harder": "exercise",
    },
    "packets": {"region": "region", "sources": "source"},
    "conditions": {"one_sided": "region", "leaves": "condition"},
    "rules": {"source": "source"},
    "warnings": {"sources": "source"},
    "pain-scales": {"sources": "source"},
}  # fmt: skip
"""The fields of each kind that name something which is not looked up when an item is read, and what they name."""


def _references(library: Library) -> Iterator[tuple[Kind, str, Where, str, str]]:
    """Every such name: whose it is, its place there, what it is to be, and the name itself."""
    for kind, fields in _NAMED.items():
        for item, (field, what) in product(library.items(kind), fields.items()):
            value = getattr(item, field)
            places = [(field, index) for index in range(len(value))] if isinstance(value, tuple) else [(field,)]
            names = value if isinstance(value, tuple) else [value]
            yield from ((kind, item.id, where, what, name) for where, name in zip(places, names, strict=True) if name)
    for condition in library.conditions.values():
        if condition.clearance and condition.clearance.source:
            yield "conditions", condition.id, ("clearance", "source"), "source", condition.clearance.source
        for field in ("earlier", "later"):
            if condition.stage and (name := getattr(condition.stage, field)):
                yield "conditions", condition.id, ("stage", field), "condition", name
    for packet in library.items("packets"):
        for index, one in enumerate(packet.items):
            yield "packets", packet.id, ("exercises", index, one.exercise), "source", one.dose_source


def _unknown_names(library: Library) -> Iterator[Problem]:
    known: dict[str, Collection[str]] = {
        **_names(library),
        "condition": library.conditions,
        "source": library.sources,
        "exercise": library.exercise_ids(),
    }
    for kind, item_id, where, what, name in _references(library):
        origin = library.origin(kind, item_id)
        if name not in known[what]:
            yield origin.problem(f"unknown {what} '{name}'", *where, hint=did_you_mean(name, known[what]))
        elif what == "exercise" and name == item_id:
            yield origin.problem("an exercise cannot be its own neighbour", *where)


def _names(library: Library) -> dict[str, dict[str, str]]:
    """The regions and equipment that have a name in English: no others can be printed."""
    found: dict[str, dict[str, str]] = {"region": {}, "equipment": {}}
    for path in library.language_files("en"):
        names = mapping_of(mapping_of(read_yaml(path).data).get("names"))
        found["region"].update(names.get("regions") or {})
        found["equipment"].update(names.get("equipment") or {})
    return found


def _rings(library: Library) -> Iterator[Problem]:
    """An exercise that is easier than itself by way of others."""
    easier = {exercise.id: exercise.easier for exercise in library.exercises()}
    for start in easier:
        seen = {start}
        at = easier[start]
        while at is not None and at not in seen:
            seen.add(at)
            at = easier.get(at)
        # Told once for each ring, at its first exercise.
        if at == start and start == min(seen):
            yield library.origin("exercises", start).problem(f"the easier exercises lead back to '{start}'", "easier")


def _adapt_problems(library: Library) -> Iterator[Problem]:
    """Rules that change an exercise they are not about, or one that another rule words at the same time."""
    exercises = library.exercises()
    for condition in library.conditions.values():
        rules = [rule for rule in library.rules_for(condition.id) if rule.adapt]
        for rule in rules:
            origin = library.origin("rules", rule.id)
            for index, name in enumerate(rule.adapt.exercises if rule.adapt else ()):
                if not meets(rule, library.exercise(name)):
                    message, hint = f"the rule is not about '{name}'", "name it in the rule's 'exercises' too"
                    yield origin.problem(message, "adapt", "exercises", index, hint=hint)
        for one, other in combinations([rule for rule in rules if rule.text.adapted or _shows(rule)], 2):
            both = [exercise.id for exercise in exercises if adapts(one, exercise) and adapts(other, exercise)]
            both = [name for name in both if (name in one.exercises) == (name in other.exercises)]
            if both and _overlap(one, other):
                message, hint = f"'{one.id}' words {', '.join(both)} too", "one rule gives the words of a card"
                yield library.origin("rules", other.id).problem(message, "adapt", hint=hint)


def _shows(rule: Rule) -> bool:
    return rule.adapt is not None and (rule.adapt.like is not None or rule.adapt.position is not None)


def _overlap(one: Rule, other: Rule) -> bool:
    """Whether there is a week in which both hold."""
    if one.weeks is None or other.weeks is None:
        return True
    return one.weeks[0] < other.weeks[1] and other.weeks[0] < one.weeks[1]


def _warning_problems(library: Library) -> Iterator[Problem]:
    """Lines under an action they do not ask for, ids that appear twice, and one meaning under two actions."""
    homes: dict[str, str] = {}
    actions: dict[str, tuple[str, str]] = {}
    for warning in library.warnings:
        origin = library.origin("warnings", warning.id)
        for index, (item, text) in enumerate(zip(warning.items, warning.text.items, strict=True)):
            for field, message in misfiled("en", item.action, {"text": text.text, "page1": text.page1}):
                yield origin.problem(f"'{item.id}' {message}", "items", index, field)
            if homes.setdefault(item.id, warning.id) != warning.id:
                message = f"the item '{item.id}' is in '{homes[item.id]}' too"
                yield origin.problem(message, "items", index, "id", hint="an id is for one item of the library")
            action, first = actions.setdefault(item.sign, (item.action, item.id))
            if action != item.action:
                message = f"'{item.id}' asks for '{item.action}', and '{first}' of the same sign for '{action}'"
                yield origin.problem(message, "items", index, "action", hint="one sign asks for one action")


def _regions(library: Library) -> Iterator[Problem]:
    """Exercises in another region's folder."""
    for path in (path for folder in library.folders for path in sorted(folder.glob(FILES["exercises"]))):
        # One that cannot be read is told by itself; one that is read from another folder is judged there.
        with suppress(BadInput):
            named, region = library.exercise(path.stem).region, path.parent.name
            if named != region and Path(library.origin("exercises", path.stem).document.path) == path:
                yield Problem(str(path), 0, 0, "in another region's folder", f"move it, or write region: {region}")
