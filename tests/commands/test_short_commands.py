"""What a command costs before it does anything: modules it need not load, objects it need not look through."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "content" / "samples"
MARIA, ONE = str(SAMPLES / "maria.yaml"), str(SAMPLES / "one-exercise.yaml")

ENDING = """
import atexit, gc, sys
from handouts.commands import main
usual = gc.get_threshold()[0]
atexit.register(lambda: print(gc.get_threshold()[0] == usual, gc.get_freeze_count() > 10_000, file=sys.stderr))
main(sys.argv[1:])
"""


def ended(code: str, *arguments: str, folder: Path) -> str:
    """The last line on standard error of a command that ran in a process of its own."""
    command = [sys.executable, "-c", code, *arguments]
    own = {"PYTHONPATH": str(ROOT), "HANDOUTS_CACHE_DIR": str(folder / "cache")}
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, env=own)
    return run.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("programs", "as_always"), [((ONE,), "False"), ((ONE, MARIA), "True")], ids=["one handout", "several"]
)
def test_objects_are_looked_through_in_long_commands_only_and_never_at_the_end(tmp_path, programs, as_always):
    (tmp_path / "out").mkdir()
    assert ended(ENDING, "make", *programs, "-o", "out/", "-q", folder=tmp_path) == f"{as_always} True"


def test_a_batch_is_a_long_command(tmp_path):
    assert ended(ENDING, "batch", ONE, "-o", "out", "--jobs", "1", "-q", folder=tmp_path) == "True True"
