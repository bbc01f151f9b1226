"""The bundled typefaces as ReportLab fonts: which characters they have, how wide words are, what a document embeds.

Handout Sans sets every text; words with a character it lacks (a Vietnamese, Greek or Cyrillic name) are set in the
fallback, Noto Sans, so that no word changes its face half-way. Knows no page and no colour. A font file is read when
its face is first asked for, once a process.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from errno import EIO
from pathlib import Path
from typing import Literal
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDocument, PDFStream, PDFTrueTypeFont, PDFZCompress
from reportlab.pdfbase.ttfonts import TTEncoding, TTFError, TTFont, TTFontFace

from handouts.cache import FACES, SUBSETS
from handouts.errors import ExitCode, HandoutError
from handouts.resources import fonts_folder

Weight = Literal["regular", "semibold", "bold", "extrabold"]

_HANDOUT_SANS: dict[Weight, str] = {
    "regular": "HandoutSans-Regular",
    "semibold": "HandoutSans-SemiBold",
    "bold": "HandoutSans-Bold",
    "extrabold": "HandoutSans-ExtraBold",
}
_NOTO_SANS: dict[Weight, str] = {
    "regular": "NotoSans-Regular",
    "semibold": "NotoSans-Bold",
    "bold": "NotoSans-Bold",
    "extrabold": "NotoSans-Bold",
}
BASE_FONT = _HANDOUT_SANS["regular"]
"""The font that a canvas begins with: ReportLab's own choice is Helvetica, which nobody embeds."""

_SPACES = [0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]
_HYPHENS = [0x2010, 0x2011]
_PRINTED_AS = dict.fromkeys(_SPACES, " ") | dict.fromkeys(_HYPHENS, "-")
"""Spaces and hyphens that only steer line breaking print as the plain ones."""

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

_NOT_EMBEDDED = {"name", "OS/2", "cvt ", "fpgm", "prep"}
"""Tables of a font file that a PDF does not need: it has their facts in dictionaries of its own, and our faces have no
hints. Without them a document of five faces is 5 KB smaller."""

_SPACE = 32
_OTHER_CODES = (*range(128, 256), *range(1, _SPACE))
"""Codes for what is not ASCII, in the order in which they are given away; ASCII has its own codes."""

_ENTRIES_A_BLOCK = 100
"""Adobe's limit for one block of a character map."""

_WORD = re.compile(r"\S+\s*|\s+")
_LETTER = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+", re.DOTALL)
"""A character with the accents that join it."""


_IN_LATIN = "write it in Latin letters, as a passport does; the patient can add it by hand"
_STAND_INS = {
    "←": "left", "↑": "up", "→": "to", "↓": "down", "↔": "both ways", "⇒": "so", "➜": "to", "➔": "to",
    "✓": "yes", "✔": "yes", "☑": "yes", "✅": "yes", "✗": "no", "✘": "no", "❌": "no", "☐": "[ ]", "★": "*",
}  # fmt: skip
"""What can be written for a sign that no font has."""


class UnprintableText(HandoutError):
    """A text has a character that cannot be printed rightly; nothing was laid out."""

    exit_code = ExitCode.BAD_INPUT

    def __init__(self, field: str, character: str) -> None:
        self.field, self.character = field, character
        name = unicodedata.name(character, "(a control character)")
        if unicodedata.category(character) in _INVISIBLE:
            why = "cannot be printed: take it out"
        elif needs_shaping(character):
            why = f"is in a script that this program cannot set yet ({_IN_LATIN})"
        else:
            is_letter = unicodedata.category(character).startswith("L")
            instead = f"write '{_STAND_INS[character]}' instead" if character in _STAND_INS else "say it in words"
            why = f"is in none of the bundled fonts ({_IN_LATIN if is_letter else instead})"
        super().__init__(f"{field}: U+{ord(character):04X} {name} {why}")


def needs_shaping(character: str) -> bool:
    """Whether a character is of a script whose letters join, move, or run from right to left."""
    return any(low <= ord(character) <= high for low, high in _NEEDS_SHAPING)


def composed(text: str) -> str:
    """The text with letters and their accents as one character where Unicode has one (NFC)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _printed(text: str) -> str:
    """The characters that are shown for a text."""
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(_PRINTED_AS)


class _FontFile(TTFontFace):  # type: ignore[misc]
    """A font file that gives ReportLab's subsetting only the tables that a PDF needs."""

    def get_table(self, tag: str) -> bytes:
        """The bytes of a table. Raises KeyError for one that is not there or not wanted."""
        if tag in _NOT_EMBEDDED:
            raise KeyError(tag)
        table: bytes = super().get_table(tag)
        return table

    def makeSubset(self, subset: list[int]) -> bytes:  # noqa: N802
        """The font file with these characters alone; the patients of a batch mostly need the same ones."""
        font: bytes = SUBSETS.get((self.filename, tuple(subset)), lambda: super(_FontFile, self).makeSubset(subset))
        return font


class _Codes:
    """The codes that one document uses for the characters of a face: subsets of at most 256, a PDF font each."""

    def __init__(self) -> None:
        self.given: dict[str, tuple[int, int]] = {}
        self.others: dict[int, int] = {}
        """Codes of the characters that are not ASCII: all that there is to translate while one subset holds them."""

    def give(self, character: str) -> None:
        """Give a character that is met first its subset and code."""
        found = (0, ord(character))
        if not character.isascii():
            subset, place = divmod(len(self.others), len(_OTHER_CODES))
            found = (subset, _OTHER_CODES[place])
            self.others[ord(character)] = found[1]
        self.given[character] = found


class Face(TTFont):  # type: ignore[misc]
    """One weight of one family, as ReportLab asks for a font that is embedded with the characters a document uses.

    ReportLab's own TTFont lets code 0 and unused codes stand for the character U+0000 in its map from codes to
    characters, which PDF/UA forbids, and writes characters beyond U+FFFF wrongly: this one mends both.
    """

    def __init__(self, key: str, path: Path) -> None:
        self.key = self.fontName = key
        try:
            self.face = _FontFile(str(path))
        except TTFError as error:  # an OSError has the file's name for the user
            raise OSError(EIO, "this font cannot be read", str(path)) from error
        self.encoding = TTEncoding()
        self.state: WeakKeyDictionary[PDFDocument, _Codes] = WeakKeyDictionary()
        self.shapable = False
        glyphs, widths = self.face.charToGlyph, self.face.charWidths
        self._advances = {chr(code): widths[code] for code, glyph in glyphs.items() if glyph and code in widths}
        for code in (*_SPACES, *_HYPHENS):
            self._advances[chr(code)] = self._advances[_PRINTED_AS[code]]

    def width(self, text: str, size: float) -> float:
        """Width of a line in points. Raises UnprintableText when a character has no glyph."""
        try:
            return float(sum(map(self._advances.__getitem__, composed(text)))) * size / 1000
        except KeyError:
            raise UnprintableText("text", self.missing(text)[0]) from None

    def covers(self, text: str) -> bool:
        """Whether this face has every character of a text."""
        return self._advances.keys() >= set(composed(text))

    def missing(self, text: str) -> str:
        """The characters of `text` that this face cannot print, each once, in order."""
        return "".join(dict.fromkeys(c for c in composed(text) if c not in self._advances))

    # What ReportLab asks of a font

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: ARG002, N802
        """Width of a line in points; every text is `str`, so that no encoding is needed."""
        return self.width(text, size)

    def splitString(self, text: str, doc: PDFDocument, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: ARG002, N802
        """The text as codes, piece by piece, each with the number of its subset."""
        codes, text = self._codes(doc), _printed(text)
        for character in dict.fromkeys(text):
            if character not in codes.given:
                if character not in self._advances:
                    raise UnprintableText("text", character)
                codes.give(character)
        if len(codes.others) <= len(_OTHER_CODES):
            return [(0, text.translate(codes.others).encode("latin-1"))]
        pieces: list[tuple[int, bytearray]] = []
        for character in text:
            subset, code = codes.given[character]
            if not pieces or pieces[-1][0] != subset:
                pieces.append((subset, bytearray()))
            pieces[-1][1].append(code)
        return [(subset, bytes(data)) for subset, data in pieces]

    def getSubsetInternalName(self, subset: int, doc: PDFDocument) -> str:  # noqa: ARG002, N802
        """The name of a subset on a page."""
        return f"/{self.fontName}+{subset}"

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802
        """Embed the subsets that a document uses; ReportLab calls this before it writes the document."""
        subsets: dict[int, dict[int, str]] = {}
        for character, (subset, code) in self.state.pop(doc).given.items():
            subsets.setdefault(subset, {})[code] = character
        fonts = doc.idToObject["BasicFonts"].dict
        for subset, characters in subsets.items():
            name = self.getSubsetInternalName(subset, doc)[1:]
            fonts[name] = doc.Reference(self._subset(doc, characters), name)

    def _codes(self, doc: PDFDocument) -> _Codes:
        codes = self.state.get(doc)
        if codes is None:
            codes = self.state[doc] = _Codes()
            doc.delayedFonts.append(self)
        return codes

    def _subset(self, doc: PDFDocument, characters: dict[int, str]) -> PDFTrueTypeFont:
        codes = [ord(characters.get(code, "\0")) for code in range(max(characters) + 1)]
        digest = hashlib.sha256(repr(sorted(characters.items())).encode()).digest()
        tag = "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
        font = PDFTrueTypeFont()
        font.BaseFont = name = f"{tag}+{self.fontName}"
        first = min(characters)
        font.FirstChar, font.LastChar = first, len(codes) - 1
        font.Widths = PDFArray([self.face.getCharWidth(code) if code else 0 for code in codes[first:]])
        unicode = PDFStream(content=character_map(characters), filters=[PDFZCompress])
        font.ToUnicode = doc.Reference(unicode)
        font.FontDescriptor = self.face.addSubsetObjects(doc, name, codes)
        return font


_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def
/CMapName/Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
{}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def character_map(characters: dict[int, str]) -> str:
    """The map from codes back to characters, as a PDF font carries it."""
    pairs = [f"<{code:02X}> <{c.encode('utf-16-be').hex().upper()}>" for code, c in sorted(characters.items())]
    blocks = []
    for start in range(0, len(pairs), _ENTRIES_A_BLOCK):
        block = pairs[start : start + _ENTRIES_A_BLOCK]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return _CMAP.format("\n".join(blocks))


def face(weight: Weight, fallback: bool = False) -> Face:
    """The face of this weight; the fallback family has two weights and gives the nearer one."""
    key = (_NOTO_SANS if fallback else _HANDOUT_SANS)[weight]
    found: Face = FACES.get(key, lambda: _read_face(key))
    return found


def _read_face(key: str) -> Face:
    read = Face(key, fonts_folder() / f"{key}.ttf")
    pdfmetrics.registerFont(read)
    return read


def family_for(text: str, field: str) -> bool:
    """Whether a text must go in the fallback family to be set in one face.

    Raises:
        UnprintableText: names `field` and the first character at fault: one in no bundled font, a control or invisible
            character, a direction mark, or a script whose letters must be joined or reordered.
    """
    text = composed(text)
    if text.isascii() and text.isprintable():
        return False
    for character in text:
        if unicodedata.category(character) in _INVISIBLE or needs_shaping(character):
            raise UnprintableText(field, character)
    # Handout Sans has bare accents for building letters only; the fallback's stand where a reader expects them.
    if face("regular").covers(text) and not any(map(unicodedata.combining, text)):
        return False
    missing = face("regular", fallback=True).missing(text)
    if missing:
        raise UnprintableText(field, missing[0])
    return True


def fault_of(text: str) -> str | None:
    """Why no bundled font can print a text; None when one can."""
    try:
        split_by_family(text, "")
    except UnprintableText as error:
        return str(error).removeprefix(": ")
    return None


def split_by_family(text: str, field: str) -> list[tuple[str, bool]]:
    """A text in stretches of whole words, each with whether it goes in the fallback family.

    "Hường: … ≤ 3" needs both: Handout Sans lacks "ờ", Noto Sans lacks "≤". A word changes its face half-way only where
    no face has all of it. The stretches joined are the text. Raises UnprintableText as `family_for` does.
    """
    pieces: list[tuple[str, bool]] = []
    for word in _WORD.findall(text):
        if face("regular").covers(word.strip()) or face("regular", fallback=True).covers(word.strip()):
            parts = [word]
        else:
            parts = _LETTER.findall(word)
        for part in parts:
            bare = part.strip()
            fallback = family_for(bare, field) if bare else bool(pieces and pieces[-1][1])
            if pieces and pieces[-1][1] == fallback:
                pieces[-1] = (pieces[-1][0] + part, fallback)
            else:
                pieces.append((part, fallback))
    return pieces
