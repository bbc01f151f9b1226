"""Help, completion and screening answer at once: they load neither ReportLab nor Pillow."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = str(ROOT / "content" / "samples" / "one-exercise.yaml")
LOADED = """
import atexit, sys
from handouts.cli import main
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
main(sys.argv[1:])
"""


def loaded(*arguments: str, folder: Path, **environment: str) -> set[str]:
    """The modules that one run of the command line loads, in a process of its own."""
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "HOME": str(folder), **environment}
    command = [sys.executable, "-c", LOADED, *arguments]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, env=environment)
    return set(ran.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (("--help",), {}),
        (("make", "--help"), {}),
        (("screen", SAMPLE), {}),
        ((), {"_HANDOUTS_COMPLETE": "bash_complete", "COMP_LINE": "handouts make --exercise "}),
    ],
    ids=["help", "help of make", "screen", "completion"],
)
def test_a_quick_command_loads_neither_reportlab_nor_pillow(tmp_path, arguments, environment):
    modules = loaded(*arguments, folder=tmp_path, **environment)
    assert "click" in modules
    assert {"reportlab", "PIL"} & modules == set()


def test_making_a_handout_loads_what_draws_it_and_no_more(tmp_path):
    modules = loaded("make", SAMPLE, "-o", "one.pdf", folder=tmp_path)
    assert {"handouts.rendering", "reportlab"} <= modules
    assert {"pypdf", "jinja2"} & modules == set()
