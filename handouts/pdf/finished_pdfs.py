"""What is done to PDFs that exist already: locked, opened, joined with leaflets.

What does it is loaded when it is first called, because few handouts need it: pypdf and cryptography take 80 of the 700
milliseconds of a command.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handouts.pdf.leaflets import Leaflet


def encrypt(data: bytes, password: str, made_from: str = "") -> bytes:
    """See `handouts.pdf.encryption.encrypt`."""
    locked: bytes = _loaded("encryption").encrypt(data, password, made_from)
    return locked


def locked_made_from(path: Path, password: str) -> str | None:
    """See `handouts.pdf.encryption.locked_made_from`."""
    found: str | None = _loaded("encryption").locked_made_from(path, password)
    return found


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
