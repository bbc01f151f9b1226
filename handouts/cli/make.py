"""`handouts make`: one PDF per program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.cli.examples import examples
from handouts.cli.options import layout_options, output_options, program_options, selection_options
from handouts.cli.paper import Printer, printing_options
from handouts.cli.programs import asked_programs
from handouts.cli.session import everywhere, session_of
from handouts.cli.streams import put_json
from handouts.cli.talk import findings_text, say
from handouts.cli.writing import write_handouts
from handouts.errors import ExitCode

if TYPE_CHECKING:
    from handouts.render import Judged


@click.command(
    "make",
    epilog=examples(
        "handouts make maria.yaml",
        'handouts make --patient "Maria Alvarez" --exercise "bridge 2x10" -o maria.pdf',
    ),
)
@click.argument("programs", metavar="[PROGRAM.yaml ...]", nargs=-1, type=click.Path(path_type=Path))
@program_options
@selection_options
@layout_options
@output_options
@printing_options
@everywhere
@click.pass_context
def command(
    ctx: click.Context,
    /,
    programs: tuple[Path, ...],
    output: str | None,
    *,
    force: bool,
    open_: bool,
    as_json: bool,
    **_described: Any,
) -> int:
    """Make one handout per program file, or one from the options alone.

    Every program is screened before the first is written: when one is refused for safety, nothing is written.
    """
    from handouts.render import judge

    printer = Printer(ctx)
    asked = asked_programs(ctx, programs)
    judged = [judge(one.program, session_of(ctx).library, one.why) for one in asked]
    if any(one.refused for one in judged):
        return refuse(ctx, judged, as_json=as_json)
    records = write_handouts(ctx, judged, output, force=force, open_=open_, printer=printer)
    if as_json:
        put_json(records[0] if len(records) == 1 else records)
    printer.done()
    return ExitCode.DONE


def refuse(ctx: click.Context, judged: Sequence[Judged], *, as_json: bool) -> int:
    """Says why nothing is written; a program that could have been made is only skipped."""
    from handouts.reports.program_report import unmade_record
    from handouts.screening import refusals

    for one in judged:
        if one.refused:
            say(findings_text(refusals(one.findings), session_of(ctx)))
    say("refused for safety: nothing was written", fg="red", bold=True)
    if as_json:
        records = [
            unmade_record("refused" if one.refused else "skipped", one.program, one.findings, one.notes)
            for one in judged
        ]
        put_json(records[0] if len(records) == 1 else records)
    return ExitCode.REFUSED
