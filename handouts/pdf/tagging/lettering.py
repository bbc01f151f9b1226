"""A text as a document's fonts show it: which font, and the string that a text operator takes.

A text whose characters are all in Windows' Latin alphabet (English, Spanish, German …) takes one byte a character, in
PDF's own WinAnsi encoding, which every reader knows; any other text takes two bytes, the font file's glyph number. So a
line set once is valid in every document. Knows faces and the syntax of strings, no page.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from handouts.pdf.tagging.harfbuzz import Face, UnprintableText, composed, printed_as

_ESCAPES = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)"})
_ANOTHER_IN_PDF = "\xad"
"""A soft hyphen to Windows, a plain hyphen in WinAnsi."""


class Lettered(NamedTuple):
    """A text in a face, ready to be shown."""

    font: str
    """The font's name among a document's: one face is two fonts where both encodings are needed."""
    string: str


@lru_cache(maxsize=4096)
def lettered(face: Face, text: str) -> Lettered:
    """The text in this face. Raises UnprintableText for a character that the face lacks."""
    glyphs, text = face.glyphs, composed(text)
    for character in text:
        if not glyphs[character]:
            raise UnprintableText("text", character)
    codes = latin("".join(map(printed_as, text)))
    if codes is None:
        return Lettered(f"{face.key}2", f"<{''.join([f'{glyphs[character]:04X}' for character in text])}>")
    return Lettered(face.key, f"({codes.decode('latin-1').translate(_ESCAPES)})")


def latin(text: str) -> bytes | None:
    """The text in WinAnsi encoding; None where it has another character."""
    try:
        return None if _ANOTHER_IN_PDF in text else text.encode("cp1252")
    except UnicodeEncodeError:
        return None
