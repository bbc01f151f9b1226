"""`--dry-run`: every handout screened and laid out, nothing written, opened or printed."""

from __future__ import annotations

from collections.abc import Sequence

import click

from handouts.cli.output import caution_lines, put, put_records, say_notes, say_unless_quiet
from handouts.cli.session import session_of
from handouts.output_paths import output_paths
from handouts.programs import ScreenedProgram
from handouts.rendering import render
from handouts.reports.program_report import Record, unmade_record


def rehearse(ctx: click.Context, screened: Sequence[ScreenedProgram]) -> None:
    """Say what would be written, with the cautions and notes that come with it.

    Raises what `render` raises: a program that cannot be printed fails here too.
    """
    params, library = ctx.params, session_of(ctx).library
    records: list[Record] = []
    paths = output_paths([one.program for one in screened], params["output"])
    for one, path in zip(screened, paths, strict=True):
        handout = render(one, library)
        record = unmade_record("skipped", one.program, one.findings, handout.notes)
        records.append({**record, "status": "not-begun", "output": str(path), "pages": handout.pages})
        for line in caution_lines(one.findings):
            say_unless_quiet(line)
        say_notes(handout.notes, path.name if len(paths) > 1 else "")
        if not params["as_json"]:
            put(f"{path}: {handout.pages} pages, not written")
    if params["as_json"]:
        put_records(records)
