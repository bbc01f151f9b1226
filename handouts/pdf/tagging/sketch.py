"""Shapes collected into a drawing of their own, to be stored once in a document and painted anywhere at any size.

Coordinates as on a page: points, x from the left, y down. Knows no tags.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from handouts.pdf.deflating import ONCE, deflated
from handouts.pdf.tagging.pen import Pen
from handouts.pdf.tagging.shapes import Colour, Step, Surface

DOT_RADIUS = 8.0


class Sketched(NamedTuple):
    """A finished sketch: its operators deflated, in a box of `width` × `height`."""

    packed: bytes
    width: float
    height: float

    @property
    def operators(self) -> bytes:
        """The plain operators."""
        return zlib.decompress(self.packed)


class Sketch(Surface):
    """A surface of a given size that is no page."""

    def __init__(self, width: float, height: float) -> None:
        self._size = width, height
        self._pen = Pen(self._size)

    def path(
        self,
        steps: Sequence[Step],
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        width: float = 0.75,
        dash: Sequence[float] | None = None,
        cap: Literal["butt", "round"] = "butt",
        join: Literal["mitre", "round"] = "mitre",
        even_odd: bool = False,
    ) -> None:
        """Fill an outline, stroke it `width` points wide, or both."""
        self._pen.shape(steps, fill, stroke, width, dash, cap == "round", join == "round", even_odd)

    def drawing(self) -> Sketched:
        """What was drawn; it sets every colour and line that it uses."""
        return Sketched(deflated(self._pen.take_page(), ONCE), *self._size)


@lru_cache(maxsize=64)
def dot(colour: Colour) -> Sketched:
    """A filled circle in the middle of its box."""
    sketch = Sketch(2.5 * DOT_RADIUS, 2.5 * DOT_RADIUS)
    sketch.disc(1.25 * DOT_RADIUS, 1.25 * DOT_RADIUS, DOT_RADIUS, fill=colour)
    return sketch.drawing()
