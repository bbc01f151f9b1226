"""Plain data as YAML that a person can read and `read_yaml` gives back unchanged."""

from __future__ import annotations

from typing import Any

import yaml

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
