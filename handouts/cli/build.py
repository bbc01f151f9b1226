"""`handouts build`: a program built at the terminal, question by question, and saved as a program file."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any, TextIO

import click

from handouts.cli.build_session import BuildSession
from handouts.cli.output import put, say, say_error
from handouts.cli.prompting import Prompter
from handouts.cli.session import Session, session_of
from handouts.drafting.draft import DraftHistory
from handouts.drafting.draft_files import DraftFile, new_draft_file, saved_drafts
from handouts.drafting.draft_program import unreadable
from handouts.drafting.typed_commands import new_draft
from handouts.errors import ExitCode, HandoutError, bad_input
from handouts.library import Library


def run(ctx: click.Context, output: Path | None, *, force: bool, **_options: Any) -> int:
    """Go on with a saved draft or begin a new one, until the clinician stops."""
    # Standard output may be a pipe: it gets the names of the saved files, and nothing else.
    if not (_is_terminal(sys.stdin) and _is_terminal(sys.stderr)):
        raise click.UsageError("build talks with you at a terminal; in a script, use `handouts make`.", ctx)
    session = session_of(ctx)
    prompter = Prompter(colour=ctx.color is not False)
    drafts = Path(click.get_app_dir("handouts")) / "drafts"
    try:
        file, history = _begun_before(drafts, prompter, session.library) or (None, None)
    except KeyboardInterrupt:
        raise click.Abort from None
    now = dt.datetime.now().astimezone()
    building = BuildSession(
        library=session.library,
        prompter=prompter,
        draft_file=file or new_draft_file(drafts, now),
        history=history or DraftHistory(draft=new_draft(now.date(), ctx.params, session.library)),
        output=output,
        force=force,
        make=lambda path, *options: _make(ctx, session, path, *options),
    )
    try:
        building.run()
    except KeyboardInterrupt:
        building.say_where_the_draft_is()
        raise click.Abort from None
    for path in building.saved:
        put(str(path))
    return ExitCode.DONE


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _begun_before(folder: Path, prompter: Prompter, library: Library) -> tuple[DraftFile, DraftHistory] | None:
    """The draft that the clinician wants to go on with, if one is saved; Ctrl-C leaves every draft where it is."""
    for file, history in saved_drafts(folder):
        draft = history.draft
        who = draft.name or "a patient without a name yet"
        prompter.show([("", f"A draft is kept: {who}, {len(draft.exercises)} exercises, of {draft.date}.\n")])

        def check(answer: str) -> str | None:
            return None if answer[:1].casefold() in ("", "y", "n", "d") else "y, n or d"

        answer = prompter.ask("Go on with it? [Y]es, [n]ot now, [d]elete it: ", check=check)[:1].casefold()
        if answer == "d":
            file.delete()
        elif answer != "n":
            if why := unreadable(draft, library):
                raise bad_input(file.path, why, "give the --library that it was made with")
            return file, history
    return None


def _make(ctx: click.Context, session: Session, path: Path, *options: str) -> None:
    """Run `handouts make` on a saved program, as the clinician would type it."""
    config = ["--config", str(session.config)] if session.config else []
    say(f"handouts make {path} {' '.join(options)}".rstrip())
    try:
        ctx.find_root().command.main(
            [*config, "make", str(path), *options], prog_name="handouts", standalone_mode=False, obj=session
        )
    except click.ClickException as error:
        error.show()
    except HandoutError as error:
        say_error(error)
