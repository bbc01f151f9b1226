"""The first sheet of an Excel workbook, row by row, as a table in text has them. Loaded for such rosters alone."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from handouts.batch.roster_file import MOST_CELLS, MOST_LINE, SAVE_AS, Cell, Record
from handouts.errors import BadInput, HandoutError, Problem, bad_input, file_trouble

try:
    import openpyxl
except ImportError:  # the optional dependency `xlsx`
    openpyxl = None

MOST_BYTES = 50_000_000
"""Of a workbook when it is unpacked: a small file may unpack to any size."""
MOST_TAGS, MOST_OTHER_TAGS, MOST_PARTS, _LONGEST = 500_000, 20_000, 1_000, 1_000_000
"""Tags of its sheets and texts, a quarter of them cells, and of each other part, and as many attributes; its parts; and
letters without the end of a tag, of which a cell has 300,000 at most. What reads it keeps hundreds of bytes of each."""
_LARGE = ("xl/worksheets/", "xl/sharedStrings.xml")
_MOST_ROWS, _MOST_EMPTY = 1_048_576, 20_000
_ZEROS = re.compile("0{2,30}")
"""The format of a number that is shown with leading zeros."""


def sheet_remark(path: Path) -> str | None:
    """Which sheet is read, where there are several. Raises as `read_workbook`."""
    with _opened(path) as book:
        sheets = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
        first = _first_sheet(path, book).title
    return f"{path}: of {len(sheets)} sheets only the first, '{first}', is read" if len(sheets) > 1 else None


def read_workbook(path: Path) -> Iterator[Record]:
    """The rows of the first sheet that can be seen, but for the blank ones; a cell's column is its number.

    Raises FileTrouble when the file cannot be read; BadInput when it is no workbook, or openpyxl is not installed.
    """
    with _opened(path) as book:
        filled = 0
        for number, row in enumerate(_first_sheet(path, book).iter_rows(max_row=_MOST_ROWS), 1):
            if len(row) > MOST_CELLS:
                raise BadInput([Problem(str(path), number, 1, f"a row of more than {MOST_CELLS} cells")])
            record = Record(number, tuple(Cell(_text(cell), number, at) for at, cell in enumerate(row, 1)))
            if sum(len(cell.text) for cell in record.cells) > MOST_LINE:
                raise BadInput([Problem(str(path), number, 1, f"a row of more than {MOST_LINE} characters")])
            if not record.empty:
                filled = number
                yield record
            elif number - filled > _MOST_EMPTY:
                message = f"more than {_MOST_EMPTY} empty rows, one after the other"
                raise BadInput([Problem(str(path), filled + 1, 1, message, "delete them, and save it again")])


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    if openpyxl is None:
        hint = f"install it with: pip install 'handouts[xlsx]', or {SAVE_AS}"
        raise bad_input(path, "openpyxl, which reads .xlsx, is not installed", hint)
    book: Any = None
    try:
        with file_trouble(path), warnings.catch_warnings():
            # Of what a roster has no use for, such as the rules of a cell.
            warnings.simplefilter("ignore")
            _check_size(path)
            # Formulas, not what they came to when somebody last saved: a stale value looks like any other.
            book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
        yield book
    except HandoutError:
        raise
    except Exception as fault:  # openpyxl meets a broken file with whatever its parts raise
        hint = f"open it, save it as .xlsx again, or {SAVE_AS}"
        raise bad_input(path, "cannot be read as an Excel workbook", hint) from fault
    finally:
        if book is not None:
            book.close()


def _check_size(path: Path) -> None:
    """Look at the bytes of its parts before they are parsed. Raises BadInput."""
    hint = "delete empty rows and other sheets, or cut it into parts"
    tags = 0
    with ZipFile(path) as archive:
        parts = archive.infolist()
        size = sum(part.file_size for part in parts)
        if size > MOST_BYTES:
            message = f"unpacks to {size // 1_000_000} MB, at most {MOST_BYTES // 1_000_000} are read"
            raise bad_input(path, message, hint)
        for part in parts[:MOST_PARTS]:
            data = archive.read(part)
            found = max(data.count(b"<"), data.count(b"="))
            tags += found
            most = MOST_TAGS if part.filename.startswith(_LARGE) else MOST_OTHER_TAGS
            if len(parts) > MOST_PARTS or found > most or tags > MOST_TAGS or _has_long_run(data):
                raise bad_input(path, "has more in it than any roster", hint)


def _has_long_run(data: bytes) -> bool:
    """Whether there are very many bytes without the end of a tag."""
    start = 0
    while len(data) - start > _LONGEST:
        end = data.rfind(b">", start, start + _LONGEST)
        if end < 0:
            return True
        start = end + 1
    return False


def _first_sheet(path: Path, book: Any) -> Any:
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            # What the file says of its size may be wrong; the rows that are there count.
            sheet.reset_dimensions()
            return sheet
    raise bad_input(path, "has no sheet that can be seen")


def _text(cell: Any) -> str:
    """A cell as somebody sees it, without the spaces round it."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return f"={str(value).lstrip('=')}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and _ZEROS.fullmatch(str(cell.number_format)):
        return str(value).zfill(len(cell.number_format))
    return str(value).strip()
