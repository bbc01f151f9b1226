"""Starting files for a clinic's own content and for programs: commented, and accepted by `check` as they are.

The files themselves are data, in the library's `templates/`. Writes nothing.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Template
from typing import Literal, NamedTuple

from handouts.dose import format_dose
from handouts.errors import bad_input
from handouts.library import Kind, Library
from handouts.library.names import resolve
from handouts.library.nearest import nearest
from handouts.output_paths import safe_name
from handouts.resources import content_folder

LONGEST_ID = 60
FALLBACK_POSE = "bridge"
"""Whose figure a new exercise starts from when no name resembles its own."""


class Start(NamedTuple):
    """A file to begin with: its path inside a content folder, and its text."""

    path: Path
    text: str


def starting_exercise(name: str, library: Library, templates: Path, like: str | None = None) -> Start:
    """A new exercise with the figure, movements and dose of `like`, or of the one whose name is nearest.

    Raises BadInput when the library has the id already, or has no exercise `like`.
    """
    exercise_id = _new_id(name, "exercises", library)
    ids = library.exercise_ids()
    known = like and resolve("exercises", like, library)
    if like and not known:
        raise bad_input("--like", *library.names.fault("exercises", "exercise", like))
    model = library.exercise(known or next(iter(nearest(exercise_id, ids)), FALLBACK_POSE))
    text = Path(library.origin("exercises", model.id).document.path).read_text(encoding="utf-8")
    picture = re.search(r"^picture:.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    if "file" in model.picture or picture is None:
        raise bad_input("--like", f"'{model.id}' has no figure", "name an exercise that has one")
    filled = _filled(
        templates / "exercise.yaml",
        like=model.id,
        name=_quoted(name),
        equipment=_listed(model.equipment),
        bed_ok="true" if model.bed_ok else "false",
        movements=_listed(model.movements),
        dose=format_dose(model.dose),
        **{field: str(getattr(model, field)) for field in _AS_THEY_ARE},
        picture=picture[0].rstrip() + "\n",
    )
    return Start(Path("exercises") / model.region / f"{exercise_id}.yaml", filled)


_AS_THEY_ARE = ("region", "goal", "position", "sides", "dose_source", "dose_basis", "rep_s")


def starting_item(kind: Literal["packets", "clinics"], name: str, library: Library, templates: Path) -> Start:
    """A new packet or clinic. Raises BadInput when the library has the id already."""
    template = templates / f"{kind.removesuffix('s')}.yaml"
    return Start(Path(kind) / f"{_new_id(name, kind, library)}.yaml", _filled(template, name=_quoted(name)))


def starting_clinic(name: str, templates: Path) -> Start:
    """A new clinic, also one in the place of a built-in one of its id."""
    text = _filled(templates / "clinic.yaml", name=_quoted(name))
    return Start(Path("clinics") / f"{_id_of(name)}.yaml", text)


def starting_program(name: str, templates: Path) -> Start:
    """A new program for the patient of this name."""
    file = f"{_id_of(name)}.yaml"
    return Start(Path(file), _filled(templates / "program.yaml", name=_quoted(name), file=file))


def starting_roster(name: str, templates: Path) -> Start:
    """A new roster; its byte-order mark tells a spreadsheet which letters it is in."""
    path = Path(f"{_id_of(name.removesuffix('.csv'))}.csv")
    return Start(path, "\ufeff" + (templates / "roster.csv").read_text(encoding="utf-8"))


def starting_library(templates: Path) -> tuple[Start, ...]:
    """The files of a content folder of one's own."""
    folder = templates / "library"
    places = {"warnings.yaml": "warnings/own.yaml"}
    return tuple(
        Start(Path(places.get(path.name, path.name)), path.read_text(encoding="utf-8"))
        for path in sorted(folder.iterdir())
    )


LIBRARY_FOLDERS = ("clinics", "exercises", "packets", "leaflets", "warnings")
"""The folders of a content folder of one's own, made even where they start empty."""


def schema_address(name: str) -> str:
    """Where an editor finds what may stand in a file of this kind."""
    return (content_folder() / "schemas" / f"{name}.json").resolve().as_uri()


def _filled(template: Path, **values: str) -> str:
    """A template with its values; an editor finds the fields that the file may have by its first line."""
    values["schema"] = schema_address(template.stem)
    return Template(template.read_text(encoding="utf-8")).substitute(values)


def _new_id(name: str, kind: Kind, library: Library) -> str:
    found = _id_of(name)
    if found in library.ids(kind):
        what = kind.removesuffix("s")
        raise bad_input(found, f"the library has this {what} already", "choose another name")
    return found


def _id_of(name: str) -> str:
    """The name as an id. Raises BadInput when nothing of it is left."""
    found = safe_name(name).casefold()[:LONGEST_ID].strip("-")
    # An id has Latin letters and digits: a name in another script leaves none to make it of.
    if not found.isascii() or not any(sign.isalnum() for sign in name):
        raise bad_input("NAME", f"no id can be made of '{name}'", "use letters a to z and digits")
    return found


def _quoted(name: str) -> str:
    """`my-lift` as a person writes it, for YAML; a name that is written already stays as it is."""
    text = name.strip() if not name.islower() else " ".join(re.split(r"[\s_-]+", name.strip())).capitalize()
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a YAML string


def _listed(names: tuple[str, ...]) -> str:
    return f"[{', '.join(names)}]"
