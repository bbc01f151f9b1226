"""`handouts packet`: standard packets with a blank line for the name."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.cli.examples import examples
from handouts.cli.ids import PACKET
from handouts.cli.options import fields_of, layers_below, layouts_options, output_options
from handouts.cli.paper import Printer, printing_options
from handouts.cli.session import everywhere, session_of
from handouts.cli.streams import put, put_json
from handouts.cli.talk import note
from handouts.cli.writing import write_handouts
from handouts.errors import BadInput, ExitCode, Problem

if TYPE_CHECKING:
    from handouts.render import Judged


@click.command(
    "packet",
    epilog=examples(
        "handouts packet low-back-starter",
        "handouts packet neck-pain --language es --paper a4",
        "handouts packet --all --language en --language es --merge packets.pdf --copies 20",
    ),
)
@click.argument("names", metavar="[NAME ...]", nargs=-1, type=PACKET)
@click.option("--all", "every", is_flag=True, help="Every packet of the library.")
@layouts_options
@click.option("--clinician", metavar="TEXT", help="Who gives the program.")
@click.option("--merge", type=click.Path(path_type=Path), metavar="FILE.pdf", help="All in one file to print.")
@click.option("--duplex", is_flag=True, help="For two-sided paper: each packet starts on a right-hand page.")
@output_options
@printing_options
@everywhere
@click.pass_context
def command(
    ctx: click.Context,
    /,
    names: tuple[str, ...],
    output: str | None,
    merge: Path | None,
    language: tuple[str, ...],
    paper: tuple[str, ...],
    *,
    every: bool,
    duplex: bool,
    force: bool,
    open_: bool,
    as_json: bool,
    **_described: Any,
) -> int:
    """Print standard packets: the same sheet with a line to write the name on.

    In every language and paper asked for. A packet's sheet is for patients for whom nothing speaks against it: nobody
    is screened here.
    """
    if every == bool(names):
        raise click.UsageError("Give the names of packets, or --all.", ctx)
    if duplex and not (merge or ctx.params["print_"]):
        raise click.UsageError("--duplex goes with --merge or --print.", ctx)
    printer = Printer(ctx, duplex=duplex)
    versions = list(product(dict.fromkeys(language) or (None,), dict.fromkeys(paper) or (None,)))
    packets = sorted(session_of(ctx).library.packets) if every else list(dict.fromkeys(names))
    judged = _judged(ctx, packets, versions)
    records = []
    if merge is None or output is not None:
        label = ["-".join(filter(None, version)) if len(versions) > 1 else "" for version in versions]
        records = write_handouts(
            ctx,
            judged,
            output,
            force=force,
            open_=open_,
            labels=label * len(packets),
            printer=None if merge else printer,
        )
    if merge is not None:
        records.append(_merged(ctx, judged, merge))
        printer.print(merge)
    if as_json:
        put_json(records[0] if len(records) == 1 else records)
    printer.done()
    return ExitCode.DONE


def _judged(ctx: click.Context, packets: list[str], versions: list[tuple[str | None, str | None]]) -> list[Judged]:
    """Every packet in every version. Raises BadInput with all problems."""
    from handouts.prescription import build_program
    from handouts.render import judge

    library, today = session_of(ctx).library, dt.date.today()
    problems: list[Problem] = []
    below = layers_below(ctx, problems)
    options = fields_of(ctx)
    judged = []
    for name, (language, paper) in product(packets, versions):
        try:
            asked = replace(options, packet=name, language=language, paper=paper)
            program = build_program(asked, library, date=today, below=below, name_required=False)
            judged.append(judge(program, library))
        except BadInput as error:
            problems.extend(error.problems)
    if problems:
        raise BadInput(problems)
    return judged


def _merged(ctx: click.Context, judged: list[Judged], path: Path) -> dict[str, Any]:
    """All packets in one file to print, and its record."""
    from handouts.batch import print_programs
    from handouts.render import Press
    from handouts.reports.program_report import judged_record

    params, press = ctx.params, Press(session_of(ctx).library)
    pages, notes = print_programs(
        path, judged, press, duplex=params["duplex"], copies=params["copies"], force=params["force"]
    )
    note(notes)
    if not params["as_json"]:
        put(str(path))
    programs = [judged_record(one.program, one.findings, one.notes)["program"] for one in judged]
    return {"status": "made", "output": str(path), "pages": pages, "programs": programs, "notes": list(notes)}
