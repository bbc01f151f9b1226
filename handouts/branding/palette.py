"""Every colour of a sheet, from the one colour a clinic gives. Safety colours never follow the clinic."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handouts.colour import BLACK, WHITE, Colour, darken, distance, format_colour, luminance, mix, parse_colour
from handouts.model import Clinic

PALE = 0.4
"""A brand colour lighter than this luminance needs a stronger tint to be seen at all."""
TEXT_CONTRAST = 7.0
MARK_CONTRAST = 3.0
CLEARLY_APART = 40.0
"""Least CIE ΔE between the arrows in the pictures and the clinic's colour beside them."""
HARDLY_SEEN = 10.0
"""A change of colour under this CIE ΔE is not worth a note."""

_ACCENTS = ("#C8460F", "#1F5FBF", "#8A2BA8")
"""Arrow colours to fall back on: orange, blue, purple; no colour is near all three."""


@dataclass(frozen=True, kw_only=True)
class Palette:
    """The tokens of a sheet, of which the first four follow the clinic.

    `ink_only`: black and white; shapes and words must carry what colour would. `skins`: those of the people in
    pictures, by name; none for all.
    """

    brand: Colour
    tint: Colour
    panel: Colour
    accent: Colour
    ink: Colour = parse_colour("#15211F")
    ink2: Colour = parse_colour("#41504D")
    rule: Colour = parse_colour("#8A9895")
    hair: Colour = parse_colour("#C3CDCA")
    stop: Colour = parse_colour("#9B1C1C")
    stop_tint: Colour = parse_colour("#FBEDEC")
    warn: Colour = parse_colour("#F2C14E")
    warn_tint: Colour = parse_colour("#FBE9BC")
    warn_line: Colour = parse_colour("#8A6510")
    go: Colour = parse_colour("#1A6136")
    go_tint: Colour = parse_colour("#E3F1E7")
    on_brand: Colour = WHITE
    paper: Colour = WHITE
    ink_only: bool = False
    skins: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def palette(clinic: Clinic, ink_saver: bool = False) -> Palette:
    """The palette of this clinic. `notes` says, for the clinician, which colour had to change and why.

    Raises ValueError when the clinic's colour or accent is not `#rrggbb`.
    """
    return _INK_SAVER if ink_saver else replace(_in_colour(clinic.colour, clinic.accent), skins=clinic.figures)


_INK_SAVER = Palette(
    brand=BLACK,
    tint=WHITE,
    panel=WHITE,
    accent=BLACK,
    ink=BLACK,
    ink2=parse_colour("#333333"),
    rule=BLACK,
    hair=parse_colour("#767676"),
    stop=BLACK,
    stop_tint=WHITE,
    warn=WHITE,
    warn_tint=WHITE,
    warn_line=BLACK,
    go=BLACK,
    go_tint=WHITE,
    ink_only=True,
)


def _in_colour(colour: str, accent: str) -> Palette:
    given, notes = parse_colour(colour), []
    # A tint of a pale colour would be white on most printers.
    pale = luminance(given) >= PALE
    tint = mix(given, WHITE, 0.75 if pale else 0.91)
    panel = mix(given, WHITE, 0.80 if pale else 0.945)
    brand = darken(given, TEXT_CONTRAST, tint)
    if distance(given, brand) > HARDLY_SEEN:
        notes.append(f"the clinic's colour {colour} is printed as {format_colour(brand)}, dark enough to read")
    # An arrow that is taken for the clinic's line art would show no movement.
    arrow = _accent(parse_colour(accent), brand, panel)
    if format_colour(arrow) != accent.upper():
        notes.append(f"the accent {accent} is printed as {format_colour(arrow)}, clear of the clinic's colour")
    return Palette(brand=brand, tint=tint, panel=panel, accent=arrow, notes=tuple(notes))


def _accent(wanted: Colour, brand: Colour, panel: Colour) -> Colour:
    """The clinic's accent, or the first stand-in, that is seen on the panel and is not taken for the brand."""
    for candidate in (wanted, *map(parse_colour, _ACCENTS)):
        arrow = darken(candidate, MARK_CONTRAST, panel)
        if distance(arrow, brand) >= CLEARLY_APART:
            return arrow
    return parse_colour(_ACCENTS[0])
