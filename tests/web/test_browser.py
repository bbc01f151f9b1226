"""The whole way in a real browser, with its scripts and without: needs the extra `browser` and a Chromium."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from waitress import create_server

from handouts.drafting.draft import Draft
from handouts.library import Library
from handouts.pdf.attached_program import read_attached_program
from handouts.web.access import Access
from handouts.web.app import create_app
from handouts.web.desk import Desk
from handouts.web.finding import Finder

playwright = pytest.importorskip("playwright.sync_api", reason="no browser tests: pip install 'handouts[browser]'")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no browser tests: no Chromium on this machine"),
]


@pytest.fixture
def address(library: Library, finder: Finder, tmp_path: Path) -> Iterator[str]:
    """Where a server of this process listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        access = Access("the-key", listening.getsockname()[1])
        app = create_app(Desk(library, tmp_path / "drafts", Draft(date="2026-11-22")), finder, access)
        server = create_server(app, sockets=[listening])
        threading.Thread(target=server.run, daemon=True).start()
        yield access.address
        server.close()


@pytest.fixture
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def test_find_conflict_replace_dose_reorder_print_and_the_next_visit(address, chromium, tmp_path):
    page = chromium.new_page()
    page.set_default_timeout(10_000)
    told: list[str] = []
    page.on("console", lambda line: told.append(line.text))
    page.goto(address)
    assert "key" not in page.evaluate("location.href")
    page.click("#new")
    page.fill("#set-name", "<b>Ana</b> Ruiz")
    page.click("#set-patient")
    page.locator("#said", has_text="Done: name.").wait_for()
    assert page.inner_text("h1") == "<b>Ana</b> Ruiz"
    page.fill("#q", "partial curl")
    page.keyboard.press("Enter")
    page.click("#add-partial-curl")
    page.click("#condition-more")
    page.fill("#condition", "osteoporosis")
    page.click("#add-condition")
    page.locator("#state", has_text="Refused for safety").wait_for()
    page.locator("[id^=instead-partial-curl-1-]").first.click()
    page.locator("#said", has_text="in place of partial-curl").wait_for()
    page.fill("#q", "bridge")
    page.keyboard.press("Enter")
    page.click("#add-bridge")
    page.fill("#dose-bridge", "3x12 rest 60s")
    page.locator("#sentence-bridge", has_text="Do 12.").wait_for()
    page.keyboard.press("Enter")
    page.locator("#said", has_text="Done: dose of bridge").wait_for()
    assert page.evaluate("document.activeElement.id") == "dose-bridge"
    page.press("#up-bridge", "Enter")
    page.locator("#said", has_text="bridge moved to place 1").wait_for()
    page.drag_and_drop("li.exercise:first-child h4", "li.exercise:nth-child(2) h4")
    page.locator("#said", has_text="bridge moved to place 2").wait_for()
    page.select_option("#set-language", "es")
    page.check("#set-large")
    page.click("#set-layout")
    page.locator("img.page").first.wait_for()
    with page.expect_download() as download:
        page.click("#save-pdf")
    old = tmp_path / "old.pdf"
    download.value.save_as(old)
    record = read_attached_program(old)
    assert (record["language"], record["print"]["large_print"]) == ("es", True)
    assert [next(iter(one)) for one in record["exercises"]][-1] == "bridge"
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.goto(address)
    page.set_input_files("#handout", old)
    page.click("#open-handout")
    page.click("#remove-bridge")
    page.locator("#said", has_text="took out bridge").wait_for()
    assert [one for one in told if "Content Security Policy" in one] == []


def test_it_works_without_scripts(address, chromium):
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.set_default_timeout(10_000)
    page.goto(address)
    page.click("#new")
    page.fill("#set-name", "Ana Ruiz")
    page.click("#set-patient")
    page.click("#add-bird-dog")
    page.click("#show-pages")
    assert page.locator("img.page").count() >= 2
    page.click("#undo")
    assert page.locator("#dose-bird-dog").count() == 0


def test_another_page_cannot_ask(address, chromium):
    context = chromium.new_context()
    context.new_page().goto(address)
    at = address.split("/?")[0]
    other = context.new_page()
    other.goto("data:text/html,<h1>elsewhere</h1>")
    other.set_content(f'<form method="post" action="{at}/new"><button id="go">go</button></form>')
    other.click("#go")
    assert "This is not possible" in other.inner_text("h1")
