"""Every page of every command is a page of a ReportLab canvas, and nothing is made without ReportLab."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from tests.commands.conftest import BRIDGE, Run

ROSTER = "name,id,exercises\nAna Ruiz,A-1,bridge\nBen Cole,B-2,bridge; heel-raise\n"
# A batch of single files draws in processes of its own, by the same call as `make`.
COMMANDS = {
    "make": (("make", *BRIDGE, "-o", "a.pdf"), ["a.pdf"]),
    "packet": (("packet", "carpal-tunnel", "-o", "a.pdf"), ["a.pdf"]),
    "print file": (("batch", "roster.csv", "--merge", "all.pdf", "--duplex", "--jobs", "1"), ["all.pdf"]),
    "catalogue": (("catalogue", "--region", "neck", "-o", "a.pdf"), ["a.pdf"]),
    "picture": (("show", "bridge", "--picture", "a.pdf"), ["a.pdf"]),
    "check": (("check", "program.yaml"), []),
    "screen": (("screen", *BRIDGE), []),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_reportlab_shows_exactly_the_pages_of_the_files(
    name: str, handouts: Run, program, alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program()
    (alone / "roster.csv").write_text(ROSTER)
    shown: list[Canvas] = []
    show = Canvas.showPage
    monkeypatch.setattr(Canvas, "showPage", lambda canvas: (shown.append(canvas), show(canvas))[1])
    command, files = COMMANDS[name]
    assert handouts(*command).code == 0
    made = [path for pattern in files for path in alone.glob(pattern)]
    assert len(shown) == sum(len(PdfReader(path).pages) for path in made)
    assert bool(made) == bool(files)


def test_without_reportlab_nothing_is_made(alone: Path) -> None:
    code = "import sys; sys.modules['reportlab'] = None; from handouts.cli.run import run; sys.exit(run(sys.argv[1:]))"
    ran = subprocess.run([sys.executable, "-c", code, "make", *BRIDGE, "-o", "a.pdf"], capture_output=True, check=False)
    assert ran.returncode != 0
    assert not list(alone.glob("*.pdf"))
