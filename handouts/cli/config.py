"""The configuration file: the options' own names, for all commands or under one command's name. Strict YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import click

from handouts.errors import BadInput, Problem
from handouts.library.nearest import did_you_mean


class Settings(NamedTuple):
    """Options that count for every command, and those of single commands, by their names in Python."""

    shared: dict[str, Any]
    commands: dict[str, dict[str, Any]]

    def for_group(self) -> dict[str, Any]:
        """Click's defaults for the whole run: the shared options, and each command's under its name."""
        from handouts.cli.group import COMMANDS

        return {**self.shared, **{name: self.for_command(name) for name in COMMANDS}}

    def for_command(self, name: str) -> dict[str, Any]:
        """Click's defaults for one command; its own section wins."""
        return {**self.shared, **self.commands.get(name, {})}


def read_config(path: Path) -> Settings:
    """The settings in the file at `path`; folders and files in it start from its own folder.

    Raises FileTrouble, and BadInput for a name that no option has.
    """
    from handouts.cli.group import COMMANDS, handouts
    from handouts.library.yaml_reading import read_yaml

    document = read_yaml(path)
    context = click.Context(handouts, info_name="handouts", resilient_parsing=True)
    commands = {name: handouts.get_command(context, name) for name in COMMANDS}
    known = {name: _options(command) for name, command in commands.items() if command is not None}
    everyone = {
        **_options(handouts),
        **{name: option for options in known.values() for name, option in options.items()},
    }
    problems: list[Problem] = []

    def section(data: Any, where: tuple[str, ...], allowed: dict[str, click.Option]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if not isinstance(data, dict):
            line, column = document.place(where)
            problems.append(Problem(str(path), line, column, "expected 'option: value' lines"))
            return found
        for key, value in data.items():
            name = str(key).replace("-", "_")
            if name in allowed:
                if not all(str(one).isprintable() for one in (value if isinstance(value, list) else [value])):
                    line, column = document.place((*where, key))
                    problems.append(Problem(str(path), line, column, "an invisible control character", "remove it"))
                found[allowed[name].name or name] = _value(value, allowed[name], path.parent)
            elif where or key not in known:
                line, column = document.place((*where, key), key=True)
                names = [option.replace("_", "-") for option in allowed] + ([] if where else list(known))
                problems.append(Problem(str(path), line, column, f"no option '{key}'", did_you_mean(str(key), names)))
        return found

    data = document.data if document.data is not None else {}
    shared = section(data, (), everyone)
    inner = {
        name: section(data[name], (name,), known[name]) for name in known if isinstance(data, dict) and name in data
    }
    if problems:
        raise BadInput(problems)
    # What one command takes once, another takes several times.
    own = {
        name: {key: _listed(shared[key], option) for option in options.values() if (key := option.name or "") in shared}
        for name, options in known.items()
    }
    return Settings(shared, {name: {**own[name], **inner.get(name, {})} for name in known})


def _options(command: click.Command) -> dict[str, click.Option]:
    """The options that a configuration may set, by what one types: not those that only ask, such as `--help`."""
    from handouts.cli.group import typed_name

    options = (param for param in command.params if isinstance(param, click.Option))
    return {name: option for option in options if (name := typed_name(option)) not in ("config", "version")}


def _value(value: Any, option: click.Option, home: Path) -> Any:
    value = _listed(value, option)
    if isinstance(option.type, click.Path):
        if isinstance(value, list):
            return [str(home / str(one)) for one in value]
        return str(home / str(value)) + ("/" if str(value).endswith("/") else "")
    return value


def _listed(value: Any, option: click.Option) -> Any:
    return [value] if option.multiple and not isinstance(value, list) else value
