"""What is offered instead of a refused exercise: same region, same goal first, no caution first, easiest first."""

from __future__ import annotations

from handouts.model import NotFor, PatientCondition, Word
from handouts.screening import alternatives
from handouts.screening.screening import safer_packet

from .samples import TODAY, SmallLibrary, condition, exercise, packet, program, rule

CURL = exercise("curl", "bend")
BONE = condition("weak-bones")
RULES = (rule("weak-bones", "contraindicated", "bend"), rule("weak-bones", "caution", "lie-flat"))


def offered(*others, having=(BONE,), beside=()):
    return alternatives(CURL, program([CURL, *beside], having), SmallLibrary([CURL, *others], RULES))


def test_the_same_goal_comes_first_then_the_rest_of_the_region_and_nothing_else():
    stretch = exercise("a-stretch", goal="stretch")
    assert offered(stretch, exercise("z-lift"), exercise("neck-lift", region="neck")) == ("z-lift", "a-stretch")


def test_what_needs_care_comes_after_what_does_not():
    assert offered(exercise("a-careful", "lie-flat"), exercise("z-free")) == ("z-free", "a-careful")


def test_the_same_goal_counts_more_than_having_no_caution():
    careful, other_goal = exercise("z-careful", "lie-flat"), exercise("a-stretch", goal="stretch")
    assert offered(careful, other_goal) == ("z-careful", "a-stretch")


def test_having_no_caution_counts_more_than_being_easy():
    careful, hard = exercise("a-careful", "lie-flat"), exercise("z-hard", easier="a-careful")
    assert offered(careful, hard) == ("z-hard", "a-careful")


def test_the_easiest_come_first_and_three_at_most():
    hard = exercise("a-hard", easier="b-middle")
    middle = exercise("b-middle", easier="c-easy")
    assert offered(hard, middle, exercise("c-easy"), exercise("d-easy")) == ("c-easy", "d-easy", "b-middle")


def test_a_ring_of_easier_neighbours_ends():
    assert offered(exercise("a", easier="b"), exercise("b", easier="a")) == ("a", "b")


def test_nothing_forbidden_and_nothing_the_program_already_has():
    bridge = exercise("bridge")
    assert offered(exercise("sit-up", "bend"), bridge, beside=(bridge,)) == ()


def test_nothing_that_waits_for_a_word_that_nobody_has_given():
    waits = rule("weak-bones", "caution", "pull", needs="clearance")
    library = SmallLibrary([CURL, exercise("row", "pull")], (*RULES, waits))
    cleared = PatientCondition(condition=BONE, clearance=Word(by="Dr. Lee", on=TODAY))
    assert alternatives(CURL, program([CURL], [BONE]), library) == ()
    assert alternatives(CURL, program([CURL], [cleared]), library) == ("row",)


def test_a_red_flag_has_no_alternative():
    assert offered(exercise("still"), having=(BONE, condition("red", blocks_all=True))) == ()


def packet_offered(*, use="safe", not_for=(), holds="lift", having=(BONE,)):
    """What is offered for a packet that is not for weak bones and names the packet `use` in its place."""
    refusal = NotFor(condition="weak-bones", reason="bends", use=use)
    safe = packet("safe", [holds], [NotFor(condition=one, reason="no") for one in not_for])
    library = SmallLibrary([CURL, exercise("lift")], RULES, [packet("starter", ["curl"], [refusal]), safe])
    return safer_packet(refusal, program([CURL], having), library)


def test_the_packet_that_a_refusal_names_is_offered():
    assert packet_offered() == ("safe",)


def test_no_packet_is_offered_that_is_not_there_or_not_named():
    assert packet_offered(use=None) == packet_offered(use="gone") == ()


def test_no_packet_is_offered_that_this_patient_may_not_have_either():
    assert packet_offered(not_for=["weak-bones"]) == ()
    assert packet_offered(not_for=["glaucoma"], having=(BONE, condition("glaucoma"))) == ()
    assert packet_offered(not_for=["glaucoma"]) == ("safe",)
    assert packet_offered(holds="curl") == ()
