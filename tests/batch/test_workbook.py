"""A roster from a workbook, with what its sheet hides or merges, and from standard input."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from handouts.batch.roster import read_roster
from handouts.cli.run import run
from handouts.errors import BadInput
from tests.batch.rosters import DATE, batch, digests, roster


def workbook(path: Path, *rows: tuple[Any, ...], **sheets: Any) -> Path:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, state in sheets.items():
        book.create_sheet(name).sheet_state = state
    book.save(path)
    return path


def test_a_workbook_is_a_roster(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows: list[tuple[Any, ...]] = [
        ("First Name", "Last Name", "ID", "exercises", "Next visit", "age", "Large print", "Phone"),
        ("José", "Muñoz", 12, "bridge 3x10, heel-raise", dt.datetime(2026, 12, 7), 54, True, 1),
        (None,) * 8,
        ("Ann", "Lee", "b", "bridge", "12/14/2026", 61.0, None, None),
        ("Bo", "Li", "c", "bridge", '=TEXT("a")', None, None, None),
        ("Cy", "#REF!", "d", "bridge", None, None, None, None),
    ]
    path = workbook(tmp_path / "r.xlsx", *rows, Old="visible", Hidden="hidden")
    done = batch(capfd, path, "-o", tmp_path / "out")
    assert done.statuses == ["made", "made", "failed", "failed"]
    assert [line["row"] for line in done.lines] == [2, 4, 5, 6]
    assert "of 2 sheets only the first, 'Sheet', is read" in done.said
    assert "r.xlsx:5:5: next_visit: a formula in place of its value" in done.said
    assert list(digests(tmp_path / "out")) == [f"12-{DATE}.pdf", f"b-{DATE}.pdf"]
    assert run(["check", str(path)]) == 3


def test_a_days_number_is_read_in_no_calendar_but_its_own(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    rows = [("Ann", "a", "bridge", dt.datetime(2026, 12, 7)), ("Bo", "b", "bridge", 44900)]
    path = workbook(tmp_path / "r.xlsx", ("name", "id", "exercises", "next_visit"), *rows)
    book = openpyxl.load_workbook(path)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.save(path)
    done = batch(capfd, path, "-o", tmp_path / "out")
    assert done.statuses == ["made", "failed"]
    assert "r.xlsx:3:4: next_visit: a day's number, in a workbook whose days count from 1904 (format" in done.said


def test_what_is_crossed_out_is_neither_done_nor_left_out(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    rows = [("name", "id", "exercises"), ("Ann", "a", "bridge"), ("Bo", "b", "bridge")]
    book = openpyxl.load_workbook(path := workbook(tmp_path / "r.xlsx", *rows))
    book.active["C3"].font = openpyxl.styles.Font(strike=True)
    book.save(path)
    done = batch(capfd, path, "-o", tmp_path / "out")
    assert done.statuses == ["made", "failed"]
    assert "r.xlsx:3:3: exercises: crossed out, so that nobody can tell whether it counts (delete it, or" in done.said


def test_a_pasted_line_break_is_a_line_break(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = [("name", "id", "exercises"), ("Ann", "a", "bridge 3x10_x000D_\nheel-raise 2x10_x000D_\n")]
    assert batch(capfd, workbook(tmp_path / "r.xlsx", *rows), "-o", tmp_path / "out").statuses == ["made"]


@pytest.mark.parametrize("where", [("-o", "out"), ("--merge", "all.pdf")])
def test_what_a_sheet_hides_is_made_and_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], where: tuple[str, str]
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    rows = [(name, name, "bridge", None) for name in "ABCDEFG"]
    path = workbook(tmp_path / "r.xlsx", ("name", "id", "exercises", "conditions"), *rows)
    book = openpyxl.load_workbook(path)
    for number in (3, 5, 6, 7):
        book.active.row_dimensions[number].hidden = True
    book.active["A5"], book.active["D7"] = "#REF!", "glaucoma"
    book.active.column_dimensions["D"].hidden = True
    book.save(path)
    done = batch(capfd, path, where[0], tmp_path / where[1])
    assert done.statuses == ["made"] * 3 + ["failed"] + ["made"] * 3
    assert "rows hidden in the sheet are made too: 3, 6-7 (to leave them out, copy" in done.said
    assert "columns hidden in the sheet, read like the others: conditions" in done.said
    told = [
        line["row"] for line in done.lines for note in line.get("notes", ()) if "hidden in the sheet" in note["text"]
    ]
    assert told == [3, 6, 7]
    assert done.lines[5]["findings"]
    assert run(["check", str(path)]) == 3
    assert "r.xlsx: rows hidden in the sheet are made too: 3, 6-7" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("value", "mask", "shown"),
    [(12, "General", "12"), (12, "00000", "00012"), (1234567, "000-000", "1234-567"), (12, '"A-"0000;-0', "A-0012"),
     (12, "#,##0", "12"), (100000, "0.00E+00", None), (12345678901234567, "General", None),
     (dt.datetime(2026, 3, 4), "d-mmm", None), (dt.time(3, 4), "h:mm", None)],
)  # fmt: skip
def test_an_id_is_what_the_sheet_shows_of_it(tmp_path: Path, value: object, mask: str, shown: str | None) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path = workbook(tmp_path / "r.xlsx", ("name", "id"), ("A", value))
    book = openpyxl.load_workbook(path)
    book.active["B2"].number_format = mask
    book.save(path)
    (row,) = read_roster(path).rows()
    assert (row.cells["id"].text if "id" in row.cells else None, bool(row.problems)) == (shown, shown is None)


def test_a_row_with_a_merged_cell_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    header = ("name", "id", "exercises", "conditions", "phone")
    path = workbook(tmp_path / "r.xlsx", header, *((name, name, "bridge", None, None) for name in "ABCD"))
    book = openpyxl.load_workbook(path)
    book.active["D2"] = "osteoporosis"
    for cells in ("D2:D3", "E2:E5", "B4:D4"):
        book.active.merge_cells(cells)
    book.save(path)
    done = batch(capfd, path, "-o", tmp_path / "out")
    assert done.statuses == ["failed"] * 3 + ["made"]
    told = [problem.partition(", so")[0] for line in done.lines[:3] for problem in line["problems"]]
    assert told[:2] == [f"{path}:{row}:4: conditions: cells D2:D3 are merged" for row in (2, 3)]
    assert told[2] == f"{path}:4:3: exercises: cells B4:D4 are merged"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_roster_comes_from_standard_input(
    kind: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"r.{kind}"
    if kind == "csv":
        roster(path, "Ana,a,bridge", "Bo,b,brigde", header="name,id,exercises")
    else:
        workbook(path, ("name", "id", "exercises"), ("Ana", "a", "bridge"), ("Bo", "b", "brigde"))
    monkeypatch.chdir(tmp_path)
    for states in (["made", "failed"], ["unchanged", "failed"]):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
        done = batch(capfd, Path("-"), "-o", "out", "--resume")
        assert done.statuses == states
        assert "standard input:3:" in done.said
        assert list(digests(tmp_path / "out")) == [f"a-{DATE}.pdf"]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert batch(capfd, Path("-")).code == 3
    assert run(["batch", "-", str(path)]) == 3


def test_a_workbook_that_is_none_and_one_without_its_reader_are_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    path = workbook(tmp_path / "r.xlsx", ("name",), ("A",))
    with ZipFile(path) as book, ZipFile(tmp_path / "odd.xlsx", "w") as odd:
        for part in book.namelist():
            odd.writestr(part, book.read(part).replace(b"cellStyles", b"others"))
    read_roster(tmp_path / "odd.xlsx")
    assert not recwarn.list
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(BadInput, match="cannot be read as an Excel workbook"):
        read_roster(cut)
    monkeypatch.setattr("handouts.batch.workbook._MOST_EMPTY", 3)
    empty = [(None,)] * 5
    with pytest.raises(BadInput, match="3:1: more than 3 empty rows"):
        list(read_roster(workbook(tmp_path / "gap.xlsx", ("name",), ("A",), *empty, ("B",))).rows())
    monkeypatch.setattr("handouts.batch.workbook.MOST_BYTES", 100)
    with pytest.raises(BadInput, match="unpacks to"):
        read_roster(path)
    monkeypatch.setattr("handouts.batch.workbook.openpyxl", None)
    with pytest.raises(BadInput, match="pip install 'handouts"):
        read_roster(path)
