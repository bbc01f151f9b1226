"""Random input for every reader: a right handout or a documented error comes of it, never a fault, never half a file.

Each reader is tried with a fixed seed, so that a failure can be found again, and with a fresh one at every run. The
quick run takes a fiftieth of the cases.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from hypothesis.strategies import SearchStrategy
from pypdf import PdfReader

from handouts.batch.roster import read_roster
from handouts.batch.roster_row import row_layer
from handouts.branding.svg_logo import parse_svg
from handouts.cli.show import record_lines
from handouts.dose import DoseError, dose_from_mapping, format_dose, parse_dose
from handouts.errors import BadInput, ExitCode, HandoutError, Problem
from handouts.library.clinics import build_clinic
from handouts.library.exercises import build_exercise
from handouts.library.packets import build_packet
from handouts.library.safety_facts import build_condition, build_rule
from handouts.library.warnings import build_warning
from handouts.library.yaml_fields import Fields
from handouts.library.yaml_reading import parse_yaml
from handouts.model import Program, Visit
from handouts.prescription import (
    PROGRAM_FIELDS,
    OptionPlaces,
    ProgramFields,
    assemble,
    build_program,
    file_layer,
    program_from_record,
    program_record,
    read_program,
)
from handouts.prescription.program_file import file_fields, program_text
from handouts.programs import screen
from handouts.rendering import render
from handouts.reports.decision_record import decision_record
from tests.trust import facts
from tests.trust.hostile import PROGRAM, bent, hostile, modest, places_in, plain, trees, words
from tests.trust.patients import TODAY, cases, library

Check = Callable[[Any], None]
CALM = list(HealthCheck)
FAST, FIXED = 1 / 50, True

# -- what may come of it ---------------------------------------------------------------------------------------------


def sound(error: HandoutError) -> None:
    """An error that can be acted upon: its exit code is a documented one, and each problem one harmless line."""
    assert error.exit_code in (ExitCode.BAD_INPUT, ExitCode.REFUSED, ExitCode.FILE_TROUBLE)
    assert str(error)
    assert all(line.isprintable() and len(line) < 2000 for line in str(error).splitlines())
    if isinstance(error, BadInput):
        assert len(error.problems) == len(str(error).splitlines())


def check_dose_notation(text: str) -> None:
    try:
        dose = parse_dose(text)
    except DoseError as error:
        told = error
    else:
        assert parse_dose(format_dose(dose)) == dose
        return
    assert told.message
    assert 0 <= told.column <= len(text) + 1


def check_dose_mapping(parts: dict[str, Any]) -> None:
    try:
        dose = dose_from_mapping(parts)
    except DoseError:
        return
    assert parse_dose(format_dose(dose)) == dose


def check_yaml(content: bytes) -> None:
    try:
        document = parse_yaml(content, "x.yaml")
    except BadInput as error:
        sound(error)
        return
    json.dumps(document.data)


def check_yaml_text(data: Any) -> None:
    """What is written as a program file is read back unchanged, or refused; never read as something else."""
    text = program_text(data)
    try:
        found = parse_yaml(text.encode("utf-8", "surrogatepass"), "x.yaml").data
    except BadInput as error:
        sound(error)
        return
    assert found == (data or None)


def build(text: str) -> Program:
    return assemble([file_layer(parse_yaml(text.encode(), "p.yaml"))], library(), date=TODAY)


def check_program(data: Any) -> None:
    places = OptionPlaces(lambda option: option)
    try:
        layer = file_layer(parse_yaml(json.dumps({}).encode(), "p.yaml"))._replace(data=data, places=places)
        program = assemble([layer], library(), date=TODAY)
    except HandoutError as error:
        sound(error)
        return
    screen(program, library())
    record = json.loads(json.dumps(program_record(program)))
    again = program_from_record(record, library())
    assert program_record(again) == program_record(program)
    again = build(program_text(file_fields(program)))
    assert program_record(again) == program_record(program)


def check_options(fields: ProgramFields) -> None:
    try:
        screen(build_program(fields, library(), date=TODAY), library())
    except HandoutError as error:
        sound(error)


def check_record(record: dict[str, Any]) -> None:
    for tell in (record_lines, lambda record, _: screen(program_from_record(record, library()), library())):
        try:
            tell(record, "old.pdf")
        except HandoutError as error:
            sound(error)


def check_item(item: tuple[str, Any]) -> None:
    kind, data = item
    problems: list[Problem] = []
    fields = Fields(data, OptionPlaces(lambda option: option), problems)
    known = library()
    match kind:
        case "exercise":
            build_exercise("x", fields, known.known)
        case "packet":
            build_packet(
                "x",
                fields,
                lambda one: known.exercise(one).sides,
                known.ids("exercises"),
                known.known,
            )
        case "clinic":
            build_clinic("x", fields, known.languages(), lambda: known.emergency_numbers, Path("x"))
        case "condition":
            build_condition("x", fields, known.known)
        case "rule":
            build_rule("x", fields, known.known)
        case "warning":
            build_warning("x", fields, known.known)
    if problems:
        sound(BadInput(problems))


def check_svg(content: bytes) -> None:
    try:
        drawing = parse_svg(content, "x.svg", "key")
    except HandoutError as error:
        sound(error)
        return
    assert not {"nan", "inf"} & set(re.findall(r"[a-z]+", repr(drawing.items)))
    assert 0 < drawing.width < 1e7
    assert 0 < drawing.height < 1e7


def check_roster(content: bytes, path: Path) -> None:
    path.write_bytes(content)
    try:
        for row in read_roster(path).rows():
            problems: list[Problem] = []
            layer = row_layer(row, library(), None, problems)
            try:
                screen(assemble([layer], library(), date=TODAY, problems=problems), library())
            except HandoutError as error:
                sound(error)
    except HandoutError as error:
        sound(error)


# -- the cases -------------------------------------------------------------------------------------------------------

SVG_PARTS = st.sampled_from([
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">', "<svg>", "</svg>", "<g transform='", "rotate(30)",
    "scale(1,2)", "'>", "</g>", '<path d="', "M0 0", "a1 1 0 1 0 9 9", "c1 1 2 2 3 3", "z", "l1e5-3", "1e999", '"/>',
    "-.5.5",
    '<rect width="9" height="9"/>', "<style>", ".a{fill:red}", "</style>", "<circle r='3' class='a'/>", "fill='#12345'",
    '<rect width="9" height="9" fill="rgb(1 2 3)"/>', "<polygon points='0 0 1 1 2'/>", "&amp;", "<!--", "-->", "<defs>",
])  # fmt: skip
GOOD_ITEMS: dict[str, Any] = {
    "exercise": facts.exercises()["knee-to-chest"],
    "packet": facts.packets()["low-back-starter"],
    "clinic": {
        "name": "A",
        "hours": {"en": "Mon"},
        "colour": "#112233",
        "country": "US",
        "emergency": "911",
        "logo": "x.svg",
    },
    "condition": facts.conditions()["knee-replacement-recent"],
    "rule": facts.rules()["osteoporosis"][0],
    "warning": facts.warnings()[3],
}
RECORDED = build_program(
    ProgramFields(
        patient="Ana", packet="low-back-starter", exercise=("partial-curl",), condition=("osteoporosis",),
        clinician="Dana", override=("partial-curl:osteoporosis=Done lying flat",),
    ),
    library(),
    date=TODAY,
)  # fmt: skip
VISITS = (Visit(date=TODAY, clinician="Dana", overrides=RECORDED.overrides), Visit(date=TODAY))
RECORD = program_record(replace(RECORDED, history=VISITS)) | decision_record(
    screen(RECORDED, library()).findings, (), (), library()
)
dose_parts = st.sampled_from([
    "3x15", "3 x 8-12", "10 reps", "3 sets", "hold 5s", "hold 1min", "for 30s", "for 6 weeks", "rest 60s", "each side",
    "left", "right", "alternate", "2/day", "5/week", "every other day", "load 5lb", "band red", "effort 4/10",
    "tempo 3-1-3", "build to 30 reps", "build to 3x15", "-", "x", "/", "0", "99999", "1.5", ",", "٣x٣", "½", "3×15",
])  # fmt: skip
fields_of = PROGRAM_FIELDS


@st.composite
def option_sets(draw: st.DrawFn) -> ProgramFields:
    several = {"condition", "exercise", "skip", "override", "append"}
    flags = {"large_print", "ink_saver", "hole_punch"}
    values: dict[str, Any] = {"patient": "Ana", "exercise": ("bridge",)}
    for name in draw(st.lists(st.sampled_from(fields_of), max_size=6, unique=True)):
        if name in several:
            values[name] = tuple(draw(st.lists(hostile, max_size=3)))
        elif name in flags:
            values[name] = draw(st.booleans())
        elif name == "log_weeks":
            values[name] = draw(st.integers(-3, 100))
        else:
            values[name] = draw(hostile)
    return ProgramFields(**values)


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    columns = draw(
        st.permutations(["name", "id", "packet", "exercises", "conditions", "language", "date", "large_print"])
    )
    rows = [columns, *draw(st.lists(st.lists(hostile, min_size=1, max_size=9), max_size=4))]
    file = io.StringIO()
    writer = csv.writer(
        file, delimiter=draw(st.sampled_from(",;\t")), lineterminator=draw(st.sampled_from(["\n", "\r\n"]))
    )
    writer.writerows([[one.replace("\0", "") for one in row] for row in rows])
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]))
    return file.getvalue().encode(encoding, "surrogatepass")


part_lists = st.lists(dose_parts | st.text(max_size=4), max_size=6)
gaps = st.sampled_from([" ", "", "  "])
dose_names = st.sampled_from(["sets", "reps", "hold_s", "side", "load", "tempo", "build_to", "effort", "x"])
signs = st.text("-?:,[]{}#&*!|>'\"%@` \n\tab1~.", max_size=80)
names = words | st.text(min_size=1, max_size=8)
kinds = st.sampled_from(list(GOOD_ITEMS))

READERS: dict[str, tuple[SearchStrategy[Any], Check, int]] = {
    "dose notation": (st.tuples(gaps, part_lists).map(lambda both: both[0].join(both[1])), check_dose_notation, 8000),
    "dose mapping": (st.dictionaries(dose_names, plain, max_size=4), check_dose_mapping, 3000),
    "yaml": (st.binary(max_size=300) | trees.map(lambda tree: repr(tree).encode("utf-8", "replace")), check_yaml, 5000),
    "yaml signs": (signs.map(str.encode), check_yaml, 5000),
    "program text": (st.dictionaries(names, modest, min_size=1, max_size=4), check_yaml_text, 2000),
    "program": (bent(PROGRAM), check_program, 6000),
    "options": (option_sets(), check_options, 5000),
    "record": (bent(RECORD), check_record, 5000),
    "items": (kinds.flatmap(lambda kind: st.tuples(st.just(kind), bent(GOOD_ITEMS[kind]))), check_item, 6000),
    "svg": (
        st.lists(SVG_PARTS | st.text(max_size=3), max_size=14).map(
            lambda parts: "".join(parts).encode("utf-8", "replace")
        ),
        check_svg,
        5000,
    ),
}
"""A reader's input, what may come of it, and how many cases a whole run tries: 50,000 together, for each seed."""


def tried(name: str, share: float, *, fixed: bool) -> None:
    strategy, check, count = READERS[name]

    @settings(
        max_examples=max(10, int(count * share)), deadline=None, suppress_health_check=CALM, derandomize=fixed,
        database=None, phases=(Phase.generate, Phase.shrink),
    )  # fmt: skip
    @given(strategy)
    def tries(case: Any) -> None:
        check(case)

    tries()


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_readers_bear_anything(name: str) -> None:
    tried(name, FAST, fixed=True)


@pytest.mark.slow
@pytest.mark.parametrize("fixed", [True, False], ids=["fixed", "fresh"])
@pytest.mark.parametrize("name", READERS)
def test_readers_bear_anything_many_times(name: str, fixed: bool) -> None:
    tried(name, 1, fixed=fixed)


@pytest.mark.slow
@pytest.mark.parametrize("fixed", [True, False], ids=["fixed", "fresh"])
def test_rosters_of_anything(fixed: bool, tmp_path: Path) -> None:
    @settings(max_examples=1000, deadline=None, suppress_health_check=CALM, derandomize=fixed, database=None)
    @given(tables() | st.binary(max_size=200))
    def tries(content: bytes) -> None:
        check_roster(content, tmp_path / "r.csv")

    tries()


@pytest.mark.slow
@pytest.mark.parametrize("fixed", [True, False], ids=["fixed", "fresh"])
def test_programs_that_pass_become_whole_handouts(fixed: bool) -> None:
    @settings(max_examples=80, deadline=None, suppress_health_check=CALM, derandomize=fixed, database=None)
    @given(cases(safe=None))
    def tries(case: Any) -> None:
        try:
            judged = screen(case.program(), library())
            made = render(judged, library())
        except HandoutError as error:
            sound(error)
            return
        assert len(PdfReader(io.BytesIO(made.pdf)).pages) == made.pages

    tries()


@pytest.mark.slow
def test_a_program_file_with_every_value_bent_once(tmp_path: Path) -> None:
    """Each value in turn: nothing, a number, a list, a mapping, a text too long."""
    path = tmp_path / "p.yaml"
    for place in places_in(PROGRAM)[1:]:
        for value in (None, -1, 1.5, True, [], {}, [[]], {"x": 1}, "", "x" * 5000):
            data = json.loads(json.dumps(PROGRAM))
            above = data
            for step in place[:-1]:
                above = above[step]
            above[place[-1]] = value
            path.write_text(json.dumps(data), encoding="utf-8")
            try:
                screen(read_program(path, library(), date=dt.date(2026, 11, 22)), library())
            except HandoutError as error:
                sound(error)
