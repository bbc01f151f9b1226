"""The frames of a figure, drawn once and kept: in memory for a run, in the cache for the next.

Kept under all that they come from: the picture as written, side, style, and this room's own code. Imports the drawing
only when something must be drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from msgspec import DecodeError, json, msgpack

from handouts.caching import code_stamp, keep, kept
from handouts.figures.drawn import DrawnFrame, Strip
from handouts.figures.style import FigureStyle
from handouts.pdf.deflating import PACKER

_KIND = "figures"
_IN_MEMORY = 1024
"""Figures, of some 5 KB: every exercise of a large library on both sides."""


def drawn_frames(
    name: str, picture: Mapping[str, Any], side: Literal["left", "right"] | None, style: FigureStyle
) -> tuple[DrawnFrame, ...]:
    """Every frame of the pose that `picture` describes, as `draw_frame` draws it."""
    return _frames(name, json.encode(picture), side, style)


@lru_cache(maxsize=_IN_MEMORY)
def _frames(
    name: str, picture: bytes, side: Literal["left", "right"] | None, style: FigureStyle
) -> tuple[DrawnFrame, ...]:
    code = code_stamp("figure", "deflating")
    key = f"{name}\n{side}\n{style}\n{PACKER}\n{code}\n{picture.decode()}" if code else None
    packed = kept(_KIND, key) if key else None
    if packed is not None:
        try:
            return msgpack.decode(packed, type=Strip).frames
        except DecodeError:
            pass
    from handouts.figures.frame import draw_frame
    from handouts.figures.pose import read_pose

    pose = read_pose(name, json.decode(picture), side=side)
    strip = Strip.of([draw_frame(pose, index, style) for index in range(pose.frames)])
    if key:
        keep(_KIND, key, msgpack.encode(strip))
    return strip.frames
