"""Conditions, rules, movements and sources: list entries → model values."""

from __future__ import annotations

from handouts.library.exercises import ENGLISH_TAG, MOST_STEPS, read_dose
from handouts.library.yaml_fields import Fields, Known, read_as
from handouts.model import (
    Adapt,
    AdaptedText,
    Condition,
    ConditionText,
    Exercise,
    Movement,
    MovementText,
    Rule,
    RuleText,
    Source,
    Stage,
)

MOST_WEEKS = 520
ADAPTED_WORDS = ("setup", "steps", "easier", "harder")
"""What a patient reads of a rule's `adapt`."""


def build_movement(item_id: str, fields: Fields, known: Known) -> Movement:
    """A movement tag. `code` may be left out by a clinic that adds its own."""
    given = {} if fields.has("code") else {"code": item_id}
    fields.get("code")
    return read_as(Movement, fields, known, id=item_id, text=read_as(MovementText, fields, lang=ENGLISH_TAG), **given)


def build_source(item_id: str, fields: Fields, known: Known) -> Source:
    """A source and how it was read."""
    return read_as(Source, fields, known, id=item_id)


def build_condition(item_id: str, fields: Fields, known: Known) -> Condition:
    """A condition; `blocks_all` must be in the file, because nobody may assume it."""
    text = read_as(ConditionText, fields, lang=ENGLISH_TAG)
    read = {"window_weeks": _window(fields), "stage": _stage(fields), "text": text}
    condition = read_as(Condition, fields, known, id=item_id, **read)
    if condition.no_side and (condition.one_sided or condition.often_both):
        fields.problem("what has no side is neither one-sided nor on both", "no_side", hint="leave one of them out")
    return condition


def build_rule(item_id: str, fields: Fields, known: Known) -> Rule:
    """A rule. An unknown name in it is a problem, because such a rule would never fire and nobody would notice."""
    rule = read_as(
        Rule,
        fields,
        known,
        id=item_id,
        except_exercises=fields.all_known("except", "exercise", known("exercise")),
        weeks=_weeks(fields),
        adapt=_adapt(fields, known),
        text=build_rule_text(fields, ENGLISH_TAG),
    )
    if rule.needs and rule.verdict == "contraindicated":
        fields.problem("what is contraindicated waits for no clearance", "needs", hint="verdict: caution")
    if rule.also and rule.weeks:
        fields.problem("a rule for two conditions has no weeks of its own", "weeks", hint="leave them out")
    # A rule about nothing never fires, and one about everything needs no list: both are slips.
    if rule.every == bool(rule.movements or rule.exercises):
        fields.problem("a rule needs either 'every: true' or the 'movements' or 'exercises' it is about")
    if both := sorted(set(rule.exercises) & set(rule.except_exercises)):
        fields.problem(f"'{both[0]}' is under 'exercises' too", "except", hint="take it out of one of them")
    return rule


def build_rule_text(fields: Fields, lang: str) -> RuleText:
    """The advice on the card, and the same in a few words."""
    adapt = fields.inner("adapt")
    has_words = adapt and any(adapt.has(name) for name in ADAPTED_WORDS)
    text = read_as(RuleText, fields, lang=lang, adapted=read_as(AdaptedText, adapt) if adapt and has_words else None)
    if text.short and "**" in text.short:
        fields.problem("'short' cannot have bold words", "short", hint="write it without **")
    return text


def meets(rule: Rule, exercise: Exercise) -> bool:
    """Whether the rule is about the exercise, by name or by movement."""
    if exercise.id in rule.except_exercises:
        return False
    return rule.every or exercise.id in rule.exercises or not set(exercise.movements).isdisjoint(rule.movements)


def adapts(rule: Rule, exercise: Exercise) -> bool:
    """Whether the rule changes how the exercise is done."""
    if rule.adapt is None or not meets(rule, exercise):
        return False
    return not rule.adapt.exercises or exercise.id in rule.adapt.exercises


def _adapt(fields: Fields, known: Known) -> Adapt | None:
    """How the rule changes its exercises; the words of it belong to the rule's text."""
    adapt = fields.inner("adapt")
    if adapt is None:
        return None
    most = read_dose(adapt, "most", "side") if adapt.has("most") else None
    adapt.read.update(("most", *ADAPTED_WORDS))
    found = read_as(Adapt, adapt, known, most=most)
    steps = adapt.data.get("steps")
    if isinstance(steps, list) and not 1 <= len(steps) <= MOST_STEPS:
        adapt.problem(f"{len(steps)} steps", "steps", hint=f"1 to {MOST_STEPS}, one action each")
    adapt.done()
    if found == Adapt(exercises=found.exercises) and not any(adapt.has(name) for name in ADAPTED_WORDS):
        adapt.problem("it changes nothing", hint="give words, a figure (like) or a ceiling of the dose (most)")
    return found


def _window(fields: Fields) -> tuple[int, int] | None:
    value = fields.get("window_weeks")
    if value is None:
        return None
    if isinstance(value, list) and len(value) == 2 and all(type(week) is int for week in value):
        first, last = value
        if 0 <= first < last <= MOST_WEEKS:
            return first, last
    fields.problem("expected the first and the last week", "window_weeks", hint="such as [0, 6]")
    return None


def _stage(fields: Fields) -> Stage | None:
    """The weeks in which a condition can be meant; the last ones may be open."""
    stage = fields.inner("stage")
    if stage is None:
        return None
    first, end = _from_to(stage, "stage", "such as {from: 14, to: 28}")
    found = read_as(Stage, stage, first=first, end=end)
    stage.done()
    return found


def _weeks(fields: Fields) -> tuple[int, int] | None:
    """The window of a rule: from a week on, to before another."""
    weeks = fields.inner("weeks")
    if weeks is None:
        return None
    weeks.get("to", required=True)
    first, end = _from_to(weeks, "window", "such as {from: 0, to: 6}")
    weeks.done()
    return first, end or first + 1


def _from_to(weeks: Fields, what: str, hint: str) -> tuple[int, int | None]:
    """A first week, and the one before which it ends; None where no end is given."""
    first = weeks.whole("from", 0, least=0, most=MOST_WEEKS - 1)
    if not weeks.has("to"):
        return first, None
    end = weeks.whole("to", first + 1, least=1, most=MOST_WEEKS)
    if end <= first:
        weeks.problem(f"the {what} ends in week {end}, before it begins", "to", hint=hint)
    return first, end
