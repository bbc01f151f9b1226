"""ReportLab's document, written into object streams with a cross-reference stream (PDF 1.5 and later).

Every object is ReportLab's or a PDFObject of ours, and writes itself by its own `format`; only how the file is put
together is other. A structure tree is a thousand small objects, and half of the file where each stands alone. What is
finished is written at once, so that a print file of a thousand handouts need not be held in memory. Knows no tags.
"""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any, BinaryIO

from reportlab.pdfbase.pdfdoc import (
    BasicFonts,
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFFile,
    PDFIndirectObject,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFPage,
    PDFStream,
    PDFText,
    PDFZCompress,
    format,  # noqa: A004 - ReportLab's own, which asks an object for its bytes
    xObjectName,
)

from handouts.pdf.tagging_errors import TaggingFault

PDF_VERSION = (1, 7)
MARK = b"handouts"
"""Opens the file's identifier, which stays readable in an encrypted file: how a handout is known again."""

_OBJECTS_A_STREAM = 400
_PLAIN, _IN_STREAM = 1, 2
_PLACE, _ROW = 5, 8
"""Bytes of a place in the file, and of a row of the cross-reference table: its kind, place and index."""
_XOBJECT = xObjectName("")


def reference(number: int) -> str:
    """What refers to the object of this number."""
    return f"{number} 0 R"


class _Output(PDFFile):  # type: ignore[misc]
    """The file as it is written: ReportLab's collector of bytes, which hands them on and keeps a digest of them."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.digest = hashlib.blake2b(digest_size=8)
        self.offset = 0
        super().__init__(PDF_VERSION)

    def add(self, data: bytes) -> int:
        """Write bytes; returns where in the file they begin."""
        start = self.offset
        self._out.write(data)
        self.digest.update(data)
        self.offset = start + len(data)
        return start


class PackedDocument(PDFDocument):  # type: ignore[misc]
    """A PDFDocument whose file is packed, and goes to `out` as it comes where that is given."""

    def __init__(self, out: BinaryIO | None, lang: str) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=PDF_VERSION, lang=lang)
        self._memory = None if out else BytesIO()
        self._file = _Output(out or self._memory)  # type: ignore[arg-type]
        # Where each object is, by its number, as rows of the table at the end: a print file has a million of them.
        self._rows = bytearray(_row(0, 0, 0xFFFF))
        self._waiting: list[tuple[int, bytes]] = []
        self.page_key = 0
        """The key in the parent tree of the page that is added next."""

    def reserve(self) -> int:
        """The number of an object that is put later."""
        self.objectcounter += 1
        number: int = self.objectcounter
        return number

    def put(self, number: int, obj: PDFObject) -> None:
        """Write the object of a reserved number."""
        body = format(obj, self, toplevel=1)
        if isinstance(body, bytes) and body.endswith(b"endstream\n"):
            self._put_plain(number, body)
            return
        self._waiting.append((number, body))
        if len(self._waiting) == _OBJECTS_A_STREAM:
            self._pack()

    def current_page(self) -> int:
        """The object number of the page that is being drawn: what is written before it is complete may refer to it."""
        name = self.thisPageName()
        if name not in self.idToObjectNumberAndVersion:
            self.idToObjectNumberAndVersion[name] = (self.reserve(), 0)
        number: int = self.idToObjectNumberAndVersion[name][0]
        return number

    # What ReportLab calls

    def addPage(self, page: PDFPage) -> None:  # noqa: N802
        """Take a page that is complete, and write all that is complete with it."""
        number, name = self.current_page(), self.thisPageName()
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = self.page_key, PDFName("S")
        page.__InternalName__ = name
        self.numberToId[number], self.idToObject[name] = name, page
        self.Pages.addPage(PDFObjectReference(name))
        self.pageCounter += 1
        self.inObject = None
        growing = (self.idToObject[BasicFonts], self.Pages, self.Catalog, self.info, self.Outlines)
        self._write_registered(growing)

    def addAnnotation(self, name: str, annotation: PDFObject) -> None:  # noqa: N802
        """Take an annotation. Raises TaggingFault for one that belongs to no element of the structure."""
        if not (isinstance(annotation, PDFDictionary) and "StructParent" in annotation):
            raise TaggingFault("an annotation outside the structure: draw it by link()")
        super().addAnnotation(name, annotation)

    def getInternalFontName(self, psfontname: str) -> str:  # noqa: N802
        """ReportLab asks this for the fonts that a document names and does not embed. Raises TaggingFault."""
        raise TaggingFault(f"the font {psfontname} is not embedded: use one of handouts.pdf.fonts")

    def format(self) -> bytes:
        """The rest of the file; all of it where it went nowhere yet."""
        root, info = self.Reference(self.Catalog), self.Reference(self.info)
        ends = {"Root": root.format(self), "Info": info.format(self)}
        self._write_registered(())
        self._pack()
        self._finish(ends)
        return self._memory.getvalue() if self._memory else b""

    def _write_registered(self, growing: tuple[Any, ...]) -> None:
        """Write all objects that wait to be, but those that still grow; writing one may bring up others."""
        done: list[str] = []
        while numbers := [n for n, name in self.numberToId.items() if not _among(self.idToObject[name], growing)]:
            for number in numbers:
                name = self.numberToId.pop(number)
                self.put(number, self.idToObject[name])
                done.append(name)
        for name in done:
            # Pages are asked for by destinations and the page tree, forms and images by later pages; nothing else is.
            if name.startswith(_XOBJECT):
                continue
            del self.idToObject[name]
            if not name.startswith("Page"):
                del self.idToObjectNumberAndVersion[name]

    def _put_plain(self, number: int, body: bytes) -> None:
        """Write an object that stands alone."""
        name = f"Plain{number}"
        self.idToObjectNumberAndVersion[name] = (number, 0)
        self._place(number, _PLAIN, self._file.offset)
        self._file.add(PDFIndirectObject(name, body).format(self))
        del self.idToObjectNumberAndVersion[name]

    def _pack(self) -> None:
        """Write an object stream of those that wait."""
        if not self._waiting:
            return
        objects, self._waiting = self._waiting, []
        stream, directory, offset = self.reserve(), [], 0
        for index, (number, body) in enumerate(objects):
            self._place(number, _IN_STREAM, stream, index)
            directory.append(b"%d %d" % (number, offset))
            offset += len(body) + 1
        head = b" ".join(directory) + b"\n"
        entries = {"Type": PDFName("ObjStm"), "N": len(objects), "First": len(head)}
        data = head + b"\n".join([body for _, body in objects])
        self.put(stream, PDFStream(PDFDictionary(entries), data, [PDFZCompress]))

    def _finish(self, ends: dict[str, bytes]) -> None:
        """Write the cross-reference stream and where it begins. The identifier is a digest of all before it."""
        identifier = PDFText(MARK + self._file.digest.digest(), enc="raw")
        start, number = self._file.offset, self.reserve()
        self._place(number, _PLAIN, start)
        if missing := [n for n, kind in enumerate(self._rows[::_ROW]) if n and not kind]:
            raise TaggingFault(f"objects {missing[:10]} were never written")
        width = (start.bit_length() + 7) // 8
        entries = {
            "Type": PDFName("XRef"),
            "Size": number + 1,
            "W": PDFArray([1, width, 2]),
            "ID": PDFArray([identifier, identifier]),
            **ends,
        }
        # Places need fewer bytes in a short file: the others, all nought, are left out.
        kept = [0, *range(_PLACE + 1 - width, _ROW)]
        table = bytearray((number + 1) * len(kept))
        for to, column in enumerate(kept):
            table[to :: len(kept)] = self._rows[column::_ROW]
        self._rows.clear()
        self.put(number, PDFStream(PDFDictionary(entries), table, [PDFZCompress]))
        self._file.add(b"startxref\n%d\n%%%%EOF\n" % start)

    def _place(self, number: int, kind: int, where: int, index: int = 0) -> None:
        self._rows.extend(bytes(max(0, (number + 1) * _ROW - len(self._rows))))
        self._rows[number * _ROW : (number + 1) * _ROW] = _row(kind, where, index)


def _row(kind: int, where: int, index: int) -> bytes:
    """A row of the cross-reference table: what `index` is to an object stream, `where` is to the file."""
    return b"%c%b%b" % (kind, where.to_bytes(_PLACE, "big"), index.to_bytes(2, "big"))


def _among(obj: PDFObject, some: tuple[Any, ...]) -> bool:
    return any(obj is one for one in some)
