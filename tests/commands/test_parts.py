"""The small rooms behind the commands: file names."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from handouts.output_paths import safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Maria Alvarez", "Maria-Alvarez"),
        ("José Ñandú", "Jose-Nandu"),
        ("../../etc/passwd", "etc-passwd"),
        ("A/1042", "A-1042"),
        ("  --x--  ", "x"),
        ("", "handout"),
        ("///", "handout"),
        ("Ирина", "Ирина"),
    ],
)
def test_names_are_made_safe(text, name):
    assert safe_name(text) == name


@given(st.text())
def test_any_name_is_letters_digits_and_hyphens(text):
    name = safe_name(text)
    assert name
    assert all(sign.isalnum() or sign == "-" for sign in name)
    assert len(name) <= 80
