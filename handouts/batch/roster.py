"""The rows of a roster by column: the header judged first, then one row after the other. Knows no exercise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from handouts.batch.roster_columns import COLUMNS, LEFT_ALONE, LISTS, Header, RosterReading, meaning
from handouts.batch.roster_file import Cell, Record, RosterFile, open_roster_file
from handouts.batch.roster_row import Row, artefact, is_nothing
from handouts.errors import BadInput, Problem

MOST_COLUMNS = 100
COMMENT = "# "
"""A row that begins so is for people, such as the one that explains the columns of the template."""
_CROSSED_OUT = "crossed out, so that nobody can tell whether it counts", "delete it, or take the line through it away"
_TEXT_MARK = re.compile(r"'\d")
"""The apostrophe by which a spreadsheet knows that a number is text, and which it does not show."""
_SPOKEN = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a '|'"}


@dataclass(frozen=True)
class Roster:
    """A roster whose header is right. Its rows are read from the file each time they are asked for.

    Attributes:
        file: The file.
        columns: The column's name for each place of a row; `LEFT_ALONE`, or None where the header is blank.
        remarks: What somebody should know of how it is read.
    """

    file: RosterFile
    columns: tuple[str | None, ...]
    remarks: tuple[str, ...] = ()

    def rows(self) -> Iterator[Row]:
        """Every row that is neither blank nor a comment."""
        records = _records(self.file)
        next(records)
        held: list[Row] = []  # a row with a name, and those below it that have none, or are more of it
        for row in map(self._row, records):
            if row.has_name and not (held and row.is_more_of(held[0])):
                yield from _with_rest(held)
                held = []
            held.append(row)
        yield from _with_rest(held)

    def _row(self, record: Record) -> Row:
        path, sheet, problems = self.file.name, self.file.sheet, list(record.problems)
        cells = {}
        # What a quote that is never closed has swallowed begins behind the last cell.
        filled = set(self.columns[len(record.cells) :][:1]) if record.problems else set[str | None]()
        merged: dict[str, int] = {}
        for index, column in enumerate(self.columns):
            if column and (area := sheet.merged.get((record.line, index + 1))):
                merged.setdefault(area, index)
        for area, index in merged.items():
            message = f"{self.columns[index]}: cells {area} are merged, so that nobody can tell what is for this row"
            problems.append(Problem(path, record.line, index + 1, message, "unmerge them, and fill in each"))
        for index, cell in enumerate(record.cells):
            column = self.columns[index] if index < len(self.columns) else None
            if column == LEFT_ALONE or not cell.text:
                continue
            if column is None:
                # A cell too many may be one that was parted; one under an empty header is not.
                sign = _SPOKEN.get(self.file.separator) if index >= len(self.columns) else None
                hint = f"put {sign} inside a value in quotes" if sign else "name its column in the first row"
                problems.append(Problem(path, cell.line, cell.column, "a value under no column", hint))
                filled.add(None)
                continue
            if _TEXT_MARK.match(cell.text):
                cell = Cell(cell.text[1:], cell.line, cell.column + 1)
            if found := _CROSSED_OUT if cell.struck else artefact(cell.text, column, from_1904=sheet.from_1904):
                message, hint = found
                problems.append(Problem(path, cell.line, cell.column, f"{column}: {message}", hint))
                filled.add(column)
            elif not is_nothing(cell.text, column, is_list=column in LISTS):
                cells[column] = cell
        return Row(
            path=path,
            number=record.line,
            cells=cells,
            problems=tuple(problems),
            is_hidden=record.line in sheet.hidden_rows,
            filled=frozenset(filled | cells.keys()),
        )


def _with_rest(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows; the first, if it has a name, knows which of those below it seem to be more of its patient."""
    for row in rows[:1]:
        rest = tuple(below.number for below in rows[1:] if below.is_more_of(row))
        yield replace(row, rest=rest) if row.has_name else row
    yield from rows[1:]


def _records(file: RosterFile) -> Iterator[Record]:
    """The rows that are neither blank nor a comment, the header first."""
    return (record for record in file.records() if not (record.cells and record.cells[0].text.startswith(COMMENT)))


def read_roster(path: Path, reading: RosterReading | None = None) -> Roster:
    """The roster at `path`, `-` for standard input. Raises FileTrouble, BadInput with every problem of its header."""
    reading = reading or RosterReading()
    file = open_roster_file(path, reading.encoding, lambda text: bool(Header([text], reading).columns[0]))
    name = file.name
    header = next(_records(file), None)
    if header is None:
        hint = "`handouts new roster` writes one with every column"
        raise BadInput([Problem(name, 1, 1, "the roster is empty", hint)])
    if len(header.cells) > MOST_COLUMNS:
        message = f"{len(header.cells)} columns, out of range (1–{MOST_COLUMNS})"
        raise BadInput([Problem(name, header.line, 1, message, f"known: {', '.join(COLUMNS)}")])
    judged = Header([cell.text for cell in header.cells], reading)
    problems = list(header.problems)
    for index, cell in enumerate(header.cells):
        if found := judged.problem(index):
            problems.append(Problem(name, cell.line, cell.column, *found))
    if (missing := judged.missing) and not problems:
        problems.append(Problem(name, header.line, 1, *missing))
    if problems:
        raise BadInput(problems)
    remarks = [file.remark] if file.remark else []
    if hidden := [
        column for index, column in enumerate(judged.columns, 1) if column and index in file.sheet.hidden_columns
    ]:
        remarks.append(f"{name}: columns hidden in the sheet, read like the others: {', '.join(hidden)}")
    if judged.left_alone:
        remarks.append(f"{name}: columns left alone: {', '.join(map(_with_meaning, judged.left_alone))}")
    return Roster(file, tuple(judged.columns), tuple(remarks))


def _with_meaning(name: str) -> str:
    ours = meaning(name)
    return f"'{name}' (if it is {ours}, give --columns '{name}={ours}')" if ours else f"'{name}'"
