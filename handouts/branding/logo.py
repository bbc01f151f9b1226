"""A clinic's logo, or a picture of its own, read from SVG, PNG, JPEG or WebP and ready to draw.

Knows no page: it gives a drawing, or a PNG or JPEG file without the notes that a camera or program left in it.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import cast

from PIL import Image, ImageOps

from handouts.branding.svg_logo import parse_svg
from handouts.branding.svg_regions import Box, overlap, painted_boxes
from handouts.cache import LOGOS
from handouts.colour import WHITE, mix
from handouts.drawing import Drawing, Fill, Rgb, Shade, Stroke, in_grey, mirrored
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
_BITMAPS = {b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"RIFF": "WEBP"}
"""How the files of each format begin. What a file is, its name need not say."""
_PALE = 0.8
"""A colour whose every part is lighter than this, 0 to 1, is hardly seen on white paper."""
_SMALL = 150
"""Pixels of a bitmap's longest side in which its darkest place is looked for: single dark pixels are noise."""
_MOST_PALE = 100
"""Pale shapes that are looked at, one by one, for a darker one beside them."""


@dataclass(frozen=True)
class Logo:
    """A logo or picture, `width` × `height` in units of its own: a drawing, or a PNG or JPEG file's bytes.

    Equal keys, equal pictures. `is_faint`: it, or a part that stands alone, is hardly seen on white paper.
    """

    key: str
    width: float
    height: float
    drawing: Drawing | None = None
    image: bytes = b""
    is_faint: bool = False


def read_logo(path: Path) -> Logo:
    """The logo in this file. Raises FileTrouble when it cannot be read, BadInput when it cannot be drawn rightly."""
    return _read(path, "logo", _LOGO_PIXELS)


def read_picture(path: Path, *, turned: bool = False, grey: bool = False) -> Logo:
    """A clinic's own picture, turned left for right or without its colours on request. Raises as `read_logo` does."""
    return _read(path, "picture", _PICTURE_PIXELS, turned, grey)


def _read(path: Path, what: str, kept: int, turned: bool = False, grey: bool = False) -> Logo:
    data = read_start(path, _MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise _too_many_bytes(path, what, path.stat().st_size, _MOST_BYTES)
    key = f"{what}-{sha256(data).hexdigest()[:16]}{'-turned' if turned else ''}{'-grey' if grey else ''}"
    logo: Logo = LOGOS.get((key, kept), lambda: _parse(data, path, key, what, kept, turned, grey))
    return logo


def _parse(data: bytes, path: Path, key: str, what: str, kept: int, turned: bool, grey: bool) -> Logo:
    kind = next((kind for start, kind in _BITMAPS.items() if data.startswith(start)), "")
    if kind:
        return _read_bitmap(data, kind, str(path), key, what, kept, turned, grey)
    if path.suffix.lower() != ".svg" and b"<svg" not in data[:_MOST_SVG_BYTES]:
        message = f"the {what} is none of the formats that are read: SVG, PNG, JPEG and WebP"
        raise BadInput([Problem(str(path), 0, 0, message, "save it anew, as SVG or PNG")])
    if len(data) > _MOST_SVG_BYTES:
        raise _too_many_bytes(path, what, len(data), _MOST_SVG_BYTES)
    drawing = parse_svg(data, str(path), key)
    faint = _is_faint(drawing)
    if turned:
        drawing = mirrored(drawing, key)
    if grey:
        drawing = in_grey(drawing, key)
    return Logo(key, drawing.width, drawing.height, drawing, is_faint=faint)


def _read_bitmap(data: bytes, kind: str, path: str, key: str, what: str, kept: int, turned: bool, grey: bool) -> Logo:
    """The picture written anew: so no note in it, such as where a photo was taken, goes on."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is wrong is said once, by the error raised here
            image: Image.Image = Image.open(BytesIO(data), formats=[kind])
            # Between two of a palette, or between one and that which stands for a hole, there is no third colour.
            direct = image.mode in ("L", "RGB", "LA", "RGBA") and "transparency" not in image.info
            if image.width * image.height > (_MOST_PIXELS if direct else _MOST_INDEXED):
                raise _too_large(path, what, f"{image.width} × {image.height}")
            if direct:
                image.thumbnail((kept, kept))  # before it is copied: a large photo would not fit in memory twice
            if image.mode.startswith("I"):  # sixteen bits of grey, which would all be cut off at the value of white
                image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
            picture = ImageOps.exif_transpose(image).convert("RGBA")
    except BadInput:
        raise
    except Image.DecompressionBombError as trouble:
        raise _too_large(path, what, "far too many") from trouble
    except Exception as trouble:  # a broken picture fails in its reader in more ways than can be listed
        message = f"the {what} is a {kind.replace('WEBP', 'WebP')} file that is damaged or not whole"
        raise BadInput([Problem(path, 0, 0, message, "save it anew as PNG")]) from trouble
    # Again, for those kinds that could not be made smaller before they were copied.
    picture.thumbnail((kept, kept))
    if turned:
        picture = ImageOps.mirror(picture)
    on_paper = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")
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
    on_paper.thumbnail((_SMALL, _SMALL))
    faint = min(on_paper.tobytes()) > _PALE * 255
    return Logo(key, *picture.size, image=out.getvalue(), is_faint=faint)


def _is_faint(drawing: Drawing) -> bool:
    """Whether anything pale in a drawing has nothing darker beside it: a white word on the white paper."""
    pale: list[Box] = []
    darker: list[Box] = []
    painted = [item for item in drawing.items if isinstance(item, Fill | Stroke | Shade)]
    for item, box in zip(painted, painted_boxes(drawing.items), strict=True):
        shades = [shade for _, shade in item.stops] if isinstance(item, Shade) else [cast("Rgb", item.colour)]
        seen = (mix(WHITE, shade, item.opacity) for shade in shades)
        (pale if all(min(shade) > _PALE for shade in seen) else darker).append(box)
    return any(not any(overlap(box, other) for other in darker) for box in pale[:_MOST_PALE])


def _too_many_bytes(path: Path, what: str, size: int, most: int) -> BadInput:
    return BadInput([Problem(str(path), 0, 0, f"the {what} has {size:,} bytes", f"at most {most:,}")])


def _too_large(path: str, what: str, pixels: str) -> BadInput:
    return BadInput([Problem(path, 0, 0, f"the {what} has {pixels} pixels", "make it smaller")])
