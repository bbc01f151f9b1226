"""Libraries of other sizes than the bundled one, to tell what a larger or a smaller one costs."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import yaml

from handouts.resources import content_folder

Record = dict[str, Any]
_NAMING = ("exercises", "except")
"""The fields of a rule and of what a warning applies to that name exercises."""


def with_copies(folder: Path, count: int) -> Path:
    """A clinic's folder with copies of exercises under other names, so that the library has `count` in all."""
    originals = sorted((content_folder() / "exercises").glob("*/*.yaml"))
    for number in range(max(0, count - len(originals))):
        original = originals[number % len(originals)]
        text = original.read_text(encoding="utf-8").replace("\nname: ", f"\nname: Copy {number} of ", 1)
        target = folder / "exercises" / original.parent.name / f"{original.stem}-copy-{number}.yaml"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    os.utime(folder)
    return folder


def of_only(folder: Path, exercises: Collection[str]) -> Path:
    """The bundled content with only these exercises, to be read in its place, in English.

    What names another is left out with it: packets, rules and warnings for single exercises, the next easier one.
    """
    shutil.copytree(content_folder(), folder, dirs_exist_ok=True)
    shutil.rmtree(folder / "packets")
    shutil.rmtree(folder / "translations")
    for path in (folder / "exercises").glob("*/*.yaml"):
        if path.stem in exercises:
            _rewrite(path, lambda data: _without_neighbours(data, exercises))
        else:
            path.unlink()
    _rewrite(folder / "rules.yaml", lambda data: {"rules": _about(data["rules"], exercises)})
    for path in (folder / "warnings").glob("*.yaml"):
        _rewrite(path, lambda data: {**data, "warnings": _about(data["warnings"], exercises)})
    return folder


def _without_neighbours(data: Record, exercises: Collection[str]) -> Record:
    return {name: value for name, value in data.items() if name not in ("easier", "harder") or value in exercises}


def _about(records: list[Record], exercises: Collection[str]) -> list[Record]:
    """Rules or warnings without what they say of exercises that are not there; gone when that was all."""
    return [told for record in records if (told := _told(record, exercises)) is not None]


def _told(record: Record, exercises: Collection[str]) -> Record | None:
    if "applies_to" in record:
        applies = _told(record["applies_to"], exercises)
        return applies and {**record, "applies_to": applies}
    there = {name: [one for one in record[name] if one in exercises] for name in _NAMING if name in record}
    if there.get("exercises") == []:
        return None
    return {name: value for name, value in (record | there).items() if value != []}


def _rewrite(path: Path, change: Callable[[Any], Any]) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(change(data)), encoding="utf-8")  # JSON is YAML
