"""What is done to PDFs that exist already: locked, opened, looked into, joined with leaflets.

What does it is loaded when it is first called, because few handouts need it: pypdf and cryptography take 80 of the 700
milliseconds of a command.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handouts.errors import BadInput, Problem

if TYPE_CHECKING:
    from handouts.pdf.leaflets import Leaflet


MOST_PASSWORD_BYTES = 127
"""The limit of AES-256 in PDF."""


def checked_password(password: str, where: str, hint: str | None = None) -> str:
    """The password in NFKC, the form in which every PDF reader takes what is typed.

    Raises BadInput at `where` for one that is empty, with `hint`, or too long.
    """
    normal = unicodedata.normalize("NFKC", password)
    if not normal.strip():
        raise BadInput([Problem(where, 0, 0, "the password is empty", hint)])
    if len(normal.encode()) > MOST_PASSWORD_BYTES:
        raise BadInput([Problem(where, 0, 0, "the password is too long", f"at most {MOST_PASSWORD_BYTES} bytes")])
    return normal


def encrypt(data: bytes, password: str, made_from: str = "") -> bytes:
    """See `handouts.pdf.encryption.encrypt`."""
    locked: bytes = _loaded("encryption").encrypt(data, password, made_from)
    return locked


def locked_made_from(path: Path, password: str) -> str | None:
    """See `handouts.pdf.encryption.locked_made_from`."""
    found: str | None = _loaded("encryption").locked_made_from(path, password)
    return found


def carries_program(path: Path) -> bool:
    """See `handouts.pdf.reading.carries_program`."""
    carries: bool = _loaded("reading").carries_program(path)
    return carries


def read_attached_program(path: Path, password: str | None = None) -> dict[str, Any]:
    """See `handouts.pdf.reading.read_attached_program`."""
    program: dict[str, Any] = _loaded("reading").read_attached_program(path, password)
    return program


def read_leaflet(path: Path) -> Leaflet:
    """See `handouts.pdf.leaflets.read_leaflet`."""
    leaflet: Leaflet = _loaded("leaflets").read_leaflet(path)
    return leaflet


def append_leaflets(pdf: bytes, leaflets: Sequence[Leaflet], words: Callable[[str, int], str]) -> bytes:
    """See `handouts.pdf.leaflets.append_leaflets`."""
    whole: bytes = _loaded("leaflets").append_leaflets(pdf, leaflets, words)
    return whole


def _loaded(module: str) -> Any:
    return import_module(f"handouts.pdf.{module}")
