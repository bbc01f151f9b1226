"""What must work with the oldest and the newest version of every dependency, on every supported Python.

Each command once, in a process of its own. Needs pytest alone, so that CI can run it in a bare environment:
`pytest -o addopts= --noconftest -m smoke tests/test_smoke.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.smoke, pytest.mark.slow]
ROOT = Path(__file__).parents[1]
MARIA = ROOT / "content" / "samples" / "maria.yaml"
ROSTER = "name,id,packet,exercises\nAna,a,low-back-starter,\nEva,e,,bridge 2x10; walking\n"


def handouts(folder: Path, *arguments: object) -> str:
    """Standard output of one command that runs in `folder`."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HANDOUTS_")}
    environment |= {"PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(folder / "settings")}
    command = [sys.executable, "-m", "handouts", *map(str, arguments)]
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def is_pdf(path: Path) -> bool:
    content = path.read_bytes()
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-64:]


@pytest.fixture
def maria(tmp_path: Path) -> Path:
    handouts(tmp_path, "make", MARIA, "-o", "maria.pdf")
    return tmp_path / "maria.pdf"


def test_make(maria):
    assert is_pdf(maria)


def test_packet(tmp_path):
    handouts(tmp_path, "packet", "neck-pain", "--language", "es", "--large-print", "-o", "neck.pdf")
    assert is_pdf(tmp_path / "neck.pdf")


def test_batch(tmp_path):
    (tmp_path / "monday.csv").write_text(ROSTER, encoding="utf-8")
    handouts(tmp_path, "batch", "monday.csv", "-o", "out", "--merge", "monday.pdf", "--report", "report.jsonl")
    statuses = [json.loads(line)["status"] for line in (tmp_path / "report.jsonl").read_text("utf-8").splitlines()]
    assert statuses == ["made", "made"]
    assert all(is_pdf(path) for path in [tmp_path / "monday.pdf", *(tmp_path / "out").glob("*.pdf")])


def test_revise(tmp_path, maria):
    record = json.loads(handouts(tmp_path, "revise", maria, "--level", "up", "-o", "next.pdf", "--json"))
    assert record["changes"]
    assert is_pdf(tmp_path / "next.pdf")


def test_a_locked_handout_is_opened_again(tmp_path):
    (tmp_path / "secret.txt").write_text("cañón 7\n", encoding="utf-8")
    handouts(tmp_path, "make", MARIA, "--password-file", "secret.txt", "-o", "locked.pdf")
    assert b"/Encrypt" in (tmp_path / "locked.pdf").read_bytes()
    handouts(tmp_path, "revise", "locked.pdf", "--password-file", "secret.txt", "-o", "next.pdf")
    assert is_pdf(tmp_path / "next.pdf")


def test_a_leaflet_is_appended(tmp_path, maria):
    alone = json.loads(handouts(tmp_path, "make", MARIA, "-o", "alone.pdf", "--json"))["pages"]
    record = json.loads(handouts(tmp_path, "make", MARIA, "--append", maria, "-o", "both.pdf", "--json"))
    assert record["pages"] == 2 * alone


def test_the_catalogue(tmp_path):
    handouts(tmp_path, "catalogue", "--region", "knee", "-o", "knee.pdf")
    assert is_pdf(tmp_path / "knee.pdf")


def test_screening_and_figures(tmp_path):
    assert json.loads(handouts(tmp_path, "screen", MARIA, "--json"))["status"] in ("ok", "caution")
    for ending in ("pdf", "svg", "png"):
        handouts(tmp_path, "show", "bridge", "--picture", f"bridge.{ending}")
        assert (tmp_path / f"bridge.{ending}").stat().st_size > 500
