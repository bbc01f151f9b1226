"""The configuration file: options under their own names, for all commands or under one command's name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from handouts.errors import BadInput, Problem
from handouts.library.nearest import did_you_mean
from handouts.library.yaml_reading import Document, read_yaml

Options = dict[str, click.Option]


@dataclass(frozen=True)
class Settings:
    """Values for every command, and the values of each command, by the options' names in Python."""

    shared: dict[str, Any]
    commands: dict[str, dict[str, Any]]

    def for_group(self) -> dict[str, Any]:
        """Click's `default_map` for the whole run."""
        return {**self.shared, **{name: self.for_command(name) for name in self.commands}}

    def for_command(self, name: str) -> dict[str, Any]:
        """Click's `default_map` for one command; its own section wins."""
        return {**self.shared, **self.commands.get(name, {})}


def read_config(path: Path, group: click.Group) -> Settings:
    """Read a configuration file; paths in it start from its own folder.

    Args:
        path: The file.
        group: The command line whose options may be set.

    Raises:
        FileTrouble: The file cannot be read.
        BadInput: A name in it is no option; every problem is listed.
    """
    document = read_yaml(path)
    data = document.data if document.data is not None else {}
    known = {name: _options(command) for name, command in group.commands.items()}
    everyone = {**_options(group), **{name: one for options in known.values() for name, one in options.items()}}
    problems: list[Problem] = []
    shared = _section(document, data, (), everyone, list(known), problems)
    sections = {
        name: _section(document, data[name], (name,), options, [], problems)
        for name, options in known.items()
        if isinstance(data, dict) and name in data
    }
    if problems:
        raise BadInput(problems)
    return Settings(shared, {name: {**_own(shared, known[name]), **sections.get(name, {})} for name in known})


def typed_name(option: click.Option) -> str:
    """What a user types for an option, with `_` for `-`: `--max` is `max`, whatever its name in Python."""
    long = next((name for name in option.opts if name.startswith("--")), option.opts[0])
    return long.lstrip("-").replace("-", "_")


def _section(
    document: Document,
    data: Any,
    where: tuple[str, ...],
    allowed: Options,
    sections: list[str],
    problems: list[Problem],
) -> dict[str, Any]:
    """The values of one section; `sections` are the names that begin sections of their own."""

    def problem(*step: Any, message: str, hint: str | None = None, key: bool = False) -> None:
        line, column = document.place((*where, *step), key=key)
        problems.append(Problem(document.path, line, column, message, hint))

    if not isinstance(data, dict):
        problem(message="expected 'option: value' lines")
        return {}
    found: dict[str, Any] = {}
    for key, value in data.items():
        option = allowed.get(str(key).replace("-", "_"))
        if option is not None:
            # Such a value could act on a terminal or hide in a name that is printed.
            if not all(str(one).isprintable() for one in (value if isinstance(value, list) else [value])):
                problem(key, message="an invisible control character", hint="remove it")
            found[option.name or ""] = _value(value, option, Path(document.path).parent)
        elif key not in sections:
            names = [name.replace("_", "-") for name in allowed] + sections
            problem(key, message=f"no option '{key}'", hint=did_you_mean(str(key), names), key=True)
    return found


def _options(command: click.Command) -> Options:
    """The options that a configuration may set, by what a user types."""
    options = (param for param in command.params if isinstance(param, click.Option))
    return {name: option for option in options if (name := typed_name(option)) not in ("config", "version")}


def _own(shared: dict[str, Any], options: Options) -> dict[str, Any]:
    """The shared values as one command takes them: what others take once, it may take several times."""
    return {name: _listed(shared[name], option) for option in options.values() if (name := option.name or "") in shared}


def _value(value: Any, option: click.Option, home: Path) -> Any:
    value = _listed(value, option)
    if isinstance(option.type, click.Path):
        if isinstance(value, list):
            return [str(home / str(one)) for one in value]
        return str(home / str(value)) + ("/" if str(value).endswith("/") else "")  # a slash says that it is a folder
    return value


def _listed(value: Any, option: click.Option) -> Any:
    if option.multiple and isinstance(value, dict):
        return [f"{name}={one}" for name, one in value.items()]  # such as `columns: {Dx: conditions}`
    return [value] if option.multiple and not isinstance(value, list) else value
