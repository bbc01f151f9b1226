"""The kinds of content, by the names of their folders and lists."""

from __future__ import annotations

from typing import Literal

Kind = Literal[
    "exercises", "conditions", "rules", "movements", "warnings", "pain-scales", "packets", "clinics", "sources"
]  # fmt: skip
AnyKind = Kind | Literal["languages"]
LISTED_KINDS: tuple[Kind, ...] = ("conditions", "rules", "warnings", "pain-scales", "movements")
"""Translated kinds whose items are in lists, many in one file."""
