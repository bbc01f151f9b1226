"""A digest of everything that goes into a handout: the program, the texts it refers to, the look, this version.

It is taken from the values that are printed, not from files and their times: when an exercise changes, the handouts
that have it are made anew, and no others.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from importlib.metadata import version
from pathlib import Path

from handouts import __version__
from handouts.input_files import read_file
from handouts.library import Library
from handouts.library.locale import read_locale
from handouts.programs import ScreenedProgram
from handouts.rendering import leaflet_paths
from handouts.resources import content_folder, fonts_folder
from handouts.screening import pain_scale, safety_items

_LIBRARIES = ("cryptography", "pillow", "pypdf", "pyyaml", "reportlab")
LENGTH = 32
"""Hexadecimal digits of a fingerprint."""


def program_version() -> str:
    """This program's version with a digest of its code and fonts, so that two states of a checkout differ."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in (*sorted(package.rglob("*.py")), *sorted(fonts_folder().glob("*.ttf"))):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return f"{__version__} {digest.hexdigest()[:12]}"


def worker_version() -> str:
    """What must be the same on another machine that makes handouts: the program, its content, the libraries it uses."""
    content, digest = content_folder(), hashlib.sha256()
    for path in sorted(path for path in content.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(content)} {path.stat().st_size} ".encode())
        digest.update(path.read_bytes())
    for name in _LIBRARIES:
        digest.update(f"{name} {version(name)} ".encode())
    return f"{program_version()} {digest.hexdigest()[:12]}"


class Fingerprints:
    """The fingerprints of one batch; the words of a language, logos and leaflets are digested once."""

    def __init__(self, library: Library, version: str) -> None:
        self._library, self._version = library, version
        # All words of the language, because nobody can tell from outside which of them a sheet says.
        self._words = cache(lambda code: _digest(repr(read_locale(library, code).vocabulary).encode()))
        self._file = cache(lambda path: _digest(read_file(path)))

    def fingerprint(self, screened: ScreenedProgram, *, locked: bool, both_sides: bool) -> str:
        """The fingerprint of one program. A password is not in it: whether it opens the file is tried.

        Raises:
            BadInput: A text of the library is not right.
            FileTrouble: A leaflet or logo cannot be read.
        """
        program, library = screened.program, self._library
        locale = read_locale(library, program.language)
        safety, scale = safety_items(program, library, locale.text), pain_scale(program, library)
        rules = [finding.rule for finding in screened.findings if finding.rule]
        texts = (
            [locale.text(prescription.exercise) for prescription in program.prescriptions],
            [locale.text(program.packet)] if program.packet else [],
            [locale.text(scale)],
            [locale.text(known.condition) for known in program.patient.conditions],
            [locale.text(rule) for rule in rules],
        )
        logo = library.clinic_file(program.clinic, "logo")
        files = [self._file(path) for path in (*([logo] if logo else []), *leaflet_paths(program, library))]
        everything = (
            self._version, program, screened.findings, safety, texts, self._words(locale.code), bool(logo), files,
            locked, both_sides, [one for one in screened.sign_offs if one.signature],
        )  # fmt: skip
        text = repr(everything)
        # On another machine the same files lie in other folders.
        for number, folder in enumerate(library.folders):
            # Only where a path begins: a folder may be called as a word of the texts is.
            for quote in "'\"":
                text = text.replace(f"{quote}{folder}{os.sep}", f"{quote}library {number}{os.sep}")
        return _digest(text.encode())[:LENGTH]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
