"""The first sheet of an Excel workbook, row by row, as a table in text has them. Loaded for such rosters alone."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from handouts.batch.roster_file import MOST_CELLS, MOST_LINE, SAVE_AS, Cell, Record, Sheet
from handouts.errors import BadInput, HandoutError, Problem, bad_input

try:
    import openpyxl
    from openpyxl.utils import range_boundaries
    from openpyxl.utils.datetime import CALENDAR_MAC_1904
    from openpyxl.utils.escape import unescape
    from openpyxl.xml.functions import iterparse
except ImportError:  # the optional dependency `xlsx`
    openpyxl = None

MOST_BYTES = 50_000_000
"""Of a workbook when it is unpacked: a small file may unpack to any size."""
MOST_TAGS, MOST_OTHER_TAGS, MOST_PARTS, _LONGEST = 500_000, 20_000, 1_000, 1_000_000
"""Tags of its sheets and texts, a quarter of them cells, and of each other part, and as many attributes; its parts; and
letters without the end of a tag, of which a cell has 300,000 at most. What reads it keeps hundreds of bytes of each."""
_LARGE = ("xl/worksheets/", "xl/sharedStrings.xml")
_MOST_ROWS, _MOST_EMPTY = 1_048_576, 20_000
_MOST_MERGED = 100_000
"""Cells that are merged with others."""
_MASK = re.compile(r'(0)|"([^"]*)"|\\(.)|([-/ ()])')
"""A part of a number's format that shows a digit, or a sign of its own: `000-000`, `"A-"0000`."""
_MOST_DIGITS = 15
"""Of a number in a spreadsheet: those beyond are lost."""


def read_sheet(name: str, data: bytes) -> Sheet:
    """How the first sheet that can be seen looks. Raises as `read_workbook`."""
    rows, columns, merged, number = set(), set[int](), dict[tuple[int, int], str](), 0
    with _opened(name, data) as book:
        sheets = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
        first, from_1904 = _first_sheet(name, book), book.epoch == CALENDAR_MAC_1904
        # What openpyxl tells of rows, columns and merged cells only where it holds the whole workbook in memory.
        with first._get_source() as source:
            for _, part in iterparse(source):
                kind, is_hidden = part.tag.rpartition("}")[2], part.get("hidden") in ("1", "true")
                if kind == "row":
                    number = int(part.get("r", number + 1))
                    rows |= {number} if is_hidden else set()
                    part.clear()
                elif kind == "col" and is_hidden:
                    columns |= set(range(int(part.get("min")), min(int(part.get("max")), MOST_CELLS) + 1))
                elif kind == "mergeCell":
                    left, top, right, bottom = range_boundaries(part.get("ref"))
                    if len(merged) + (right - left + 1) * (bottom - top + 1) > _MOST_MERGED:
                        raise bad_input(name, f"more than {_MOST_MERGED} merged cells", "unmerge them")
                    cells = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
                    # Side by side the first has the value; what stands below may be the same patient's.
                    merged |= dict.fromkeys(cells if bottom > top else cells[1:], part.get("ref"))
    several = f"{name}: of {len(sheets)} sheets only the first, '{first.title}', is read" if len(sheets) > 1 else None
    return Sheet(
        remark=several,
        hidden_rows=frozenset(rows),
        hidden_columns=frozenset(columns),
        merged=merged,
        from_1904=from_1904,
    )


def read_workbook(name: str, data: bytes) -> Iterator[Record]:
    """The rows of the first sheet that can be seen, but for the blank ones; a cell's column is its number.

    Raises BadInput when it is no workbook, or openpyxl is not installed.
    """
    with _opened(name, data) as book:
        filled = 0
        for number, row in enumerate(_first_sheet(name, book).iter_rows(max_row=_MOST_ROWS), 1):
            if len(row) > MOST_CELLS:
                raise BadInput([Problem(name, number, 1, f"a row of more than {MOST_CELLS} cells")])
            cells = (Cell(_text(cell), number, at, _is_struck(cell)) for at, cell in enumerate(row, 1))
            record = Record(number, tuple(cells))
            if sum(len(cell.text) for cell in record.cells) > MOST_LINE:
                raise BadInput([Problem(name, number, 1, f"a row of more than {MOST_LINE} characters")])
            if not record.empty:
                filled = number
                yield record
            elif number - filled > _MOST_EMPTY:
                message = f"more than {_MOST_EMPTY} empty rows, one after the other"
                raise BadInput([Problem(name, filled + 1, 1, message, "delete them, and save it again")])


@contextmanager
def _opened(name: str, data: bytes) -> Iterator[Any]:
    if openpyxl is None:
        hint = f"install it with: pip install 'handouts[xlsx]', or {SAVE_AS}"
        raise bad_input(name, "openpyxl, which reads .xlsx, is not installed", hint)
    book: Any = None
    try:
        _check_size(name, data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles, and of what openpyxl would not save or a roster has no use for
            # Formulas, not what they came to when somebody last saved: a stale value looks like any other.
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
            yield book
    except HandoutError:
        raise
    except Exception as fault:  # openpyxl meets a broken file with whatever its parts raise
        hint = f"open it, save it as .xlsx again, or {SAVE_AS}"
        raise bad_input(name, "cannot be read as an Excel workbook", hint) from fault
    finally:
        if book is not None:
            book.close()


def _check_size(name: str, data: bytes) -> None:
    """Look at the bytes of its parts before they are parsed. Raises BadInput."""
    hint = f"delete empty rows and other sheets, or {SAVE_AS}"
    tags = 0
    with ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        size = sum(part.file_size for part in parts)
        if size > MOST_BYTES:
            message = f"unpacks to {size // 1_000_000} MB, at most {MOST_BYTES // 1_000_000} are read"
            raise bad_input(name, message, hint)
        for part in parts[:MOST_PARTS]:
            content = archive.read(part)
            found = max(content.count(b"<"), content.count(b"="))
            tags += found
            most = MOST_TAGS if part.filename.startswith(_LARGE) else MOST_OTHER_TAGS
            if len(parts) > MOST_PARTS or found > most or tags > MOST_TAGS or _has_long_run(content):
                raise bad_input(name, "has more in it than a roster of 100,000 cells", hint)


def _has_long_run(data: bytes) -> bool:
    """Whether there are very many bytes without the end of a tag."""
    start = 0
    while len(data) - start > _LONGEST:
        end = data.rfind(b">", start, start + _LONGEST)
        if end < 0:
            return True
        start = end + 1
    return False


def _first_sheet(name: str, book: Any) -> Any:
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            # What the file says of its size may be wrong; the rows that are there count.
            sheet.reset_dimensions()
            return sheet
    raise bad_input(name, "has no sheet that can be seen", f"show one, or {SAVE_AS}")


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
    if isinstance(value, int) and value >= 0:
        return _number(value, str(cell.number_format))
    # A line break that was pasted is kept as `_x000D_` and a new line.
    return "\n".join(unescape(str(value)).splitlines()).strip()


def _is_struck(cell: Any) -> bool:
    return bool(cell.font and cell.font.strike)


def _number(value: int, mask: str) -> str:
    """A whole number in its format, where that is one of zeros and signs; other formats change no digit."""
    if "E+" in mask or len(str(value)) > _MOST_DIGITS:
        return f"{value:.2E}"
    mask = mask.partition(";")[0]
    parts = list(_MASK.finditer(mask))
    if "".join(part[0] for part in parts) != mask or not mask.count("0"):
        return str(value)
    zeros = sum(part[1] is not None for part in parts)
    digits = str(value).zfill(zeros)
    shown, left = "", digits[: len(digits) - zeros]
    rest = iter(digits[len(left) :])
    for part in parts:
        shown += f"{left}{next(rest)}" if part[1] else part[2] or part[3] or part[4] or ""
        left = "" if part[1] else left
    return shown
