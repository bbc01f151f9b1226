"""`python -m tests.fuzz TARGET [libFuzzer options]`: TARGET is yaml, dose, svg, record or pdf.

What it finds is written as `crash-…` into the folder it is run in; a find becomes a test in `tests/trust` with its
mend. Only documented errors may come of any input. Needs atheris, which is not among the packages of development.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["handouts"]):
    from handouts.branding.svg_logo import parse_svg
    from handouts.dose import DoseError, format_dose, parse_dose
    from handouts.errors import BadInput, FileTrouble, HandoutError
    from handouts.library import read_library
    from handouts.library.yaml_reading import parse_yaml
    from handouts.pdf.program_seal import sealed
    from handouts.pdf.reading import read_attached_program
    from handouts.prescription import ProgramFields, build_program, program_from_record, program_record
    from handouts.rendering import render
    from handouts.resources import content_folder

import datetime as dt

LIBRARY = read_library([content_folder()])
FIELDS = ProgramFields(patient="Ana", packet="low-back-starter", skip=("superman",))
PROGRAM = build_program(FIELDS, LIBRARY, date=dt.date(2026, 11, 22))


def try_yaml(data: bytes) -> None:
    try:
        parse_yaml(data, "x.yaml")
    except BadInput as error:
        str(error)


def try_dose(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    try:
        dose = parse_dose(text)
    except DoseError:
        return
    if parse_dose(format_dose(dose)) != dose:
        raise AssertionError(text)


def try_svg(data: bytes) -> None:
    try:
        operators, _, _ = parse_svg(data, "x.svg")
    except BadInput as error:
        str(error)
        return
    if b"nan" in operators or b"inf" in operators:
        raise AssertionError("a place that is no number")


def try_record(data: bytes) -> None:
    """The program inside an old handout, with any JSON in its place."""
    try:
        record = json.loads(data)
    except (ValueError, RecursionError):
        return
    if not isinstance(record, dict):
        return
    try:
        program_from_record(record, LIBRARY)
    except HandoutError as error:
        str(error)


def try_pdf(data: bytes) -> None:
    """An old handout as a file, damaged in any way."""
    path = Path(tempfile.gettempdir()) / "handouts-fuzz.pdf"
    path.write_bytes(data)
    try:
        read_attached_program(path)
    except FileTrouble as error:
        str(error)


TARGETS: dict[str, tuple[Callable[[bytes], None], list[bytes]]] = {
    "yaml": (try_yaml, [path.read_bytes() for path in sorted(content_folder().glob("exercises/low-back/*.yaml"))[:5]]),
    "dose": (try_dose, [b"3x15 rest 60s", b"2-3 reps hold 5s each side 2/day", b"for 10min effort 4/10 tempo 3-1-3"]),
    "svg": (try_svg, [path.read_bytes() for path in content_folder().glob("clinics/*.svg")]),
    "record": (try_record, [json.dumps(program_record(PROGRAM)).encode(), sealed(program_record(PROGRAM))]),
    "pdf": (try_pdf, [render(PROGRAM, LIBRARY).pdf]),
}


def main() -> None:
    """Fuzzes one target from its seeds until libFuzzer's options end it."""
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(__doc__)
    target, seeds = TARGETS[sys.argv[1]]
    with tempfile.TemporaryDirectory(prefix="handouts-fuzz-") as corpus:
        for number, seed in enumerate(seeds):
            (Path(corpus) / f"seed-{number}").write_bytes(seed)
        atheris.Setup([f"fuzz-{sys.argv[1]}", corpus, *sys.argv[2:]], target)
        atheris.Fuzz()


main()
