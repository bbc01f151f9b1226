"""Draws the figures of the library into content/drawings: `python -m tests.tools.draw_figures [ID …]`.

Without ids it draws those whose pose, person or engine changed, and removes drawings of exercises that are gone. Takes
some seconds a figure. Needs the extra `pictures`.
"""

# ruff: noqa: T201

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import yaml

from handouts.figures import draw_figure
from handouts.figures.stored import frame_key, packed_drawings, read_stored, stored_path
from handouts.resources import content_folder


def pictures() -> dict[str, dict[str, Any]]:
    """The picture of every built-in exercise."""
    found = {}
    for path in sorted((content_folder() / "exercises").rglob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        if data.get("picture"):
            found[path.stem] = data["picture"]
    return found


def is_stale(name: str, picture: dict[str, Any]) -> bool:
    """Whether the exercise's file is missing or was drawn from another pose."""
    drawn = read_stored(name)
    return not drawn or drawn[0].key != frame_key(name, picture, 0)


def draw(name: str, picture: dict[str, Any]) -> str:
    """Draw one figure into its file."""
    stored_path(name).write_bytes(packed_drawings(draw_figure(name, picture)))
    return name


def main() -> None:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    known = pictures()
    chosen = sys.argv[1:] or [name for name, picture in known.items() if is_stale(name, picture)]
    folder = stored_path("x").parent
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name.removesuffix(".json.gz") not in known:
            Path(path).unlink()
    with ProcessPoolExecutor() as executor:
        for name in executor.map(draw, chosen, [known[name] for name in chosen]):
            print(name)


if __name__ == "__main__":
    main()
