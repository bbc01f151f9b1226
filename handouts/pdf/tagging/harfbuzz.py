"""The bundled typefaces: which characters they have, how wide words are, which glyphs a document embeds.

Handout Sans sets every text; a text with a character it lacks (a Vietnamese, Greek or Cyrillic name) is set whole in
the fallback, Noto Sans, so that no word changes its face half-way. Knows no page and no colour. A font file is read
when its face is first asked for, once per process.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

from handouts.errors import ExitCode, HandoutError
from handouts.resources import fonts_folder

Weight = Literal["regular", "medium", "semibold", "bold", "extrabold"]

_HANDOUT_SANS: dict[Weight, tuple[str, str]] = {
    "regular": ("R", "HandoutSans-Regular.ttf"),
    "medium": ("M", "HandoutSans-Medium.ttf"),
    "semibold": ("S", "HandoutSans-SemiBold.ttf"),
    "bold": ("B", "HandoutSans-Bold.ttf"),
    "extrabold": ("X", "HandoutSans-ExtraBold.ttf"),
}
_NOTO_REGULAR, _NOTO_BOLD = ("NR", "NotoSans-Regular.ttf"), ("NB", "NotoSans-Bold.ttf")
_NOTO_SANS: dict[Weight, tuple[str, str]] = {
    "regular": _NOTO_REGULAR,
    "medium": _NOTO_REGULAR,
    "semibold": _NOTO_BOLD,
    "bold": _NOTO_BOLD,
    "extrabold": _NOTO_BOLD,
}

_WORDS_KEPT, _TEXTS_KEPT = 4096, 2048
"""Measured words of each face, and texts whose family is known: all of some ten programs, 1 MB when full. Every
handout adds its patient's own, which nobody asks for again."""

_NO_BREAK_HYPHENS = "\u2010\u2011"
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Unicode categories that print nothing or turn the direction of the line: never part of an honest name or note."""

_NEEDS_SHAPING = (
    (0x0590, 0x109F),  # Hebrew and Arabic to Myanmar: right to left, or letters that join and move
    (0x1780, 0x18AF),  # Khmer, Mongolian
    (0x1900, 0x1AAF),
    (0x1B00, 0x1C7F),
    (0x1CD0, 0x1CFF),  # Vedic signs
    (0xA800, 0xAAFF),
    (0xFB1D, 0xFDFF),
    (0xFE70, 0xFEFE),
    (0x10800, 0x11FFF),
)
"""Scripts that are wrong, not just plain, when letters are set one after the other; refused whatever the fonts hold."""


class UnprintableText(HandoutError):
    """A text has a character that cannot be printed rightly; nothing was laid out."""

    exit_code = ExitCode.BAD_INPUT

    def __init__(self, field: str, character: str) -> None:
        self.field, self.character = field, character
        name = unicodedata.name(character, "(a control character)")
        if unicodedata.category(character) in _INVISIBLE:
            why = "cannot be printed: take it out"
        elif _needs_shaping(character):
            why = "is in a script that this program cannot set yet"
        else:
            why = "is in none of the bundled fonts"
        super().__init__(f"{field}: U+{ord(character):04X} {name} {why}")


def _needs_shaping(character: str) -> bool:
    return any(low <= ord(character) <= high for low, high in _NEEDS_SHAPING)


def printed_as(character: str) -> str:
    """A space or hyphen that only steers line breaking prints as the plain one."""
    if character in _NO_BREAK_HYPHENS:
        return "-"
    return " " if unicodedata.category(character) == "Zs" else character


class _Glyphs(dict[str, int]):
    """Character → glyph number, filled as characters are met; 0 stands for 'has none'."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, character: str) -> int:
        glyph = self[character] = self._face.harfbuzz_font.get_nominal_glyph(ord(printed_as(character))) or 0
        return glyph


class _Advances(dict[str, int]):
    """Character → advance in thousandths of the type size."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, character: str) -> int:
        glyph = self._face.glyphs[character]
        if not glyph:
            raise UnprintableText("text", character)
        advance = self[character] = self._face.advance(glyph)
        return advance


class Face:
    """One weight of one family. Glyph numbers are the font file's own, so they never change between documents."""

    cap = 0.668
    """Height of a capital in em (Handout Sans): a trimmed text box starts here above the first baseline."""

    def __init__(self, key: str, path: Path) -> None:
        self.key, self.path = key, path
        self.glyphs = _Glyphs(self)
        self._advances = _Advances(self)
        self.units = lru_cache(maxsize=_WORDS_KEPT)(self._units)

    def __repr__(self) -> str:
        return f"Face({self.path.stem})"

    def width(self, text: str, size: float) -> float:
        """Width of a line in points. Raises UnprintableText when a character has no glyph."""
        return self.units(text) * size / 1000

    def missing(self, text: str) -> str:
        """The characters of `text` that this face cannot print, each once, in order."""
        glyphs = self.glyphs
        return "".join(dict.fromkeys(c for c in unicodedata.normalize("NFC", text) if not glyphs[c]))

    def advance(self, glyph: int) -> int:
        """Advance of a glyph in thousandths of the type size, as the document's width table states it."""
        return self._thousandths(self.harfbuzz_font.get_glyph_h_advance(glyph))

    def _thousandths(self, value: int) -> int:
        return round(value * 1000 / self.units_per_em)

    def _units(self, text: str) -> int:
        return sum(map(self._advances.__getitem__, composed(text)))

    @cached_property
    def harfbuzz_face(self):  # type: ignore[no-untyped-def]
        """The parsed font file."""
        import uharfbuzz

        return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(self.path)))

    @cached_property
    def harfbuzz_font(self):  # type: ignore[no-untyped-def]
        """The face at one unit of its own grid."""
        import uharfbuzz

        return uharfbuzz.Font(self.harfbuzz_face)

    @cached_property
    def units_per_em(self) -> int:
        """The font file's own grid."""
        return int(self.harfbuzz_face.upem)

    @cached_property
    def box(self) -> tuple[int, int, int, int]:
        """Smallest box around all glyphs, in thousandths of the type size: left, bottom, right, top."""
        corners = struct.unpack_from(">4h", self.harfbuzz_face.reference_table("head").data, 36)
        left, bottom, right, top = map(self._thousandths, corners)
        return left, bottom, right, top

    @cached_property
    def cap_height(self) -> int:
        """The font file's own height of a capital, in thousandths of the type size (OS/2 table, version 2 or later)."""
        (height,) = struct.unpack_from(">h", self.harfbuzz_face.reference_table("OS/2").data, 88)
        return self._thousandths(height)

    @cached_property
    def ascent(self) -> int:
        """From the baseline up, in thousandths of the type size."""
        return self._thousandths(self.harfbuzz_font.get_font_extents("ltr").ascender)

    @cached_property
    def descent(self) -> int:
        """From the baseline down, negative, in thousandths of the type size."""
        return self._thousandths(self.harfbuzz_font.get_font_extents("ltr").descender)

    def subset(self, glyphs: frozenset[int]) -> bytes:
        """The font file with only these glyphs, their numbers kept, without a character map."""
        import uharfbuzz as hb

        wanted = self._bare()
        wanted.flags |= hb.SubsetFlags.RETAIN_GIDS
        wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(glyphs)
        wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).add(_table("cmap"))
        return bytes(hb.subset(self.harfbuzz_face, wanted).blob.data)

    def subset_of(self, characters: str) -> bytes:
        """The font file with the glyphs of these characters only, and the map from them."""
        import uharfbuzz as hb

        wanted = self._bare()
        wanted.sets(hb.SubsetInputSets.UNICODE).update(map(ord, characters))
        return bytes(hb.subset(self.harfbuzz_face, wanted).blob.data)

    def _bare(self) -> Any:
        """A subset without hinting, layout tables, and whatever else a PDF has in dictionaries of its own."""
        import uharfbuzz as hb

        wanted = hb.SubsetInput()
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        dropped = wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
        for table in ("GSUB", "GPOS", "GDEF", "name", "OS/2", "post", "STAT", "DSIG", "gasp"):
            dropped.add(_table(table))
        return wanted


def _table(tag: str) -> int:
    return int.from_bytes(tag.encode().ljust(4), "big")


def composed(text: str) -> str:
    """The text with letters and their accents as one character where Unicode has one (NFC)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


@cache
def _load(key: str, file: str) -> Face:
    return Face(key, fonts_folder() / file)


def face(weight: Weight, fallback: bool = False) -> Face:
    """The face of this weight; the fallback family has two weights and gives the nearer one."""
    return _load(*(_NOTO_SANS if fallback else _HANDOUT_SANS)[weight])


@lru_cache(maxsize=_TEXTS_KEPT)
def family_for(text: str, field: str) -> bool:
    """Whether the whole text goes in the fallback family.

    Raises UnprintableText, naming `field` and the first character at fault, for a character in no bundled font, for
    control and invisible characters and direction marks, and for scripts whose letters must be joined or reordered.
    """
    text = composed(text)
    if text.isascii() and text.isprintable():
        return False
    for character in text:
        if unicodedata.category(character) in _INVISIBLE or _needs_shaping(character):
            raise UnprintableText(field, character)
    # Handout Sans has bare accents for building letters only; the fallback's stand where a reader expects them.
    if not face("regular").missing(text) and not any(unicodedata.combining(character) for character in text):
        return False
    missing = face("regular", fallback=True).missing(text)
    if missing:
        raise UnprintableText(field, missing[0])
    return True
