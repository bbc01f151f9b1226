"""What screening refuses is in no file that a batch makes, nor in its print file: over random rosters and libraries."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest
from pypdf import PdfReader

from handouts.cli.run import run
from handouts.errors import BadInput
from handouts.pdf.attached_program import read_attached_program
from handouts.prescription import ProgramFields
from handouts.prescription.program_file import build_program
from handouts.programs import open_library, screen
from tests.batch.rosters import DATE, SHORT, roster

HEADER = "name,id,packet,exercises,conditions"


def own_library(folder: Path, chance: random.Random) -> Path:
    """A clinic's library with a packet and an exercise of its own, tagged at random."""
    source = Path(__file__).parents[2] / "content" / "exercises" / "low-back"
    (folder / "exercises" / "low-back").mkdir(parents=True)
    for name in ("bridge", "partial-curl", "superman"):
        (folder / "exercises" / "low-back" / f"own-{name}.yaml").write_bytes((source / f"{name}.yaml").read_bytes())
    if chance.random() < 0.5:  # a built-in exercise that is another one here
        (folder / "exercises" / "low-back" / "bridge.yaml").write_bytes((source / "superman.yaml").read_bytes())
    return folder


def rows_and_verdicts(library: Path | None, count: int, chance: random.Random) -> tuple[list[str], dict[str, bool]]:
    """Random rows, and whether each may be printed by `screen` itself."""
    content = open_library(*([library] if library else []))
    ids = content.exercise_ids()
    conditions = sorted(one for one in content.conditions if one != "under-18")
    rows, may = [], {}
    for number in range(count):
        exercises = chance.sample(ids, 2)
        has = tuple(chance.sample(conditions, chance.randint(0, 2)))
        packet = chance.choice([None, None, chance.choice(sorted(content.packets))])
        fields = ProgramFields(
            patient=f"Zq{number}", patient_id=f"z{number}", packet=packet, exercise=tuple(exercises), condition=has
        )
        try:
            program = build_program(fields, content, date=dt.date.fromisoformat(DATE))
            may[f"z{number}"] = not screen(program, content).refused
        except BadInput:
            may[f"z{number}"] = False
        rows.append(f"Zq{number},z{number},{packet or ''},{'; '.join(exercises)},{'; '.join(has)}")
    return rows, may


def made_and_printed(folder: Path, rows: list[str], library: Path | None) -> None:
    path = roster(folder / "r.csv", *rows, header=HEADER)
    own = ["--library", str(library)] if library else []
    options = ["-o", str(folder / "out"), "--merge", str(folder / "all.pdf"), "--no-cover", "-q"]
    assert run(["batch", str(path), *SHORT, *own, *options, "--jobs", "1"]) in (0, 6)


def check(folder: Path, seed: int, count: int) -> None:
    chance = random.Random(seed)
    library = own_library(folder / "own", chance) if chance.random() < 0.7 else None
    rows, may = rows_and_verdicts(library, count, chance)
    made_and_printed(folder, rows, library)
    allowed = {one for one, yes in may.items() if yes}
    files = {path.name.removesuffix(f"-{DATE}.pdf"): path for path in (folder / "out").glob("*.pdf")}
    assert set(files) == allowed, seed
    for one, path in files.items():
        assert read_attached_program(path)["patient"]["id"] == one
    if (folder / "all.pdf").exists():
        printed = " ".join(
            str(mark.title) for mark in PdfReader(folder / "all.pdf").outline if not isinstance(mark, list)
        )
        assert {one for one in may if f"({one})" in printed} == allowed, seed
    else:
        assert not allowed


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3, random.SystemRandom().randrange(10**6)])
def test_a_refused_row_is_in_no_file_of_a_batch(tmp_path: Path, seed: int) -> None:
    check(tmp_path, seed, 40)
