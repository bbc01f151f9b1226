"""A program's fields → the text of a program file. What it writes, the strict reader reads back unchanged."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_BARE = re.compile(r"[^\W\d_](?:[\w ./()'+-]*[\w./()'+-])?|[1-9][\d-]*[x ][\w ./-]*[a-z\d]|\d{4}-\d{2}-\d{2}")
"""Texts that stand without quotes: words, doses such as `3x12 rest 60s`, dates."""
_TAKEN = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
"""What one YAML or another takes for something else than text."""


def program_text(fields: Mapping[str, Any]) -> str:
    """The file: a field a line, lists of plain values on one line, what lies deeper set in by two spaces."""
    return "\n".join(_mapping(fields, "")) + "\n"


def _mapping(fields: Mapping[str, Any], indent: str) -> Iterator[str]:
    for name, value in fields.items():
        if isinstance(value, Mapping) and value:
            yield f"{indent}{_scalar(name)}:"
            yield from _mapping(value, indent + "  ")
        elif isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
            yield f"{indent}{_scalar(name)}:"
            for one in value:
                first, *rest = _mapping(one, "") if isinstance(one, Mapping) and one else [_scalar(one)]
                yield f"{indent}  - {first}"
                yield from (f"{indent}    {line}" for line in rest)
        elif isinstance(value, list):
            yield f"{indent}{_scalar(name)}: [{', '.join(map(_scalar, value))}]"
        else:
            yield f"{indent}{_scalar(name)}: {_scalar(value)}"


def _scalar(value: Any) -> str:
    """A value on one line; text that cannot stand bare is quoted as JSON does it, which YAML reads alike."""
    if isinstance(value, str) and _BARE.fullmatch(value) and value.casefold() not in _TAKEN:
        return value
    return json.dumps(value, ensure_ascii=False)
