"""Where a value comes from: option, program file, environment, configuration; and what the configuration may hold."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from handouts.cli.commands import handouts as command_line

from .conftest import BRIDGE


def config(text, path="config.yaml"):
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")
    return path


def test_option_over_file_over_environment_over_configuration(handouts, program, monkeypatch):
    settings = config("patient-id: from-config")
    bare, file = program("bare.yaml"), program("file.yaml", patient={"name": "Ana", "id": "from-file"})

    def patient_id(*arguments):
        return handouts("--config", settings, "screen", "--json", *arguments).json["program"]["id"]

    assert patient_id(bare) == "from-config"
    monkeypatch.setenv("HANDOUTS_SCREEN_PATIENT_ID", "from-environment")
    assert patient_id(bare) == "from-environment"
    assert patient_id(file) == "from-file"
    assert patient_id(file, "--patient-id", "from-option") == "from-option"


def test_a_condition_from_anywhere_counts(handouts, program, monkeypatch):
    monkeypatch.setenv("HANDOUTS_SCREEN_CONDITION", "osteoporosis; glaucoma")
    file = program(exercises=["partial-curl"])
    ran = handouts("screen", file, "--json")
    assert ran.code == 4
    assert {one["condition"] for one in ran.json["findings"]} == {"osteoporosis", "glaucoma"}


def test_every_option_is_known_by_what_one_types(handouts, monkeypatch):
    """Also where the word means something else to Python: `--json`, `--max`."""
    monkeypatch.setenv("HANDOUTS_SCREEN_JSON", "1")
    monkeypatch.setenv("HANDOUTS_SCREEN_MAX", "2")
    assert len(handouts("screen", "--region", "knee").json["program"]["exercises"]) == 2
    assert handouts("screen", "--region", "knee", "--max", "3").json["program"]["exercises"][2]
    monkeypatch.undo()


def test_the_configuration_knows_options_by_what_one_types(handouts):
    for text in ("json: true\nmax: 2", "screen: {json: true, max: 2}"):
        assert len(handouts("--config", config(text), "screen", "--region", "knee").json["program"]["exercises"]) == 2


def test_a_commands_own_section_wins(handouts):
    settings = config("language: es\nscreen:\n  language: en\n")
    assert handouts("screen", *BRIDGE, "--config", settings, "--json").json["program"]["language"] == "en"
    settings = config("language: es\n")
    assert handouts("screen", *BRIDGE, "--config", settings, "--json").json["program"]["language"] == "es"


def test_a_command_that_an_option_is_called_like_has_a_section_too(handouts):
    settings = config("packet: neck-pain\nscreen: {json: true}\n")
    assert handouts("--config", settings, "screen").json["program"]["packet"] == "neck-pain"
    settings = config("packet: {paper: a4}\n")
    shown = {one["name"]: one["value"] for one in handouts("--config", settings, "config", "--json").json}
    assert shown["packet.paper"] == ["a4"]


def test_the_usual_place(handouts, tmp_path):
    config("language: es\n", tmp_path / "settings" / "handouts" / "config.yaml")
    assert handouts("screen", *BRIDGE, "--json").json["program"]["language"] == "es"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lanuage: es", "config.yaml:1:1: no option 'lanuage' (did you mean language"),
        ("make:\n  large-prnt: true", "config.yaml:2:3: no option 'large-prnt' (did you mean large-print"),
        ("make: large", "config.yaml:1:"),
        ("language: en\nlanguage: es", "config.yaml:2:1:"),
        ("- language", "config.yaml:1:1:"),
        ("language: en\npaper: a5", "config.yaml:2:8: 'a5' is no paper: it is letter or a4"),
        ("make: {log-weeks: 99}", "config.yaml:1:19: 99 is not in the range"),
        ("clinic: [a, b]", "config.yaml:1:9: expected one value"),
    ],
)
def test_a_mistake_in_the_configuration_is_shown_with_its_place(handouts, text, said):
    ran = handouts("--config", config(text), "screen", *BRIDGE)
    assert ran.code == 3
    assert said in ran.err


def test_a_bad_value_in_the_configuration_names_it(handouts):
    ran = handouts("--config", config("clinic: palm-welness"), "screen", *BRIDGE)
    assert ran.code == 3
    assert "config.yaml:1:9: unknown clinic 'palm-welness' (did you mean palm-wellness?)" in ran.err


@pytest.mark.parametrize("command", [("make", *BRIDGE), ("packet", "neck-pain"), ("screen", *BRIDGE)])
@pytest.mark.parametrize("variable", ["HANDOUTS_PAPER", "HANDOUTS_{}_PAPER"])
def test_a_bad_value_in_the_environment_names_the_variable(handouts, monkeypatch, command, variable):
    variable = variable.format(command[0].upper())
    monkeypatch.setenv(variable, "a5")
    ran = handouts(*command)
    assert ran.code == 2
    assert f"{variable}: 'a5'" in ran.err
    assert "--paper" not in ran.err


def test_a_variable_without_a_commands_name_is_for_all_of_them(handouts, monkeypatch):
    monkeypatch.setenv("HANDOUTS_CLINIC", "palm-wellness")
    assert handouts("screen", *BRIDGE, "--json").json["program"]["clinic"] == "palm-wellness"
    monkeypatch.setenv("HANDOUTS_SCREEN_CLINIC", "neutral")
    assert handouts("screen", *BRIDGE, "--json").json["program"]["clinic"] == "neutral"


def test_a_variable_that_nothing_reads_is_named_and_a_mistyped_one_refused(handouts, monkeypatch):
    monkeypatch.setenv("HANDOUTS_ZZZ", "1")
    ran = handouts("list", "clinics")
    assert ran.code == 0
    assert "HANDOUTS_ZZZ sets nothing" in ran.err
    monkeypatch.setenv("HANDOUTS_MAKE_CONDITON", "osteoporosis")
    ran = handouts("make", *BRIDGE)
    assert ran.code == 2
    assert "HANDOUTS_MAKE_CONDITION" in ran.err


def test_config_shows_every_setting_and_where_it_comes_from(handouts, monkeypatch):
    monkeypatch.setenv("HANDOUTS_LANGUAGE", "es")
    settings = config("clinic: palm-wellness\npaper: letter\nmake:\n  paper: a4\n")
    shown = {one["name"]: one for one in handouts("--config", settings, "config", "--library", "own", "--json").json}
    assert shown["clinic"] == {
        "name": "clinic", "value": "palm-wellness", "source": "config", "from": "config.yaml:1:9"
    }  # fmt: skip
    assert (shown["paper"]["value"], shown["make.paper"]["value"]) == ("letter", "a4")
    assert (shown["language"]["source"], shown["language"]["from"]) == ("environment", "HANDOUTS_LANGUAGE")
    assert (shown["library"]["value"], shown["library"]["source"]) == (["own"], "option")
    assert (shown["copies"]["value"], shown["copies"]["source"]) == (1, "default")
    lines = handouts("config", "--config", settings).out.splitlines()
    assert any(line.split() == ["clinic", "palm-wellness", "config", "config.yaml:1:9"] for line in lines)


def test_a_library_that_is_not_there_is_named_with_who_named_it(handouts, monkeypatch):
    assert "config.yaml:1:10" in handouts("--config", config("library: nowhere"), "list").err
    monkeypatch.setenv("HANDOUTS_LIBRARY", "nowhere")
    assert "HANDOUTS_LIBRARY" in handouts("list").err


def test_every_repeatable_option_takes_several_values_from_the_environment():
    for command in command_line.commands.values():
        for option in command.params:
            if isinstance(option, click.Option) and option.multiple:
                assert option.type.envvar_list_splitter, f"{command.name} {option.opts[0]}"


def test_a_missing_configuration_is_an_error(handouts):
    ran = handouts("--config", "nowhere.yaml", "screen", *BRIDGE, "--json")
    assert (ran.code, ran.json["problems"]) == (5, ["nowhere.yaml: there is no such file"])


OWN = """name: Our own bridge
region: low-back
goal: strength
position: supine
equipment: [mat]
bed_ok: true
sides: none
muscles: [gluteus maximus]
movements: [hip-loaded]
dose: 1x5
dose_source: palm-wellness-back
dose_basis: recalled
rep_s: 4
purpose: Makes you strong.
setup: Lie on your back.
steps: [Lift your hips.]
feel: Your hips work.
picture: {}
reviewed: null
"""


@pytest.fixture
def own_library(alone):
    path = alone / "own" / "exercises" / "low-back" / "bridge.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(OWN, encoding="utf-8")
    return alone / "own"


@pytest.mark.parametrize("place", ["before", "after", "environment", "configuration"])
def test_the_clinics_own_content_wins(handouts, own_library, monkeypatch, place):
    name = ["list", "--search", "our own bridge", "--json"]
    arguments = {
        "before": ["--library", own_library, *name],
        "after": [*name, "--library", own_library],
        "environment": name,
        "configuration": ["--config", config("library: own"), *name],
    }[place]
    if place == "environment":
        monkeypatch.setenv("HANDOUTS_LIBRARY", str(own_library))
    assert [one["name"] for one in handouts(*arguments).json] == ["Our own bridge"]


@pytest.mark.usefixtures("own_library")
def test_an_option_adds_to_the_configured_library_and_wins(handouts, alone):
    settings = config("library: own\n")
    theirs = alone / "theirs/exercises/low-back/bridge.yaml"
    theirs.parent.mkdir(parents=True)
    theirs.write_text(OWN.replace("Our own", "Their"), encoding="utf-8")
    for arguments in (["--library", "theirs", "list"], ["list", "--library", "theirs"]):
        found = handouts("--config", settings, *arguments, "--search", "their bridge", "--json").json
        assert "Their bridge" in [one["name"] for one in found]


def test_a_library_that_is_not_there(handouts):
    assert handouts("--library", "nowhere", "list").code == 5


def test_colour_only_at_a_terminal_and_never_against_a_wish(handouts, monkeypatch):
    assert "\x1b[" not in handouts("list", "clinics").out
    monkeypatch.setattr("click._compat.isatty", lambda _stream: True)
    assert "\x1b[" in handouts("list", "clinics").out
    assert "\x1b[" not in handouts("--no-color", "list", "clinics").out
    assert "\x1b[" not in handouts("list", "clinics", "--no-color").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in handouts("list", "clinics").out
