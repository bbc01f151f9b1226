"""Notes to the clinician: each fires at its limit and not before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handouts.dose import Dose
from handouts.model import Note, NotFor, Override, PatientCondition, Prescription, Stage, Word
from handouts.screening import advice, screen

from .samples import DOSE, TODAY, SmallLibrary, condition, exercise, packet, program, rule

BLANK = "no frequency is written: the sheet leaves a blank"


def notes(of_program, findings=()):
    """The notes without that on blank frequencies, which the small doses here have."""
    return [note.text for note in advice(of_program, findings) if BLANK not in note.text]


def short(name, **more):
    return exercise(name, dose=Dose(reps=(1, 1)), **more)


def test_more_than_five_exercises():
    exercises = [short(f"e{number}") for number in range(6)]
    said = "6 exercises: older adults performed 2 better than 8 (Henry 1999); fewer may be done better"
    assert notes(program(exercises)) == [said]
    assert notes(program(exercises[:5])) == []


def test_more_than_half_an_hour_a_day():
    half = Prescription(exercise=short("walk"), dose=Dose(duration_s=(29 * 60 + 30,) * 2))
    assert notes(program([half])) == []
    blank = Prescription(exercise=short("walk"), dose=Dose(duration_s=(40 * 60,) * 2))
    said = "41 minutes a day, each exercise without times a day counted once: ask whether the patient has the time"
    assert notes(program([blank])) == [said]
    longer = Prescription(exercise=short("walk"), dose=Dose(duration_s=(20 * 60,) * 2, per_day=(2, 2)))
    assert notes(program([longer])) == ["41 minutes a day: ask whether the patient has the time"]


def test_a_blank_frequency_is_named_in_one_line():
    daily = Prescription(exercise=short("bridge"), dose=Dose(reps=(1, 1), per_day=(1, 1)))
    weekly = Prescription(exercise=short("plank"), dose=Dose(reps=(1, 1), per_week=(3, 3)))
    other_days = Prescription(exercise=short("squat"), dose=Dose(reps=(1, 1), every_other_day=True))
    assert list(advice(program([daily, weekly, other_days]), ())) == []
    blank = [Prescription(exercise=short(name), dose=Dose(reps=(1, 1))) for name in ("curl", "row")]
    assert list(advice(program([blank[0], daily, blank[1]]), ())) == [Note("missing", f"curl, row: {BLANK}")]


def test_two_exercises_that_do_the_same_thing():
    one, other = short("mini-squat", muscles=["thigh"]), short("wall-sit", muscles=["thigh", "seat"])
    assert notes(program([one, other])) == ["mini-squat and wall-sit do the same thing: one may be enough"]
    assert notes(program([one, other], packet=packet("knee", ["mini-squat", "wall-sit"]))) == []
    assert notes(program([one, replace(other, position="standing")])) == []


@pytest.mark.parametrize(
    ("dose", "said"),
    [
        (replace(DOSE, reps=(21, 21)), ["squat: reps 21, the usual is 10"]),
        (replace(DOSE, reps=(20, 20)), []),
        (replace(DOSE, sets=(1, 1)), ["squat: sets 1, the usual is 3"]),
        (replace(DOSE, reps=(3, 4)), ["squat: reps 3-4, the usual is 10"]),
        (replace(DOSE, per_day=(3, 3)), ["squat: times a day 3, the usual is 1"]),
        (replace(DOSE, per_day=None, hold_s=(20, 20)), []),
    ],
)
def test_a_dose_far_from_the_usual(dose, said):
    assert notes(program([Prescription(exercise=exercise("squat"), dose=dose)])) == said


def test_what_a_condition_asks_of_the_clinician():
    heart = condition("heart-event", urgency="clearance", ask_clinician="Which level?")
    assert notes(program([short("lift")], [heart])) == [
        "heart-event: written medical clearance first",
        "heart-event: to settle: Which level?",
    ]
    settled = PatientCondition(condition=heart, limits="Level 2", clearance=Word(by="Dr. Lee", on=TODAY))
    assert notes(program([short("lift")], [settled])) == [f"heart-event: cleared by Dr. Lee, {TODAY}"]


def test_three_cautions_on_one_exercise():
    having = [condition(name) for name in "abc"]
    library = SmallLibrary(rules=[rule(one.id, "caution", every=True) for one in having])
    of_program = program([short("lift")], having)
    findings = screen(of_program, library)
    assert notes(of_program, findings) == ["lift: 3 cautions for this patient, please review it"]
    assert notes(of_program, findings[:2]) == []


def test_an_override_that_nothing_needs():
    override = Override(item="lift", condition="glaucoma", reason="seen")
    (note,) = notes(program([short("lift")], [condition("glaucoma")], overrides=[override]))
    assert note.startswith("override lift:glaucoma is not needed")
    flag = condition("red", blocks_all=True)
    (note,) = notes(program([short("lift")], [flag], overrides=[replace(override, condition="red")]))
    assert "has no effect" in note


def test_an_override_of_a_packet_is_needed():
    starter = packet("starter", ["lift"], [NotFor(condition="glaucoma", reason="strains")])
    override = Override(item="starter", condition="glaucoma", reason="seen")
    of_program = program([short("lift")], [condition("glaucoma")], overrides=[override], packet=starter)
    found = notes(of_program, screen(of_program, SmallLibrary(packets=[starter])))
    assert "override starter:glaucoma: printed all the same: seen" in found
    assert not [note for note in found if "not needed" in note]


@pytest.mark.parametrize(("week", "visit", "told"), [(24, None, False), (25, None, True), (25, TODAY, False)])
def test_a_stage_that_ends_before_the_sheet_does_is_told(week, visit, told):
    second = condition("second", stage=Stage(first=14, end=28, later="third"))
    known = PatientCondition(condition=second, since=TODAY - timedelta(weeks=week))
    found = notes(replace(program([short("walk")], [known]), next_visit=visit))
    assert [note.startswith("second: from ") and "it is third" in note for note in found] == [True] * told
