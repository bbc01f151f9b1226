"""What every command shares: the library folders, the configuration file, how much to say. One session a run."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from handouts.cli.config_file import read_config
from handouts.library import Library
from handouts.model import NoteKind
from handouts.programs import open_library

Command = TypeVar("Command", bound=Callable[..., Any])


class Session:
    """The settings of a run; the library is read when a command first asks for it."""

    def __init__(self) -> None:
        self.folders: list[Path] = []
        self.config: Path | None = None
        self.verbose = False
        self.quiet = False
        self.as_json = False
        self.notes: frozenset[NoteKind] = frozenset(get_args(NoteKind))
        """The kinds of notes to tell; `safety` is told whatever is chosen."""

    def tells(self, kind: NoteKind) -> bool:
        """Whether notes of this kind are told on standard error."""
        return kind == "safety" or (kind in self.notes and not self.quiet)

    @cached_property
    def library(self) -> Library:
        """The built-in library with the folders of `--library` over it."""
        return open_library(*self.folders)


def session_of(ctx: click.Context) -> Session:
    """The session of a run; a new one when a shell only asks for completions."""
    return ctx.ensure_object(Session)


def run_command(module: str, ctx: click.Context, options: dict[str, Any]) -> Any:
    """Load a command's module and run it with its options."""
    return import_module(f"handouts.cli.{module}").run(ctx, **options)


def session_options(command: Command) -> Command:
    """Add the options that every command has, before or after its name."""
    path = click.Path(path_type=Path)
    return add_options(
        command,
        click.option("--config", type=path, is_eager=True, expose_value=False, callback=_read_config, metavar="FILE",
                     help="Read settings from FILE instead of the usual place."),
        click.option("--library", type=path, multiple=True, expose_value=False, callback=_add_folders, metavar="DIR",
                     help="The clinic's own content; its items win over the built-in ones. Repeatable."),
        click.option("-v", "--verbose", is_flag=True, expose_value=False, callback=_set_flag,
                     help="Say more; show where a fault happened."),
        click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=_set_flag,
                     help="Say only what went wrong, and cautions."),
        click.option("--no-color", is_flag=True, expose_value=False, callback=_no_colour,
                     help="Never use colour (NO_COLOR does the same)."),
    )  # fmt: skip


def add_options(command: Command, *options: Callable[[Any], Any]) -> Command:
    """Apply option decorators so that help lists them in the order given here."""
    for option in reversed(options):
        command = option(command)
    return command


def _add_folders(ctx: click.Context, _param: click.Parameter, folders: tuple[Path, ...]) -> None:
    session = session_of(ctx)
    session.folders.extend(folder for folder in folders if folder not in session.folders)


def _read_config(ctx: click.Context, _param: click.Parameter, path: Path | None) -> None:
    is_group = ctx.parent is None
    # The usual file is read once, for the whole command line; a command's own --config comes after it.
    if path is None and is_group:
        usual = Path(click.get_app_dir("handouts")) / "config.yaml"
        path = usual if usual.is_file() else None
    if path is None:
        return
    group = ctx.find_root().command
    assert isinstance(group, click.Group)
    settings = read_config(path, group)  # also for completion: the library's folders may be set there
    session_of(ctx).config = path
    ctx.default_map = settings.for_group() if is_group else settings.for_command(ctx.info_name or "")


def _set_flag(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:  # given before the command's name or after it
        setattr(session_of(ctx), param.name or "", True)


def _no_colour(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value or os.environ.get("NO_COLOR"):
        ctx.color = False
