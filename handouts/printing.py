"""Printing through what the system has: `lp`, the command of CUPS on Linux and macOS, or the PDF program of Windows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from handouts.errors import AtTerminal, FileTrouble

MOST_COPIES = 999
_JOB_TITLE = "handout"
"""The title of every print job: lists and logs of the print system must not show a patient's name."""
_TIMEOUT_S = 60
_MEDIA = {"letter": "Letter", "a4": "A4"}
_SIDES = {True: "two-sided-long-edge", False: "one-sided"}
_REQUEST = re.compile(r"(\S+)-\d+ \(")
"""`lp` answers with the printer's name and the number of the job: request id is office-12 (1 file(s))."""
_DEFAULT = "the default printer"


class Sent(NamedTuple):
    """Where a file went, and how often and on which paper it is printed, for a person."""

    printer: str
    how: str


def print_file(
    path: Path, *, printer: str | None = None, copies: int = 1, duplex: bool | None = None, paper: str | None = None
) -> Sent:
    """Print a file, which is left alone.

    Args:
        printer: The printer's name; the default printer when it is left out.
        copies: How often, one copy after the other.
        duplex: Print on both sides of the paper, or on one; as the printer is set when it is left out.
        paper: `letter` or `a4`; as the printer is set when it is left out.

    Raises:
        FileTrouble: This machine cannot print, or the printer does not take the file.
    """
    often = f"{copies} copies" if copies > 1 else "1 copy"
    if lp := shutil.which("lp"):
        sides = {True: "two-sided", False: "one-sided", None: ""}[duplex]
        printed_by = _print_by_lp(lp, path, printer, copies, duplex, paper)
        return Sent(printed_by, ", ".join(filter(None, (often, sides, _MEDIA.get(paper or "", "")))))
    if hasattr(os, "startfile"):
        _print_on_windows(path, printer, copies)
        return Sent(printer or _DEFAULT, f"{often}, sides and paper as the printer is set")
    raise FileTrouble("--print", "this machine cannot print: install CUPS, which brings the command 'lp'")


def _print_by_lp(lp: str, path: Path, printer: str | None, copies: int, duplex: bool | None, paper: str | None) -> str:
    options = [f"sides={_SIDES[duplex]}"] if duplex is not None else []
    options += [f"media={_MEDIA[paper]}"] if paper else []
    command = [lp, "-t", _JOB_TITLE, "-n", str(copies), *(("-d", printer) if printer else ())]
    for option in (*options, "collate=true"):
        command += ["-o", option]
    try:
        done = subprocess.run(
            [*command, "--", str(path)], capture_output=True, text=True, timeout=_TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _not_printed(path, "the print system does not answer") from error
    if done.returncode:
        reason = (done.stderr.strip() or f"lp ended with {done.returncode}").splitlines()[0]
        raise _not_printed(path, f"could not be printed: {reason}")
    answered = _REQUEST.search(done.stdout)
    return answered[1] if answered else printer or _DEFAULT


def _print_on_windows(path: Path, printer: str | None, copies: int) -> None:
    """Hand the file to the program that Windows prints PDFs with; it takes no number of copies and no sides."""
    how = ("printto", f'"{printer}"') if printer else ("print",)
    try:
        for _ in range(copies):
            os.startfile(path.resolve(), *how)  # type: ignore[attr-defined, unused-ignore]
    except OSError as error:
        why = "no program on this machine prints PDFs: install a PDF reader that can"
        raise _not_printed(path, why) from error


def _not_printed(path: Path, why: str) -> FileTrouble:
    # A page in the browser keeps no file.
    return FileTrouble(str(path), AtTerminal(f"was made, but {why}", why))
