"""Handouts to paper, through a stand-in for the spooler's `lp`."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.cli.run import run
from tests.batch.rosters import DATE, batch, roster, short_roster


@pytest.fixture
def spooler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An `lp` that writes down how it was called; the file it writes to."""
    called = tmp_path / "called"
    lp = tmp_path / "bin" / "lp"
    lp.parent.mkdir()
    lp.write_text(f'#!/bin/sh\necho "$@" >> {called}\ncase "$*" in *jammed*) echo "lp: paper jam" >&2; exit 1;; esac\n')
    lp.chmod(0o755)
    monkeypatch.setenv("PATH", str(lp.parent), prepend=":")
    return called


def calls(spooler: Path) -> list[str]:
    return spooler.read_text().splitlines() if spooler.exists() else []


def test_a_batch_prints_every_handout_in_order(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], spooler: Path
) -> None:
    path, out = short_roster(tmp_path / "r.csv", 3), tmp_path / "out"
    done = batch(capfd, path, "-o", out, "--print", "--printer", "front desk", "--copies", "2", "--duplex")
    assert done.code == 0
    assert calls(spooler) == [
        f"-t handout -n 2 -d front desk -o sides=two-sided-long-edge -- {out}/P-{number}-{DATE}.pdf"
        for number in (1, 2, 3)
    ]


def test_a_print_file_is_printed_once(tmp_path: Path, capfd: pytest.CaptureFixture[str], spooler: Path) -> None:
    path, merged = short_roster(tmp_path / "r.csv", 3), tmp_path / "all.pdf"
    assert batch(capfd, path, "--merge", merged, "--print", "--copies", "2").code == 0
    assert calls(spooler) == [f"-t handout -n 1 -o sides=one-sided -- {merged}"]


def test_make_and_packet_print(tmp_path: Path, spooler: Path) -> None:
    file = str(tmp_path / "a.pdf")
    assert run(["make", "--patient", "Ann", "--exercise", "bridge", "-o", file, "--print", "-q"]) == 0
    assert run(["packet", "neck-pain", "-o", f"{tmp_path}/b.pdf", "--print", "--copies", "5", "--duplex", "-q"]) == 0
    assert [call.split(" -- ")[0] for call in calls(spooler)] == [
        "-t handout -n 1 -o sides=one-sided",
        "-t handout -n 5 -o sides=two-sided-long-edge",
    ]


def test_a_printer_in_trouble_keeps_every_file(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], spooler: Path
) -> None:
    path, out = short_roster(tmp_path / "r.csv", 3), tmp_path / "out"
    done = batch(capfd, path, "-o", out, "--print", "--printer", "jammed")
    assert done.code == 5
    assert "could not be printed: lp: paper jam" in done.said
    assert len(list(out.iterdir())) == 3
    assert len(calls(spooler)) == 1


def test_without_a_spooler_the_file_is_made_and_the_trouble_said(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = batch(capfd, short_roster(tmp_path / "r.csv", 2), "-o", tmp_path / "out", "--print")
    assert done.code == 5
    assert "cannot print" in done.said
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_a_locked_handout_cannot_be_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str], spooler: Path) -> None:
    path = roster(tmp_path / "r.csv", "A,a,,bridge,,,,secret")
    done = batch(capfd, path, "-o", tmp_path / "out", "--print")
    assert (done.code, done.statuses, calls(spooler)) == (6, ["failed"], [])
