"""Plain data as YAML that a person can read, and changes of a YAML file's top-level fields as text: comments, order and
everything else stay as somebody wrote them. `read_yaml` gives back what was written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from handouts.errors import bad_input
from handouts.library.yaml_reading import parse_yaml

_BELOW = r"(?:\n(?:[ \t]+\S[^\n]*|-[^\n]*|[ \t]*(?=\n[ \t]+\S)))*"
"""The lines that belong to a field: what is set in, or a list at the margin."""
_COMMENT = re.compile(r"\s+#[^'\"\n]*$")
_LINE = 76
"""Letters of a list or mapping that stands on one line."""


def yaml_text(data: Any) -> str:
    """`data` as YAML in its own order: short lists of values on one line, every other value on a line of its own."""
    # Without a limit on the width: a changed word must change the one line that it stands on.
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=float("inf"))


class _Dumper(yaml.SafeDumper):
    """YAML without aliases, which our files do not have."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> Any:  # noqa: ARG002
        return super().represent_sequence(tag, sequence, flow_style=_is_short(sequence))

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> Any:  # noqa: ARG002
        return super().represent_mapping(tag, mapping, flow_style=not mapping)


def _is_short(sequence: Any) -> bool:
    flat = not any(isinstance(one, dict | list) for one in sequence)
    return flat and sum(len(str(one)) + 2 for one in sequence) <= _LINE


def with_fields(text: str, path: str, fields: Mapping[str, tuple[Any, str]]) -> str:
    """`text` with these fields changed.

    Args:
        text: the whole file.
        path: names it in problems.
        fields: by name the value, and how it is written as lines of YAML; None and "" take the field out.

    Raises:
        BadInput: The file is not strict YAML, or is written in a way that cannot be changed line by line.
    """
    data = parse_yaml(text.encode(), path).data
    wanted = {**(data or {}), **{name: value for name, (value, _) in fields.items()}}
    for name, (_, written) in fields.items():
        text = _with_field(text, name, written.rstrip("\n"))
    found = parse_yaml(text.encode(), path).data or {}
    if {name: value for name, value in wanted.items() if value is not None} != _without_nothing(found):
        hint = f"write it there yourself: {'; '.join(written for _, written in fields.values())}"
        raise bad_input(path, "cannot be changed line by line", hint)
    return text


def _with_field(text: str, name: str, written: str) -> str:
    there = re.compile(rf"^{re.escape(name)}:[^\n]*{_BELOW}", re.MULTILINE)
    if old := there.search(text):
        comment = _COMMENT.search(old[0]) if "\n" not in old[0] else None
        if not written:
            return text[: old.start()] + text[old.end() :].removeprefix("\n")
        return text[: old.start()] + written + (comment[0] if comment else "") + text[old.end() :]
    if not written:
        return text
    # A starting file has its fields as comments, each in its place.
    if waiting := re.search(rf"^# ?{re.escape(name)}:[^\n]*", text, re.MULTILINE):
        return text[: waiting.start()] + written + text[waiting.end() :]
    return text + ("" if not text or text.endswith("\n") else "\n") + written + "\n"


def _without_nothing(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value is not None}
