"""`handouts packet`: standard packets with a blank line for the name."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click
from msgspec.structs import replace

from handouts.commands.examples import examples
from handouts.commands.ids import PACKET
from handouts.commands.options import fields_of, layers_below, layout_options, output_options
from handouts.commands.session import everywhere, session_of
from handouts.commands.streams import put_json
from handouts.commands.writing import write_handouts
from handouts.errors import BadInput, ExitCode, Problem


@click.command(
    "packet",
    epilog=examples(
        "handouts packet low-back-starter",
        "handouts packet neck-pain --language es --paper a4",
    ),
)
@click.argument("names", metavar="[NAME ...]", nargs=-1, type=PACKET)
@click.option("--all", "every", is_flag=True, help="Every packet of the library.")
@layout_options
@click.option("--clinician", metavar="TEXT", help="Who gives the program.")
@output_options
@everywhere
@click.pass_context
def command(
    ctx: click.Context,
    /,
    names: tuple[str, ...],
    output: str | None,
    *,
    every: bool,
    force: bool,
    open_: bool,
    as_json: bool,
    **_described: Any,
) -> int:
    """Print standard packets: the same sheet with a line to write the name on.

    A packet's sheet is for patients for whom nothing speaks against it: nobody is screened here.
    """
    from handouts.making import judge
    from handouts.programs import build_program

    if every == bool(names):
        raise click.UsageError("Give the names of packets, or --all.", ctx)
    library, today = session_of(ctx).library, dt.date.today()
    problems: list[Problem] = []
    below = layers_below(ctx, problems)
    options = fields_of(ctx)
    judged = []
    for name in sorted(library.packets) if every else dict.fromkeys(names):
        try:
            asked = replace(options, packet=name)
            program = build_program(asked, library, date=today, below=below, name_required=False)
            judged.append(judge(program, library))
        except BadInput as error:
            problems.extend(error.problems)
    if problems:
        raise BadInput(problems)
    records = write_handouts(ctx, judged, output, force=force, open_=open_)
    if as_json:
        put_json(records[0] if len(records) == 1 else records)
    return ExitCode.DONE
