"""The programs that every engine sets, and the folder of sources made of each."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handouts.library import Library
    from handouts.model import Program

ROOT = Path(__file__).resolve().parents[3]
DATE = dt.date(2026, 11, 22)
NUMBER = "0000"
"""Stands in the patient's name and is another in every handout, so that none is made from memory alone."""
SCALES = {"typst": 0.84, "weasyprint": 0.66, "platypus": 0.8}
"""The others set type this much smaller, so that plain flowing text takes about as many pages as the designed sheet."""

_EXERCISES = (
    "bridge", "knee-to-chest", "lumbar-rotation-supine", "pelvic-tilt", "partial-curl", "side-leg-lift", "superman",
    "lumbar-rotation-seated", "cat-stretch", "hip-bridge-march", "quad-set", "heel-raise", "sit-to-stand", "chin-tuck",
    "scapular-squeeze", "ankle-alphabet", "hamstring-stretch-supine", "wall-slide", "heel-slide", "clamshell",
)  # fmt: skip
_COUNTS = (1, 8, 14)
CASES = {f"{count}{' ink' if ink else ''}": (count, ink) for count in _COUNTS for ink in (False, True)}
"""Name → number of exercises, and whether to save ink."""


def program_file(name: str, folder: Path, library: Library) -> Path:
    """The program of a case as a file."""
    count, ink = CASES[name]
    known = [exercise for exercise in _EXERCISES if exercise in library.exercise_ids()]
    known += [exercise for exercise in library.exercise_ids() if exercise not in known]
    program = {
        "patient": {"name": f"Patient {NUMBER}", "conditions": ["glaucoma"]},
        "clinic": "palm-wellness",
        "clinician": "Dana Reyes, LMT",
        "date": DATE.isoformat(),
        "exercises": known[:count],
        "print": {"paper": "letter", "log_weeks": 4, "ink_saver": ink},
    }
    path = folder / "program.yaml"
    path.write_text(json.dumps(program))  # JSON is YAML
    return path


def read(path: Path, library: Library) -> Program:
    """The program in a file."""
    from handouts.prescription import read_program

    return read_program(path, library, date=DATE)


def write_sources(name: str, folder: Path, fonts: Path) -> None:
    """Everything that the engines read for one case: the program, Typst and HTML source, drawings, the told handout."""
    from handouts.figures import Drawing, drawing_svg
    from handouts.library import read_library
    from handouts.programs import screen
    from handouts.rendering import lay_out_program
    from handouts.resources import content_folder
    from tests.benchmarks.engines.flat import file_name
    from tests.benchmarks.engines.html_source import html_source
    from tests.benchmarks.engines.told import Teller
    from tests.benchmarks.engines.typst_source import typst_source

    library = read_library([content_folder()])
    program = read(program_file(name, folder, library), library)
    ready = lay_out_program(screen(program, library), library)
    laid_out, locale = ready.pages, ready.locale
    teller = Teller(laid_out.page_size, laid_out.title, locale.tag)
    laid_out.draw(teller)  # type: ignore[arg-type]
    told = teller.told
    for key, drawing in told.drawings.items():
        plain = Drawing.of(drawing.operators, drawing.width, drawing.height, key)
        (folder / file_name(key)).write_text(drawing_svg(plain))
        told.drawings[key] = plain
    (folder / "source.typ").write_text(typst_source(told, SCALES["typst"]))
    (folder / "source.html").write_text(html_source(told, fonts.as_uri(), SCALES["weasyprint"]))
    (folder / "told.pickle").write_bytes(pickle.dumps(told))
