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
Place = tuple[str, str]
"""A command's name, empty for what comes before it, and an option's name in Python."""


@dataclass(frozen=True)
class Settings:
    """Values for every command, and those of each command under its name, by the options' names in Python.

    `places` says where each value stands, as `file:line:column`.
    """

    default_map: dict[str, Any]
    places: dict[Place, str]


def usual_config() -> Path:
    """Where the configuration file is looked for when none is named."""
    return Path(click.get_app_dir("handouts")) / "config.yaml"


def read_config(path: Path, group: click.Group) -> Settings:
    """Read a configuration file of the options of a `group` of commands; paths in it start from its own folder.

    Raises:
        FileTrouble: The file cannot be read.
        BadInput: A name in it is no option, or a value none that the option takes; every problem is listed.
    """
    document = read_yaml(path)
    known = {name: options_of(command) for name, command in group.commands.items()}
    everyone = options_of(group)
    for options in known.values():
        everyone = {**everyone, **{name: option for name, option in options.items() if name not in everyone}}
    reader = _Reader(document, {"": everyone, **known})
    reader.section({} if document.data is None else document.data)
    if reader.problems:
        raise BadInput(reader.problems)
    return Settings(reader.values.pop("") | reader.values, reader.places)


def typed_name(option: click.Option) -> str:
    """What a user types for an option, with `_` for `-`: `--max` is `max`, whatever its name in Python."""
    long = next((name for name in option.opts if name.startswith("--")), option.opts[0])
    return long.lstrip("-").replace("-", "_")


def options_of(command: click.Command) -> Options:
    """The options that a configuration may set, by what a user types."""
    options = (param for param in command.params if isinstance(param, click.Option))
    return {name: option for option in options if (name := typed_name(option)) not in ("config", "version")}


class _Reader:
    """Reads the sections of one file, collecting every problem, and the values of every command with their places."""

    def __init__(self, document: Document, known: dict[str, Options]) -> None:
        """`known` has the options of every command, and under no name all of them."""
        self.problems: list[Problem] = []
        self.values: dict[str, dict[str, Any]] = {name: {} for name in known}
        self.places: dict[Place, str] = {}
        self._document, self._known = document, known

    def section(self, data: Any, command: str = "") -> None:
        """Read the whole file, whose values go to every command that takes them, or one command's own section."""
        where = (command,) if command else ()
        if not isinstance(data, dict):
            self._problem(*where, message="expected 'option: value' lines")
            return
        takers = [command] if command else list(self._known)
        sections, own = [] if command else takers[1:], {}
        for key, value in data.items():
            typed = str(key).replace("-", "_")
            options = {one: self._known[one][typed] for one in takers if typed in self._known[one]}
            # `packet` and `web` are commands and options.
            if key in sections and (not options or isinstance(value, dict)):
                own[key] = value
            elif options:
                self._take(value, options, (*where, key))
            else:
                hint = did_you_mean(str(key), [name.replace("_", "-") for name in self._known[command]] + sections)
                self._problem(*where, key, message=f"no option '{key}'", hint=hint, key=True)
        # What a command's own section says wins.
        for name, values in own.items():
            self.section(values, name)

    def _take(self, value: Any, options: Options, where: tuple[Any, ...]) -> None:
        """Give a value, with its paths made whole, to each command whose option takes it; a problem where none does."""
        # Such a value could act on a terminal or hide in a name that is printed.
        if not all(str(one).isprintable() for one in (value if isinstance(value, list) else [value])):
            self._problem(*where, message="an invisible control character", hint="remove it")
            return
        faults = [fault_of(value, option) for option in options.values()]
        if value is not None and all(faults):
            self._problem(*where, message=str(faults[0]))
        path, line, column = self._document.locate(where)
        value = _whole(value, next(iter(options.values())), Path(path).parent)
        for command, option in options.items():
            if not fault_of(value, option):
                self.values[command][option.name or ""] = _listed(value, option)
                self.places[command, option.name or ""] = f"{path}:{line}:{column}"

    def _problem(self, *where: Any, message: str, hint: str | None = None, key: bool = False) -> None:
        self.problems.append(Problem(*self._document.locate(where, key=key), message, hint))


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
