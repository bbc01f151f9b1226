"""Printing through `lp`, the command of CUPS."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from handouts.errors import FileTrouble

_JOB_TITLE = "handout"
"""The title of every print job: lists and logs of the print system must not show a patient's name."""
_TIMEOUT_S = 60


def print_file(path: Path, *, printer: str | None = None, copies: int = 1, duplex: bool = False) -> None:
    """Print a file, which is left alone.

    Args:
        path: The file.
        printer: The printer's name; the default printer when it is left out.
        copies: How often.
        duplex: Print on both sides of the paper.

    Raises:
        FileTrouble: This machine has no CUPS, or the printer does not take the file.
    """
    command = [_lp(), "-t", _JOB_TITLE, "-n", str(copies)]
    if printer:
        command += ["-d", printer]
    command += ["-o", "sides=two-sided-long-edge" if duplex else "sides=one-sided", "--", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FileTrouble(str(path), "was made, but the print system does not answer") from error
    if done.returncode:
        said = (done.stderr.strip() or f"lp ended with {done.returncode}").splitlines()[0]
        raise FileTrouble(str(path), f"was made, but could not be printed: {said}")


def _lp() -> str:
    found = shutil.which("lp")
    if found is None:
        raise FileTrouble("--print", "this machine cannot print: install CUPS, which brings the command 'lp'")
    return found
