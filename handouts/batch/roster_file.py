"""A roster's file before any of its columns is known: a table in text, in the encoding it has, or a workbook.

A table in text is read row by row with the place of every cell. It takes what spreadsheets write: any line end, quoted
cells with line breaks and doubled quotes, spaces round a value, blank lines, a first line `sep=;`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from handouts.errors import BadInput, FileTrouble, Problem, bad_input, file_trouble
from handouts.input_files import MOST_BYTES, check_file, read_file

_WORKBOOK, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NO_TEXT = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
"""Bytes that text has only in UTF-16, and pictures and programs everywhere."""
_MOST_SLIPS = 9
"""Of such bytes at the beginning of a text."""
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WINDOWS = "cp1252"
_STRANGE = re.compile(
    # Hardly ever written in Windows letters, and often what another encoding looks like when it is read as them.
    r"[^\x00-\x7f\xa0À-ÖØ-öø-ÿ’‘“”–—…•€°ºª¡¿«»·½¼¾²³µ®©™§´]"
    r"|(?<=[^\W\d_])[^\x00-\x7f\w’‘´·\xa0](?=[^\W\d_])"
)
_GIVE = "give --encoding, such as --encoding cp850 or --encoding mac-roman"
MOST_LINE = 100_000
MOST_LINES = 200
"""Limits of one row: an opening quote that is never closed must not swallow the file."""

MOST_CELLS = 1000
MOST_LOST = 20
"""Quotes that are never closed, each of which costs a row's limit to find."""
SAVE_AS = "save it as 'CSV UTF-8'"
_SPACES = " \xa0\ufeff"


@dataclass(frozen=True)
class RosterFile:
    """A roster's file, opened anew each time its rows are asked for.

    Attributes:
        path: The file.
        encoding: Of a table in text; None of a workbook.
        separator: What parts the cells of a table in text.
        remark: How it was read, where that could be otherwise.
        stamp: Size and time of the file when it was first read, so that a change is noticed.
    """

    path: Path
    encoding: str | None
    separator: str
    remark: str | None
    stamp: tuple[int, int]

    def records(self) -> Iterator[Record]:
        """The rows that are not blank, the header first.

        Raises:
            FileTrouble: The file cannot be read, or has changed since it was first read.
            BadInput: It is no table.
        """
        # The rows are read twice, to check and to make: what was checked must be what is made.
        if _stamp(self.path) != self.stamp:
            raise FileTrouble(str(self.path), "has changed while it was being read: run again")
        if self.encoding is None:
            yield from _workbook().read_workbook(self.path)
        else:
            yield from read_records(self.path, self.encoding, self.separator)


def open_roster_file(path: Path, encoding: str | None, names: Callable[[str], bool]) -> RosterFile:
    """Find out how the file at `path` is read; `names` says whether a header is that of a known column.

    Raises:
        FileTrouble: It cannot be read, or is no file.
        BadInput: It is too large, or nobody can tell how it is to be read.
    """
    check_file(path)
    stamp = _stamp(path)
    if stamp[0] > MOST_BYTES:
        message = f"{stamp[0] // 1_000_000} MB, at most {MOST_BYTES // 1_000_000} are read"
        raise bad_input(path, message, "cut the roster into parts")
    data = read_file(path)
    if data.startswith(_WORKBOOK):
        return RosterFile(path, None, "", _workbook().sheet_remark(path), stamp)
    if data.startswith(_OLD_WORKBOOK):
        message = "is an old workbook, or one with a password"
        raise bad_input(path, message, f"save it as .xlsx without a password, or {SAVE_AS}")
    head = data[:1024]
    if head.lstrip().startswith(b"%PDF-") or (not _is_utf_16(data) and len(_NO_TEXT.findall(head)) > _MOST_SLIPS):
        raise bad_input(path, "is no table", f"give a .csv or .xlsx file; to make one: {SAVE_AS}")
    known, remark = _encoding(path, data, encoding)
    return RosterFile(path, known, find_separator(path, known, names), remark, stamp)


def _encoding(path: Path, data: bytes, given: str | None) -> tuple[str, str | None]:
    """The encoding that all of the `data` can be read in, and a remark where it was found out."""
    if given:
        encoding = "utf-8-sig" if codecs.lookup(given).name == "utf-8" else given
        _decoded(path, data, encoding)
        return encoding, None
    encoding = "utf-8-sig"
    if _is_utf_16(data):
        marked = data.startswith(_UTF_16_MARKS)
        encoding = "utf-16" if marked else "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        text = _decoded(path, data, encoding if encoding.startswith("utf-16") else _WINDOWS)
        if found := _STRANGE.search(text):
            problem = Problem(str(path), *_place(text, found.start()), "nobody can tell which letter this is", _GIVE)
            raise BadInput([problem]) from None
        return _WINDOWS, f"{path}: read in Windows letters ({_WINDOWS}), as it is not UTF-8; --encoding says otherwise"
    return encoding, None


def _is_utf_16(data: bytes) -> bool:
    """Whether it has the mark, or, in a table of Latin letters, zero for every other byte."""
    return data.startswith(_UTF_16_MARKS) or b"\0" in data[:2]


def _decoded(path: Path, data: bytes, encoding: str) -> str:
    """The text of the `data`. Raises BadInput with the place of the first byte that is no letter."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="ignore")
        message = f"a character that is none in {encoding.removesuffix('-sig')}"
        raise BadInput([Problem(str(path), *_place(before, len(before)), message, f"{SAVE_AS}, or {_GIVE}")]) from error


def _place(text: str, at: int) -> tuple[int, int]:
    """Line and column of a character, both from 1."""
    lines = text[:at].replace("\r\n", "\n").replace("\r", "\n")
    return lines.count("\n") + 1, len(lines) - lines.rfind("\n")


def _workbook() -> ModuleType:
    """What reads workbooks; loaded for them alone, because openpyxl is optional, and slow to import."""
    return import_module("handouts.batch.workbook")


def _stamp(path: Path) -> tuple[int, int]:
    with file_trouble(path):
        found = path.stat()
    return found.st_size, found.st_mtime_ns


# -- a table in text ---------------------------------------------------------------------------------------------------


class Cell(NamedTuple):
    """A value without the spaces round it, and the line and column where it begins, from 1."""

    text: str
    line: int
    column: int

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at `offset` of the value."""
        before = self.text[:offset]
        if "\n" in before:
            return self.line + before.count("\n"), offset - before.rfind("\n")
        return self.line, self.column + offset


class Record(NamedTuple):
    """One row: the line where it begins, its cells, and what is wrong with its form."""

    line: int
    cells: tuple[Cell, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.text for cell in self.cells)


def read_records(path: Path, encoding: str, separator: str | None = None) -> Iterator[Record]:
    """The rows of the text table at `path` that are not blank; without a `separator`, parted where the first row says.

    Raises FileTrouble when the file cannot be read, BadInput when it is no table.
    """
    with file_trouble(path), path.open(encoding=encoding, newline=None) as text:
        lines = iter(lambda: text.readline(MOST_LINE), "")
        yield from _Reader(str(path), lines, separator or _declared(path, encoding) or ",").records()


def find_separator(path: Path, encoding: str, names: Callable[[str], bool]) -> str:
    """What parts the cells: the sign under which most of the header `names` a column; a comma when in doubt."""

    def known(separator: str) -> int:
        header = next(read_records(path, encoding, separator), None)
        return sum(names(cell.text) for cell in header.cells) if header else 0

    return max((",", ";", "\t"), key=known)


def _declared(path: Path, encoding: str) -> str | None:
    """The separator that a spreadsheet's first line `sep=;` names."""
    with path.open(encoding=encoding, newline=None) as text:
        found = re.fullmatch(r'"?sep=(.)"?\s*', text.readline(100), re.IGNORECASE)
    return found[1] if found else None


class _Reader:
    """One pass over a table's lines."""

    def __init__(self, path: str, lines: Iterator[str], separator: str) -> None:
        self._path, self._lines, self._number = path, lines, 0
        self._again: list[str] = []
        end = f"(?={re.escape(separator)}|\\n|\\Z)"
        self._quoted = re.compile(f'[{_SPACES}]*"((?:[^"]|"")*)"[{_SPACES}]*{end}')
        self._unclosed = re.compile(f'[{_SPACES}]*"(?:[^"]|"")*\\Z')
        self._plain = re.compile(f"[^{re.escape(separator)}\\n]*")

    def records(self) -> Iterator[Record]:
        """The rows that are not blank, the line `sep=` left out."""
        lost = 0
        while line := self._next():
            start = self._number
            record, more = self._parsed(line, start)
            held = [line]
            while more and len(held) < MOST_LINES and sum(map(len, held)) < MOST_LINE and (line := self._next()):
                held.append(line)
                record, more = self._parsed("".join(held), start)
            if sum(map(len, held)) >= MOST_LINE:
                raise BadInput([Problem(self._path, start, 1, f"a row of more than {MOST_LINE} characters")])
            lost += more
            if lost > MOST_LOST:
                what = f"more than {MOST_LOST} quotes that are never closed"
                raise BadInput([*record.problems, Problem(self._path, start, 1, what, SAVE_AS)])
            if record.problems:  # a lost quote spoils its own line, not the rows after it
                self._again += reversed(held[1:])
                self._number -= len(held) - 1
            sep = start == 1 and held[0].strip('"\n').casefold().startswith("sep=")
            if not sep and (not record.empty or record.problems):
                yield record

    def _next(self) -> str:
        line = self._again.pop() if self._again else next(self._lines, "")
        self._number += bool(line)
        return line

    def _parsed(self, text: str, start: int) -> tuple[Record, bool]:
        """The row in `text`, and whether a quote in it is still open."""
        cells: list[Cell] = []
        problems: list[Problem] = []
        at = 0
        while True:
            quoted = self._quoted.match(text, at)
            if quoted:
                value, begin, end = quoted[1].replace('""', '"'), quoted.start(1), quoted.end()
            else:
                plain = self._plain.match(text, at)
                value, begin, end = (plain[0], at, plain.end()) if plain else ("", at, at)
            line, column = start + text.count("\n", 0, begin), begin - text.rfind("\n", 0, begin)
            if not quoted and value.lstrip(_SPACES).startswith('"'):
                if self._unclosed.match(text, at):
                    problem = Problem(self._path, line, column, "a quote that is never closed", 'write " as ""')
                    return Record(start, tuple(cells), (*problems, problem)), True
                problems.append(
                    Problem(self._path, line, column, "text after the closing quote", 'write " inside a value as ""')
                )
            front = len(value) - len(value.lstrip())
            cells.append(Cell(value.strip().strip(_SPACES), line, column + (front if "\n" not in value[:front] else 0)))
            if end >= len(text) or text[end] == "\n":
                return Record(start, tuple(cells), tuple(problems)), False
            if len(cells) > MOST_CELLS:
                raise BadInput([Problem(self._path, line, column, f"a row of more than {MOST_CELLS} cells")])
            at = end + 1
