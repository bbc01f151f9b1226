"""What goes wrong on the page, and how it is told: no words for a terminal, no fault for what others have written."""

from __future__ import annotations

import ast
import io
import json
import re
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import handouts
from handouts.drafting.draft import Draft
from handouts.programs import open_library
from handouts.web.app import create_app
from handouts.web.draft_store import DraftStore
from tests.web.conftest import ACCESS, Browser, Page, begun

TYPED = re.compile(r"(?<![\w-])--[a-z]|(?:`|: )handouts [a-z]|pip install|=\"|: \{\w")
"""An option, a command, or a field of a program file: what nobody does at a page."""
NEVER_ON_THE_PAGE = {
    "batch", "cli", "__main__.py", "proofreading.py",  # rooms that the page does not open
    "compose/catalogue_texts.py", "compose/review_texts.py", "drawing.py", "formats/html_page.py",  # other papers, SVG
    "drafting/typed_commands.py",  # the table of commands
    "library/filters.py", "library/starter_files.py", "library/stamps.py", "library/stray_files.py",  # find, new, check
    "pdf/files.py", "pdf/kept_handouts.py", "pdf/metadata.py",  # files that are written by name
    "prescription/revision.py", "screening/selection.py", "reviewing/items.py",  # `revise`, `make --region`, `review`
    "figures/pose_words.py",  # faults of a pose file, told with their place in it
    "printing.py",  # where there is no printer the page has no button
    "web/serving.py",  # told before there is a page
}  # fmt: skip


def test_a_draft_that_was_changed_by_hand_or_needs_another_library_is_left_where_it_is(browser):
    begun(browser, "bridge", age="40")
    (file,) = browser.folder.iterdir()
    kept = json.loads(file.read_text())
    for number, change in enumerate(
        ({"age": -4}, {"exercises": [{"exercise": "bridge", "dose": "often"}]}, {"conditions": [{"condition": ["a"]}]})
    ):
        file.with_name(f"{number}.draft.json").write_text(json.dumps({**kept, "draft": kept["draft"] | change}))
    assert browser.get("/").text.count("Delete the draft of") == 1
    assert browser.get("/draft/0").status_code == 404
    # A step whose exercise is gone from the library is not taken back.
    kept["past"][-1]["draft"]["exercises"] = [{"exercise": "gone", "dose": "3x10"}]
    file.write_text(json.dumps(kept))
    back = browser.press("undo")
    assert back.status_code == 422
    assert "that step cannot be read: the library lacks gone" in back.text
    assert "dose-bridge" in browser.page().ids


def test_what_cannot_be_kept_is_not_done(browser):
    begun(browser, "bridge")
    shutil.rmtree(browser.folder)
    browser.folder.write_text("in the way of the folder")
    answer = browser.post(f"{browser.at}/do/add", {"exercise": "heel-raise"})
    assert answer.status_code == 422
    assert "Not done:" in answer.text
    assert "dose-heel-raise" not in Page(answer.text).ids


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.7\nbroken"])
def test_what_is_no_handout_is_refused(browser, content):
    answer = browser.post("/next-visit", {"handout": (io.BytesIO(content), "x.pdf")})
    assert answer.status_code == 422
    assert "/tmp" not in answer.text


def test_what_is_wrong_is_told_without_words_for_a_terminal(browser):
    browser.do("add", exercise="bridge")
    browser.do("condition", condition="carpal-tunnel-release-recent", since="2026-10-01")
    for page, words in (
        (Page(browser.press("save-pdf").text), "patient's name is missing"),
        (browser.do("set", age="old"), "age: expected a whole number"),
        (browser.do("add", exercise="brigde"), "unknown exercise 'brigde'"),
        (browser.do("add", exercise="zzzz qqqq"), "unknown exercise 'zzzz qqqq'"),
        (browser.do("condition", condition="zzzz qqqq"), "unknown condition 'zzzz"),
        (browser.do("condition", condition="glaucoma", clearance="Dr. Lee"), "(give the name and the day)"),
        (browser.do("set", name="Ana Ruiz"), "until a clinician has found it healed"),
        (browser.page(), "no clinic is named: patients are told to call a blank line"),
    ):
        assert words in page.words
        assert not TYPED.search(page.words)


def test_every_message_that_may_come_to_the_page_says_otherwise_there_what_one_types_at_a_terminal():
    package, told = Path(handouts.__file__).parent, 0
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix()
        if {name, name.partition("/")[0]} & NEVER_ON_THE_PAGE:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call)]
        said = [one.args[0] for one in calls if getattr(one.func, "id", "") == "AtTerminal"]
        marked = {id(part) for words in said for part in ast.walk(words)}
        alone = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}  # docstrings
        for text in ast.walk(tree):
            if isinstance(text, ast.Constant) and isinstance(text.value, str) and id(text) not in alone:
                told += id(text) in marked
                typed = TYPED.search(text.value) and not text.value.startswith("#")  # a comment in a file
                assert not typed or id(text) in marked, f"{name}:{text.lineno}: for a terminal: {text.value!r}"
    assert told > 10


def test_a_clinics_own_library_speaks_its_language_and_its_mistakes_are_named_with_their_place(finder, tmp_path):
    folder = tmp_path / "own"
    (folder / "clinics").mkdir(parents=True)
    (folder / "clinics/sol.yaml").write_text("name: Sol\nphone: 555-1234\nlanguage: es\n")
    store = DraftStore(open_library(folder), tmp_path / "drafts", Draft(date="2026-11-22"))
    browser = Browser(create_app(store, finder, ACCESS).test_client(), tmp_path / "drafts")
    begun(browser, "bridge")
    browser.do("condition", condition="glaucoma")
    # The card will be in Spanish, as the only clinic of one's own is.
    assert '<span lang="es-US">3 series de 12.' in browser.get(f"{browser.at}/dose?exercise=bridge&dose=3x12").text
    assert '<span lang="es-US">3 series de 15.' in browser.get(browser.at).text
    (folder / "rules.yaml").write_text("rules:\n  - {id: own-rule, verdikt: caution}\n")
    store.library = open_library(folder)
    for answer in (browser.get(browser.at), browser.post(f"{browser.at}/do/set", {"goal": "Walk"})):
        assert answer.status_code == 422
        assert "rules.yaml:2:" in answer.text
        assert not TYPED.search(Page(answer.text).words)


def test_a_figure_that_is_drawn_for_seconds_holds_nobody_up(browser, monkeypatch):
    begun(browser, "bridge")
    drawing, drawn = threading.Event(), threading.Event()

    def slowly(*_asked: object) -> bytes:
        drawing.set()
        drawn.wait(60)
        return b"<svg/>"

    monkeypatch.setattr("handouts.web.finding.picture_bytes", slowly)
    with ThreadPoolExecutor() as other:
        picture = other.submit(browser.get, "/picture/clamshell.svg")
        assert drawing.wait(60)
        action = other.submit(browser.post, f"{browser.at}/do/drop", {"exercise": "bridge"})
        try:
            assert action.result(60).status_code == 200
        finally:
            drawn.set()
        assert picture.result(60).data == b"<svg/>"


def test_hostile_words_are_words(browser):
    name = "<script>alert(1)</script>\"'&{{7*7}}"
    page = browser.do("set", name=name)
    assert name in page.words
    assert not [one for one in page.all("script") if "src" not in one]
    assert not browser.page('?q="><img src=x onerror=1>').all("img")


def test_nothing_unsigned_is_printed_where_all_must_be_signed(library, finder, tmp_path):
    store = DraftStore(library, tmp_path, Draft(date="2026-11-22"), require_reviewed=True)
    browser = Browser(create_app(store, finder, ACCESS).test_client(), tmp_path)
    begun(browser, "bridge")
    refused = Page(browser.press("save-pdf").text)
    assert "Not saved: exercise/bridge is not signed off;" in refused.words
    assert "Not complete" in refused.words
    assert not TYPED.search(refused.words)
