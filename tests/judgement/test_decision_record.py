"""What is recorded of a decision, and which rules say something else since."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handouts.errors import Problem
from handouts.library.yaml_fields import Fields
from handouts.model import Finding
from handouts.prescription import OptionPlaces
from handouts.reports.decision_record import decision_record, recorded_findings, rules_changed

from .samples import rule

RULE = rule("weak-bones", "caution", "bend")
FOUND = Finding(
    exercise="curl", condition="weak-bones", verdict="caution", reason=RULE.reason, source=RULE.source, rule=RULE
)


class NoContent:
    """As much of a library as a record asks for."""

    class versions:  # noqa: N801 - the library's own name
        content, rules, folders = "1", "2", ()


def since(today: Finding) -> tuple[str, ...]:
    problems: list[Problem] = []
    record = decision_record([FOUND], (), (), NoContent())
    then = recorded_findings(Fields(record, OptionPlaces(lambda _option: "old.pdf"), problems))
    assert not problems
    return rules_changed(then or (), [today])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, []),
        ({"alternatives": ("bridge",)}, []),
        ({"verdict": "contraindicated"}, ["caution then, contraindicated now: "]),
        ({"reason": "It may break"}, ["in other words now: It may break"]),
        ({"rule": replace(RULE, text=replace(RULE.text, advice="Not so far."))}, ["in other words now: Not so far."]),
        ({"source": "nice"}, ["from nice now, from"]),
        ({"rule": replace(RULE, id="other")}, ["caution then, no longer found", "new, caution: "]),
        ({"exercise": "bridge"}, ["no longer found", "bridge with weak-bones (rule"]),
    ],
)
def test_what_today_says_otherwise_is_named(change, said):
    found = since(replace(FOUND, **change))
    assert [part in line for part, line in zip(said, found, strict=True)] == [True] * len(said)
