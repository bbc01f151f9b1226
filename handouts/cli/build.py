"""`handouts build`: a program built at the terminal, question by question, and saved as a program file."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.cli import collecting
from handouts.cli.examples import examples
from handouts.cli.options import layout_options, named
from handouts.cli.session import Session, everywhere, session_of
from handouts.cli.streams import put
from handouts.cli.talk import say
from handouts.errors import BadInput, ExitCode, Problem

if TYPE_CHECKING:
    from handouts.cli.prompting import Asker
    from handouts.drafting.draft import Draft, Work
    from handouts.drafting.keeping import Keeper
    from handouts.library import Library


@click.command("build", epilog=examples("handouts build", "handouts build --clinic palm-wellness -o ana.yaml"))
@layout_options
@click.option("-o", "--output", callback=named, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.yaml",
              help="The program file; <id or name>-<date>.yaml in this folder when not given.")  # fmt: skip
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@everywhere
@click.pass_context
def command(ctx: click.Context, /, output: Path | None, *, force: bool, **_described: Any) -> int:
    """Build a program at the terminal: search, choose, dose, see conflicts at once, save, print.

    Every step can be taken back. Until it is saved, the draft is kept in a private file and offered again.
    """
    from handouts.cli.prompting import is_terminal

    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        raise click.UsageError("build talks with you at a terminal; in a script, use `handouts make`.", ctx)
    from handouts.cli.buildflow import Flow
    from handouts.cli.prompting import Asker
    from handouts.drafting.keeping import new_keeper

    collecting.as_always()
    session = session_of(ctx)
    asker = Asker(colour=ctx.color is not False)
    drafts = Path(click.get_app_dir("handouts")) / "drafts"
    try:
        keeper, work = _begun_before(drafts, asker, session.library) or (None, None)
    except KeyboardInterrupt:
        raise click.Abort from None
    now = dt.datetime.now().astimezone()
    flow = Flow(
        library=session.library,
        asker=asker,
        keeper=keeper or new_keeper(drafts, now),
        work=work or _new_work(ctx, now.date(), session.library),
        output=output,
        force=force,
        make=lambda path, *extra: _make(session, path, *extra),
    )
    try:
        flow.run()
    except KeyboardInterrupt:
        flow.tell_where_it_is_kept()
        raise click.Abort from None
    for path in flow.saved:
        put(str(path))
    return ExitCode.DONE


def _begun_before(folder: Path, asker: Asker, library: Library) -> tuple[Keeper, Work] | None:
    """The draft that the clinician wants to go on with, if one is kept; Ctrl-C leaves every draft where it is."""
    from handouts.drafting.judging import unknown_ids
    from handouts.drafting.keeping import kept_drafts

    for keeper, work in kept_drafts(folder):
        who = work.draft.name or "a patient without a name yet"
        asker.tell([("", f"A draft is kept: {who}, {len(work.draft.exercises)} exercises, of {work.draft.date}.\n")])

        def check(answer: str) -> str | None:
            return None if answer[:1].casefold() in ("", "y", "n", "d") else "y, n or d"

        answer = asker.ask("Go on with it? [Y]es, [n]ot now, [d]elete it: ", check=check)[:1].casefold()
        if answer == "d":
            keeper.forget()
        elif answer != "n":
            if missing := unknown_ids(work.draft, library):
                hint = "give the --library that it was made with"
                raise BadInput([Problem(str(keeper.path), 0, 0, f"the library lacks {', '.join(missing)}", hint)])
            return keeper, work
    return None


def _new_work(ctx: click.Context, today: dt.date, library: Library) -> Work:
    """An empty draft with what the options, the environment or the configuration say of clinic and layout."""
    from handouts.drafting.actions import CannotDo
    from handouts.drafting.desk import FIELDS, set_value
    from handouts.drafting.draft import Draft, Work

    draft: Draft = Draft(date=today.isoformat())
    for word, (field, _) in FIELDS.items():
        value = ctx.params.get(field.rpartition(".")[2])
        if value is not None:
            try:
                draft = set_value(draft, word, str(value), library)
            except CannotDo as error:
                raise BadInput([Problem(f"--{word}", 0, 0, str(error))]) from error
    return Work(draft=draft)


def _make(session: Session, path: Path, *extra: str) -> None:
    """Runs `handouts make` on a saved program, as the clinician would type it."""
    from handouts.cli.group import handouts
    from handouts.cli.talk import show_error
    from handouts.errors import HandoutError

    given = ["--config", str(session.config)] if session.config else []
    say(f"handouts make {path} {' '.join(extra)}".rstrip())
    try:
        handouts.main([*given, "make", str(path), *extra], prog_name="handouts", standalone_mode=False, obj=session)
    except click.ClickException as error:
        error.show()
    except HandoutError as error:
        show_error(error)
