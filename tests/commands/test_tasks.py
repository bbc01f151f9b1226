"""The tasks of docs/tasks.md do what the page shows, one after the other."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from handouts.cli.run import run

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs/tasks.md"


def tasks() -> Iterator[tuple[str, str]]:
    """Each command of the page with the output that is shown below it."""
    for block in re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        for part in re.split(r"^\$ handouts ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            yield command, shown


@pytest.mark.slow
def test_every_task_does_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home, desk, tools = (tmp_path / name for name in ("home", "desk", "tools"))
    for folder in (home, desk, tools):
        folder.mkdir()
    (tools / "lp").write_text("#!/bin/sh\nexit 0\n")
    (tools / "lp").chmod(0o755)
    monkeypatch.setenv("PATH", str(tools), prepend=":")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.chdir(desk)
    Path("logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    )
    Path("password.txt").write_text("a long secret\n")
    assert run(["packet", "neck-pain", "-o", "leaflet.pdf"]) == 0
    capsys.readouterr()
    done = list(tasks())
    assert len(done) >= 12
    for command, shown in done:
        code = run(shlex.split(command))
        ran = capsys.readouterr()
        assert code == 0, (command, ran.err)
        assert ran.out.replace(str(home), "~") == shown, command
