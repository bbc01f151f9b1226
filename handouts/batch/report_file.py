"""The report of a batch: a line a row, JSON or a table.

It never has a patient's name, and a cell that a spreadsheet would take for a formula is made harmless.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from handouts.batch.outcome import Outcome
from handouts.errors import FileTrouble, file_trouble

ENDINGS = (".jsonl", ".csv")
_COLUMNS = (
    "row", "status", "output", "pages", "bytes", "sha256", "id", "language", "clinic", "packet", "minutes_per_day",
    "findings", "notes", "problems", "moved",
)  # fmt: skip
_FORMULA = tuple("=+-@\t\r\n|%")
"""What a spreadsheet may take for the beginning of a formula or a command."""


@contextmanager
def open_report(path: Path | None, *, force: bool = False) -> Iterator[Callable[[Outcome], None]]:
    """What writes the report in the file at `path`, one outcome after the other; nothing is written without a path.

    Each line is on the disk before the next. A file that is there is replaced when it is a report of ours, or with
    `force`. Raises FileTrouble, and so does what it gives.
    """
    if path is None:
        yield lambda _outcome: None
        return
    is_table = path.suffix.lower() == ".csv"
    if not force and path.exists() and not _is_report(path):
        raise FileTrouble(str(path), "is there already and is not a report: choose another name or give --force")
    with file_trouble(path):
        # A spreadsheet takes a table without a byte-order mark for its own country's letters.
        file = path.open("w", encoding="utf-8-sig" if is_table else "utf-8", newline="")
    table = csv.writer(file)

    def write(outcome: Outcome) -> None:
        with file_trouble(path):
            if is_table:
                cells = {**outcome.record.get("program", {}), **outcome.record}
                table.writerow([harmless(_cell(name, cells.get(name))) for name in _COLUMNS])
            else:
                file.write(json.dumps(outcome.record, ensure_ascii=False) + "\n")
            # A run that is killed still leaves a line for every handout that was made.
            file.flush()

    with file:
        if is_table:
            table.writerow(_COLUMNS)
        yield write


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs: text that begins like a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "findings":
        return "; ".join(
            f"{one.get('exercise') or one.get('packet') or 'program'}: {one['verdict']} with {one['condition']}"
            for one in value
        )
    if name == "notes":
        return " | ".join(f"{one['kind']}: {one['text']}" for one in value)
    return " | ".join(map(str, value)) if isinstance(value, list) else str(value)


def _is_report(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8-sig") as file:
            first = file.readline(10_000)
    except (OSError, UnicodeError):
        return False
    return not first or first.startswith("row,status,output,") or first.startswith(('{"status": ', '{"row": '))
