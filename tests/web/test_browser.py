"""The whole way in a real browser, with its scripts and without; what axe finds; who else may ask."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handouts.library import Library
from handouts.pdf.reading import read_attached_program
from handouts.prescription import read_program
from handouts.rendering import render
from handouts.web.finding import Finder
from tests.tools.axe import axe_findings, chromium, needs_browser
from tests.web.served import Served, begin, begun, said, search, served, settled, with_condition

pytestmark = [pytest.mark.slow, needs_browser]

LAPTOP, NARROW = {"width": 1280, "height": 720}, {"width": 320, "height": 700}
STAND_IN = """#!/bin/sh
for last; do :; done
cp "$last" '{}'
echo 'request id is desk-1 (1 file(s))'
"""
"""In the place of `lp`: it keeps what it is given."""
DROPPED = """(data) => {
  const files = new DataTransfer();
  files.items.add(new File([Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0))], "old.pdf"));
  return files;
}"""
HOSTILE = """<img src=x onerror="document.title='taken'">'"&{{7*7}} Ruiz"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as driven:
        yield driven


@pytest.fixture
def serving(library: Library, finder: Finder, tmp_path: Path) -> Iterator[Served]:
    with served(library, finder, tmp_path / "drafts") as server:
        yield server


@pytest.fixture
def page(serving: Served, browser: Any) -> Iterator[Any]:
    """A new program on a small laptop; nothing that the page's policy forbids is ever tried."""
    context = browser.new_context(viewport=LAPTOP)
    context.set_default_timeout(60_000)
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda line: told.append(line.text))
    page.goto(serving.address)
    begin(page)
    yield page
    assert [one for one in told if "Content Security Policy" in one] == []
    context.close()


def saved(page: Any, button: str, path: Path) -> Path:
    with page.expect_download() as download:
        page.click(button)
    download.value.save_as(path)
    return path


def gone(page: Any, control: str) -> None:
    """Wait until the page has it no longer: a page that follows a press comes in its own time."""
    page.locator(control).wait_for(state="detached")
    settled(page)


def test_the_whole_way_and_the_next_visit(serving, page, library, tmp_path, monkeypatch):
    begun(page, "partial-curl", name=HOSTILE)
    page.get_by_role("heading", name=" ".join(HOSTILE.split()), exact=True, level=1).wait_for()
    assert page.title() != "taken"
    with_condition(page, "osteoporosis")
    said(page, "Refused for safety: partial-curl with osteoporosis.")
    page.locator("[id^=instead-partial-curl-1-]").first.click()
    said(page, "in place of partial-curl")
    search(page, "puente")
    page.click("#add-bridge")
    page.fill("#dose-bridge", "3x12 rest 60s")
    page.locator("#sentence-bridge", has_text="3 sets of 12.").wait_for()
    page.press("#dose-bridge", "Enter")
    said(page, "Done: dose of bridge")
    page.wait_for_function("document.activeElement.id === 'dose-bridge'")
    page.press("#up-bridge", "Enter")
    said(page, "bridge moved to place 1")
    page.drag_and_drop("li.exercise:first-child h4", "li.exercise:nth-child(2) h4")
    said(page, "bridge moved to place 2")
    page.select_option("#set-language", "es")
    said(page, "Done: language")
    page.evaluate("document.getElementById('set-ink').click(); document.getElementById('set-large').click()")
    said(page, "Done: large")  # the second one, which waited for the first
    page.uncheck("#set-ink")
    said(page, "Done: ink")
    page.locator("img.page").first.wait_for()
    printer = tmp_path / "bin" / "lp"
    printer.parent.mkdir()
    printer.write_text(
        f'#!/bin/sh\nfor last; do :; done\ncp "$last" {tmp_path}/printed.pdf\necho "request id is desk-1 ("\n'
    )
    printer.chmod(0o755)
    monkeypatch.setenv("PATH", str(printer.parent), prepend=":")
    page.reload()
    page.click("#printing")
    page.click("#print")
    said(page, "Sent to desk: 1 copy, Letter.")
    old = saved(page, "#save-pdf", tmp_path / "old.pdf")
    assert old.read_bytes() == (tmp_path / "printed.pdf").read_bytes()
    program = read_program(saved(page, "#save-program", tmp_path / "a.yaml"), library, date=dt.date(2020, 1, 1))
    assert old.read_bytes() == render(program, library).pdf
    record = read_attached_program(old)
    assert (record["language"], record["print"]["large_print"]) == ("es", True)
    # The handout that is dropped on the first page brings its program back.
    page.goto(serving.address)
    dropped = page.evaluate_handle(DROPPED, base64.b64encode(old.read_bytes()).decode())
    page.dispatch_event("main", "drop", {"dataTransfer": dropped})
    page.click("#remove-bridge")
    said(page, "took out bridge")
    page.locator("#changes", has_text="took out bridge").wait_for(state="attached")


def test_what_was_typed_is_kept_before_anything_else_is_done(page):
    begun(page, "bridge")
    page.fill("#set-age", "15")
    page.click("#condition-more")
    page.fill("#condition", "glaucoma")
    page.click("#save-pdf")
    # A child is refused: the age that was only typed counts.
    page.locator("#said", has_text="Not saved: refused for safety").wait_for()
    page.locator("#program", has_text="glaucoma").wait_for()
    page.fill("#dose-bridge", "3x0")
    page.click("#undo")
    said(page, "Not done: dose of bridge")
    # What was refused stays to be mended, and is not left behind unasked.
    asked: list[str] = []
    page.once("dialog", lambda one: (asked.append(one.type), one.dismiss()))
    page.click("header a", no_wait_after=True)
    page.fill("#dose-bridge", page.input_value("#dose-bridge").replace("3x0", "3x9"))
    page.press("#dose-bridge", "Enter")
    said(page, "Done: dose of bridge: 3x9")
    assert asked == ["beforeunload"]


def test_all_by_keyboard(page):
    def reach(control: str) -> None:
        for _ in range(200):
            if page.evaluate("document.activeElement.id") == control:
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {control}")

    reach("set-name")
    page.keyboard.type("Ana Ruiz")
    page.keyboard.press("Enter")
    said(page, "Done: name.")
    reach("q")
    page.keyboard.type("bird dog")
    page.keyboard.press("Enter")
    said(page, "Exercises: ")
    reach("add-bird-dog")
    after = page.evaluate("document.querySelector('li.card:has(#add-bird-dog) + li.card button').id")
    page.keyboard.press("Enter")
    said(page, "added bird-dog")
    # The button is gone: the next one is where one goes on.
    page.wait_for_function("(id) => document.activeElement.id === id", arg=after)
    reach("remove-bird-dog")
    page.keyboard.press("Space")
    said(page, "took out bird-dog")
    page.wait_for_function("document.activeElement.id === 'program-title'")


def test_an_older_tab_changes_nothing_and_is_told(page):
    begun(page, "bridge", "heel-raise")
    older = page.context.new_page()
    older.goto(page.url)
    page.click("#remove-bridge")
    said(page, "took out bridge")
    older.fill("#dose-bridge", "3x12")
    older.click("#set-dose-bridge")
    said(older, "Not done: the program was changed elsewhere")
    gone(older, "#dose-bridge")
    older.click("#remove-heel-raise")
    said(older, "took out heel-raise")
    page.click("#save-pdf")
    said(page, "Not saved: the program was changed elsewhere")
    gone(page, "#dose-heel-raise")


def test_a_draft_survives_a_closed_browser_and_goes_when_it_is_deleted(serving, page, browser):
    begun(page, "bridge")
    page.context.close()
    again = browser.new_context().new_page()
    again.goto(serving.address)
    again.click("text=Ana Ruiz, 1 exercise")
    again.locator("#dose-bridge").wait_for()
    # Deleting it is asked about, since nothing takes it back.
    again.once("dialog", lambda one: one.dismiss())
    again.click("#close")
    assert again.locator("#dose-bridge").count() == 1
    again.once("dialog", lambda one: one.accept())
    again.click("#close")
    again.locator("main", has_text="None is kept.").wait_for()


def test_the_end_of_the_server_is_said(serving, page):
    begun(page, "bridge")
    serving.end()
    page.click("#remove-bridge")
    said(page, "The server has ended. Start it again: the draft is kept.")
    assert page.locator("#dose-bridge").count() == 1


def test_axe_finds_nothing_on_any_part(serving, page):
    assert axe_findings(page) == []
    begun(page, "partial-curl", "clamshell")
    with_condition(page, "osteoporosis")
    with_condition(page, "glaucoma")
    search(page, "back")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert axe_findings(page) == []  # in conflict, all of it open
    page.set_viewport_size(NARROW)
    assert axe_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    page.click("#remove-partial-curl")
    page.locator("img.page").first.wait_for()
    assert axe_findings(page) == []  # the finished pages
    page.goto(serving.address)
    assert axe_findings(page) == []
    page.goto(serving.address.replace("/?", "/nothing?"))
    assert axe_findings(page) == []


def test_it_works_without_scripts(serving, browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.set_default_timeout(60_000)
    page.goto(serving.address)
    begin(page)
    page.fill("#set-name", "Ana Ruiz")
    page.click("#set-patient")
    said(page, "Done: ")
    page.click("#add-bird-dog")
    said(page, "added bird-dog")
    page.click("#show-pages")
    page.locator("img.page").nth(1).wait_for()
    page.click("#undo")
    gone(page, "#dose-bird-dog")


def test_neither_a_wrong_key_nor_another_page_can_ask(serving, browser):
    stranger = browser.new_context().new_page()
    stranger.goto(serving.address.replace("the-key", "my-key"))
    stranger.locator("h1", has_text="This is not possible").wait_for()
    context = browser.new_context()
    context.new_page().goto(serving.address)
    other = context.new_page()
    other.goto("data:text/html,<h1>elsewhere</h1>")
    at = serving.address.split("/?")[0]
    other.set_content(f'<form method="post" action="{at}/new"><button id="go">go</button></form>')
    other.click("#go")
    other.locator("h1", has_text="This is not possible").wait_for()
