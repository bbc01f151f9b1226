"""The next handout out of the last one: swaps, levels, and what of the old program goes along."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from handouts.dose import format_dose, parse_dose
from handouts.errors import BadInput
from handouts.library import Library, read_library
from handouts.model import Override
from handouts.prescription import ProgramFields, build_program, program_record
from handouts.prescription.layers import options_layer
from handouts.prescription.prescribing import work
from handouts.prescription.revision import RequestedChanges, Revised, revise
from tests.meaning.conftest import EXERCISE, FILES, write

FIRST, NEXT = dt.date(2026, 11, 1), dt.date(2026, 11, 15)
LEVELS = "dose_levels: {gentle: 1x8, strong: 3x20}"
CONDITIONS = "".join(
    f"- {{id: {name}, name: {name}, clinical: {name}, category: general, tier: core, urgency: none, blocks_all: false,"
    f" no_progression: {str(name == 'tired').lower()}, for_you: You are {name}.}}\n"
    for name in ("tired", "tender", "mending")
)
RULES = """\
- {id: tender-bend, condition: tender, verdict: caution, movements: [back-bends], reason: aches, advice: Go slow.,
   source: own}
- {id: mending-bend, condition: mending, verdict: caution, needs: clearance, movements: [back-bends], reason: not whole,
   advice: Only as you were told., source: own}
"""


@pytest.fixture
def library(content: Path) -> Library:
    """The small library with a leg lift, a harder curl that bends the back, levels of the bridge, and more rules."""
    files = {
        "conditions.yaml": FILES["conditions.yaml"] + CONDITIONS,
        "rules.yaml": FILES["rules.yaml"] + RULES,
        "exercises/low-back/leg-lift.yaml": EXERCISE.format(
            name="Leg lift", sides="leg", movement="hips-up", dose="2x10 each side"
        )
        + "easier: curl\n",
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


def test_a_level_up_goes_on_to_the_harder_exercise_at_its_gentle_dose(library: Library) -> None:
    old = record(library, exercise=("bridge 3x20",))
    assert doses(revised(library, old, level="up")) == {"hard-bridge": "1x8"}


@pytest.mark.parametrize(("goal", "sets"), [(45, "3x15"), (46, "3x20")])
def test_a_level_up_leads_to_no_fewer_repetitions_than_the_goal_of_before(
    library: Library, goal: int, sets: str
) -> None:
    old = record(library, exercise=(f"bridge 1x10 build to {goal} reps",))
    assert doses(revised(library, old, level="up")) == {"bridge": f"{sets} rest 60s"}


def test_a_level_heeds_a_condition_of_the_old_handout(library: Library) -> None:
    old = record(library, exercise=("bridge 3x20",), condition=("weak-bones",))
    new = revised(library, old, level="up")
    assert list(doses(new)) == ["bridge"]
    assert "contraindicated" in new.notes[0]


@pytest.mark.parametrize("condition", ["weak-bones", "Brittle bones", "weak-bones since 2026-11-10"])
def test_a_level_heeds_a_condition_that_is_new_at_this_visit(library: Library, condition: str) -> None:
    old = record(library, exercise=("bridge 3x20",))
    new = revised(library, old, ProgramFields(condition=(condition,)), level="up")
    assert list(doses(new)) == ["bridge"]
    assert "contraindicated" in new.notes[0]


def test_a_level_heeds_a_condition_of_the_settings(library: Library) -> None:
    old = record(library, exercise=("bridge 3x20",))
    settings = options_layer(ProgramFields(condition=("weak-bones",)), [], lambda _field: "the settings")
    new = revise(old, RequestedChanges(level="up"), ProgramFields(), library, date=NEXT, below=[settings])
    assert list(doses(new)) == ["bridge"]
    assert "contraindicated" in new.notes[0]


@pytest.mark.parametrize(
    ("level", "exercise", "condition", "why"),
    [
        ("up", "bridge 3x20", "tender", "because hard-bridge, the harder one, takes care"),
        ("up", "bridge 3x20", "mending", "because hard-bridge, the harder one, waits for clearance"),
        ("down", "leg-lift 1x8 left", "mending", "because curl, the easier one, waits for clearance"),
        ("down", "leg-lift 1x8 left", "weak-bones", "because curl, the easier one, is contraindicated"),
        ("up", "bridge 1x8", "tired", "because doing more by a plan is wrong with tired"),
    ],
)
def test_a_level_leads_to_nothing_that_is_not_for_this_patient(
    library: Library, level: str, exercise: str, condition: str, why: str
) -> None:
    new = revised(library, record(library, exercise=(exercise,), condition=(condition,)), level=level)
    assert why in new.notes[0]
    assert new.changes == ()


def test_a_level_down_may_lead_to_what_is_to_be_done_with_care(library: Library) -> None:
    old = record(library, exercise=("leg-lift 1x8 left",), condition=("tender",))
    assert list(doses(revised(library, old, level="down"))) == ["curl"]


def test_a_level_keeps_the_patients_side(library: Library) -> None:
    old = record(library, exercise=("leg-lift 2x10 left",))
    assert doses(revised(library, old, level="down")) == {"leg-lift": "1x8 left"}


OVERRIDDEN = {
    "exercise": ("curl", "hard-bridge"),
    "condition": ("weak-bones",),
    "clinician": "Dana Reyes",
    "override": ("curl:weak-bones=Done lying flat", "hard-bridge:weak-bones=Kept very low"),
}


def test_overrides_are_dropped_and_named(library: Library) -> None:
    new = revised(library, record(library, **OVERRIDDEN))
    assert new.program.overrides == ()
    assert [str(one) for one in new.dropped] == [
        'curl:weak-bones ("Done lying flat", Dana Reyes, 2026-11-01)',
        'hard-bridge:weak-bones ("Kept very low", Dana Reyes, 2026-11-01)',
    ]


def test_kept_overrides_are_signed_anew_but_for_what_was_swapped(library: Library) -> None:
    sam = ProgramFields(clinician="Sam Poe")
    new = revised(library, record(library, **OVERRIDDEN), sam, swap=("curl=leg-lift",), keep_overrides=True)
    kept = Override(item="hard-bridge", condition="weak-bones", reason="Kept very low", by="Sam Poe", on=NEXT)
    assert new.program.overrides == (kept,)
    assert [one.item for one in new.dropped] == ["curl"]
    assert [(visit.clinician, len(visit.overrides)) for visit in new.program.history] == [
        ("Dana Reyes", 2),
        ("Sam Poe", 1),
    ]


def test_an_override_is_not_kept_for_what_the_level_replaced(library: Library) -> None:
    lifted = {"exercise": ("leg-lift 1x8 left",), "condition": ("tender",), "clinician": "Dana Reyes"}
    old = record(library, **lifted, override=("leg-lift:tender=Kept very low",))
    new = revised(library, old, ProgramFields(clinician="Sam Poe"), level="down", keep_overrides=True)
    assert (list(doses(new)), [one.item for one in new.dropped]) == (["curl"], ["leg-lift"])


@pytest.mark.parametrize(
    ("options", "asked", "named"),
    [
        ({"skip": ("Bridge",)}, {"dose": ("bridge=2x5",)}, "--dose: 'bridge' is named by --skip too"),
        ({"exercise": ("bridge 3x5",)}, {"dose": ("bridge=2x5",)}, "--dose: 'bridge' is named by --exercise too"),
        ({"skip": ("curl",)}, {"swap": ("bridge=curl",)}, "--skip: 'curl' is named by --swap too"),
        ({}, {"swap": ("bridge=curl",), "add": ("bridge 2x5",)}, "--add: 'bridge' is named by --swap too"),
    ],
)
def test_two_options_that_name_one_exercise_are_refused(library: Library, options: Any, asked: Any, named: str) -> None:
    old = record(library, exercise=("bridge", "leg-lift"))
    with pytest.raises(BadInput) as refused:
        revised(library, old, ProgramFields(**options), **asked)
    assert str(refused.value.problems[0]).startswith(named)


def test_nobody_signs_in_the_name_of_the_clinician_of_the_old_handout(library: Library) -> None:
    with pytest.raises(BadInput, match="nobody is named who decides this override"):
        revised(library, record(library, **OVERRIDDEN), keep_overrides=True)


def test_a_record_without_authors_can_still_be_read(library: Library) -> None:
    old = record(library, **OVERRIDDEN) | {"format": 2, "overrides": {"curl": {"weak-bones": "Flat"}}}
    assert [str(one) for one in revised(library, old).dropped] == ['curl:weak-bones ("Flat", nobody named)']
    with pytest.raises(BadInput, match="the reason says too little"):
        revised(library, old, ProgramFields(clinician="Sam Poe"), keep_overrides=True)


@pytest.mark.parametrize(("how", "dose"), [({}, "1x8"), ({"dose": ("hard-bridge=2x9",)}, "2x9")])
def test_an_override_that_is_new_at_this_visit_begins_gently(library: Library, how: Any, dose: str) -> None:
    old = record(library, exercise=("hard-bridge",))
    options = ProgramFields(
        condition=("weak-bones",), clinician="Sam Poe", override=("hard-bridge:weak-bones=Kept very low",)
    )
    assert doses(revised(library, old, options, **how)) == {"hard-bridge": dose}


def test_what_is_done_less_than_gently_is_not_raised(library: Library) -> None:
    old = record(library, exercise=("hard-bridge 1x5",))
    options = ProgramFields(
        condition=("weak-bones",), clinician="Sam Poe", override=("hard-bridge:weak-bones=Kept very low",)
    )
    assert doses(revised(library, old, options)) == {"hard-bridge": "1x5"}


@pytest.mark.parametrize(
    ("dose", "times"),
    [("1x10", 1), ("1x10 1-3/day", 2), ("1x10 3-5/week", 4 / 7), ("1x10 every other day", 1 / 2),
     ("1x10 2/day 3-4/week", 1), ("1x10 rest 60s build to 3x15", 1)],
)  # fmt: skip
def test_work_counts_the_sessions_of_a_week_and_no_rest_or_goal(library: Library, dose: str, times: float) -> None:
    bridge = library.exercise("bridge")
    assert work(parse_dose(dose), bridge) == pytest.approx(times * work(parse_dose("1x10 1/day 7/week"), bridge))


@pytest.mark.parametrize("side", ["left", "right", "each side"])
def test_what_begins_gently_stays_on_its_side(library: Library, side: str) -> None:
    old = record(library, exercise=(f"knee-to-chest 3x10 {side}",))
    options = ProgramFields(
        condition=("weak-bones",), clinician="Sam Poe", override=("knee-to-chest:weak-bones=Kept very low",)
    )
    assert doses(revised(library, old, options)) == {"knee-to-chest": f"1x8 hold 5s {side} 2/day"}


@pytest.mark.parametrize(
    ("exercise", "condition", "told"),
    [
        ("hard-bridge 1x8", "weak-bones", "in spite of a rule"),
        ("bridge 1x8", "weak-bones", "in spite of a rule"),  # overridden, though nothing forbids it any more
        ("bridge 1x8", "new-knee", "done with care"),
    ],
)
def test_a_level_up_leaves_alone_what_a_rule_speaks_about(
    library: Library, exercise: str, condition: str, told: str
) -> None:
    override = (f"{exercise.split()[0]}:weak-bones=Kept very low",) if condition == "weak-bones" else ()
    old = record(library, exercise=(exercise,), condition=(condition,), override=override, clinician="Dana Reyes")
    sam = ProgramFields(clinician="Sam Poe")
    up = revised(library, old, sam, level="up", keep_overrides=True)
    assert up.changes == ()
    assert told in up.notes[0]


def test_the_old_conditions_stay(library: Library) -> None:
    old = record(library, exercise=("bridge",), condition=("new-knee",))
    new = revised(library, old, ProgramFields(condition=("weak-bones",)))
    assert [known.condition.id for known in new.program.patient.conditions] == ["new-knee", "weak-bones"]
    assert [(change.kind, change.item) for change in new.changes] == [("condition", "weak-bones")]


def test_a_date_before_the_old_handout_is_refused(library: Library) -> None:
    with pytest.raises(BadInput, match="before the handout that is revised"):
        revised(library, record(library, exercise=("bridge",)), ProgramFields(date="2026-10-31"))
