"""Writes docs/cli.md and the configuration's JSON Schema from the commands: `python -m tests.tools.write_cli_docs`.

A test holds both equal to what the commands are.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from handouts.batch.roster_columns import COLUMNS
from handouts.cli.commands import SETTINGS, handouts
from handouts.cli.config_file import options_of
from handouts.cli.options import NoteKinds, PaperSize
from handouts.resources import content_folder

PAGE = Path(__file__).parent.parent.parent / "docs" / "cli.md"
SCHEMA = content_folder() / "schemas" / "config.json"

HEAD = """\
# The commands

Written by `python -m tests.tools.write_cli_docs` from the commands themselves; change their help, not this page.

{table}

Data goes to standard output, talk to standard error. Exit codes: 0 done, 1 an internal fault, 2 usage, 3 bad content,
program or roster, 4 refused for safety, 5 a file or printer could not be read or written, 6 a batch in which not every
row was made, 130 stopped with Ctrl-C.

Every option can also be set by an environment variable, `HANDOUTS_<OPTION>` for all commands or
`HANDOUTS_<COMMAND>_<OPTION>` for one, and in the configuration file, where it stands under its own name for all
commands, or under a command's name for that one. A repeatable option takes several values: a list in the configuration,
parted by `;` in a variable (files and folders as in `PATH`). What counts: the option before the program file before the
environment before the configuration before the default. `handouts config` shows every setting and where it comes from.

## Everywhere

These stand before or after a command's name.

{everywhere}
"""


def cli_page() -> str:
    """The whole page."""
    context = click.Context(handouts, info_name="handouts", **SETTINGS)
    commands = {name: _command(context, name) for name in handouts.list_commands(context)}
    rows = [
        f"| [`handouts {name}`](#handouts-{name}) | {_cell(_paragraphs(one)[0])} |" for name, one in commands.items()
    ]
    everywhere = [option for option in handouts.get_params(context) if isinstance(option, click.Option)]
    known = {option.name for option in everywhere}
    parts = [HEAD.format(table="\n".join(["| command | what it does |", "| --- | --- |", *rows]),
                         everywhere="\n".join(_options(everywhere)))]  # fmt: skip
    parts += ["\n".join(_section(context, name, command, known)) + "\n" for name, command in commands.items()]
    return "\n".join(parts)


def config_schema() -> str:
    """The JSON Schema of a configuration file: every option, for all commands or under one command's name."""
    properties: dict[str, Any] = {}
    sections: dict[str, Any] = {}
    for name, command in {"": handouts, **handouts.commands}.items():
        own = {typed.replace("_", "-"): option for typed, option in options_of(command).items()}
        for typed, option in own.items():
            values = properties.setdefault(typed, {"description": option.help, "anyOf": []})["anyOf"]
            values += [one for one in _values(option) if one not in values]
        if name:
            inner = {typed: {"$ref": f"#/properties/{typed}"} for typed in sorted(own)}
            about = f"For `handouts {name}` alone."
            sections[name] = {"type": "object", "description": about, "properties": inner}
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The configuration of handouts: every option, and the map of a roster's columns",
        "type": "object",
    }
    # `packet` and `web` are commands and options.
    both = {
        name: {**one, "anyOf": [*one["anyOf"], sections[name]]} for name, one in properties.items() if name in sections
    }
    known = {**dict(sorted(properties.items())), **sections, **both}
    lines = ",\n".join(f"    {json.dumps(name)}: {json.dumps(one, ensure_ascii=False)}" for name, one in known.items())
    return json.dumps(head, indent=2)[:-2] + ',\n  "properties": {\n' + lines + "\n  }\n}\n"


def _values(option: click.Option) -> list[dict[str, Any]]:
    """What an option may be set to."""
    kind = option.type
    one: dict[str, Any] = {"type": "string"}
    if option.is_flag:
        one = {"type": "boolean"}
    elif isinstance(kind, click.IntRange):
        one = {"type": "integer", "minimum": kind.min, "maximum": kind.max}
    elif isinstance(kind, click.Choice):
        one = {"enum": list(kind.choices)}
    elif isinstance(kind, PaperSize):
        one = {"enum": ["letter", "a4", "Letter", "A4"]}
    several = [{"type": "array", "items": one}] if option.multiple or isinstance(kind, NoteKinds) else []
    ours = {"enum": sorted(COLUMNS)}
    return [one, *several, *([{"type": "object", "additionalProperties": ours}] if option.name == "columns" else [])]


def _command(context: click.Context, name: str) -> click.Command:
    command = handouts.get_command(context, name)
    assert command is not None
    return command


def _section(context: click.Context, name: str, command: click.Command, known: set[str | None]) -> Iterator[str]:
    inner = click.Context(command, info_name=name, parent=context)
    yield f"## handouts {name}\n"
    usage = " ".join(command.collect_usage_pieces(inner))
    yield f"    handouts {name} {usage}\n"
    for paragraph in _paragraphs(command):
        yield f"{paragraph}\n"
    own = [one for one in command.get_params(inner) if isinstance(one, click.Option) and one.name not in known]
    yield from _options([one for one in own if not one.hidden])
    yield ""
    yield from (f"    {line.strip()}" for line in (command.epilog or "").splitlines() if "handouts " in line)


def _options(options: list[click.Option]) -> Iterator[str]:
    yield "| option | |"
    yield "| --- | --- |"
    for option in options:
        names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
        # Click's own rendering knows the values that an option takes, and its default.
        shown = option.get_help_record(click.Context(handouts, show_default=option.show_default))
        assert shown is not None, option.name
        value = "" if option.is_flag else f" `{option.make_metavar(click.Context(handouts))}`"
        yield f"| {_cell(names + value)} | {_cell(shown[1])} |"


def _paragraphs(command: click.Command) -> list[str]:
    text = inspect.cleandoc(command.help or "").replace("\b\n", "")
    return [paragraph.strip() for paragraph in re.split(r"\n\s*\n", text)]


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


if __name__ == "__main__":
    PAGE.write_text(cli_page(), encoding="utf-8")
    SCHEMA.write_text(config_schema(), encoding="utf-8")
