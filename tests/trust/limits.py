"""The command line in a process of its own, measured: what it returned and said, its time and its memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
MOST_SECONDS = 2.0
"""Of the processor, over what a plain handout takes."""
MOST_MB = 200.0
"""Of memory, over what a plain handout takes."""

_LAUNCHER = """
import json, os, resource, sys
told, limits, *command = sys.argv[1:]
child = os.fork()
if not child:
    for name, most in json.loads(limits).items():
        resource.setrlimit(getattr(resource, name), (most, most))
    os.execv(command[0], command)
_, status, used = os.wait4(child, 0)
with open(told, "w") as file:
    json.dump([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024], file)
"""
"""Begins the program from a small process: a child's peak of memory counts from what it was born of."""


class Ended(NamedTuple):
    code: int
    out: str
    err: str
    seconds: float
    peak_mb: float


def ended(
    *arguments: object,
    cwd: Path,
    env: Mapping[str, str | None] | None = None,
    limits: Mapping[str, int] | None = None,
    stdin: bytes = b"",
    python: tuple[str, ...] = (),
) -> Ended:
    """One run of the command line in `cwd`: killed after a minute of work, and never given more than 4 GB.

    An environment variable of None is taken away; `limits` are further ones, by their names in `resource`.
    """
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HANDOUTS_")}
    clean |= {"XDG_CONFIG_HOME": str(cwd / "no-settings")}
    wanted = {name: value for name, value in {**clean, **(env or {})}.items() if value is not None}
    whole = {"RLIMIT_AS": 4_000_000_000, "RLIMIT_CPU": 60, **(limits or {})}
    told = cwd.parent / f"{cwd.name}.told"
    ran = subprocess.run(
        [sys.executable, "-S", "-c", _LAUNCHER, str(told), json.dumps(whole), sys.executable, *python,
         str(ROOT / "cli.py"), *map(str, arguments)],
        cwd=cwd, env=wanted, input=stdin, capture_output=True, check=True,
    )  # fmt: skip
    code, seconds, peak_mb = json.loads(told.read_text(encoding="utf-8"))
    return Ended(code, ran.stdout.decode(errors="replace"), ran.stderr.decode(errors="replace"), seconds, peak_mb)
