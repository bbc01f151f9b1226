"""What every command shares: the library folders, the configuration file, how much to say. One session a run."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cached_property, update_wrapper
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar, get_args

import click
from click.core import ParameterSource

from handouts.cli.config_file import Settings, read_config, typed_name, usual_config
from handouts.errors import FileTrouble
from handouts.library import Library
from handouts.library.nearest import either, nearest
from handouts.model import NoteKind
from handouts.programs import open_library

Command = TypeVar("Command", bound=Callable[..., Any])
T = TypeVar("T")
FILE = click.Path(path_type=Path, readable=False)
"""A file or folder; whether it can be read is said by what reads it, and is no slip of use."""


class Session:
    """The settings of a run; the library is read when a command first asks for it."""

    def __init__(self) -> None:
        self.folders: dict[Path, str] = {}
        """The library folders, each with where it was named; the last one wins."""
        self.config: Path | None = None
        self.settings: Settings | None = None
        self.verbose = False
        self.quiet = False
        self.as_json = False
        self.notes: frozenset[NoteKind] = frozenset(get_args(NoteKind))
        """The kinds of notes to tell; `safety` is told whatever is chosen."""

    def shows(self, kind: NoteKind) -> bool:
        """Whether notes of this kind are told on standard error."""
        return kind == "safety" or (kind in self.notes and not self.quiet)

    @cached_property
    def library(self) -> Library:
        """The built-in library with the folders of `--library` over it."""
        for folder, named in self.folders.items():
            if not folder.is_dir():
                raise FileTrouble(str(folder), f"no such folder (named in {named})")
        return open_library(*self.folders)


def session_of(ctx: click.Context) -> Session:
    """The session of a run; a new one when a shell only asks for completions."""
    return ctx.ensure_object(Session)


def runs(module: str) -> Callable[[Callable[[], None]], Callable[..., Any]]:
    """The callback of a command that a module of this name, loaded then, runs; what it decorates has only the help."""

    def callback_of(described: Callable[[], None]) -> Callable[..., Any]:
        def callback(ctx: click.Context, /, **options: Any) -> Any:
            return import_module(f"handouts.cli.{module}").run(ctx, **options)

        return session_options(click.pass_context(update_wrapper(callback, described)))

    return callback_of


def check_settings(ctx: click.Context) -> None:
    """Stop a run whose configuration file is missing, or whose environment has a variable that nothing reads.

    Raises:
        FileTrouble: The configuration file that was named is not there.
        click.UsageError: A variable is named nearly as a known one: what it sets would be lost.
    """
    group = ctx.find_root().command
    assert isinstance(group, click.Group)
    session = session_of(ctx)
    if session.config and session.settings is None:
        read_config(session.config, group)
    known = {name for one in group.commands.values() for param in one.params for name in param.envvar or ()}
    for name in sorted(os.environ):
        if name.startswith("HANDOUTS_") and name not in known:
            if near := nearest(name.removeprefix("HANDOUTS_"), [one.removeprefix("HANDOUTS_") for one in known]):
                hint = either([f"HANDOUTS_{'_'.join(one.split())}" for one in near])
                raise click.UsageError(f"The variable {name} sets nothing; did you mean {hint}?", ctx)
            click.secho(f"the variable {name} sets nothing: no option has this name", err=True)


def source_of(ctx: click.Context, param: click.Parameter) -> tuple[str, str]:
    """Where an option's value comes from: `option`, `environment`, `config` or `default`, and the place by its name."""
    source = ctx.get_parameter_source(param.name or "")
    typed = typed_name(param) if isinstance(param, click.Option) else param.name or ""
    if source is ParameterSource.COMMANDLINE:
        return "option", f"--{typed.replace('_', '-')}"
    if source is ParameterSource.ENVIRONMENT:
        named = (name for name in param.envvar or () if os.environ.get(name))
        return "environment", next(named, f"HANDOUTS_{typed}".upper())
    if source is ParameterSource.DEFAULT_MAP and (settings := session_of(ctx).settings):
        command = ctx.info_name or "" if ctx.parent else ""
        return "config", settings.places.get((command, param.name or "")) or str(session_of(ctx).config)
    return "default", ""


def together(*options: Callable[[Any], Any]) -> Callable[[Command], Command]:
    """One decorator for several options, which help lists in the order given here."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def _add_folders(ctx: click.Context, param: click.Parameter, folders: tuple[Path, ...]) -> None:
    session, (source, place) = session_of(ctx), source_of(ctx, param)
    named = {folder: place for folder in folders if folder not in session.folders}
    # An option adds to the configured library, whose clinic stays known, and wins over it, wherever it stands.
    session.folders = {**session.folders, **named} if source == "option" else {**named, **session.folders}


def _read_config(ctx: click.Context, _param: click.Parameter, path: Path | None) -> None:
    is_group = ctx.parent is None
    # The usual file is read once, for the whole command line; a command's own --config comes after it.
    if path is None and is_group:
        path = usual if (usual := usual_config()).is_file() else None
    if path is None:
        return
    group = ctx.find_root().command
    assert isinstance(group, click.Group)
    session = session_of(ctx)
    session.config = path
    # `setup` writes the file; every other command is stopped before it begins.
    if not path.exists() and not ctx.resilient_parsing and (is_group or ctx.info_name == "setup"):
        return
    session.settings = settings = read_config(path, group)  # also for completion: the library may be set there
    ctx.find_root().default_map = settings.default_map
    if not is_group:
        ctx.default_map = settings.default_map.get(ctx.info_name or "", {})


def remember(ctx: click.Context, param: click.Parameter, value: T) -> T:
    """Keep a value in the session, given before the command's name or after it; the callback of such options."""
    if value:
        setattr(session_of(ctx), param.name or "", value)
    return value


def _no_colour(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value or os.environ.get("NO_COLOR"):
        ctx.color = False


session_options = together(
    click.option("--config", type=FILE, is_eager=True, expose_value=False, callback=_read_config, metavar="FILE",
                 help="Read settings from FILE instead of the usual place; `handouts config` names it."),
    click.option("--library", type=FILE, multiple=True, expose_value=False, callback=_add_folders, metavar="DIR",
                 help="The clinic's own content; its items win over the built-in ones. Repeatable."),
    click.option("-v", "--verbose", is_flag=True, expose_value=False, callback=remember,
                 help="Say more; show where a fault happened."),
    click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=remember,
                 help="Say only what went wrong, and cautions."),
    click.option("--no-color", is_flag=True, expose_value=False, callback=_no_colour,
                 help="Never use colour (NO_COLOR does the same)."),
)  # fmt: skip
"""Add the options that every command has, before or after its name."""
