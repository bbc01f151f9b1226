"""A face inside a PDF: the subset, its widths, and the map that turns glyphs back into text.

Type 0 fonts with the font file's own glyph numbers as codes: a line of text set once is valid in every document.
Knows PDF objects and faces, no page.
"""

from __future__ import annotations

import hashlib
import zlib
from functools import lru_cache
from typing import NamedTuple

from handouts.fonts import Face, printed_as
from handouts.tagging.pdffile import PdfFile

_ENTRIES_A_BLOCK = 100
"""Adobe's limit for one bfchar block of a character map."""

_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def
/CMapName/Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_CMAP_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class _Subset(NamedTuple):
    """What the file holds of a face for one set of characters; streams are packed."""

    name: str
    program: bytes
    length: int
    widths: str
    unicode: bytes


def embed(file: PdfFile, face: Face, text: frozenset[str]) -> int:
    """Add the font with the glyphs of these characters; returns the object number of the Type 0 font."""
    name, packed, length, widths, characters = _subset(face, text)
    program = file.add_packed(f"/Length1 {length}/Filter/FlateDecode", packed)
    left, bottom, right, top = face.box
    weight = 140 if "Bold" in name else 80
    descriptor = file.add(
        f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{left} {bottom} {right} {top}]/ItalicAngle 0"
        f"/Ascent {face.ascent}/Descent {face.descent}/CapHeight {face.cap_height}/StemV {weight}"
        f"/FontFile2 {program} 0 R>>"
    )
    descendant = file.add(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        f"/Supplement 0>>/FontDescriptor {descriptor} 0 R/DW 0/W[{widths}]/CIDToGIDMap/Identity>>"
    )
    unicode = file.add_packed("/Filter/FlateDecode", characters)
    return file.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]"
        f"/ToUnicode {unicode} 0 R>>"
    )


@lru_cache(maxsize=128)
def _subset(face: Face, text: frozenset[str]) -> _Subset:
    """Kept in memory: the handouts of a run mostly use the same characters."""
    characters = _characters(face, text)
    data = face.subset(frozenset(characters))
    packed = zlib.compress(data, 9)
    tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(packed).digest()[:6])
    widths = " ".join(f"{glyph}[{face.advance(glyph)}]" for glyph in sorted(characters))
    unicode = zlib.compress(character_map(characters).encode(), 9)
    return _Subset(f"{tag}+{face.path.stem}", packed, len(data), widths, unicode)


def _characters(face: Face, text: frozenset[str]) -> dict[int, str]:
    """Glyph → the character it prints; of two that share a glyph, the one with the lower code."""
    found: dict[int, str] = {}
    for character in sorted(map(printed_as, text)):
        found.setdefault(face.glyphs[character], character)
    return found


def character_map(characters: dict[int, str]) -> str:
    """The ToUnicode map: codes in order, in blocks of at most 100, characters in UTF-16."""
    pairs = [f"<{glyph:04X}> <{c.encode('utf-16-be').hex().upper()}>" for glyph, c in sorted(characters.items())]
    blocks = []
    for start in range(0, len(pairs), _ENTRIES_A_BLOCK):
        block = pairs[start : start + _ENTRIES_A_BLOCK]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return _CMAP_HEAD + "\n".join(blocks) + "\n" + _CMAP_TAIL
