"""A roster's file before any of its columns is known: a table in text, in the encoding it has, or a workbook.

A table in text is read row by row with the place of every cell. It takes what spreadsheets write: any line end, quoted
cells with line breaks and doubled quotes, spaces round a value, blank lines, a first line `sep=;`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from io import BytesIO, TextIOWrapper
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from handouts.errors import BadInput, Problem, bad_input
from handouts.input_files import MOST_BYTES, read_named

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


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What somebody sees of a workbook's sheet, or does not; rows and columns from 1. A table in text has none of it.

    Attributes:
        remark: Which sheet is read, where there are several.
        hidden_rows: Rows that a filter or somebody has hidden.
        hidden_columns: The same for columns.
        merged: The range of each cell that is merged with others, but for the first of those in one row.
        from_1904: Whether its days count from 1904, as those of an old Mac; others count from 1900.
    """

    remark: str | None = None
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: Mapping[tuple[int, int], str] = field(default_factory=dict)
    from_1904: bool = False


@dataclass(frozen=True, kw_only=True)
class RosterFile:
    """A roster's file, read once: its rows are asked for to check and to make, and what is checked is what is made.

    Attributes:
        encoding: Of a table in text; None of a workbook.
        separator: What parts the cells of a table in text.
        remark: How it was read, where that could be otherwise.
        sheet: How a workbook looks.
    """

    name: str
    data: bytes
    encoding: str | None = None
    separator: str = ""
    remark: str | None = None
    sheet: Sheet = field(default_factory=Sheet)

    def records(self) -> Iterator[Record]:
        """The rows that are not blank, the header first. Raises BadInput when it is no table."""
        if self.encoding is None:
            yield from _workbook().read_workbook(self.name, self.data)
        else:
            yield from read_records(self.name, self.data, self.encoding, self.separator)


def open_roster_file(path: Path, encoding: str | None, names: Callable[[str], bool]) -> RosterFile:
    """Read the file at `path`, `-` for standard input; `names` says whether a header is that of a known column.

    Raises:
        FileTrouble: It cannot be read, or is no file.
        BadInput: It is too large, or nobody can tell how it is to be read.
    """
    name, data = read_named(path, MOST_BYTES)
    if len(data) > MOST_BYTES:
        raise bad_input(name, f"is larger than {MOST_BYTES // 1_000_000} MB", "cut the roster into parts")
    if data.startswith(_WORKBOOK):
        sheet = _workbook().read_sheet(name, data)
        return RosterFile(name=name, data=data, remark=sheet.remark, sheet=sheet)
    if data.startswith(_OLD_WORKBOOK):
        message = "is an old workbook, or one with a password"
        raise bad_input(name, message, f"save it as .xlsx without a password, or {SAVE_AS}")
    head = data[:1024]
    if head.lstrip().startswith(b"%PDF-") or (not _is_utf_16(data) and len(_NO_TEXT.findall(head)) > _MOST_SLIPS):
        raise bad_input(name, "is no table", f"give a .csv or .xlsx file; to make one: {SAVE_AS}")
    known, remark = _encoding(name, data, encoding)
    separator = find_separator(name, data, known, names)
    return RosterFile(name=name, data=data, encoding=known, separator=separator, remark=remark)


def _encoding(name: str, data: bytes, given: str | None) -> tuple[str, str | None]:
    """The encoding that all of the `data` can be read in, and a remark where it was found out."""
    if given:
        encoding = "utf-8-sig" if codecs.lookup(given).name == "utf-8" else given
        _decoded(name, data, encoding)
        return encoding, None
    encoding = "utf-8-sig"
    if _is_utf_16(data):
        marked = data.startswith(_UTF_16_MARKS)
        encoding = "utf-16" if marked else "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        text = _decoded(name, data, encoding if encoding.startswith("utf-16") else _WINDOWS)
        if found := _STRANGE.search(text):
            problem = Problem(name, *_place(text, found.start()), "nobody can tell which letter this is", _GIVE)
            raise BadInput([problem]) from None
        return _WINDOWS, f"{name}: read in Windows letters ({_WINDOWS}), as it is not UTF-8; --encoding says otherwise"
    return encoding, None


def _is_utf_16(data: bytes) -> bool:
    """Whether it has the mark, or, in a table of Latin letters, zero for every other byte."""
    return data.startswith(_UTF_16_MARKS) or b"\0" in data[:2]


def _decoded(name: str, data: bytes, encoding: str) -> str:
    """The text of the `data`. Raises BadInput with the place of the first byte that is no letter."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="ignore")
        message = f"a character that is none in {encoding.removesuffix('-sig')}"
        raise BadInput([Problem(name, *_place(before, len(before)), message, f"{SAVE_AS}, or {_GIVE}")]) from error


def _place(text: str, at: int) -> tuple[int, int]:
    """Line and column of a character, both from 1."""
    lines = text[:at].replace("\r\n", "\n").replace("\r", "\n")
    return lines.count("\n") + 1, len(lines) - lines.rfind("\n")


def _workbook() -> ModuleType:
    """What reads workbooks; loaded for them alone, because openpyxl is optional, and slow to import."""
    return import_module("handouts.batch.workbook")


# -- a table in text ---------------------------------------------------------------------------------------------------


class Cell(NamedTuple):
    """A value without the spaces round it, and the line and column where it begins, from 1.

    `struck` is one with a line through it.
    """

    text: str
    line: int
    column: int
    struck: bool = False

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


def read_records(name: str, data: bytes, encoding: str, separator: str) -> Iterator[Record]:
    """The rows of a table in text that are not blank. Raises BadInput when it is no table."""
    text = TextIOWrapper(BytesIO(data), encoding)
    yield from _Reader(name, iter(lambda: text.readline(MOST_LINE), ""), separator).records()


def find_separator(name: str, data: bytes, encoding: str, names: Callable[[str], bool]) -> str:
    """What parts the cells: the sign under which most of the header `names` a column.

    In doubt it is the one that a spreadsheet's first line `sep=;` names, or a comma.
    """
    declared = re.match(r'"?sep=(.)"?\s*$', data[:100].decode(encoding, errors="ignore"), re.IGNORECASE | re.MULTILINE)

    def known(separator: str) -> int:
        header = next(read_records(name, data, encoding, separator), None)
        return sum(names(cell.text) for cell in header.cells) if header else 0

    return max((*(declared.groups() if declared else ()), ",", ";", "\t", "|"), key=known)


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
