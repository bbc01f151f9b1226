"""The options that describe a program, its layout and its output: shared by `make`, `screen` and `packet`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from handouts.cli.ids import CLINIC, CONDITION, EXERCISE, LANGUAGE, PACKET, LibraryId
from handouts.cli.session import session_of

if TYPE_CHECKING:
    from handouts.errors import Problem
    from handouts.prescription import Layer, ProgramFields

Command = TypeVar("Command", bound=Callable[..., Any])
T = TypeVar("T")
Options = tuple[Callable[[Command], Command], ...]


class Override(LibraryId):
    """`EXERCISE:CONDITION=REASON`; the exercise and the condition are completed."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """The exercise or packet first, then the condition."""
        item, colon, condition = incomplete.partition(":")
        if not colon:
            return super().shell_complete(ctx, param, incomplete)
        found = CONDITION.shell_complete(ctx, param, condition)
        for one in found:
            one.value = f"{item}:{one.value}="
        return found


def program_options(command: Command) -> Command:
    """What the program is: each of these can also stand in the program file, where the option wins."""
    return _all(
        command,
        click.option("--patient", metavar="NAME", help="The patient's name."),
        click.option("--patient-id", metavar="ID", help="The clinic's number: names the file, stays out of the PDF."),
        click.option("--condition", type=CONDITION, multiple=True, metavar="ID", help="What they have. Repeatable."),
        click.option("--packet", type=PACKET, metavar="NAME", help="The standard packet to start from."),
        click.option("--exercise", type=EXERCISE, multiple=True, metavar='"ID [DOSE]"',
                     help='Add an exercise or change its dose: "bridge 3x12 rest 60s". Repeatable, in order.'),
        click.option("--skip", type=EXERCISE, multiple=True, metavar="ID", help="Leave an exercise out. Repeatable."),
        click.option("--clinician", metavar="TEXT", help="Who gives the program."),
        click.option("--date", metavar="YYYY-MM-DD", help="The handout's date; today when nothing says otherwise."),
        click.option("--next-visit", metavar="YYYY-MM-DD", help="When the patient comes again."),
        click.option("--goal", metavar="TEXT", help="The patient's own goal."),
        click.option("--note", metavar="TEXT", help="A note to the patient."),
        click.option("--override", type=Override("exercises", "packets", name="override"), multiple=True,
                     metavar="EXERCISE:CONDITION=REASON", help="Print what a rule forbids; the reason is kept."),
        click.option("--append", type=click.Path(), multiple=True, metavar="FILE.pdf",
                     help="A leaflet after the handout's pages: a PDF, or one of the library's. Repeatable."),
    )  # fmt: skip


def selection_options(command: Command) -> Command:
    """Choosing exercises by rule instead of by name."""
    return _all(
        command,
        click.option("--region", metavar="ID", help="Choose exercises of this part of the body that suit the patient."),
        click.option("--goal-type", metavar="ID", help="With --region: only this goal; else a balance of goals."),
        click.option("--level", type=click.Choice(["gentle", "standard", "strong"]), default="standard",
                     show_default=True, help="With --region: how much of each exercise."),
        click.option("--max", "most", type=click.IntRange(1, 20), default=6, show_default=True, metavar="N",
                     help="With --region: how many exercises at most."),
    )  # fmt: skip


def layout_options(command: Command) -> Command:
    """Whose sheet it is, in which language, and how it is printed."""
    return _all(command, *_layout(several=False))


def layouts_options(command: Command) -> Command:
    """The same, with as many languages and papers as are wanted: one version in each."""
    return _all(command, *_layout(several=True))


def _layout(*, several: bool) -> tuple[Callable[[Any], Any], ...]:
    again = " Repeatable." if several else ""
    return (
        click.option("--clinic", type=CLINIC, metavar="ID", help="Whose name is on the sheet."),
        click.option("--language", type=LANGUAGE, metavar="CODE", multiple=several,
                     help="The patient's language." + again),
        click.option("--paper", type=click.Choice(["letter", "a4"]), multiple=several,
                     help="The paper; the clinic's when not given." + again),
        click.option("--large-print/--no-large-print", default=None, help="18-point type, laid out anew."),
        click.option("--ink-saver/--no-ink-saver", default=None, help="Black on white, outlines only."),
        click.option("--hole-punch/--no-hole-punch", default=None, help="Margins that a hole punch leaves whole."),
        click.option("--log-weeks", type=click.IntRange(0, 12), metavar="N", help="Weeks of the log; 0 leaves it out."),
    )  # fmt: skip


def named(_ctx: click.Context, _param: click.Parameter, value: T) -> T:
    """What `-o` names: never standard output, which other programs mean by a dash."""
    if str(value) == "-":
        raise click.BadParameter("'-' is no file: name one, or a folder; nothing is written to standard output")
    return value


def output_options(command: Command) -> Command:
    """Where the PDF goes and what is said of it."""
    return _all(
        command,
        click.option("-o", "--output", callback=named, metavar="FILE|DIR",
                     help="The file, or a folder: one that exists or ends in /."),
        click.option("--force", is_flag=True, help="Write over a file that is not a handout."),
        click.option("--open", "open_", is_flag=True, help="Open the PDF when it is made."),
        click.option("--password-file", type=click.Path(allow_dash=True), metavar="FILE",
                     help="Lock the PDF (AES-256) with the first line of FILE; - asks for it."),
        click.option("--summary", is_flag=True, help="A few lines to paste into the patient's record."),
        json_option,
    )  # fmt: skip


def json_option(command: Command) -> Command:
    """`--json`: one JSON document on standard output, and nothing else."""

    def remember(ctx: click.Context, _param: click.Parameter, value: bool) -> bool:
        session_of(ctx).as_json = value
        return value

    help_text = "One JSON document on standard output."
    return click.option("--json", "as_json", is_flag=True, callback=remember, help=help_text)(command)


def fields_of(ctx: click.Context) -> ProgramFields:
    """The program's values that stand on the command line itself."""
    return fields_from(ctx, ParameterSource.COMMANDLINE)


def layers_below(ctx: click.Context, problems: list[Problem]) -> list[Layer]:
    """The program's values from the environment, then from the configuration: what a program file wins over."""
    from handouts.prescription import options_layer

    command = (ctx.info_name or "").upper()
    config = session_of(ctx).config
    places: tuple[tuple[ParameterSource, Callable[[str], str]], ...] = (
        (ParameterSource.ENVIRONMENT, lambda field: f"HANDOUTS_{command}_{field.upper()}"),
        (ParameterSource.DEFAULT_MAP, lambda field: f"{config}: {field.replace('_', '-')}"),
    )
    return [options_layer(fields_from(ctx, source), problems, name_of) for source, name_of in places]


def fields_from(ctx: click.Context, source: ParameterSource) -> ProgramFields:
    """The program's values that were given in one place; a list of languages or papers is no program's value."""
    from handouts.prescription import PROGRAM_FIELDS, ProgramFields

    given = {
        name: ctx.params[name]
        for name in PROGRAM_FIELDS
        if name in ctx.params
        and ctx.get_parameter_source(name) is source
        and not (name in _VERSIONS and isinstance(ctx.params[name], tuple))
    }
    return ProgramFields(**given)


_VERSIONS = ("language", "paper")


def _all(command: Command, *options: Callable[[Any], Any]) -> Command:
    for option in reversed(options):
        command = option(command)
    return command
