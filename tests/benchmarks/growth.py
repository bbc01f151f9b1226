"""How time and memory grow: `python -m tests.benchmarks.growth [--most 10000] [--plot docs/performance-growth.svg]`.

Three sweeps, each point in a process of its own: handouts made one after the other (10, 100, 1,000 and, with
`--most 10000`, 10,000, which takes some minutes), exercises in the library (a trimmed one, the bundled one, and copies
under other names), exercises in a program. Prints a table for each; the plot has all three on logarithmic scales.
"""

# ruff: noqa: T201

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from handouts import read_program, render
from handouts.library import read_library
from handouts.resources import content_folder
from tests.benchmarks.libraries import of_only, with_copies
from tests.benchmarks.plot import growth_svg

ROOT = Path(__file__).resolve().parents[2]
DATE = dt.date(2026, 11, 22)
LIBRARIES, PROGRAMS = (8, 132, 500, 2000), (1, 2, 5, 10, 20, 35, 50)
SOME = 20
ENOUGH = 1000
"""Handouts after which it can be told how memory goes on growing."""
MIXED = 12
"""Programs that the handouts of the first sweep take turns in; every patient's name is another."""
EIGHT = (
    "bridge", "knee-to-chest", "lumbar-rotation-supine", "pelvic-tilt", "partial-curl", "side-leg-lift", "superman",
    "lumbar-rotation-seated",
)  # fmt: skip


def program_data(exercises: Sequence[str]) -> dict[str, Any]:
    """A program as its file has it."""
    return {
        "patient": {"name": "Patient 0000"}, "clinic": "palm-wellness", "date": DATE.isoformat(),
        "exercises": list(exercises), "print": {"paper": "letter"},
    }  # fmt: skip


def point(job: dict[str, Any]) -> dict[str, float]:
    """One point, measured in this process: seconds until the first handout, milliseconds for each after it, memory."""
    start = time.process_time()
    library = read_library([Path(folder) for folder in job["folders"]])
    programs = []
    path = Path(job["place"]) / "program.yaml"
    for exercises in job["programs"]:
        parts = []
        for at in range(0, len(exercises), SOME):  # no file may ask for as many as are tried here
            path.write_text(json.dumps(program_data(exercises[at : at + SOME])))
            parts.append(read_program(path, library, date=DATE))
        whole = tuple(prescription for part in parts for prescription in part.prescriptions)
        programs.append(replace(parts[0], prescriptions=whole))
    made = render(programs[0], library)
    first = time.process_time() - start
    for program in (*programs, *programs):  # so that the caches are as they mostly are
        render(program, library)
    before = middle = peak_mb()
    start = time.process_time()
    for number in range(job["count"]):
        if number == job["count"] // 2:
            middle = peak_mb()
        program = programs[number % len(programs)]
        named = replace(program, patient=replace(program.patient, name=f"Patient {number:05d}"))
        render(named, library)
    each = (time.process_time() - start) / job["count"] * 1e3
    after = peak_mb()
    return {"first": first * 1e3, "each": each, "memory": after, "grown": after - before,
            "growing": (after - middle) / (job["count"] - job["count"] // 2) * 1e3,
            "bytes": len(made.pdf) / 1000, "pages": made.pages}  # fmt: skip


def peak_mb() -> float:
    """The most memory this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(**job: Any) -> dict[str, float]:
    """A point in a process of its own; the second run of a short one, so that its files are in memory."""
    with tempfile.TemporaryDirectory() as place:
        command = [sys.executable, "-m", "tests.benchmarks.growth", "--point", json.dumps({**job, "place": place})]
        for _ in range(2 if job["count"] < 100 else 1):
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        found: dict[str, float] = json.loads(done.stdout)
        return found


def sweeps(most: int) -> Iterator[tuple[str, str, dict[int, dict[str, float]]]]:
    """Each of the three sweeps when it is done: its name, its title and its points."""
    bundled = [str(content_folder())]
    ids = read_library([content_folder()]).exercise_ids()
    mixed = [[ids[(start * 11 + step * 7) % len(ids)] for step in range(8)] for start in range(MIXED)]
    counts = [count for count in (10, 100, 1000, 10_000) if count <= most]
    points = {count: measured(folders=bundled, programs=mixed, count=count) for count in counts}
    yield "handouts", "handouts in a run", points
    points = {}
    for count in LIBRARIES:
        with tempfile.TemporaryDirectory() as place:
            if count == len(EIGHT):
                folders = [str(of_only(Path(place), EIGHT))]
            else:
                folders = [*bundled, str(with_copies(Path(place), count))]
            points[count] = measured(folders=folders, programs=[EIGHT], count=10)
    yield "library", "exercises in the library", points
    programs = {count: [[ids[step % len(ids)] for step in range(count)]] for count in PROGRAMS}
    points = {count: measured(folders=bundled, programs=programs[count], count=10) for count in PROGRAMS}
    yield "program", "exercises in a program", points


def table(name: str, points: dict[int, dict[str, float]]) -> str:
    """One sweep as Markdown."""
    lines = [
        f"| {name} | first, CPU ms | each after, CPU ms | memory MB | grown since the first MB "
        "| in the second half, MB per 1,000 | KB | pages |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for count, found in points.items():
        growing = f"{found['growing']:.1f}" if count >= ENOUGH and name.startswith("handouts") else ""
        lines.append(
            f"| {count:,} | {found['first']:.0f} | {found['each']:.1f} | {found['memory']:.0f} | {found['grown']:.1f} "
            f"| {growing} | {found['bytes']:.0f} | {found['pages']:.0f} |"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.growth", description=__doc__)
    parser.add_argument("--most", type=int, default=1000, help="The most handouts of the first sweep.")
    parser.add_argument("--plot", type=Path, help="Write the plot to this SVG file.")
    parser.add_argument("--point", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.point:
        print(json.dumps(point(json.loads(chosen.point))))
        return
    found = {}
    for name, title, points in sweeps(chosen.most):
        found[name] = points
        print(table(title, points), end="\n\n", flush=True)
    if chosen.plot:
        chosen.plot.write_text(growth_svg(found), encoding="utf-8")


if __name__ == "__main__":
    main()
