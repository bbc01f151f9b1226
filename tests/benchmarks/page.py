"""How fast the page of `handouts web` answers: `python -m tests.benchmarks.page`.

One process, the whole library, no network: what the server does between request and answer, the best and the worst of
some runs, and the processor's time in the best one, which a busy machine does not lengthen. The first view is timed
with a library that nobody has read yet.
"""

# ruff: noqa: T201

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from werkzeug.test import TestResponse

from handouts.drafting.draft import Draft
from handouts.programs import open_library
from handouts.web.access import Access
from handouts.web.app import create_app
from handouts.web.draft_store import DraftStore
from handouts.web.finding import Finder

ACCESS = Access("key", 8000)
RUNS = 5
EIGHT = (
    "bridge", "knee-to-chest", "lumbar-rotation-supine", "pelvic-tilt", "heel-raise", "side-leg-lift", "superman",
    "clamshell",
)  # fmt: skip


def main() -> None:
    """Print a row of a table for each: what, the best and the worst milliseconds, those of the processor."""
    print("| what | best, ms | worst, ms | processor, ms |\n| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        library = open_library()
        client = create_app(
            DraftStore(library, Path(folder), Draft(date="2026-11-22")), Finder(library), ACCESS
        ).test_client()
        client.get(ACCESS.address)
        at = client.post("/new", base_url=ACCESS.origin).location

        def get(path: str = "") -> TestResponse:
            return client.get(at + path, base_url=ACCESS.origin)

        def do(action: str, **form: str) -> TestResponse:
            return client.post(f"{at}/do/{action}", base_url=ACCESS.origin, data=form, follow_redirects=True)

        def pages() -> TestResponse:
            get("/pages")
            return get("/page-1.png")

        _time("first view, the library unread", get, runs=1)
        get("?q=knee")  # the index is read ahead while the browser opens
        do("set", name="Ana Ruiz")
        for exercise in EIGHT:
            do("add", exercise=exercise)
        do("condition", condition="glaucoma")
        _time("view of eight exercises", get)
        _time("search in words", lambda: get("?q=dolor+de+rodilla"))
        _time("every exercise", lambda: get("?more=1&safe=1"))
        for action, form in (
            ("set", {"goal": "Walk"}),
            ("dose", {"exercise": "bridge", "dose": "3x12"}),
            ("move", {"exercise": "bridge", "place": "3"}),
            ("condition", {"condition": "osteoporosis"}),
            ("drop-condition", {"condition": "osteoporosis"}),
            ("swap", {"exercise": "superman", "instead": "bird-dog"}),
        ):
            _time(f"action: {action}", lambda action=action, form=form: do(action, **form), runs=1)
        _time("pages: laid out, and page 1 drawn", pages, runs=1)
        runs = iter(range(RUNS))
        _time("pages again after a change", pages, lambda: do("note", exercise="bridge", note=f"Slowly {next(runs)}"))


def _time(
    what: str, ask: Callable[[], TestResponse], before: Callable[[], object] = lambda: None, runs: int = RUNS
) -> None:
    took, worked = [], []
    for _ in range(runs):
        before()
        begun, working = time.perf_counter(), time.process_time()
        answer = ask()
        took.append(1000 * (time.perf_counter() - begun))
        worked.append(1000 * (time.process_time() - working))
        assert answer.status_code == 200, what
    print(f"| {what} | {min(took):.0f} | {max(took):.0f} | {min(worked):.0f} |")


if __name__ == "__main__":
    main()
