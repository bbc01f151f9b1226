"""The choice by rule: never what is forbidden, no care before care, easy before hard, goals in turn, one of a kind."""

from __future__ import annotations

import random

import pytest

from handouts.dose import Dose
from handouts.errors import BadInput, ExitCode
from handouts.screening import verdict
from handouts.screening.selection import NothingSafe, ProtocolFirst, Wish, left_out, select
from tests.real_library import real_library

from .samples import SmallLibrary, condition, exercise, packet, rule

BONE = condition("weak-bones")
RULES = (rule("weak-bones", "contraindicated", "bend"), rule("weak-bones", "caution", "lie-flat"))
BACK = Wish(region="low-back")


def chosen(wish, *exercises, having=(), packets=()):
    library = SmallLibrary(exercises, RULES, packets)
    return [choice.prescription.exercise.id for choice in select(wish, having, library)]


def why(wish, *exercises, having=()):
    choices = select(wish, having, SmallLibrary(exercises, RULES))
    return {choice.prescription.exercise.id: choice.why for choice in choices}


def test_nothing_forbidden_is_chosen_and_care_comes_last():
    wish = Wish(region="low-back", most=2)
    offered = (exercise("a-bend", "bend"), exercise("b-careful", "lie-flat"), exercise("c"), exercise("d"))
    assert chosen(wish, *offered, having=(BONE,)) == ["c", "d"]
    assert chosen(wish, *offered[:3], having=(BONE,)) == ["b-careful", "c"]
    assert "caution with weak-bones" in why(wish, *offered[:3], having=(BONE,))["b-careful"]
    assert chosen(wish, *offered) == ["a-bend", "b-careful"]


def test_easy_ones_by_the_chain_and_then_by_the_time_they_take():
    hard = exercise("a-hard", easier="b-middle")
    middle = exercise("b-middle", easier="z-easy")
    long = exercise("c-long", dose=Dose(sets=(5, 5), reps=(20, 20)))
    offered = (hard, middle, long, exercise("z-easy"))
    assert chosen(BACK, *offered) == ["z-easy", "c-long", "b-middle", "a-hard"]
    assert chosen(Wish(region="low-back", most=2), *offered) == ["z-easy", "c-long"]


def test_goals_take_turns_unless_one_is_named():
    offered = (
        *(exercise(f"lift-{i}") for i in range(4)),
        exercise("reach", goal="stretch"),
        exercise("roll", goal="mobility"),
    )
    assert set(chosen(Wish(region="low-back", most=3), *offered)) == {"lift-0", "reach", "roll"}
    assert chosen(Wish(region="low-back", goal="strength", most=3), *offered) == ["lift-0", "lift-1", "lift-2"]


def test_positions_are_changed_least_often():
    offered = (exercise("a", position="standing"), exercise("b", position="supine"), exercise("c", position="sitting"))
    assert chosen(BACK, *offered) == ["b", "c", "a"]


def test_one_of_a_kind_before_a_second():
    same = {"muscles": ("gluteus maximus",)}
    offered = (exercise("a", **same), exercise("b", **same), exercise("c", easier="a", muscles=("hamstrings",)))
    assert chosen(Wish(region="low-back", most=2), *offered) == ["a", "c"]
    careful = exercise("c", "lie-flat", muscles=("hamstrings",))
    assert chosen(Wish(region="low-back", most=2), *offered[:2], careful, having=(BONE,)) == ["a", "c"]
    assert "does the same as a" in why(BACK, *offered)["b"]


def test_a_standard_packet_for_such_a_patient_shows_what_is_usual():
    offered = (exercise("a"), exercise("b"), exercise("c"))
    wish = Wish(region="low-back", most=1)
    assert chosen(wish, *offered, packets=[packet("starter", ["c"])]) == ["c"]
    assert chosen(wish, *offered, packets=[packet("starter", ["c"], region="neck")]) == ["a"]


def test_the_level_is_the_dose():
    gentle = Dose(sets=(1, 1), reps=(5, 5))
    offered = (exercise("a", dose_levels={"gentle": gentle}), exercise("b"))
    doses = [
        choice.prescription.dose
        for choice in select(Wish(region="low-back", level="gentle"), (), SmallLibrary(offered))
    ]
    assert doses == [gentle, offered[1].dose]
    assert "gentle dose 1x5" in why(Wish(region="low-back", level="gentle"), *offered)["a"]
    assert "usual dose" in why(Wish(region="low-back", level="gentle"), *offered)["b"]
    tired = condition("tired", no_progression=True)
    chosen = select(Wish(region="low-back", level="strong"), (tired,), SmallLibrary(offered))
    assert gentle in [choice.prescription.dose for choice in chosen]


def test_nothing_safe_is_refused_with_the_reasons():
    with pytest.raises(NothingSafe, match="low-back exercise") as refused:
        select(BACK, (BONE,), SmallLibrary([exercise("a", "bend"), exercise("b", "bend")], RULES))
    assert refused.value.exit_code is ExitCode.REFUSED
    assert refused.value.reasons == ("weak-bones: reason of weak-bones-contraindicated-bend: a, b",)


def test_a_red_flag_blocks_everything():
    flag = condition("red-flag", blocks_all=True, note="go to the emergency room")
    with pytest.raises(NothingSafe, match="go to the emergency room"):
        select(BACK, (flag,), SmallLibrary([exercise("a")]))


@pytest.mark.parametrize(
    ("wish", "hint"), [(Wish(region="low-bakc"), "low-back"), (Wish(region="low-back", goal="stetch"), "strength")]
)
def test_a_region_or_goal_that_is_unknown(wish, hint):
    with pytest.raises(BadInput, match=hint):
        select(wish, (), SmallLibrary([exercise("a")]))


def test_what_was_left_out_is_named_with_its_reason():
    library = SmallLibrary([exercise("a", "bend"), exercise("b"), exercise("c", "lie-flat")], RULES)
    assert left_out(BACK, (BONE,), library) == ("weak-bones: reason of weak-bones-contraindicated-bend: a",)


def test_the_order_of_the_files_does_not_matter():
    offered = [exercise(f"e{i}", goal=goal) for i, goal in enumerate(("strength", "mobility", "stretch") * 4)]
    expected = chosen(BACK, *offered)
    random.Random(1).shuffle(offered)
    assert chosen(BACK, *offered) == expected


def test_every_region_for_every_condition_gives_only_what_is_safe():
    library = real_library()
    for region in sorted({one.region for one in library.exercises()}):
        for patient in library.conditions.values():
            try:
                choices = select(Wish(region=region), [patient], library)
            except (NothingSafe, ProtocolFirst):
                continue
            assert 1 <= len(choices) <= 6
            for choice in choices:
                assert verdict(choice.prescription.exercise, [patient], library) != "contraindicated"
