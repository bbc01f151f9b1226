"""A batch on a Dask cluster: the same files as on this machine, the clinic's own content sent along."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handouts.batch.job import pack_folder
from handouts.batch.outcome import Outcome
from handouts.batch.preflight import Preflight
from handouts.cli.run import run
from tests.batch.rosters import ROOT, batch, digests, roster, short_roster, start

distributed = pytest.importorskip("distributed", reason="Dask is not installed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None) as found:
        yield found


@pytest.mark.slow
def test_a_cluster_makes_the_same_files(tmp_path: Path, capfd: pytest.CaptureFixture[str], cluster: Any) -> None:
    path = short_roster(tmp_path / "r.csv", 40)
    assert batch(capfd, path, "-o", tmp_path / "here").code == 0
    done = batch(capfd, path, "-o", tmp_path / "there", "--scheduler", cluster.scheduler_address)
    assert (done.code, done.statuses) == (0, ["made"] * 40)
    assert digests(tmp_path / "there") == digests(tmp_path / "here")
    again = batch(capfd, path, "-o", tmp_path / "there", "--scheduler", cluster.scheduler_address, "--resume")
    assert again.statuses == ["unchanged"] * 40


@pytest.mark.slow
def test_the_clinics_own_content_goes_along(tmp_path: Path, capfd: pytest.CaptureFixture[str], cluster: Any) -> None:
    own = tmp_path / "own"
    source = Path(__file__).parents[2] / "content" / "exercises" / "low-back" / "bridge.yaml"
    (own / "exercises" / "low-back").mkdir(parents=True)
    shutil.copy(source, own / "exercises" / "low-back" / "our-bridge.yaml")
    path = roster(tmp_path / "r.csv", "Ann,a,,our-bridge,,,,", "Bob,b,,brigde,,,,")
    options = ("-o", tmp_path / "out", "--library", own, "--scheduler", cluster.scheduler_address)
    assert batch(capfd, path, *options).statuses == ["made", "failed"]


@pytest.mark.slow
def test_a_worker_that_is_not_alike_gets_no_row(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = short_roster(tmp_path / "r.csv", 2), tmp_path / "out"
    monkeypatch.setattr("handouts.cli.batch.worker_version", lambda: "newer content")
    done = batch(capfd, path, "-o", out, "--scheduler", cluster.scheduler_address)
    assert done.code == 3
    assert "this worker has" in done.said
    assert "not newer content" in done.said
    assert list(out.iterdir()) == []


class Machines:
    """A scheduler and workers as processes of their own, begun in the folder whose `handouts` they are to have."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self.running: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", self.address.rpartition(":")[2])

    def worker(self, folder: Path = ROOT) -> subprocess.Popen[bytes]:
        return self._start(
            "worker", self.address, "--nworkers", "1", "--nthreads", "1", "--no-nanny", "--death-timeout", "60",
            folder=folder,
        )  # fmt: skip

    def _start(self, *arguments: str, folder: Path = ROOT) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
        env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.running.append(subprocess.Popen(command, cwd=folder, env=env, **quiet))
        return self.running[-1]

    def wait_for(self, count: int) -> None:
        with distributed.Client(self.address, timeout=60) as client:
            client.wait_for_workers(count, timeout=60)


@pytest.fixture
def machines() -> Iterator[Machines]:
    found = Machines()
    yield found
    for one in found.running:
        one.kill()
        one.wait()


def wait_for_files(folder: Path, count: int, process: subprocess.Popen[str]) -> None:
    while len(list(folder.glob("*.pdf"))) < count and process.poll() is None:
        time.sleep(0.05)


def told(report: Path) -> Counter[str]:
    return Counter(json.loads(line)["status"] for line in report.read_text().splitlines())


@pytest.mark.slow
@pytest.mark.parametrize("killed", ["scheduler", "worker"])
def test_a_cluster_that_dies_is_waited_for_a_while_only(tmp_path: Path, killed: str, machines: Machines) -> None:
    worker = machines.worker()
    machines.wait_for(1)
    path, out, report = short_roster(tmp_path / "r.csv", 400), tmp_path / "out", tmp_path / "report.jsonl"
    process = start(path, "-o", out, "--scheduler", machines.address, "--report", report)
    wait_for_files(out, 3, process)
    {"scheduler": machines.scheduler, "worker": worker}[killed].kill()
    _, said = process.communicate(timeout=180)
    assert process.returncode == 5, said
    assert "run again with --resume" in said
    assert set(told(report)) == {"made", "not-begun"}
    assert told(report).total() == 400


@pytest.mark.slow
def test_another_worker_takes_over_from_one_that_dies(tmp_path: Path, machines: Machines) -> None:
    worker = machines.worker()
    machines.worker()
    machines.wait_for(2)
    path, out, report = short_roster(tmp_path / "r.csv", 120), tmp_path / "out", tmp_path / "report.jsonl"
    process = start(path, "-o", out, "--scheduler", machines.address, "--report", report)
    wait_for_files(out, 3, process)
    worker.kill()
    _, said = process.communicate(timeout=180)
    assert process.returncode == 0, said
    assert told(report) == {"made": 120}
    assert len(list(out.glob("*.pdf"))) == 120


@pytest.fixture
def stale(tmp_path: Path) -> Path:
    """The program as it is here, with content that lacks the rule against a partial curl with weak bones."""
    place = tmp_path / "stale"
    place.mkdir()
    for name in ("handouts", "fonts"):
        (place / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "content", place / "content")
    rules = place / "content/rules.yaml"
    before = rules.read_text()
    rules.write_text(re.sub(r"\n  - id: osteoporosis-[^\n]*\n.*?(?=\n  - id: )", "", before, flags=re.DOTALL))
    assert len(rules.read_text()) < len(before)
    return place


REFUSED = "Cunegonde,c,,partial-curl,osteoporosis,,,"


@pytest.mark.slow
def test_a_worker_with_older_content_gets_no_row(tmp_path: Path, stale: Path, machines: Machines) -> None:
    machines.worker(stale)
    machines.wait_for(1)
    path, out = roster(tmp_path / "r.csv", REFUSED, "Ann,a,,bridge,,,,"), tmp_path / "out"
    process = start(path, "-o", out, "--scheduler", machines.address)
    _, said = process.communicate(timeout=180)
    assert process.returncode == 3, said
    assert "this worker has" in said
    assert list(out.iterdir()) == []


@pytest.mark.slow
def test_a_worker_with_older_content_that_comes_later_makes_no_row(
    tmp_path: Path, stale: Path, machines: Machines
) -> None:
    machines.worker()
    machines.wait_for(1)
    rows = [f"Person {number},p-{number},,bridge 1x{8 + number % 5},,,Walk {number}," for number in range(300)]
    path, out, report = roster(tmp_path / "r.csv", REFUSED, *rows), tmp_path / "out", tmp_path / "report.jsonl"
    process = start(path, "-o", out, "--scheduler", machines.address, "--report", report)
    wait_for_files(out, 1, process)
    machines.worker(stale)
    _, said = process.communicate(timeout=120)
    # It may come too late to be asked; when it is asked, the run ends and says why.
    assert process.returncode in (3, 6), said
    assert ("runs" in said) == (process.returncode == 3)
    assert not list(out.glob("c-*"))
    assert told(report)["refused"] == 1
    assert len(list(out.glob("*.pdf"))) == told(report)["made"]


def test_what_another_machine_made_of_something_else_is_not_written() -> None:
    found = Preflight(fingerprints={2: "a", 3: "b"})
    alike, other = (
        found.agreed(Outcome(record={"row": row, "status": "made"}, files={"x.pdf": b"%PDF"}, made_from="a"))
        for row in (2, 3)
    )
    assert (alike.status, alike.files) == ("made", {"x.pdf": b"%PDF"})
    assert (other.status, other.files, other.output) == ("failed", {}, None)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_a_packed_folder_has_old_files_and_no_link_out_of_it(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "old.yaml").write_text("a: 1")
    os.utime(own / "old.yaml", (0, 0))
    (tmp_path / "secret").write_text("not yours")
    (own / "link.yaml").symlink_to(tmp_path / "secret")
    assert [path.name for path in pack_folder(own).unpack().iterdir()] == ["old.yaml"]


@pytest.mark.parametrize("address", ["tls://127.0.0.1:9", "nonsense://x"])
def test_an_address_that_cannot_be_used_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr("handouts.batch.dask_cluster._CONNECT_S", 0.3)
    path = short_roster(tmp_path / "r.csv", 2)
    assert run(["batch", str(path), "-o", str(tmp_path), "--scheduler", address, "-q"]) == 5


def test_a_cluster_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handouts.batch.dask_cluster._CONNECT_S", 0.3)
    path = short_roster(tmp_path / "r.csv", 2)
    assert run(["batch", str(path), "-o", str(tmp_path), "--scheduler", "tcp://127.0.0.1:9", "-q"]) == 5
