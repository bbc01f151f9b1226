"""Which rules one exercise meets for one condition. Knows no program, no override and no packet.

The reading of the rules, condition by condition: every rule applies whose movements meet the exercise's movements
(`every` meets all) and that does not except the exercise. A rule that names the exercise is the considered answer and
hides the rules by movement, save one that contraindicates every exercise. The worst verdict wins.
"""

from __future__ import annotations

from handouts.library import Library
from handouts.model import Condition, Exercise, Rule, Verdict


def rules_met(exercise: Exercise, condition: Condition, library: Library) -> tuple[Rule, ...]:
    """Every rule of `condition` that speaks about `exercise` and is not hidden by a rule naming it."""
    met = [rule for rule in library.rules_for(condition.id) if _meets(rule, exercise)]
    named = [rule for rule in met if exercise.id in rule.exercises]
    if not named:
        return tuple(met)
    return tuple(rule for rule in met if rule in named or (rule.every and rule.verdict == "contraindicated"))


def worst(rules: tuple[Rule, ...]) -> Verdict | None:
    """The verdict that counts among `rules`; None when there is none."""
    if any(rule.verdict == "contraindicated" for rule in rules):
        return "contraindicated"
    return "caution" if rules else None


def verdict_for(exercise: Exercise, condition: Condition, library: Library) -> Verdict | None:
    """The verdict of `condition` on `exercise`; None when no rule fires, which is not a clearance."""
    if condition.blocks_all:
        return "contraindicated"
    return worst(rules_met(exercise, condition, library))


def _meets(rule: Rule, exercise: Exercise) -> bool:
    if exercise.id in rule.except_exercises:
        return False
    return rule.every or exercise.id in rule.exercises or not set(exercise.movements).isdisjoint(rule.movements)
