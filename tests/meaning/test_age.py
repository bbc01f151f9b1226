"""The age, the date of birth and the helper: an adult without one, refused under 18, told in the record."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from handouts.batch.roster import read_roster
from handouts.batch.roster_row import row_layer
from handouts.dose import format_dose
from handouts.errors import BadInput, Problem
from handouts.library import Library
from handouts.model import Program
from handouts.prescription import (
    ProgramFields,
    build_program,
    program_from_record,
    program_record,
    read_program,
)
from handouts.prescription.revision import RequestedChanges, revise
from handouts.screening import advice, refusals, screen
from tests.real_library import real_library

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def library() -> Library:
    return real_library()


def program(library: Library, **asked: object) -> Program:
    fields = ProgramFields(patient="Ana", clinician="Dana Reyes", exercise=("bridge",), **asked)
    return build_program(fields, library, date=TODAY)


def refused(made: Program, library: Library) -> set[str]:
    return {finding.condition for finding in refusals(screen(made, library))}


@pytest.mark.parametrize(
    ("asked", "age", "child"),
    [
        ({}, None, False),
        ({"age": 18}, 18, False),
        ({"age": 17}, 17, True),
        ({"age": 0}, 0, True),
        ({"born": "2008-11-22"}, 18, False),
        ({"born": "2008-11-23"}, 17, True),
        ({"born": "1950-02-28"}, 76, False),
        ({"born": "2008-11-23", "date": "2026-11-23"}, 18, False),
    ],
)
def test_under_18_is_refused(library, asked, age, child):
    made = program(library, **asked)
    assert made.patient.age == age
    assert refused(made, library) == ({"under-18"} if child else set())


def test_an_override_of_the_age_lifts_it_for_every_exercise(library):
    made = program(library, age=15, override=("age=growth plates are closed",), packet="low-back-starter")
    assert refused(made, library) == set()
    reasons = {one.overridden for one in screen(made, library) if one.verdict == "contraindicated"}
    assert reasons == {"growth plates are closed"}
    assert not [note for note in advice(made, screen(made, library)) if "not needed" in note.text]


@pytest.mark.parametrize(
    "said", ["growth plates are closed", "{reason: growth plates are closed}", "{under-18: growth plates are closed}"]
)
def test_a_program_file_overrides_the_age_in_each_form(library, tmp_path: Path, said: str):
    path = tmp_path / "p.yaml"
    path.write_text(
        f"patient: {{name: Ana, age: 15}}\nclinician: Dana Reyes\nexercises: [bridge]\noverrides: {{age: {said}}}\n"
    )
    made = read_program(path, library, date=TODAY)
    assert [(one.item, one.condition, one.by) for one in made.overrides] == [("age", "under-18", "Dana Reyes")]
    assert refused(made, library) == set()


@pytest.mark.parametrize(("age", "dose"), [(17, "2x8 rest 60s"), (18, "3x15 rest 60s")])
def test_what_a_child_does_all_the_same_begins_gently(library, age, dose):
    made = program(library, age=age, override=("age=growth plates are closed",))
    assert [format_dose(one.dose) for one in made.prescriptions] == [dose]


@pytest.mark.parametrize(
    ("before", "now", "dose"),
    [
        ({}, {"age": 15, "override": ("age=growth plates are closed",)}, "2x8 rest 60s"),
        ({}, {"age": 30, "override": ("age=growth plates are closed",)}, "3x12 rest 60s"),
        ({"age": 15, "override": ("age=growth plates are closed",)}, {}, "3x12 rest 60s"),  # not anew at each visit
    ],
)
def test_a_child_begins_gently_at_the_visit_of_the_override(library, before, now, dose):
    fields = ProgramFields(patient="Ana", clinician="Dana Reyes", exercise=("bridge 3x12 rest 60s",), **before)
    old = program_record(build_program(fields, library, date=TODAY))
    asked = RequestedChanges(keep_overrides=bool(before))
    new = revise(old, asked, ProgramFields(clinician="Sam Poe", **now), library, date=TODAY).program
    assert [format_dose(one.dose) for one in new.prescriptions] == [dose]
    assert refused(new, library) == set()


def test_an_override_of_one_exercise_lifts_the_age_for_no_other(library):
    override = ("bridge:under-18=growth plates are closed",)
    made = build_program(
        ProgramFields(patient="Ana", clinician="Dana Reyes", age=15, exercise=("bridge", "cat-cow"), override=override),
        library,
        date=TODAY,
    )
    overridden = {one.exercise for one in screen(made, library) if one.overridden}
    assert refused(made, library) == {"under-18"}
    assert "cat-cow" not in overridden


def test_an_override_that_an_adult_does_not_need_is_said(library):
    made = program(library, age=30, override=("age=growth plates are closed",))
    told = [str(note) for note in advice(made, screen(made, library))]
    assert "override age:under-18 is not needed: nothing forbids it" in told


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"age": 40, "born": "1980-01-01"}, "--age: an age and a date of birth are one too many"),
        ({"age": 130}, "--age: expected a whole number from 0 to 120"),
        ({"born": "2027-01-01"}, "--born: by the date of birth the patient is -1 on 2026-11-22"),
        ({"born": "soon"}, "--born: 'soon' is not a date"),
        ({"override": ("age= ",)}, "is not an override"),
    ],
)
def test_an_age_that_cannot_be_is_refused(library, asked, said):
    with pytest.raises(BadInput) as error:
        program(library, **asked)
    assert any(said in str(problem) for problem in error.value.problems)


@pytest.mark.parametrize(
    "asked",
    [
        {"age": 15, "override": ("age=growth plates are closed",)},
        {"born": "1950-02-28", "helper": True},
        {"condition": ("dementia",)},
        {"age": 76, "condition": ("osteoporosis", "glaucoma")},
        {"age": 15, "condition": ("asthma",)},
        {"condition": ("under-18", "asthma")},
        {},
    ],
)
def test_the_record_tells_it(library, asked):
    made = program(library, **asked)
    assert program_from_record(program_record(made), library) == made


def test_a_child_with_a_date_of_birth_grows_up(library):
    record = program_record(program(library, born="2008-11-23"))
    assert record["patient"]["conditions"] == []
    grown = program_from_record({**record, "date": "2026-11-23"}, library)
    assert grown.patient.age == 18
    assert refused(grown, library) == set()


def test_somebody_helps_who_was_named_or_who_is_needed(library):
    assert program(library, helper=True).patient.helper
    assert program(library, condition=("dementia",)).patient.helper
    assert not program(library).patient.helper


def test_a_roster_has_ages(library, tmp_path: Path):
    path = tmp_path / "r.csv"
    path.write_text("name,exercises,age,born\nAna,bridge,12,\nEva,bridge,,2010-01-31 00:00:00\n")
    problems: list[Problem] = []
    layers = [row_layer(row, library, None, problems) for row in read_roster(path).rows()]
    assert [layer.data["patient"] for layer in layers] == [
        {"name": "Ana", "age": 12},
        {"name": "Eva", "born": "2010-01-31"},
    ]
    assert problems == []
