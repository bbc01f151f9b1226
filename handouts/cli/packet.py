"""`handouts packet`: standard packets with a blank line for the name."""

from __future__ import annotations

from dataclasses import asdict
from itertools import product
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from handouts.batch.print_run import print_programs
from handouts.cli.delivery import Printer, formats_of, write_handouts
from handouts.cli.output import put, put_records, say_notes
from handouts.cli.requested import Request, options_from, screened_programs
from handouts.cli.session import session_of
from handouts.errors import ExitCode
from handouts.programs import ScreenedProgram
from handouts.reports.program_report import Record, program_summary


def run(ctx: click.Context, names: tuple[str, ...], merge: Path | None, *, as_json: bool, **options: Any) -> int:
    """Write every packet in every version, into files of their own, into one file to print, or both."""
    every, dry_run = options["every"], options["dry_run"]
    if every == bool(names):
        raise click.UsageError("Give the names of packets, or --all.", ctx)
    formats_of(ctx)
    printer = Printer(ctx)
    packets = sorted(session_of(ctx).library.packets) if every else list(dict.fromkeys(names))
    versions = list(product(*(dict.fromkeys(options[one]) or (None,) for one in ("language", "paper"))))
    requests: list[Request] = [
        (options_from(ctx, ParameterSource.COMMANDLINE, packet=name, language=code, paper=size), None)
        for name, (code, size) in product(packets, versions)
    ]
    screened = screened_programs(ctx, requests, name_required=False)
    records: list[Record] = []
    if merge is None or options["output"] is not None or dry_run:
        # Only where there are several versions: a single one keeps the plain name.
        labels = ["-".join(filter(None, version)) if len(versions) > 1 else "" for version in versions]
        records = write_handouts(ctx, screened, labels=labels * len(packets), printer=None if merge else printer)
    if merge is not None and dry_run:
        put(f"{merge}: not written")
    elif merge is not None:
        records.append(_print_file(ctx, screened, merge))
        printer.print(merge, {one.program.layout.paper for one in screened})
    if as_json:
        put_records(records)
    printer.finish()
    return ExitCode.DONE


def _print_file(ctx: click.Context, screened: list[ScreenedProgram], path: Path) -> Record:
    """Write all packets into one file to print; returns its record."""
    params, library = ctx.params, session_of(ctx).library
    pages, notes = print_programs(
        path, screened, library, duplex=bool(params["duplex"]), copies=params["copies"], force=params["force"]
    )
    say_notes(notes)
    if not params["as_json"]:
        put(str(path))
    programs = [program_summary(one.program) for one in screened]
    return {
        "status": "made",
        "output": str(path),
        "pages": pages,
        "programs": programs,
        "notes": [asdict(note) for note in notes],
    }
