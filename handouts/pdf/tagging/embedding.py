"""A face inside a PDF: the subset, its widths, and what turns codes back into text.

A font whose characters are all in WinAnsi encoding is a plain TrueType font, which says by that what its codes mean.
Any other is a Type 0 font with the font file's own glyph numbers as codes and a map from them to characters.
Knows PDF objects and faces, no page.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from handouts.pdf.deflating import ONCE, deflated
from handouts.pdf.digests import sha256
from handouts.pdf.tagging.harfbuzz import Face, printed_as
from handouts.pdf.tagging.lettering import latin
from handouts.pdf.tagging.pdffile import PdfFile

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


_SYMBOLIC, _NONSYMBOLIC = 4, 32
"""Flags of a font: whether its characters are others than those of the Latin alphabet."""


class _Subset(NamedTuple):
    """What the file holds of a face for one set of characters; streams are packed."""

    name: str
    program: bytes
    length: int
    widths: str
    unicode: bytes | None
    """The character map; none where the encoding is WinAnsi."""


def embed(file: PdfFile, face: Face, text: frozenset[str]) -> int:
    """Add the font with the glyphs of these characters; returns its object number.

    Its encoding is the one that `lettered` gives a text of these characters.
    """
    name, packed, length, widths, characters = _subset(face, text)
    program = file.add_packed(f"/Length1 {length}/Filter/FlateDecode", packed)
    left, bottom, right, top = face.box
    weight = 140 if "Bold" in name else 80
    descriptor = file.add(
        f"<</Type/FontDescriptor/FontName/{name}/Flags {_SYMBOLIC if characters else _NONSYMBOLIC}"
        f"/FontBBox[{left} {bottom} {right} {top}]/ItalicAngle 0"
        f"/Ascent {face.ascent}/Descent {face.descent}/CapHeight {face.cap_height}/StemV {weight}"
        f"/FontFile2 {program} 0 R>>"
    )
    if characters is None:
        return file.add(
            f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/Encoding/WinAnsiEncoding/FontDescriptor {descriptor} 0 R"
            f"{widths}>>"
        )
    descendant = file.add(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        f"/Supplement 0>>/FontDescriptor {descriptor} 0 R{widths}/CIDToGIDMap/Identity>>"
    )
    unicode = file.add_packed("/Filter/FlateDecode", characters)
    return file.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]"
        f"/ToUnicode {unicode} 0 R>>"
    )


@lru_cache(maxsize=128)
def _subset(face: Face, text: frozenset[str]) -> _Subset:
    """Kept in memory: the handouts of a run mostly use the same characters."""
    printed = "".join(sorted(set(map(printed_as, text))))
    codes = latin(printed)
    if codes is None:
        characters = _characters(face, printed)
        data = face.subset(frozenset(characters))
        widths = " ".join(f"{glyph}[{face.advance(glyph)}]" for glyph in sorted(characters))
        widths, unicode = f"/DW 0/W[{widths}]", deflated(character_map(characters).encode(), ONCE)
    else:
        data, unicode = face.subset_of(printed), None
        advances = {code: face.advance(face.glyphs[character]) for code, character in zip(codes, printed, strict=True)}
        first, last = min(codes), max(codes)
        listed = " ".join(str(advances.get(code, 0)) for code in range(first, last + 1))
        widths = f"/FirstChar {first}/LastChar {last}/Widths[{listed}]"
    packed = deflated(data, ONCE)
    tag = "".join(chr(65 + byte % 26) for byte in sha256(packed).digest()[:6])
    return _Subset(f"{tag}+{face.path.stem}", packed, len(data), widths, unicode)


def _characters(face: Face, printed: str) -> dict[int, str]:
    """Glyph → the character it prints; of two that share a glyph, the first."""
    found: dict[int, str] = {}
    for character in printed:
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
