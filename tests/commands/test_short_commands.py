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
import sys
from handouts.cli.run import run
assert run(sys.argv[1:]) == 0
print(*sys.modules, file=sys.stderr)
"""
NEVER = {
    "PIL", "PIL.Image", "_hashlib", "asyncio", "cryptography", "dataclasses", "email", "http", "importlib.metadata",
    "logging", "multiprocessing", "prompt_toolkit", "pypdf", "random", "rapidfuzz", "reportlab", "socket", "ssl",
    "subprocess", "tempfile", "traceback", "zipfile", "handouts.batch", "handouts.drafting", "handouts.layout.catalogue",
}  # fmt: skip
"""What none of them needs. `_hashlib` is OpenSSL."""
NOT_TO_MAKE = NEVER | {
    "bz2", "lzma", "mmap", "secrets", "segno", "shutil", "handouts.pdf.document.leaflets", "handouts.figures.body",
    "handouts.library.check", "handouts.readability.grade", "handouts.prescription.writing", "handouts.report",
    "handouts.screening.selection",
}  # fmt: skip
NOT_TO_SCREEN = NOT_TO_MAKE | {
    "uharfbuzz", "zlib", "handouts.branding", "handouts.figures", "handouts.pdf.fonts", "handouts.sheet", "handouts.pdf.tagging",
}  # fmt: skip
NOT_TO_HELP = NEVER | {"json", "uharfbuzz", "yaml", "handouts.library", "handouts.render", "handouts.model"}


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


@pytest.mark.parametrize(
    ("arguments", "needless"),
    [
        (("make", ONE, "-o", "one.pdf", "--force"), NOT_TO_MAKE),
        (("screen", ONE), NOT_TO_SCREEN),
        (("--help",), NOT_TO_HELP),
    ],
    ids=["make", "screen", "--help"],
)
def test_a_short_command_loads_what_it_uses(tmp_path, arguments, needless):
    for _ in range(2):  # what is made for the first time is kept for the second
        loaded = ended(LOADED, *arguments, folder=tmp_path).split()
    assert "click" in loaded
    assert needless & {*loaded} == set()
