"""Which rules one exercise meets for one condition. Knows no program, no override and no packet.

The reading of the rules, condition by condition: every rule applies whose movements meet the exercise's movements
(`every` meets all) and that does not except the exercise. A rule that names the exercise is the considered answer and
hides the rules by movement, save one that contraindicates every exercise. Rules with weeks and rules without are read
each by themselves, so that what always holds hides no window. A rule for who also has another condition is the
considered answer for the two: it hides this condition's own cautions, but for those that wait for a word. The worst
verdict wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handouts.library import Library
from handouts.library.safety_facts import meets
from handouts.model import Condition, Exercise, Rule, Verdict
from handouts.screening.windows import Standing, as_standing, rules_in_time


def rules_met(exercise: Exercise, condition: Condition | Standing, library: Library) -> tuple[Rule, ...]:
    """Every rule of `condition` that speaks about `exercise` at this time and is not hidden by a rule naming it."""

    def considered(rules: Sequence[Rule]) -> tuple[Rule, ...]:
        met = [rule for rule in rules if meets(rule, exercise)]
        named = [rule for rule in met if exercise.id in rule.exercises]
        if not named:
            return tuple(met)
        return tuple(rule for rule in met if rule in named or (rule.every and rule.verdict == "contraindicated"))

    of = as_standing(condition)
    rules = library.rules_for(of.condition.id)
    alone = rules_in_time([rule for rule in rules if not rule.also], of, considered)
    of_two = [rule for rule in rules if not of.beside.isdisjoint(rule.also) and meets(rule, exercise)]
    if not of_two:
        return alone
    kept = (rule for rule in alone if rule.verdict == "contraindicated" or rule.needs)
    return (*kept, *rules_in_time(of_two, of, tuple))


def worst(rules: Sequence[Rule]) -> Verdict | None:
    """The verdict that counts among `rules`; None when there is none."""
    if any(rule.verdict == "contraindicated" for rule in rules):
        return "contraindicated"
    return "caution" if rules else None


def verdict_for(exercise: Exercise, condition: Condition | Standing, library: Library) -> Verdict | None:
    """The verdict of `condition` on `exercise`; None when no rule fires, which is not a clearance."""
    if as_standing(condition).condition.blocks_all:
        return "contraindicated"
    return worst(rules_met(exercise, condition, library))


def waits_for_clearance(exercise: Exercise, conditions: Iterable[Standing], library: Library) -> bool:
    """Whether a rule allows the exercise only on the surgeon's or clinician's word, and nobody has given it."""
    rules = (rule for of in conditions if not of.cleared for rule in rules_met(exercise, of, library))
    return any(rule.needs for rule in rules if rule.verdict == "caution")
