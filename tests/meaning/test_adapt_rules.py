"""Rules that change exercises are read whole, and whatever is wrong with one is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.dose import format_dose
from handouts.library import Library, read_library, stamp_translations, translation_problems
from handouts.library.library_check import check_library

ADAPT = """\
- {id: new-knee-curl, condition: new-knee, verdict: caution, exercises: [curl], reason: r, advice: Gently., source: own,
   adapt: %s}
"""


def with_rule(content: Path, adapt: str, more: str = "") -> Library:
    path = content / "rules.yaml"
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + ADAPT % adapt + more, encoding="utf-8")
    return read_library([content])


def test_what_a_rule_changes_is_read_whole(content: Path) -> None:
    library = with_rule(content, "{setup: Sit., steps: [Bend.], most: 1x10 hold 5s, minutes_a_week: 5, like: bridge}")
    (rule,) = [one for one in library.rules if one.id == "new-knee-curl"]
    assert rule.adapt is not None
    assert rule.adapt.most is not None
    assert (rule.adapt.like, rule.adapt.minutes_a_week, rule.adapt.exercises) == ("bridge", 5, ())
    assert format_dose(rule.adapt.most) == "1x10 hold 5s"
    assert rule.text.adapted is not None
    assert (rule.text.adapted.setup, rule.text.adapted.steps) == ("Sit.", ("Bend.",))
    assert check_library(library) == []


@pytest.mark.parametrize(
    ("adapt", "told"),
    [
        ("{exercises: [curls], steps: [Bend.]}", "unknown exercise 'curls'"),
        ("{exercises: [bridge], steps: [Bend.]}", "the rule is not about 'bridge'"),
        ("{like: brigde}", "unknown exercise 'brigde'"),
        ("{most: 1x10 hold}", "dose '1x10 hold'"),
        ("{position: upside-down}", "'upside-down'"),
        ("{minutes_a_week: 0}", "expected a whole number from 1"),
        ("{step: [Bend.]}", "'step'"),
        ("{exercises: [curl]}", "it changes nothing"),
        ("{steps: [A., B., C., D., E., F., G., H.]}", "8 steps"),
        ("{steps: []}", "0 steps"),
    ],
)
def test_a_change_that_cannot_be_meant_is_a_problem(content: Path, adapt: str, told: str) -> None:
    problems = check_library(with_rule(content, adapt))
    assert any(told in problem.message for problem in problems), problems
    assert all(problem.path.endswith("rules.yaml") and problem.line for problem in problems)


def test_two_rules_of_a_condition_do_not_word_one_card(content: Path) -> None:
    other = ADAPT.replace("new-knee-curl", "new-knee-curl-too").replace("reason", "weeks: {from: 0, to: 6}, reason")
    library = with_rule(content, "{steps: [Bend.]}", other % "{setup: Sit.}")
    assert [problem.message for problem in check_library(library)] == ["'new-knee-curl' words curl too"]
    (content / "rules.yaml").write_text(
        (content / "rules.yaml").read_text(encoding="utf-8").replace("{setup: Sit.}", "{most: 1x10}"), encoding="utf-8"
    )
    assert check_library(read_library([content])) == []


def test_the_words_are_translated_step_by_step_and_the_ceiling_is_not(content: Path) -> None:
    library = with_rule(content, "{steps: [Bend., Rest.], most: 1x10}")
    path = content / "translations" / "es" / "rules.yaml"
    text = "new-knee-curl:\n  of: {}\n  advice: Suave.\n  adapt: {steps: [%s]}\n"
    path.write_text(text % "Doble., Descanse.", encoding="utf-8")
    stamp_translations(library, content, "es")
    assert told(content) == []
    path.write_text(path.read_text(encoding="utf-8").replace("Doble., Descanse.", "Doble."), encoding="utf-8")
    (message,) = told(content)
    assert "another number of steps" in message


def told(content: Path) -> list[str]:
    """What is wrong with the Spanish rules that are there."""
    problems = translation_problems(read_library([content]), "es")
    return [one.message for one in problems if "translations" in one.path and one.path.endswith("rules.yaml")]
