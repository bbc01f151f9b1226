"""A clinic's logo, or a picture of its own, read from SVG, PNG or JPEG and ready to draw.

Knows no page: it is handed a canvas and a box.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Protocol

from msgspec import Struct

from handouts.errors import BadInput, FileTrouble, Problem
from handouts.pdf.digests import sha256

_MOST_BYTES = 10_000_000
_MOST_SVG_BYTES = 1_000_000
_MOST_PIXELS, _MOST_INDEXED = 24_000_000, 12_000_000
"""Pixels of a picture; fewer where each must become a colour before it can be made smaller."""
_LOGO_PIXELS = 600
"""Longest side kept, in pixels: a logo is printed under an inch wide, so this is over 600 to the inch."""
_PICTURE_PIXELS = 1100
"""The same for a picture, which is printed up to four inches wide, and seven in large print."""
JPEG_QUALITY = 88


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
    """A logo or picture, `width` × `height` in units of its own: PDF operators from the lower left, or pixels."""

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
    return _read(path, "logo", _LOGO_PIXELS)


def read_picture(path: Path, *, mirrored: bool = False, grey: bool = False) -> Logo:
    """A clinic's own picture, turned left for right or without its colours on request. Raises as `read_logo` does."""
    return _read(path, "picture", _PICTURE_PIXELS, mirrored, grey)


def _read(path: Path, what: str, kept: int, mirrored: bool = False, grey: bool = False) -> Logo:
    try:
        state = path.stat()
        return _read_file(path, what, kept, mirrored, grey, state.st_mtime_ns, state.st_size)
    except OSError as trouble:
        raise FileTrouble(str(path), f"the {what} cannot be read: {trouble.strerror or trouble}") from trouble


@lru_cache(maxsize=64)
def _read_file(path: Path, what: str, kept: int, mirrored: bool, grey: bool, changed_ns: int, size: int) -> Logo:  # noqa: ARG001 - a changed file is read again
    most = _MOST_SVG_BYTES if path.suffix.lower() == ".svg" else _MOST_BYTES
    if size > most:
        raise BadInput([Problem(str(path), 0, 0, f"the {what} has {size:,} bytes", f"at most {most:,}")])
    data = path.read_bytes()
    key = f"{what}-{sha256(data).hexdigest()[:16]}{'-m' if mirrored else ''}{'-g' if grey else ''}"
    if path.suffix.lower() == ".svg":
        from handouts.branding.svg import parse_svg

        operators, width, height = parse_svg(data, str(path))
        turned = b"-1 0 0 1 %.3f 0 cm\n" % width if mirrored else b""
        return Logo(key, width, height, turned + operators)
    pixels = _read_pixels(data, str(path), what, kept, mirrored, grey)
    return Logo(key, *pixels.pixels, pixels=pixels)


def _read_pixels(data: bytes, path: str, what: str, kept: int, mirrored: bool, grey: bool) -> Pixels:
    import warnings
    from io import BytesIO

    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is wrong is said once, by the error raised here
            image = Image.open(BytesIO(data), formats=("PNG", "JPEG"))
            direct = image.mode in ("L", "RGB", "LA", "RGBA")
            if image.width * image.height > (_MOST_PIXELS if direct else _MOST_INDEXED):
                raise _too_large(path, what, f"{image.width} × {image.height}")
            # A photo's own notes, such as where it was taken, go no further: only a JPEG without any is kept as it is.
            plain = image.format == "JPEG" and image.mode in ("L", "RGB") and not image.getexif()
            if plain and max(image.size) <= kept and not (mirrored or grey):
                image.load()
                return Pixels(image.size, 3 if image.mode == "RGB" else 1, jpeg=True, data=data)
            if direct:
                image.thumbnail((kept, kept))  # before it is copied: a large photo would not fit in memory twice
            picture = ImageOps.exif_transpose(image).convert("RGBA")
    except BadInput:
        raise
    except Image.DecompressionBombError as trouble:
        raise _too_large(path, what, "far too many") from trouble
    except Exception as trouble:  # a broken picture fails in its reader in more ways than can be listed
        raise BadInput(
            [Problem(path, 0, 0, f"the {what} is not a whole SVG, PNG or JPEG file", str(trouble))]
        ) from trouble
    if mirrored:
        picture = ImageOps.mirror(picture)
    picture.thumbnail((kept, kept))
    alpha, colours = picture.getchannel("A"), picture.convert("RGB")
    if grey:
        colours = ImageOps.grayscale(colours).convert("RGB")
    if image.format == "JPEG" and what == "picture":
        again = BytesIO()
        colours.save(again, "JPEG", quality=JPEG_QUALITY)
        return Pixels(colours.size, 3, jpeg=True, data=again.getvalue())
    packed = None if alpha.getextrema() == (255, 255) else zlib.compress(alpha.tobytes(), 9)
    return Pixels(picture.size, 3, jpeg=False, data=zlib.compress(colours.tobytes(), 9), alpha=packed)


def _too_large(path: str, what: str, pixels: str) -> BadInput:
    return BadInput([Problem(path, 0, 0, f"the {what} has {pixels} pixels", "make it smaller")])
