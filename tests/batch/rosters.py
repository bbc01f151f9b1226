"""Rosters to make, the command that makes them, and what it left behind."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from handouts.cli.run import run

ROOT = Path(__file__).resolve().parents[2]
HEADER = "name,id,packet,exercises,conditions,language,goal,password"
DATE = "2026-11-23"
SHORT = ("--date", DATE, "--log-weeks", "0")
"""The same date every day, and few pages."""


def short_roster(path: Path, count: int) -> Path:
    """A roster whose rows take little time: one exercise each, every third in Spanish."""
    rows = [
        f"Person {number},P-{number},,bridge 1x{8 + number % 5},,{'es' if number % 3 == 0 else 'en'},Walk {number},"
        for number in range(1, count + 1)
    ]
    return roster(path, *rows)


def roster(path: Path, *rows: str, header: str = HEADER) -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


class Done(NamedTuple):
    """One run of the command: its exit code, what it said, and its report's lines."""

    code: int
    said: str
    lines: list[dict[str, Any]]

    @property
    def statuses(self) -> list[str]:
        return [line["status"] for line in self.lines]


def batch(capfd: Any, path: Path, *options: str | Path) -> Done:
    """Run `handouts batch` in this process with a report."""
    report = path.parent / "report.jsonl"
    capfd.readouterr()
    code = run(["batch", str(path), *SHORT, "--report", str(report), *map(str, options)])
    lines = [json.loads(line) for line in report.read_text().splitlines()] if report.exists() else []
    return Done(code, capfd.readouterr().err, lines)


def start(path: Path, *options: str | Path) -> subprocess.Popen[str]:
    """Start `handouts batch` as a process of its own, with workers that are its children."""
    command = [sys.executable, str(ROOT / "cli.py"), "batch", str(path), *SHORT, *map(str, options)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def digests(folder: Path) -> dict[str, str]:
    """Every file of a folder with the digest of its bytes, hidden ones too."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir()) if path.is_file()
    }


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
