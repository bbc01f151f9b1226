"""A table in a text file, read row by row with the place of every cell. Knows no column by name.

Takes what spreadsheets write: any line end, quoted cells with line breaks and doubled quotes, spaces round a value,
blank lines, a first line `sep=;`. Never holds more than one row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from handouts.errors import BadInput, Problem, file_trouble

MOST_LINE = 100_000
MOST_LINES = 200
"""Limits of one row: an opening quote that is never closed must not swallow the file."""

MOST_CELLS = 1000
MOST_LOST = 20
"""Quotes that are never closed, each of which costs a row's limit to find."""
SAVE_AS = "save it as 'CSV UTF-8'"
_SPACES = " \xa0\ufeff"


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
