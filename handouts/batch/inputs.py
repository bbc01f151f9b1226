"""What a batch is made from: the rows of a roster, or program files. Read one by one, as often as asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from handouts.batch.roster import Roster, read_roster
from handouts.batch.roster_columns import RosterReading
from handouts.batch.roster_row import Row
from handouts.errors import BadInput, FileTrouble, Problem, bad_input
from handouts.input_files import STANDARD_INPUT, check_file, read_file, read_start
from handouts.library.yaml_reading import MOST_BYTES, Where

PROGRAM_ENDINGS = (".yaml", ".yml")
MOST_NAME = 4096
"""Bytes of the first line of a list: the longest path that systems take."""


@dataclass(frozen=True, kw_only=True)
class ProgramFile:
    """A program file; `number` counts the files of the batch from 1.

    `text` is its content, so that it can be sent to a machine without the file; None when it cannot be read.
    """

    path: str
    number: int
    text: bytes | None
    password: None = None

    def place(self, _column: str | None = None) -> tuple[str, int, int]:
        """Path, line and column; line 0 is the whole file."""
        return self.path, 0, 0

    def locate(self, _where: Where) -> tuple[str, int, int]:
        """The same, wherever in the file."""
        return self.place()


Entry = Row | ProgramFile


@dataclass(frozen=True)
class Entries:
    """The entries of a batch in order: a roster's rows, or program files."""

    roster: Roster | None = None
    files: tuple[Path, ...] = ()

    def __iter__(self) -> Iterator[Entry]:
        if self.roster is not None:
            yield from self.roster.rows()
        for number, path in enumerate(self.files, 1):
            try:
                text: bytes | None = read_start(path, MOST_BYTES + 1)
            except FileTrouble:  # reported, with the reason, where the file is read as a program
                text = None
            yield ProgramFile(path=str(path), number=number, text=text)


def find_entries(paths: Sequence[Path], reading: RosterReading | None = None) -> Entries:
    """Find the entries: one roster; or program files, folders of them, and lists of their names, a name a line.

    `-` is a roster from standard input. `reading` says how a roster is to be read.

    Raises:
        FileTrouble: A path cannot be read.
        BadInput: The roster's header is not right, or a file is named twice.
    """
    first = paths[0]
    is_other = first.is_dir() or _is_program(first) or _is_list(first) or not first.exists()
    if list(paths) == [STANDARD_INPUT] or (len(paths) == 1 and not is_other):
        return Entries(roster=read_roster(first, reading))
    # A file named twice would be made twice and written over: it is a mistake, not a wish.
    found = [file for path in paths for file in _program_files(path)]
    twice = [path for path, count in Counter(found).items() if count > 1]
    if twice:
        raise BadInput([Problem(str(path), 0, 0, "this file is named twice") for path in twice])
    return Entries(files=tuple(found))


def _program_files(path: Path) -> list[Path]:
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if _is_program(file) and not file.name.startswith("."))
        if not files:
            raise bad_input(path, "no program file in this folder", "program files end in .yaml")
        return files
    check_file(path)
    if not path.is_file() and path != STANDARD_INPUT:
        raise FileTrouble(str(path), "there is no such file or folder")
    if _is_program(path):
        return [path]
    if _is_list(path):
        lines = (line.strip() for line in read_file(path).decode("utf-8-sig", errors="replace").splitlines())
        return [path.parent / line for line in lines if line]
    raise bad_input(path, "a roster cannot be mixed with other files", "give one roster, or program files")


def _is_program(path: Path) -> bool:
    return path.suffix.lower() in PROGRAM_ENDINGS


def _is_list(path: Path) -> bool:
    """Whether the first line of the file names a program file."""
    if not path.is_file():
        return False
    first = read_start(path, MOST_NAME).decode("utf-8-sig", errors="replace").partition("\n")[0]
    return Path(first.strip()).suffix.lower() in PROGRAM_ENDINGS
