"""The content that is shipped: no fault in it, every Spanish text fresh, every sample program readable."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from handouts.dose import format_dose, parse_dose
from handouts.library import Library, read_library, translation_problems
from handouts.library.library_check import check_library
from handouts.library.locale import language_problems
from handouts.prescription import program_from_record, program_record, read_program
from handouts.resources import content_folder

SAMPLES = sorted((content_folder() / "samples").glob("*.yaml"))


@pytest.fixture(scope="module")
def shipped() -> Library:
    return read_library([content_folder()])


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
