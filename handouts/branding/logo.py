"""A clinic's logo, or a picture of its own, read from SVG, PNG or JPEG and ready to draw.

Knows no page: it gives a drawing, or a PNG or JPEG file without the notes that a camera or program left in it.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from handouts.branding.svg_logo import parse_svg
from handouts.cache import LOGOS
from handouts.drawing import Drawing, in_grey, mirrored
from handouts.errors import BadInput, Problem
from handouts.input_files import read_start

_MOST_BYTES = 10_000_000
_MOST_SVG_BYTES = 1_000_000
_MOST_PIXELS, _MOST_INDEXED = 24_000_000, 12_000_000
"""Pixels of a picture; fewer where each must become a colour before it can be made smaller."""
_LOGO_PIXELS = 600
"""Longest side kept, in pixels: a logo is printed under an inch wide, so this is over 600 to the inch."""
_PICTURE_PIXELS = 1100
"""The same for a picture, which is printed up to four inches wide, and seven in large print."""
JPEG_QUALITY = 88


@dataclass(frozen=True)
class Logo:
    """A logo or picture, `width` × `height` in units of its own: a drawing, or a PNG or JPEG file's bytes.

    Equal keys, equal pictures.
    """

    key: str
    width: float
    height: float
    drawing: Drawing | None = None
    image: bytes = b""


def read_logo(path: Path) -> Logo:
    """The logo in this file. Raises FileTrouble when it cannot be read, BadInput when it cannot be drawn rightly."""
    return _read(path, "logo", _LOGO_PIXELS)


def read_picture(path: Path, *, turned: bool = False, grey: bool = False) -> Logo:
    """A clinic's own picture, turned left for right or without its colours on request. Raises as `read_logo` does."""
    return _read(path, "picture", _PICTURE_PIXELS, turned, grey)


def _read(path: Path, what: str, kept: int, turned: bool = False, grey: bool = False) -> Logo:
    is_svg = path.suffix.lower() == ".svg"
    most = _MOST_SVG_BYTES if is_svg else _MOST_BYTES
    data = read_start(path, most + 1)
    if len(data) > most:
        raise BadInput([Problem(str(path), 0, 0, f"the {what} is too large", f"at most {most:,} bytes")])
    key = f"{what}-{sha256(data).hexdigest()[:16]}{'-turned' if turned else ''}{'-grey' if grey else ''}"
    logo: Logo = LOGOS.get((key, kept, is_svg), lambda: _parse(data, path, key, what, kept, turned, grey))
    return logo


def _parse(data: bytes, path: Path, key: str, what: str, kept: int, turned: bool, grey: bool) -> Logo:
    if path.suffix.lower() != ".svg":
        image, (width, height) = _read_image(data, str(path), what, kept, turned, grey)
        return Logo(key, width, height, image=image)
    drawing = parse_svg(data, str(path), key)
    if turned:
        drawing = mirrored(drawing, key)
    if grey:
        drawing = in_grey(drawing, key)
    return Logo(key, drawing.width, drawing.height, drawing)


def _read_image(
    data: bytes, path: str, what: str, kept: int, turned: bool, grey: bool
) -> tuple[bytes, tuple[int, int]]:
    """The picture written anew, and its size in pixels: so no note in it, such as where a photo was taken, goes on."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is wrong is said once, by the error raised here
            image = Image.open(BytesIO(data), formats=("PNG", "JPEG"))
            direct = image.mode in ("L", "RGB", "LA", "RGBA")
            if image.width * image.height > (_MOST_PIXELS if direct else _MOST_INDEXED):
                raise _too_large(path, what, f"{image.width} × {image.height}")
            kind = image.format
            if direct:
                image.thumbnail((kept, kept))  # before it is copied: a large photo would not fit in memory twice
            picture = ImageOps.exif_transpose(image).convert("RGBA")
    except BadInput:
        raise
    except Image.DecompressionBombError as trouble:
        raise _too_large(path, what, "far too many") from trouble
    except Exception as trouble:  # a broken picture fails in its reader in more ways than can be listed
        raise BadInput(
            [Problem(path, 0, 0, f"the {what} is not a whole SVG, PNG or JPEG file", "save it anew as PNG")]
        ) from trouble
    # Again, for those kinds that could not be made smaller before they were copied.
    picture.thumbnail((kept, kept))
    if turned:
        picture = ImageOps.mirror(picture)
    colours, alpha = picture.convert("RGB"), picture.getchannel("A")
    if grey:
        colours = ImageOps.grayscale(colours).convert("RGB")
    colours.info.clear()  # Pillow would write a comment or a colour profile again
    out = BytesIO()
    if kind == "JPEG":
        colours.save(out, "JPEG", quality=JPEG_QUALITY)
    else:
        if alpha.getextrema() != (255, 255):
            # A picture without a hole in it needs no second channel, which would double its size.
            colours.putalpha(alpha)
        colours.save(out, "PNG", optimize=True)
    return out.getvalue(), picture.size


def _too_large(path: str, what: str, pixels: str) -> BadInput:
    return BadInput([Problem(path, 0, 0, f"the {what} has {pixels} pixels", "make it smaller")])
