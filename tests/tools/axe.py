"""The system's Chromium, driven by Playwright, and axe-core 4.14 in it: what it finds against WCAG 2.2 AA in a page.

Needs the extra `browser` and a Chromium. `axe.min.js` is Deque's, as it was published, under the MPL 2.0 beside it.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def _missing() -> str:
    """What keeps the browser tests from running; empty where nothing does."""
    if importlib.util.find_spec("playwright") is None:
        return "no browser tests: pip install 'handouts[browser]'"
    # Some systems have a command of that name that only tells how to install it.
    if CHROMIUM is None or subprocess.run([CHROMIUM, "--version"], capture_output=True, check=False).returncode:
        return "no browser tests: no Chromium on this machine"
    return ""


_MISSING = _missing()
needs_browser = pytest.mark.skipif(bool(_MISSING), reason=_MISSING)
"""Marks what needs a browser; without one it is skipped, and says what is missing."""

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})"


@contextmanager
def chromium() -> Iterator[Any]:
    """A running Chromium, as Playwright's `Browser`."""
    from playwright.sync_api import sync_playwright  # is not there without the extra

    with sync_playwright() as driver:
        # As root, such as in a container, Chromium has no sandbox.
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def axe_findings(page: Any) -> list[str]:
    """What axe finds wrong in a Playwright page as it stands: rule, and the elements that break it."""
    page.evaluate(Path(__file__).with_name("axe.min.js").read_text("utf-8") + "; undefined")
    violations = page.evaluate(_RUN, STANDARDS)["violations"]
    return [f"{of['id']}: {of['help']}: {[node['html'] for node in of['nodes']]}" for of in violations]
