"""The command line of `tests/commands`, a first handout, and a clinic's own folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Run, alone, handouts, program

__all__ = ["alone", "handouts", "program"]

FIRST = (
    "--patient", "Ana Ruiz", "--date", "2026-11-01", "--condition", "glaucoma", "--exercise", "bridge 2x10 rest 60s",
    "--exercise", "side-leg-lift 1x8 left",
)  # fmt: skip


@pytest.fixture
def first(handouts: Run) -> Path:
    """A handout of the first visit."""
    assert handouts("make", *FIRST, "-o", "first.pdf").code == 0
    return Path("first.pdf")


@pytest.fixture
def own(alone: Path) -> Callable[..., Path]:
    """Writes a file of a clinic's own folder, and returns the folder."""

    def write(name: str, content: str | bytes) -> Path:
        path = alone / "own" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return alone / "own"

    return write
