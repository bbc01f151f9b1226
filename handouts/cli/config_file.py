"""The configuration file: options under their own names, for all commands or under one command's name."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from handouts.errors import BadInput, Problem
from handouts.library.nearest import did_you_mean
from handouts.library.yaml_reading import Document, read_yaml

Options = dict[str, click.Option]
Place = tuple[str, str]
"""A command's name, empty for all commands, and an option's name in Python."""


@dataclass(frozen=True)
class Settings:
    """Values for every command, and those of each command under its name, by the options' names in Python.

    `places` says where each value stands, as `file:line:column`.
    """

    default_map: dict[str, Any]
    places: dict[Place, str]

    def place_of(self, command: str, option: str) -> str | None:
        """Where the value that this command takes for an option stands."""
        return self.places.get((command, option)) or self.places.get(("", option))


def usual_config() -> Path:
    """Where the configuration file is looked for when none is named."""
    return Path(click.get_app_dir("handouts")) / "config.yaml"


def read_config(path: Path, group: click.Group) -> Settings:
    """Read a configuration file; paths in it start from its own folder.

    Args:
        path: The file.
        group: The command line whose options may be set.

    Raises:
        FileTrouble: The file cannot be read.
        BadInput: A name in it is no option, or a value none that the option takes; every problem is listed.
    """
    document = read_yaml(path)
    data = document.data if document.data is not None else {}
    known = {name: options_of(command) for name, command in group.commands.items()}
    everyone: dict[str, list[click.Option]] = {}
    for options in (options_of(group), *known.values()):
        for name, option in options.items():
            everyone.setdefault(name, []).append(option)
    reader = _Reader(document)
    shared = reader.section(data, "", everyone, list(known))
    sections = {
        name: reader.section(data[name], name, {typed: [option] for typed, option in options.items()}, [])
        for name, options in known.items()
        if isinstance(data, dict) and name in data
    }
    if reader.problems:
        raise BadInput(reader.problems)
    commands = {name: {**_own(shared, known[name]), **sections.get(name, {})} for name in known}
    return Settings({**shared, **commands}, reader.places)


def typed_name(option: click.Option) -> str:
    """What a user types for an option, with `_` for `-`: `--max` is `max`, whatever its name in Python."""
    long = next((name for name in option.opts if name.startswith("--")), option.opts[0])
    return long.lstrip("-").replace("-", "_")


def options_of(command: click.Command) -> Options:
    """The options that a configuration may set, by what a user types."""
    options = (param for param in command.params if isinstance(param, click.Option))
    return {name: option for option in options if (name := typed_name(option)) not in ("config", "version")}


@dataclass
class _Reader:
    """Reads the sections of one file, collecting every problem and the place of every value."""

    document: Document
    problems: list[Problem] = field(default_factory=list)
    places: dict[Place, str] = field(default_factory=dict)

    def section(
        self, data: Any, command: str, allowed: dict[str, list[click.Option]], sections: list[str]
    ) -> dict[str, Any]:
        """The values of one command's section, or of the whole file; `sections` begin sections of their own."""
        where = (command,) if command else ()
        if not isinstance(data, dict):
            self._problem(*where, message="expected 'option: value' lines")
            return {}
        found: dict[str, Any] = {}
        for key, value in data.items():
            options = allowed.get(str(key).replace("-", "_"))
            if options:
                name = options[0].name or ""
                path, line, column = self.document.locate((*where, key))
                self.places[command, name] = f"{path}:{line}:{column}"
                found[name] = self._value(value, options, (*where, key))
            elif key not in sections:
                names = [name.replace("_", "-") for name in allowed] + sections
                hint = did_you_mean(str(key), names)
                self._problem(*where, key, message=f"no option '{key}'", hint=hint, key=True)
        return found

    def _value(self, value: Any, options: list[click.Option], where: tuple[Any, ...]) -> Any:
        """The value with its paths made whole; one that none of the options takes is a problem."""
        # Such a value could act on a terminal or hide in a name that is printed.
        if not all(str(one).isprintable() for one in (value if isinstance(value, list) else [value])):
            self._problem(*where, message="an invisible control character", hint="remove it")
            return None
        faults = [fault_of(value, option) for option in options]
        if value is not None and all(faults):
            self._problem(*where, message=str(faults[0]))
        return _whole(value, options[0], Path(self.document.path).parent)

    def _problem(self, *where: Any, message: str, hint: str | None = None, key: bool = False) -> None:
        self.problems.append(Problem(*self.document.locate(where, key=key), message, hint))


def fault_of(value: Any, option: click.Option) -> str | None:
    """Why an option does not take a value; None when it does."""
    if not option.multiple and (
        isinstance(value, dict) or (isinstance(value, list) and not getattr(option.type, "takes_list", False))
    ):
        return "expected one value"
    try:
        option.type_cast_value(click.Context(click.Command("config")), _listed(value, option))
    except click.BadParameter as error:
        return error.message
    return None


def _own(shared: dict[str, Any], options: Options) -> dict[str, Any]:
    """The shared values as one command takes them: several of one, or none of what only others take."""
    return {
        name: _listed(shared[name], option)
        for option in options.values()
        if (name := option.name or "") in shared and not fault_of(shared[name], option)
    }


def _whole(value: Any, option: click.Option, home: Path) -> Any:
    value = _listed(value, option)
    if value is not None and isinstance(option.type, click.Path):
        if isinstance(value, list):
            return [str(home / str(one)) for one in value]
        return str(home / str(value)) + ("/" if str(value).endswith("/") else "")  # a slash says that it is a folder
    return value


def _listed(value: Any, option: click.Option) -> Any:
    if option.multiple and isinstance(value, dict):
        return [f"{name}={one}" for name, one in value.items()]  # such as `columns: {Dx: conditions}`
    return [value] if option.multiple and not isinstance(value, list) else value
