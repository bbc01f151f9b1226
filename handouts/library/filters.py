"""The values that lists and choices are filtered by: regions, goals, positions, equipment, levels.

Each has its id, its printed name in every language, and the exercises that have it.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

from handouts.errors import AtTerminal
from handouts.library.library import Library
from handouts.library.nearest import did_you_mean, either, key_of
from handouts.model import Exercise, Level

Filter = Literal["regions", "goals", "positions", "equipment", "levels"]
FILTERS: tuple[Filter, ...] = get_args(Filter)
NOTHING = "none"
"""As equipment: nothing at all."""
_LEVELS: dict[Level, str] = {
    "gentle": "less than the usual dose",
    "standard": "the usual dose",
    "strong": "more than the usual dose",
}


def filter_names(which: Filter, library: Library, language: str = "en") -> dict[str, str]:
    """The values that have a printed name, each with it; reads no exercise. Raises BadInput."""
    if which == "levels":
        return {str(level): name for level, name in _LEVELS.items()}
    names: Any = library.language(language).word(f"names.{which}")
    return {str(one): str(name) for one, name in (names or {}).items()}


def filter_values(which: Filter, library: Library) -> dict[str, int]:
    """Every value with the number of its exercises: those with a printed name, then others that an exercise has."""
    found = dict.fromkeys(filter_names(which, library), 0)
    for exercise in library.exercises():
        for value in _values_of(which, exercise):
            found[value] = found.get(value, 0) + 1
    return found


def filter_meanings(which: Filter, asked: str, library: Library) -> tuple[str, ...]:
    """The values that `asked` means: an id, a printed name in any language, or a word of them such as `band`."""
    known, key = filter_values(which, library), key_of(asked)
    if which == "equipment" and key == NOTHING:
        return (NOTHING,)
    names = {one: {key_of(one)} for one in known}
    for language in library.languages():
        for one, name in filter_names(which, library, language).items():
            names.setdefault(one, set()).add(key_of(name))
    if whole := tuple(one for one in names if key in names[one]):
        return whole
    return tuple(one for one in names if key and any(set(key.split()) <= set(name.split()) for name in names[one]))


def filter_fault(which: Filter, asked: str, library: Library) -> tuple[str, str]:
    """Why `asked` is no single value, and what to do."""
    what = which if which == "equipment" else which.removesuffix("s")
    if several := filter_meanings(which, asked, library):
        return f"{what} '{asked}' may mean several things", f"write which: {either(list(several))}"
    known = list(filter_values(which, library))
    return f"unknown {what} '{asked}'", did_you_mean(asked, known) or AtTerminal(f"see `handouts list {which}`")


def _values_of(which: Filter, exercise: Exercise) -> tuple[str, ...]:
    if which == "levels":
        return ("standard", *exercise.dose_levels)
    return exercise.equipment if which == "equipment" else (getattr(exercise, which.removesuffix("s")),)
