"""Conditions, rules, movements and sources: list entries → model values."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from handouts.library.exercises import BASES, ENGLISH_TAG, MOST_STEPS, OTHER_STARTS, read_dose
from handouts.library.yaml_fields import Fields
from handouts.model import (
    Adapt,
    AdaptedText,
    Condition,
    ConditionText,
    Exercise,
    Movement,
    NeededClearance,
    Rule,
    RuleText,
    Source,
)

CATEGORIES = (
    "red-flag", "general", "post-surgery", "upper-limb", "lower-limb", "spine", "pregnancy", "function",
)  # fmt: skip
_LEVELS = ("program", "protocol", "ask")
MOST_WEEKS = 520
URGENCIES = ("none", "clearance", "same-day", "emergency")
"""Most urgent last."""
MOST_SHORT_ADVICE = 60
ADAPTED_WORDS = ("setup", "steps", "easier", "harder")
"""What a patient reads of a rule's `adapt`."""
MOST_WEEK_MINUTES = 60


def build_movement(item_id: str, fields: Fields) -> Movement:
    """A movement tag. `code` may be left out by a clinic that adds its own."""
    return Movement(id=item_id, name=fields.text("name"), code=fields.maybe_text("code", most=40) or item_id)


def build_source(item_id: str, fields: Fields) -> Source:
    """A source and how it was read."""
    return Source(
        id=item_id,
        name=fields.text("name"),
        basis=fields.choice("basis", BASES),
        url=fields.maybe_text("url"),
        note=fields.maybe_text("note"),
    )


def build_condition(item_id: str, fields: Fields) -> Condition:
    """A condition; `blocks_all` must be in the file, because nobody may assume it."""
    urgency: Any = fields.choice("urgency", URGENCIES)
    fields.get("blocks_all", required=True)
    return Condition(
        id=item_id,
        clinical=fields.text("clinical"),
        icd10cm=fields.texts("icd10cm"),
        category=fields.choice("category", CATEGORIES),
        tier=fields.choice("tier", ("core", "extended"), "extended"),
        urgency=urgency,
        blocks_all=fields.flag("blocks_all"),
        no_progression=fields.flag("no_progression"),
        needs_helper=fields.flag("needs_helper"),
        one_sided=fields.texts("one_sided"),
        often_both=fields.flag("often_both"),
        aliases=fields.texts("aliases"),
        note=fields.maybe_text("note"),
        ask_clinician=fields.maybe_text("ask_clinician"),
        window_weeks=_window(fields),
        unhealed=fields.flag("unhealed"),
        clearance=_clearance(fields),
        text=build_condition_text(fields, ENGLISH_TAG),
    )


def build_condition_text(fields: Fields, lang: str) -> ConditionText:
    """The plain name, and the sentence that opens the patient's caution."""
    return ConditionText(lang=lang, name=fields.text("name", most=200), for_you=fields.text("for_you", most=300))


def build_rule(
    item_id: str, fields: Fields, conditions: Collection[str], movements: Collection[str], exercises: Collection[str]
) -> Rule:
    """A rule. An unknown name in it is a problem, because such a rule would never fire and nobody would notice."""
    verdict: Any = fields.choice("verdict", ("contraindicated", "caution"))
    needs: Any = fields.maybe_choice("needs", ("clearance",))
    condition = fields.text("condition", most=80)
    if condition:
        condition = fields.known(condition, "condition", conditions, "condition") or condition
    rule = Rule(
        id=item_id,
        condition=condition,
        verdict=verdict,
        every=fields.flag("every"),
        movements=fields.all_known("movements", "movement", movements),
        exercises=fields.all_known("exercises", "exercise", exercises),
        except_exercises=fields.all_known("except", "exercise", exercises),
        also=fields.all_known("also", "condition", conditions),
        weeks=_weeks(fields),
        needs=needs,
        adapt=_adapt(fields, exercises),
        reason=fields.text("reason"),
        source=fields.text("source", most=80),
        text=build_rule_text(fields, ENGLISH_TAG),
    )
    if rule.needs and rule.verdict == "contraindicated":
        fields.problem("what is contraindicated waits for no clearance", "needs", hint="verdict: caution")
    if rule.also and rule.weeks:
        fields.problem("a rule for two conditions has no weeks of its own", "weeks", hint="leave them out")
    # A rule about nothing never fires, and one about everything needs no list: both are slips.
    if rule.every == bool(rule.movements or rule.exercises):
        fields.problem("a rule needs either 'every: true' or the 'movements' or 'exercises' it is about")
    return rule


def build_rule_text(fields: Fields, lang: str) -> RuleText:
    """The advice on the card, and the same in a few words."""
    short = fields.maybe_text("short", most=MOST_SHORT_ADVICE)
    if short and "**" in short:
        fields.problem("'short' cannot have bold words", "short", hint="write it without **")
    adapt = fields.inner("adapt")
    return RuleText(
        lang=lang,
        advice=fields.text("advice", most=400),
        short=short,
        adapted=_adapted_text(adapt) if adapt and any(adapt.has(name) for name in ADAPTED_WORDS) else None,
    )


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


def _adapt(fields: Fields, exercises: Collection[str]) -> Adapt | None:
    """How the rule changes its exercises; the words of it belong to the rule's text."""
    adapt = fields.inner("adapt")
    if adapt is None:
        return None
    like = adapt.maybe_text("like", most=80)
    if like is not None:
        like = adapt.known(like, "exercise", exercises, "like")
    found = Adapt(
        exercises=adapt.all_known("exercises", "exercise", exercises),
        position=adapt.maybe_choice("position", OTHER_STARTS),
        like=like,
        most=read_dose(adapt, "most", "side") if adapt.has("most") else None,
        minutes_a_week=adapt.whole("minutes_a_week", 0, least=1, most=MOST_WEEK_MINUTES)
        if adapt.has("minutes_a_week")
        else None,
        no_load=adapt.flag("no_load"),
    )
    steps = adapt.data.get("steps")
    if isinstance(steps, list) and not 1 <= len(steps) <= MOST_STEPS:
        adapt.problem(f"{len(steps)} steps", "steps", hint=f"1 to {MOST_STEPS}, one action each")
    adapt.read.update(ADAPTED_WORDS)
    adapt.done()
    if found == Adapt(exercises=found.exercises) and not any(adapt.has(name) for name in ADAPTED_WORDS):
        adapt.problem("it changes nothing", hint="give words, a figure (like) or a ceiling of the dose (most)")
    return found


def _adapted_text(adapt: Fields) -> AdaptedText:
    return AdaptedText(
        setup=adapt.maybe_text("setup", most=400),
        steps=adapt.texts("steps"),
        easier=adapt.maybe_text("easier", most=400),
        harder=adapt.maybe_text("harder", most=400),
    )


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


def _weeks(fields: Fields) -> tuple[int, int] | None:
    """The window of a rule: from a week on, to before another."""
    weeks = fields.inner("weeks")
    if weeks is None:
        return None
    first = weeks.whole("from", 0, least=0, most=MOST_WEEKS - 1)
    weeks.get("to", required=True)
    end = weeks.whole("to", first + 1, least=1, most=MOST_WEEKS)
    if end <= first:
        weeks.problem(f"the window ends in week {end}, before it begins", "to", hint="such as {from: 0, to: 6}")
    weeks.done()
    return first, end


def _clearance(fields: Fields) -> NeededClearance | None:
    needed = fields.inner("clearance")
    if needed is None:
        return None
    level: Any = needed.choice("level", _LEVELS)
    found = NeededClearance(
        level=level,
        by=needed.text("by", most=200),
        says=needed.maybe_text("says", most=200),
        source=needed.maybe_text("source", most=80),
    )
    needed.done()
    return found
