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
from handouts.cli import main
usual = gc.get_threshold()[0]
atexit.register(lambda: print(gc.get_threshold()[0] == usual, gc.get_freeze_count() > 10_000, file=sys.stderr))
main(sys.argv[1:])
"""

LOADED = """
import atexit, sys
from handouts.cli.run import run
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
assert run(sys.argv[1:]) == 0
"""
NEVER = {
    "PIL", "PIL.Image", "asyncio", "cryptography", "email", "http", "importlib.metadata", "logging", "multiprocessing",
    "prompt_toolkit", "pypdf", "random", "reportlab", "socket", "ssl", "subprocess", "tempfile", "traceback", "zipfile",
    "handouts.batch", "handouts.drafting", "handouts.layout.catalogue",
}  # fmt: skip
"""What none of them needs."""
NOT_TO_SCREEN = NEVER | {
    "uharfbuzz", "handouts.branding", "handouts.figures", "handouts.layout", "handouts.pdf", "handouts.render",
    "handouts.readability", "handouts.screening.selection",
}  # fmt: skip
NOT_TO_HELP = NEVER | {"uharfbuzz", "yaml", "handouts.library", "handouts.model"}
COMPLETE = {"_HANDOUTS_COMPLETE": "bash_complete", "COMP_LINE": "handouts make --packet low"}


def ended(code: str, *arguments: str, folder: Path, **environment: str) -> str:
    """The last line on standard error of a command that ran in a process of its own."""
    command = [sys.executable, "-c", code, *arguments]
    own = {"PYTHONPATH": str(ROOT), **environment}
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


@pytest.mark.parametrize(
    ("arguments", "needless"),
    [
        (("screen", ONE), NOT_TO_SCREEN),
        (("--help",), NOT_TO_HELP),
    ],
    ids=["screen", "--help"],
)
def test_a_short_command_loads_what_it_uses(tmp_path, arguments, needless):
    loaded = ended(LOADED, *arguments, folder=tmp_path).split()
    assert "click" in loaded
    assert needless & {*loaded} == set()


def test_completion_reads_the_library_and_nothing_that_draws(tmp_path):
    loaded = ended(LOADED, folder=tmp_path, **COMPLETE).split()
    assert "handouts.library" in loaded
    assert NOT_TO_SCREEN & {*loaded} == set()
