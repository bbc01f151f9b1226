"""Side by side: `python -m tests.benchmarks.engines [--case 8] [--rounds 9]` prints a table for each case.

Needs the extra `bench` (`pip install -e '.[bench]'`) and poppler's pdftotext. The runs of all engines take turns, so
that a busy machine slows all alike; every figure is a median. Read the ratios: milliseconds are this machine's.
"""

# ruff: noqa: T201

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from tests.benchmarks.engines.cases import CASES, NUMBER, ROOT
from tests.benchmarks.engines.sources import write_sources

ENGINES = ("handouts", "typst", "weasyprint", "platypus")
NEEDS = {"typst": "typst", "weasyprint": "weasyprint", "platypus": "reportlab"}
WARM_UP = 3
BATCH = 24
"""Handouts that each of two processes writes to tell how many a second they make."""
SLOW_BATCH = 4


class Row(NamedTuple):
    """What one engine took for one case; times are CPU milliseconds."""

    cold: float
    warm: float
    rate: float
    memory: float
    size: float
    pages: int
    other_words: int


def command(engine: str, folder: Path) -> list[str]:
    """An engine's worker."""
    return [sys.executable, "-m", "tests.benchmarks.engines.worker", engine, str(folder)]


def cold_cpu(engine: str, folder: Path, target: Path) -> float:
    """CPU milliseconds of a whole process that makes one file; for handouts that is the command itself."""
    if engine == "handouts":
        arguments = [sys.executable, str(ROOT / "cli.py"), "make", str(folder / "program.yaml"), "--force", "-q"]
        arguments += ["-o", str(target)]
    else:
        arguments = [*command(engine, folder), "--once", str(target)]
    process = subprocess.Popen(
        arguments, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    if status:
        raise SystemExit(f"{engine} failed: {' '.join(arguments)}")
    return (usage.ru_utime + usage.ru_stime) * 1e3


class Worker:
    """An engine that stays and makes one handout at a time."""

    def __init__(self, engine: str, folder: Path) -> None:
        self._process = subprocess.Popen(
            command(engine, folder), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            stderr=subprocess.DEVNULL, env=ENVIRONMENT,
        )  # fmt: skip

    def ask(self, number: int, file: Path | None = None) -> None:
        """Have one made."""
        assert self._process.stdin
        self._process.stdin.write(f"{number:0{len(NUMBER)}d} {file or ''}\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """What it took."""
        assert self._process.stdout
        found: dict[str, Any] = json.loads(self._process.stdout.readline())
        return found

    def end(self) -> None:
        """Let it go."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


@contextmanager
def workers(engines: list[str], folder: Path, each: int = 1) -> Iterator[dict[str, list[Worker]]]:
    """Workers of all engines, warmed up."""
    found = {engine: [Worker(engine, folder) for _ in range(each)] for engine in engines}
    for team in found.values():
        for worker in team:
            for number in range(WARM_UP if each == 1 else 1):
                worker.ask(9000 + number)
                worker.answer()
    yield found
    for team in found.values():
        for worker in team:
            worker.end()


def rate(team: list[Worker], folder: Path, count: int) -> float:
    """Handouts a second that a team writes to files."""
    start = time.perf_counter()
    for number in range(count):
        for place, worker in enumerate(team):
            worker.ask(number * len(team) + place, folder / f"batch-{place}-{number}.pdf")
    for worker in team:
        for _ in range(count):
            worker.answer()
    return count * len(team) / (time.perf_counter() - start)


def words(pdf: Path) -> Counter[str]:
    """The words of a file and how often each stands there."""
    told = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True)
    return Counter(told.stdout.split())


def pages(pdf: Path) -> int:
    """How many pages a file has."""
    told = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True)
    return next(int(line.split()[1]) for line in told.stdout.splitlines() if line.startswith("Pages:"))


def measure(case: str, engines: list[str], rounds: int) -> dict[str, Row]:
    """All figures of one case."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_sources(case, folder, ROOT / "fonts")
        targets = {engine: folder / f"{engine}.pdf" for engine in engines}
        cold: dict[str, list[float]] = {engine: [] for engine in engines}
        warm: dict[str, list[float]] = {engine: [] for engine in engines}
        memory = dict.fromkeys(engines, 0.0)
        for number in range(max(3, rounds // 2) + 1):
            for engine in engines:
                spent = cold_cpu(engine, folder, targets[engine])
                if number:  # the first fills the caches of files and of Python itself
                    cold[engine].append(spent)
        with workers(engines, folder) as teams:
            for number in range(rounds):
                for engine in engines:
                    teams[engine][0].ask(number)
                    answer = teams[engine][0].answer()
                    warm[engine].append(answer["cpu"])
                    memory[engine] = answer["memory"]
        rates: dict[str, list[float]] = {engine: [] for engine in engines}
        with workers(engines, folder, each=2) as teams:
            for _ in range(3):
                for engine in engines:
                    count = SLOW_BATCH if engine == "weasyprint" else BATCH
                    rates[engine].append(rate(teams[engine], folder, count))
        ours = words(targets["handouts"])
        return {
            engine: Row(
                median(cold[engine]), median(warm[engine]), median(rates[engine]), memory[engine],
                targets[engine].stat().st_size / 1000, pages(targets[engine]),
                sum(((theirs := words(targets[engine])) - ours).values()) + sum((ours - theirs).values()),
            )
            for engine in engines
        }  # fmt: skip


def table(case: str, rows: dict[str, Row]) -> str:
    """The figures as Markdown, with handouts' part of each engine's time."""
    ours = rows["handouts"]
    lines = [
        f"**{case}**",
        "",
        "| engine | cold, CPU ms | handouts ÷ it | warm, CPU ms | handouts ÷ it | a second, 2 processes "
        "| handouts ÷ it | memory MB | KB | pages | other words |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for engine, row in rows.items():
        lines.append(
            f"| {engine} | {row.cold:.0f} | {ours.cold / row.cold:.2f} | {row.warm:.1f} | {ours.warm / row.warm:.3f} "
            f"| {row.rate:.1f} | {ours.rate / row.rate:.2f} | {row.memory:.0f} | {row.size:.0f} | {row.pages} "
            f"| {row.other_words} |"
        )
    return "\n".join(lines)


def missing() -> list[str]:
    """What must be installed first."""
    found = [f"{engine} (pip install -e '.[bench]')" for engine, name in NEEDS.items() if find_spec(name) is None]
    return found + [f"{tool} (poppler-utils)" for tool in ("pdftotext", "pdfinfo") if shutil.which(tool) is None]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.engines", description=__doc__)
    parser.add_argument("--case", choices=CASES, action="append", help="Only these cases.")
    parser.add_argument("--engine", choices=ENGINES[1:], action="append", help="Only against these engines.")
    parser.add_argument("--rounds", type=int, default=9, help="How many warm runs of each engine; half as many cold.")
    chosen = parser.parse_args()
    if lacking := missing():
        raise SystemExit("not installed: " + ", ".join(lacking))
    engines = ["handouts", *(chosen.engine or ENGINES[1:])]
    for case in chosen.case or CASES:
        name = f"{case.split()[0]} exercises{', ink-saver' if 'ink' in case else ''}".replace(
            "1 exercises", "1 exercise"
        )
        print(table(name, measure(case, engines, chosen.rounds)), flush=True)
        print()


ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

if __name__ == "__main__":
    main()
