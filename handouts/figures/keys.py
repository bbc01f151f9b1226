"""What names a drawing, so that one that is stored is known for the same. Knows no body."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from handouts.figures.style import PERSONAS

ENGINE = "1"
"""Part of every key: raised when the same pose is drawn otherwise."""


def frame_key(name: str, picture: Mapping[str, Any], index: int) -> str:
    """Equal for equal drawings: the engine, the pose, whose body it is, and which frame."""
    person = picture.get("persona") or own_persona(name)
    told = json.dumps(dict(picture), sort_keys=True)
    return sha256(f"{ENGINE} {person} {index} {told}".encode()).hexdigest()[:24]


def own_persona(name: str) -> str:
    """Every person is shown about as often as any other; a pose's name says who, always the same."""
    return tuple(PERSONAS)[sha256(name.encode()).digest()[1] % len(PERSONAS)]
