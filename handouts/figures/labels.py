"""Which word stands beside each frame of a picture: its name here, said in the handout's language elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def frame_labels(picture: Mapping[str, Any], frames: int) -> tuple[str, ...]:
    """One label a frame: the picture's own, else "start", "next" …, "finish"; none for one frame."""
    usual = () if frames < 2 else ("start", *["next"] * (frames - 2), "finish")
    return tuple(picture.get("labels", ())) or usual
