"""`handouts revise`: the next handout, from the program that an earlier one carries inside it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.cli.examples import examples
from handouts.cli.ids import EXERCISE
from handouts.cli.make import refuse
from handouts.cli.options import fields_of, layers_below, layout_options, output_options, program_options
from handouts.cli.password import password_of
from handouts.cli.session import everywhere, session_of
from handouts.cli.streams import put_json
from handouts.cli.talk import note, remark
from handouts.cli.writing import write_handouts
from handouts.errors import BadInput, ExitCode

if TYPE_CHECKING:
    from handouts.errors import Problem
    from handouts.prescription.revision import Revised


@click.command(
    "revise",
    epilog=examples(
        "handouts revise maria.pdf --level up",
        'handouts revise maria.pdf --dose "bridge=3x12 rest 60s" --swap superman=heel-raise -o next.pdf',
    ),
)
@click.argument("old", metavar="OLD.pdf", type=click.Path(path_type=Path))
@click.option("--dose", type=EXERCISE, multiple=True, metavar="ID=DOSE", help='Another dose: "bridge=3x12".')
@click.option("--add", type=EXERCISE, multiple=True, metavar='"ID [DOSE]"', help="One more exercise. Repeatable.")
@click.option("--swap", type=EXERCISE, multiple=True, metavar="OLD=NEW", help="One in another's place. Repeatable.")
@click.option("--level", type=click.Choice(["up", "down"]),
              help="Move every exercise a level on, or to its harder or easier neighbour.")  # fmt: skip
@click.option("--no-leaflets", is_flag=True, help="Leave out the leaflets that the earlier handout had.")
@program_options
@layout_options
@output_options
@everywhere
@click.pass_context
def command(
    ctx: click.Context,
    /,
    old: Path,
    output: str | None,
    *,
    dose: tuple[str, ...],
    add: tuple[str, ...],
    swap: tuple[str, ...],
    level: Any,
    no_leaflets: bool,
    force: bool,
    open_: bool,
    as_json: bool,
    **_described: Any,
) -> int:
    """Read the program inside an earlier handout, change it, and write the next handout.

    The patient's conditions and overrides stay, everything is screened again, and page 1 tells what changed. A locked
    handout is opened with --password-file, and the next one is locked with the same password.
    """
    from handouts.pdf.document import read_attached_program
    from handouts.prescription.revision import Asked, revise
    from handouts.render import judge

    library = session_of(ctx).library
    record = read_attached_program(old, password_of(ctx))
    if no_leaflets:
        record = {**record, "append": []}
    asked = Asked(dose=dose, add=add, swap=swap, level=level)
    problems: list[Problem] = []
    below = layers_below(ctx, problems)
    if problems:
        raise BadInput(problems)
    revised = revise(record, asked, fields_of(ctx), library, date=dt.date.today(), below=below, path=str(old))
    judged = judge(revised.program, library)
    if judged.refused:
        return refuse(ctx, [judged], as_json=as_json)
    _tell(revised)
    note(f"the earlier handout's leaflet is appended: {name}" for name in revised.program.append)
    written = write_handouts(ctx, [judged], output, force=force, open_=open_)
    if as_json:
        from handouts.reports.program_report import changes_record

        put_json({**written[0], **changes_record(revised.program), "level": list(revised.notes)})
    return ExitCode.DONE


def _tell(revised: Revised) -> None:
    from handouts.prescription.revision import change_line

    note(revised.notes, "level")
    remark(click.style("what changed:", bold=True) + ("" if revised.changes else " nothing but the date"))
    for change in revised.changes:
        remark(f"  {change_line(change)}")
