"""`handouts new`: starting files that `check` accepts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.examples import examples
from handouts.cli.ids import EXERCISE
from handouts.cli.options import named
from handouts.cli.session import Session, everywhere, session_of
from handouts.cli.streams import put
from handouts.cli.talk import remark
from handouts.errors import FileTrouble

if TYPE_CHECKING:
    from handouts.library.starter_files import Start

WHAT = ("exercise", "packet", "program", "clinic", "library")


@click.command(
    "new",
    epilog=examples(
        "handouts new library our-clinic",
        'handouts new exercise "Sofa bridge" --like bridge --library our-clinic',
    ),
)
@click.argument("what", metavar=f"({'|'.join(WHAT)})", type=click.Choice(WHAT))
@click.argument("name", metavar="NAME")
@click.option("--like", type=EXERCISE, metavar="ID", help="The exercise whose figure and dose a new one starts from.")
@click.option(
    "-o", "--output", callback=named, type=click.Path(path_type=Path), metavar="FILE", help="Write this file instead."
)
@everywhere
@click.pass_context
def command(ctx: click.Context, what: str, name: str, like: str | None, output: Path | None) -> None:
    """Write a commented starting file that `check` accepts; for a library, a whole folder named NAME.

    A file goes where it belongs in the last --library folder, or in the current folder without one.
    """
    from handouts.resources import content_folder

    if like is not None and what != "exercise":
        raise click.UsageError("--like goes with a new exercise.", ctx)
    templates = content_folder() / "templates"
    if what == "library":
        if output is not None:
            raise click.UsageError("A library takes its folder's name: leave --output out.", ctx)
        _write_library(Path(name), templates)
        return
    session = session_of(ctx)
    start = _start(what, name, like, session, templates)
    home = session.folders[-1] if session.folders and what != "program" else Path()
    path = output or home / start.path
    _write(path, start.text)
    put(str(path))
    remark(f"check it with: handouts check {path if what == 'program' else home}")


def _start(what: str, name: str, like: str | None, session: Session, templates: Path) -> Start:
    from handouts.library import starter_files

    match what:
        case "exercise":
            return starter_files.starting_exercise(name, session.library, templates, like)
        case "packet":
            return starter_files.starting_packet(name, session.library, templates)
        case "clinic":
            return starter_files.starting_clinic(name, session.library, templates)
    return starter_files.starting_program(name, templates)


def _write_library(folder: Path, templates: Path) -> None:
    from handouts.library.starter_files import LIBRARY_FOLDERS, starting_library

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileTrouble(str(folder), "is there already and not empty")
    for name in LIBRARY_FOLDERS:
        _make(folder / name)
    for start in starting_library(templates):
        _write(folder / start.path, start.text)
    put(str(folder))
    remark(f"begin with: handouts new clinic NAME --library {folder}")


def _write(path: Path, text: str) -> None:
    from handouts.pdf.document import write_whole

    if path.exists():
        raise FileTrouble(str(path), "is there already")
    _make(path.parent)
    write_whole(path, text.encode())


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise FileTrouble(str(folder), (trouble.strerror or str(trouble)).lower()) from trouble
