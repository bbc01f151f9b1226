"""Where the bundled content and fonts lie, in a checkout and in an installed wheel.

Looks at the disk only when asked; knows nothing of what the folders hold.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def folder(name: str) -> Path:
    """The bundled folder of this name ("content" or "fonts").

    A wheel carries it inside the package, a checkout beside the package. Raises FileNotFoundError when neither is
    there: the installation is damaged, nothing a program file can mend.
    """
    package = Path(__file__).parent
    for place in (package / name, package.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the bundled folder {name!r} is missing: install handouts again")


def content_folder() -> Path:
    """Exercises, packets, conditions, rules, warnings, clinics, languages."""
    return folder("content")


def fonts_folder() -> Path:
    """The bundled typefaces with their licences."""
    return folder("fonts")
