"""The machine's own faults: a full or broken disk, files that vanish, kills, odd clocks, places and streams."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pytest

from handouts.cli.run import run
from handouts.errors import ExitCode
from handouts.reviewing.signatures import _years_after
from tests.trust.limits import ROOT, Ended, ended

MAKE = ("make", "--patient", "Ana Ruiz", "--packet", "low-back-starter", "--clinic", "palm-wellness",
        "--date", "2026-11-22", "-q", "-o", "x.pdf")  # fmt: skip
SABOTEUR = str(Path(__file__).with_name("saboteur.py"))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="session")
def calm(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The handout as it is when nothing goes wrong."""
    folder = tmp_path_factory.mktemp("calm")
    assert ended(*MAKE, cwd=folder).code == 0
    return digest(folder / "x.pdf")


def whole_or_nothing(folder: Path, calm: str, code: int) -> None:
    """The file is there and right, or not there; nothing half written lies about."""
    left = sorted(path.name for path in folder.iterdir())
    assert left in ([], ["x.pdf"])
    assert bool(left) == (code == 0)
    if left:
        assert digest(folder / "x.pdf") == calm


def answered(found: Ended, *codes: int) -> None:
    assert found.code in codes, (found.code, found.err)
    assert "Traceback" not in found.err
    assert "internal fault" not in found.err
    assert found.code == 0 or found.err.strip()


@pytest.mark.slow
@pytest.mark.parametrize("most", [0, 1, 1000, 20_000, 60_000])
def test_a_full_disk(most: int, tmp_path: Path, calm: str) -> None:
    found = ended(*MAKE, cwd=tmp_path, limits={"RLIMIT_FSIZE": most})
    answered(found, ExitCode.FILE_TROUBLE)
    assert len(found.err.splitlines()) == 1
    whole_or_nothing(tmp_path, calm, found.code)


@pytest.mark.slow
@pytest.mark.parametrize("place", ["/proc/x.pdf", "/sys/x.pdf", "/dev/full", "/dev/null/x.pdf", "missing/x.pdf", "."])
def test_a_place_that_cannot_be_written(place: str, tmp_path: Path) -> None:
    arguments = (*MAKE[:-1], place)
    answered(ended(*arguments, cwd=tmp_path), *((0,) if place == "." else (ExitCode.FILE_TROUBLE,)))


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    answered(ended(*MAKE, cwd=tmp_path), ExitCode.FILE_TROUBLE)


def harmed(how: str, at: int, cwd: Path, *arguments: object, folders: tuple[Path, ...] = ()) -> Ended:
    return ended(*arguments, cwd=cwd, python=(SABOTEUR, how, str(at), str(cwd), *map(str, folders), "--"))


def dealings(cwd: Path, *arguments: object, folders: tuple[Path, ...] = ()) -> int:
    """How often a run deals with files in these folders."""
    assert harmed("count", 0, cwd, *arguments, folders=folders).code == 0
    found = int((cwd / ".dealings").read_text(encoding="utf-8")) - 1  # the last was to tell of them
    for path in cwd.iterdir():
        path.unlink()
    return found


LIBRARY = (ROOT / "content", ROOT / "fonts")


@pytest.mark.slow
@pytest.mark.parametrize("how", ["fail", "vanish", "kill"])
def test_harm_at_every_dealing_with_the_output(how: str, tmp_path: Path, calm: str) -> None:
    for at in range(1, dealings(tmp_path, *MAKE) + 1):
        found = harmed(how, at, tmp_path, *MAKE)
        if how == "kill":
            assert found.code == -9
            assert not (tmp_path / "x.pdf").exists() or digest(tmp_path / "x.pdf") == calm
            assert ended(*MAKE, cwd=tmp_path).code == 0
            assert digest(tmp_path / "x.pdf") == calm
        else:
            answered(found, 0, ExitCode.FILE_TROUBLE)
            whole_or_nothing(tmp_path, calm, found.code)
        for path in tmp_path.iterdir():
            path.unlink()


@pytest.mark.slow
@pytest.mark.parametrize("how", ["fail", "vanish"])
def test_harm_at_every_dealing_with_the_library(how: str, tmp_path: Path, calm: str) -> None:
    """A library of which a file cannot be read is told of: nothing is printed that lacks a rule or a warning."""
    count = dealings(tmp_path, *MAKE, folders=LIBRARY)
    assert count > 20
    # Beyond the first, every file of the content is read for its digest, all in one way: some of them stand for all.
    for at in (*range(1, min(count, 60) + 1), *range(61, count + 1, 25)):
        found = harmed(how, at, tmp_path, *MAKE, folders=LIBRARY)
        answered(found, 0, ExitCode.FILE_TROUBLE, ExitCode.BAD_INPUT)
        whole_or_nothing(tmp_path, calm, found.code)
        for path in tmp_path.iterdir():
            path.unlink()


@pytest.mark.slow
def test_an_earlier_handout_survives_every_harm(tmp_path: Path, calm: str) -> None:
    earlier = ("make", "--patient", "Ana Ruiz", "--exercise", "bridge", "--date", "2026-11-01", "-q", "-o", "x.pdf")
    assert ended(*earlier, cwd=tmp_path).code == 0
    before = digest(tmp_path / "x.pdf")
    for at in range(1, 6):
        found = harmed("fail", at, tmp_path, *MAKE)
        answered(found, 0, ExitCode.FILE_TROUBLE)
        assert digest(tmp_path / "x.pdf") in (before, calm)
        assert [path.name for path in tmp_path.iterdir()] == ["x.pdf"]


ODD: dict[str, dict[str, str | None]] = {
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "ascii": {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    "latin": {"PYTHONIOENCODING": "latin-1:strict"},
    "turkish": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    "no such locale": {"LC_ALL": "xx_YY.nonsense"},
    "no such zone": {"TZ": "Nowhere/Else"},
    "far zone": {"TZ": "XYZ+167:59:59"},
    "zone as a path": {"TZ": ":/etc/passwd"},
    "no home": {"HOME": None, "XDG_CACHE_HOME": None, "XDG_CONFIG_HOME": None, "USER": None, "LOGNAME": None},
    "home gone": {"HOME": "/nonexistent", "XDG_CACHE_HOME": None, "XDG_CONFIG_HOME": None},
    "no temporary folder": {"TMPDIR": "/nonexistent"},
    "hashes": {"PYTHONHASHSEED": "4242"},
    "optimised": {"PYTHONOPTIMIZE": "2"},
    "epoch": {"SOURCE_DATE_EPOCH": "nonsense"},
    "empty": {"HANDOUTS_MAKE_CLINICIAN": "", "HANDOUTS_LIBRARY": ""},
    "no terminal": {"TERM": None, "COLUMNS": "0", "LINES": "-1"},
}


@pytest.mark.parametrize("name", [
    pytest.param(one, marks=() if one == "C" else pytest.mark.slow) for one in ODD
])  # fmt: skip
def test_the_same_handout_everywhere(name: str, tmp_path: Path, calm: str) -> None:
    answered(ended(*MAKE, cwd=tmp_path, env=ODD[name]), ExitCode.DONE)
    assert digest(tmp_path / "x.pdf") == calm


@pytest.mark.slow
def test_letters_beyond_the_terminals_own(tmp_path: Path) -> None:
    arguments = ("make", "--patient", "Íñigo Łódź", "--exercise", "bridge", "-o", "Íñigo.pdf")
    answered(ended(*arguments, cwd=tmp_path, env={"LC_ALL": "C"}), ExitCode.DONE)
    answered(ended(*arguments, cwd=tmp_path, env=ODD["C"]), ExitCode.BAD_INPUT)  # its bytes are no letters there
    answered(ended(*arguments, "--json", cwd=tmp_path, env={"PYTHONIOENCODING": "ascii"}), ExitCode.DONE)
    answered(ended("make", "--packet", "Łódź", "--patient", "Ł", cwd=tmp_path, env=ODD["C"]), ExitCode.BAD_INPUT)


def test_a_clock_that_goes_backwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calm: str) -> None:
    monkeypatch.chdir(tmp_path)
    moments = iter(range(2_000_000_000, 0, -1_000))
    monkeypatch.setattr(time, "time", lambda: float(next(moments)))
    monkeypatch.setattr(time, "time_ns", lambda: next(moments) * 1_000_000_000)
    monkeypatch.setattr(time, "monotonic", lambda: float(next(moments)))
    for _ in range(3):
        assert run([*MAKE]) == ExitCode.DONE
        assert digest(tmp_path / "x.pdf") == calm


def test_the_ends_of_the_calendar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    heel_raise = ("make", "--patient", "Ana", "--exercise", "heel-raise", "--condition", "osteopenia week 30", "-q")
    for day in ("1900-01-01", "1970-01-01", "2100-12-31"):
        assert run([*heel_raise, "--date", day, "-o", f"{day}.pdf"]) == ExitCode.DONE
    assert _years_after(dt.date(9998, 2, 28)) == dt.date(9999, 2, 28)


def test_a_current_folder_that_is_gone_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "gone"
    place.mkdir()
    with contextlib.chdir(place):
        place.rmdir()
        assert run([*MAKE[:-2]]) == ExitCode.FILE_TROUBLE
        assert run(["batch", str(tmp_path / "r.csv")]) == ExitCode.FILE_TROUBLE
    assert "the current folder: there is no such file" in capfd.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("streams", [">&-", "2>&-", "<&-", ">&- 2>&-", "| head -c 1", "| true", "2>&1 | true"])
@pytest.mark.parametrize("command", ["make --patient Ana --exercise bridge -o x.pdf --json", "list exercises"])
def test_streams_that_are_closed_cost_nothing(streams: str, command: str, tmp_path: Path) -> None:
    line = f"{sys.executable} {ROOT / 'cli.py'} {command} {streams}; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == ExitCode.DONE, (ran.stdout, ran.stderr)
    assert "Exception" not in ran.stderr + ran.stdout
    if command.startswith("make"):
        with pikepdf.open(tmp_path / "x.pdf") as made:
            assert len(made.pages) > 1


@pytest.mark.parametrize("command", ["make --patient Ana --exercise bridge -o x.pdf --json", "list exercises"])
def test_an_output_that_is_full_is_told(command: str, tmp_path: Path) -> None:
    line = f"{sys.executable} {ROOT / 'cli.py'} {command} >/dev/full"
    ran = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == ExitCode.FILE_TROUBLE, ran.stderr
    assert "internal fault" not in ran.stderr
    assert "Exception" not in ran.stderr


@pytest.mark.slow
def test_two_runs_into_one_file_at_once(tmp_path: Path, calm: str) -> None:
    command = [sys.executable, str(ROOT / "cli.py"), *MAKE]
    runs = [subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE) for _ in range(4)]
    for one in runs:
        _, said = one.communicate(timeout=60)
        assert one.returncode == ExitCode.DONE, said
    whole_or_nothing(tmp_path, calm, 0)


@pytest.mark.slow
def test_two_batches_into_one_folder_at_once(tmp_path: Path) -> None:
    rows = "".join(f"Patient {n},P{n},bridge 2x10,2026-11-22\n" for n in range(200))
    (tmp_path / "r.csv").write_text(f"name,id,exercises,date\n{rows}", encoding="utf-8")
    command = [sys.executable, str(ROOT / "cli.py"), "batch", "r.csv", "-o", "out", "-q", "--jobs", "1"]
    runs = [subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE) for _ in range(2)]
    codes = sorted((one.communicate(timeout=120), one.returncode)[1] for one in runs)
    assert codes in ([0, 0], [0, 5])
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 200
    assert not list((tmp_path / "out").glob(".*"))


@pytest.mark.slow
def test_nothing_is_written_into_the_installation(tmp_path: Path) -> None:
    """A copy that nobody may write, and that a run leaves as it was."""
    place = tmp_path / "installed"
    for name in ("handouts", "content", "fonts"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "cli.py", place / "cli.py")
    for path in place.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = {path: path.stat().st_mtime_ns for path in place.rglob("*")}
    ran = subprocess.run(
        [sys.executable, "-B", str(place / "cli.py"), *MAKE], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == ExitCode.DONE, ran.stderr
    assert {path: path.stat().st_mtime_ns for path in place.rglob("*")} == before
