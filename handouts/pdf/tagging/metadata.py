"""What a document says of itself: the Info dictionary, XMP with the PDF/UA claim, bookmarks, page labels, attachments.

Knows no drawing. No clock: every date is the program's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal, NamedTuple

from handouts import __version__
from handouts.pdf.digests import sha256
from handouts.pdf.tagging.pdffile import PdfFile, number, pdf_name, pdf_text

_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
PRODUCER = f"handouts {__version__}"

Relationship = Literal["Source", "Data", "Alternative", "Supplement"]


class About(NamedTuple):
    """Title, author, subject and date of a document, and its language (BCP 47)."""

    title: str
    author: str
    subject: str
    date: dt.date
    lang: str


PART = 0
"""The level of a part's bookmark, above all headings."""


_MOST_SIDE_BY_SIDE = 100


class Bookmark:
    """An entry of the outline, its words added as they are drawn.

    `page` is an object number, `top` a height from the lower edge in points.
    """

    def __init__(self, level: int, words: str, page: int = 0, top: float = 0) -> None:
        self.level, self.words, self.page, self.top = level, [words], page, top

    @property
    def title(self) -> str:
        """The words in one line."""
        return " ".join(" ".join(self.words).split())


def write_info(file: PdfFile, about: About, attached: Sequence[bytes] = ()) -> int:
    """Add the Info dictionary, with a digest of what is `attached`; returns its object number."""
    day = f"(D:{about.date:%Y%m%d}000000Z)"
    author = f"/Author{pdf_text(about.author)}" if about.author else ""
    subject = f"/Subject{pdf_text(about.subject)}" if about.subject else ""
    digest = f"/AttachmentDigest({sha256(b''.join(attached)).hexdigest()})" if attached else ""
    return file.add(
        f"<</Title{pdf_text(about.title)}{author}{subject}/Creator(handouts)/Producer{pdf_text(PRODUCER)}"
        f"/CreationDate{day}/ModDate{day}{digest}>>"
    )


def write_xmp(file: PdfFile, about: About) -> int:
    """Add the XMP packet; returns its object number. Only tagged documents come this way, so it claims PDF/UA-1."""
    day = f"{about.date:%Y-%m-%d}T00:00:00Z"
    author = f"<dc:creator><rdf:Seq><rdf:li>{_escaped(about.author)}</rdf:li></rdf:Seq></dc:creator>"
    subject = _alternatives("description", about.subject)
    packet = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
{_alternatives("title", about.title)}{author if about.author else ""}{subject if about.subject else ""}
<dc:language><rdf:Bag><rdf:li>{_escaped(about.lang)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>handouts</xmp:CreatorTool><xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate>
<pdf:Producer>{PRODUCER}</pdf:Producer><pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
    return file.add_packed("/Type/Metadata/Subtype/XML", packet.encode())


def _escaped(text: str) -> str:
    """As `xml.sax.saxutils.escape`, whose module takes half of the network's with it."""
    return text.translate(_XML)


def _alternatives(name: str, text: str) -> str:
    return f'<dc:{name}><rdf:Alt><rdf:li xml:lang="x-default">{_escaped(text)}</rdf:li></rdf:Alt></dc:{name}>'


def write_outline(file: PdfFile, bookmarks: Sequence[Bookmark]) -> int:
    """Add the outline, nested by level; returns its object number.

    Every branch starts open, but for the parts of a document that has several: their names come first.
    """
    bookmarks = _gathered(bookmarks)
    numbers = [file.reserve() for _ in range(len(bookmarks) + 1)]
    root, *entries = numbers
    above: list[int] = []  # indices of the ancestors of the entry at hand
    kids: dict[int, list[int]] = {-1: []}
    for index, bookmark in enumerate(bookmarks):
        while above and bookmarks[above[-1]].level >= bookmark.level:
            above.pop()
        kids.setdefault(above[-1] if above else -1, []).append(index)
        kids[index] = []
        above.append(index)

    several = sum(bookmark.level == PART for bookmark in bookmarks) > 1

    def below(index: int) -> int:
        """How many entries are seen below this one when it is open; a closed one's count is negative in the file."""
        return sum(1 + (0 if closed(kid) else below(kid)) for kid in kids[index])

    def closed(index: int) -> bool:
        return several and index >= 0 and bookmarks[index].level <= PART

    def count(index: int) -> int:
        return -below(index) if closed(index) else below(index)

    for parent, family in kids.items():
        for place, index in enumerate(family):
            bookmark = bookmarks[index]
            parts = [f"<</Title{pdf_text(bookmark.title)}/Parent {numbers[parent + 1]} 0 R"]
            parts.append(f"/Dest[{bookmark.page} 0 R/XYZ null {number(bookmark.top)} null]")
            if place:
                parts.append(f"/Prev {entries[family[place - 1]]} 0 R")
            if place + 1 < len(family):
                parts.append(f"/Next {entries[family[place + 1]]} 0 R")
            parts.append(_family(index, kids, entries, count(index)))
            file.add("".join(parts) + ">>", entries[index])
    file.add(f"<</Type/Outlines{_family(-1, kids, entries, count(-1))}>>", root)
    return root


def _gathered(bookmarks: Sequence[Bookmark]) -> Sequence[Bookmark]:
    """The bookmarks, with those of very many parts gathered under entries that name the first and the last.

    Entries side by side are a chain in the file, which programs follow link by link, some of them only so far.
    """
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


def _family(index: int, kids: dict[int, list[int]], entries: Sequence[int], count: int) -> str:
    family = kids[index]
    return f"/First {entries[family[0]]} 0 R/Last {entries[family[-1]]} 0 R/Count {count}" if family else ""


def page_labels(numbers: Sequence[int]) -> str:
    """The label tree for pages that carry these printed numbers."""
    ranges = []
    for index, printed in enumerate(numbers):
        if not index or printed != numbers[index - 1] + 1:
            ranges.append(f"{index}<</S/D/St {printed}>>")
    return f"<</Nums[{''.join(ranges)}]>>"


def write_attachment(
    file: PdfFile, name: str, data: bytes, mime: str, description: str, relationship: Relationship, date: dt.date
) -> int:
    """Add an embedded file and its specification; returns the object number of the latter."""
    day = f"(D:{date:%Y%m%d}000000Z)"
    params = f"/Params<</Size {len(data)}/CreationDate{day}/ModDate{day}>>"
    stream = file.add_stream(f"/Type/EmbeddedFile/Subtype{pdf_name(mime)}{params}", data)
    title = pdf_text(name)
    return file.add(
        f"<</Type/Filespec/F{title}/UF{title}/Desc{pdf_text(description)}/AFRelationship/{relationship}"
        f"/EF<</F {stream} 0 R/UF {stream} 0 R>>>>"
    )
