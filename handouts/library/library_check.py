"""Everything that is wrong in a library, file by file and between the files. Draws nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

from handouts.errors import BadInput, Problem
from handouts.library.kinds import FILES, Kind
from handouts.library.library import Library
from handouts.library.nearest import did_you_mean
from handouts.library.safety_facts import adapts, meets
from handouts.library.stray_files import folder_problems
from handouts.library.warnings import misfiled
from handouts.library.yaml_reading import read_yaml
from handouts.model import Exercise, Packet, Rule

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
        names = _names(library)
        for exercise in library.exercises():
            problems.extend(_exercise_problems(library, exercise, names))
            if check_pose is not None and exercise.photo is None:
                problems.extend(picture_problems(library, exercise.id, check_pose(exercise.id, exercise.picture)))
        problems.extend(_rings(library))
        for packet in library.items("packets"):
            problems.extend(_packet_problems(library, packet, names))
        problems.extend(_condition_problems(library, names))
        problems.extend(_adapt_problems(library))
        problems.extend(_warning_problems(library))
    return sorted(set(problems))


def picture_problems(library: Library, exercise: str, faults: Iterable[Any]) -> list[Problem]:
    """The faults of an exercise's pose as problems, each with its place."""
    return [
        _problem(library, "exercises", exercise, ("picture", *fault.where), fault.message, fault.hint)
        for fault in faults
    ]


def _problem(
    library: Library, kind: Kind, item_id: str, where: tuple[str | int, ...], message: str, hint: str | None = None
) -> Problem:
    document, home = library.origin(kind, item_id)
    line, column = document.place((*home, *where))
    return Problem(document.path, line, column, message, hint)


def _unknown(
    library: Library,
    kind: Kind,
    item_id: str,
    where: tuple[str | int, ...],
    what: str,
    name: str,
    known: Collection[str],
) -> Iterator[Problem]:
    if name not in known:
        yield _problem(library, kind, item_id, where, f"unknown {what} '{name}'", did_you_mean(name, known))


def _names(library: Library) -> Mapping[str, Mapping[str, str]]:
    """The regions and equipment that have a name in English: no others can be printed."""
    found: dict[str, dict[str, str]] = {"regions": {}, "equipment": {}}
    for path in library.language_files("en"):
        data = read_yaml(path).data
        names = data.get("names") if isinstance(data, dict) else None
        for section, known in found.items():
            known.update(names.get(section) or {} if isinstance(names, dict) else {})
    return found


def _exercise_problems(
    library: Library, exercise: Exercise, names: Mapping[str, Mapping[str, str]]
) -> Iterator[Problem]:
    mine: tuple[Library, Kind, str] = (library, "exercises", exercise.id)
    yield from _unknown(*mine, ("region",), "region", exercise.region, names["regions"])
    for index, thing in enumerate(exercise.equipment):
        yield from _unknown(*mine, ("equipment", index), "equipment", thing, names["equipment"])
    for index, condition in enumerate(exercise.only_for):
        yield from _unknown(*mine, ("only_for", index), "condition", condition, library.conditions)
    yield from _unknown(*mine, ("dose_source",), "source", exercise.dose_source, library.sources)
    for field, neighbour in (("easier", exercise.easier), ("harder", exercise.harder)):
        if neighbour == exercise.id:
            yield _problem(*mine, (field,), "an exercise cannot be its own neighbour")
        elif neighbour is not None:
            yield from _unknown(*mine, (field,), "exercise", neighbour, library.exercise_ids())


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
            yield _problem(library, "exercises", start, ("easier",), f"the easier exercises lead back to '{start}'")


def _packet_problems(library: Library, packet: Packet, names: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    mine: tuple[Library, Kind, str] = (library, "packets", packet.id)
    yield from _unknown(*mine, ("region",), "region", packet.region, names["regions"])
    for index, item in enumerate(packet.items):
        where = ("exercises", index, item.exercise)
        yield from _unknown(*mine, where, "source", item.dose_source, library.sources)


def _adapt_problems(library: Library) -> Iterator[Problem]:
    """Rules that change an exercise they are not about, or one that another rule words at the same time."""
    exercises = library.exercises()
    for condition in library.conditions.values():
        rules = [rule for rule in library.rules_for(condition.id) if rule.adapt]
        for rule in rules:
            mine: tuple[Library, Kind, str] = (library, "rules", rule.id)
            for index, name in enumerate(rule.adapt.exercises if rule.adapt else ()):
                if not meets(rule, library.exercise(name)):
                    message, hint = f"the rule is not about '{name}'", "name it in the rule's 'exercises' too"
                    yield _problem(*mine, ("adapt", "exercises", index), message, hint)
        for one, other in combinations([rule for rule in rules if rule.text.adapted or _shows(rule)], 2):
            both = [exercise.id for exercise in exercises if adapts(one, exercise) and adapts(other, exercise)]
            both = [name for name in both if (name in one.exercises) == (name in other.exercises)]
            if both and _overlap(one, other):
                message, hint = f"'{one.id}' words {', '.join(both)} too", "one rule gives the words of a card"
                yield _problem(library, "rules", other.id, ("adapt",), message, hint)


def _shows(rule: Rule) -> bool:
    return rule.adapt is not None and (rule.adapt.like is not None or rule.adapt.position is not None)


def _overlap(one: Rule, other: Rule) -> bool:
    """Whether there is a week in which both hold."""
    if one.weeks is None or other.weeks is None:
        return True
    return one.weeks[0] < other.weeks[1] and other.weeks[0] < one.weeks[1]


def _condition_problems(library: Library, names: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    for condition in library.conditions.values():
        for index, region in enumerate(condition.one_sided):
            mine: tuple[Library, Kind, str] = (library, "conditions", condition.id)
            yield from _unknown(*mine, ("one_sided", index), "region", region, names["regions"])
        if condition.clearance and condition.clearance.source:
            named = condition.clearance.source
            at = ("clearance", "source")
            yield from _unknown(library, "conditions", condition.id, at, "source", named, library.sources)
    for rule in library.rules:
        yield from _unknown(library, "rules", rule.id, ("source",), "source", rule.source, library.sources)
    kinds: tuple[Kind, ...] = ("warnings", "pain-scales", "packets")
    for kind, told in ((one, item) for one in kinds for item in library.items(one)):
        for index, source in enumerate(told.sources):
            yield from _unknown(library, kind, told.id, ("sources", index), "source", source, library.sources)


def _warning_problems(library: Library) -> Iterator[Problem]:
    """Lines under an action they do not ask for, ids that appear twice, and one meaning under two actions."""
    homes: dict[str, str] = {}
    actions: dict[str, tuple[str, str]] = {}
    for warning in library.warnings:
        mine: tuple[Library, Kind, str] = (library, "warnings", warning.id)
        for index, (item, text) in enumerate(zip(warning.items, warning.text.items, strict=True)):
            for field, message in misfiled("en", item.action, {"text": text.text, "page1": text.page1}):
                yield _problem(*mine, ("items", index, field), f"'{item.id}' {message}")
            if homes.setdefault(item.id, warning.id) != warning.id:
                message = f"the item '{item.id}' is in '{homes[item.id]}' too"
                yield _problem(*mine, ("items", index, "id"), message, "an id is for one item of the library")
            action, first = actions.setdefault(item.sign, (item.action, item.id))
            if action != item.action:
                message = f"'{item.id}' asks for '{item.action}', and '{first}' of the same sign for '{action}'"
                yield _problem(*mine, ("items", index, "action"), message, "one sign asks for one action")


def _regions(library: Library) -> Iterator[Problem]:
    """Exercises in another region's folder."""
    for folder in library.folders:
        for path in sorted((folder / "exercises").glob("*/*.yaml")):
            region = path.parent.name
            if _region_of(library, path) not in (None, region):
                yield Problem(str(path), 0, 0, "in another region's folder", f"move it, or write region: {region}")


def _region_of(library: Library, path: Path) -> str | None:
    """The region that the exercise in this file names; None when it cannot be read, or is read from another folder."""
    try:
        exercise = library.exercise(path.stem)
    except BadInput:
        return None
    return exercise.region if Path(library.origin("exercises", path.stem).document.path) == path else None
