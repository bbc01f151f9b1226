"""Rosters as spreadsheets and practice systems write them: the same rows, every value with its place."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from handouts.batch.roster import read_roster
from handouts.batch.roster_dates import DateOrder
from handouts.batch.roster_file import read_records
from handouts.batch.roster_row import Row, row_layer
from handouts.errors import BadInput, Problem
from handouts.library import Library
from handouts.prescription import Layer
from tests.real_library import real_library

PLAIN = "name,id,exercises\nAna Lima,A-1,bridge 3x10\nJosé Núñez,A-2,pelvic-tilt\n"
EXPECTED = [
    {"name": "Ana Lima", "id": "A-1", "exercises": "bridge 3x10"},
    {"name": "José Núñez", "id": "A-2", "exercises": "pelvic-tilt"},
]


@cache
def library() -> Library:
    return real_library()


def layer(row: Row, order: DateOrder | None = None, problems: list[Problem] | None = None) -> Layer:
    return row_layer(row, library(), order, [] if problems is None else problems)


def rows(path: Path, content: bytes | str) -> list[Row]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_roster(path).rows())


def values(path: Path, content: bytes | str) -> list[dict[str, str]]:
    return [{name: cell.text for name, cell in row.cells.items()} for row in rows(path, content)]


def problems(path: Path, content: bytes | str) -> list[str]:
    """What is wrong with a roster, without its path."""
    try:
        found: list[Problem] = []
        for row in rows(path, content):
            layer(row, None, found)
    except BadInput as error:
        found = list(error.problems)
    return [str(problem).removeprefix(f"{path}:").strip() for problem in found]


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        PLAIN.encode("utf-16-be"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode("utf-16"),
        ("sep=;\r\n" + PLAIN.replace(",", ";")).encode(),
        PLAIN.replace("\n", "\n\n,,\n \n").encode(),
        PLAIN.replace(",", " , ").replace("Ana Lima", ' "Ana Lima" ').encode(),
        PLAIN.replace("name,id", "Name,ID").replace("\n", ",,\n").encode(),
        PLAIN.rstrip("\n").encode(),
    ],
    ids=[
        "plain",
        "bom",
        "utf16",
        "utf16le",
        "utf16be",
        "crlf",
        "cr",
        "semicolons",
        "excel-unicode",
        "sep",
        "blank",
        "spaces",
        "trailing",
        "no-end",
    ],
)
def test_what_spreadsheets_write_is_the_same_roster(tmp_path: Path, content: bytes) -> None:
    assert values(tmp_path / "r.csv", content) == EXPECTED


def test_columns_are_known_however_their_names_are_written(tmp_path: Path) -> None:
    read = values(tmp_path / "r.csv", "NAME;Next visit;Large-Print\nAna;2026-12-01;yes\n")
    assert read == [{"name": "Ana", "next_visit": "2026-12-01", "large_print": "yes"}]


def test_quoted_cells_hold_separators_quotes_and_line_breaks(tmp_path: Path) -> None:
    (row,) = rows(tmp_path / "r.csv", 'name,exercises,note\n"Lee, ""Bo""","bridge 3x10;\nplank",x\n')
    assert row.cells["name"].text == 'Lee, "Bo"'
    read = layer(row)
    assert read.data["exercises"] == ["bridge 3x10", "plank"]
    assert read.places.locate(("exercises", 1)) == (str(tmp_path / "r.csv"), 3, 1)
    assert row.place("note")[1:] == (3, 8)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name,packt\nA,b\n", "1:6: unknown column 'packt' (did you mean packet? Rename it,"),
        ("id\nA\n", "1:1: the column 'name' is missing"),
        ("name,id,name\nA,b,c\n", "1:9: the column 'name' is there twice"),
        ("name,id\n,A-1\n", "2:1: the name is missing"),
        ("name,id\nA,b,c\n", "2:5: a value under no column (put a comma inside a value in quotes)"),
        ('name,id\n"A"b,c\n', '2:1: text after the closing quote (write " inside a value as "")'),
        ('name,id\nA,"b\n', '2:3: a quote that is never closed (write " as "")'),
        ("name,large_print\nA,perhaps\n", "2:3: 'perhaps' is neither yes nor no (write yes or no)"),
        (f"name,password\nA,{'x' * 128}\n", "2:3: the password is too long (at most 127 bytes)"),
        ("name,id\nA,b\nB,caf\x8e\n".encode("latin-1"), "3:6: nobody can tell which letter this is (give --encoding"),
        ("name,id\nA,b\nB,caf\x81\n".encode("latin-1"), "3:6: a character that is none in cp1252"),
        (b"PK\x03\x04...", "cannot be read as an Excel workbook"),
        (b"\xd0\xcf\x11\xe0...", "is an old workbook, or one with a password (save it as .xlsx without a password"),
        ("", "1:1: the roster is empty (`handouts new roster` writes one with every column)"),
    ],
)
def test_what_is_wrong_is_named_with_line_and_column(tmp_path: Path, content: bytes | str, said: str) -> None:
    assert any(one.startswith(said) for one in problems(tmp_path / "r.csv", content))


def test_a_lost_quote_spoils_its_own_line_only(tmp_path: Path) -> None:
    read = rows(tmp_path / "r.csv", 'name,id\nA,"1\nB,2\nC,3\n')
    assert [(row.number, bool(row.problems)) for row in read] == [(2, True), (3, False), (4, False)]


@pytest.mark.parametrize("said", ["yes", "TRUE", "1", "Sí", "x"])
def test_yes_is_yes_in_every_spelling(tmp_path: Path, said: str) -> None:
    (row,) = rows(tmp_path / "r.csv", f"name,large_print\nA,{said}\n")
    assert layer(row).data["print"] == {"large_print": True}


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\0\ufeff\x85\x1c\x1d\x1e"), max_size=12)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5))
def test_every_quoted_table_is_read_back(tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]) -> None:
    path = tmp_path_factory.mktemp("table") / "t.csv"
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in table]
    path.write_text("\n".join(quoted) + "\n", encoding="utf-8", newline="")
    stripped = [[cell.strip().strip(" \xa0\ufeff") for cell in row] for row in table]
    read = [[cell.text for cell in record.cells] for record in read_records("t", path.read_bytes(), "utf-8-sig", ",")]
    assert read == [row for row in stripped if any(row)]
