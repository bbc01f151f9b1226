"""`handouts web` with its options and help; what it does is in `web`."""

from __future__ import annotations

from typing import Any

import click

from handouts.cli.options import examples, layout_options, reviewed_option
from handouts.cli.session import run_command, session_options

# One option a line, where it fits.
# fmt: off


@click.command(epilog=examples("handouts web", "handouts web --port 8000 --no-open"))
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N",
              help="The port on 127.0.0.1; any free one when not given, or 0.")
@click.option("--no-open", is_flag=True, help="Only print the address; open no browser.")
@click.option("--clinician", metavar="TEXT", help="Who gives the programs.")
@layout_options
@reviewed_option
@session_options
@click.pass_context
def web(ctx: click.Context, /, **options: Any) -> Any:
    """Choose exercises by pictures, on a page in the browser of this machine only.

    The same rules judge, and nothing is sent anywhere. It needs: pip install 'handouts[web]'.
    """
    return run_command("web", ctx, options)
