"""What went into a handout, as one short digest: the program with all it refers to, the words, the look, this version.

Taken from the values that are printed, not from files and their times: an exercise that changed makes the handouts anew
that have it, and no others.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import msgpack

from handouts import __version__
from handouts.errors import FileTrouble
from handouts.resources import fonts_folder
from handouts.screening import pain_scale, safety_items

if TYPE_CHECKING:
    from handouts.library.locale import Locale
    from handouts.render import Judged, Press

LENGTH = 32
"""Hexadecimal digits of a fingerprint."""


@cache
def program_version() -> str:
    """This program's version with a digest of its code and fonts, so that a checkout is told from its next state."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in (*sorted(package.rglob("*.py")), *sorted(fonts_folder().glob("*.ttf"))):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return f"{__version__} {digest.hexdigest()[:12]}"


class Fingerprints:
    """The fingerprints of one run's handouts; words, logos and leaflets are digested once."""

    def __init__(self, press: Press, version: str) -> None:
        self._press, self._version = press, version
        self._words: dict[str, bytes] = {}
        self._files: dict[Path, bytes] = {}

    def of(self, judged: Judged, *, locked: bool, both_sides: bool) -> str:
        """The fingerprint of a judged program. A password is not in it: whether it opens the file is tried.

        Raises BadInput for a text of the library that is not right, FileTrouble for a leaflet that cannot be read.
        """
        program, library = judged.program, self._press.library
        locale = self._press.locale(program.language)
        safety, scale = safety_items(program, library, locale), pain_scale(program, library)
        conditions = [known.condition for known in program.patient.conditions]
        rules = [finding.rule for finding in judged.findings if finding.rule]
        said = (
            [locale.exercise(prescription.exercise) for prescription in program.prescriptions],
            [locale.packet(program.packet)] if program.packet else [],
            [locale.pain_scale(scale)],
            [locale.condition(condition) for condition in conditions],
            [locale.rule(rule) for rule in rules],
        )
        whole = (
            self._version, program, judged.findings, safety, said, self._vocabulary(locale),
            [self._file(path) for path in (library.logo_path(program.clinic), *self._press.leaflet_paths(program))],
            locked, both_sides,
        )  # fmt: skip
        return hashlib.sha256(msgpack.encode(whole)).hexdigest()[:LENGTH]

    def _vocabulary(self, locale: Locale) -> bytes:
        if locale.code not in self._words:
            self._words[locale.code] = hashlib.sha256(msgpack.encode(locale.vocabulary)).digest()
        return self._words[locale.code]

    def _file(self, path: Path | None) -> bytes:
        if path is None:
            return b""
        if path not in self._files:
            try:
                self._files[path] = hashlib.sha256(path.read_bytes()).digest()
            except OSError as trouble:
                raise FileTrouble(str(path), (trouble.strerror or str(trouble)).lower()) from trouble
        return self._files[path]
