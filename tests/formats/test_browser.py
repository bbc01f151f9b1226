"""A handout in a real browser: what axe finds in the page, whether it reflows, what Chromium tells a screen reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from handouts.cli.run import run
from handouts.colour import WHITE, contrast
from handouts.resources import content_folder
from tests.formats.reading import read_page, walked
from tests.tools.axe import CHROMIUM, axe_findings, chromium, needs_browser

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
OUTSIDE = """[...document.querySelectorAll('body *:not(.unseen)')].filter(one => !one.closest('svg, thead')
  && (one.getBoundingClientRect().right > innerWidth + 1 || one.scrollWidth > one.clientWidth + 1 && one.clientWidth))
  .map(one => one.outerHTML.slice(0, 100))"""
"""Elements that reach out of the window, or hold more than they show; the head of the table is for the ear there."""
INKS = """[...document.querySelectorAll('body *:not(.unseen)')].filter(one => one.checkVisibility()
  && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .map(one => getComputedStyle(one).color)"""
"""The colours of all words."""
TABLE = ("table", "row", "columnheader", "rowheader", "cell")
PARTED = """[...document.querySelectorAll('tbody th, tbody th *, td')].flatMap(one => [...one.childNodes])
  .filter(node => node.nodeType === 3).flatMap(node => [...node.data.matchAll(/\\S+/g)].filter(word => {
    const range = document.createRange()
    range.setStart(node, word.index)
    range.setEnd(node, word.index + word[0].length)
    return range.getClientRects().length > 1
  }).map(word => word[0]))"""
"""Words of the list of exercises that go over two lines."""


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
        options = ("--library", folder / "lib", "--format", "html", "--format", "pdf", "-o", folder / f"{name}.pdf")
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
    assert page.evaluate(PARTED) == []
    for style in ("", SPACED, "html { font-size: 200% !important }"):
        page.evaluate("style => document.querySelector('style').append(style)", style)
        assert page.evaluate("document.documentElement.scrollWidth") == ZOOMED["width"]
        assert page.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("name", MADE)
def test_every_word_is_dark_enough_on_white_paper(browser: Any, made: Path, name: str) -> None:
    """A browser prints no grounds unless it is asked to."""
    page = opened(browser, made / f"{name}.html", DESKTOP, color_scheme="dark")
    page.emulate_media(media="print")
    colours = {tuple(map(int, re.findall(r"\d+", colour)[:3])) for colour in page.evaluate(INKS)}
    faint = [colour for colour in colours if contrast(tuple(part / 255 for part in colour), WHITE) < 7]
    assert (len(colours) > 2, faint) == (True, [])


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
    narrow = _heard(opened(browser, path, ZOOMED))
    assert {role: narrow[role] for role in TABLE} == {role: heard[role] for role in TABLE}
    for role, kind in (("checkbox", "checkbox"), ("spinbutton", "number")):
        assert len(heard[role]) == len([one for one in source.all("input") if one.given["type"] == kind])
    assert all(said.strip() for role in ("checkbox", "spinbutton", "textbox", "group", "table") for said in heard[role])
    assert len(set(heard["group"])) == len(heard["group"])  # "Week 1, Monday"
    told = {word for said in heard.values() for one in said for word in re.findall(r"\w+", one.lower())}
    said = (re.findall(r"\w+", one.words.lower()) for one in source.all("p", "li", "td", "th", "label", "legend"))
    assert [words for words in said if not told.issuperset(words)] == []


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("mode", ["PdfTags", ""])
def test_chromium_tells_a_screen_reader_all_of_the_sheet(browser: Any, made: Path, name: str, mode: str) -> None:
    """By its tags where that mode is on, else by what it guesses from the looks."""
    path = made / f"{name}.pdf"
    told = _told_of_pdf(browser, path, mode)
    pdf = PdfReader(path)
    root: Any = pdf.trailer["/Root"]
    tree = list(walked(root["/StructTreeRoot"]))
    alternates = [one["/Alt"] for one in tree if one["/S"] == "/Figure"]
    assert [name for role, name in told if role == "image" and name] == alternates
    words = {word for _, name in told for word in re.findall(r"\w+", name)}
    missing = set(re.findall(r"\w+", " ".join(page.extract_text() for page in pdf.pages))) - words
    assert len(missing) <= len(pdf.pages)  # the numbers of pages are read to nobody
    if mode:
        kinds = {"heading": ("/H1", "/H2", "/H3"), "link": ("/Link",), "figure": ("/Figure",), "listItem": ("/LI",)}
        counts = {role: [one for one, _ in told].count(role) for role in kinds}
        wanted = {role: len([one for one in tree if one["/S"] in tags]) for role, tags in kinds.items()}
        # Chromium takes "Call a doctor today if:" for a part of the line above, which has the same type.
        assert wanted.pop("heading") - counts.pop("heading") in (0, 1)
        assert counts == wanted


def _told_of_pdf(browser: Any, path: Path, features: str) -> list[tuple[str, str]]:
    """Role and name of what is in the accessibility tree of a PDF, as Chromium's own page about it shows them."""
    asked = ["--headless=new", "--no-sandbox", "--force-renderer-accessibility", f"--enable-features={features}"]
    viewing = browser.browser_type.launch(executable_path=CHROMIUM, headless=False, args=asked)
    try:
        context = viewing.new_context()
        context.new_page().goto(path.as_uri())
        page = context.new_page()
        button = page.locator(f"[aria-label='Show accessibility tree for {PdfReader(path).metadata.title}']")
        tree, before = "", None
        for _ in range(30):  # until all pages of the PDF are in it
            page.goto("chrome://accessibility")
            page.wait_for_timeout(1000)
            if button.count():
                button.click()
                before, tree = tree, page.locator("pre").last.text_content()
                if tree == before and "pdfRoot" in tree:
                    break
    finally:
        viewing.close()
    nodes = re.split(r"\+*id#=-?\d+ ", tree)
    shown = nodes[next(i for i, one in enumerate(nodes) if one.startswith("pdfRoot")) :]
    return [(one.split()[0], " ".join(re.findall(r" name='(.*?)' (?:nameFrom|restriction)", one))) for one in shown]


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
