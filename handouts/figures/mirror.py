"""The other side: a pose's data reflected in the body's midline, camera and all. Knows no drawing."""

from __future__ import annotations

from typing import Any

OTHER = {"L": "R", "R": "L", "left": "right", "right": "left"}
SIGNED = frozenset(("turn", "roll", "world_turn", "y"))
"""Numbers that change their sign with the side; those that name a side (bend_left …) change their name instead."""


def mirrored(data: Any, key: str | None = None) -> Any:
    """The same data for the other side. `key` is the key that the data stands under."""
    if isinstance(data, dict):
        return {_other_key(k): mirrored(v, _other_key(k)) for k, v in data.items()}
    if isinstance(data, list):
        return _list(data, key)
    if isinstance(data, str):
        return _word(data, key)
    if isinstance(data, int | float) and not isinstance(data, bool) and key in SIGNED:
        return -data
    return data


def _list(data: list[Any], key: str | None) -> list[Any]:
    numbers = all(v is None or (isinstance(v, int | float) and not isinstance(v, bool)) for v in data)
    if numbers and len(data) == 3 and key != "size":
        x, y, z = data
        return [x, -y if y else y, z]
    if numbers and len(data) == 2 and None not in data:
        if key == "view":  # [azimuth, elevation]
            return [-data[0], data[1]]
        return [data[0], -data[1]] if key in ("at", "toes") else data
    return [mirrored(v, key) for v in data]


def _word(word: str, key: str | None) -> str:
    if key in ("view", "base"):
        parts = [OTHER.get(part, part) for part in word.split("_")]
        return "_".join(parts)
    return _other_key(word)


def _other_key(word: str) -> str:
    if word in OTHER:
        return OTHER[word]
    head, _, tail = word.rpartition("_")
    return f"{head}_{OTHER[tail]}" if head and tail in OTHER else word
