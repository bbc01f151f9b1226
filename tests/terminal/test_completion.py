"""Tab completes commands, options and ids with their names, in real shells where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from handouts.cli.completion import FIRST_LINE, SHELLS
from handouts.cli.run import run
from handouts.library.yaml_reading import peek_text
from tests.terminal.terminal import Terminal

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """An environment of a user who has `handouts` on the path and no settings."""
    binaries = tmp_path / "bin"
    binaries.mkdir()
    (binaries / "handouts").write_text(f'#!/bin/sh\nexec {sys.executable} {ROOT / "cli.py"} "$@"\n')
    (binaries / "handouts").chmod(0o755)
    (tmp_path / "home").mkdir()
    path = f"{binaries}:{os.environ['PATH']}"
    return {"PATH": path, "HOME": str(tmp_path / "home"), "TERM": "xterm", "LANG": "C.UTF-8", "PS1": "$ "}


def answer(env: dict[str, str], line: str) -> list[list[str]]:
    asked = {**env, "COMP_LINE": line, "_HANDOUTS_COMPLETE": "bash_complete"}
    done = subprocess.run(["handouts"], env=asked, capture_output=True, text=True, check=True, cwd=env["HOME"])
    assert done.stderr == ""
    return [row.split("\t") for row in done.stdout.splitlines() if row]


def also_slow(*case: object) -> object:
    return pytest.param(*case, marks=pytest.mark.slow)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("handouts show brid", ["plain", "bridge", "Bridge"]),
        ("handouts make --exercise quad-se", ["plain", "quad-set", "Thigh tightening"]),
        ('handouts make --exercise "brid', ["plain", "bridge", "Bridge"]),
        also_slow("handouts make --packet low-back-st", ["plain", "low-back-starter", "Low back: getting started"]),
        also_slow("handouts make --clinic palm", ["plain", "palm-wellness", "Palm Wellness Center"]),
        also_slow("handouts make --language e", ["plain", "es", "Español"]),
        ("handouts make --override bridge:glauc", ["plain", "bridge:glaucoma=", "High eye pressure (glaucoma)"]),
        ("handouts make --larg", ["plain", "--large-print", "18-point type, laid out anew."]),
        ("handouts make ", ["file", "", ""]),
        ("handouts show maria.p", ["file", "maria.p"]),
        also_slow("handouts comp", ["plain", "completion"]),
    ],
)
def test_what_tab_offers(env, line, found):
    assert found in [row[: len(found)] for row in answer(env, line)]


def test_conditions_with_an_equals_sign_are_completed_too(env):
    assert [row[1] for row in answer(env, "handouts screen --condition=osteoporosi")] == ["osteoporosis"]


def test_a_dose_is_not_completed(env):
    assert answer(env, 'handouts make --exercise "bridge 3x') == []


def test_a_clinics_own_ids_are_offered_when_its_folder_stands_in_the_settings(env, tmp_path):
    own = tmp_path / "own"
    (own / "clinics").mkdir(parents=True)
    (own / "clinics" / "riverside.yaml").write_text("name: Riverside Physio\n")
    settings = Path(env["HOME"]) / ".config/handouts"
    settings.mkdir(parents=True)
    (settings / "config.yaml").write_text(f"library: {own}\n")
    assert ["plain", "riverside", "Riverside Physio"] in answer(env, "handouts make --clinic river")


def test_a_library_that_cannot_be_read_says_nothing_at_tab(env):
    assert answer(env, "handouts --library nowhere show bri") == []


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"# a clinic\nname: Riverside # by the mill\nphone: 1\n", "Riverside"),
        (b'name: "By: the mill"\n', "By: the mill"),
        (b"name:\n  Riverside\n", None),
        (b"name: By\n  the mill\n", None),
        (b"name: [a]\n", None),
        (b"name: 'unclosed\n", None),
        (b"phone: 1\n", None),
    ],
)
def test_a_name_is_read_from_its_line_or_not_at_all(tmp_path, content, name):
    (tmp_path / "one.yaml").write_bytes(content)
    assert peek_text(tmp_path / "one.yaml", "name") == name


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_sound(shell, capsys, tmp_path):
    assert run(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert script.startswith(FIRST_LINE[shell])
    if program := shutil.which(shell):
        path = tmp_path / "script"
        path.write_text(script)
        subprocess.run([program, "-n", str(path)], check=True)


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not here")
def test_a_bash_without_nosort_completes_all_the_same(capsys, tmp_path):
    assert run(["completion", "bash"]) == 0
    old = 'complete() { [[ $* == *nosort* ]] && return 2; builtin complete "$@"; }\n'
    (tmp_path / "script").write_text(old + capsys.readouterr().out + "complete -p handouts\n")
    ran = subprocess.run(["bash", tmp_path / "script"], check=True, capture_output=True, text=True)
    assert "-F _handouts_completion handouts" in ran.stdout


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not here")
def test_bash_inserts_an_id_and_lists_names(env):
    with Terminal(["bash", "--norc", "-i"], env, cwd=env["HOME"]) as terminal:
        terminal.type("source <(handouts completion bash)\necho ready$((1+1))\n")
        terminal.wait_for("ready2\n$")
        terminal.type("handouts make --override bridge:osteoporosi\t")
        terminal.wait_for("--override bridge:osteoporosis=")
        terminal.type("\x15clear; handouts show quad-\t\t\t")
        terminal.wait_for("handouts show quad-s")
        terminal.type("\t\t")
        terminal.wait_for("quad-set               (Thigh tightening)")


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not here")
def test_fish_inserts_an_id(env):
    with Terminal(["fish", "--no-config", "-i"], env, cwd=env["HOME"]) as terminal:
        terminal.type("handouts completion fish | source\necho ready(math 1+1)\n")
        terminal.wait_for("ready2")
        terminal.type("handouts make --condition=osteoporosi\t")
        terminal.wait_for("--condition=osteoporosis")


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not here")
def test_zsh_inserts_an_id(env):
    with Terminal(["zsh", "-f", "-i"], env, cwd=env["HOME"]) as terminal:
        terminal.type("autoload -Uz compinit; compinit -u; source <(handouts completion zsh); echo ready$((1+1))\n")
        terminal.wait_for("ready2")
        terminal.type("handouts make --condition=osteoporosi\t")
        terminal.wait_for("--condition=osteoporosis")


@pytest.mark.parametrize(
    ("shell", "place"),
    [
        ("bash", "data/bash-completion/completions/handouts"),
        ("zsh", "data/zsh/site-functions/_handouts"),
        ("fish", "settings/fish/completions/handouts.fish"),
    ],
)
def test_install_writes_where_the_shell_looks(shell, place, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.delenv("BASH_COMPLETION_USER_DIR", raising=False)
    for _ in range(2):  # a second time replaces the first
        assert run(["completion", shell, "--install"]) == 0
        assert capsys.readouterr().out.strip() == str(tmp_path / place)
    assert (tmp_path / place).read_text().startswith(FIRST_LINE[shell])
    (tmp_path / place).write_text("# mine\n")
    assert run(["completion", shell, "--install"]) == 5
    assert (tmp_path / place).read_text() == "# mine\n"
