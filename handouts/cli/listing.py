"""`handouts list`: the library, filtered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, cast

import click

from handouts.cli.options import filter_value, named
from handouts.cli.output import OK_MEANS, put, put_json, say, say_notes, say_unless_quiet
from handouts.cli.session import session_of
from handouts.errors import bad_input
from handouts.library import Library
from handouts.library.filters import (
    FILTERS,
    NOTHING,
    Filter,
    filter_fault,
    filter_meanings,
    filter_names,
    filter_values,
)
from handouts.library.locale import Locale, read_locale
from handouts.library.nearest import key_of
from handouts.library.search import Kind, read_index
from handouts.model import notes
from handouts.prescription import ProgramFields, options_layer
from handouts.prescription.assembly import assemble_patient
from handouts.reports.program_report import Record
from handouts.screening import verdict
from handouts.screening.loosened import loosened
from handouts.screening.windows import Standing, standing

_FILTERS: dict[str, Filter] = {"region": "regions", "goal": "goals", "position": "positions"}


def run(ctx: click.Context, kind: Kind | Filter, *, search: str | None, as_json: bool, **options: Any) -> None:
    """List one kind of item, filtered."""
    for name in ("region", "goal", "position", "equipment", "safe_for"):
        # A filter that means nothing for a kind is a mistake, not a filter that lets everything through.
        if options[name] and kind != "exercises" and (kind, name) != ("packets", "region"):
            raise click.UsageError(f"--{name.replace('_', '-')} does not filter {kind}.", ctx)
    library = session_of(ctx).library
    language = named("languages", options["language"], library, "--language")
    locale = read_locale(library, language)
    conditions = _standings(options["safe_for"], library)
    if kind in FILTERS:
        names = filter_names(kind, library, language)
        counted = filter_values(kind, library)
        rows: list[Record] = [
            {"id": one, "name": names.get(one, one), "exercises": count} for one, count in counted.items()
        ]
        words = key_of(search or "").split()
        rows = [row for row in rows if all(word in key_of(f"{row['id']} {row['name']}") for word in words)]
    else:
        kind = cast("Kind", kind)
        rows = _rows(kind, library, locale)
        for column in ("region", "goal", "position"):
            if value := filter_value(_FILTERS[column], options[column], library, f"--{column}"):
                rows = [row for row in rows if row[column] == value]
        rows = _needing(rows, options["equipment"], library)
        if conditions:
            rows = _safe(rows, conditions, library)
            looser = loosened([row["id"] for row in rows], [one.condition.id for one in conditions], library)
            say_notes(notes("safety", map(str, looser)))
        if search:
            by_id = {row["id"]: row for row in rows}
            rows = [by_id[item] for item in read_index(kind, by_id, library).find(search)]
    if as_json:
        put_json(rows)
    else:
        if rows:
            put(_table(rows))
        say_unless_quiet(f"{len(rows)} {kind.removesuffix('s') if len(rows) == 1 else kind}")
        # A list of what nothing forbids is easily read as a list of what is safe.
        if conditions:
            say(OK_MEANS)


def _needing(rows: list[Record], equipment: Sequence[str], library: Library) -> list[Record]:
    """The rows that need any of this; `none` means nothing at all, and `band` any kind of band."""
    if not equipment:
        return rows
    wanted: set[str] = set()
    for asked in equipment:
        meant = filter_meanings("equipment", asked, library)
        if not meant:
            raise bad_input("--equipment", *filter_fault("equipment", asked, library))
        wanted.update(meant)
    return [row for row in rows if wanted.intersection(row["equipment"] or (NOTHING,))]


def _standings(safe_for: tuple[str, ...], library: Library) -> list[Standing]:
    """Where a patient stands today with conditions as they are written everywhere, `ID [since DATE | week N]`."""
    today = dt.date.today()
    layer = options_layer(ProgramFields(condition=safe_for), [], lambda _field: "--safe-for")
    return [standing(known, today) for known in assemble_patient(layer, library, date=today).conditions]


def _safe(rows: list[Record], conditions: Sequence[Standing], library: Library) -> list[Record]:
    """The rows that nothing forbids, each with the conditions that ask for care."""
    kept = []
    for row in rows:
        exercise = library.exercise(row["id"])
        if verdict(exercise, conditions, library) != "contraindicated":
            cautions = [one.condition.id for one in conditions if verdict(exercise, [one], library) == "caution"]
            kept.append({**row, "cautions": cautions})
    return kept


def _rows(kind: Kind, library: Library, locale: Locale) -> list[Record]:
    if kind == "languages":
        return [{"id": code, "name": read_locale(library, code).name} for code in library.languages()]
    return [_row(kind, one, locale) for one in library.items(kind)]


def _row(kind: Kind, one: Any, locale: Locale) -> Record:
    if kind == "clinics":
        return {"id": one.id, "name": one.name or "", "phone": one.phone}
    text = locale.text(one)
    if kind == "conditions":
        return {"id": one.id, "name": text.name, "category": one.category, "blocks_all": one.blocks_all}
    if kind == "packets":
        exercises = [item.exercise for item in one.items]
        return {"id": one.id, "name": text.title, "region": one.region, "exercises": exercises}
    facts = {name: getattr(one, name) for name in ("region", "goal", "position")}
    return {"id": one.id, "name": text.name, **facts, "equipment": list(one.equipment), "tags": list(one.movements)}


def _table(rows: Sequence[Record]) -> str:
    """Columns as wide as they need to be; lists with commas, empty values as nothing."""
    columns = [name for name in rows[0] if name != "tags" and not (name == "exercises" and "region" in rows[0])]
    cells = [[_cell(row[name]) for name in columns] for row in rows]
    widths = [max(len(name), *(len(line[at]) for line in cells)) for at, name in enumerate(columns)]

    def line(parts: Iterable[str]) -> str:
        return "  ".join(part.ljust(width) for part, width in zip(parts, widths, strict=True)).rstrip()

    return "\n".join([click.style(line(columns), bold=True), *map(line, cells)])


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    if value is None or isinstance(value, bool):
        return "yes" if value else ""
    return str(value)
