"""The rules, conditions and movements in Spanish: all of them, fresh, to whoever the patient is."""

from __future__ import annotations

import re

import pytest

from handouts.library.stamps import fingerprint
from tests.content.test_rules_content import (
    INFORMAL_SPANISH,
    advice,
    entries,
    every_advice,
    for_you,
    ids,
    short,
    spanish,
    words_of,
)

GENDERED_SPANISH = (
    r"\b(sentad|acostad|parad|trabad|cansad|maread|descalz)o\b|\b(manténgase|quédese|quede) (?!junto)\w+o\b"
)
"""Of the patient, whose gender nobody knows; pregnancy alone says 'sentada'."""


def test_spanish_does_not_say_whether_the_patient_is_a_man() -> None:
    texts = [text for _, text in every_advice("es")] + [short(rule, "es") for rule in entries("rules")]
    assert [text for text in texts if re.search(GENDERED_SPANISH, text, re.IGNORECASE)] == []


def test_spanish_tells_stopping_from_standing() -> None:
    """'Pare' is stop on every card, so that nobody is to stand up by 'párese'."""
    texts = [text for _, text in every_advice("es")] + [
        str(words_of(rule, "es")) for rule in entries("rules") if "adapt" in rule
    ]
    assert [text for text in texts if re.search(r"\bpárese\b", text, re.IGNORECASE)] == []


def test_spanish_says_usted() -> None:
    texts = [text for _, text in every_advice("es")] + [for_you(condition, "es") for condition in ids("conditions")]
    assert [text for text in texts if re.search(INFORMAL_SPANISH, text, re.IGNORECASE)] == []


def test_spanish_keeps_every_number() -> None:
    for rule in entries("rules"):
        for text in (advice, short):
            numbers = [sorted(re.findall(r"\d+", text(rule, language))) for language in ("en", "es")]
            assert numbers[0] == numbers[1], rule["id"]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [("conditions", ("name", "for_you")), ("rules", ("advice", "short", "adapt")), ("movements", ("name",))],
)
def test_spanish_is_complete_and_fresh(kind: str, fields: tuple[str, ...]) -> None:
    assert spanish(kind).keys() == ids(kind)
    for entry in entries(kind):
        rendering = spanish(kind)[entry["id"]]
        told = {name: words_of(entry) if name == "adapt" else entry[name] for name in fields if name in entry}
        told = {name: text for name, text in told.items() if text}
        assert rendering.keys() == {"of", *told}, entry["id"]
        assert rendering["of"] == {name: fingerprint(text) for name, text in told.items()}, entry["id"]
