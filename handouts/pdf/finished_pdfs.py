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


def _later(module: str, name: str) -> Callable[..., Any]:
    """A function of a module beside this one, which is loaded when the function is first called."""
    return lambda *arguments: getattr(import_module(f"handouts.pdf.{module}"), name)(*arguments)


encrypt: Callable[..., bytes] = _later("encryption", "encrypt")
locked_made_from: Callable[[Path, str], str | None] = _later("encryption", "locked_made_from")
carries_program: Callable[[Path], bool] = _later("reading", "carries_program")
read_carried_program: Callable[..., dict[str, Any]] = _later("reading", "read_carried_program")
read_leaflet: Callable[[Path], Leaflet] = _later("leaflets", "read_leaflet")
append_leaflets: Callable[[bytes, Sequence[Leaflet], Callable[[str, int], str]], bytes] = _later(
    "leaflets", "append_leaflets"
)
