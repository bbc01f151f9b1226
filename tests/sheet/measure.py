"""Reads a finished handout back and measures it against the page design; returns sentences, one for each fault."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import NamedTuple

import pikepdf
import pypdfium2 as pdfium

SAFE = 36.0
MOST_CHARACTERS = 70
CAP = 0.668
INK_SCALE = 2


class Word(NamedTuple):
    """A piece of text with its trimmed box: from the cap line to the baseline, y up."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def faults(document: bytes, phone: str | None) -> list[str]:
    """Everything on the pages that breaks a rule of the design."""
    found: list[str] = []
    pages = pdfium.PdfDocument(document)
    for number, page in enumerate(pages, 1):
        words, text = _words(page), page.get_textpage().get_text_bounded()
        found += [f"page {number}: {fault}" for fault in _page_faults(page, words, text, phone)]
    return found


def texts(document: bytes) -> list[str]:
    """The text of each page, with single spaces."""
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdfium.PdfDocument(document)]


def drawn(document: bytes) -> str:
    """All text in the order in which it is drawn, which is that of reading: no guess where a column ends."""
    return " ".join(word.text for page in pdfium.PdfDocument(document) for word in _words(page))


def headings(document: bytes) -> list[str]:
    """All headings in reading order, as the bookmarks tell them."""
    with pikepdf.open(BytesIO(document)) as opened, opened.open_outline() as outline:
        return list(_titles(outline.root))


def _titles(items: Iterable[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)


def _page_faults(page: pdfium.PdfPage, words: list[Word], text: str, phone: str | None) -> Iterator[str]:
    width, height = page.get_size()
    if phone and phone not in " ".join(text.split()):
        yield "no phone number"
    if not re.search(r"(Page|Página) \d+ (of|de) \d+|\b\d+/\d+\b", text):
        yield "no page number"
    for word in words:
        if word.left < SAFE - 0.1 or word.right > width - SAFE + 0.1:
            yield f"{word.text!r} is outside the side margins ({word.left:.0f} to {word.right:.0f})"
        if word.bottom < SAFE - 0.1 or word.top > height - SAFE + 0.6:
            yield f"{word.text!r} is outside the top or bottom margin"
        if len(word.text) > MOST_CHARACTERS:
            yield f"a line of {len(word.text)} characters: {word.text!r}"
    for box in (*_shapes(page), _ink(page)):
        if box[0] < SAFE - 1.5 or box[2] > width - SAFE + 1.5 or box[1] < SAFE - 1.5 or box[3] > height - SAFE + 2.1:
            yield f"a shape is outside the margins: {tuple(round(v) for v in box)}"
    for i, one in enumerate(words):
        for other in words[i + 1 :]:
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(one.top, other.top) - max(one.bottom, other.bottom)
            if across > 1 and down > 1:
                yield f"{one.text!r} overlaps {other.text!r}"


def _ink(page: pdfium.PdfPage) -> tuple[float, float, float, float]:
    """Where anything at all is printed, y up: what a drawing clips away is not there."""
    whole = page.render(scale=INK_SCALE).to_pil().convert("L").point(lambda grey: 255 if grey < 250 else 0)
    left, top, right, bottom = whole.getbbox() or (whole.width / 2, whole.height / 2, whole.width / 2, whole.height / 2)
    high = page.get_size()[1]
    return left / INK_SCALE, high - bottom / INK_SCALE, right / INK_SCALE, high - top / INK_SCALE


def _shapes(page: pdfium.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    for thing in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        yield thing.get_bounds()


def _words(page: pdfium.PdfPage) -> list[Word]:
    """Each text operator of the page is one line or one piece of a line."""
    found = []
    reader = page.get_textpage()
    for thing in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT], max_depth=1):
        left, _, right, _ = thing.get_bounds()
        matrix = thing.get_matrix()
        size = _size(thing)
        text = _text(thing, reader)
        if text.strip():
            found.append(Word(text.strip(), left, matrix.f, right, matrix.f + CAP * size))
    return found


def _size(thing: pdfium.PdfObject) -> float:
    import ctypes

    size = ctypes.c_float()
    pdfium.raw.FPDFTextObj_GetFontSize(thing.raw, size)
    return size.value


def _text(thing: pdfium.PdfObject, reader: pdfium.PdfTextPage) -> str:
    import ctypes

    length = pdfium.raw.FPDFTextObj_GetText(thing.raw, reader.raw, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.raw.FPDFTextObj_GetText(thing.raw, reader.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")
