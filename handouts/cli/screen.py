"""`handouts screen`: the safety screening alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.cli.examples import examples
from handouts.cli.options import json_option, layout_options, program_options, selection_options
from handouts.cli.programs import asked_programs
from handouts.cli.session import Session, everywhere, session_of
from handouts.cli.streams import put, put_json
from handouts.cli.talk import OK_MEANS, findings_text, note
from handouts.errors import ExitCode

if TYPE_CHECKING:
    from handouts.screening import Judged


@click.command(
    "screen",
    epilog=examples(
        "handouts screen maria.yaml",
        "handouts screen --exercise walking --condition osteoporosis",
    ),
)
@click.argument("programs", metavar="[PROGRAM.yaml ...]", nargs=-1, type=click.Path(path_type=Path))
@program_options
@selection_options
@layout_options
@json_option
@everywhere
@click.pass_context
def command(ctx: click.Context, /, programs: tuple[Path, ...], *, as_json: bool, **_described: Any) -> int:
    """Screen a program for safety and write no PDF; takes `make`'s options in place of a file.

    "ok" means that no rule fired, never that a patient is cleared. Exit code 4 when something is contraindicated and
    not overridden.
    """
    from handouts.screening import judge

    session = session_of(ctx)
    asked = asked_programs(ctx, programs, name_required=False)
    judged = [judge(one.program, session.library, one.why) for one in asked]
    if as_json:
        records = [_record(one) for one in judged]
        put_json(records[0] if len(records) == 1 else records)
    else:
        put("\n\n".join(_shown(one, session) for one in judged))
        put(f"\n{OK_MEANS}")
        for one in judged:
            note(one.notes)
    return ExitCode.REFUSED if any(one.refused for one in judged) else ExitCode.DONE


def _record(judged: Judged) -> dict[str, Any]:
    """The record of `make` without its output; what it comes to stands in `screening`."""
    from handouts.reports.program_report import judged_record

    if judged.refused:
        return {"status": "refused", **judged_record(judged.program, judged.findings, judged.notes)}
    verdict = "caution" if judged.findings else "ok"
    return {"status": verdict, "meaning": OK_MEANS, **judged_record(judged.program, judged.findings, judged.notes)}


def _shown(judged: Judged, session: Session) -> str:
    found = {finding.exercise for finding in judged.findings}
    calm = [one.exercise.id for one in judged.program.prescriptions if one.exercise.id not in found]
    lines = [findings_text(judged.findings, session)] if judged.findings else []
    lines += [f"{exercise}: {click.style('ok', fg='green')}" for exercise in calm]
    return "\n".join(lines)
