"""What random input is made of: words that nearly fit, hostile characters, nested data, good data bent in places."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.trust import facts

words = st.sampled_from([
    *list(facts.exercises())[:40], *facts.conditions(), *facts.packets(), "bridge", "skip", "3x15", "hold 5s", "left",
    "each side", "2/day", "en", "es", "letter", "a4", "2026-11-22", "palm-wellness", "no", "010", "1:30", "null",
    "~", "",
])  # fmt: skip
hostile = st.one_of(words, st.text(max_size=30), st.text("\0\x1b\u202e\ud800{}[]&*!|>'\"%@`<#:-,.= \n\t", max_size=20))
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.integers(-5, 400), hostile, st.binary(max_size=5)
)
trees = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(hostile, inner, max_size=4), max_leaves=12
)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**20) | st.floats(allow_nan=False) | words | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words | st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
"""What JSON and YAML can hold."""
modest = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.floats(-1e15, 1e15) | words | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words | st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
"""What a program file can hold: no number that readers of YAML take differently."""

PROGRAM: dict[str, Any] = {
    "patient": {"name": "Ana", "id": "A1", "conditions": ["osteoporosis", {"falls-risk": {"side": "left"}}]},
    "clinic": "palm-wellness", "clinician": "Dana", "date": "2026-11-22", "next_visit": "2026-12-06", "language": "en",
    "goal": "Walk", "note": "Well done", "packet": "low-back-starter", "order": ["bridge"], "append": [],
    "exercises": [{"bridge": "3x12 rest 60s"}, {"knee-to-chest": {"dose": "2 reps left 2/day", "note": "Slowly"}},
                  {"superman": "skip"}, "pelvic-tilt 10 reps"],
    "overrides": {"partial-curl": {"osteoporosis": "We talked about it"}},
    "print": {"paper": "letter", "large_print": False, "ink_saver": False, "log_weeks": 4},
}  # fmt: skip


def places_in(data: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value in nested data."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [at, *(place for key, value in inner for place in places_in(value, (*at, key)))]


@st.composite
def bent(draw: st.DrawFn, good: Any, values: SearchStrategy[Any] = plain) -> Any:
    """Good data with one to four of its values put in place of others, taken out, or added to."""
    data = json.loads(json.dumps(good))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.sampled_from(places_in(data)))
        if not place:
            continue
        above = data
        for step in place[:-1]:
            above = above[step]
        match draw(st.integers(0, 3)):
            case 0:
                del above[place[-1]]
            case 1 if isinstance(above, dict):
                above[draw(st.sampled_from(["x", "name", "dose", "side", "conditions"]) | st.text(max_size=5))] = draw(
                    values
                )
            case _:
                above[place[-1]] = draw(values)
    return data


def each_once(rows: Iterable[Any], columns: Sequence[Any]) -> list[Any]:
    """Every pair; but for one pair of each row, they are slow extras."""
    return [
        pytest.param(
            row, column, marks=() if place == number % len(columns) else pytest.mark.slow, id=f"{column}-{number}"
        )
        for number, row in enumerate(rows)
        for place, column in enumerate(columns)
    ]
