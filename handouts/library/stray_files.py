"""What lies in a content folder and would be passed over in silence: a stricter rule must never be there for nothing.

Looks at names alone and reads no file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from handouts.errors import Problem
from handouts.library.nearest import nearest

FILES = (
    "aliases.yaml", "conditions.yaml", "rules.yaml", "movements.yaml", "sources.yaml", "emergency.yaml",
    "pain-scales.yaml",
)  # fmt: skip
DEPTHS = {"exercises": 2, "packets": 1, "clinics": 1, "warnings": 1, "languages": 1}
"""How many levels below the content folder the files of a kind lie."""
OTHERS = ("translations", "leaflets", "reviews", "drawings", "samples", "templates")
"""Folders whose files are read in another way, or by nobody."""
FOLDERS = (*DEPTHS, *OTHERS)
_ENDINGS = (".yaml", ".yml")
_NOTEPAD = ".txt"
"""What some editors put behind the ending of a file, where nobody sees it."""


def folder_problems(folder: Path) -> list[Problem]:
    """Why this is no content folder, or the files in it that nobody would read; empty when all is well."""
    entries = [path for path in folder.iterdir() if not path.name.startswith(".")]
    if not any(path.name in (FOLDERS if path.is_dir() else FILES) for path in entries):
        inside = [path.name for path in entries if path.is_dir() and any((path / name).exists() for name in FILES)]
        hint = f"did you mean {folder / inside[0]}?" if inside else f"`handouts new library {folder}` begins one"
        if entries and not inside:
            hint = "a library has folders such as clinics/ and packets/, or files such as rules.yaml"
        return [Problem(str(folder), 0, 0, "this folder is no library", hint)]
    return [*_strays(entries), *_twins(folder)]


def _strays(entries: list[Path]) -> Iterator[Problem]:
    for path in sorted(entries):
        if not path.is_dir():
            if _is_yaml(path) and path.name not in FILES:
                yield _stray(path, FILES, path.name)
        elif path.name in DEPTHS:
            yield from _misplaced(path, DEPTHS[path.name])
        elif path.name not in OTHERS:
            for below in _yaml_files(path):
                yield _stray(below, (*FILES, *FOLDERS), path.name)


def _misplaced(folder: Path, depth: int) -> Iterator[Problem]:
    """The files of one kind with another ending or on another level than where they are read."""
    for path in _yaml_files(folder):
        if path.suffix != ".yaml":
            yield Problem(str(path), 0, 0, "not read", f"name it {Path(path.name.removesuffix(_NOTEPAD)).stem}.yaml")
        elif len(path.relative_to(folder).parts) != depth:
            place = f"{folder.name}/" + "<region>/" * (depth - 1)
            yield Problem(str(path), 0, 0, "not read", f"put it in {place}")


def _twins(folder: Path) -> Iterator[Problem]:
    """One id in two files."""
    first: dict[str, Path] = {}
    for path in sorted((folder / "exercises").glob("*/*.yaml")):
        if first.setdefault(path.stem, path) != path:
            yield Problem(str(path), 0, 0, f"the id '{path.stem}' is taken", f"by {first[path.stem]}")


def _stray(path: Path, known: tuple[str, ...], name: str) -> Problem:
    near = nearest(Path(name.removesuffix(_NOTEPAD)).stem, [Path(one).stem for one in known], limit=1)
    file = next((one for one in known if near and Path(one).stem == near[0]), None)
    hint = f"did you mean {file}{'' if file in FILES else '/'}?"
    if file is None:
        hint = f"keep it, such as a program, in another folder than the library; read are {', '.join(FILES)}"
    return Problem(str(path), 0, 0, "no such file is read", hint)


def _yaml_files(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if _is_yaml(path) and not path.is_dir())
    return sorted(path for path in found if not path.name.startswith("."))


def _is_yaml(path: Path) -> bool:
    return path.name.casefold().removesuffix(_NOTEPAD).endswith(_ENDINGS)
