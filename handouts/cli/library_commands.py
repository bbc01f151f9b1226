"""The commands about the library, a clinic and the settings, with their arguments, options and help."""

from __future__ import annotations

from pathlib import Path

import click

from handouts.cli import options
from handouts.cli.completion import SHELLS
from handouts.cli.session import FILE, Session, runs
from handouts.reviewing import every_item
from handouts.reviewing.items import KIND_NAMES

NEW_ITEMS = ("exercise", "packet", "program", "roster", "clinic", "library")
LISTED = ("exercises", "packets", "conditions", "clinics", "languages",
          "regions", "goals", "positions", "equipment", "levels")  # fmt: skip
REVIEW_ACTIONS = ("list", "sheet", "sign", "changed")


def _signable(session: Session, begun: str) -> list[tuple[str, None]]:
    """Completes `KIND/ID` of what can be signed off; the kinds before a kind is typed."""
    found = map(str, every_item(session.library)) if "/" in begun else (f"{kind}/" for kind in KIND_NAMES)
    return [(one, None) for one in found if one.startswith(begun)]


# One option a line, where it fits.
# fmt: off


@click.command(
    "list",
    epilog=options.examples(
        "handouts list exercises --region knee --safe-for osteoporosis",
        'handouts list conditions --search "weak bones"',
    ),
)
@click.argument("kind", type=options.one_of(LISTED), default="exercises")
@click.option("--region", type=options.REGION, metavar="ID", help="Only this part of the body (exercises, packets).")
@click.option("--goal", type=options.GOAL, metavar="ID", help="Only this goal (exercises).")
@click.option("--position", type=options.POSITION, metavar="ID", help="Only this starting position (exercises).")
@click.option("--equipment", type=options.EQUIPMENT, multiple=True, metavar="ID",
              help="Only what needs this, such as 'band'; 'none': nothing at all. Repeatable: any of these.")
@click.option("--safe-for", type=options.CONDITION, multiple=True, metavar="CONDITION",
              help="Only exercises that no rule forbids for it, `ID [since DATE | week N]`. Repeatable.")
@click.option("--search", metavar="TEXT",
              help="Only what resembles these words, in any language; slips and accents do not matter.")
@click.option("--language", type=options.LANGUAGE, default="en", metavar="CODE", help="Names in this language.")
@options.json_option
@runs("listing")
def list_() -> None:
    """List the library, or the values that its filters take: exercises unless another KIND is named."""


@click.command(
    epilog=options.examples(
        "handouts show bridge",
        "handouts show bridge --picture bridge.png",
        "handouts show maria.pdf",
        "handouts show maria.pdf --program",
    ),
)
@click.argument("item", metavar="ID|OLD.pdf", type=options.ANY_ITEM)
@click.option("--picture", type=FILE, metavar="FILE", help="Write the figure: .pdf, .svg or .png.")
@click.option("--side", type=options.one_of(["left", "right"]), help="The figure for this side only.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--program", is_flag=True, help="The program inside OLD.pdf, as YAML that `make` reads.")
@options.opening_option
@click.option("--language", type=options.LANGUAGE, default="en", metavar="CODE",
              help="The patient's texts in this language.")
@options.json_option
@runs("show")
def show() -> None:
    """Show everything about one exercise, packet, condition or clinic, its sources included; or the record inside a
    handout.

    The record tells what was given, by whom and when, what the rules found, what was overridden or cleared, the
    versions of program and content, and every visit.
    """


@click.command(
    epilog=options.examples(
        "handouts catalogue -o exercises.pdf",
        "handouts catalogue --region knee --region hip --language es --paper a4",
    ),
)
@click.option("--region", type=options.REGION, multiple=True, metavar="ID",
              help="Only this part of the body. Repeatable.")
@click.option("--clinic", type=options.CLINIC, metavar="ID", help="Whose name and colour it has.")
@click.option("--language", type=options.LANGUAGE, metavar="CODE", help="The clinic's language when not given.")
@click.option("--paper", type=options.PAPER, metavar="letter|a4", help="The paper; the clinic's when not given.")
@click.option("--ink-saver", is_flag=True, help="Black on white, outlines only.")
@click.option("--large-print", is_flag=True, help="Nothing under 18 points.")
@click.option("--date", type=options.DAY, metavar="YYYY-MM-DD", help="Its date; today when not given.")
@click.option("-o", "--output", callback=options.not_a_dash, type=options.NEW_PDF, default=Path("catalogue.pdf"),
              show_default=True, metavar="FILE", help="The file.")
@click.option("--force", is_flag=True, help="Write over a file that is not a catalogue.")
@click.option("--open", "open_", is_flag=True, help="Open the PDF when it is made.")
@options.json_option
@runs("cataloguing")
def catalogue() -> None:
    """Make one PDF of all exercises to choose from, by region, with an index and bookmarks."""


@click.command(epilog=options.examples("handouts check maria.yaml", "handouts check my-clinic"))
@click.argument("paths", metavar="[PATH ...]", nargs=-1, type=FILE)
@click.option("--stamp", type=options.LANGUAGE, metavar="CODE",
              help="Stamp new translations of CODE with today's English.")
@click.option("--renew", type=options.WORD, multiple=True, metavar="ID",
              help="With --stamp: this stale text was read again and still holds.")
@options.roster_options
@options.json_option
@runs("check")
def check() -> None:
    """Check content folders, program files and rosters; the built-in library and --library folders without a PATH.

    Every problem is printed as file:line:column: message, and the exit code is 3 when there is one. The handout of a
    sound program is laid out: what overlaps on its pages, is cut or too small is a problem. It is read by the items of
    PEMAT-P and CERT that a machine can judge; a low score is no problem.
    """


@click.command(
    epilog=options.examples(
        "handouts new roster tuesday",
        "handouts new library our-clinic",
        'handouts new exercise "Sofa bridge" --like bridge --library our-clinic',
        'handouts new packet "My back set" --from maria.yaml --library our-clinic',
    ),
)
@click.argument("what", metavar=f"({'|'.join(NEW_ITEMS)})", type=options.one_of(NEW_ITEMS))
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--like", type=options.EXERCISE, metavar="ID",
              help="The exercise whose figure and dose a new one starts from.")
@click.option("--from", "from_", type=FILE, metavar="PROGRAM.yaml|OLD.pdf",
              help="A new packet with the exercises of this program or handout.")
@options.opening_option
@click.option("-o", "--output", callback=options.not_a_dash, type=options.NEW_FILE, metavar="FILE",
              help="Write this file instead.")
@runs("new")
def new() -> None:
    """Write a commented starting file that `check` accepts: for a library a folder, for a roster a table.

    A file goes where it belongs in the last --library folder, or in the current folder without one.
    """


@click.command(
    epilog=options.examples(
        'handouts setup --name "Harbor Physical Therapy" --phone "(813) 555-0100" --colour "#0F5B52" --yes',
        'handouts setup --hours "Mon-Fri 8 AM to 6 PM" --yes  # later: one thing changed',
    ),
)
@click.option("--name", metavar="TEXT", help="The clinic's name.")
@click.option("--phone", metavar="TEXT", help="The phone that patients are told to call.")
@click.option("--address", metavar="TEXT", help="Street and town, on one line.")
@click.option("--hours", metavar="TEXT", help="The opening hours, in the clinic's language.")
@click.option("--web", metavar="TEXT", help="The web address, such as www.harborpt.example.")
@click.option("--logo", metavar="FILE", help="An SVG, PNG, JPEG or WebP file; it is copied into the library.")
@click.option("--colour", "--color", metavar="COLOUR", help='The colour of headings, such as "#0F5B52".')
@click.option("--paper", type=options.PAPER, metavar="letter|a4", help="The paper in the printer.")
@click.option("--language", type=options.LANGUAGE, metavar="CODE", help="The language when a program names none.")
@click.option("--emergency", metavar="NUMBER", help="The emergency number on page 1.")
@click.option("--country", metavar="CODE", help="Where the clinic is (US, GB …), where the number does not tell.")
@click.option("--yes", is_flag=True, help="Ask nothing: take the options, and what is there already.")
@runs("setup")
def setup() -> None:
    """Set up your clinic: its name, phone and logo, and the settings that every command then uses.

    Writes a library of your own and the configuration file (into --library and --config, when they are given), and a
    sample handout. Run it again to change something: what is there is offered, and what you wrote by hand stays.
    """


@click.command(
    epilog=options.examples(
        "handouts review list --region knee",
        "handouts review sheet exercise/bridge condition/osteoporosis -o to-sign.pdf",
        'handouts review sign exercise/bridge --by "Dana Reyes, PT 12345" --on 2026-11-22 --library my-clinic',
        "handouts review changed --library my-clinic",
    ),
)
@click.argument("action", metavar=f"({'|'.join(REVIEW_ACTIONS)})", type=options.one_of(REVIEW_ACTIONS))
@click.argument("items", metavar="[KIND/ID ...]", nargs=-1, type=options.Word("item", _signable))
@click.option("--kind", metavar="KIND", help=f"Only this kind: {', '.join(KIND_NAMES)}.")
@click.option("--region", metavar="ID",
              help="Only exercises, packets and warnings of this part of the body, and their translations.")
@click.option("--language", type=options.LANGUAGE, metavar="CODE",
              help="Only the translations into CODE; en is the English.")
@click.option("--all", "every", is_flag=True, help="With list and sheet: also what is signed and still holds.")
@click.option("--by", metavar='"NAME, LICENCE"', help="With sign: who has read it and signs.")
@click.option("--on", type=options.DAY, metavar="YYYY-MM-DD", help="With sign: the day of the signature; today.")
@click.option("--until", type=options.DAY, metavar="YYYY-MM-DD",
              help="With sign: the last day it holds; two years later.")
@click.option("-o", "--output", callback=options.not_a_dash, type=options.NEW_PDF, metavar="FILE",
              help="With sheet: the file; review.pdf when not given.")
@click.option("--paper", type=options.one_of(["letter", "a4"]), help="With sheet: the paper; letter when not given.")
@click.option("--force", is_flag=True, help="With sheet: write over a file that is not a handout.")
@options.json_option
@runs("review")
def review() -> None:
    """Have the content signed off by a licensed clinician.

    list says what is unsigned, changed or expired; sheet prints it to be read and signed on paper; sign keeps a
    signature in the clinic's own library, bound to the content as it is; changed shows line by line what is no longer
    what was signed.

    KIND/ID is exercise/bridge, or a packet, condition, rule, warning or pain-scale. The Spanish words of an item are
    an item of their own: translation/es/exercise/bridge.
    """


@click.command(epilog=options.examples("handouts config", "handouts config --json"))
@options.json_option
@runs("settings")
def config() -> None:
    """Show every setting, its value and where it comes from: an option, a variable, the configuration, a default."""


@click.command(epilog=options.examples("handouts completion fish", "handouts completion bash --install"))
@click.argument("shell", type=options.one_of(SHELLS))
@click.option("--install", is_flag=True, help="Write the script where the shell looks for it, and say what is left.")
@runs("completion")
def completion() -> None:
    """Print the completion of bash, zsh or fish: Tab then completes commands, options and the library's ids.

    To try it without installing: `source <(handouts completion bash)`, or `handouts completion fish | source`.
    """


LIBRARY_COMMANDS = (list_, show, catalogue, check, new, setup, config, completion, review)
