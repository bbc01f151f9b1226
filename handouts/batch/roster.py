"""The rows of a roster by column: the header judged first, then one row after the other. Knows no exercise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handouts.batch.roster_columns import COLUMNS, ITEMS, Row
from handouts.batch.roster_table import Record, column_name, find_separator, read_records
from handouts.errors import BadInput, FileTrouble, Problem, file_trouble
from handouts.library.nearest import did_you_mean

MOST_COLUMNS = 100
_SPOKEN = {",": "a comma", ";": "a semicolon", "\t": "a tab"}


@dataclass(frozen=True)
class Roster:
    """A roster whose header is right. Its rows are read from the file each time they are asked for.

    Attributes:
        path: The file.
        separator: What separates the cells of a row.
        columns: The column's name for each place of a row; None where the header is blank.
        stamp: Size and time of the file when the header was read, so that a change is noticed.
    """

    path: Path
    separator: str
    columns: tuple[str | None, ...]
    stamp: tuple[int, int]

    def rows(self) -> Iterator[Row]:
        """Every row that is not blank. Raises FileTrouble when the file has changed since the header was read."""
        # The rows are read twice, to check and to make: what was checked must be what is made.
        if _stamp(self.path) != self.stamp:
            raise FileTrouble(str(self.path), "has changed while it was being read: run again")
        records = read_records(self.path, self.separator)
        next(records)
        for record in records:
            yield self._row(record)

    def _row(self, record: Record) -> Row:
        path, problems = str(self.path), list(record.problems)
        cells = {}
        for index, cell in enumerate(record.cells):
            column = self.columns[index] if index < len(self.columns) else None
            if column is None and cell.text:
                hint = f"put {_SPOKEN[self.separator]} inside a value in quotes"
                problems.append(Problem(path, cell.line, cell.column, "a value under no column", hint))
            elif column is not None and cell.text:
                cells[column] = cell
        return Row(path=path, number=record.line, cells=cells, problems=tuple(problems))


def read_roster(path: Path) -> Roster:
    """The roster at `path`. Raises FileTrouble, and BadInput with every problem of its header."""
    stamp = _stamp(path)
    separator = find_separator(path, frozenset(COLUMNS))
    header = next(read_records(path, separator), None)
    if header is None:
        raise BadInput([Problem(str(path), 1, 1, "the roster is empty", f"its first line names the columns: {ITEMS}")])
    if len(header.cells) > MOST_COLUMNS:
        message = f"{len(header.cells)} columns, out of range (1–{MOST_COLUMNS})"
        raise BadInput([Problem(str(path), header.line, 1, message, f"known: {', '.join(COLUMNS)}")])
    problems = list(header.problems)
    columns: list[str | None] = []
    for cell in header.cells:
        name = column_name(cell.text)
        if name and name not in COLUMNS:
            hint = did_you_mean(name, COLUMNS) or f"known: {', '.join(COLUMNS)}"
            problems.append(Problem(str(path), cell.line, cell.column, f"unknown column '{cell.text}'", hint))
        elif name and name in columns:
            problems.append(Problem(str(path), cell.line, cell.column, f"the column '{name}' is there twice"))
        columns.append(name or None)
    if "name" not in columns and not problems:
        problems.append(Problem(str(path), header.line, 1, "the column 'name' is missing"))
    if problems:
        raise BadInput(problems)
    return Roster(path, separator, tuple(columns), stamp)


def _stamp(path: Path) -> tuple[int, int]:
    with file_trouble(path):
        found = path.stat()
    return found.st_size, found.st_mtime_ns
