"""A server of this process for a real browser, and the first steps that are taken on its page."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from waitress import create_server

from handouts.drafting.draft import Draft
from handouts.library import Library
from handouts.web.access import Access
from handouts.web.app import create_app
from handouts.web.draft_store import DraftStore
from handouts.web.finding import Finder


class Served(NamedTuple):
    """Where a server listens, and how it ends before its time."""

    address: str
    end: Callable[[], None]


@contextmanager
def served(library: Library, finder: Finder, drafts: Path) -> Iterator[Served]:
    """A server that keeps its drafts in a folder."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        access = Access("the-key", listening.getsockname()[1])
        app = create_app(DraftStore(library, drafts, Draft(date="2026-11-22")), finder, access)
        server = create_server(app, sockets=[listening])
        threading.Thread(target=server.run, daemon=True).start()

        def end() -> None:
            server.close()
            for channel in list(server._map.values()):  # connections that the browser keeps open
                channel.close()

        yield Served(access.address, end)
        server.close()


def said(page: Any, words: str) -> None:
    """Wait until the page says it, where a voice hears it, and until the page that says it is ready for a press."""
    page.locator("#said[role=status]", has_text=words).wait_for()
    settled(page)


def settled(page: Any) -> None:
    """Wait until the page that has come answers to a press."""
    page.locator(".htmx-settling").first.wait_for(state="detached")


def begin(page: Any) -> None:
    """Begin a program on the first page."""
    page.click("#new")
    page.locator("#set-name").wait_for()
    settled(page)


def begun(page: Any, *exercises: str, name: str = "Ana Ruiz") -> None:
    page.fill("#set-name", name)
    page.click("#set-patient")
    said(page, "Done: ")
    for exercise in exercises:
        search(page, exercise)
        page.click(f"#add-{exercise}")
        said(page, f"added {exercise}")


def search(page: Any, words: str) -> None:
    page.fill("#q", words)
    page.press("#q", "Enter")
    page.locator(f'#q[value="{words}"]').wait_for()  # as the server wrote it, not as it was typed
    said(page, "Exercises: ")


def with_condition(page: Any, condition: str) -> None:
    page.locator("#condition-more").scroll_into_view_if_needed()
    if not page.is_visible("#condition"):
        page.click("#condition-more")
    page.fill("#condition", condition)
    page.click("#add-condition")
    said(page, f"condition {condition.split()[0]}")
