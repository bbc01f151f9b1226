"""A batch on a Dask cluster: the same files as on this machine, the clinic's own content sent along."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handouts.cli.run import run
from tests.batch.rosters import batch, digests, roster, short_roster

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


def test_a_cluster_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handouts.batch.dask_cluster._CONNECT_S", 0.3)
    path = short_roster(tmp_path / "r.csv", 2)
    assert run(["batch", str(path), "-o", str(tmp_path), "--scheduler", "tcp://127.0.0.1:9", "-q"]) == 5
