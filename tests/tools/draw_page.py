"""The pictures of `handouts web` in docs/pages: `python -m tests.tools.draw_page`.

Needs the extra `browser` and a Chromium. A made-up patient's program is built on the page, and its parts are pictured
on a small laptop and on a narrow screen.
"""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from handouts.programs import open_library
from handouts.web.finding import Finder
from tests.tools.axe import chromium
from tests.web.served import begin, begun, said, search, served, with_condition

PLACE = Path(__file__).parents[2] / "docs/pages"
LAPTOP, NARROW = {"width": 1280, "height": 720}, {"width": 400, "height": 720}
PAUSE_MS = 1_000
"""In which the pictures of the page come."""
COLOURS = 64
"""Enough for the page's own and its figures': a picture of some 50 KB."""


def main() -> None:
    """Write the pictures."""
    library = open_library()
    with (
        tempfile.TemporaryDirectory() as drafts,
        served(library, Finder(library), Path(drafts)) as server,
        chromium() as browser,
    ):
        page = browser.new_page(viewport=LAPTOP)
        page.goto(server.address)
        begin(page)
        page.fill("#set-date", "2026-11-22")
        begun(page, "partial-curl", "clamshell", "bridge")
        with_condition(page, "osteoporosis")
        page.evaluate("document.querySelectorAll('#program details').forEach((one) => { one.open = false; })")
        search(page, "dolor de espalda")
        _picture(page, "web-conflict")
        page.click("#filters")
        page.check("#safe")
        page.locator("[id^=instead-partial-curl-1-]").first.click()
        said(page, "in place of partial-curl")
        page.select_option("#set-language", "es")
        said(page, "Done: language")
        page.locator("img.page").first.wait_for()
        _picture(page, "web-paper")
        page.set_viewport_size(NARROW)
        page.locator("#chosen-title").evaluate("(one) => one.scrollIntoView()")
        _picture(page, "web-narrow")


def _picture(page: Any, name: str) -> None:
    page.wait_for_timeout(PAUSE_MS)
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(PLACE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
