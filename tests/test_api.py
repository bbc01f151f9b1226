"""The public Python API, as docs/api.md shows it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import handouts
from handouts.screening import RefusedForSafety

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "content" / "samples" / "maria.yaml"


@pytest.mark.smoke
def test_the_example_of_the_documentation_makes_a_handout(tmp_path, monkeypatch, capsys):
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "api.md").read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "maria.yaml").write_bytes(SAMPLE.read_bytes())
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "docs/api.md", "exec"), {})
    assert (tmp_path / "maria.pdf").read_bytes().startswith(b"%PDF-")
    assert "caution glaucoma" in capsys.readouterr().out


def test_a_program_that_was_not_screened_is_screened_before_it_is_drawn(tmp_path):
    path = tmp_path / "program.yaml"
    path.write_text("patient: {name: Ana, conditions: [osteoporosis]}\nexercises: [partial-curl]\n", encoding="utf-8")
    library = handouts.open_library()
    program = handouts.read_program(path, library)
    assert handouts.screen(program, library).refused
    with pytest.raises(RefusedForSafety):
        handouts.render(program, library)


def test_every_public_name_is_there_and_no_other():
    for name in handouts.__all__:
        assert getattr(handouts, name)
    with pytest.raises(AttributeError, match="nothing"):
        _ = handouts.nothing  # type: ignore[attr-defined]


def test_the_package_itself_loads_nothing():
    code = "import sys, handouts; print([name for name in sys.modules if name.startswith('handouts.')])"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True).stdout == "[]\n"


@pytest.mark.smoke
def test_the_package_runs_as_a_module(tmp_path):
    command = [sys.executable, "-m", "handouts", "make", str(SAMPLE), "-o", str(tmp_path / "maria.pdf")]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout == f"{tmp_path / 'maria.pdf'}\n"
