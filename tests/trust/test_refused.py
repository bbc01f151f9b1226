"""What `screen` refuses is printed by no batch: random rosters, and libraries that are stricter and looser, every time.

Each roster goes into files and into one file to print; the names on paper are those that were accepted, no others.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

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


def check_batch(folder: Path, patients: list[tuple[str, str]], own: list[dict[str, Any]]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    write(folder / "own/rules.yaml", {"rules": own})
    lines = [
        f"{name},{name[0]},{exercise},{condition}" for name, (exercise, condition) in zip(NAMES, patients, strict=False)
    ]
    (folder / "r.csv").write_text("\n".join(["name,id,exercises,conditions", *lines]) + "\n")
    library = open_library(folder / "own")
    refused = [
        verdict(library.exercise(exercise), [library.conditions[condition]], library) == "contraindicated"
        for exercise, condition in patients
    ]
    paper = ("--log-weeks", "0", "--no-cover", "--library", str(folder / "own"), "--report", str(folder / "r.jsonl"))
    output = ("-o", str(folder / "out"), "--merge", str(folder / "all.pdf"))
    code, said = ran("batch", str(folder / "r.csv"), *paper, *output, "--jobs", "1")
    assert code == (ExitCode.PARTLY_MADE if any(refused) else ExitCode.DONE), said
    told = [json.loads(line)["status"] for line in (folder / "r.jsonl").read_text().splitlines()]
    assert told == ["refused" if one else "made" for one in refused]
    accepted = {name for name, one in zip(NAMES, refused, strict=False) if not one}
    assert {name for name in NAMES if list((folder / "out").glob(f"{name[0]}-*.pdf"))} == accepted
    pages = PdfReader(folder / "all.pdf").pages if accepted else ()
    printed = "".join(page.extract_text() for page in pages)
    assert {name for name in NAMES if name in printed} == accepted


def tried(folder: Path, count: int) -> None:
    @settings(
        max_examples=count, deadline=None, suppress_health_check=CALM, database=None, print_blob=True,
        phases=(Phase.generate, Phase.shrink),
    )  # fmt: skip
    @given(rows, rules)
    def tries(patients: list[tuple[str, str]], own: list[dict[str, Any]]) -> None:
        check_batch(folder, patients, own)

    tries()


def test_no_batch_prints_what_is_refused(tmp_path: Path) -> None:
    tried(tmp_path / "b", 1)


@pytest.mark.slow
def test_no_batch_of_many_prints_what_is_refused(tmp_path: Path) -> None:
    tried(tmp_path / "b", 60)
