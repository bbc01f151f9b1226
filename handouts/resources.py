"""Where the bundled content and fonts lie, and where a named file lies. Knows nothing of what they hold."""

from __future__ import annotations

import unicodedata
from pathlib import Path


def content_folder() -> Path:
    """Exercises, packets, conditions, rules, warnings, clinics, languages. Raises FileNotFoundError."""
    return _folder("content")


def fonts_folder() -> Path:
    """The bundled typefaces with their licences. Raises FileNotFoundError."""
    return _folder("fonts")


def as_on_disk(path: Path) -> Path:
    """The file as its folder has it: of this very name, else the only one that differs in case or in coded accents.

    A Mac takes an accent apart from its letter, so that a name looks the same and is another. Where no file or several
    fit, the path stays as it is.
    """
    if path.exists() or not path.parent.is_dir():
        return path
    name = folded_name(path.name)
    found = [one for one in path.parent.iterdir() if folded_name(one.name) == name]
    return found[0] if len(found) == 1 else path


def folded_name(name: str) -> str:
    """A file's name without its case and however its accents are coded: one file on many systems."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


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
