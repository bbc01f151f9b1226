"""`handouts screen`: the safety screening alone. Loads neither ReportLab nor Pillow, so that it answers at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from handouts.cli.output import OK_MEANS, findings_text, put, put_records, say_notes
from handouts.cli.requested import requests_from_options, screened_programs
from handouts.cli.session import Session, session_of
from handouts.errors import ExitCode
from handouts.programs import ScreenedProgram
from handouts.reports.program_report import Record, screened_record


def run(ctx: click.Context, programs: tuple[Path, ...], *, as_json: bool, **_options: Any) -> int:
    """Screen every program and say what the rules found."""
    screened = screened_programs(ctx, requests_from_options(ctx, programs), name_required=False)
    if as_json:
        put_records([_record(one) for one in screened])
    else:
        put("\n\n".join(_text(one, session_of(ctx)) for one in screened))
        put(f"\n{OK_MEANS}")
        for one in screened:
            say_notes(one.notes)
    return ExitCode.REFUSED if any(one.refused for one in screened) else ExitCode.DONE


def _record(screened: ScreenedProgram) -> Record:
    record = screened_record(screened.program, screened.findings, screened.notes)
    if screened.refused:
        return {"status": "refused", **record}
    return {"status": "caution" if screened.findings else "ok", "meaning": OK_MEANS, **record}


def _text(screened: ScreenedProgram, session: Session) -> str:
    found = {finding.exercise for finding in screened.findings}
    silent = [one.exercise.id for one in screened.program.prescriptions if one.exercise.id not in found]
    lines = [findings_text(screened.findings, session)] if screened.findings else []
    return "\n".join([*lines, *(f"{exercise}: {click.style('ok', fg='green')}" for exercise in silent)])
