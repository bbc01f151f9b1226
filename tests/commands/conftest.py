"""A command line run in this process, in an empty folder, untouched by the machine's own settings."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from handouts.cli.run import run


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]

BRIDGE = ("--patient", "Ana Ruiz", "--exercise", "bridge", "--date", "2026-11-22")


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in os.environ:
        if name.startswith("HANDOUTS_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def handouts(capsys: pytest.CaptureFixture[str]) -> Run:
    def ran(*arguments: object) -> Ran:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        return Ran(code, *capsys.readouterr())

    return ran


@pytest.fixture
def program(alone: Path) -> Callable[..., Path]:
    """Writes a program file and returns its path."""

    def write(name: str = "program.yaml", **fields: Any) -> Path:
        content = {"patient": {"name": "Ana Ruiz"}, "date": "2026-11-22", "exercises": ["bridge"]} | fields
        path = alone / name
        path.write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML
        return path

    return write
