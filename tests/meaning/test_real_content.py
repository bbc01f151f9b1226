"""The content that is shipped: no fault in it, every Spanish text fresh, every sample program readable."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from handouts.dose import format_dose, parse_dose
from handouts.library import Library, translation_problems
from handouts.library.library_check import check_library
from handouts.library.locale import language_problems
from handouts.model import Prescription
from handouts.prescription import ProgramFields, build_program, program_from_record, program_record, read_program
from handouts.prescription.program_file import file_fields, program_text
from handouts.resources import content_folder
from tests.real_library import real_library

SAMPLES = sorted((content_folder() / "samples").glob("*.yaml"))


@pytest.fixture(scope="module")
def shipped() -> Library:
    return real_library()


def test_nothing_is_wrong_in_it(shipped: Library) -> None:
    assert [str(problem) for problem in check_library(shipped)] == []


def test_no_language_lacks_a_word_or_prints_a_stale_text(shipped: Library) -> None:
    for code in shipped.languages():
        assert [str(problem) for problem in language_problems(shipped, code)] == []
        if code != "en":
            assert [str(problem) for problem in translation_problems(shipped, code)] == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_is_a_program_and_survives_its_record(shipped: Library, sample: Path) -> None:
    program = read_program(sample, shipped, date=dt.date(2026, 11, 22))
    assert program.prescriptions
    assert program_from_record(program_record(program), shipped) == program


def test_every_dose_is_written_canonically_or_reads_the_same(shipped: Library) -> None:
    for exercise in shipped.exercises():
        for dose in (exercise.dose, *exercise.dose_levels.values()):
            assert parse_dose(format_dose(dose)) == dose


@pytest.mark.parametrize("age", [None, 15])
def test_a_program_file_gives_every_dose_back_as_it_is(shipped: Library, age: int | None, tmp_path: Path) -> None:
    """At every level, also where a level has less to say than the usual dose that a file's dose is laid over."""
    about_age = ProgramFields(
        patient="Ana",
        age=age,
        clinician="Al Poe",
        override=("age=Seen by the team",) if age else (),
        packet="neck-pain",
    )
    empty = build_program(about_age, shipped, date=dt.date(2026, 11, 22))
    by_level = [
        [
            (exercise, dose)
            for exercise in shipped.exercises()
            if (dose := {"": exercise.dose, **exercise.dose_levels}.get(level))
        ]
        for level in ("", "gentle", "strong")
    ]
    doses = [(exercise, dose) for level in by_level for exercise, dose in level]
    path = tmp_path / "again.yaml"
    for start in range(0, len(doses), 12):
        chosen = {
            exercise.id: Prescription(exercise=exercise, dose=dose) for exercise, dose in doses[start : start + 12]
        }
        program = replace(empty, prescriptions=tuple(chosen.values()))
        path.write_text(program_text(file_fields(program)), encoding="utf-8")
        assert read_program(path, shipped, date=dt.date.min) == program
