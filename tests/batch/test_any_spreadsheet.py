"""Any spreadsheet: columns of other programs, encodings, what a spreadsheet breaks, dates, lists, workbooks."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from handouts.batch.roster import Roster, read_roster
from handouts.batch.roster_columns import COLUMNS, PARTS_OF_NAME, RosterReading, roster_reading
from handouts.batch.roster_dates import DateOrder, NoDate, read_day
from handouts.cli.run import run
from handouts.errors import BadInput, Problem
from tests.batch.rosters import DATE, ROOT, batch, digests, roster
from tests.batch.test_roster import layer


def read(path: Path, text: str | bytes, **reading: Any) -> Roster:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_roster(path, RosterReading(**reading))


def header(path: Path, *names: str, mapped: tuple[str, ...] = (), ignored: tuple[str, ...] = ()) -> Roster:
    path.write_text(",".join(names) + "\n", encoding="utf-8")
    return read_roster(path, roster_reading(mapped, ignored))


# -- columns ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "ours"),
    [("condition", "conditions"), ("Conditons", "conditions"), ("pasword", "password"), ("Pass word!", None),
     ("exercise", "exercises"), ("packets", "packet"), ("Age (years)", "age"), ("Medical conditions", "conditions"),
     ("Diagnosis", "conditions"), ("ICD-10 codes", "conditions"), ("Diagnóstico", "conditions"),
     ("Co-morbidities", "conditions"), ("Medical history", "conditions"), ("Known condtions", "conditions"),
     ("Contraseña", "password"), ("Affected side", "exercises"), ("Sets", "exercises"), ("Dosis", "exercises"),
     ("nextvisit", None), ("goals", "goal"), ("overides", "overrides")],
)  # fmt: skip
def test_a_column_near_one_of_ours_is_an_error_for_the_file(tmp_path: Path, name: str, ours: str | None) -> None:
    path = tmp_path / "r.csv"
    if ours is None:
        assert header(path, "name", name).columns[1] in COLUMNS
        return
    with pytest.raises(BadInput, match=f"1:6: unknown column '.*did you mean {ours}\\?"):
        header(path, "name", name)
    assert header(path, "name", name, mapped=(f"{name}={ours}",)).columns[1] == ours
    assert header(path, "name", name, ignored=(name,)).remarks == ()


def test_a_column_for_a_condition_or_a_side_is_never_left_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    names = "name,id,exercises,conditions,Osteoporosis,Side"
    path = roster(tmp_path / "r.csv", "A,a,bridge,,x,left", header=names)
    done = batch(capfd, path, "-o", tmp_path / "out")
    assert done.code == 3
    assert "r.csv:1:30: unknown column 'Osteoporosis' (it is a condition: write it under conditions" in done.said
    assert "r.csv:1:43: unknown column 'Side' (there is a column exercises too: put both in one, or" in done.said
    assert run(["check", str(path)]) == 3
    assert batch(capfd, path, "-o", tmp_path / "out", "--ignore", "Side", "--ignore", "osteoporosis").code == 0


def test_other_columns_are_named_once_and_left_alone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    names = ("name", "id", "exercises", "DOB", "phone", "City", "insurance", "sex", "Out of pocket", "visit")
    found = header(tmp_path / "r.csv", *names, ignored=("PHONE", "sex"))
    assert found.columns[3:] == ("",) * 7
    (remark,) = found.remarks
    assert "'DOB' (if it is born, give --columns 'DOB=born'), 'City', 'insurance'" in remark
    assert "'phone'" not in remark
    path = roster(tmp_path / "r.csv", "A,a,bridge,1.1.1950,#REF!", header="name,id,exercises,DOB,phone")
    done = batch(capfd, path, "-o", tmp_path / "out")
    assert (done.code, done.said.count("left alone")) == (0, 1)


def test_the_configuration_maps_and_silences_columns(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "c.yaml"
    config.write_text("columns: {fname: first_name, Last: last_name, Dx: conditions}\nignore: [DOB, City]\n")
    rows = ("Ana,Ruiz,7,bridge,osteoporosis,1950,X", "Bo,,8,partial-curl,osteoporosis,,")
    path = roster(tmp_path / "r.csv", *rows, header="fname,Last,id,exercises,Dx,DOB,City")
    done = batch(capfd, path, "-o", tmp_path / "out", "--config", config)
    assert done.statuses == ["made", "refused"]
    assert "left alone" not in done.said
    assert batch(capfd, path, "-o", tmp_path / "out").code == 3
    config.write_text("columns: {Dx: condition}\n")
    assert "unknown column 'condition' for 'Dx'" in batch(capfd, path, "--config", config).said
    config.write_text("columns: {Conditions: goal}\n")
    assert "'Conditions' is a column of ours" in batch(capfd, path, "--config", config).said
    config.write_text("ignore: [conditions]\n")
    assert "'conditions' cannot be ignored" in batch(capfd, path, "--config", config).said


def test_first_and_last_name_are_the_name(tmp_path: Path) -> None:
    rows = list(read(tmp_path / "r.csv", "First name,LastName\nAna,Ruiz\n,Wu\n-,-\n").rows())
    assert [layer(row).data["patient"]["name"] for row in rows[:2]] == ["Ana Ruiz", "Wu"]
    found: list[Problem] = []
    layer(rows[2], None, found)
    assert [one.message for one in found] == ["the name is missing"]
    with pytest.raises(BadInput, match="the columns 'name' and 'first_name' are one too many"):
        header(tmp_path / "r.csv", "name", "first_name", "last_name")
    with pytest.raises(BadInput, match="the column 'name' is missing"):
        header(tmp_path / "r.csv", "first_name", "packet")
    with pytest.raises(BadInput, match=r"unknown column 'fname' .did you mean first_name"):
        header(tmp_path / "r.csv", "fname", "mname", "lname")
    mapped = ("fname=first_name", "lname=last_name")
    assert header(tmp_path / "r.csv", "fname", "mname", "lname", mapped=mapped).columns[1] == ""


# -- values ----------------------------------------------------------------------------------------------------------


def values(path: Path, column: str, *cells: str, order: DateOrder | None = None) -> list[Any]:
    text = f"name;{column}\n" + "".join(f'A;"{cell}"\n' for cell in cells)
    return [layer(row, order).data for row in read(path, text).rows()]


@pytest.mark.parametrize(
    ("column", "cell", "items"),
    [
        ("conditions", "glaucoma; osteoporosis", ["glaucoma", "osteoporosis"]),
        ("conditions", "glaucoma, osteoporosis", ["glaucoma", "osteoporosis"]),
        (
            "conditions",
            "Rheumatoid arthritis, active flare, glaucoma",
            ["Rheumatoid arthritis, active flare", "glaucoma"],
        ),
        (
            "conditions",
            "knee-replacement-recent since 1 Nov, glaucoma",
            ["knee-replacement-recent since 1 Nov", "glaucoma"],
        ),
        (
            "conditions",
            "knee-replacement-recent since 11/30/2026 left, glaucoma",
            ["knee-replacement-recent since 2026-11-30 left", "glaucoma"],
        ),
        ("exercises", "bridge 3x12, heel-raise 2x10", ["bridge 3x12", "heel-raise 2x10"]),
        ("exercises", "bridge 3x12, rest 60s, heel-raise", ["bridge 3x12, rest 60s", "heel-raise"]),
        ("exercises", "Calf stretch, knee bent 3x10, bridge", ["Calf stretch, knee bent 3x10", "bridge"]),
        ("exercises", "bridge 3x12, brigde 2x10", ["bridge 3x12, brigde 2x10"]),
        (
            "clearances",
            "cardiac-event-recent=Dr. Lee, 20.11.2026, pregnancy=Dr. Wu, 2026-11-21",
            ["cardiac-event-recent=Dr. Lee,2026-11-20", "pregnancy=Dr. Wu,2026-11-21"],
        ),
    ],
)
def test_lists_part_at_semicolons_and_commas(tmp_path: Path, column: str, cell: str, items: list[str]) -> None:
    (data,) = values(tmp_path / "r.csv", column, cell)
    assert (data if column == "exercises" else data["patient"])[column] == items


def test_overrides_read_as_on_the_command_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    cell = "bridge:osteoporosis=Lying flat, no load; age=Seen with mother, plank:glaucoma=Short"
    (data,) = values(tmp_path / "r.csv", "overrides", cell)
    assert data["overrides"] == {
        "bridge": {"osteoporosis": "Lying flat, no load"},
        "age": {"under-18": "Seen with mother"},
        "plank": {"glaucoma": "Short"},
    }
    rows = (
        "A,a,partial-curl,osteoporosis,partial-curl:osteoporosis=Done lying flat,Dr. Lee",
        "B,b,bridge,,bridge=Why,",
        "C,c,bridge,,,",
    )
    path = roster(tmp_path / "r.csv", *rows, header="name,id,exercises,conditions,overrides,clinician")
    done = batch(capfd, path, "-o", tmp_path / "out")
    assert done.statuses == ["made", "failed", "made"]
    assert done.lines[0]["findings"][0]["overridden"] == "Done lying flat"
    assert "r.csv:3:13: 'bridge=Why' is not an override" in done.said


@pytest.mark.parametrize("nothing", ["none", "None", "-", "–", "n/a", "N/A", "no", "Ninguna", "none known", "."])
def test_words_for_nothing_are_nothing(tmp_path: Path, nothing: str) -> None:
    (data,) = values(tmp_path / "r.csv", "conditions", nothing)
    assert data == {"patient": {"name": "A"}}


@pytest.mark.parametrize("cell", ["?", "unknown", "see chart", "osteoporosis, none"])
def test_what_may_be_something_is_not_nothing(tmp_path: Path, cell: str, capfd: pytest.CaptureFixture[str]) -> None:
    path = roster(tmp_path / "r.csv", f'A,bridge,"{cell}"', header="name,exercises,conditions")
    assert batch(capfd, path, "-o", tmp_path / "out").statuses == ["failed"]


@pytest.mark.parametrize(
    "cell",
    ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "#¡VALOR!", "#N/D", "#NV", "Err:502", "#####", "=A1", '=HYPERLINK(""x"")',
     "Jos\ufffd", "JosÃ©", "Garc\u00c3\u00ada", "donâ€™t", "MuÃ±oz", "√©lan"],
)  # fmt: skip
def test_what_a_spreadsheet_broke_is_refused_by_cell(tmp_path: Path, cell: str) -> None:
    bad, good = read(tmp_path / "r.csv", f'name;goal\nA;"{cell}"\nB;Walk\n').rows()
    assert [(one.line, one.column) for one in bad.problems] == [(2, 4)]
    assert not good.problems


@pytest.mark.parametrize(
    "cell",
    ["1.00E+05", "2,00e+05", "12.0", "4-Mar", "4-mar-26", "Mar-04", "3/4/2026", "2026-03-04 00:00:00", "3:04:00"],
)
def test_an_id_that_a_spreadsheet_has_changed_is_refused(tmp_path: Path, cell: str) -> None:
    bad, good, marked = read(tmp_path / "r.csv", f"name;id\nA;{cell}\nB;MAR-04\nC;'0012\n").rows()
    assert ["id: a number, day or time" in one.message for one in bad.problems] == [True]
    assert (good.problems, marked.cells["id"].text) == ((), "0012")


@pytest.mark.parametrize(("cell", "age"), [("50.0", 50), ("50,00", 50), ("50.5", "50.5"), ("$50", "$50")])
def test_an_age_may_have_decimals_that_say_nothing(tmp_path: Path, cell: str, age: object) -> None:
    assert values(tmp_path / "r.csv", "age", cell)[0]["patient"]["age"] == age


@pytest.mark.parametrize("cell", ["JOSÉ…", "Ãna", "SÃO", "“CAFÉ”", "#2", "5 > 3", "L’été", "Año «nuevo»", "#1!"])
def test_real_letters_and_signs_are_left(tmp_path: Path, cell: str) -> None:
    (row,) = read(tmp_path / "r.csv", f'name;goal\nA;"{cell}"\n').rows()
    assert not row.problems


def test_a_fault_in_a_row_is_that_rows_alone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = ("A,a,bridge,,2026-11-22", "#REF!,b,bridge,,", "C,c,bridge,nonsense,", "D,d,bridge,,03/04/2026",
            "E,e,partial-curl,osteoporosis,", "JosÃ©,f,bridge,,", "G,g,bridge,,soon", "H,h,bridge,-,")  # fmt: skip
    path = roster(tmp_path / "r.csv", *rows, header="name,id,exercises,conditions,date")
    done = batch(capfd, path, "-o", tmp_path / "out")
    assert done.code == 6
    assert done.statuses == ["made", "failed", "failed", "failed", "refused", "failed", "failed", "made"]
    assert list(digests(tmp_path / "out")) == ["a-2026-11-23.pdf", f"h-{DATE}.pdf"]


# -- dates -----------------------------------------------------------------------------------------------------------

ONE_MEANING = [
    "2026-11-30", "2026/11/30", "30.11.2026", "11/30/2026", "30/11/2026", "11/30/26", "2026-11-30 09:30",
    "11/30/2026 12:00:00 AM", "2026-11-30T00:00:00Z", "30 Nov 2026", "Nov 30, 2026", "30-Nov-26", "November 30th, 2026",
    "Monday, November 30, 2026", "lunes, 30 de noviembre de 2026", "30 nov. 2026", "46356",
]  # fmt: skip


@pytest.mark.parametrize("text", ONE_MEANING)
def test_a_date_with_one_meaning_is_that_day(text: str) -> None:
    assert read_day(text).of(None) == dt.date(2026, 11, 30)


@pytest.mark.parametrize(
    "text",
    [
        "09:30:00",
        "soon",
        "2026",
        "31/02/2026",
        "0026-11-23",
        "30/11",
        "Tuesday, November 30, 2026",
        "2026-11-30T23:00:00Z",
        "before 30.11.2026",
        "Nov Dec 30",
        "Monday Tuesday, November 30, 2026",
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    with pytest.raises(NoDate):
        read_day(text)


def test_a_date_with_two_meanings_needs_an_order(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = roster(tmp_path / "r.csv", "A,a,bridge,03/04/2026", header="name,id,exercises,next_visit")
    config = tmp_path / "c.yaml"
    config.write_text("date-order: dmy\n")
    done = batch(capfd, path, "--date", "2026-01-05", "-o", tmp_path / "out")
    assert done.code == 6
    assert "r.csv:2:12: '03/04/2026' may be 2026-04-03 or 2026-03-04 (give --date-order dmy or mdy" in done.said
    assert run(["check", str(path)]) == 3
    assert run(["check", str(path), "--date-order", "mdy"]) == 3  # before today
    assert values(path, "next_visit", "03/04/2026", order="mdy")[0]["next_visit"] == "2026-03-04"
    path = roster(tmp_path / "r.csv", "A,a,bridge,03/04/2026", header="name,id,exercises,date")
    for options in (("--date-order", "dmy"), ("--config", config)):
        assert run(["batch", str(path), *map(str, options), "-q", "-o", str(tmp_path / "out")]) == 0
        assert list(digests(tmp_path / "out")) == ["a-2026-04-03.pdf"]
    monkeypatch.setenv("HANDOUTS_BATCH_DATE_ORDER", "mdy")
    assert run(["batch", str(path), "-q", "-o", str(tmp_path / "mdy")]) == 0
    assert list(digests(tmp_path / "mdy")) == ["a-2026-03-04.pdf"]


def test_a_date_of_birth_is_never_repeated(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    births = ("03/04/1961", "5/17/61", "x1961", "1861-05-17", "2061-05-17")
    path = roster(tmp_path / "r.csv", *(f"A,{text},bridge" for text in births), header="name,born,exercises")
    done = batch(capfd, path, "-o", tmp_path / "out")
    assert done.statuses == ["failed"] * 5
    assert "61" not in done.said.replace(str(tmp_path), "")
    assert "the date of birth may be two days (give --date-order dmy or mdy" in done.said


def test_check_says_how_a_roster_was_read_and_what_is_refused(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = roster(tmp_path / "r.csv", "A,partial-curl,osteoporosis,1", header="name,exercises,conditions,phone")
    assert run(["check", str(path)]) == 0
    said = capfd.readouterr().err
    assert "columns left alone: 'phone'" in said
    assert "r.csv:2: not made, for a rule forbids to print it" in said


def test_a_rows_own_dates_tell_the_order_of_its_others(tmp_path: Path) -> None:
    rows = read(tmp_path / "r.csv", "name,date,next_visit\nA,11/23/2026,12/07/2026\nB,23.11.2026,12/07/2026\n").rows()
    first, second = rows
    assert layer(first).data["next_visit"] == "2026-12-07"
    assert "next_visit" not in layer(second).data


# -- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"%PDF-1.7\nname,exercises\n", bytes(range(1, 32)) * 9])
def test_what_is_no_table_is_said_to_be_none(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(BadInput, match="is no table"):
        read(tmp_path / "r.csv", data)
    assert len(read(tmp_path / "r.csv", "name,exercises\nŁucja Ąż,bridge\n".encode("utf-16-le")).columns) == 2


def test_windows_letters_are_found_out_and_said(tmp_path: Path) -> None:
    text = "name,goal\nJosé Muñoz,“Caminar” – 10 min\nO’Brien,Walk\n"
    found = read(tmp_path / "r.csv", text.encode("cp1252"))
    assert [row.cells["name"].text for row in found.rows()] == ["José Muñoz", "O’Brien"]
    assert "read in Windows letters (cp1252)" in found.remarks[0]
    with pytest.raises(BadInput, match="2:4: nobody can tell"):
        read(tmp_path / "r.csv", text.replace("“", "").replace("”", "").replace("–", "").encode("cp850", "replace"))
    for name in ("cp850", "mac-roman"):
        read_as = read(tmp_path / "r.csv", "name\nJosé Muñoz\n".encode(name), encoding=name)
        assert [row.cells["name"].text for row in read_as.rows()] == ["José Muñoz"]
    with pytest.raises(BadInput, match="2:4: a character that is none in utf-8"):
        read(tmp_path / "r.csv", text.encode("cp1252"), encoding="utf-8")


@pytest.mark.parametrize("name", ["klingon", "base64"])
def test_an_unknown_encoding_is_a_slip_of_use(tmp_path: Path, name: str) -> None:
    assert run(["batch", str(roster(tmp_path / "r.csv")), "--encoding", name]) == 2


def test_a_first_line_may_name_the_separator(tmp_path: Path) -> None:
    (row,) = read(tmp_path / "r.csv", 'sep=|\r\nname|exercises\r\nAna|"bridge, clamshell"\r\n').rows()
    assert row.place("exercises")[1:] == (3, 6)
    text = "name^exercises\nAna^bridge\n"
    (row,) = read(tmp_path / "r.csv", f"sep=^\n{text}").rows()
    assert row.cells.keys() == {"name", "exercises"}


def test_a_value_under_no_column_says_what_to_do(tmp_path: Path) -> None:
    first, second = read(tmp_path / "r.csv", "|name|exercises\n0|Ana|bridge\n|Bo|bridge|2\n").rows()
    assert [one.hint for one in first.problems] == ["name its column in the first row"]
    assert [one.hint for one in second.problems] == ["put a '|' inside a value in quotes"]


# -- the template ----------------------------------------------------------------------------------------------------


def test_the_template_explains_every_column_and_its_examples_work(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["new", "roster", "-q"]) == 0
    with Path("roster.csv").open(encoding="utf-8-sig", newline="") as file:
        explained, *examples = csv.DictReader(file)
    assert {*explained, *PARTS_OF_NAME} == set(COLUMNS)
    assert all(explained.values())
    done = batch(capfd, Path("roster.csv"), "-o", "out")
    assert done.statuses == ["made"] * len(examples)
    assert run(["new", "roster", "roster.csv", "-q"]) == 5
    assert run(["new", "packet"]) == 2


def test_the_table_of_columns_has_them_all() -> None:
    table = (
        (ROOT / "docs" / "rosters.md").read_text(encoding="utf-8").split("## The columns")[1].split("* **Lists**")[0]
    )
    first = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert set(re.findall(r"`(\w+)`", " ".join(first))) == set(COLUMNS)
