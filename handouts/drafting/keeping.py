"""Drafts on the disk: one private file for each program that is being built, gone when it has been saved.

A draft names a patient: its folder is the user's own (mode 700) and so is each file (mode 600).
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import msgspec

from handouts.drafting.draft import Work
from handouts.errors import FileTrouble
from handouts.pdf.files import write_whole

ENDING = ".draft.json"


class Keeper:
    """Keeps the work on one program in one file of `folder`, from its first step on."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def keep(self, work: Work) -> None:
        """Writes the work, whole or not at all. Raises FileTrouble."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as trouble:
            raise FileTrouble(str(self.path.parent), (trouble.strerror or str(trouble)).lower()) from trouble
        write_whole(self.path, msgspec.json.encode(work), force=True, private=True)

    def forget(self) -> None:
        """Deletes the file."""
        self.path.unlink(missing_ok=True)


def new_keeper(folder: Path, now: dt.datetime) -> Keeper:
    """The keeper of a program begun `now`; two at the same moment have their process to tell them apart."""
    return Keeper(folder / f"{now:%Y-%m-%d-%H%M%S}-{os.getpid()}{ENDING}")


def kept_drafts(folder: Path) -> list[tuple[Keeper, Work]]:
    """Every draft that lies in `folder` and can be read, the latest first."""
    found = []
    for path in sorted(folder.glob(f"*{ENDING}"), reverse=True):
        try:
            found.append((Keeper(path), msgspec.json.decode(path.read_bytes(), type=Work)))
        except (OSError, msgspec.DecodeError):
            continue
    return found
