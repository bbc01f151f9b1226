"""Every command helps: with an example that runs, and with its part of docs/cli.md."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click
import pytest

from handouts.cli.commands import GROUPS, handouts
from handouts.cli.options import examples
from handouts.cli.run import run
from tests.terminal.examples import example_arguments
from tests.tools.write_cli_docs import PAGE, SCHEMA, cli_page, config_schema

ROOT = Path(__file__).parent.parent.parent
WITH_A_PERSON = {"build", "web"}
"""Commands that go on until a person ends them: tests/terminal/test_build_terminal.py and tests/web run them."""


def command_of(name: str) -> click.Command:
    command = handouts.get_command(click.Context(handouts, info_name="handouts"), name)
    assert command is not None
    return command


def examples_of(name: str) -> list[list[str]]:
    return example_arguments(command_of(name).epilog or "")


def takes_long(arguments: list[str]) -> bool:
    return "--all" in arguments


@pytest.fixture(scope="module")
def old_handout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("old") / "maria.pdf"
    assert run(["make", str(ROOT / "content/samples/maria.yaml"), "--date", "2026-01-05", "-o", str(path)]) == 0
    return path


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old_handout: Path) -> Path:
    """A folder as the examples expect it: the samples, a roster, a handout made before, a clinic's own content."""
    folder = tmp_path / "desk"
    shutil.copytree(ROOT / "content/samples", folder)
    shutil.copy(old_handout, folder / "maria.pdf")
    shutil.copy(folder / "roster.csv", folder / "monday.csv")
    (folder / "my-clinic/clinics").mkdir(parents=True)
    (folder / "my-clinic/clinics/riverside.yaml").write_text("name: Riverside Physio\nphone: 555-0100\n")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "BASH_COMPLETION_USER_DIR", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("name", handouts.commands)
def test_every_command_has_help_and_an_example_of_itself(name):
    command = command_of(name)
    assert command.help
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.help, f"{name} {param.opts[0]} has no help"
    found = example_arguments(command.epilog or "")
    assert found, f"{name} has no example: epilog=examples(...)"
    assert all(name in one for one in found)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in handouts.commands if name not in WITH_A_PERSON])
@pytest.mark.usefixtures("desk")
def test_every_example_does_what_it_shows(name, capsys):
    """In their order: a later one may need what an earlier one wrote."""
    for arguments in examples_of(name):
        if not takes_long(arguments):
            assert run(arguments) == 0, (arguments, capsys.readouterr().err)


@pytest.mark.slow
@pytest.mark.usefixtures("desk")
def test_every_long_example_does_what_it_shows(capsys):
    for arguments in (one for name in handouts.commands for one in examples_of(name) if takes_long(one)):
        assert run(arguments) == 0, (arguments, capsys.readouterr().err)


def test_an_example_is_read_as_a_shell_would():
    text = examples('handouts make --patient "Ana Ruiz"', "handouts show bridge  # everything about it")
    assert example_arguments(text) == [["make", "--patient", "Ana Ruiz"], ["show", "bridge"]]


def test_the_bare_command_helps_in_groups_and_whole_sentences(capsys):
    assert run([]) == 0
    shown = capsys.readouterr().out
    assert not [line for line in shown.splitlines() if line.endswith("...") and "Usage" not in line]
    for needed in ("Start with these three:", "handouts setup ", "handouts build ", "handouts packet ", *GROUPS):
        assert needed in shown
    assert {name for names in GROUPS.values() for name in names} == set(handouts.commands)


def test_help_shows_the_examples_line_by_line(capsys):
    assert run(["make", "--help"]) == 0
    assert "handouts make maria.yaml" in [line.strip() for line in capsys.readouterr().out.splitlines()]


def test_the_page_of_commands_is_the_one_the_commands_write():
    assert PAGE.read_text(encoding="utf-8") == cli_page(), "run: python -m tests.tools.write_cli_docs"


def test_the_schema_of_the_configuration_knows_every_option():
    assert SCHEMA.read_text(encoding="utf-8") == config_schema(), "run: python -m tests.tools.write_cli_docs"
    columns = json.loads(config_schema())["properties"]["columns"]["anyOf"][-1]
    assert {"first_name", "conditions", "password"} <= set(columns["additionalProperties"]["enum"])
