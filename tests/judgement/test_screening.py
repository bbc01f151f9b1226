"""How rules are read: movements, exceptions, named exercises, the worst verdict, overrides and packets."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from handouts.errors import ExitCode
from handouts.model import NotFor, Override
from handouts.screening import RefusedForSafety, refusals, screen, verdict

from .samples import SmallLibrary, condition, exercise, packet, program, rule

CURL = exercise("curl", "bend", "head-low")
BONE = condition("weak-bones")


def verdicts(*rules, on=CURL, having=(BONE,), **more):
    findings = screen(program([on], having, **more), SmallLibrary([on], rules))
    return [(finding.condition, finding.verdict) for finding in findings]


def test_a_rule_fires_when_one_movement_meets():
    assert verdicts(rule("weak-bones", "caution", "bend", "twist")) == [("weak-bones", "caution")]
    assert verdicts(rule("weak-bones", "caution", "twist")) == []


def test_a_rule_of_another_condition_says_nothing():
    assert verdicts(rule("pregnancy", "contraindicated", "bend")) == []


def test_an_excepted_exercise_is_left_alone():
    assert verdicts(rule("weak-bones", "contraindicated", "bend", except_exercises=("curl",))) == []
    assert verdicts(rule("weak-bones", "contraindicated", every=True, except_exercises=("curl",))) == []


def test_every_means_every_exercise():
    assert verdicts(rule("weak-bones", "caution", every=True), on=exercise("still")) == [("weak-bones", "caution")]


def test_a_rule_that_names_the_exercise_hides_the_rules_by_movement():
    by_movement = rule("weak-bones", "contraindicated", "bend")
    named = rule("weak-bones", "caution", exercises=("curl",))
    assert verdicts(by_movement, named) == [("weak-bones", "caution")]
    assert verdicts(by_movement, named, on=exercise("other", "bend")) == [("weak-bones", "contraindicated")]


def test_a_named_rule_never_hides_a_rule_that_forbids_every_exercise():
    everything = rule("weak-bones", "contraindicated", every=True)
    assert verdicts(everything, rule("weak-bones", "caution", exercises=("curl",))) == [
        ("weak-bones", "contraindicated")
    ]


def test_the_worst_verdict_of_a_condition_is_reported_and_every_rule_with_it():
    rules = (
        rule("weak-bones", "caution", "bend"),
        rule("weak-bones", "contraindicated", "head-low"),
        rule("weak-bones", "contraindicated", "bend"),
    )
    assert verdicts(*rules) == [("weak-bones", "contraindicated")] * 2


def test_findings_of_all_conditions_are_reported():
    rules = (rule("weak-bones", "contraindicated", "bend"), rule("glaucoma", "caution", "head-low"))
    found = verdicts(*rules, having=(BONE, condition("glaucoma")))
    assert found == [("weak-bones", "contraindicated"), ("glaucoma", "caution")]


def test_two_rules_that_say_the_same_are_reported_once():
    twice = rule("weak-bones", "caution", "bend", text=rule("weak-bones", "caution").text, reason="same")
    again = rule("weak-bones", "caution", "head-low", text=rule("weak-bones", "caution").text, reason="same")
    assert verdicts(twice, again) == [("weak-bones", "caution")]


def test_a_red_flag_blocks_everything_even_without_a_rule():
    flag = condition("cauda-equina", blocks_all=True, note="emergency department now")
    (finding,) = screen(program([CURL], [flag]), SmallLibrary([CURL]))
    assert (finding.verdict, finding.reason, finding.alternatives) == (
        "contraindicated",
        "emergency department now",
        (),
    )


def test_a_red_flag_cannot_be_overridden():
    flag = condition("cauda-equina", blocks_all=True)
    rules = [rule("cauda-equina", "contraindicated", every=True, except_exercises=("curl",))]
    overrides = [Override(item="curl", condition="cauda-equina", reason="discussed")]
    findings = screen(program([CURL], [flag], overrides=overrides), SmallLibrary([CURL], rules))
    assert refusals(findings) == findings != ()


@pytest.mark.parametrize("spared", [(), ("curl",)])
def test_an_override_lifts_no_rule_of_a_red_flag(spared):
    flag = condition("cauda-equina", blocks_all=True)
    rules = [
        rule("cauda-equina", "contraindicated", every=True, except_exercises=spared),
        rule("cauda-equina", "caution", "bend"),
    ]
    overrides = [Override(item="curl", condition="cauda-equina", reason="discussed")]
    findings = screen(program([CURL], [flag], overrides=overrides), SmallLibrary([CURL], rules))
    assert [(one.verdict, one.overridden, one.alternatives) for one in findings] == [("contraindicated", None, ())]
    assert refusals(findings) == findings


def test_an_override_lifts_no_packets_refusal_for_a_red_flag():
    flag = condition("cauda-equina", blocks_all=True)
    starter = packet("starter", ["curl"], [NotFor(condition="cauda-equina", reason="hospital first")])
    overrides = [Override(item=item, condition="cauda-equina", reason="discussed") for item in ("starter", "curl")]
    of_program = program([CURL], [flag], packet=starter, overrides=overrides)
    findings = screen(of_program, SmallLibrary([CURL], [], [starter]))
    assert [(one.packet, one.exercise, one.overridden) for one in findings] == [
        ("starter", None, None),
        (None, "curl", None),
    ]
    assert refusals(findings) == findings


def test_an_override_of_another_condition_lifts_no_red_flag():
    flag = condition("cauda-equina", blocks_all=True)
    library = SmallLibrary([CURL], [rule("weak-bones", "contraindicated", "bend")])
    overrides = [Override(item="curl", condition="weak-bones", reason="lying flat")]
    findings = screen(program([CURL], [BONE, flag], overrides=overrides), library)
    assert [one.condition for one in refusals(findings)] == ["cauda-equina"]


def test_contraindications_that_say_the_same_are_reported_once():
    text = rule("weak-bones", "contraindicated").text
    rules = [rule("weak-bones", "contraindicated", tag, text=text, reason="same") for tag in ("bend", "head-low")]
    assert verdicts(*rules) == [("weak-bones", "contraindicated")]


def test_cautions_that_differ_in_reason_or_advice_are_both_reported():
    text = rule("weak-bones", "caution").text
    same_advice = [rule("weak-bones", "caution", tag, text=text) for tag in ("bend", "head-low")]
    assert verdicts(*same_advice) == [("weak-bones", "caution")] * 2
    same_reason = [rule("weak-bones", "caution", tag, reason="same") for tag in ("bend", "head-low")]
    assert verdicts(*same_reason) == [("weak-bones", "caution")] * 2


def test_an_override_keeps_its_reason_and_brings_back_the_cautions():
    rules = (rule("weak-bones", "contraindicated", "bend"), rule("weak-bones", "caution", "head-low"))
    override = Override(item="curl", condition="weak-bones", reason=" lying flat ")
    findings = screen(program([CURL], [BONE], overrides=[override]), SmallLibrary([CURL], rules))
    assert [(one.verdict, one.overridden) for one in findings] == [("contraindicated", "lying flat"), ("caution", None)]
    assert refusals(findings) == ()


@pytest.mark.parametrize(("item", "of"), [("bridge", "weak-bones"), ("curl", "pregnancy")])
def test_an_override_of_something_else_changes_nothing(item, of):
    override = Override(item=item, condition=of, reason="discussed")
    findings = screen(
        program([CURL], [BONE], overrides=[override]),
        SmallLibrary([CURL], [rule("weak-bones", "contraindicated", "bend")]),
    )
    assert len(refusals(findings)) == 1


def test_an_override_without_a_reason_is_none():
    override = Override(item="curl", condition="weak-bones", reason="  ")
    assert verdicts(rule("weak-bones", "contraindicated", "bend"), overrides=[override])
    library = SmallLibrary([CURL], [rule("weak-bones", "contraindicated", "bend")])
    assert refusals(screen(program([CURL], [BONE], overrides=[override]), library))


def test_a_packet_is_refused_whole_and_the_safer_one_named():
    starter = packet("starter", ["curl"], [NotFor(condition="weak-bones", reason="use the safe one", use="safe")])
    safe = packet("safe", ["still"])
    library = SmallLibrary([CURL, exercise("still")], [], [starter, safe])
    (finding,) = screen(program([CURL], [BONE], packet=starter), library)
    assert (finding.packet, finding.exercise, finding.alternatives) == ("starter", None, ("safe",))
    overrides = [Override(item="starter", condition="weak-bones", reason="one by one")]
    (finding,) = screen(program([CURL], [BONE], packet=starter, overrides=overrides), library)
    assert finding.overridden == "one by one"


def test_a_safer_packet_that_is_refused_in_turn_is_not_offered():
    pregnant = condition("pregnancy")
    starter = packet("starter", ["curl"], [NotFor(condition="weak-bones", reason="no", use="safe")])
    refused = packet("safe", ["still"], [NotFor(condition="pregnancy", reason="no")])
    library = SmallLibrary([CURL, exercise("still")], [], [starter, refused])
    assert screen(program([CURL], [BONE, pregnant], packet=starter), library)[0].alternatives == ()
    holds_it = packet("safe", ["curl"])
    library = SmallLibrary([CURL], [rule("weak-bones", "contraindicated", "bend")], [starter, holds_it])
    assert screen(program([CURL], [BONE], packet=starter), library)[0].alternatives == ()


def test_a_refusal_carries_all_findings_and_its_exit_code():
    findings = screen(program([CURL], [BONE]), SmallLibrary([CURL], [rule("weak-bones", "contraindicated", "bend")]))
    error = RefusedForSafety(findings)
    assert (error.exit_code, error.findings) == (ExitCode.REFUSED, findings)
    assert "curl with weak-bones" in str(error)


# -- what must hold for any rules --------------------------------------------------------------------------------------

MOVEMENTS = ("bend", "twist", "load", "lie")
IDS = ("one", "two", "three")
CONDITIONS = tuple(condition(name) for name in ("a", "b", "c"))
some_movements = st.lists(st.sampled_from(MOVEMENTS), unique=True, max_size=3)
some_exercises = st.tuples(*(some_movements.map(lambda tags, name=name: exercise(name, *tags)) for name in IDS))
some_rules = st.lists(
    st.builds(
        lambda of, verdict, tags, named, spared, every: rule(
            of.id, verdict, *tags, exercises=named, except_exercises=spared, every=every
        ),
        st.sampled_from(CONDITIONS),
        st.sampled_from(["caution", "contraindicated"]),
        some_movements,
        st.lists(st.sampled_from(IDS), unique=True, max_size=1).map(tuple),
        st.lists(st.sampled_from(IDS), unique=True, max_size=1).map(tuple),
        st.sampled_from([False, False, False, True]),
    ),
    max_size=8,
)
some_conditions = st.lists(st.sampled_from(CONDITIONS), unique_by=lambda one: one.id)
SEVERITY = {None: 0, "caution": 1, "contraindicated": 2}


@given(some_exercises, some_rules, some_conditions)
def test_more_conditions_never_allow_more(exercises, rules, having):
    library = SmallLibrary(exercises, rules)
    for one in exercises:
        worst = SEVERITY[verdict(one, having, library)]
        for fewer in range(len(having)):
            assert SEVERITY[verdict(one, having[:fewer], library)] <= worst


@given(some_exercises, some_rules, some_conditions)
def test_the_findings_agree_with_the_verdicts(exercises, rules, having):
    library = SmallLibrary(exercises, rules)
    findings = screen(program(exercises, having), library)
    for one in exercises:
        found = {finding.verdict for finding in findings if finding.exercise == one.id}
        assert max((SEVERITY[each] for each in found), default=0) == SEVERITY[verdict(one, having, library)]


@given(some_exercises, some_rules, some_conditions)
def test_an_alternative_is_never_forbidden_itself(exercises, rules, having):
    library = SmallLibrary(exercises, rules)
    for finding in screen(program(exercises[:1], having), library):
        for offered in finding.alternatives:
            assert offered != exercises[0].id
            assert verdict(library.exercise(offered), having, library) != "contraindicated"


@given(some_exercises, some_rules, some_conditions)
def test_no_override_lifts_a_red_flag(exercises, rules, having):
    flag = condition("flag", blocks_all=True)
    library = SmallLibrary(exercises, [*rules, rule("flag", "contraindicated", every=True)])
    overrides = [Override(item=one.id, condition=of.id, reason="seen") for one in exercises for of in (*having, flag)]
    findings = screen(program(exercises, [*having, flag], overrides=overrides), library)
    assert {(one.exercise, one.condition) for one in refusals(findings)} == {(one.id, "flag") for one in exercises}


@given(some_exercises, some_rules, some_conditions)
def test_overrides_lift_refusals_and_remove_no_finding(exercises, rules, having):
    library = SmallLibrary(exercises, rules)
    before = screen(program(exercises, having), library)
    overrides = [Override(item=one.id, condition=of.id, reason="seen") for one in exercises for of in having]
    after = screen(program(exercises, having, overrides=overrides), library)
    assert refusals(after) == ()
    assert {(one.exercise, one.rule) for one in before} <= {(one.exercise, one.rule) for one in after}
