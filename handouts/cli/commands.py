"""Every command with its arguments, options and help. What a command does is in a module of its own.

A command's module is loaded when the command runs: so help, completion and `handouts screen` load neither ReportLab nor
Pillow.
"""

from __future__ import annotations

from pathlib import Path

import click

from handouts import __version__
from handouts.cli import options
from handouts.cli.config_file import typed_name
from handouts.cli.library_commands import LIBRARY_COMMANDS
from handouts.cli.session import FILE, check_settings, runs, session_options
from handouts.library.nearest import did_you_mean

GROUPS = {
    "Handouts": ("build", "make", "batch", "packet", "revise", "web", "find"),
    "Safety and the library": ("screen", "list", "show", "catalogue"),
    "A clinic's own content": ("setup", "check", "review", "new"),
    "Settings": ("config", "completion"),
}
"""The commands as help shows them."""
SETTINGS = {"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "HANDOUTS", "max_content_width": 100}


class HandoutsGroup(click.Group):
    """The commands in groups; a mistyped name is answered with the nearest one."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command; its environment variables are named after what a user types, with its own name or without."""
        super().add_command(cmd, name)
        # Click itself would cut the first sentence in lists.
        cmd.short_help = " ".join((cmd.help or "").split("\n\n")[0].split())
        for option in cmd.params:
            if isinstance(option, click.Option):
                typed = typed_name(option)
                option.envvar = [f"HANDOUTS_{cmd.name}_{typed}".upper(), f"HANDOUTS_{typed}".upper()]

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        """The commands in the order of their groups."""
        return [name for names in GROUPS.values() for name in names]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write each group of commands under its heading."""
        for heading, names in GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl([(name, self.commands[name].get_short_help_str()) for name in names])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As Click does it, with the nearest name for a mistyped one."""
        if args and args[0] not in self.commands and not args[0].startswith("-") and not ctx.resilient_parsing:
            hint = did_you_mean(args[0], self.commands)
            raise click.UsageError(f"No such command '{args[0]}'" + (f": {hint}" if hint else "."), ctx)
        return super().resolve_command(ctx, args)


# One option a line, where it fits.
# fmt: off


@click.group(cls=HandoutsGroup, context_settings=SETTINGS, invoke_without_command=True)
@click.version_option(__version__, message="handouts %(version)s")
@session_options
@click.pass_context
def handouts(ctx: click.Context) -> None:
    """Safe, clear home-exercise handouts as accessible PDF.

    \b
    Start with these three:
      handouts setup                  Set up your clinic, once.
      handouts build                  Make a patient's handout, question by question.
      handouts packet neck-pain       Print a standard sheet with a line for the name.

    `handouts COMMAND --help` explains each command and shows examples. Every option can also be set by an environment
    variable HANDOUTS_<OPTION> or HANDOUTS_<COMMAND>_<OPTION> and in the configuration file; a repeatable one takes
    several values there, parted by `;` in a variable. `handouts config` shows what counts.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
    elif ctx.invoked_subcommand != "setup":
        check_settings(ctx)


@handouts.command(
    epilog=options.examples(
        "handouts make maria.yaml",
        'handouts make --patient "Maria Alvarez" --exercise "bridge 2x10" -o bridge.pdf',
    ),
)
@click.argument("programs", metavar="[PROGRAM.yaml ...]", nargs=-1, type=FILE)
@options.program_options
@options.selection_options
@options.layout_options
@options.output_options
@options.printing_options
@options.reviewed_option
@runs("make")
def make() -> None:
    """Make one handout per program file (`-` reads one from standard input), or one from the options alone.

    Every program is screened before the first is written: when one is refused for safety, nothing is written.
    """


@handouts.command(
    epilog=options.examples(
        "handouts batch monday.csv -o monday/ --report monday.jsonl",
        "handouts batch monday.csv --merge monday.pdf --duplex",
    ),
)
@click.argument("paths", metavar="ROSTER ...", nargs=-1, required=True, type=FILE)
@options.layout_options
@click.option("--clinician", metavar="TEXT", help="Who gives the programs.")
@click.option("--date", metavar="YYYY-MM-DD", help="The handouts' date; today when nothing says otherwise.")
@options.format_option
@click.option("-o", "--output", callback=options.not_a_dash, metavar="DIR",
              help="The folder of the handouts; with --merge, they are written too.")
@click.option("--jobs", type=click.IntRange(1, 1024), metavar="N", help="Worker processes; the machine's cores.")
@options.merge_option
@click.option("--cover/--no-cover", default=True, help="With --merge: a first page that says what is not in the file.")
@click.option("--resume", is_flag=True, help="Leave handouts alone that are whole and made from the same input.")
@click.option("--report", type=FILE, metavar="FILE", help="A line for each row: .jsonl or .csv.")
@click.option("--keep-going/--fail-fast", default=True, help="Make the good rows, or none while one cannot be made.")
@click.option("--scheduler", metavar="ADDRESS", help="A running Dask cluster in place of this machine's cores.")
@click.option("--force", is_flag=True, help="Write over files that are not handouts or reports.")
@options.dry_run_option
@options.roster_options
@options.printing_options
@options.reviewed_option
@options.notes_option
@runs("batch")
def batch() -> None:
    """Make one handout for each row of ROSTER: a table (CSV or .xlsx) with a header, or program files and folders.

    `-` reads a table from standard input.

    Every row is checked before the first page is made. Rows that cannot be made are named with line and column, the
    others are made, and the exit code is 6.
    """


@handouts.command(
    epilog=options.examples(
        "handouts packet low-back-starter",
        "handouts packet neck-pain --language es --paper a4",
        "handouts packet --all --language en --language es --merge packets.pdf --copies 20",
    ),
)
@click.argument("names", metavar="[NAME ...]", nargs=-1, type=options.PACKET)
@click.option("--all", "every", is_flag=True, help="Every packet of the library.")
@options.repeatable_layout_options
@click.option("--clinician", metavar="TEXT", help="Who gives the program.")
@options.merge_option
@options.output_options
@options.printing_options
@options.reviewed_option
@runs("packet")
def packet() -> None:
    """Print standard packets: the same sheet with a line to write the name on.

    In every language and paper asked for. A packet's sheet is for patients for whom nothing speaks against it: nobody
    is screened here.
    """


@handouts.command(
    epilog=options.examples(
        "handouts screen maria.yaml",
        "handouts screen --exercise walking --condition osteoporosis",
    ),
)
@click.argument("programs", metavar="[PROGRAM.yaml ...]", nargs=-1, type=FILE)
@options.program_options
@options.selection_options
@options.layout_options
@options.notes_option
@options.json_option
@runs("screen")
def screen() -> None:
    """Screen a program for safety and write no PDF; takes `make`'s options in place of a file.

    "ok" means that no rule fired, never that a patient is cleared. Exit code 4 when something is contraindicated and
    not overridden.
    """


@handouts.command(
    epilog=options.examples(
        "handouts revise maria.pdf --level up",
        'handouts revise maria.pdf --dose "bridge=3x12 rest 60s" --swap superman=heel-raise -o next.pdf',
    ),
)
@click.argument("old", metavar="OLD", type=FILE)
@click.option("--dose", type=options.EXERCISE, multiple=True, metavar="ID=DOSE", help='Another dose: "bridge=3x12".')
@click.option("--add", type=options.EXERCISE, multiple=True, metavar='"ID [DOSE]"',
              help="One more exercise. Repeatable.")
@click.option("--swap", type=options.EXERCISE, multiple=True, metavar="OLD=NEW",
              help="One in another's place. Repeatable.")
@click.option("--level", type=options.one_of(["up", "down"]),
              help="Move every exercise a level on, or to its harder or easier one; up only where no rule speaks.")
@click.option("--keep-overrides", is_flag=True,
              help="Decide again what the earlier handout overrode, in the name of this visit's --clinician.")
@click.option("--since", type=FILE, metavar="OLD.pdf",
              help="What the patient last took home: page 1 tells what changed since; else OLD.pdf, or what was there "
                   "before its day.")
@click.option("--no-leaflets", is_flag=True, help="Leave out the leaflets that the earlier handout had.")
@options.program_options
@options.layout_options
@options.output_options
@options.reviewed_option
@options.printing_options
@runs("revise")
def revise() -> None:
    """Read the program inside an earlier handout, change it, and write the next handout.

    The patient's conditions stay, overrides only with --keep-overrides; everything is screened again, and page 1 tells
    what changed since the handout that the patient has: of several revisions on one day each is compared with that of
    an earlier day. A locked handout is opened with --password-file, and the next one is locked with the same password.
    """


@handouts.command(
    epilog=options.examples(
        'handouts find "Maria Alvarez"',
        "handouts find 2026-11 --json",
    ),
)
@click.argument("text", metavar="TEXT")
@click.argument("folder", metavar="[DIR]", type=FILE, default=Path())
@options.opening_option
@options.json_option
@runs("find")
def find() -> None:
    """Find handouts in a folder and those below it: by the patient's name or number, clinician, exercise, packet, date.

    Each with its date, clinician and exercises, the earliest first. Locked ones are read only with the password.
    """


@handouts.command(epilog=options.examples("handouts build", "handouts build --clinic palm-wellness -o ana.yaml"))
@options.layout_options
@click.option("-o", "--output", callback=options.not_a_dash, metavar="FILE.yaml",
              type=options.NewFile(".yaml", ".yml", dir_okay=False),
              help="The program file; <id or name>-<date>.yaml in this folder when not given.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@runs("build")
def build() -> None:
    """Build a program at the terminal: search, choose, dose, see conflicts at once, save, print.

    Every step can be taken back. Until it is saved, the draft is kept in a private file and offered again.
    """


@handouts.command(epilog=options.examples("handouts web", "handouts web --port 8000 --no-open"))
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N",
              help="The port on 127.0.0.1; any free one when not given, or 0.")
@click.option("--no-open", is_flag=True, help="Only print the address; open no browser.")
@click.option("--clinician", metavar="TEXT", help="Who gives the programs.")
@options.layout_options
@options.reviewed_option
@runs("web")
def web() -> None:
    """Choose exercises by pictures, on a page in the browser of this machine only.

    The same rules judge, and nothing is sent anywhere. It needs: pip install 'handouts[web]'.
    """


for command in LIBRARY_COMMANDS:
    handouts.add_command(command)
