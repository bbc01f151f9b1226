"""The lines for the patient's record: what was given, overridden and warned of."""

from __future__ import annotations

import datetime as dt

from handouts.model import Override
from handouts.reports.program_report import summary
from handouts.screening import screen

from .samples import SmallLibrary, condition, exercise, program, rule

BONE = condition("weak-bones")


def cautions(exercises, rules, **more):
    of_program = program(exercises, [BONE], **more)
    lines = summary(of_program, screen(of_program, SmallLibrary(exercises, rules)))
    return [line for line in lines if line.startswith(("Caution", "Overridden"))]


def test_a_caution_of_several_exercises_is_told_once_with_all_of_them():
    exercises = [exercise("curl", "bend"), exercise("squat", "bend"), exercise("walk")]
    assert cautions(exercises, [rule("weak-bones", "caution", "bend")]) == [
        "Caution printed: weak-bones (curl, squat): advice of weak-bones-caution-bend"
    ]


def test_cautions_with_the_same_advice_and_other_reasons_are_told_once():
    text = rule("weak-bones", "caution").text
    rules = [rule("weak-bones", "caution", tag, text=text) for tag in ("bend", "head-low")]
    assert len(cautions([exercise("curl", "bend", "head-low")], rules)) == 1


def test_cautions_with_other_advice_stay_apart():
    rules = [rule("weak-bones", "caution", tag) for tag in ("bend", "head-low")]
    assert len(cautions([exercise("curl", "bend", "head-low")], rules)) == 2


def test_an_override_is_told_once_with_its_reason_and_its_caution():
    rules = [rule("weak-bones", "contraindicated", tag) for tag in ("bend", "head-low")]
    overrides = [Override(item="curl", condition="weak-bones", reason="lying flat", by="Al", on=dt.date(2026, 11, 1))]
    lines = cautions([exercise("curl", "bend", "head-low")], rules, overrides=overrides)
    assert lines[0] == "Overridden: curl with weak-bones: lying flat (Al, 2026-11-01)"
    assert [line.split(":")[0] for line in lines] == ["Overridden", "Caution printed", "Caution printed"]
