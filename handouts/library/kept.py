"""Lists of the library, as built and found right, kept between runs: rules, conditions, movements, warnings, sources.

A list is kept under everything that its judgement hangs on: its own files, the files of conditions and movements, the
ids of all exercises, and the code that reads it. What has a problem is never kept, so it is read and told every time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import DecodeError, msgpack

from handouts.caching import code_stamp, files_stamp, keep, kept
from handouts.model import (
    Condition,
    Movement,
    PainScale,
    Rule,
    Source,
    Warning,  # noqa: A004 - the field's own word
)
from handouts.pdf.digests import blake2b

_KIND = "lists"
_HOLDS: dict[str, Any] = {
    "conditions": dict[str, Condition],
    "movements": dict[str, Movement],
    "pain-scales": dict[str, PainScale],
    "rules": dict[str, Rule],
    "sources": dict[str, Source],
    "warnings": dict[str, Warning],
}


def list_key(kind: str, files: Iterable[Path], exercise_ids: Collection[str]) -> str | None:
    """What a list is kept under; None when it can only be read. `files` are all those that its judgement hangs on."""
    stamp, code = files_stamp(files), code_stamp("library", "yamlsource", "model")
    if stamp is None or code is None:
        return None
    ids = blake2b("\n".join(exercise_ids).encode()).hexdigest()
    return f"{kind}\n{stamp}\n{ids}\n{code}"


def kept_list(kind: str, key: str) -> dict[str, Any] | None:
    """The list as it was kept, or None."""
    packed = kept(_KIND, key)
    if packed is None:
        return None
    try:
        found: dict[str, Any] = msgpack.decode(packed, type=_HOLDS[kind])
    except DecodeError:
        return None
    return found


def keep_list(key: str, items: Mapping[str, Any]) -> None:
    """Keep a list that was read without a problem."""
    keep(_KIND, key, msgpack.encode(items))
