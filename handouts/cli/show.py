"""`handouts show`: everything about one exercise, packet, condition or clinic, and an exercise's figure as a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from handouts.cli.delivery import password_of
from handouts.cli.options import named
from handouts.cli.output import put, put_json, say_notes
from handouts.cli.record_text import show_record
from handouts.cli.session import session_of
from handouts.errors import BadInput, Problem
from handouts.formats.carried_program import HANDOUTS, read_carried_program
from handouts.layout.picture_file import PICTURE_KINDS, picture_bytes
from handouts.library import Library
from handouts.library.locale import Locale, read_locale
from handouts.library.names import resolve
from handouts.library.nearest import either
from handouts.model import notes
from handouts.pdf.files import write_whole
from handouts.reports.item_report import Kind, describe
from handouts.reviewing import Signatures
from handouts.reviewing.items import item_of
from handouts.reviewing.signatures import sign_off_record
from handouts.screening.loosened import Loosened, loosened, loosened_packet


def run(
    ctx: click.Context,
    item: str,
    picture: Path | None,
    side: str | None,
    language: str,
    *,
    force: bool,
    program: bool,
    password_file: str | None,
    as_json: bool,
) -> None:
    """Show the item, write its figure, or tell what a handout's record says."""
    library = session_of(ctx).library
    if Path(item).suffix.casefold() in HANDOUTS:
        if picture is not None or side is not None:
            raise click.UsageError("--picture and --side are for an exercise, not for a handout.", ctx)
        if program and as_json:
            raise click.UsageError("--program writes YAML: give it or --json.", ctx)
        show_record(read_carried_program(Path(item), password_of(ctx)), item, library, program=program, as_json=as_json)
        return
    if program or password_file is not None:
        raise click.UsageError(f"--program and --password-file are for a handout, OLD.pdf, not for '{item}'.", ctx)
    kind, item = _kind(item, library)
    locale = read_locale(library, named("languages", language, library, "--language"))
    if picture is not None:
        _write_picture(picture, item, kind, side, library, locale, force=force)
        if not as_json:
            put(str(picture))
            return
    elif side is not None:
        raise click.UsageError("--side goes with --picture.", ctx)
    say_notes(notes("safety", map(str, _looser(kind, item, library))))
    record = describe(kind, item, library, locale)
    if kind != "clinics":  # nobody signs a letterhead
        record["reviewed"] = sign_off_record(Signatures(library).sign_off(item_of(kind, item), dt.date.today()))
    if as_json:
        put_json(record)
    else:
        put("\n".join(_lines(record)).replace("**", ""))  # what the sheet prints bold


def _looser(kind: Kind, item: str, library: Library) -> Iterator[Loosened]:
    """Where the clinic's own rules are looser than the built-in ones, of what is shown."""
    if kind == "packets":
        return loosened_packet(library.packet(item), library.conditions, library)
    exercises, conditions = ([item], library.conditions) if kind == "exercises" else (library.exercise_ids(), [item])
    return loosened(exercises, conditions, library)


def _kind(item: str, library: Library) -> tuple[Kind, str]:
    """Which item this is, and of which kind: an exercise before a packet before a condition, an id before a name."""
    kinds: tuple[Kind, ...] = ("exercises", "packets", "conditions", "clinics")
    for kind in kinds:
        if item in library.ids(kind):
            return kind, item
    for kind in kinds:
        if found := resolve(kind, item, library):
            return kind, found
    # A name that means several things is answered with them, not with names that only look alike.
    several = (library.names.meanings(kind, item).several for kind in kinds)
    near = list(dict.fromkeys(one for kind in kinds for one in library.nearest(kind, item)))[:3]
    hint = next(filter(None, several), None) or (f"did you mean {either(near)}?" if near else "see `handouts list`")
    raise BadInput([Problem(item, 0, 0, "no exercise, packet, condition or clinic has this id or name", hint)])


def _write_picture(
    path: Path, item: str, kind: str, side: Any, library: Library, locale: Locale, *, force: bool
) -> None:
    if kind != "exercises":
        raise click.UsageError(f"{item} is not an exercise: it has no figure.")
    if path.suffix.lower() not in PICTURE_KINDS:
        raise click.UsageError(
            f"a figure is written as {', '.join(PICTURE_KINDS)}, not as '{path.suffix or path.name}'."
        )
    exercise = library.exercise(item)
    picture = picture_bytes(exercise, path.suffix.lower(), side, locale.text(exercise), dt.date.today())
    write_whole(path, picture, force=force)


def _lines(value: Any, name: str = "", depth: int = 0) -> list[str]:
    """A record for a person: one line a value, deeper records set in; empty values are left out."""
    indent = "  " * depth
    label = indent + (click.style(name.replace("_", " "), bold=depth == 0) + ": " if name else "")
    if value is None or value == [] or value == {}:
        return []
    if isinstance(value, dict):
        inner = [line for key, one in value.items() for line in _lines(one, key, depth + (1 if name else 0))]
        return [label.rstrip(), *inner] if name else inner
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        lines = [label.rstrip()]
        for one in value:
            first, *rest = _lines(one, "", depth + 2) or [""]
            lines += [f"{indent}  - {first.strip()}", *rest]
        return lines
    if isinstance(value, list):
        if max((len(str(one)) for one in value), default=0) > 30:
            return [label.rstrip(), *(f"{indent}  - {one}" for one in value)]
        return [label + ", ".join(map(str, value))]
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return [f"{label}{value}"]
