"""Numbers before an operator: short, and never in a form that PDF does not know."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.pdf.tagging.operands import operands


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ((12.0, 0, 841.89), "12 0 841.89"),
        ((0.5, -0.5, 10.0), ".5 -0.5 10"),
        ((1.9655172413,), "1.96552"),
        ((0.00001, 20.5), "0.000010 20.500000"),
    ],
)
def test_numbers_are_short(values, written):
    assert operands(*values) == written


@given(st.lists(st.floats(-9999, 9999), min_size=1, max_size=6))
def test_every_number_is_plain_digits_and_near_the_value(values):
    parts = operands(*values).split(" ")
    assert all(set(part) <= set("-.0123456789") for part in parts)
    assert [float(part) for part in parts] == [pytest.approx(value, rel=1e-5, abs=1e-6) for value in values]


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_what_is_no_place_is_an_error(value):
    with pytest.raises(ValueError, match="no place"):
        operands(1, value)
