"""What is refused today was perhaps made yesterday: it does not stay where somebody prints the folder."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pytest

from handouts.cli.run import run
from handouts.pdf.program_seal import digest_of_record
from handouts.pdf.reading import META
from tests.batch.rosters import DATE, batch, digests, roster

FINE = ("Ann,A-1,,bridge 1x8,,,,", "Bob,,,bridge 1x8,,,,", "Cid,C-1,,bridge 1x8,,,,secret", "Ann,A-2,,bridge 1x8,,,,")
NOW = "2026-11-30"


def make(name: str, *options: str) -> None:
    assert run(["make", "--exercise", "bridge 1x8", "--date", DATE, "-q", "-o", name, *options]) == 0


def test_handouts_of_refused_patients_are_moved_and_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path, out = roster(tmp_path / "r.csv", *FINE), tmp_path / "out"
    assert batch(capfd, path, "-o", out).code == 0
    make(str(out / "old.pdf"), "--patient", "ann ", "--patient-id", "a-1")
    make(str(out / "page.html"), "--patient", "Ann", "--patient-id", "A-1", "--format", "html")
    make(str(out / "ANN.pdf"), "--patient", "Ann")
    make(str(out / "other.pdf"), "--patient", "Dee")
    (out / f"A-1-{DATE}-2.pdf").write_bytes(b"%PDF-1.4 not a handout")
    before = digests(out)
    refused = [row.replace("bridge 1x8,", "partial-curl,osteoporosis") for row in FINE[:3]]
    done = batch(capfd, roster(path, *refused, FINE[3]), "-o", out, "--date", NOW)
    assert done.code == 6
    moved = digests(out / "refused")
    assert moved == {
        name: before[name]
        for name in (f"A-1-{DATE}.pdf", f"Bob-{DATE}.pdf", f"C-1-{DATE}.pdf", "old.pdf", "page.html", "ANN.pdf")
    }
    there = sorted(one.name for one in out.glob("*.pdf"))
    assert there == [f"A-1-{DATE}-2.pdf", f"A-2-{NOW}.pdf", "other.pdf"]
    assert all(f"refused/{name}" in done.said for name in moved)
    by_row = [line.get("moved") for line in done.lines]
    assert by_row[0] == [
        f"{out}/refused/{name}"
        for name in (f"A-1-{DATE}.pdf", "", "old.pdf", "page.html")  # no name in a report
    ]
    assert by_row[1:] == [[f"{out}/refused/"], [f"{out}/refused/C-1-{DATE}.pdf"], [f"{out}/earlier/A-2-{DATE}.pdf"]]


def test_they_are_moved_when_nothing_is_made_at_all(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path, out, merged = roster(tmp_path / "r.csv", *FINE[:2]), tmp_path / "out", tmp_path / "all.pdf"
    assert batch(capfd, path, "-o", out, "--merge", merged).code == 0
    roster(path, FINE[0].replace("bridge 1x8,", "partial-curl,osteoporosis"), FINE[1])
    before = digests(out) | digests(tmp_path)
    assert run(["batch", str(path), "-o", str(out), "--merge", str(merged), "--dry-run"]) == 6
    assert digests(out) | digests(tmp_path) == before
    done = batch(capfd, path, "-o", out, "--merge", merged, "--fail-fast")
    assert done.code == 4
    assert f"{path}:2: refused for safety: partial-curl with osteoporosis" in batch(capfd, path, "-o", out, "-q").said
    assert digests(out / "refused").keys() == {f"A-1-{DATE}.pdf"}
    assert not merged.exists()
    assert f"{tmp_path}/refused/all.pdf" in done.said


def test_a_print_file_that_is_drawn_anew_is_replaced(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path, merged = roster(tmp_path / "r.csv", *FINE[:2]), tmp_path / "all.pdf"
    assert batch(capfd, path, "--merge", merged).code == 0
    before = merged.read_bytes()
    refused = FINE[0].replace("bridge 1x8,", "partial-curl,osteoporosis")
    assert batch(capfd, roster(path, refused, FINE[1]), "--merge", merged).code == 6
    assert merged.read_bytes() != before
    assert not (tmp_path / "refused").exists()
    assert batch(capfd, roster(path, refused), "--merge", merged).code == 6
    assert not merged.exists()
    assert (tmp_path / "refused" / "all.pdf").exists()
    make(str(merged), "--patient", "Dee")
    before = merged.read_bytes()
    assert batch(capfd, roster(path, FINE[1]), "--merge", merged).code == 5
    assert merged.read_bytes() == before


def test_make_moves_them_too_and_revise_leaves_its_source(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make("./", "--patient", "Ann")
    make("ann.pdf", "--patient", "Ann", "--format", "pdf", "--format", "html", "--format", "text")
    make("bob.pdf", "--patient", "Bob")
    make("first.pdf", "--patient", "Ann", "--patient-id", "A-1")
    change = ("--exercise", "partial-curl", "--condition", "osteoporosis", "--date", NOW)
    assert run(["revise", "first.pdf", *change]) == 4
    assert run(["make", "--patient", "Ann", "--patient-id", "A-1", "--exercise", "bridge", "--date", NOW, "-q"]) == 0
    assert run(["revise", f"A-1-{NOW}.pdf", *change]) == 4  # its source even where it has the new one's name
    assert run(["make", "--patient", "Ann", *change, "-o", "bob.pdf"]) == 4
    refused = ["make", "--patient", "Ann", "--patient-id", "A-7", *change, "-o", "ann.pdf"]
    assert run([*refused, "--dry-run"]) == 4
    assert not Path("refused").exists()
    assert run(refused) == 4
    assert sorted(one.name for one in Path("refused").iterdir()) == ["ann.html", "ann.pdf", "ann.txt"]
    capfd.readouterr()
    assert run(["make", "--patient", "Ann", "--patient-id", "A-8", *change]) == 4
    assert f"refused/Ann-{DATE}.pdf" in capfd.readouterr().err
    assert sorted(one.name for one in Path.cwd().glob("*.pdf")) == [f"A-1-{NOW}.pdf", "bob.pdf", "first.pdf"]


def test_a_forged_number_in_the_folder_is_nobody_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    record = {"patient": {"name": "Eve", "id": 5}}
    record["digest"] = digest_of_record(record)
    page = f'<!doctype html><meta name="generator" content="handouts"><meta name="{META}" content="%s">'
    Path("x.html").write_text(page % escape(json.dumps(record)))
    given = ("--exercise", "partial-curl", "--condition", "osteoporosis", "-q")
    assert run(["make", "--patient", "Ann", "--patient-id", "A-1", *given]) == 4
    assert [one.name for one in tmp_path.iterdir()] == ["x.html"]
    assert run(["make", "--patient", "Ann", "--patient-id", "5", *given]) == 4
    assert [one.name for one in tmp_path.iterdir()] == ["refused"]
