"""A drawing as the operators that the tagged canvas stores. Knows no figure and no logo."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from PIL import Image

from handouts.drawing import ClipEnd, ClipStart, Colours, Drawing, Fill, Path, Stroke, line_width, painted

_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"mitre": 0, "round": 1, "bevel": 2}


@dataclass(frozen=True)
class DrawnForm:
    """PDF operators in points, origin at the lower left of a box of `width` by `height`."""

    key: str
    width: float
    height: float
    operators: bytes


@dataclass(frozen=True)
class PixelForm:
    """A picture in pixels as the canvas stores it; `data` and `alpha` are packed by zlib."""

    pixels: tuple[int, int]
    channels: Literal[1, 3]
    jpeg: bool
    data: bytes
    alpha: bytes | None


def drawn_form(drawing: Drawing, colours: Colours, line_scale: float = 1.0) -> DrawnForm:
    """The drawing in these colours."""
    out = ["q"]
    for item in drawing.items:
        match item:
            case Fill(path, name, even_odd):
                if (colour := painted(name, colours)) is not None:
                    out.append(f"{_numbers(colour)} rg {_path(path)} {'f*' if even_odd else 'f'}")
            case Stroke(path, name, _, dash, cap, join):
                if (colour := painted(name, colours)) is not None:
                    width = line_width(item, line_scale)
                    line = f"{width:.3f} w {_CAPS[cap]} J {_JOINS[join]} j [{_numbers(dash)}] 0 d"
                    out.append(f"{_numbers(colour)} RG {line} {_path(path)} S")
            case ClipStart(path, even_odd):
                out.append(f"q {_path(path)} {'W*' if even_odd else 'W'} n")
            case ClipEnd():
                out.append("Q")
    return DrawnForm(drawing.key, drawing.width, drawing.height, "\n".join([*out, "Q"]).encode("ascii"))


def pixel_form(image: bytes) -> PixelForm:
    """A PNG or JPEG file as the canvas stores it."""
    picture = Image.open(BytesIO(image), formats=("PNG", "JPEG"))
    if picture.format == "JPEG":
        return PixelForm(picture.size, 1 if picture.mode == "L" else 3, jpeg=True, data=image, alpha=None)
    alpha = zlib.compress(picture.getchannel("A").tobytes(), 9) if picture.mode == "RGBA" else None
    return PixelForm(picture.size, 3, jpeg=False, data=zlib.compress(picture.convert("RGB").tobytes(), 9), alpha=alpha)


def _path(path: Path) -> str:
    return " ".join(f"{_numbers(segment[1:])} {segment[0]}".lstrip() for segment in path)


def _numbers(values: tuple[float, ...]) -> str:
    return " ".join(f"{float(value):.3f}".rstrip("0").rstrip(".") for value in values)
