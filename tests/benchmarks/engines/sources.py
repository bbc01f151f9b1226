"""The folder of sources made of each case: what the engines read."""

from __future__ import annotations

import pickle
from pathlib import Path

from handouts import open_library, read_program, screen
from handouts.rendering import lay_out_program
from tests.benchmarks.engines.cases import DATE, SCALES, program_file
from tests.benchmarks.engines.flat import file_name
from tests.benchmarks.engines.html_source import html_source
from tests.benchmarks.engines.teller import Teller
from tests.benchmarks.engines.typst_source import typst_source


def write_sources(name: str, folder: Path, fonts: Path) -> None:
    """Everything that the engines read for one case: the program, Typst and HTML source, drawings, the told handout."""
    library = open_library()
    program = read_program(program_file(name, folder, library.exercise_ids()), library, date=DATE)
    ready = lay_out_program(screen(program, library), library)
    teller = Teller(ready.pages.page_size, ready.pages.title, ready.locale.tag, DATE)
    ready.pages.draw(teller)
    told = teller.told
    told.pages = [page for page in told.pages if page.kids]
    for key, shown in told.drawings.items():
        (folder / file_name(key)).write_text(shown.svg)
    (folder / "source.typ").write_text(typst_source(told, SCALES["typst"]))
    (folder / "source.html").write_text(html_source(told, fonts.as_uri(), SCALES["weasyprint"]))
    (folder / "told.pickle").write_bytes(pickle.dumps(told))
