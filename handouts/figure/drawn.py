"""A finished figure: its operators, deflated as a document stores them. Draws nothing."""

from __future__ import annotations

import zlib

from msgspec import Struct


class Drawing(Struct, frozen=True):
    """PDF operators with their origin at the lower left of a box `width` by `height` points; they end as they began.

    `packed` is the operators deflated, once for all documents. `key` names pose, frame, style and engine: equal keys
    mean equal operators. `label` is the word that stands beside the frame: "start", "finish" … (`FRAME_WORDS`), "" for
    a single frame.
    """

    packed: bytes
    width: float
    height: float
    key: str
    label: str = ""

    @staticmethod
    def of(operators: bytes, width: float, height: float, key: str, label: str = "") -> Drawing:
        """A drawing from its plain operators."""
        return Drawing(zlib.compress(operators, 9), width, height, key, label)

    @property
    def operators(self) -> bytes:
        """The plain operators."""
        return zlib.decompress(self.packed)
