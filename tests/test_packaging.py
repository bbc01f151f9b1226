"""The wheel is whole: built from the project's own files and installed elsewhere, it makes a handout."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def _run(*command: object, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_nine_libraries_at_most_are_required() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert len(project["dependencies"]) <= 9


@pytest.mark.slow
def test_an_installed_wheel_makes_a_handout_from_another_folder(tmp_path: Path) -> None:
    _run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", tmp_path, ROOT, cwd=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "handouts/content/exercises/low-back/bridge.yaml" in names
    for page in ("templates/draft.html", "static/page.css", "static/htmx.min.js", "static/htmx.LICENSE"):
        assert f"handouts/web/{page}" in names
    assert any(name.startswith("handouts/fonts/") and name.endswith(".ttf") for name in names)
    assert not any(name.startswith(("tests/", "docs/")) for name in names)

    home = tmp_path / "elsewhere"
    home.mkdir()
    _run(sys.executable, "-m", "venv", home / "venv", cwd=home)
    _run(home / "venv/bin/pip", "install", "-q", wheel, cwd=home)
    sample = home / "maria.yaml"
    sample.write_bytes((ROOT / "content/samples/maria.yaml").read_bytes())
    _run(home / "venv/bin/handouts", "make", sample, "-o", "maria.pdf", cwd=home)
    assert (home / "maria.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_every_bundled_font_has_its_licence_beside_it() -> None:
    fonts = ROOT / "fonts"
    faces = {path.name.split("-")[0] for path in fonts.glob("*.ttf")}
    licences = "\n".join(path.read_text(encoding="utf-8") for path in fonts.glob("*LICENSE*"))
    assert "SIL OPEN FONT LICENSE" in licences.upper()
    about = (fonts / "README.md").read_text(encoding="utf-8").replace(" ", "")
    assert faces
    assert all(face in about for face in faces)
