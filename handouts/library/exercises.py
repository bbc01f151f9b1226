"""One exercise file → `Exercise`. Checks the file's own fields, and that the movements it is screened by are known."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from handouts.dose import Dose, DoseError, check_complete, check_dose, dose_from_mapping, merge_dose, parse_dose
from handouts.errors import AtTerminal
from handouts.library.yaml_fields import Fields, Known, read_as
from handouts.model import Exercise, ExerciseText, Level, Mistake, Photo
from handouts.model.library_items import Sides
from handouts.model.safety_items import OTHER_STARTS
from handouts.resources import as_on_disk

ENGLISH_TAG = "en-US"
MOST_STEPS, MOST_MISTAKES = 7, 6
PHOTO_KINDS = (".svg", ".png", ".jpg", ".jpeg")


def is_id(text: str) -> bool:
    """Whether `text` is kebab-case: lower-case letters and digits in words joined by single hyphens."""
    words = text.split("-")
    return text.isascii() and text == text.lower() and all(word.isalnum() for word in words)


def build_exercise(exercise_id: str, fields: Fields, known: Known) -> Exercise:
    """The exercise that `fields` describe; every fault goes to the fields' problems.

    An exercise with a movement that is not `known` would escape the safety rules.
    """
    sides: Any = fields.choice("sides", get_args(Sides), "none")
    dose = read_dose(fields, "dose", sides, complete=True)
    picture = _picture(fields)
    photo = _photo(fields.at(picture, "picture"), sides) if "file" in picture else None
    exercise = read_as(
        Exercise,
        fields,
        known,
        id=exercise_id,
        dose=dose,
        dose_levels=_levels(fields, dose, sides),
        picture={} if photo else picture,
        photo=photo,
        text=build_exercise_text(fields, ENGLISH_TAG),
    )
    if fields.has("movements") and not exercise.movements:
        fields.problem("no movements", "movements", hint="the safety rules look at them; see movements.yaml")
    check_unsigned(fields)
    if fields.has("steps") and not 1 <= len(exercise.text.steps) <= MOST_STEPS:
        fields.problem(f"{len(exercise.text.steps)} steps", "steps", hint=f"1 to {MOST_STEPS}, one action each")
    fields.done()
    return exercise


def build_exercise_text(fields: Fields, lang: str) -> ExerciseText:
    """What the patient reads, from the English file or from a translation of it."""
    return read_as(ExerciseText, fields, lang=lang, mistakes=_mistakes(fields), starts=_starts(fields))


def _starts(fields: Fields) -> dict[str, str]:
    """How to start in another position than the exercise's own."""
    starts = fields.inner("starts")
    if starts is None:
        return {}
    found = {name: starts.text(name, most=400) for name in OTHER_STARTS if starts.has(name)}
    starts.done()
    return found


def _mistakes(fields: Fields) -> tuple[Mistake, ...]:
    """The mistakes, each with its sign and what to do."""
    found = []
    mistakes = fields.list("mistakes")
    if len(mistakes) > MOST_MISTAKES:
        fields.problem(f"{len(mistakes)} mistakes, at most {MOST_MISTAKES} are allowed", "mistakes")
    for index, value in enumerate(mistakes):
        if not isinstance(value, dict):
            hint = "write {sign: Back arches?, mend: Lift less high.}"
            fields.problem("expected a sign and what to do about it", "mistakes", index, hint=hint)
            continue
        pair = fields.at(value, "mistakes", index)
        found.append(read_as(Mistake, pair))
        pair.done()
    return tuple(found)


def read_dose(fields: Fields, name: str, sides: str, *, base: Dose | None = None, complete: bool = False) -> Dose:
    """The required dose in a field, as `dose_of` reads it."""
    value = fields.get(name, required=True)
    return dose_of(fields, value, name, sides=sides, base=base, complete=complete) if value is not None else Dose()


def dose_of(
    fields: Fields,
    value: Any,
    *where: str | int,
    sides: str,
    base: Dose | None = None,
    complete: bool = False,
    offset: int = 0,
) -> Dose:
    """The dose that `value` describes, in notation or as a mapping; every fault goes to the fields' problems.

    Args:
        fields: the fields that `where` starts from.
        value: the dose as it stands in the file.
        where: the way to `value`.
        sides: the exercise's sides, as in the model.
        base: a dose that keeps what `value` does not state; of a part that a mapping names as null, it keeps nothing.
        complete: whether the dose must say how much and on which side.
        offset: how many characters into the text at `where` the dose begins.

    Returns:
        The dose, or `base` (an empty dose without one) where it cannot be read.
    """
    before = len(fields.problems)
    shown = f"dose '{value}'" if isinstance(value, str) else "dose"
    try:
        if isinstance(value, dict):
            dose = dose_from_mapping(value)
        else:
            dose = parse_dose(fields.as_text(value, *where, most=200))
    except DoseError as error:
        if len(fields.problems) == before:
            inner = (error.field,) if isinstance(value, dict) and error.field in value else ()
            offset += max(error.column - 1, 0)
            fields.problem(f"{shown}: {error.message}", *where, *inner, hint=error.hint, offset=offset)
        return base or Dose()
    if base and isinstance(value, dict):
        parts = (part for part in dataclasses.fields(Dose) if part.name in value and value[part.name] is None)
        left_out: dict[str, Any] = {part.name: part.default for part in parts}
        base = replace(base, **left_out)
    dose = merge_dose(base, dose) if base else dose
    faults = check_dose(dose, sides) or (check_complete(dose, sides) if complete else [])
    for fault in faults:
        fields.problem(f"{shown}: {fault}", *where, offset=offset)
    return dose


def check_unsigned(fields: Fields) -> None:
    """Refuse a sign-off in an item's own file, where nothing binds it to what was read; an empty one is passed over."""
    if fields.get("reviewed") is not None:
        hint = AtTerminal("sign with `handouts review sign`")
        fields.problem("a sign-off is no longer kept here", "reviewed", key=True, hint=hint)


def _levels(fields: Fields, base: Dose, sides: str) -> dict[str, Dose]:
    levels = fields.inner("dose_levels")
    if levels is None:
        return {}
    named = [level for level in get_args(Level) if level != "standard" and levels.get(level) is not None]
    found = {level: read_dose(levels, level, sides, base=base) for level in named}
    levels.done()
    return found


def _picture(fields: Fields) -> dict[str, Any]:
    picture = fields.get("picture", required=True)
    if picture is not None and not isinstance(picture, dict):
        fields.problem("expected the fields of a pose", "picture")
        return {}
    return picture or {}


def _photo(picture: Fields, sides: str) -> Photo:
    """A picture of the clinic's own. Where the exercise has sides it must say which one it shows."""
    file = picture.text("file", most=120)
    if "/" in file or "\\" in file or file.startswith(".") or not file.casefold().endswith(PHOTO_KINDS):
        hint = f"the name of a {', '.join(PHOTO_KINDS)} file beside this one"
        picture.problem(f"'{file}' is not a picture beside the exercise", "file", hint=hint)
    shows = picture.maybe_choice("shows", ("left", "right", "both"))
    if shows is None and sides != "none":
        picture.problem("'shows' is missing", hint="left, right or both: which side the picture shows")
    words = picture.inner("alt", required=True)
    alt = {code: words.as_text(text, code, most=400) for code, text in words.data.items()} if words else {}
    if words is not None and "en" not in alt:
        words.problem("'en' is missing", hint="what the picture shows, for those who cannot see it")
    picture.done()
    side: Any = None if shows == "both" else shows
    return Photo(file=file, shows=side, alt=alt)


def place_photo(exercise: Exercise, fields: Fields, file: Path, folder: Path) -> Exercise:
    """The exercise with the whole path of its picture, which lies beside the exercise's `file`, inside `folder`."""
    photo = exercise.photo
    if photo is None or fields.problems:
        return exercise
    path = as_on_disk(file.with_name(photo.file))
    if not path.is_file():
        fields.problem(f"no file '{photo.file}' beside it", "picture", "file")
    # A link could put any file of the machine on a patient's sheet.
    elif not path.resolve().is_relative_to(folder.resolve()):
        fields.problem(f"'{photo.file}' leads out of the library's folder", "picture", "file")
    return replace(exercise, photo=replace(photo, file=str(path)))
