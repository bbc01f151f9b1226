"""Colour arithmetic: contrast by WCAG 2, mixing, darkening. Knows no clinic and no page."""

from __future__ import annotations

import colorsys
import math
import re
from collections.abc import Iterator

Colour = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1 (sRGB)."""

WHITE: Colour = (1.0, 1.0, 1.0)
BLACK: Colour = (0.0, 0.0, 0.0)


def parse_colour(text: str) -> Colour:
    """The colour written `#rrggbb`. Raises ValueError for anything else."""
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", text):
        raise ValueError(f"{text!r} is not a colour like #0F5B52")
    return int(text[1:3], 16) / 255, int(text[3:5], 16) / 255, int(text[5:7], 16) / 255


def format_colour(colour: Colour) -> str:
    """The nearest `#RRGGBB`."""
    return "#" + "".join(f"{round(part * 255):02X}" for part in colour)


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2, with its threshold of 0.04045 for the linear part)."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: Colour, other: Colour, share: float) -> Colour:
    """`colour` with `share` (0 to 1) of `other` in it."""
    red, green, blue = (a + (b - a) * share for a, b in zip(colour, other, strict=True))
    return red, green, blue


def darken(colour: Colour, ratio: float, ground: Colour) -> Colour:
    """The same hue and saturation, darker in steps of 0.01 HLS lightness until it reads on `ground` at `ratio`.

    Mixing with black instead would turn a pale pink to mud.
    """
    hue, lightness, saturation = colorsys.rgb_to_hls(*colour)
    while lightness > 0:
        darker = colorsys.hls_to_rgb(hue, lightness, saturation)
        if contrast(darker, ground) >= ratio:
            return darker
        lightness -= 0.01
    return BLACK


def distance(one: Colour, other: Colour) -> float:
    """How different two colours look: CIE 1976 ΔE*ab under D65; about 2 is just visible, over 40 cannot be confused."""
    return math.dist(_lab(one), _lab(other))


def _linear(colour: Colour) -> Iterator[float]:
    return (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)


def _lab(colour: Colour) -> Colour:
    red, green, blue = _linear(colour)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
