"""`handouts build` in a real terminal of 80 × 24: what stands on the screen, what Ctrl-C leaves, what is written."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from handouts.cli.commands import handouts
from handouts.cli.run import run
from handouts.drafting.draft import Draft, DraftCondition, DraftExercise, DraftHistory
from handouts.drafting.draft_changes import take_step
from handouts.drafting.draft_files import new_draft_file, saved_drafts
from handouts.drawing import Drawing, Fill
from handouts.layout.picture_file import BLOCKS, block_art
from tests.terminal.examples import example_arguments
from tests.terminal.terminal import Terminal

ROOT = Path(__file__).parent.parent.parent
DOWN, CTRL_C, CTRL_Z = "\x1b[B", "\x03", "\x1a"
Build = Callable[..., Terminal]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "desk").mkdir()
    kept = {name: value for name, value in os.environ.items() if name == "PATH"}
    return {**kept, "HOME": str(tmp_path), "TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}


@pytest.fixture
def build(env: dict[str, str], tmp_path: Path) -> Build:
    def start(*options: str, **more: str) -> Terminal:
        command = [sys.executable, str(ROOT / "cli.py"), "build", *options]
        return Terminal(command, {**env, **more}, cwd=str(tmp_path / "desk"))

    return start


def drafts(tmp_path: Path) -> Path:
    return tmp_path / ".config/handouts/drafts"


def to_the_exercises(terminal: Terminal, *conditions: str) -> None:
    terminal.wait_for("The patient's name:")
    terminal.type("Ana Ruiz\r")
    terminal.wait_for("clinic's number")
    terminal.type("A-7\r")
    for condition in (*conditions, ""):
        terminal.wait_for("Type to search")
        terminal.type(f"{condition}\r")
    terminal.wait_for("Start from the packet")
    terminal.type("\r")
    terminal.wait_for("Add the exercise")


@pytest.mark.slow
def test_a_program_is_built_and_makes_the_same_handout(build, env, tmp_path):
    desk = tmp_path / "desk"
    with build("--clinic", "palm-wellness", "-o", "ana.yaml", NO_COLOR="1") as terminal:
        to_the_exercises(terminal, "osteoporosis")
        terminal.type("sit to st")
        terminal.wait_for("Sit to stand (knee, sitting)")
        terminal.type(DOWN)
        screen = terminal.wait_for("no rule fires")
        assert "knee, sitting, strength" in screen
        assert any(block in screen for block in BLOCKS[1:]), "no picture"
        terminal.type("\r")
        terminal.wait_for("5 to 10 times.")
        terminal.type("\x152x")
        terminal.wait_for("expected a number")
        terminal.type("8\r")
        terminal.wait_for("minutes a day")
        terminal.type("partial-curl\r")
        terminal.wait_for("NOT with osteoporosis")
        terminal.type("\r\r")
        terminal.wait_for("What next?")
        terminal.type("make\r")
        terminal.wait_for(".pdf")
        terminal.type("quit\r")
        assert terminal.end() == 0
        assert not terminal.screen.coloured
        assert "ana.yaml" in terminal.screen.everything()
    assert not list(drafts(tmp_path).iterdir())
    [made] = desk.glob("*.pdf")
    for arguments in (["check", "ana.yaml"], ["make", "ana.yaml", "-o", "again.pdf"]):
        subprocess.run([sys.executable, str(ROOT / "cli.py"), *arguments], env=env, cwd=desk, check=True)
    assert (desk / "again.pdf").read_bytes() == made.read_bytes()


@pytest.mark.slow
def test_ctrl_c_loses_nothing_and_the_draft_is_offered_again(build, tmp_path):
    with build() as terminal:
        to_the_exercises(terminal)
        terminal.type("bird-dog\r")
        terminal.wait_for("Dose of bird-dog")
        terminal.type("\r")
        terminal.wait_for("minutes a day")
        terminal.type(CTRL_C)
        assert terminal.end() == 130
        assert str(drafts(tmp_path)) in terminal.screen.everything().replace("\n", "")
    [(draft_file, history)] = saved_drafts(drafts(tmp_path))
    assert draft_file.path.stat().st_mode & 0o777 == 0o600
    assert history.draft.exercise_ids == ("bird-dog",)
    with build() as terminal:
        terminal.wait_for("A draft is kept: Ana Ruiz, 1 exercise")
        terminal.type("\r")
        terminal.wait_for("1 bird-dog")
        terminal.wait_for("Type to search")
        terminal.type(CTRL_Z)
        terminal.wait_for("Taken back: the exercise bird-dog")
        terminal.type(CTRL_C)
        assert terminal.end() == 130
    with build() as terminal:
        terminal.wait_for("A draft is kept")
        terminal.type("d\r")
        terminal.wait_for("The patient's name:")
        terminal.type(CTRL_C)
        assert terminal.end() == 130
    assert saved_drafts(drafts(tmp_path)) == []


def test_a_terminal_without_unicode_gets_words_alone(build):
    with build(LANG="C", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0") as terminal:
        to_the_exercises(terminal)
        terminal.type("sit-to-stand")
        screen = terminal.wait_for("knee, sitting, strength")
        assert not any(block in screen for block in BLOCKS[1:])


def test_a_draft_of_another_library_is_left_where_it_is(build, tmp_path):
    gone = Draft(
        date="2026-11-22",
        conditions=(DraftCondition(condition="gone"),),
        exercises=(DraftExercise(exercise="x", dose="1x5"),),
    )
    draft_file = new_draft_file(drafts(tmp_path), dt.datetime(2026, 11, 22, tzinfo=dt.UTC))
    draft_file.save(take_step(DraftHistory(draft=Draft(date="2026-11-22")), "all", gone))
    with build() as terminal:
        terminal.wait_for("A draft is kept")
        terminal.type("y\r")
        assert terminal.end() == 3
        assert "the library lacks gone, x" in terminal.screen.everything().replace("\n", "")
    assert draft_file.path.exists()


def test_without_a_terminal_it_says_what_to_use(capsys):
    assert run(["build"]) == 2
    assert "handouts make" in capsys.readouterr().err


def test_the_examples_begin(build):
    command = handouts.commands["build"]
    for _, *options in example_arguments(command.epilog or ""):
        with build(*options) as terminal:
            terminal.wait_for("The patient's name:")


def test_block_art_keeps_shapes_and_leaves_paper_to_the_terminal():
    """A red square in the lower left quarter of a white one."""
    square = (("m", 0.0, 0.0), ("l", 20.0, 0.0), ("l", 20.0, 20.0), ("l", 0.0, 20.0), ("h",))
    drawing = Drawing("key", 40.0, 40.0, (Fill(square, (1.0, 0.0, 0.0)),))
    [above, below] = block_art(drawing, 80, 2, colour=True)
    assert [cell.sign for cell in above] == [" "] * 4
    assert [cell.sign for cell in below] == ["█", "█", " ", " "]
    assert below[0].front == (255, 0, 0)
    assert {cell.back for cell in (*above, *below)} == {None}
    plain = block_art(drawing, 80, 2, colour=False)
    assert {cell.front for row in plain for cell in row} == {None}
    assert [cell.sign for cell in plain[1]] == ["█", "█", " ", " "]
