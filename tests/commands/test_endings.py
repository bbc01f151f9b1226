"""Every way in which a run can end, and its exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from handouts import __version__
from handouts.cli.commands import handouts as group

ROOT = Path(__file__).parents[2]


def test_version(handouts):
    assert handouts("--version") == (0, f"handouts {__version__}\n", "")


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_names_every_command(handouts, flag):
    ran = handouts(flag)
    assert ran.code == 0
    assert all(f"\n  {name} " in ran.out for name in group.commands)


@pytest.mark.parametrize("name", group.commands)
def test_every_command_and_every_option_has_its_help(handouts, name):
    assert handouts(name, "-h").code == 0
    command = group.get_command(None, name)
    assert command.help
    assert [param.name for param in command.params if param.param_type_name == "option" and not param.help] == []


def test_a_mistyped_command_is_told_the_nearest(handouts):
    ran = handouts("mkae")
    assert ran.code == 2
    assert "make" in ran.err


def test_a_bug_is_one_line_and_a_traceback_only_when_asked(handouts, monkeypatch):
    def broken(*_arguments, **_options):
        raise ZeroDivisionError("a slip")

    monkeypatch.setattr("handouts.cli.requested.screen", broken)
    ran = handouts("screen", "--exercise", "bridge")
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    assert "ZeroDivisionError: a slip" in ran.err
    assert "Traceback" in handouts("-v", "screen", "--exercise", "bridge").err


def test_ctrl_c(handouts, monkeypatch):
    def interrupted(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("handouts.cli.requested.screen", interrupted)
    assert handouts("screen", "--exercise", "bridge").code == 130


@pytest.mark.parametrize("start", [("-m", "handouts"), ("-c", "from handouts.cli import main; main()"), ("cli.py",)])
def test_ctrl_c_while_the_modules_are_loaded(tmp_path, start):
    # A job in the background does not hear Ctrl-C, unless it asks to.
    wakes = "import os, signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
    (tmp_path / "click.py").write_text(f"{wakes}os.kill(os.getpid(), signal.SIGINT)\n")
    command = [sys.executable, *start, "--version"]
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "stopped\n")


def test_a_reader_who_goes_away_is_no_error():
    command = f"{sys.executable} cli.py list exercises | head -n 1; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout[:2]) == (0, "id")
    assert "Error" not in ran.stderr


def completions(*words):
    from click.shell_completion import ShellComplete

    *before, incomplete = words
    found = ShellComplete(group, {}, "handouts", "_HANDOUTS_COMPLETE").get_completions(list(before), incomplete)
    return [one.value for one in found]


def test_the_shell_completes_ids():
    assert "osteoporosis" in completions("make", "--condition", "osteo")
    assert "partial-curl" in completions("screen", "--exercise", "partial")
    assert "low-back-starter" in completions("packet", "low-back-st")
    assert "palm-wellness" in completions("make", "--clinic", "palm")
    assert "partial-curl:osteoporosis=" in completions("make", "--override", "partial-curl:osteopor")
    assert "bridge" in completions("show", "brid")
