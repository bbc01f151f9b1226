"""The kinds of content, by the names of their folders and lists, and where their files lie in a content folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Kind = Literal[
    "exercises", "conditions", "rules", "movements", "warnings", "pain-scales", "packets", "clinics", "sources"
]  # fmt: skip
AnyKind = Kind | Literal["languages"]
LISTED_KINDS: tuple[Kind, ...] = ("conditions", "rules", "warnings", "pain-scales", "movements")
"""Translated kinds whose items are in lists, many in one file."""
FILES: Mapping[Kind, str] = {
    "exercises": "exercises/*/*.yaml", "packets": "packets/*.yaml", "clinics": "clinics/*.yaml",
    "conditions": "conditions.yaml", "rules": "rules.yaml", "warnings": "warnings/*.yaml",
    "pain-scales": "pain-scales.yaml", "movements": "movements.yaml", "sources": "sources.yaml",
}  # fmt: skip
"""Where the files of each kind lie; in `translations/<code>/` too, for those that are translated."""
