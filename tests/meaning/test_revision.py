"""The next handout out of the last one: swaps, levels, and what of the old program goes along."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from handouts.dose import format_dose
from handouts.errors import BadInput
from handouts.library import Library, read_library
from handouts.prescription import ProgramFields, build_program, program_record
from handouts.prescription.revision import RequestedChanges, Revised, revise
from tests.meaning.conftest import EXERCISE, write

FIRST, NEXT = dt.date(2026, 11, 1), dt.date(2026, 11, 15)
LEVELS = "dose_levels: {gentle: 1x8, strong: 3x20}"


@pytest.fixture
def library(content: Path) -> Library:
    """The small library with a leg lift, a harder curl that bends the back, and levels of the bridge."""
    files = {
        "exercises/low-back/leg-lift.yaml": EXERCISE.format(
            name="Leg lift", sides="leg", movement="hips-up", dose="2x10 each side"
        ),
        "exercises/low-back/hard-bridge.yaml": EXERCISE.format(
            name="Hard bridge", sides="none", movement="back-bends", dose="3x10"
        ),
        "exercises/low-back/bridge.yaml": EXERCISE.format(
            name="Bridge", sides="none", movement="hips-up", dose="3x15 rest 60s"
        ).replace("dose_levels: {gentle: 1x8}", LEVELS)
        + "harder: hard-bridge\n",
    }
    return read_library([write(content, files)])


def record(library: Library, **fields: Any) -> dict[str, Any]:
    return program_record(build_program(ProgramFields(patient="Ana", **fields), library, date=FIRST))


def revised(library: Library, old: dict[str, Any], options: ProgramFields | None = None, **asked: Any) -> Revised:
    return revise(old, RequestedChanges(**asked), options or ProgramFields(), library, date=NEXT)


def doses(of: Revised) -> dict[str, str]:
    return {one.exercise.id: format_dose(one.dose) for one in of.program.prescriptions}


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_swap_keeps_the_side(library: Library, side: str) -> None:
    old = record(library, exercise=(f"knee-to-chest {side}",))
    assert doses(revised(library, old, swap=("knee-to-chest=leg-lift",))) == {"leg-lift": f"2x10 {side}"}


def test_a_swap_to_an_exercise_without_sides_has_none(library: Library) -> None:
    old = record(library, exercise=("knee-to-chest left",))
    assert doses(revised(library, old, swap=("knee-to-chest=bridge",))) == {"bridge": "3x15 rest 60s"}


def test_a_swap_of_both_sides_takes_the_usual_dose(library: Library) -> None:
    old = record(library, exercise=("knee-to-chest",))
    assert doses(revised(library, old, swap=("knee-to-chest=leg-lift",))) == {"leg-lift": "2x10 each side"}


def test_a_level_up_goes_on_to_the_harder_exercise(library: Library) -> None:
    old = record(library, exercise=("bridge 3x20",))
    assert list(doses(revised(library, old, level="up"))) == ["hard-bridge"]


def test_a_level_heeds_a_condition_of_the_old_handout(library: Library) -> None:
    old = record(library, exercise=("bridge 3x20",), condition=("weak-bones",))
    new = revised(library, old, level="up")
    assert list(doses(new)) == ["bridge"]
    assert "contraindicated" in new.notes[0]


def test_a_level_heeds_a_condition_that_is_new_at_this_visit(library: Library) -> None:
    old = record(library, exercise=("bridge 3x20",))
    new = revised(library, old, ProgramFields(condition=("weak-bones",)), level="up")
    assert list(doses(new)) == ["bridge"]
    assert "contraindicated" in new.notes[0]


def test_a_level_keeps_the_patients_side(library: Library) -> None:
    old = record(library, exercise=("leg-lift 2x10 left",))
    assert doses(revised(library, old, level="down")) == {"leg-lift": "1x8 left"}


def test_an_override_goes_with_its_exercise_and_stays_with_the_others(library: Library) -> None:
    old = record(
        library, exercise=("curl", "hard-bridge"), condition=("weak-bones",),
        override=("curl:weak-bones=Flat", "hard-bridge:weak-bones=Low"),
    )  # fmt: skip
    new = revised(library, old, swap=("curl=leg-lift",))
    assert [(one.item, one.reason) for one in new.program.overrides] == [("hard-bridge", "Low")]


def test_the_old_conditions_stay(library: Library) -> None:
    old = record(library, exercise=("bridge",), condition=("new-knee",))
    new = revised(library, old, ProgramFields(condition=("weak-bones",)))
    assert [known.condition.id for known in new.program.patient.conditions] == ["new-knee", "weak-bones"]
    assert [(change.kind, change.item) for change in new.changes] == [("condition", "weak-bones")]


def test_a_date_before_the_old_handout_is_refused(library: Library) -> None:
    with pytest.raises(BadInput, match="before the handout that is revised"):
        revised(library, record(library, exercise=("bridge",)), ProgramFields(date="2026-10-31"))
