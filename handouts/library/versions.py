"""Which state of the content a handout was made from: digests of its files, so that two states can be told apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from os.path import lexists
from pathlib import Path
from typing import NamedTuple

from handouts.input_files import read_file

LENGTH = 16
"""Hexadecimal digits of a digest."""
RULES = ("conditions.yaml", "movements.yaml", "rules.yaml")
"""The files that say what is forbidden, what needs care, and for whom."""
BUILT_IN = "built-in"


class FolderVersion(NamedTuple):
    """A content folder: its name without the way to it, which says where somebody works, and its digest."""

    name: str
    digest: str


class ContentVersions(NamedTuple):
    """Digests of all content, of the rules in it, and of each content folder by itself, the built-in one first."""

    content: str
    rules: str
    folders: tuple[FolderVersion, ...]


def read_versions(folders: Sequence[Path]) -> ContentVersions:
    """The digests of content folders. Raises FileTrouble."""
    files = [sorted(folder.rglob("*.yaml")) for folder in folders]
    names = [BUILT_IN, *(folder.resolve().name for folder in folders[1:])]
    each = [_digest(folder, own) for folder, own in zip(folders, files, strict=True)]
    rules = [_digest(folder, [folder / name for name in RULES if lexists(folder / name)]) for folder in folders]
    return ContentVersions(_joined(each), _joined(rules), tuple(map(FolderVersion, names, each)))


def _digest(folder: Path, files: Iterable[Path]) -> str:
    digest = sha256()
    for path in files:
        data = read_file(path)
        # The length keeps two files from being read as one with the bytes of both.
        digest.update(f"{path.relative_to(folder).as_posix()} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()[:LENGTH]


def _joined(digests: Sequence[str]) -> str:
    return digests[0] if len(digests) == 1 else sha256(" ".join(digests).encode()).hexdigest()[:LENGTH]
