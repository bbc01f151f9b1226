"""Time: half-open windows, the strictest without a date, cautions past the last, and what is never chosen by rule."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from itertools import pairwise

import pytest

from handouts.model import NeededClearance, PatientCondition, Word
from handouts.screening import refusals, screen, verdict
from handouts.screening.rules import rules_met
from handouts.screening.selection import NothingSafe, ProtocolFirst, Wish, select
from handouts.screening.windows import Standing, standing, time_notes
from tests.real_library import real_library
from tests.trust import facts

from .samples import TODAY, SmallLibrary, condition, exercise, program, rule

REPAIR = condition("repair", window_weeks=(0, 12))
BREAK = condition("break-unhealed", unhealed=True)
EARLY = rule("repair", "contraindicated", "lift", weeks=(0, 6), id="repair-early")
LATER = rule("repair", "caution", "lift", weeks=(6, 12), needs="clearance", id="repair-later")
UNHEALED = (
    rule("break-unhealed", "contraindicated", "lift", weeks=(0, 6), id="break-early"),
    rule("break-unhealed", "caution", "lift", weeks=(6, 12), id="break-later"),
)
LIBRARY = SmallLibrary([exercise("raise", "lift")], (EARLY, LATER, *UNHEALED))
WORD = Word(by="Dr. Lee", on=TODAY)
ASKS_FOR_A_WORD = re.compile(
    r"\bonly (as|if|when|once|after)\b[^.]*\b(surgeon|doctor|clinic|team|midwife)\b|"
    r"\bAsk your (doctor|clinic|cancer doctor|eye surgeon|pregnancy doctor)"
)


def found(has, **more):
    (exercise_,) = LIBRARY.exercises()
    return verdict(exercise_, [Standing(condition=has, **more)], LIBRARY)


@pytest.mark.parametrize(
    ("days", "expected"), [(0, "contraindicated"), (41, "contraindicated"), (42, "caution"), (84, "caution")]
)
def test_windows_are_half_open_weeks(days, expected):
    known = PatientCondition(condition=REPAIR, since=TODAY - dt.timedelta(days=days))
    assert standing(known, TODAY).week == days // 7
    assert found(REPAIR, week=days // 7) == expected


def test_without_a_date_the_strictest_window_holds_and_the_clinician_is_asked():
    assert found(REPAIR) == "contraindicated"
    (note,) = time_notes(program(LIBRARY.exercises(), [REPAIR]), LIBRARY)
    assert (note.kind, "since when?" in note.text) == ("missing", True)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("caution", "clearance"), ("contraindicated", None)),
        (("caution", None), ("caution", "clearance")),
    ],
)
def test_the_strictest_window_may_be_a_later_one_with_fewer_rules(first, second):
    earlier = [rule("repair", first[0], "lift", weeks=(0, 6), needs=first[1], id=f"earlier-{at}") for at in range(2)]
    later = rule("repair", second[0], "lift", weeks=(6, 12), needs=second[1])
    library = SmallLibrary(LIBRARY.exercises(), (*earlier, later))
    (exercise_,) = library.exercises()
    assert rules_met(exercise_, Standing(condition=REPAIR), library) == (later,)


def test_past_the_last_window_a_block_is_a_caution_until_it_is_found_healed():
    always = rule("repair", "contraindicated", "kneel", id="repair-always")
    library = SmallLibrary([exercise("pray", "kneel")], (EARLY, always))
    long_ago = PatientCondition(condition=REPAIR, since=TODAY - dt.timedelta(weeks=12))
    (finding,) = screen(program(library.exercises(), [long_ago]), library)
    assert (finding.verdict, finding.rule.text) == ("caution", always.text)
    (note,) = time_notes(program((), [long_ago]), library)
    assert (note.kind, "until a clinician has found it healed" in note.text) == ("safety", True)
    healed = PatientCondition(condition=REPAIR, since=long_ago.since, healed=WORD)
    assert screen(program(library.exercises(), [healed]), library) == ()
    assert time_notes(program((), [healed]), library) == ()


@pytest.mark.parametrize(
    ("has", "word_week", "expected"),
    [
        (REPAIR, -1, "caution"),  # about something earlier
        (REPAIR, 11, "caution"),  # from inside the windows
        (REPAIR, 12, None),
        (BREAK, -1, "contraindicated"),
        (BREAK, 0, None),  # a bone that was seen to have healed stays so
    ],
)
def test_a_word_that_came_too_early_heals_nothing(has, word_week, expected):
    since = TODAY - dt.timedelta(weeks=30)
    known = PatientCondition(
        condition=has, since=since, healed=Word(by="Dr. Lee", on=since + dt.timedelta(weeks=word_week))
    )
    (exercise_,) = LIBRARY.exercises()
    assert verdict(exercise_, [standing(known, TODAY)], LIBRARY) == expected
    notes = time_notes(program((), [known]), LIBRARY)
    assert [f"the word of {known.healed}" in note.text for note in notes] == ([True] if expected else [])


def test_what_is_unhealed_never_expires_by_date():
    assert found(BREAK, week=7) == "caution"
    assert found(BREAK, week=500) == "contraindicated"
    assert found(BREAK, week=500, healed=True) is None


def test_found_healed_inside_a_window_changes_nothing():
    assert found(REPAIR, week=3, healed=True) == "contraindicated"
    known = PatientCondition(condition=REPAIR, since=TODAY, healed=WORD)
    (note,) = time_notes(program((), [known]), LIBRARY)
    assert (note.kind, "they hold" in note.text) == ("safety", True)


def test_a_rule_that_always_holds_and_names_the_exercise_hides_no_window():
    named = rule("repair", "caution", exercises=("raise",))
    library = SmallLibrary(LIBRARY.exercises(), (named, EARLY))
    (exercise_,) = library.exercises()
    assert verdict(exercise_, [Standing(condition=REPAIR, week=1)], library) == "contraindicated"


def test_a_condition_that_waits_for_clearance_refuses_the_program():
    heart = condition("heart", urgency="clearance", clearance=NeededClearance(level="program", by="heart team"))
    (finding,) = screen(program(LIBRARY.exercises(), [heart]), LIBRARY)
    assert (finding.exercise, finding.packet, finding.verdict) == (None, None, "clearance-needed")
    assert refusals([finding]) == (finding,)
    assert finding.reason == "written clearance first, from: heart team"
    cleared = PatientCondition(condition=heart, clearance=WORD)
    assert screen(program(LIBRARY.exercises(), [cleared]), LIBRARY) == ()


def test_nothing_that_waits_for_a_word_is_chosen_until_it_is_given():
    wish, at = Wish(region="low-back"), Standing(condition=REPAIR, week=8)
    with pytest.raises(NothingSafe, match="reason of"):
        select(wish, [at], LIBRARY)
    assert select(wish, [Standing(condition=REPAIR, week=8, cleared=True)], LIBRARY)


def test_what_belongs_to_a_condition_is_chosen_only_for_it():
    nerve = condition("leg-pain")
    library = SmallLibrary([exercise("glide", only_for=("leg-pain",)), exercise("walk")])
    wish = Wish(region="low-back")
    assert [one.prescription.exercise.id for one in select(wish, [], library)] == ["walk"]
    assert {one.prescription.exercise.id for one in select(wish, [nerve], library)} == {"glide", "walk"}


@pytest.fixture(scope="module")
def library():
    return real_library()


def weeks_of(condition_id):
    return [None, *(first + 1 if end - first > 1 else first for first, end in facts.windows(condition_id))]


def test_every_choice_for_every_condition_region_and_week(library):
    """What may never be chosen is read from the content a second time, by code that is not the program's."""
    counts, refused = Counter(), set()
    for region in sorted({one.region for one in library.exercises()}):
        for has in library.conditions.values():
            fact = facts.conditions()[has.id]
            level = "program" if fact["urgency"] == "clearance" else (fact.get("clearance") or {}).get("level")
            for week in weeks_of(has.id):
                at = Standing(condition=has, week=week)
                counts["asked"] += 1
                try:
                    choices = select(Wish(region=region), [at], library)
                except ProtocolFirst:
                    counts["refused"] += 1
                    refused.add(level)
                    continue
                except NothingSafe:
                    counts["nothing"] += 1
                    continue
                assert level not in ("program", "protocol")
                assert not fact["blocks_all"]
                for choice in choices:
                    chosen, name = choice.prescription.exercise, choice.prescription.exercise.id
                    counts["chosen"] += 1
                    for told in facts.speaking(name, has.id, week):
                        assert told["verdict"] == "caution", (has.id, week, name)
                        assert "needs" not in told, (has.id, week, name)
                        assert not ASKS_FOR_A_WORD.search(told["advice"].replace("**", "")), (has.id, week, name)
                    only_for = facts.exercises()[name].get("only_for") or [has.id]
                    assert has.id in only_for, (has.id, name)
                    nerve = {"leg-nerve-glide", "arm-nerve-glide"} & set(chosen.movements)
                    assert not nerve or has.id in NERVE, (has.id, name)
    assert refused == {"program", "protocol"}
    assert ProtocolFirst.exit_code == 4
    assert counts["asked"] > 1500
    assert counts["chosen"] > 2000
    assert counts["refused"] > 500


NERVE = {"sciatica-radiculopathy", "carpal-tunnel", "carpal-tunnel-release-recent", "cervical-radiculopathy"}


def test_with_their_word_something_is_chosen_and_nothing_forbidden(library):
    for has in library.conditions.values():
        if has.clearance_level not in ("program", "protocol") or has.blocks_all:
            continue
        for week in weeks_of(has.id):
            at = Standing(condition=has, week=week, cleared=True)
            for region in ("low-back", "knee", "shoulder"):
                try:
                    choices = select(Wish(region=region), [at], library)
                except NothingSafe:
                    continue
                for choice in choices:
                    told = facts.speaking(choice.prescription.exercise.id, has.id, week)
                    assert all(one["verdict"] == "caution" for one in told)


def test_the_packet_that_fits_is_named(library):
    hip = library.conditions["hip-replacement-posterior"]
    with pytest.raises(ProtocolFirst) as refusal:
        select(Wish(region="hip"), [hip], library)
    assert refusal.value.packets == ("hip-replacement-early",)
    assert "--packet hip-replacement-early" in str(refusal.value)


def test_the_rules_say_in_every_week_what_the_content_says(library):
    for has in library.conditions.values():
        for week in weeks_of(has.id):
            at = Standing(condition=has, week=week)
            for one in library.exercises():
                told = [rule["id"] for rule in facts.speaking(one.id, has.id, week)]
                assert [rule.id for rule in rules_met(one, at, library)] == told, (has.id, week, one.id)


def test_windows_follow_each_other_and_end_with_their_condition(library):
    for has in library.conditions.values():
        spans = facts.windows(has.id)
        if not spans:
            continue
        ends = sorted({week for span in spans for week in span})
        assert ends[0] == 0
        assert has.window_weeks == (0, ends[-1]), has.id
        assert spans == list(pairwise(ends)), has.id


@pytest.mark.parametrize(
    ("both", "each"),
    [
        (
            "shoulder-replacement-recent",
            ("shoulder-replacement-reverse-recent", "shoulder-replacement-anatomic-recent"),
        ),
        ("knee-repair-recent", ("acl-reconstruction-recent", "meniscus-repair-recent")),
    ],
)
def test_a_condition_for_two_operations_is_as_strict_as_either(library, both, each):
    weight = {None: 0, "caution": 1, "contraindicated": 2}
    for week in (None, 0, 5, 6, 11, 12, 15):
        for one in library.exercises():
            found = [
                weight[verdict(one, [Standing(condition=library.conditions[name], week=week)], library)]
                for name in (both, *each)
            ]
            assert found[0] == max(found), (both, week, one.id)


def test_who_clears_is_said_wherever_clearance_is_needed(library):
    for has in library.conditions.values():
        assert (has.urgency == "clearance") == (has.clearance_level == "program"), has.id
        assert has.clearance_level != "program" or has.clearance is not None, has.id


def test_the_old_names_of_the_shoulder_stabilisation_still_mean_it(library):
    for name in ("shoulder-stabilisation-weeks-0-6", "shoulder-stabilisation-weeks-6-12", "shoulder-stabilisation"):
        assert library.names.meanings("conditions", name).only == "shoulder-stabilisation-recent"
