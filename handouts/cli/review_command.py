"""`handouts review` with its arguments, options and help."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from handouts.cli.options import LANGUAGE, NEW_FILE, LibraryId, examples, json_option, not_a_dash
from handouts.cli.session import runs, session_of
from handouts.reviewing import every_item
from handouts.reviewing.items import KIND_NAMES

ACTIONS = ("list", "sheet", "sign", "changed")
DAY = click.DateTime(["%Y-%m-%d"])


class ItemText(LibraryId):
    """`KIND/ID` of what can be signed off."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """The items that begin with what is typed; the kinds before a kind is typed."""
        if "/" not in incomplete:
            return [CompletionItem(f"{kind}/") for kind in KIND_NAMES if kind.startswith(incomplete)]
        items = map(str, every_item(session_of(ctx).library))
        return [CompletionItem(one) for one in items if one.startswith(incomplete)]


# One option a line, where it fits.
# fmt: off


@click.command(
    epilog=examples(
        "handouts review list --region knee",
        "handouts review sheet exercise/bridge condition/osteoporosis -o to-sign.pdf",
        'handouts review sign exercise/bridge --by "Dana Reyes, PT 12345" --on 2026-11-22 --library my-clinic',
        "handouts review changed --library my-clinic",
    ),
)
@click.argument("action", metavar=f"({'|'.join(ACTIONS)})", type=click.Choice(ACTIONS))
@click.argument("items", metavar="[KIND/ID ...]", nargs=-1, type=ItemText(name="item"))
@click.option("--kind", metavar="KIND", help=f"Only this kind: {', '.join(KIND_NAMES)}.")
@click.option("--region", metavar="ID",
              help="Only exercises, packets and warnings of this part of the body, and their translations.")
@click.option("--language", type=LANGUAGE, metavar="CODE", help="Only the translations into CODE; en is the English.")
@click.option("--all", "every", is_flag=True, help="With list and sheet: also what is signed and still holds.")
@click.option("--by", metavar='"NAME, LICENCE"', help="With sign: who has read it and signs.")
@click.option("--on", type=DAY, metavar="YYYY-MM-DD", help="With sign: the day of the signature; today.")
@click.option("--until", type=DAY, metavar="YYYY-MM-DD", help="With sign: the last day it holds; two years later.")
@click.option("-o", "--output", callback=not_a_dash, type=NEW_FILE, metavar="FILE",
              help="With sheet: the file; review.pdf when not given.")
@click.option("--paper", type=click.Choice(["letter", "a4"]), help="With sheet: the paper; letter when not given.")
@click.option("--force", is_flag=True, help="With sheet: write over a file that is not a handout.")
@json_option
@runs("review")
def review() -> None:
    """Have the content signed off by a licensed clinician.

    list says what is unsigned, changed or expired; sheet prints it to be read and signed on paper; sign keeps a
    signature in the clinic's own library, bound to the content as it is; changed shows line by line what is no longer
    what was signed.

    KIND/ID is exercise/bridge, or a packet, condition, rule, warning or pain-scale. The Spanish words of an item are
    an item of their own: translation/es/exercise/bridge.
    """
