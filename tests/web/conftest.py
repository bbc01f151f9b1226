"""One library for every test of the page, and a browser that keeps its cookie."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from handouts.drafting.draft import Draft
from handouts.library import Library
from handouts.web.access import Access
from handouts.web.app import create_app
from handouts.web.draft_store import DraftStore
from handouts.web.finding import Finder
from tests.real_library import real_library

ACCESS = Access("the-key", 8123)


class Page(HTMLParser):
    """What a test asks of a page: its elements, and the words that it says."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.spoken: list[str] = []
        """What a voice calls each button and each part that opens."""
        self._within = ""
        self.feed(html)
        self.words = " ".join(self.words.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("button", "summary"):
            label = dict(attrs).get("aria-label")
            self._within = "" if label else tag
            self.spoken.append(label or "")

    def handle_endtag(self, tag: str) -> None:
        self._within = "" if tag == self._within else self._within

    def handle_data(self, data: str) -> None:
        self.words += data
        if self._within:
            self.spoken[-1] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        return [one["id"] or "" for _, one in self.elements if "id" in one]


class Browser:
    """A program that is open in a browser with the key."""

    def __init__(self, client: FlaskClient, folder: Path) -> None:
        self.client, self.folder = client, folder
        client.get(ACCESS.address)
        self.at = self.post("/new", follow=False).location

    def post(self, path: str, form: Mapping[str, Any] | None = None, *, follow: bool = True) -> TestResponse:
        return self.client.post(
            path,
            base_url=ACCESS.origin,
            data=dict(form or {}),
            headers={"Origin": ACCESS.origin},
            follow_redirects=follow,
        )

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, base_url=ACCESS.origin)

    def do(self, action: str, **form: str) -> Page:
        """One action; the page after it."""
        return Page(self.post(f"{self.at}/do/{action}", form).text)

    def page(self, asked: str = "") -> Page:
        return Page(self.get(self.at + asked).text)

    def press(self, name: str, **form: str) -> TestResponse:
        """A button of the program that is no change of the draft."""
        return self.post(f"{self.at}/{name}", form)


def begun(browser: Browser, *exercises: str, **fields: str) -> None:
    browser.do("set", name="Ana Ruiz", id="A-7", clinician="Dana Reyes, PT", **fields)
    for exercise in exercises:
        browser.do("add", exercise=exercise)


@pytest.fixture(scope="session")
def library() -> Library:
    return real_library()


@pytest.fixture(scope="session")
def finder(library: Library) -> Finder:
    return Finder(library)


@pytest.fixture
def client(library: Library, finder: Finder, tmp_path: Path) -> FlaskClient:
    return create_app(DraftStore(library, tmp_path / "drafts", Draft(date="2026-11-22")), finder, ACCESS).test_client()


@pytest.fixture
def browser(client: FlaskClient, tmp_path: Path) -> Browser:
    return Browser(client, tmp_path / "drafts")
