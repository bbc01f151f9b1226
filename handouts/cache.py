"""What is kept from one handout to the next: all of it, each with the figure that earns it a place. Knows nothing it
holds.

Times are those of one core of a small server, where a whole handout of 8 exercises takes some 50 milliseconds.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Cache(Generic[Key, Value]):
    """A cache in memory of the values that were used last, `most` of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Key, Value] = OrderedDict()

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value of a key; `make` gives it when it is not there."""
        if key in self._values:
            self._values.move_to_end(key)
            return self._values[key]
        value = self._values[key] = make()
        if len(self._values) > self._most:
            self._values.popitem(last=False)
        return value


FACES: Cache[str, Any] = Cache(16)
"""The typefaces (`handouts.pdf.fonts.Face`) by name: reading one takes 1.2 ms, of the fallback family 10 ms."""

DRAWINGS: Cache[Hashable, bytes] = Cache(256)
"""The finished operators of drawings by key, colours and line scale: 4 ms each, 60 ms a handout of 8 exercises."""

SVGS: Cache[Hashable, str] = Cache(256)
"""The same drawings as they stand in an HTML page: 20 ms each."""

BITMAPS: Cache[bytes, Any] = Cache(16)
"""Opened pictures in pixels (`reportlab.lib.utils.ImageReader`) by their bytes: 3 to 5 ms a logo."""

FIGURES: Cache[Hashable, Any] = Cache(512)
"""The drawings of an exercise's figure (two of 12 ms each) by its pose and side: a batch shows the same ones again."""

LINES: Cache[Hashable, Any] = Cache(2048)
"""Texts that are broken into lines, by text, type and width: a layout that is planned asks 25 times for each. Without
it a handout takes 2 seconds."""

WORDS: Cache[Hashable, Any] = Cache(2048)
"""The measured words of a text, by text and type: a card is tried at four widths. A quarter of breaking its lines."""

SUBSETS: Cache[Hashable, bytes] = Cache(64)
"""Font files cut down to the characters that a document uses, by file and characters: 0.3 ms each, four a handout."""

LOGOS: Cache[Hashable, Any] = Cache(32)
"""Logos and clinics' own pictures (`handouts.branding.Logo`) by their bytes: an SVG takes 0.7 ms, a photo 100."""
