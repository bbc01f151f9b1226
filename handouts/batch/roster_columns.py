"""The columns of a roster, and a row as a layer of program values, each with its place in the table."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handouts.batch.roster_table import Cell
from handouts.errors import Problem
from handouts.library.yaml_reading import Where
from handouts.prescription import Layer
from handouts.prescription.layers import put_in

_FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("patient", "name"),
    "id": ("patient", "id"),
    "packet": ("packet",),
    "exercises": ("exercises",),
    "conditions": ("patient", "conditions"),
    "clearances": ("patient", "clearances"),
    "healed": ("patient", "healed"),
    "age": ("patient", "age"),
    "born": ("patient", "born"),
    "language": ("language",),
    "clinic": ("clinic",),
    "clinician": ("clinician",),
    "date": ("date",),
    "next_visit": ("next_visit",),
    "goal": ("goal",),
    "note": ("note",),
    "large_print": ("print", "large_print"),
}
"""Where each column's value stands in a program file."""
_COLUMN_AT = {where: name for name, where in _FIELDS.items()}

COLUMNS = (*_FIELDS, "password")
ITEMS = "name, id, packet, exercises, conditions …"

MOST_PASSWORD = 127
"""PDF's own limit, in bytes."""
_LISTS = ("exercises", "conditions", "clearances", "healed")
_DATES = ("date", "next_visit", "born")
_YES = frozenset({"yes", "y", "true", "t", "1", "x", "on", "sí", "si", "verdadero"})
_NO = frozenset({"no", "n", "false", "f", "0", "off", "falso"})
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[ T]00:00(:00(\.0+)?)?")
"""A date as practice systems export it, with the time of day that they do not keep."""
_ITEM = re.compile(r"[^;\n]+")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a roster: `number` is its line in the file at `path`, `cells` those that are not empty."""

    path: str
    number: int
    cells: dict[str, Cell]
    problems: tuple[Problem, ...] = ()

    @property
    def password(self) -> str | None:
        """What locks the row's handout, if anything, in the one form of its letters that every reader makes of it."""
        return unicodedata.normalize("NFKC", self.cells["password"].text) if "password" in self.cells else None

    def place(self, column: str | None = None, item: int = 0) -> tuple[str, int, int]:
        """Path, line and column of a cell, or of an item of its list; of the row when the cell is empty."""
        cell = self.cells.get(column or "")
        if cell is None:
            return self.path, self.number, 1
        offsets = [offset for offset, _ in _items(cell)] if column in _LISTS else [0]
        return self.path, *cell.place(offsets[min(item, len(offsets) - 1)] if offsets else 0)

    def locate(self, where: Where, *, key: bool = False) -> tuple[str, int, int]:  # noqa: ARG002 - keys have no place
        """Path, line and column of the cell, or of the item in it, that the field at `where` came from."""
        for length in range(len(where), 0, -1):
            column = _COLUMN_AT.get(tuple(str(step) for step in where[:length]))
            if column:
                item = where[length] if length < len(where) else 0
                return self.place(column, item if isinstance(item, int) else 0)
        return self.place()


def row_layer(row: Row, problems: list[Problem]) -> Layer:
    """A row in the shape of a program file; what cannot be a value goes to `problems`."""
    problems.extend(row.problems)
    if "name" not in row.cells:
        problems.append(Problem(*row.place(), "the name is missing"))
    if len((row.password or "").encode()) > MOST_PASSWORD:
        problems.append(Problem(*row.place("password"), "the password is too long", f"at most {MOST_PASSWORD} bytes"))
    data: dict[str, Any] = {}
    for column, cell in row.cells.items():
        if column == "password":
            continue
        value: Any = cell.text
        if column in _LISTS:
            value = [item for _, item in _items(cell)]
        elif column == "large_print":
            value = _flag(cell, row, problems)
        # A table knows only text; an age that is no number is reported where programs are checked.
        elif column == "age" and cell.text.isdecimal():
            value = int(cell.text)
        elif column in _DATES and (midnight := _MIDNIGHT.fullmatch(cell.text)):
            value = midnight[1]
        put_in(data, _FIELDS[column], value)
    return Layer(data, row, Path(row.path).parent)


def _items(cell: Cell) -> list[tuple[int, str]]:
    """The items of a list and where in the cell they begin; parted by `;` or by a line break."""
    found = []
    for match in _ITEM.finditer(cell.text):
        text = match[0].strip()
        if text:
            found.append((match.start() + match[0].index(text[0]), text))
    return found


def _flag(cell: Cell, row: Row, problems: list[Problem]) -> bool | None:
    said = cell.text.casefold()
    if said in _YES or said in _NO:
        return said in _YES
    problems.append(Problem(*row.place("large_print"), f"'{cell.text}' is neither yes nor no", "write yes or no"))
    return None
