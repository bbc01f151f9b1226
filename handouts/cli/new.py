"""`handouts new`: starting files that `check` accepts."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from handouts.cli.delivery import password_of
from handouts.cli.options import named_otherwise
from handouts.cli.output import put, say_notes, say_unless_quiet
from handouts.cli.requested import check_program_file
from handouts.cli.session import session_of
from handouts.errors import FileTrouble
from handouts.library import Library
from handouts.library.starter_files import (
    LIBRARY_FOLDERS,
    Start,
    starting_exercise,
    starting_item,
    starting_library,
    starting_program,
    starting_roster,
)
from handouts.library.yaml_writing import with_fields
from handouts.model import notes
from handouts.output_paths import make_folder
from handouts.pdf.files import write_whole
from handouts.pdf.reading import HANDOUTS, read_carried_program
from handouts.prescription import program_from_record, program_text
from handouts.prescription.program_file import packet_fields
from handouts.programs import read_program
from handouts.resources import content_folder


def run(ctx: click.Context, what: str, name: str | None, output: Path | None, **options: Any) -> None:
    """Write one starting file, or the folder of a library."""
    if name is None:
        if what != "roster":
            raise click.UsageError("Missing argument 'NAME'.", ctx)
        name = what
    like, from_ = options["like"], options["from_"]
    if like is not None and what != "exercise":
        raise click.UsageError("--like goes with a new exercise.", ctx)
    if from_ is not None and what != "packet":
        raise click.UsageError("--from goes with a new packet.", ctx)
    templates = content_folder() / "templates"
    if what == "library":
        if output is not None:
            raise click.UsageError("A library takes its folder's name: leave --output out.", ctx)
        _write_library(Path(name), templates)
        return
    session = session_of(ctx)
    start = _start(what, name, like, session.library, templates)
    is_content = what not in ("program", "roster")
    home = list(session.folders)[-1] if session.folders and is_content else Path()
    path = output or home / start.path
    if fault := named_otherwise(path, Path(start.path).suffix, *((".yml",) if what == "program" else ())):
        raise click.UsageError(fault, ctx)
    text = start.text if from_ is None else _packet_text(ctx, start.text, from_, path)
    _write(path, text)
    put(str(path))
    if output and is_content:
        say_unless_quiet(f"a library reads it as {start.path}")
    else:
        say_unless_quiet(f"check it with: handouts check {shlex.quote(str(home if is_content else path))}")


def _start(what: str, name: str, like: str | None, library: Library, templates: Path) -> Start:
    match what:
        case "exercise":
            return starting_exercise(name, library, templates, like)
        case "packet" | "clinic":
            return starting_item("packets" if what == "packet" else "clinics", name, library, templates)
        case "roster":
            return starting_roster(name, templates)
    return starting_program(name, templates)


def _packet_text(ctx: click.Context, text: str, program_file: Path, path: Path) -> str:
    """The starting file of a packet with the exercises of a program file or of a handout, screened for nobody."""
    library = session_of(ctx).library
    if program_file.suffix.casefold() in HANDOUTS:
        record = read_carried_program(program_file, password_of(ctx))
        program = program_from_record(record, library, path=str(program_file))
    else:
        check_program_file(program_file, library)
        program = read_program(program_file, library)
    fields, left_out = packet_fields(program)
    say_notes(notes("choice", (f"left out of the packet: {one}" for one in left_out)))
    return with_values(text, path, fields)


def with_values(text: str, path: Path, values: Mapping[str, Any]) -> str:
    """The text of a YAML file, which is told as `path`, with fields changed; one that is None is left out."""
    written = {name: "" if value is None else program_text({name: value}) for name, value in values.items()}
    return with_fields(text, str(path), {name: (value, written[name]) for name, value in values.items()})


def _write_library(folder: Path, templates: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileTrouble(str(folder), "is there already and not empty")
    fill_library(folder, templates)
    put(str(folder))
    say_unless_quiet(f"begin with: handouts new clinic NAME --library {folder}")


def fill_library(folder: Path, templates: Path) -> None:
    """Write the folders and the starting files of a library of one's own that are not there yet."""
    for name in LIBRARY_FOLDERS:
        make_folder(folder / name)
    for start in starting_library(templates):
        if not (folder / start.path).exists():
            write_whole(folder / start.path, start.text.encode())


def _write(path: Path, text: str) -> None:
    if path.exists():
        raise FileTrouble(str(path), "is there already")
    make_folder(path.parent)
    write_whole(path, text.encode())
