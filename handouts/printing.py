"""Paper: handouts given to the machine's print spooler through `lp`. Knows no page."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from handouts.errors import FileTrouble

_JOB = "handout"
"""Every job's title: the spooler's lists and logs must not show a patient's name."""
_PATIENCE_S = 60


def check_spooler() -> None:
    """Raise FileTrouble when this machine has no spooler."""
    _lp()


def spool(path: Path, *, printer: str | None = None, copies: int = 1, duplex: bool = False) -> None:
    """Print a file on `printer`, the default one when there is none. Raises FileTrouble; the file is left alone."""
    command = [_lp(), "-t", _JOB, "-n", str(copies)]
    if printer:
        command += ["-d", printer]
    command += ["-o", "sides=two-sided-long-edge" if duplex else "sides=one-sided", "--", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as trouble:
        raise FileTrouble(str(path), "was made, but the print spooler does not answer") from trouble
    if done.returncode:
        said = (done.stderr.strip() or f"lp ended with {done.returncode}").splitlines()[0]
        raise FileTrouble(str(path), f"was made, but could not be printed: {said}")


def _lp() -> str:
    found = shutil.which("lp")
    if found is None:
        raise FileTrouble("--print", "this machine has no print spooler: the command 'lp' (CUPS) is missing")
    return found
