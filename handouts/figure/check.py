"""Problems of a pose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct


class PoseProblem(Struct, frozen=True):
    """`where` is the path of keys within the picture mapping."""

    where: tuple[str | int, ...]
    message: str
    hint: str | None = None


def check_pose(name: str, picture: Mapping[str, Any]) -> list[PoseProblem]:
    from .scene import Exercise

    try:
        Exercise(name, dict(picture))
    except Exception as trouble:
        return [PoseProblem((), str(trouble))]
    return []
