"""A row of a roster as a layer of program values, each with its place in the table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from handouts.batch.roster_columns import DATES, FIELDS, FLAGS, LISTS, PARTS_OF_NAME
from handouts.batch.roster_dates import HINT, DateOrder, Day, NoDate, read_day
from handouts.batch.roster_file import Cell
from handouts.errors import Problem
from handouts.library import Library
from handouts.library.nearest import DASHES, NOTHING, NOTHING_BUT_A_NAME, key_of, means_nothing
from handouts.library.yaml_reading import Where
from handouts.prescription import Layer
from handouts.prescription.layers import overrides_of, put_in
from handouts.prescription.patient_conditions import condition_words

MOST_PASSWORD = 127
"""PDF's own limit, in bytes."""
_MOST_PARTS = 40
"""Commas of a list that are looked at; no list may have as many items."""
_YES = frozenset({"yes", "y", "true", "t", "1", "x", "on", "sí", "si", "verdadero"})
_NO = frozenset({"no", "n", "false", "f", "0", "off", "falso"})
_ITEM = re.compile(r"[^;\n]+")
_COMMA = re.compile(",")
_BEFORE_NEXT = re.compile(r",(?=[^,;=]*=)")
"""The comma before the next `NAME=…` of a list; others belong to what is said of the one before."""
_SINCE = re.compile(r"(?<=\ssince\s)\S+", re.IGNORECASE)
_WORD_DATE = re.compile(r"(?<=,)[^,=]+$")

_ERRORS = re.compile(r"#+|#[¡¿]?[^\W\d_][\w/ ]*[!?]|#(?:N/?A|N/?D|N/?V|GETTING_DATA)|Err:\d+", re.IGNORECASE)
"""`#REF!`, `#DIV/0!`, `#NAME?`, `#N/A`, `#¡VALOR!`, `#NV`, `Err:502`, and the `####` of a column that is too narrow."""
_LOST = "\N{REPLACEMENT CHARACTER}"
_MOJIBAKE = re.compile(
    # UTF-8 read as Windows letters: the first byte of a letter, then what its other bytes are called there.
    r"[ÃÂÄÅÐ][\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]|â(?:€|\x80)|ï»¿"
    # The same read as the letters of an old Mac or of DOS.
    r"|√[^\x00-\x7f\s]|├[^\x00-\x7f\s]"
)
_MONTH = "(?:[Jj]an|[Ee]ne|[Ff]eb|[Mm]ar|[Aa][bp]r|[Mm]ay|[Jj]u[ln]|[Aa]ug|[Aa]go|[Ss]ep|[Oo]ct|[Nn]ov|[Dd][ei]c)"
_CHANGED = re.compile(
    # 1.00E+05 and 12.0, the days 4-Mar, Mar-04, 3/4/2026 and that of a date cell, the time 3:04:00.
    r"\d([.,]\d+)?[Ee]\+\d+|\d+[.,]0+"
    rf"|\d{{1,2}}-{_MONTH}(-\d+)?|{_MONTH}-\d\d|\d{{1,2}}/\d{{1,2}}/\d\d(\d\d)?|(\d{{4}}-\d\d-\d\d )?\d+:\d\d:\d\d"
)
"""What a spreadsheet makes of an id that looks like a number, a day or a time: `1E5`, `3-4`, `3:04`."""
_WHOLE = re.compile(r"(\d+)(?:[.,]0+)?")
_NAMES = ("name", *PARTS_OF_NAME)
_OWN = (*_NAMES, "id", "packet", "exercises")
"""The columns by which a row stands for a patient of its own."""

_COLUMNS_AT: dict[tuple[str, ...], list[str]] = {}
for _column, _where in FIELDS.items():
    _COLUMNS_AT.setdefault(_where, []).append(_column)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a roster: `number` is its line in the file at `path`, `cells` those that say something.

    `is_hidden`: by a filter or by hand, in the sheet that it comes from. `filled` are the columns in which anything
    stands, also what cannot be read, None for a value under no column. `rest` are the numbers of the rows below it that
    seem to be more of its patient.
    """

    path: str
    number: int
    cells: dict[str, Cell]
    problems: tuple[Problem, ...] = ()
    is_hidden: bool = False
    filled: frozenset[str | None] = frozenset()
    rest: tuple[int, ...] = ()

    @property
    def has_name(self) -> bool:
        """Whether anything stands where the name does."""
        return not self.filled.isdisjoint(_NAMES)

    def is_more_of(self, above: Row) -> bool:
        """Whether it says something without a program, and of nobody else than the row `above`: of that patient."""
        both = self.cells.keys() & above.cells.keys() & {*_NAMES, "id"}
        own = self.filled - {column for column in both if self.cells[column].text == above.cells[column].text}
        return bool(own) and own.isdisjoint(_OWN)

    @property
    def password(self) -> str | None:
        """What locks the row's handout, if anything, in the one form of its letters that every reader makes of it."""
        return unicodedata.normalize("NFKC", self.cells["password"].text) if "password" in self.cells else None

    def place(self, column: str | None = None, offset: int = 0) -> tuple[str, int, int]:
        """Path, line and column of a sign of a cell; of the row when the cell is empty."""
        cell = self.cells.get(column or "")
        return (self.path, self.number, 1) if cell is None else (self.path, *cell.place(offset))

    def locate(self, where: Where, items: Mapping[str, Sequence[int]] | None = None) -> tuple[str, int, int]:
        """Path, line and column of what the field at `where` came from: a cell, or one of the `items` of its list.

        `items`: where the items of a column's list begin in its cell.
        """
        for length in range(len(where), 0, -1):
            columns = _COLUMNS_AT.get(tuple(str(step) for step in where[:length]), ())
            if column := next((column for column in columns if column in self.cells), None):
                starts = (items or {}).get(column, ())
                item = where[length] if length < len(where) else 0
                return self.place(column, starts[item] if isinstance(item, int) and item < len(starts) else 0)
        return self.place()


def row_layer(row: Row, library: Library, order: DateOrder | None, problems: list[Problem]) -> Layer:
    """A row in the shape of a program file; what cannot be a value goes to `problems`.

    Args:
        row: The row.
        library: Knows the names of exercises and conditions, some of which have a comma in them.
        order: The order of day, month and year where a date can be read in several.
        problems: Takes what is wrong with the row.
    """
    return _RowReader(row, library, order, problems).layer()


class _RowReader:
    """One row being read; knows the places of its fields, to the item of a list."""

    def __init__(self, row: Row, library: Library, order: DateOrder | None, problems: list[Problem]) -> None:
        self._row, self._library, self._order, self._problems = row, library, order, problems
        self._offsets: dict[str, list[int]] = {}

    def layer(self) -> Layer:
        row = self._row
        self._problems.extend(row.problems)
        if len((row.password or "").encode()) > MOST_PASSWORD:
            self._problem("the password is too long", f"at most {MOST_PASSWORD} bytes", "password")
        data: dict[str, Any] = {}
        for column in FIELDS:
            if column in row.cells and column not in DATES:
                put_in(data, FIELDS[column], self._value(column, row.cells[column]))
        name = " ".join(row.cells[part].text for part in PARTS_OF_NAME if part in row.cells)
        if name:
            put_in(data, FIELDS["name"], name)
        elif "name" not in row.cells and not row.problems:
            self._problem("the name is missing", "what is for one patient goes in one row")
        for column, day in self._days().items():
            put_in(data, FIELDS[column], day)
        return Layer(data, self, Path(row.path).parent)

    def locate(self, where: Where, *, key: bool = False) -> tuple[str, int, int]:  # noqa: ARG002 - keys have no place
        """Path, line and column of what the field at `where` came from."""
        return self._row.locate(where, self._offsets)

    def _problem(self, message: str, hint: str | None = None, column: str | None = None, offset: int = 0) -> None:
        self._problems.append(Problem(*self._row.place(column, offset), message, hint))

    def _value(self, column: str, cell: Cell) -> Any:
        if column in LISTS:
            items = []
            for offset, text in self._items(column, cell.text):
                if is_nothing(text, column, is_list=True):
                    self._problem(f"'{text}' in a list of others", "take it out, or the others", column, offset)
                else:
                    items.append((offset, text))
            self._offsets[column] = offsets = [offset for offset, _ in items]
            texts = tuple(text for _, text in items)
            if column == "overrides":
                return overrides_of(texts, [self._row.place(column, offset) for offset in offsets], self._problems)
            return [self._with_iso_date(column, *item) for item in items]
        if column in FLAGS:
            return self._flag(column, cell.text)
        # A table knows only text; an age that is no number is reported where programs are checked.
        age = _WHOLE.fullmatch(cell.text) if column == "age" else None
        return int(age[1]) if age else cell.text

    def _flag(self, column: str, text: str) -> bool | None:
        answer = text.casefold()
        if answer in _YES or answer in _NO:
            return answer in _YES
        self._problem(f"'{text}' is neither yes nor no", "write yes or no", column)
        return None

    # -- lists -------------------------------------------------------------------------------------------------------

    def _items(self, column: str, text: str) -> Iterator[tuple[int, str]]:
        """The items of a list and where in the cell they begin; parted by `;`, a line break or a comma."""
        for match in _ITEM.finditer(text):
            for start, end in self._parted(column, match[0]):
                item = match[0][start:end]
                if item.strip():
                    yield match.start() + start + len(item) - len(item.lstrip()), item.strip()

    def _parted(self, column: str, text: str) -> Iterator[tuple[int, int]]:
        """Beginning and end of the items that commas part; some belong to a name, a dose or a reason."""
        by_name = column in ("exercises", "conditions")
        cuts = [0, *(match.end() for match in (_COMMA if by_name else _BEFORE_NEXT).finditer(text)), len(text) + 1]
        if not by_name or len(cuts) > _MOST_PARTS:
            yield from ((start, end - 1) for start, end in pairwise(cuts))
            return
        ends = self._exercise_end if column == "exercises" else self._condition_end
        at = 0
        while at < len(cuts) - 1:
            end = ends(text, cuts, at)
            yield cuts[at], cuts[end] - 1
            at = end

    def _exercise_end(self, text: str, cuts: list[int], at: int) -> int:
        """An exercise goes on, with its dose, until another one begins: `bridge 3x12, rest 60s, heel-raise`."""
        ids, leading = self._library.ids("exercises"), self._library.names.leading
        for end in range(at + 1, len(cuts) - 1):
            words = text[cuts[end] : cuts[end + 1] - 1].split()
            if not words or words[0] in ids or leading("exercises", " ".join(words)):
                return end
        return len(cuts) - 1

    def _condition_end(self, text: str, cuts: list[int], at: int) -> int:
        """A condition is the longest name that is one: `Rheumatoid arthritis, active flare`."""
        for end in range(len(cuts) - 1, at + 1, -1):
            name = condition_words(text[cuts[at] : cuts[end] - 1]).name
            if self._library.names.meanings("conditions", name).ids:
                return end
        return at + 1

    # -- dates -------------------------------------------------------------------------------------------------------

    def _with_iso_date(self, column: str, offset: int, text: str) -> str:
        """An item with the date in it as YYYY-MM-DD; what is no date is left to whoever reads the item."""
        at = _SINCE if column == "conditions" else _WORD_DATE if column in ("clearances", "healed") else None
        match = at.search(text) if at else None
        if match is None:
            return text
        try:
            day = read_day(match[0])
        except NoDate:
            return text
        # A day that was not clear is told here; any of its readings keeps it from being told twice.
        iso = self._day(day, column, offset + match.start(), match[0]) or next(iter(day.readings.values())).isoformat()
        return f"{text[: match.start()]}{iso}{text[match.end() :]}"

    def _days(self) -> dict[str, str]:
        """The row's dates, YYYY-MM-DD. One that can be read in two orders follows those of its form that cannot."""
        found: dict[str, Day] = {}
        for column in DATES:
            if column in self._row.cells:
                try:
                    found[column] = read_day(self._row.cells[column].text, full_year=column == "born")
                except NoDate as fault:
                    self._problem(
                        f"{self._shown(column, self._row.cells[column].text)} is no date: {fault}", HINT, column
                    )
        orders: dict[str, set[DateOrder]] = {}
        for column, day in found.items():
            if len(day.readings) == 1:
                orders.setdefault(self._form(column), set()).update(day.readings)
        days = {}
        for column, day in found.items():
            known = orders.get(self._form(column), set())
            order = next(iter(known)) if len(known) == 1 and not self._order else None
            text = self._row.cells[column].text
            if date := self._day(day, column, 0, text, order):
                days[column] = date
        return days

    def _form(self, column: str) -> str:
        return re.sub(r"\d", "", self._row.cells[column].text)

    def _day(self, day: Day, column: str, offset: int, text: str, order: DateOrder | None = None) -> str | None:
        if (found := day.of(order or self._order)) is not None:
            return found.isoformat()
        orders = " or ".join(day.readings)
        meant = "two days" if column == "born" else " or ".join(one.isoformat() for one in day.readings.values())
        hint = f"give --date-order {orders}, or {HINT}"
        self._problem(f"{self._shown(column, text)} may be {meant}", hint, column, offset)
        return None

    def _shown(self, column: str, text: str) -> str:
        """A date for a message: reports and logs never have a patient's date of birth."""
        return "the date of birth" if column == "born" else f"'{text}'"


# -- what nobody wrote -------------------------------------------------------------------------------------------------


def artefact(text: str, column: str, *, from_1904: bool = False) -> tuple[str, str] | None:
    """What is wrong with a cell as a spreadsheet or a wrong encoding left it, and what to do; None when nothing is."""
    if from_1904 and column in DATES and text.isdecimal():
        return "a day's number, in a workbook whose days count from 1904", "format the cell as a date"
    if text.startswith("="):
        return "a formula in place of its value", "paste what it comes to"
    if _ERRORS.fullmatch(text):
        return f"the spreadsheet's error {text}", "mend the cell, or empty it"
    if _LOST in text or (column in _NAMES and "?" in text):
        return "letters were lost here", "write them again, and save as 'CSV UTF-8'"
    if _MOJIBAKE.search(text):
        return "letters were read in a wrong encoding", "write them again, and save as 'CSV UTF-8', or give --encoding"
    if column == "id" and _CHANGED.fullmatch(text):
        return "a number, day or time that the spreadsheet made of it", "make the column text, and write the id again"
    return None


def is_nothing(text: str, column: str, *, is_list: bool) -> bool:
    """Whether a cell says that there is nothing: `-`, `n/a`, `none`."""
    if is_list:
        return means_nothing(text)
    key = key_of(text)
    return not text.strip(DASHES) or key in NOTHING or (column not in _NAMES and key in NOTHING_BUT_A_NAME)
