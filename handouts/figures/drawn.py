"""A finished figure: its operators, deflated as a document stores them. Draws nothing."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from msgspec import Struct

from handouts.pdf.deflating import ONCE, deflated

BETWEEN_PT = 18.0


class Drawing(Struct, frozen=True):
    """PDF operators with their origin at the lower left of a box `width` by `height` points; they end as they began.

    `packed` is the operators deflated, once for all documents. `key` names pose, style and engine: equal keys mean
    equal operators.
    """

    packed: bytes
    width: float
    height: float
    key: str

    @staticmethod
    def of(operators: bytes, width: float, height: float, key: str) -> Drawing:
        """A drawing from its plain operators."""
        return Drawing(deflated(operators, ONCE), width, height, key)

    @property
    def operators(self) -> bytes:
        """The plain operators."""
        return zlib.decompress(self.packed)


class PlainFrame(Struct, frozen=True):
    """One frame by itself, not packed: operators as a `Drawing` has them, and the key of its own.

    `label` is the word that stands beside it: "start", "finish" … (`FRAME_WORDS`), "" for a single frame.
    """

    operators: bytes
    width: float
    height: float
    key: str
    label: str


class DrawnFrame(Struct, frozen=True):
    """One frame as a part of the drawing that all frames of its figure share: from `left` on, `width` points wide."""

    strip: Drawing
    left: float
    width: float
    label: str

    @property
    def height(self) -> float:
        return self.strip.height


class Strip(Struct, frozen=True):
    """All frames of a figure in one drawing, from the start on the left to the finish on the right.

    Start and finish share most of their operators, so together they are a fifth smaller than apart.
    """

    drawing: Drawing
    frame_width: float
    labels: tuple[str, ...]

    @staticmethod
    def of(frames: Sequence[PlainFrame]) -> Strip:
        """Frames of one pose, which are all of one size, side by side; each keeps to its own box."""
        first, operators, left = frames[0], b"", 0.0
        box = b"0 0 %.2f %.2f re W n " % (first.width, first.height)
        for frame in frames:
            operators += b"q 1 0 0 1 %.2f 0 cm " % left + box + frame.operators + b"\nQ\n"
            left += first.width + BETWEEN_PT
        drawing = Drawing.of(operators, left - BETWEEN_PT, first.height, "-".join(frame.key for frame in frames))
        return Strip(drawing, first.width, tuple(frame.label for frame in frames))

    @property
    def frames(self) -> tuple[DrawnFrame, ...]:
        """The frames, each a part of the drawing."""
        return tuple(
            DrawnFrame(self.drawing, i * (self.frame_width + BETWEEN_PT), self.frame_width, label)
            for i, label in enumerate(self.labels)
        )
