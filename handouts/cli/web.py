"""`handouts web`: the page in the browser of this machine, until Ctrl-C."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from handouts.cli.output import put, say_unless_quiet
from handouts.cli.session import session_of
from handouts.drafting.typed_commands import new_draft

NEEDED = ("flask", "waitress")


def run(ctx: click.Context, port: int, *, no_open: bool, require_reviewed: bool, **_options: Any) -> None:
    """Listen, print the address, open the browser, and serve until Ctrl-C."""
    if lacking := [name for name in NEEDED if find_spec(name) is None]:
        raise click.UsageError(f"{lacking[0]} is not installed: pip install 'handouts[web]'", ctx)

    def ready(address: str) -> None:
        put(address)
        say_unless_quiet(
            "Only the browser of this machine, and only with this address. Ctrl-C ends it; drafts are kept."
        )
        if not no_open:
            click.launch(address)

    library = session_of(ctx).library
    import_module("handouts.web.serving").serve(
        library,
        Path(click.get_app_dir("handouts")) / "drafts",
        new_draft(dt.date.today(), ctx.params, library),
        port,
        require_reviewed=require_reviewed,
        ready=ready,
    )
    # The server ends with Ctrl-C alone, and takes it for its own.
    raise click.Abort
