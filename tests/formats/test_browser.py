"""The page in a real browser: what axe finds, whether it reflows, what Chromium tells a screen reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handouts.cli.run import run
from handouts.resources import content_folder
from tests.formats.reading import read_page
from tests.tools.axe import axe_findings, chromium, needs_browser

pytestmark = [pytest.mark.slow, needs_browser]

CLINIC = 'name: Harbor\nphone: (813) 555-0100\nnotices: {es: "# Español\\n\\nEs gratis.", vi: "Gọi (813) 555-0100."}\n'
SAMPLES = content_folder() / "samples"
MADE = {
    "conditions": ("make", SAMPLES / "maria.yaml"),
    "spanish-large": ("make", "--patient", "Ana", "--packet", "balance-falls", "--condition", "osteoporosis",
                      "--language", "es", "--large-print", "--log-weeks", 2),
    "blank-notices": ("packet", "neck-pain", "--log-weeks", 0),
}  # fmt: skip
"""Cautions, blanks and a log; Spanish and large; without a patient or a log, with notices in other languages."""

DESKTOP = {"width": 1280, "height": 800}
ZOOMED = {"width": 320, "height": 256}
"""What 400 % leaves of a window of 1280 by 1024 (WCAG 2.2, 1.4.10)."""
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }"""
"""What a reader may set (1.4.12)."""
OUTSIDE = """[...document.querySelectorAll('body *:not(.unseen)')].filter(one => !one.closest('svg')
  && (one.getBoundingClientRect().right > innerWidth + 1 || one.scrollWidth > one.clientWidth + 1 && one.clientWidth))
  .map(one => one.outerHTML.slice(0, 100))"""
"""Elements that reach out of the window, or hold more than they show."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as driven:
        yield driven


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the pages, and of the PDFs beside them."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "lib" / "clinics").mkdir(parents=True)
    (folder / "lib" / "clinics" / "harbor.yaml").write_text(CLINIC, encoding="utf-8")
    for name, command in MADE.items():
        options = ("--library", folder / "lib", "--format", "html", "-o", folder / f"{name}.html")
        assert run([str(word) for word in (*command, *options, "--clinic", "harbor")]) == 0
    return folder


def opened(browser: Any, path: Path, viewport: dict[str, int], **context: Any) -> Any:
    page = browser.new_context(viewport=viewport, bypass_csp=True, **context).new_page()
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (ZOOMED, "dark")])
def test_axe_finds_nothing(browser: Any, made: Path, name: str, viewport: dict[str, int], scheme: str) -> None:
    page = opened(browser, made / f"{name}.html", viewport, color_scheme=scheme)
    assert axe_findings(page) == []


@pytest.mark.parametrize("name", MADE)
def test_it_reflows(browser: Any, made: Path, name: str) -> None:
    page = opened(browser, made / f"{name}.html", ZOOMED)
    for style in ("", SPACED, "html { font-size: 200% !important }"):
        page.evaluate("style => document.querySelector('style').append(style)", style)
        assert page.evaluate("document.documentElement.scrollWidth") == ZOOMED["width"]
        assert page.evaluate(OUTSIDE) == []


def test_nothing_is_asked_for_elsewhere(browser: Any, made: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    told: list[str] = []
    page.on("console", lambda line: told.append(line.text))
    for name in MADE:
        page.goto((made / f"{name}.html").as_uri())
    assert len(asked) == len(MADE)
    assert told == []


@pytest.mark.parametrize("name", MADE)
def test_chromium_tells_a_screen_reader_all_of_it(browser: Any, made: Path, name: str) -> None:
    path = made / f"{name}.html"
    heard = _heard(opened(browser, path, DESKTOP))
    source = read_page(path.read_bytes())
    assert heard["heading"] == [one.words for one in source.all("h1", "h2", "h3")]
    assert heard["image"] == [one.given["aria-label"] for one in source.all("svg")]
    assert heard["link"] == [one.words for one in source.all("a")]
    assert len(heard["row"]) == len(source.all("tr"))
    for role, kind in (("checkbox", "checkbox"), ("spinbutton", "number")):
        assert len(heard[role]) == len([one for one in source.all("input") if one.given["type"] == kind])
    assert all(said.strip() for role in ("checkbox", "spinbutton", "textbox", "group", "table") for said in heard[role])
    assert len(set(heard["group"])) == len(heard["group"])  # "Week 1, Monday"
    told = {word for said in heard.values() for one in said for word in re.findall(r"\w+", one.lower())}
    said = (re.findall(r"\w+", one.words.lower()) for one in source.all("p", "li", "td", "th", "label", "legend"))
    assert [words for words in said if not told.issuperset(words)] == []


def _heard(page: Any) -> dict[str, list[str]]:
    """The names of what is in Chromium's accessibility tree, by role, in reading order."""
    session = page.context.new_cdp_session(page)
    nodes = {one["nodeId"]: one for one in session.send("Accessibility.getFullAXTree")["nodes"]}
    found: dict[str, list[str]] = {role: [] for role in ("checkbox", "spinbutton", "textbox", "group", "table", "row")}
    waiting = [next(iter(nodes))]
    while waiting:
        node = nodes[waiting.pop()]
        waiting += reversed([one for one in node.get("childIds", ()) if one in nodes])
        if not node["ignored"]:
            name = " ".join(node.get("name", {}).get("value", "").split())
            found.setdefault(node["role"]["value"], []).append(name)
    return found
