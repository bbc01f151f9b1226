"""A row that seems to be more of the one above: nobody is made unscreened for conditions that stand in a second row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handouts.cli.run import run
from tests.batch.rosters import batch, roster
from tests.batch.test_workbook import workbook


@pytest.mark.parametrize("where", [("-o", "out"), ("--merge", "all.pdf")])
def test_a_row_that_seems_to_be_more_of_the_one_above_keeps_that_one_from_being_made(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, where: tuple[str, str]
) -> None:
    """Its conditions are most probably for the patient above, who would go unscreened for them."""
    monkeypatch.chdir(tmp_path)
    rows = ("Ana,a,,bridge,,,,", ",,,,osteoporosis,,,", "# for people", "-,,,,,,Walk,", "Bo,b,,bridge,,,,",
            ",,,bridge,osteoporosis,,,", "Cy,c,,partial-curl,osteoporosis,,,", ',,,,"glaucoma,,,', "Dee,d,,bridge,,,,",
            ",d,,,=A1,,,", "Ana,a,,bridge,,,,", "Eve,e,,brigde,,,,", ",,,,glaucoma,,,", "Fay,f,,bridge,,,,",
            ",,,,,,,-,", "Gus,g,,bridge,,,,", "Gus,g,,bridge,,,,", ",g,,,,,,x",
            "Hal,h,,bridge,,,,", "Hal,h,,,osteoporosis,,,", "Hal,i,,,osteoporosis,,,", "Ian,,,bridge,,,,",
            "Ian,,,,,,,")  # fmt: skip
    done = batch(capfd, roster(Path("r.csv"), ",,,,glaucoma,,,", *rows), *where)
    made = {line["row"] for line in done.lines if line["status"] == "made"}
    assert (done.code, made) == (6, {7, 16, 24})
    problems = {line["row"]: line["problems"] for line in done.lines}
    (told,) = problems[3]
    hint = 'put what stands there in the patient\'s own row, conditions parted by ";", or delete it'
    assert told == f"r.csv:3:1: rows 4, 6 have no program and seem to be more of this patient ({hint})"
    for row, said in ((9, "row 10"), (11, "row 12"), (14, "row 15"), (21, "row 22")):
        assert any(f"r.csv:{row}:1: {said} has no program and seems to be" in one for one in problems[row]), row
        assert done.said.count(f"{said} has no program") == 1
    assert {line["row"]: line["status"] for line in done.lines}[9] == "refused"
    assert any("row 19 is for the same patient and failed" in one for one in problems[18])
    assert any("unknown exercise" in one for one in problems[14])
    assert len(problems[8]) == 1
    assert problems[2] == ["r.csv:2:1: the name is missing (what is for one patient goes in one row)"]


def test_conditions_in_a_row_of_their_own_keep_the_row_above_from_being_made(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rows: list[tuple[Any, ...]] = [("Ana", "Ruiz", "bridge", None), (None,) * 4, (None, None, None, "osteoporosis")]
    path = workbook(tmp_path / "r.xlsx", ("first name", "last name", "exercises", "conditions"), *rows)
    assert run(["check", str(path)]) == 3
    said = capfd.readouterr().out
    assert "r.xlsx:2:1: row 4 has no program and seems to be more of this patient (put what" in said
    assert "r.xlsx:4:1: the name is missing" in said


@pytest.mark.parametrize("where", [("-o", "out"), ("--merge", "all.pdf")])
def test_a_patient_whose_rows_have_not_the_same_conditions_gets_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, where: tuple[str, str]
) -> None:
    """An export with one diagnosis a row: each row would be screened for its own alone."""
    monkeypatch.chdir(tmp_path)
    rows = ("Ana,a,,bridge,,,,", "Bo,b,,bridge,osteoporosis,,,", "Ana,a,,chin-tuck,glaucoma,,,", "Ana,a,,walking,,,,")
    done = batch(capfd, roster(Path("r.csv"), *rows), *where)
    problems = {line["row"]: " ".join(line["problems"]) for line in done.lines if line["status"] != "made"}
    assert (done.code, set(problems)) == (6, {2, 4, 5})
    assert "row 4 is for the same patient and failed" in problems[2]
    assert "r.csv:4:1: row 2 is for the same patient and has other conditions (put what is for one" in problems[4]
    assert "row 4" in problems[5]
