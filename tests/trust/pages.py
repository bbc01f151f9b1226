"""A finished PDF as a reader's eye and a machine see it: words, words on one page, drawings, what is attached."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from typing import Any

import pikepdf
import pypdfium2


def page_words(pdf: bytes) -> list[str]:
    """The text of each page without any white space, so that it does not matter where a line breaks."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [squeezed(page.get_textpage().get_text_range()) for page in document]


def read_aloud(pdf: bytes) -> str:
    """All text in the order of the structure, as a screen reader says it, without white space."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        told = subprocess.run(["pdfinfo", "-struct-text", file.name], capture_output=True, text=True, check=True).stdout
    return squeezed("".join(re.findall(r'^ *"(.*)"$', told, re.MULTILINE)))


def squeezed(text: str) -> str:
    """A text without white space and without the marks a line break leaves."""
    return "".join(text.split()).replace("\u00ad", "").replace("\ufffe", "").replace("\u200b", "")


def carried(pdf: bytes) -> dict[str, Any]:
    """The program that the handout carries inside it."""
    with pikepdf.open(pdf_file(pdf)) as document:
        found: dict[str, Any] = json.loads(document.attachments["program.json"].get_file().read_bytes())
        return found


def drawings(pdf: bytes) -> set[bytes]:
    """The operators of every drawing in the document."""
    with pikepdf.open(pdf_file(pdf)) as document:
        return {
            one.read_bytes()
            for one in document.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form"
        }


def doings(pdf: bytes) -> set[str]:
    """Everything in the document that could do something, or reach for a file or an address, when it is opened."""
    names = {
        "/JS", "/JavaScript", "/Launch", "/OpenAction", "/AA", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE",
        "/RichMedia", "/XFA", "/Rendition", "/Movie", "/Sound", "/AcroForm",
    }  # fmt: skip
    found: set[str] = set()
    with pikepdf.open(pdf_file(pdf)) as document:
        for one in document.objects:
            if isinstance(one, pikepdf.Stream | pikepdf.Dictionary):
                found |= names & set(one.keys())
                if isinstance(one, pikepdf.Stream) and "/F" in one:
                    found.add("a stream in another file")
                if isinstance(kind := one.get("/S"), pikepdf.Name) and str(kind) in names:
                    found.add(str(kind))
    return found


def addresses(pdf: bytes) -> set[str]:
    """Every address that a link of the document leads to."""
    with pikepdf.open(pdf_file(pdf)) as document:
        return {
            str(one["/URI"]) for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/URI" in one
        } | {
            str(one["/A"]["/URI"])
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and "/A" in one and "/URI" in one["/A"]
        }


def pdf_file(pdf: bytes) -> Any:
    """Bytes as a file."""
    from io import BytesIO

    return BytesIO(pdf)
