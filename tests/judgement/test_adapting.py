"""What a caution changes: the ceiling of a dose, the words of a card, the side; and what the clinician is told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from handouts.dose import cap_dose, format_dose, parse_dose
from handouts.library.safety_facts import adapts
from handouts.model import Adapt, AdaptedText, PatientCondition, Prescription, RuleText
from handouts.screening import adapt

from .samples import TODAY, SmallLibrary, condition, exercise, packet, program, rule

WORDS = RuleText(lang="en", advice="advice", adapted=AdaptedText(steps=("Do it gently.",)))


def changed(dose: str, *rules: Any, week: int | None = None, **more: Any) -> tuple[Prescription, tuple[str, ...]]:
    """The prescription of one exercise after the rules, each of a condition of its own, and the notes."""
    one = exercise("walk", "walks", dose=parse_dose("for 5-30min 2/day"), **more)
    conditions = [condition(name) for name in dict.fromkeys(each.condition for each in rules)]
    since = None if week is None else TODAY - dt.timedelta(weeks=week)
    known = [PatientCondition(condition=each, since=since) for each in conditions]
    printed, notes = adapt(
        program([Prescription(exercise=one, dose=parse_dose(dose))], known), SmallLibrary([one], rules)
    )
    (prescription,) = printed.prescriptions
    return prescription, tuple(note.text for note in notes)


def caution(name: str, **facts: Any) -> Any:
    return rule(name, "caution", "walks", **facts)


@pytest.mark.parametrize(
    ("dose", "most", "left"),
    [
        ("for 5-30min 3/day", "for 10min 2/day", "for 5-10min 2/day"),
        ("for 20-30min", "for 10min", "for 10min"),
        ("3x15 hold 30s rest 60s", "1x10 hold 5s", "1x10 hold 5s"),
        ("3x15 hold 30s rest 60s", "2x20", "2x15 hold 30s rest 60s"),
        ("1x10 build to 30 reps", "15 reps", "1x10"),
        ("1x10 build to 30 reps", "hold 5s", "1x10 build to 30 reps"),
        ("1x10 each side", "hold 5s 1/day", "1x10 each side"),
        ("1x10 hold 5-10s", "hold 5-15s", "1x10 hold 5-10s"),
    ],
)
def test_a_ceiling_lowers_what_is_above_it_and_adds_nothing(dose: str, most: str, left: str) -> None:
    assert format_dose(cap_dose(parse_dose(dose), parse_dose(most))) == left


@pytest.mark.parametrize(
    ("dose", "no_progression", "met", "left"),
    [
        ("hold 5s build to 30 reps", False, True, "5 reps hold 5s"),  # the usual one: where its gentle level begins
        ("2x10 build to 3x15", False, True, "2x10 build to 3x15"),  # written for this patient
        ("2x10 build to 3x15", True, True, "2x10"),
        ("hold 5s build to 30 reps", True, False, "5 reps hold 5s"),
        ("hold 5s build to 30 reps", False, False, "hold 5s build to 30 reps"),
    ],
)
def test_nobody_whose_exercise_asks_for_care_is_told_to_build_it_up(dose, no_progression, met, left) -> None:
    usual, gentle = parse_dose("hold 5s build to 30 reps"), parse_dose("5 reps hold 5s build to 10 reps")
    one = exercise("tilt", "tilts", dose=usual, dose_levels={"gentle": gentle})
    known = PatientCondition(condition=condition("tired", no_progression=no_progression))
    rules = [rule("tired", "caution", "tilts" if met else "walks")]
    given = program([Prescription(exercise=one, dose=parse_dose(dose))], [known])
    printed, told = adapt(given, SmallLibrary([one], rules))
    assert format_dose(printed.prescriptions[0].dose) == left
    assert [note.kind for note in told] == ([] if left == dose else ["safety"])


def test_of_two_ceilings_the_lower_of_each_part_counts() -> None:
    short = caution("one", adapt=Adapt(most=parse_dose("for 10min 3/day")))
    seldom = caution("two", adapt=Adapt(most=parse_dose("for 20min 1/day")))
    for rules in ((short, seldom), (seldom, short)):
        prescription, _ = changed("for 30min 4/day", *rules)
        assert format_dose(prescription.dose) == "for 10min 1/day"


@pytest.mark.parametrize(("week", "most"), [(None, 5), (0, 5), (1, 5), (2, 10), (5, 25), (6, 30), (9, 30)])
def test_the_time_may_grow_with_the_weeks_and_is_the_shortest_without_a_date(week: int | None, most: int) -> None:
    heart = caution("heart", adapt=Adapt(minutes_a_week=5))
    prescription, _ = changed("for 30min", heart, week=week)
    assert format_dose(prescription.dose) == f"for {most}min"


def test_a_weight_goes_where_none_is_allowed() -> None:
    prescription, notes = changed(
        "3x10 load 5lb", caution("wrist", adapt=Adapt(no_load=True)), equipment=("light-weight", "table")
    )
    assert prescription.dose.load is None
    assert prescription.exercise.equipment == ("table",)
    assert "3x10 load 5lb" in notes[0]


def test_the_clinician_is_told_whether_the_usual_dose_or_a_written_one_was_lowered() -> None:
    short = caution("short", adapt=Adapt(most=parse_dose("for 10min")))
    _, usual = changed("for 5-30min 2/day", short)
    _, written = changed("for 20min", short)
    _, low = changed("for 8min", short)
    assert usual[0].startswith("walk: the usual dose, for 5-30min 2/day, is more than short-caution-walks allows")
    assert written[0].startswith("walk: the dose that was asked for, for 20min")
    assert "for 10min is printed" in written[0]
    assert low == ()
    walk, start = exercise("walk", "walks"), packet("start", ["walk"])
    (item,) = start.items
    start = replace(start, items=(replace(item, dose=parse_dose("for 20min")),))
    given = program([Prescription(exercise=walk, dose=start.items[0].dose)], [condition("short")], packet=start)
    (of_packet,) = adapt(given, SmallLibrary([walk], [short]))[1]
    assert of_packet.text.startswith("walk: the usual dose, for 20min")


def test_one_rule_words_a_card_always_the_same_one_and_the_others_are_named() -> None:
    gentle = caution("gentle", text=WORDS, adapt=Adapt(most=parse_dose("for 5min")))
    long = caution("long", text=WORDS, adapt=Adapt(most=parse_dose("for 20min")))
    cleared = caution("cleared", text=WORDS, adapt=Adapt(), needs="clearance")
    for rules in ((gentle, long, cleared), (long, cleared, gentle)):
        prescription, notes = changed("for 30min", *rules)
        assert [one.condition for one in prescription.adapted_by] == ["cleared", "gentle", "long"]
        assert "gentle-caution-walks, long-caution-walks would word it otherwise" in notes[-1]


@pytest.mark.parametrize(("setup", "position"), [(None, "sitting"), ("Lie down.", "supine")])
def test_own_words_count_before_another_start_which_goes_with_them_but_not_with_their_own(setup, position) -> None:
    walk = exercise("walk", "walks")
    walk = replace(walk, text=replace(walk.text, starts={"sitting": "Sit down."}))
    text = replace(WORDS, adapted=AdaptedText(setup=setup, steps=("Do it gently.",)))
    rules = caution("a", adapt=Adapt(position="sitting")), caution("b", text=text, adapt=Adapt())
    printed, _ = adapt(program([walk], [condition("a"), condition("b")]), SmallLibrary([walk], rules))
    (prescription,) = printed.prescriptions
    assert [one.condition for one in prescription.adapted_by] == ["b", "a"]
    assert prescription.exercise.position == position


@pytest.mark.parametrize(("text", "named"), [(WORDS, True), (RuleText(lang="en", advice="advice"), False)])
def test_a_rule_with_the_same_start_is_named_where_its_words_are_others(text: RuleText, named: bool) -> None:
    walk = exercise("walk", "walks")
    walk = replace(walk, text=replace(walk.text, starts={"sitting": "Sit down."}))
    sitting = Adapt(position="sitting")
    rules = caution("a", text=WORDS, adapt=sitting), caution("b", text=text, adapt=sitting)
    _, (note,) = adapt(program([walk], [condition("a"), condition("b")]), SmallLibrary([walk], rules))
    assert (note.kind, "b-caution-walks would word it otherwise" in note.text) == (
        "safety" if named else "choice",
        named,
    )


def test_adapting_again_changes_nothing() -> None:
    short = caution("short", text=WORDS, adapt=Adapt(most=parse_dose("for 10min"), like="walk"))
    one = exercise("walk", "walks", dose=parse_dose("for 30min"))
    library = SmallLibrary([one], [short])
    once, _ = adapt(program([one], [condition("short")]), library)
    assert adapt(once, library)[0] == once


def test_only_the_exercises_that_are_named_are_changed() -> None:
    both = caution("both", exercises=("row",), adapt=Adapt(exercises=("walk",)))
    assert adapts(both, exercise("walk", "walks"))
    assert not adapts(both, exercise("row"))
    assert adapts(caution("all", adapt=Adapt()), exercise("walk", "walks"))
    assert not adapts(caution("none"), exercise("walk", "walks"))
    other, notes = changed("for 20min", caution("other", adapt=Adapt(exercises=("row",), most=parse_dose("for 10min"))))
    assert (format_dose(other.dose), notes) == ("for 20min", ())


# -- sides -----------------------------------------------------------------------------------------------------------


def sided(
    *known: PatientCondition, dose: str = "10 reps each side", region: str = "knee", given: bool = False
) -> tuple[str, tuple[str, ...]]:
    one = exercise("bend", region=region, sides="leg", dose=parse_dose(dose))
    asked = Prescription(exercise=one, dose=one.dose, side_given=given)
    printed, notes = adapt(program([asked], known), SmallLibrary([one]))
    return format_dose(printed.prescriptions[0].dose), tuple(f"{note.kind}: {note.text}" for note in notes)


def knee(side: str | None, name: str = "new-knee", **facts: Any) -> PatientCondition:
    return PatientCondition(condition=condition(name, one_sided=("knee",), **facts), side=side)


def test_an_exercise_is_done_on_the_side_of_its_condition() -> None:
    assert sided(knee("left")) == ("10 reps left", ())
    assert sided(knee("both")) == ("10 reps each side", ())
    assert sided(knee("left"), knee("right", "other-knee")) == ("10 reps each side", ())
    assert sided(knee("left"), region="hip") == ("10 reps each side", ())
    assert sided(knee("left"), dose="10 reps alternate") == ("10 reps alternate", ())


def test_an_unknown_side_is_left_to_tick_and_the_clinician_is_told_once() -> None:
    dose, notes = sided(knee(None))
    assert dose == "10 reps"
    assert notes == ('missing: new-knee: which side? The cards leave left and right to tick: "new-knee left": bend',)


def test_what_is_often_on_both_sides_is_done_on_both_unless_one_is_named() -> None:
    assert sided(knee(None, often_both=True)) == ("10 reps each side", ())
    assert sided(knee("right", often_both=True)) == ("10 reps right", ())
    assert sided(knee(None, often_both=True), knee("left", "new-one")) == ("10 reps left", ())


def test_a_side_that_was_written_stands_and_is_held_against_the_condition() -> None:
    told = "safety: bend: is written for each side, and new-knee is on the left"
    assert sided(knee("left"), given=True) == ("10 reps each side", (told,))
    dose, notes = sided(knee("left"), dose="10 reps right", given=True)
    assert dose == "10 reps right"
    assert notes == ("safety: bend: is written for right side, and new-knee is on the left",)
    assert sided(knee(None), dose="10 reps right", given=True) == ("10 reps right", ())


@pytest.mark.parametrize(
    ("side", "hold", "told"), [("both", "other arm", 1), ("left", "other arm", 0), ("both", "bar", 0)]
)
def test_the_clinician_is_told_where_no_other_side_is_well(side: str, hold: str, told: int) -> None:
    one = exercise("walk", "walks")
    other = caution("sore-arm", text=RuleText(lang="en", advice=f"**Hold on with your {hold} only.**"))
    sore = PatientCondition(condition=condition("sore-arm", one_sided=("shoulder",)), side=side)
    _, notes = adapt(program([one], [sore]), SmallLibrary([one], [other]))
    assert [note.kind for note in notes] == ["safety"] * told
