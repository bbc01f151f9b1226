"""The server of `handouts web`: this machine only, until Ctrl-C."""

from __future__ import annotations

import logging
import secrets
import socket
import threading
from collections.abc import Callable
from pathlib import Path

from waitress import create_server

from handouts.drafting.draft import Draft
from handouts.errors import BadInput, FileTrouble
from handouts.library import Library
from handouts.web.access import Access
from handouts.web.app import create_app
from handouts.web.draft_store import DraftStore
from handouts.web.finding import Finder

HOST = "127.0.0.1"
THREADS = 8
"""More than the six connections of a browser: a figure that must be drawn keeps one for seconds."""


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
        store, finder = DraftStore(library, drafts, begin, require_reviewed=require_reviewed), Finder(library)
        app = create_app(store, finder, access)
        # A browser asks for a dozen pictures at once: that some wait is no warning.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        server = create_server(app, sockets=[listening], threads=THREADS, ident=None)
        threading.Thread(target=_read_ahead, args=(store, finder), daemon=True).start()
        ready(access.address)
        server.run()  # until Ctrl-C, which it takes for its end
        server.close()


def _read_ahead(store: DraftStore, finder: Finder) -> None:
    """Read what the first search needs while the browser opens; requests come in between two steps."""
    for step in finder.reading_ahead():
        with store.alone():
            try:
                step()
            except BadInput:  # told by the page that needs it
                return
