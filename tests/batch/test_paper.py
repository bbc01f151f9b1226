"""Handouts to paper, through a stand-in for the spooler's `lp`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handouts.cli.run import run
from handouts.errors import FileTrouble
from handouts.printing import print_file
from tests.batch.rosters import DATE, batch, roster, short_roster


@pytest.fixture
def spooler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An `lp` that writes down how it was called; the file it writes to."""
    called = tmp_path / "called"
    lp = tmp_path / "bin" / "lp"
    lp.parent.mkdir()
    lp.write_text(
        f'#!/bin/sh\necho "$@" >> {called}\ncase "$*" in *jammed*) echo "lp: paper jam" >&2; exit 1;; esac\n'
        'echo "request id is office-lp-12 (1 file(s))"\n'
    )
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
        f"-t handout -n 2 -d front desk -o sides=two-sided-long-edge -o media=Letter -o collate=true -- "
        f"{out}/P-{number}-{DATE}.pdf"
        for number in (1, 2, 3)
    ]
    named = ", ".join(f"{out}/P-{number}-{DATE}.pdf" for number in (1, 2, 3))
    assert f"sent to office-lp: {named} (each 2 copies, two-sided, Letter)" in done.said


def test_a_print_file_is_printed_once(tmp_path: Path, capfd: pytest.CaptureFixture[str], spooler: Path) -> None:
    path, merged = short_roster(tmp_path / "r.csv", 3), tmp_path / "all.pdf"
    assert batch(capfd, path, "--merge", merged, "--print", "--copies", "2").code == 0
    # Without --duplex it is laid out for one side: two patients must not share a sheet.
    assert calls(spooler) == [f"-t handout -n 1 -o sides=one-sided -o media=Letter -o collate=true -- {merged}"]


def test_make_packet_and_revise_print(tmp_path: Path, capfd: pytest.CaptureFixture[str], spooler: Path) -> None:
    file = str(tmp_path / "a.pdf")
    assert run(["make", "--patient", "Ann", "--exercise", "bridge", "-o", file, "--print", "-q"]) == 0
    assert run(["packet", "neck-pain", "-o", f"{tmp_path}/b.pdf", "--print", "--copies", "5", "--duplex", "-q"]) == 0
    assert (
        run(["packet", "neck-pain", "--paper", "a4", "--paper", "letter", "--merge", f"{tmp_path}/c.pdf", "--print"])
        == 0
    )
    again = ("-o", f"{tmp_path}/d.pdf", "--print", "--no-duplex", "--printer", "desk", "--copies", "2", "--paper", "a4")
    assert run(["revise", file, *again]) == 0
    assert [call.split(" -- ")[0] for call in calls(spooler)] == [
        "-t handout -n 1 -o media=Letter -o collate=true",
        "-t handout -n 5 -o sides=two-sided-long-edge -o media=Letter -o collate=true",
        "-t handout -n 1 -o sides=one-sided -o collate=true",
        "-t handout -n 2 -d desk -o sides=one-sided -o media=A4 -o collate=true",
    ]
    assert f"sent to office-lp: {tmp_path}/d.pdf (2 copies, one-sided, A4)" in capfd.readouterr().err


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


def test_options_for_a_printer_go_with_print_but_may_stand_in_the_configuration(tmp_path: Path, spooler: Path) -> None:
    make = ["make", "--patient", "Ann", "--exercise", "bridge", "-q", "-o", f"{tmp_path}/a.pdf"]
    for option in (["--printer", "desk"], ["--duplex"], ["--no-duplex"], ["--copies", "2"]):
        assert run([*make, *option]) == 2
    (tmp_path / "secret.txt").write_text("secret")
    assert run([*make, "--print", "--password-file", f"{tmp_path}/secret.txt"]) == 2
    (tmp_path / "c.yaml").write_text("{printer: desk, duplex: false}")
    assert run(["--config", f"{tmp_path}/c.yaml", *make]) == 0
    assert calls(spooler) == []
    assert run(["--config", f"{tmp_path}/c.yaml", *make, "--print"]) == 0
    assert calls(spooler)[0].startswith("-t handout -n 1 -d desk -o sides=one-sided ")


def test_windows_prints_through_its_pdf_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "startfile", lambda *how: asked.append(how), raising=False)
    path = tmp_path / "a.pdf"
    assert print_file(path, copies=2) == ("the default printer", "2 copies, sides and paper as the printer is set")
    assert print_file(path, printer="front desk", duplex=True).printer == "front desk"
    assert asked == [(path, "print"), (path, "print"), (path, "printto", '"front desk"')]

    def none(*_how: object) -> None:
        raise OSError(1155, "No application is associated")

    monkeypatch.setattr(os, "startfile", none)
    with pytest.raises(FileTrouble, match="no program on this machine prints PDFs"):
        print_file(path)


def test_a_missing_viewer_is_said(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make = ["make", "--patient", "Ann", "--exercise", "bridge", "-q", "-o", f"{tmp_path}/a.pdf", "--open"]
    monkeypatch.setattr("click.launch", lambda _path: 1)
    assert run(make) == 0
    assert "no program that opens it" in capfd.readouterr().err
    monkeypatch.setattr("click.launch", lambda _path: 0)
    monkeypatch.setenv("DISPLAY", ":0")
    assert run(make) == 0
    assert "no program" not in capfd.readouterr().err
