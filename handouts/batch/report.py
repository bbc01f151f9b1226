"""The report of a batch: one line a row, as JSON lines or as a table. Knows no page.

It never has a patient's name, and a cell that a spreadsheet would take for a formula is made harmless.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
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


class _Lines:
    def __init__(self, file: TextIO) -> None:
        self._file = file

    def add(self, outcome: Outcome) -> None:
        self._file.write(json.dumps(outcome.record, ensure_ascii=False) + "\n")
        self._file.flush()


class _Table:
    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._writer = csv.writer(file)
        self._writer.writerow(_COLUMNS)

    def add(self, outcome: Outcome) -> None:
        cells = {**outcome.record.get("program", {}), **outcome.record}
        self._writer.writerow([harmless(_cell(name, cells.get(name))) for name in _COLUMNS])
        self._file.flush()


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
        with path.open("w", encoding="utf-8-sig" if table else "utf-8", newline="" if table else "\n") as file:
            yield _Table(file) if table else _Lines(file)
    except OSError as trouble:
        raise FileTrouble(str(path), (trouble.strerror or str(trouble)).lower()) from trouble


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
