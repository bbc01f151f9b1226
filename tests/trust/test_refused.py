"""What `screen` refuses is printed by no batch: random rosters under random libraries, stricter and looser, every time.

Each roster goes into files, into one file to print and to a stand-in for the printer, under one library and then, in
the same folder, under another; the names on paper are those that `screen` accepts under it, no others.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import Phase, given, settings, strategies as st
from pypdf import PdfReader

from handouts.errors import ExitCode
from handouts.programs import open_library
from handouts.screening import verdict
from tests.trust import facts
from tests.trust.libraries import write
from tests.trust.test_fuzz import CALM
from tests.trust.test_library_fuzz import ran

EXERCISES = ("bridge", "partial-curl", "heel-raise", "superman", "cat-cow")
CONDITIONS = ("osteoporosis", "glaucoma", "cauda-equina-suspected", "falls-risk", "osteopenia")
NAMES = ("Anaximander", "Bartholomew", "Cunegonde", "Dagobert")
RULES = tuple(rule["id"] for condition in CONDITIONS for rule in facts.rules().get(condition, []))
WAYS = (
    ("-o", "out", "--merge", "all.pdf"),
    ("-o", "out", "--print"),
    ("--merge", "all.pdf", "--print"),
    ("-o", "out", "--merge", "all.pdf", "--print", "--resume"),
)

rows = st.lists(st.tuples(st.sampled_from(EXERCISES), st.sampled_from(CONDITIONS)), min_size=2, max_size=4)
removed = st.sampled_from(RULES).map(lambda rule: {"id": rule, "removed": "Our physician clears each patient."})
added = st.builds(
    lambda exercise, condition, verdict: {
        "id": f"own-{exercise}-{condition}", "condition": condition, "exercises": [exercise], "verdict": verdict,
        "reason": "Ours.", "advice": "Go slowly.", "source": "pt-usual",
    },
    st.sampled_from(EXERCISES), st.sampled_from(CONDITIONS), st.sampled_from(["contraindicated", "caution"]),
)  # fmt: skip
rules = st.lists(removed | added, max_size=4, unique_by=lambda rule: rule["id"])
versions = st.lists(rules, min_size=1, max_size=2)
"""The clinic's own rules as they are, and as they are at the next run."""
PRINTER = (
    '#!/bin/sh\nfor file; do :; done\ncp "$file" "$(mktemp printed/XXXXXX)"\necho "request id is desk-1 (1 file(s))"\n'
)
"""Keeps a copy of what it is to print."""


def names_in(paths: Iterator[Path]) -> set[str]:
    """Whose handouts are on these pages."""
    text = "".join(page.extract_text() for path in paths for page in PdfReader(path).pages)
    return {name for name in NAMES if name in text}


def check_batch(
    folder: Path, patients: list[tuple[str, str]], own: list[list[dict[str, Any]]], way: tuple[str, ...], *more: str
) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    printer = folder / "bin/lp"
    printer.parent.mkdir()
    printer.write_text(PRINTER)
    printer.chmod(0o755)
    named = dict(zip(NAMES, patients, strict=False))
    lines = [f"{name},{name[0]},{exercise},{condition}" for name, (exercise, condition) in named.items()]
    (folder / "r.csv").write_text("\n".join(["name,id,exercises,conditions", *lines]) + "\n")
    before = Path.cwd()
    os.chdir(folder)
    try:
        with mock.patch.dict(os.environ, {"PATH": f"{printer.parent}:{os.environ['PATH']}"}):
            for version in own:
                check_version(named, version, way, *more)
    finally:
        os.chdir(before)


def check_version(
    named: dict[str, tuple[str, str]], version: list[dict[str, Any]], way: tuple[str, ...], *more: str
) -> None:
    shutil.rmtree("printed", ignore_errors=True)
    Path("printed").mkdir()
    write(Path("own/rules.yaml"), {"rules": version})
    library = open_library("own")
    accepted = {
        name
        for name, (exercise, condition) in named.items()
        if verdict(library.exercise(exercise), [library.conditions[condition]], library) != "contraindicated"
    }
    paper = ("--log-weeks", "0", "--library", "own", "--report", "r.jsonl", "--date", "2026-11-23")
    cover = ("--no-cover",) if "--merge" in way else ()
    code, said = ran("batch", "r.csv", *paper, *cover, *way, *more)
    assert code == (ExitCode.DONE if len(accepted) == len(named) else ExitCode.PARTLY_MADE), said
    told = [json.loads(line)["status"] for line in Path("r.jsonl").read_text().splitlines()]
    assert [status == "refused" for status in told] == [name not in accepted for name in named]
    # An earlier handout of a patient who is refused now is out of the folder, and out of the file to print.
    if "-o" in way:
        assert names_in(Path("out").glob("*.pdf")) == accepted
    assert names_in(Path().glob("all.pdf")) == (accepted if "--merge" in way else set())
    # With --resume, what has not changed is not printed again.
    printed = names_in(Path("printed").iterdir())
    assert printed == accepted if "--print" in way and "--resume" not in way else printed <= accepted


def tried(count: int, *more: str) -> None:
    @settings(
        max_examples=count, deadline=None, suppress_health_check=CALM, database=None, print_blob=True,
        phases=(Phase.generate, Phase.shrink),
    )  # fmt: skip
    @given(rows, versions, st.sampled_from(WAYS if not more else WAYS[:2]))
    def tries(patients: list[tuple[str, str]], own: list[list[dict[str, Any]]], way: tuple[str, ...]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            check_batch(Path(folder) / "b", patients, own, way, *(more or ("--jobs", "1")))

    tries()


@pytest.mark.parametrize(
    "way", [WAYS[1], *(pytest.param(way, marks=pytest.mark.slow) for way in WAYS if way != WAYS[1])]
)
def test_no_batch_prints_what_a_stricter_library_refuses(way: tuple[str, ...], tmp_path: Path) -> None:
    patients = [("heel-raise", "glaucoma"), ("partial-curl", "osteoporosis"), ("bridge", "osteopenia")]
    stricter = {"id": "own", "condition": "glaucoma", "exercises": ["heel-raise"], "verdict": "contraindicated",
                "reason": "Ours.", "advice": "Go slowly.", "source": "pt-usual"}  # fmt: skip
    check_batch(tmp_path / "b", patients, [[], [stricter]], way, "--jobs", "1")


def test_no_batch_prints_what_is_refused() -> None:
    tried(1)


@pytest.mark.slow
def test_no_batch_of_many_prints_what_is_refused() -> None:
    tried(60)


@pytest.mark.slow
def test_no_cluster_prints_what_is_refused() -> None:
    distributed = pytest.importorskip("distributed", reason="Dask is not installed")
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        tried(12, "--scheduler", cluster.scheduler_address)
