"""The server of `handouts web`: this machine only, until Ctrl-C."""

from __future__ import annotations

import logging
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

from waitress import create_server

from handouts.drafting.draft import Draft
from handouts.errors import FileTrouble
from handouts.library import Library
from handouts.web.access import Access
from handouts.web.app import create_app
from handouts.web.desk import Desk

HOST = "127.0.0.1"
THREADS = 4


def serve(
    library: Library,
    drafts: Path,
    begin: Draft,
    port: int,
    *,
    require_reviewed: bool,
    ready: Callable[[str], None],
) -> None:
    """Serve the page until Ctrl-C; `ready` is told its address once it listens.

    Raises FileTrouble where the port cannot be had.
    """
    try:
        listening = socket.create_server((HOST, port))
    except (OSError, OverflowError) as trouble:
        raise FileTrouble(
            f"port {port}", "is taken, or may not be used: choose another, or leave --port out"
        ) from trouble
    with listening:
        access = Access(secrets.token_urlsafe(32), listening.getsockname()[1])
        app = create_app(Desk(library, drafts, begin, require_reviewed=require_reviewed), access)
        # A browser asks for a dozen pictures at once: that some wait is no warning.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        server = create_server(app, sockets=[listening], threads=THREADS, ident=None)
        ready(access.address)
        server.run()  # until Ctrl-C, which it takes for its end
        server.close()
