"""Every command with its arguments, options and help. What a command does is in a module of its own.

This is the only place that imports inside a function: a command's module is loaded when the command runs. So help,
completion and `handouts screen` load neither ReportLab nor Pillow.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import click

from handouts import __version__
from handouts.cli.command_group import HandoutsGroup
from handouts.cli.options import (
    ANY_ITEM,
    CLINIC,
    CONDITION,
    EQUIPMENT,
    EXERCISE,
    GOAL,
    LANGUAGE,
    PACKET,
    PAPER,
    POSITION,
    REGION,
    WORD,
    examples,
    handout_name,
    json_option,
    layout_options,
    not_a_dash,
    output_options,
    printing_options,
    program_options,
    repeatable_layout_options,
    selection_options,
)
from handouts.cli.session import Command, add_options, check_settings, session_options
from handouts.cli.shells import SHELLS

GROUPS = {
    "Handouts": ("build", "make", "batch", "packet", "revise"),
    "Safety and the library": ("screen", "list", "show", "catalogue"),
    "A clinic's own content": ("setup", "check", "new"),
    "Settings": ("config", "completion"),
}
"""The commands as help shows them."""
NEW_ITEMS = ("exercise", "packet", "program", "clinic", "library")
LISTED = ("exercises", "packets", "conditions", "clinics", "languages",
          "regions", "goals", "positions", "equipment", "levels")  # fmt: skip
SETTINGS = {"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "HANDOUTS", "max_content_width": 100}
FILE = click.Path(path_type=Path)


def run_command(module: str, ctx: click.Context, options: dict[str, Any]) -> Any:
    """Load a command's module and run it with its options."""
    return import_module(f"handouts.cli.{module}").run(ctx, **options)


def merge_options(command: Command) -> Command:
    """All handouts in one file to print."""
    return add_options(
        command,
        click.option("--merge", type=FILE, metavar="FILE.pdf", help="All in one file to print."),
        click.option("--duplex", is_flag=True, help="For two-sided paper: each handout starts on a right-hand page."),
    )


# One option a line, where it fits.
# fmt: off


@click.group(cls=HandoutsGroup, groups=GROUPS, context_settings=SETTINGS, invoke_without_command=True)
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
@click.option("--dry-run", is_flag=True, help="Screen and lay out, and say what would be written; write nothing.")
@printing_options
@session_options
@click.pass_context
def make(ctx: click.Context, /, **options: Any) -> Any:
    """Make one handout per program file (`-` reads one from standard input), or one from the options alone.

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
@click.argument("kind", type=click.Choice(LISTED, case_sensitive=False), default="exercises")
@click.option("--region", type=REGION, metavar="ID", help="Only this part of the body (exercises, packets).")
@click.option("--goal", type=GOAL, metavar="ID", help="Only this goal (exercises).")
@click.option("--position", type=POSITION, metavar="ID", help="Only this starting position (exercises).")
@click.option("--equipment", type=EQUIPMENT, multiple=True, metavar="ID",
              help="Only what needs this, such as 'band'; 'none': nothing at all. Repeatable: any of these.")
@click.option("--safe-for", type=CONDITION, multiple=True, metavar="CONDITION",
              help="Only exercises that no rule forbids for it. Repeatable.")
@click.option("--search", metavar="TEXT",
              help="Only what resembles these words, in any language; slips and accents do not matter.")
@click.option("--language", type=LANGUAGE, default="en", metavar="CODE", help="Names in this language.")
@json_option
@session_options
@click.pass_context
def list_(ctx: click.Context, /, **options: Any) -> Any:
    """List the library, or the values that its filters take: exercises unless another KIND is named."""
    return run_command("listing", ctx, options)


@handouts.command(epilog=examples("handouts show bridge", "handouts show bridge --picture bridge.png"))
@click.argument("item", metavar="ID", type=ANY_ITEM)
@click.option("--picture", type=FILE, metavar="FILE", help="Write the figure: .pdf, .svg or .png.")
@click.option("--side", type=click.Choice(["left", "right"]), help="The figure for this side only.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--language", type=LANGUAGE, default="en", metavar="CODE", help="The patient's texts in this language.")
@json_option
@session_options
@click.pass_context
def show(ctx: click.Context, /, **options: Any) -> Any:
    """Show everything about one exercise, packet, condition or clinic, its sources included."""
    return run_command("show", ctx, options)


@handouts.command(
    epilog=examples(
        "handouts catalogue -o exercises.pdf",
        "handouts catalogue --region knee --region hip --language es --paper a4",
    ),
)
@click.option("--region", type=REGION, multiple=True, metavar="ID", help="Only this part of the body. Repeatable.")
@click.option("--clinic", type=CLINIC, metavar="ID", help="Whose name and colour it has.")
@click.option("--language", type=LANGUAGE, metavar="CODE", help="The clinic's language when not given.")
@click.option("--paper", type=PAPER, metavar="letter|a4", help="The paper; the clinic's when not given.")
@click.option("--ink-saver", is_flag=True, help="Black on white, outlines only.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="Its date; today when not given.")
@click.option("-o", "--output", callback=handout_name, type=FILE, default=Path("catalogue.pdf"), show_default=True,
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
@click.option("--reviewed", is_flag=True, help="List what no licensed clinician has signed off; not a problem.")
@click.option("--stamp", type=LANGUAGE, metavar="CODE", help="Stamp new translations of CODE with today's English.")
@click.option("--renew", type=WORD, multiple=True, metavar="ID",
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
              help="Move every exercise a level on, or to its harder or easier neighbour.")
@click.option("--no-leaflets", is_flag=True, help="Leave out the leaflets that the earlier handout had.")
@program_options
@layout_options
@output_options
@session_options
@click.pass_context
def revise(ctx: click.Context, /, **options: Any) -> Any:
    """Read the program inside an earlier handout, change it, and write the next handout.

    The patient's conditions and overrides stay, everything is screened again, and page 1 tells what changed. A locked
    handout is opened with --password-file, and the next one is locked with the same password.
    """
    return run_command("revise", ctx, options)


@handouts.command(
    epilog=examples(
        "handouts new library our-clinic",
        'handouts new exercise "Sofa bridge" --like bridge --library our-clinic',
        'handouts new packet "My back set" --from maria.yaml --library our-clinic',
    ),
)
@click.argument("what", metavar=f"({'|'.join(NEW_ITEMS)})", type=click.Choice(NEW_ITEMS))
@click.argument("name", metavar="NAME")
@click.option("--like", type=EXERCISE, metavar="ID", help="The exercise whose figure and dose a new one starts from.")
@click.option("--from", "from_", type=FILE, metavar="PROGRAM.yaml", help="A new packet with this program's exercises.")
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


@handouts.command(
    epilog=examples(
        'handouts setup --name "Harbor Physical Therapy" --phone "(813) 555-0100" --colour "#0F5B52" --yes',
        'handouts setup --hours "Mon-Fri 8 AM to 6 PM" --yes  # later: one thing changed',
    ),
)
@click.option("--name", metavar="TEXT", help="The clinic's name.")
@click.option("--phone", metavar="TEXT", help="The phone that patients are told to call.")
@click.option("--address", metavar="TEXT", help="Street and town, on one line.")
@click.option("--hours", metavar="TEXT", help="The opening hours, in the clinic's language.")
@click.option("--web", metavar="TEXT", help="The web address, such as www.harborpt.example.")
@click.option("--logo", metavar="FILE", help="An SVG, PNG or JPEG file; it is copied into the library.")
@click.option("--colour", "--color", metavar="COLOUR", help='The colour of headings, such as "#0F5B52".')
@click.option("--paper", type=PAPER, metavar="letter|a4", help="The paper in the printer.")
@click.option("--language", type=LANGUAGE, metavar="CODE", help="The language when a program names none.")
@click.option("--emergency", metavar="NUMBER", help="The emergency number on page 1.")
@click.option("--country", metavar="CODE", help="Where the clinic is (US, GB …), where the number does not tell.")
@click.option("--yes", is_flag=True, help="Ask nothing: take the options, and what is there already.")
@session_options
@click.pass_context
def setup(ctx: click.Context, /, **options: Any) -> Any:
    """Set up your clinic: its name, phone and logo, and the settings that every command then uses.

    Writes a library of your own and the configuration file (into --library and --config, when they are given), and a
    sample handout. Run it again to change something: what is there is offered, and what you wrote by hand stays.
    """
    return run_command("setup", ctx, options)


@handouts.command(epilog=examples("handouts config", "handouts config --json"))
@json_option
@session_options
@click.pass_context
def config(ctx: click.Context, /, **options: Any) -> Any:
    """Show every setting, its value and where it comes from: an option, a variable, the configuration, a default."""
    return run_command("settings", ctx, options)


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
