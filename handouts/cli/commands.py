"""Every command with its arguments, options and help. What a command does is in a module of its own.

A command's module is loaded when the command runs: so help, completion and `handouts screen` load neither ReportLab nor
Pillow.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from handouts import __version__
from handouts.cli.config_file import typed_name
from handouts.cli.options import (
    ANY_ITEM,
    CLINIC,
    CONDITION,
    EXERCISE,
    LANGUAGE,
    PACKET,
    examples,
    json_option,
    layout_options,
    not_a_dash,
    output_options,
    printing_options,
    program_options,
    repeatable_layout_options,
    reviewed_option,
    selection_options,
)
from handouts.cli.review_command import review
from handouts.cli.session import Command, add_options, run_command, session_options
from handouts.cli.shells import SHELLS
from handouts.cli.web_command import web
from handouts.library.nearest import did_you_mean

GROUPS = {
    "Handouts": ("make", "batch", "packet", "revise", "build", "web"),
    "Safety and the library": ("screen", "list", "show", "catalogue"),
    "A clinic's own content": ("check", "review", "new"),
    "The shell": ("completion",),
}
"""The commands as help shows them."""
NEW_ITEMS = ("exercise", "packet", "program", "clinic", "library")
LISTED = ("exercises", "packets", "conditions", "clinics", "languages")
SETTINGS = {"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "HANDOUTS", "max_content_width": 100}
FILE = click.Path(path_type=Path)


class HandoutsGroup(click.Group):
    """The commands in groups; a mistyped name is answered with the nearest one."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command; its environment variables are named after what a user types, also where Python differs."""
        super().add_command(cmd, name)
        # Click names the variable after the Python name, which differs where that is a word of Python or Click.
        for option in cmd.params:
            if isinstance(option, click.Option) and typed_name(option) != option.name:
                option.envvar = f"HANDOUTS_{cmd.name}_{typed_name(option)}".upper()

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        """The commands in the order of their groups."""
        return [name for names in GROUPS.values() for name in names]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write each group of commands with its heading."""
        room = formatter.width - 6 - max(map(len, self.commands))
        for heading, names in GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl([(name, self.commands[name].get_short_help_str(room)) for name in names])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """As Click does it, with the whole first sentence of a command beside its name."""
        found = super().shell_complete(ctx, incomplete)
        for item in found:
            if command := self.commands.get(item.value):
                item.help = command.get_short_help_str(limit=100)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As Click does it, with the nearest name for a mistyped one."""
        if args and args[0] not in self.commands and not args[0].startswith("-") and not ctx.resilient_parsing:
            hint = did_you_mean(args[0], self.commands)
            raise click.UsageError(f"No such command '{args[0]}'" + (f": {hint}" if hint else "."), ctx)
        return super().resolve_command(ctx, args)


def merge_options(command: Command) -> Command:
    """All handouts in one file to print."""
    return add_options(
        command,
        click.option("--merge", type=FILE, metavar="FILE.pdf", help="All in one file to print."),
        click.option("--duplex", is_flag=True, help="For two-sided paper: each handout starts on a right-hand page."),
    )


# One option a line, where it fits.
# fmt: off


@click.group(cls=HandoutsGroup, context_settings=SETTINGS, invoke_without_command=True)
@click.version_option(__version__, message="handouts %(version)s")
@session_options
@click.pass_context
def handouts(ctx: click.Context) -> None:
    """Safe, clear home-exercise handouts as accessible PDF.

    Every option can also be set by an environment variable HANDOUTS_<COMMAND>_<OPTION> and in the config file.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@handouts.command(
    epilog=examples(
        "handouts make maria.yaml",
        'handouts make --patient "Maria Alvarez" --exercise "bridge 2x10" -o maria.pdf',
    ),
)
@click.argument("programs", metavar="[PROGRAM.yaml ...]", nargs=-1, type=FILE)
@program_options
@selection_options
@layout_options
@output_options
@printing_options
@reviewed_option
@session_options
@click.pass_context
def make(ctx: click.Context, /, **options: Any) -> Any:
    """Make one handout per program file, or one from the options alone.

    Every program is screened before the first is written: when one is refused for safety, nothing is written.
    """
    return run_command("make", ctx, options)


@handouts.command(
    epilog=examples(
        "handouts batch monday.csv -o monday/ --report monday.jsonl",
        "handouts batch monday.csv --merge monday.pdf --duplex",
    ),
)
@click.argument("paths", metavar="ROSTER ...", nargs=-1, required=True, type=FILE)
@layout_options
@click.option("--clinician", metavar="TEXT", help="Who gives the programs.")
@click.option("--date", metavar="YYYY-MM-DD", help="The handouts' date; today when nothing says otherwise.")
@click.option("-o", "--output", callback=not_a_dash, metavar="DIR",
              help="The folder of the handouts; with --merge, they are written too.")
@click.option("--jobs", type=click.IntRange(1, 1024), metavar="N", help="Worker processes; the machine's cores.")
@merge_options
@click.option("--cover/--no-cover", default=True, help="With --merge: a first page that says what is not in the file.")
@click.option("--resume", is_flag=True, help="Leave handouts alone that are whole and made from the same input.")
@click.option("--report", type=FILE, metavar="FILE", help="A line for each row: .jsonl or .csv.")
@click.option("--keep-going/--fail-fast", default=True, help="Make the good rows, or none while one cannot be made.")
@click.option("--scheduler", metavar="ADDRESS", help="A running Dask cluster in place of this machine's cores.")
@click.option("--force", is_flag=True, help="Write over files that are not handouts or reports.")
@printing_options
@reviewed_option
@session_options
@click.pass_context
def batch(ctx: click.Context, /, **options: Any) -> Any:
    """Make one handout for each row of ROSTER: a CSV file with a header row, or program files and folders of them.

    Every row is checked before the first page is made. Rows that cannot be made are named with line and column, the
    others are made, and the exit code is 6.
    """
    return run_command("batch", ctx, options)


@handouts.command(
    epilog=examples(
        "handouts packet low-back-starter",
        "handouts packet neck-pain --language es --paper a4",
        "handouts packet --all --language en --language es --merge packets.pdf --copies 20",
    ),
)
@click.argument("names", metavar="[NAME ...]", nargs=-1, type=PACKET)
@click.option("--all", "every", is_flag=True, help="Every packet of the library.")
@repeatable_layout_options
@click.option("--clinician", metavar="TEXT", help="Who gives the program.")
@merge_options
@output_options
@printing_options
@reviewed_option
@session_options
@click.pass_context
def packet(ctx: click.Context, /, **options: Any) -> Any:
    """Print standard packets: the same sheet with a line to write the name on.

    In every language and paper asked for. A packet's sheet is for patients for whom nothing speaks against it: nobody
    is screened here.
    """
    return run_command("packet", ctx, options)


@handouts.command(
    epilog=examples(
        "handouts screen maria.yaml",
        "handouts screen --exercise walking --condition osteoporosis",
    ),
)
@click.argument("programs", metavar="[PROGRAM.yaml ...]", nargs=-1, type=FILE)
@program_options
@selection_options
@layout_options
@json_option
@session_options
@click.pass_context
def screen(ctx: click.Context, /, **options: Any) -> Any:
    """Screen a program for safety and write no PDF; takes `make`'s options in place of a file.

    "ok" means that no rule fired, never that a patient is cleared. Exit code 4 when something is contraindicated and
    not overridden.
    """
    return run_command("screen", ctx, options)


@handouts.command(
    "list",
    epilog=examples(
        "handouts list exercises --region knee --safe-for osteoporosis",
        'handouts list conditions --search "weak bones"',
    ),
)
@click.argument("kind", type=click.Choice(LISTED), default="exercises")
@click.option("--region", metavar="ID", help="Only this part of the body (exercises, packets).")
@click.option("--goal", metavar="ID", help="Only this goal (exercises).")
@click.option("--position", metavar="ID", help="Only this starting position (exercises).")
@click.option("--equipment", multiple=True, metavar="ID",
              help="Only what needs nothing else; 'none' for nothing at all.")
@click.option("--safe-for", type=CONDITION, multiple=True, metavar="CONDITION",
              help="Only exercises that no rule forbids for it. Repeatable.")
@click.option("--search", metavar="TEXT",
              help="Only what resembles these words, in any language; slips and accents do not matter.")
@click.option("--language", type=LANGUAGE, default="en", metavar="CODE", help="Names in this language.")
@json_option
@session_options
@click.pass_context
def list_(ctx: click.Context, /, **options: Any) -> Any:
    """List the library: exercises unless another KIND is named."""
    return run_command("listing", ctx, options)


@handouts.command(
    epilog=examples(
        "handouts show bridge",
        "handouts show bridge --picture bridge.png",
        "handouts show maria.pdf",
        "handouts show maria.pdf --program",
    ),
)
@click.argument("item", metavar="ID|OLD.pdf", type=ANY_ITEM)
@click.option("--picture", type=FILE, metavar="FILE", help="Write the figure: .pdf, .svg or .png.")
@click.option("--side", type=click.Choice(["left", "right"]), help="The figure for this side only.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--program", is_flag=True, help="The program inside OLD.pdf, as YAML that `make` reads.")
@click.option("--password-file", type=click.Path(allow_dash=True), metavar="FILE",
              help="Opens a locked OLD.pdf: the first line of FILE; - asks for it.")
@click.option("--language", type=LANGUAGE, default="en", metavar="CODE", help="The patient's texts in this language.")
@json_option
@session_options
@click.pass_context
def show(ctx: click.Context, /, **options: Any) -> Any:
    """Show everything about one exercise, packet or condition, its sources included; or the record inside a handout.

    The record tells what was given, by whom and when, what the rules found, what was overridden or cleared, the
    versions of program and content, and every visit.
    """
    return run_command("show", ctx, options)


@handouts.command(
    epilog=examples(
        "handouts catalogue -o exercises.pdf",
        "handouts catalogue --region knee --region hip --language es --paper a4",
    ),
)
@click.option("--region", multiple=True, metavar="ID", help="Only this part of the body. Repeatable.")
@click.option("--clinic", type=CLINIC, metavar="ID", help="Whose name and colour it has.")
@click.option("--language", type=LANGUAGE, metavar="CODE", help="The clinic's language when not given.")
@click.option("--paper", type=click.Choice(["letter", "a4"]), help="The paper; the clinic's when not given.")
@click.option("--ink-saver", is_flag=True, help="Black on white, outlines only.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="Its date; today when not given.")
@click.option("-o", "--output", callback=not_a_dash, type=FILE, default=Path("catalogue.pdf"), show_default=True,
              metavar="FILE", help="The file.")
@click.option("--force", is_flag=True, help="Write over a file that is not a handout.")
@click.option("--open", "open_", is_flag=True, help="Open the PDF when it is made.")
@json_option
@session_options
@click.pass_context
def catalogue(ctx: click.Context, /, **options: Any) -> Any:
    """Make one PDF of all exercises to choose from, by region, with an index and bookmarks."""
    return run_command("cataloguing", ctx, options)


@handouts.command(epilog=examples("handouts check maria.yaml", "handouts check my-clinic"))
@click.argument("paths", metavar="[PATH ...]", nargs=-1, type=FILE)
@click.option("--stamp", type=LANGUAGE, metavar="CODE", help="Stamp new translations of CODE with today's English.")
@click.option("--renew", multiple=True, metavar="ID",
              help="With --stamp: this stale text was read again and still holds.")
@json_option
@session_options
@click.pass_context
def check(ctx: click.Context, /, **options: Any) -> Any:
    """Check content folders, program files and rosters; the built-in library and --library folders without a PATH.

    Every problem is printed as file:line:column: message, and the exit code is 3 when there is one. The handout of a
    sound program is laid out: what overlaps on its pages, is cut or too small is a problem. It is read by the items of
    PEMAT-P and CERT that a machine can judge; a low score is no problem.
    """
    return run_command("check", ctx, options)


@handouts.command(
    epilog=examples(
        "handouts revise maria.pdf --level up",
        'handouts revise maria.pdf --dose "bridge=3x12 rest 60s" --swap superman=heel-raise -o next.pdf',
    ),
)
@click.argument("old", metavar="OLD.pdf", type=FILE)
@click.option("--dose", type=EXERCISE, multiple=True, metavar="ID=DOSE", help='Another dose: "bridge=3x12".')
@click.option("--add", type=EXERCISE, multiple=True, metavar='"ID [DOSE]"', help="One more exercise. Repeatable.")
@click.option("--swap", type=EXERCISE, multiple=True, metavar="OLD=NEW", help="One in another's place. Repeatable.")
@click.option("--level", type=click.Choice(["up", "down"]),
              help="Move every exercise a level on, or to its harder or easier one; up only where no rule speaks.")
@click.option("--keep-overrides", is_flag=True,
              help="Decide again what the earlier handout overrode, in the name of this visit's --clinician.")
@click.option("--no-leaflets", is_flag=True, help="Leave out the leaflets that the earlier handout had.")
@program_options
@layout_options
@output_options
@reviewed_option
@session_options
@click.pass_context
def revise(ctx: click.Context, /, **options: Any) -> Any:
    """Read the program inside an earlier handout, change it, and write the next handout.

    The patient's conditions stay, overrides only with --keep-overrides; everything is screened again, and page 1 tells
    what changed. A locked handout is opened with --password-file, and the next one is locked with the same password.
    """
    return run_command("revise", ctx, options)


@handouts.command(
    epilog=examples(
        "handouts new library our-clinic",
        'handouts new exercise "Sofa bridge" --like bridge --library our-clinic',
    ),
)
@click.argument("what", metavar=f"({'|'.join(NEW_ITEMS)})", type=click.Choice(NEW_ITEMS))
@click.argument("name", metavar="NAME")
@click.option("--like", type=EXERCISE, metavar="ID", help="The exercise whose figure and dose a new one starts from.")
@click.option("-o", "--output", callback=not_a_dash, type=FILE, metavar="FILE", help="Write this file instead.")
@session_options
@click.pass_context
def new(ctx: click.Context, /, **options: Any) -> Any:
    """Write a commented starting file that `check` accepts; for a library, a whole folder named NAME.

    A file goes where it belongs in the last --library folder, or in the current folder without one.
    """
    return run_command("new", ctx, options)


@handouts.command(epilog=examples("handouts build", "handouts build --clinic palm-wellness -o ana.yaml"))
@layout_options
@click.option("-o", "--output", callback=not_a_dash, type=click.Path(path_type=Path, dir_okay=False),
              metavar="FILE.yaml", help="The program file; <id or name>-<date>.yaml in this folder when not given.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@session_options
@click.pass_context
def build(ctx: click.Context, /, **options: Any) -> Any:
    """Build a program at the terminal: search, choose, dose, see conflicts at once, save, print.

    Every step can be taken back. Until it is saved, the draft is kept in a private file and offered again.
    """
    return run_command("build", ctx, options)


@handouts.command(epilog=examples("handouts completion fish", "handouts completion bash --install"))
@click.argument("shell", type=click.Choice(SHELLS))
@click.option("--install", is_flag=True, help="Write the script where the shell looks for it, and say what is left.")
@session_options
@click.pass_context
def completion(ctx: click.Context, /, **options: Any) -> Any:
    """Print the completion of bash, zsh or fish: Tab then completes commands, options and the library's ids.

    To try it without installing: `source <(handouts completion bash)`, or `handouts completion fish | source`.
    """
    return run_command("completion", ctx, options)


handouts.add_command(review)
handouts.add_command(web)
