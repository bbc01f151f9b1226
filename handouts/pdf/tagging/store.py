"""What a document's pages share: operators, fonts, drawings and bitmaps, each stored once.

Knows the file and faces, no tags.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

from handouts.pdf.deflating import ONCE
from handouts.pdf.digests import blake2b
from handouts.pdf.tagging.embedding import embed
from handouts.pdf.tagging.harfbuzz import Face, composed
from handouts.pdf.tagging.packing import packed
from handouts.pdf.tagging.pdffile import PdfFile, numbers
from handouts.pdf.tagging.shapes import Drawing
from handouts.recent import Recent

_TEXTS_HELD = 4096
_CONTENTS_HELD = 4096
"""Page contents of a print file that a later page may share: those of some 500 handouts."""


class Form(NamedTuple):
    """A drawing or a bitmap stored in the document, ready to be painted any number of times."""

    name: str
    number: int
    width: float
    height: float
    unit: tuple[float, float] = (1, 1)
    """Points to one of its own units: a bitmap's own box is 1 × 1."""


class Bitmap(Protocol):
    """A picture in pixels: width and height, 1 or 3 channels, a JPEG or else samples packed by zlib, as `alpha` is."""

    @property
    def pixels(self) -> tuple[int, int]: ...
    @property
    def channels(self) -> Literal[1, 3]: ...
    @property
    def jpeg(self) -> bool: ...
    @property
    def data(self) -> bytes: ...
    @property
    def alpha(self) -> bytes | None: ...


class Store:
    """The shared resources of one document."""

    def __init__(self, file: PdfFile) -> None:
        self._file = file
        self._fonts = file.reserve()
        self._used: dict[str, tuple[Face, set[str], set[str]]] = {}  # font → its face, texts drawn in it, characters
        self._forms: dict[str, Form] = {}
        self._contents: Recent[bytes, int] = Recent(_CONTENTS_HELD)

    def content(self, operators: bytes) -> int:
        """Store operators of a page, or find them: running heads recur on every page, whole pages in a print file."""
        key = blake2b(operators, digest_size=20).digest()
        return self._contents.of(key, lambda: self._file.add_stream("", operators))

    def use(self, font: str, face: Face, text: str) -> None:
        """Note that a text is drawn in a face's font of this name: the document needs its characters."""
        used = self._used.get(font)
        if used is None:
            used = self._used[font] = (face, set(), set())
        texts = used[1]
        texts.add(text)
        if len(texts) > _TEXTS_HELD:
            _note_characters(texts, used[2])

    def resources(self, forms: dict[str, int]) -> str:
        """The resource dictionary of a page that paints these forms."""
        painted = "".join(f"/{name} {number} 0 R" for name, number in forms.items())
        return f"<</Font {self._fonts} 0 R{f'/XObject<<{painted}>>' if painted else ''}>>"

    def form(self, key: str, drawing: Drawing) -> Form:
        """Store a drawing; equal keys, equal drawings."""
        known = self._forms.get(key)
        if known is None:
            entries = f"/Subtype/Form/BBox[0 0 {numbers((drawing.width, drawing.height))}]/Resources<<>>"
            number = self._file.add_packed(
                f"{entries}/Filter/FlateDecode", getattr(drawing, "packed", None) or packed(drawing.operators, ONCE)
            )
            known = self._forms[key] = Form(f"F{len(self._forms)}", number, drawing.width, drawing.height)
        return known

    def bitmap(self, key: str, bitmap: Bitmap) -> Form:
        """Store a picture in pixels; a pixel is a point until it is scaled."""
        known = self._forms.get(key)
        if known is None:
            width, height = bitmap.pixels
            entries = f"/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8"
            mask = ""
            if bitmap.alpha is not None:
                number = self._file.add_packed(f"{entries}/ColorSpace/DeviceGray/Filter/FlateDecode", bitmap.alpha)
                mask = f"/SMask {number} 0 R"
            space = "DeviceRGB" if bitmap.channels == 3 else "DeviceGray"
            kind = "DCTDecode" if bitmap.jpeg else "FlateDecode"
            number = self._file.add_packed(f"{entries}/ColorSpace/{space}/Filter/{kind}{mask}", bitmap.data)
            known = self._forms[key] = Form(f"F{len(self._forms)}", number, width, height, (width, height))
        return known

    def write_fonts(self) -> None:
        """Embed every font used, with the characters used."""
        fonts = []
        for font, (face, texts, characters) in sorted(self._used.items()):
            _note_characters(texts, characters)
            fonts.append(f"/{font} {embed(self._file, face, frozenset(characters))} 0 R")
        self._file.add(f"<<{''.join(fonts)}>>", self._fonts)


def _note_characters(texts: set[str], characters: set[str]) -> None:
    """Texts are gathered whole, because most are drawn again and again, and taken apart once."""
    characters.update(*map(composed, texts))
    texts.clear()
