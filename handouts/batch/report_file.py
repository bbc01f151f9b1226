"""The report of a batch: one line a row, as JSON lines or as a table. Knows no page.

It never has a patient's name, and a cell that a spreadsheet would take for a formula is made harmless.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TextIO

from handouts.batch.outcome import Outcome
from handouts.errors import FileTrouble

ENDINGS = (".jsonl", ".csv")
_COLUMNS = (
    "row", "status", "output", "pages", "bytes", "sha256", "id", "language", "clinic", "packet", "minutes_per_day",
    "findings", "notes", "problems",
)  # fmt: skip
_FORMULA = tuple("=+-@\t\r\n|%")
"""What a spreadsheet may take for the beginning of a formula or a command."""


class Report(Protocol):
    """Takes outcomes one after the other."""

    def add(self, outcome: Outcome) -> None:
        """Write one line."""
        ...


class NoReport:
    """The report that nobody asked for."""

    def add(self, outcome: Outcome) -> None:
        """Writes nothing."""


class _Written:
    """A report in a file, each line of it on the disk before the next."""

    def __init__(self, path: Path, file: TextIO) -> None:
        self._path, self._file = path, file

    def _write(self, line: str) -> None:
        try:
            self._file.write(line)
            self._file.flush()
        except OSError as error:
            raise FileTrouble(str(self._path), (error.strerror or str(error)).lower()) from error


class _Lines(_Written):
    def add(self, outcome: Outcome) -> None:
        self._write(json.dumps(outcome.record, ensure_ascii=False) + "\n")


class _Table(_Written):
    def __init__(self, path: Path, file: TextIO) -> None:
        super().__init__(path, file)
        self._write_row(_COLUMNS)

    def add(self, outcome: Outcome) -> None:
        cells = {**outcome.record.get("program", {}), **outcome.record}
        self._write_row([harmless(_cell(name, cells.get(name))) for name in _COLUMNS])

    def _write_row(self, cells: Sequence[str]) -> None:
        line = io.StringIO()
        csv.writer(line).writerow(cells)
        self._write(line.getvalue())


@contextmanager
def open_report(path: Path | None, *, force: bool = False) -> Iterator[Report]:
    """The report in the file at `path`, written line by line; nothing is written without a path.

    A file that is there is replaced when it is a report of ours, or with `force`. Raises FileTrouble.
    """
    if path is None:
        yield NoReport()
        return
    table = path.suffix.lower() == ".csv"
    if not force and path.exists() and not _is_report(path):
        raise FileTrouble(str(path), "is there already and is not a report: choose another name or give --force")
    try:
        # A spreadsheet takes a table without a byte-order mark for its own country's letters.
        file = path.open("w", encoding="utf-8-sig" if table else "utf-8", newline="")
    except OSError as error:
        raise FileTrouble(str(path), (error.strerror or str(error)).lower()) from error
    with file:
        yield _Table(path, file) if table else _Lines(path, file)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs: text that begins like a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "findings":
        return "; ".join(f"{_subject(one)}: {one['verdict']} with {one['condition']}" for one in value)
    return " | ".join(map(str, value)) if isinstance(value, list) else str(value)


def _subject(finding: dict[str, Any]) -> str:
    return str(finding.get("exercise") or finding.get("packet"))


def _is_report(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8-sig") as file:
            first = file.readline(10_000)
    except (OSError, UnicodeError):
        return False
    return not first or first.startswith(",".join(_COLUMNS)) or first.startswith(('{"status": ', '{"row": '))
