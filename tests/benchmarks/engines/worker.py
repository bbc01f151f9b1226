"""One engine in a process of its own: `worker.py ENGINE FOLDER` makes a handout for each line it is sent.

A line is the number to put in the patient's name, and a file to write or nothing; the answer is a line of JSON: CPU and
wall milliseconds, bytes, peak memory in MB. With `--once FILE` it makes one and ends: the engine's cold start.
"""

# ruff: noqa: T201

from __future__ import annotations

import json
import pickle
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.engines.cases import DATE, NUMBER, ROOT, SCALES

FONTS = ROOT / "fonts"
Make = Callable[[str], bytes]


def handouts(folder: Path) -> Make:
    """Screened and set; the library, the language and the figures stay in memory, as in a batch."""
    from dataclasses import replace

    from handouts import open_library, read_program, render

    library = open_library()
    program = read_program(folder / "program.yaml", library, date=DATE)

    def make(number: str) -> bytes:
        name = program.patient.name.replace(NUMBER, number) if program.patient.name else None
        return render(replace(program, patient=replace(program.patient, name=name)), library).pdf

    return make


def typst(folder: Path) -> Make:
    """Tagged, PDF/UA-1; one compiler for all, whose memory keeps what does not change."""
    import typst

    compiler = typst.Compiler(root=str(folder), font_paths=[str(FONTS)], ignore_system_fonts=True)
    source = (folder / "source.typ").read_text()

    def make(number: str) -> bytes:
        return bytes(compiler.compile(source.replace(NUMBER, number).encode(), format="pdf", pdf_standards=["ua-1"]))

    return make


def weasyprint(folder: Path) -> Make:
    """Tagged, PDF/UA-1; fonts are read once."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    source = (folder / "source.html").read_text()
    pictures: dict[str, Any] = {}

    def make(number: str) -> bytes:
        page = HTML(string=source.replace(NUMBER, number), base_url=f"{folder}/")
        return bytes(page.write_pdf(pdf_variant="pdf/ua-1", font_config=fonts, cache=pictures))

    return make


def platypus(folder: Path) -> Make:
    """Without tags; fonts are read once, drawings are forms."""
    from tests.benchmarks.engines.platypus_story import platypus_pdf, register_fonts

    register_fonts(FONTS)
    data = (folder / "told.pickle").read_bytes()

    def make(number: str) -> bytes:
        told = pickle.loads(data)
        for page in told.pages:
            for words in page.words():
                words.text = words.text.replace(NUMBER, number)
        return platypus_pdf(told, SCALES["platypus"])

    return make


ENGINES: dict[str, Callable[[Path], Make]] = {
    "handouts": handouts, "typst": typst, "weasyprint": weasyprint, "platypus": platypus,
}  # fmt: skip


def main() -> None:
    engine, folder = sys.argv[1], Path(sys.argv[2])
    make = ENGINES[engine](folder)
    if sys.argv[3:4] == ["--once"]:
        Path(sys.argv[4]).write_bytes(make(NUMBER))
        return
    for line in sys.stdin:
        number, _, file = line.strip().partition(" ")
        cpu, wall = time.process_time(), time.perf_counter()
        pdf = make(number)
        if file:
            Path(file).write_bytes(pdf)
        spent = {"cpu": (time.process_time() - cpu) * 1e3, "wall": (time.perf_counter() - wall) * 1e3}
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({**spent, "bytes": len(pdf), "memory": memory}), flush=True)


if __name__ == "__main__":
    main()
