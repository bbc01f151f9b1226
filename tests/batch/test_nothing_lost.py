"""Killed, stopped, out of room: what is there is whole, and the next run makes the rest, byte for byte the same."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from handouts.batch.executors import WorkerPool
from handouts.batch.inputs import Entry, ProgramFile
from handouts.batch.outcome import Outcome, Tally
from handouts.batch.running import TRIES, Stop, run_entries
from handouts.errors import ExitCode
from handouts.pdf.input_digest import read_input_digest
from tests.batch.rosters import ROOT, SHORT, batch, children, digests, short_roster, start

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks into /proc")


def whole(folder: Path) -> bool:
    """Whether every file under its final name is whole."""
    return all(read_input_digest(path) for path in folder.glob("[!.]*"))


def kill_and_resume(tmp_path: Path, rows: int, kills: int, seed: int) -> None:
    path, calm, killed = short_roster(tmp_path / "r.csv", rows), tmp_path / "calm", tmp_path / "killed"
    assert start(path, "-o", calm).wait(timeout=300) == 0
    moments = random.Random(seed)
    for _ in range(kills):
        process = start(path, "-o", killed, "--resume", "--jobs", "2")
        before = len(list(killed.glob("*.pdf")))
        until = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < until:
            if len(list(killed.glob("*.pdf"))) >= before + moments.randint(1, max(1, rows // (kills + 1))):
                break
        time.sleep(moments.random() * 0.03)
        process.kill()
        process.wait()
        assert whole(killed)
    last = start(path, "-o", killed, "--resume")
    _, said = last.communicate(timeout=300)
    assert last.returncode == 0, said
    assert digests(killed) == digests(calm)


@pytest.mark.slow
def test_killed_and_resumed_it_is_as_if_nothing_had_happened(tmp_path: Path) -> None:
    kill_and_resume(tmp_path, rows=24, kills=2, seed=1)


@pytest.mark.slow
def test_killed_many_times_at_random_and_resumed(tmp_path: Path) -> None:
    kill_and_resume(tmp_path, rows=400, kills=12, seed=7)


@pytest.mark.slow
def test_a_worker_that_dies_is_replaced_and_its_rows_are_made_again(tmp_path: Path) -> None:
    path, out = short_roster(tmp_path / "r.csv", 40), tmp_path / "out"
    process = start(path, "-o", out, "--jobs", "2")
    while len(list(out.glob("*.pdf"))) < 4 and process.poll() is None:
        time.sleep(0.005)
    os.kill(children(process.pid)[0], signal.SIGKILL)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    # A worker killed in the middle of a write leaves its unnamed beginning, which the next run sweeps away.
    assert len([name for name in digests(out) if not name.endswith(".part")]) == 40
    assert whole(out)


@pytest.mark.slow
def test_ctrl_c_finishes_what_is_in_hand_reports_and_exits_130(tmp_path: Path) -> None:
    path, out, report = short_roster(tmp_path / "r.csv", 60), tmp_path / "out", tmp_path / "report.jsonl"
    process = start(path, "-o", out, "--jobs", "2", "--report", report)
    while len(list(out.glob("*.pdf"))) < 4 and process.poll() is None:
        time.sleep(0.005)
    for pid in [process.pid, *children(process.pid)]:  # as a terminal does it
        os.kill(pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "the same command with --resume makes what is missing" in said
    lines = report.read_text().splitlines()
    made = sum('"status": "made"' in line for line in lines)
    assert len(lines) == 60
    assert made == len(digests(out)) < 60
    assert all("the run was stopped" in line for line in lines if '"status": "not-begun"' in line)
    assert whole(out)


@pytest.mark.slow
def test_workers_do_not_outlive_a_killed_batch(tmp_path: Path) -> None:
    process = start(short_roster(tmp_path / "r.csv", 200), "-o", tmp_path / "out", "--jobs", "2")
    while not (workers := children(process.pid)) and process.poll() is None:
        time.sleep(0.005)
    process.kill()
    process.wait()
    until = time.monotonic() + 60
    while any(Path(f"/proc/{pid}/stat").exists() and _runs(pid) for pid in workers) and time.monotonic() < until:
        time.sleep(0.01)
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists() and _runs(pid)]


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.slow
def test_a_full_disk_ends_the_run_and_says_which_rows_are_missing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = short_roster(tmp_path / "r.csv", 40), tmp_path / "out"
    real = os.fdopen

    def full(handle: int, *arguments: Any, **named: Any) -> Any:
        if out.exists() and len(list(out.glob("*.pdf"))) >= 3 and arguments == ("w+b",):
            os.close(handle)
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, *arguments, **named)

    monkeypatch.setattr(os, "fdopen", full)
    done = batch(capfd, path, "-o", out, "--jobs", "1")
    monkeypatch.undo()
    assert done.code == ExitCode.FILE_TROUBLE
    assert len(done.lines) == 40
    assert "no space left on device" in done.said
    made = done.statuses.count("made")
    assert made == len(list(out.glob("*.pdf"))) < 40
    assert not list(out.glob(".*"))
    again = batch(capfd, path, "-o", out, "--resume")
    assert (again.code, again.statuses.count("unchanged")) == (0, made)


class Deaths:
    """An executor whose worker dies of certain entries, as a pool of processes does: every task at work is lost."""

    def __init__(self, deadly: set[int], once: set[int]) -> None:
        self.deadly, self.once, self.opened = deadly, once, 0

    def __call__(self) -> Any:
        self.opened += 1
        return self, None

    def submit(self, _make: Any, _job: Any, entry: Entry) -> Future[Outcome]:
        future: Future[Outcome] = Future()
        if entry.number in self.deadly | self.once:
            self.once.discard(entry.number)
            future.set_exception(BrokenProcessPool("died"))
        else:
            future.set_result(_made(entry))
        return future

    def shutdown(self, **_how: bool) -> None:
        pass


def _made(entry: Entry) -> Outcome:
    return Outcome(record={"status": "made", "row": entry.number})


def _entries(count: int) -> Iterator[Entry]:
    return (ProgramFile(path=f"{number}.yaml", number=number, text=None) for number in range(1, count + 1))


def test_only_the_row_that_kills_its_worker_is_given_up() -> None:
    pool = Deaths(deadly={7}, once={20})
    pool_ = WorkerPool(pool, 2)
    found = list(run_entries(_entries(30), pool_, Stop(), lambda _: None))
    assert [one.number for one in found] == list(range(1, 31))
    assert {one.number for one in found if one.status == "failed"} == {7}
    assert f"died {TRIES} times" in found[6].record["problems"][0]


def test_no_more_rows_are_taken_up_than_are_at_work() -> None:
    taken = 0

    def counted() -> Iterator[Entry]:
        nonlocal taken
        for entry in _entries(1000):
            taken += 1
            yield entry

    outcomes = run_entries(counted(), WorkerPool(Deaths(set(), set()), 2), Stop(), lambda _: None)
    for done in range(1, 500):
        next(outcomes)
        assert taken - done <= 8
    tally = Tally()
    for outcome in outcomes:
        tally.add(outcome)
    assert tally.unmade == 0


def test_a_stop_leaves_nothing_unsaid() -> None:
    stop = Stop()
    outcomes = run_entries(_entries(100), WorkerPool(Deaths(set(), set()), 2), stop, lambda _: None)
    first = [next(outcomes) for _ in range(3)]
    stop.now = True
    rest = list(outcomes)
    assert [one.number for one in [*first, *rest]] == list(range(1, 101))
    assert {one.status for one in rest} == {"made", "not-begun"}


@pytest.mark.slow
def test_where_there_is_no_fork_workers_start_afresh_and_make_the_same(tmp_path: Path) -> None:
    path, here, there = short_roster(tmp_path / "r.csv", 4), tmp_path / "fork", tmp_path / "spawn"
    assert start(path, "-o", here).wait(timeout=60) == 0
    arguments = ["batch", str(path), *SHORT, "-o", str(there), "--jobs", "2"]
    code = (
        "import multiprocessing, sys; multiprocessing.get_all_start_methods = lambda: ['spawn']; "
        f"from handouts.cli.run import run; sys.exit(run({arguments!r}))"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)
    assert digests(there) == digests(here)
