"""A clinic's logo, read from SVG, PNG or JPEG and ready to draw.

Knows no page: it is handed a canvas and a box.
"""

from __future__ import annotations

import hashlib
import zlib
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Protocol

from msgspec import Struct

from handouts.brand.svg import parse_svg
from handouts.errors import BadInput, FileTrouble, Problem

_MOST_BYTES = 2_000_000
_MOST_PIXELS = 40_000_000
_KEPT_PIXELS = 600
"""Longest side kept, in pixels: a logo is printed under an inch wide, so this is over 600 to the inch."""


class Canvas(Protocol):
    """What a logo needs of the page."""

    def form(self, key: str, drawing: Any) -> Any: ...
    def bitmap(self, key: str, bitmap: Any) -> Any: ...
    def paint(self, form: Any, x: float, y: float, scale: float = 1) -> None: ...


class Pixels(Struct, frozen=True):
    """Samples of a bitmap: a JPEG as it is, or rows packed by zlib; `alpha` is packed too."""

    pixels: tuple[int, int]
    channels: Literal[1, 3]
    jpeg: bool
    data: bytes
    alpha: bytes | None = None


class Logo(Struct, frozen=True):
    """A logo of `width` × `height` in units of its own: PDF operators from the lower left corner, or pixels."""

    key: str
    width: float
    height: float
    operators: bytes = b""
    pixels: Pixels | None = None

    def width_at(self, most_width: float, most_height: float) -> float:
        """How wide it is, in points, when it fills a box of this size without being stretched."""
        return self.width * self._scale(most_width, most_height)

    def draw(self, canvas: Canvas, x: float, y: float, most_width: float, most_height: float) -> None:
        """Draw it in a box with its top left corner at (x, y): at the left, in the middle of the height."""
        scale = self._scale(most_width, most_height)
        form = canvas.bitmap(self.key, self.pixels) if self.pixels else canvas.form(self.key, self)
        canvas.paint(form, x, y + (most_height - self.height * scale) / 2, scale)

    def _scale(self, most_width: float, most_height: float) -> float:
        return min(most_width / self.width, most_height / self.height)


def read_logo(path: Path) -> Logo:
    """The logo in this file. Raises FileTrouble when it cannot be read, BadInput when it cannot be drawn rightly."""
    try:
        state = path.stat()
        return _read(path, state.st_mtime_ns, state.st_size)
    except OSError as trouble:
        raise FileTrouble(str(path), f"the logo cannot be read: {trouble.strerror or trouble}") from trouble


@lru_cache(maxsize=8)
def _read(path: Path, changed_ns: int, size: int) -> Logo:  # noqa: ARG001 - a changed file is read again
    if size > _MOST_BYTES:
        raise BadInput([Problem(str(path), 0, 0, f"the logo has {size:,} bytes", f"at most {_MOST_BYTES:,}")])
    data = path.read_bytes()
    key = "logo-" + hashlib.sha256(data).hexdigest()[:16]
    if path.suffix.lower() == ".svg":
        operators, width, height = parse_svg(data, str(path))
        return Logo(key, width, height, operators)
    pixels = _read_pixels(data, str(path))
    return Logo(key, *pixels.pixels, pixels=pixels)


def _read_pixels(data: bytes, path: str) -> Pixels:
    from io import BytesIO

    from PIL import Image, ImageOps

    try:
        image = Image.open(BytesIO(data), formats=("PNG", "JPEG"))
        if image.width * image.height > _MOST_PIXELS:
            raise BadInput(
                [Problem(path, 0, 0, f"the logo has {image.width} × {image.height} pixels", "make it smaller")]
            )
        plain = image.format == "JPEG" and image.mode in ("L", "RGB") and image.getexif().get(0x0112, 1) == 1
        if plain and max(image.size) <= _KEPT_PIXELS:
            image.load()
            return Pixels(image.size, 3 if image.mode == "RGB" else 1, jpeg=True, data=data)
        picture = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, SyntaxError, ValueError) as trouble:
        raise BadInput(
            [Problem(path, 0, 0, "the logo is not a whole SVG, PNG or JPEG file", str(trouble))]
        ) from trouble
    picture.thumbnail((_KEPT_PIXELS, _KEPT_PIXELS))
    alpha = picture.getchannel("A")
    packed = None if alpha.getextrema() == (255, 255) else zlib.compress(alpha.tobytes(), 9)
    return Pixels(picture.size, 3, jpeg=False, data=zlib.compress(picture.convert("RGB").tobytes(), 9), alpha=packed)
