"""The words with which a rule changes an exercise: as short and plain as its own, in both languages."""

from __future__ import annotations

import re
from typing import Any

import pytest

from handouts.readability.grade import MOST_GRADE
from tests.grades import kept_grade

from .test_rules_content import CLINICAL_WORDS, INFORMAL_SPANISH, entries, words_of


def adapted() -> list[dict[str, Any]]:
    return [rule for rule in entries("rules") if "adapt" in rule]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_words_of_a_changed_exercise_are_short_and_easy(language: str) -> None:
    for rule in adapted():
        words = words_of(rule, language)
        assert words.keys() == words_of(rule).keys(), rule["id"]
        steps = words.get("steps", [])
        texts = [words[name] for name in words if name != "steps"] + steps
        assert len(steps) == len(words_of(rule).get("steps", [])), rule["id"]
        assert all(text.endswith(".") and "*" not in text for text in texts), rule["id"]
        more = 1.2 if language == "es" else 1
        assert all(len(step) <= 85 * more for step in steps), rule["id"]
        assert len(words.get("setup", "")) <= 95 * more, rule["id"]
        assert sum(map(len, steps)) <= 262 * more, rule["id"]
        assert not any(re.search(CLINICAL_WORDS[language], text, re.IGNORECASE) for text in texts), rule["id"]
        assert not any(re.search(r"\b(left|right|izquierd[oa]|derech[oa]) (side|leg|hip|lado)", text) for text in texts)
        if texts:
            assert kept_grade(" ".join(texts), language) <= MOST_GRADE, rule["id"]
        if language == "es":
            assert not any(re.search(INFORMAL_SPANISH, text, re.IGNORECASE) for text in texts), rule["id"]


def test_both_languages_name_the_same_numbers_of_a_changed_exercise() -> None:
    for rule in adapted():
        numbers = [sorted(re.findall(r"\d+", str(words_of(rule, language)))) for language in ("en", "es")]
        assert numbers[0] == numbers[1], rule["id"]
