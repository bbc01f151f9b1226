"""Where the bundled content and fonts lie, in a checkout and in an installed wheel. Knows nothing of what they hold."""

from __future__ import annotations

from pathlib import Path


def content_folder() -> Path:
    """Exercises, packets, conditions, rules, warnings, clinics, languages. Raises FileNotFoundError."""
    return _folder("content")


def fonts_folder() -> Path:
    """The bundled typefaces with their licences. Raises FileNotFoundError."""
    return _folder("fonts")


def _folder(name: str) -> Path:
    """The bundled folder of this name: a wheel has it inside the package, a checkout beside the package.

    Raises:
        FileNotFoundError: it is in neither place, because the installation is damaged.
    """
    package = Path(__file__).parent
    for place in (package / name, package.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the bundled folder {name!r} is missing: install handouts again")
