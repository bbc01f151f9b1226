"""What a document says of itself: the Info dictionary, XMP with the PDF/UA claim, bookmarks, attached files.

In ReportLab's objects. Knows no drawing. No clock: every date is the program's.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFInfo,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from handouts import __version__
from handouts.pdf.packed_document import PackedDocument, reference
from handouts.pdf.structure import HEADINGS, Element

PRODUCER = f"handouts {__version__}"
ATTACHMENT_DIGEST = "AttachmentDigest"
"""Where the Info dictionary notes the digest of what is attached."""

_MOST_SIDE_BY_SIDE = 100
"""Bookmarks side by side are a chain in the file, which programs follow link by link, some of them only so far."""


class About(NamedTuple):
    """Title, author, subject and date of a document, and its language (BCP 47)."""

    title: str
    author: str
    subject: str
    date: dt.date
    lang: str


class AttachedFile(NamedTuple):
    """A file inside the document, from which its pages were made."""

    name: str
    data: bytes
    mime: str
    description: str


class Info(PDFInfo):  # type: ignore[misc]
    """The Info dictionary, with a digest of what is attached."""

    def __init__(self, about: About, attached: AttachedFile | None) -> None:
        super().__init__()
        self._about, self._attached = about, attached

    def format(self, document: PDFDocument) -> bytes:
        """As ReportLab asks every object; ReportLab's own writes today's date and empty entries."""
        about, day = self._about, _pdf_date(self._about.date)
        entries = {
            "Title": about.title,
            "Author": about.author,
            "Subject": about.subject,
            "Creator": "handouts",
            "Producer": PRODUCER,
            "CreationDate": day,
            "ModDate": day,
            ATTACHMENT_DIGEST: hashlib.sha256(self._attached.data).hexdigest() if self._attached else "",
        }
        filled = PDFDictionary({key: PDFString(text) for key, text in entries.items() if text})
        written: bytes = filled.format(document)
        return written


def xmp(about: About) -> PDFStream:
    """The XMP packet, not compressed: programs look for it. Only tagged documents have one, so it claims PDF/UA-1."""
    day = f"{about.date:%Y-%m-%d}T00:00:00Z"
    author = f"<dc:creator><rdf:Seq><rdf:li>{escape(about.author, quote=False)}</rdf:li></rdf:Seq></dc:creator>"
    subject = _alternatives("description", about.subject)
    packet = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
{_alternatives("title", about.title)}{author if about.author else ""}{subject if about.subject else ""}
<dc:language><rdf:Bag><rdf:li>{escape(about.lang, quote=False)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>handouts</xmp:CreatorTool><xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate>
<pdf:Producer>{PRODUCER}</pdf:Producer><pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>
"""
    kind = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    return PDFStream(kind, packet.encode())


def _alternatives(name: str, text: str) -> str:
    words = escape(text, quote=False)
    return f'<dc:{name}><rdf:Alt><rdf:li xml:lang="x-default">{words}</rdf:li></rdf:Alt></dc:{name}>'


def _pdf_date(date: dt.date) -> str:
    return f"D:{date:%Y%m%d}000000Z"


def file_specification(document: PDFDocument, file: AttachedFile, date: dt.date) -> PDFObjectReference:
    """Add an attached file to a document; returns what refers to its specification."""
    day = PDFString(_pdf_date(date))
    about = PDFDictionary({"Size": len(file.data), "CreationDate": day, "ModDate": day})
    mime = "/" + PDFName(file.mime)[1:].replace("/", "#2F")
    kind = {"Type": PDFName("EmbeddedFile"), "Subtype": mime}
    stream = document.Reference(PDFStream(PDFDictionary({**kind, "Params": about}), file.data, [PDFZCompress]))
    specification = {
        "Type": PDFName("Filespec"),
        "F": PDFString(file.name),
        "UF": PDFString(file.name),
        "Desc": PDFString(file.description),
        "AFRelationship": PDFName("Source"),
        "EF": PDFDictionary({"F": stream, "UF": stream}),
    }
    return document.Reference(PDFDictionary(specification))


@dataclass(slots=True)
class Bookmark:
    """An entry of the outline, its words added as they are drawn: `page` is an object number, `top` a height on it."""

    level: int
    words: str
    page: int = 0
    top: float = 0
    kids: list[Bookmark] = field(default_factory=list)
    number: int = 0

    @property
    def title(self) -> str:
        """The words in one line."""
        return " ".join(self.words.split())


PART = 0
"""The level of a part's bookmark, above all headings."""


class Outline(PDFObject):  # type: ignore[misc]
    """A document's bookmarks: headings by their own words, or by the words given for them, and parts above them.

    It stands where ReportLab has its own outline, which takes 2 kilobytes for each bookmark, 40 megabytes for a print
    file of a thousand handouts.
    """

    __RefOnly__ = 1
    ready = 1

    def __init__(self) -> None:
        self.bookmarks: list[Bookmark] = []
        self._heading: Element | None = None
        self._part: Bookmark | None = None
        self._root: dict[str, object] = {}

    def begin_part(self, words: str) -> None:
        """A part begins where its first heading does."""
        self._part = Bookmark(PART, words)

    def note(self, heading: Element, words: str, page: int, top: float) -> None:
        """Make or lengthen the bookmark of a heading that is being drawn."""
        if heading is self._heading:
            if not heading.bookmark:
                self.bookmarks[-1].words += words
            return
        self._heading = heading
        if self._part:
            self._part.page, self._part.top = page, top
            self.bookmarks.append(self._part)
            self._part = None
        self.bookmarks.append(Bookmark(HEADINGS.index(heading.tag) + 1, heading.bookmark or words, page, top))

    def prepare(self, document: PackedDocument, _canvas: object) -> None:
        """Write the bookmarks, nested by level; ReportLab calls this before it writes the rest of the document.

        Every branch starts open, but for the parts of a document that has several: their names come first.
        """
        bookmarks, root = self._gathered(), Bookmark(PART - 2, "")
        several = sum(bookmark.level == PART for bookmark in self.bookmarks) > 1
        root.number = int(document.Reference(self).format(document).split()[0])
        above = [root]
        for bookmark in bookmarks:
            while above[-1].level >= bookmark.level:
                above.pop()
            above[-1].kids.append(bookmark)
            above.append(bookmark)
            bookmark.number = document.reserve()

        def closed(entry: Bookmark) -> bool:
            return several and entry is not root and entry.level <= PART

        def seen(entry: Bookmark) -> int:
            """Entries below this one, as long as it is open."""
            return sum(1 if closed(kid) else 1 + seen(kid) for kid in entry.kids)

        def family(entry: Bookmark) -> dict[str, object]:
            if not entry.kids:
                return {}
            ends = {"First": reference(entry.kids[0].number), "Last": reference(entry.kids[-1].number)}
            return {**ends, "Count": -seen(entry) if closed(entry) else seen(entry)}

        self._root = {"Type": PDFName("Outlines"), **family(root)}
        self.ready = 1 if bookmarks else -1
        for parent in (root, *bookmarks):
            for before, entry, after in zip([None, *parent.kids], parent.kids, [*parent.kids[1:], None], strict=False):
                place = [reference(entry.page), PDFName("XYZ"), "null", round(entry.top, 2), "null"]
                written: dict[str, object] = {"Title": PDFString(entry.title), "Parent": reference(parent.number)}
                written |= {"Dest": PDFArray(place), **family(entry)}
                if before:
                    written["Prev"] = reference(before.number)
                if after:
                    written["Next"] = reference(after.number)
                document.put(entry.number, PDFDictionary(written))

    def format(self, document: PackedDocument) -> bytes:
        """As ReportLab asks every object."""
        written: bytes = PDFDictionary(self._root).format(document)
        return written

    def _gathered(self) -> list[Bookmark]:
        """The bookmarks, with those of very many parts gathered under entries that name the first and the last."""
        bookmarks = self.bookmarks
        parts = [index for index, bookmark in enumerate(bookmarks) if bookmark.level == PART]
        if len(parts) <= _MOST_SIDE_BY_SIDE:
            return bookmarks
        gathered = list(bookmarks[: parts[0]])
        for start in range(0, len(parts), _MOST_SIDE_BY_SIDE):
            some = parts[start : start + _MOST_SIDE_BY_SIDE]
            first, last = bookmarks[some[0]], bookmarks[some[-1]]
            end = parts[start + _MOST_SIDE_BY_SIDE] if start + _MOST_SIDE_BY_SIDE < len(parts) else len(bookmarks)
            gathered.append(Bookmark(PART - 1, f"{first.title} – {last.title}", first.page, first.top))
            gathered += bookmarks[some[0] : end]
        return gathered
