"""A clinic's own leaflets after a handout's pages: fitted to its paper, tagged as pictures with words, bookmarked.

What a leaflet's own tags mean cannot be vouched for, so each of its pages becomes one figure whose alternate text names
the leaflet and the page and gives the words found on it. That is less than tagged text: a document with leaflets makes
no PDF/UA claim. Links, scripts and attachments of a leaflet are left behind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from handouts.errors import FileTrouble
from handouts.pdf.reading import open_pdf

MARGIN_PT = 18.0
"""Kept free round a leaflet's page: a quarter of an inch, which printers reach."""
MOST_PAGES = 100
MOST_WORDS = 6000
"""Characters of a page's words that go into its alternate text."""
MOST_DRAWN, MOST_READ = 4_000_000, 1_000_000
"""Bytes of a page's drawing that are read through for marks, and for words."""
MOST_NESTED = 8
"""Drawings in drawings whose pictures are looked at."""
_SCAN = 0xDA
"""Begins the pixels of a JPEG."""
_NOTES = {0xFE, *range(0xE1, 0xF0)} - {0xEE}
"""Comments and what programs note, but for 0xEE, which says how the colours are to be read."""
_CLAIM = b"<pdfuaid:part>1</pdfuaid:part>"
_MARKS = (b"BDC", b"BMC", b"EMC", b"DP", b"MP")


class Leaflet(NamedTuple):
    """A PDF that can be appended, and what it is called."""

    name: str
    reader: PdfReader

    @property
    def pages(self) -> int:
        """How many pages it adds."""
        return len(self.reader.pages)


def read_leaflet(path: Path) -> Leaflet:
    """The leaflet at `path`. Raises FileTrouble for one that is missing, damaged, locked, or would print otherwise."""
    reader = open_pdf(path, locked_hint="is locked: save it without a password first")
    try:
        root: Any = reader.trailer["/Root"]
        layers, fields = "/OCProperties" in root, bool(reader.get_fields())
    except Exception as trouble:  # a broken PDF fails in its reader in more ways than can be listed
        raise FileTrouble(str(path), "is a damaged PDF") from trouble
    if fields or layers:
        what = "layers" if layers else "form fields"
        raise FileTrouble(str(path), f"has {what}, which would print otherwise: print it to a plain PDF first")
    if not 0 < len(reader.pages) <= MOST_PAGES:
        raise FileTrouble(str(path), f"has {len(reader.pages)} pages: a leaflet has 1 to {MOST_PAGES}")
    return Leaflet(path.stem.replace("_", " ").replace("-", " ").strip(), reader)


def append_leaflets(handout: bytes, leaflets: Sequence[Leaflet], words: Callable[[str, int], str]) -> bytes:
    """The handout with its leaflets' pages after its own; its structure, bookmarks, attachments and mark stay.

    Args:
        handout: a whole PDF of this program.
        leaflets: what is appended, in this order.
        words: names a page, given the leaflet's name and number.

    Raises:
        FileTrouble: a page cannot be read.
    """
    writer = PdfWriter(clone_from=BytesIO(handout))
    writer.pdf_header = "%PDF-1.7"
    own = _Appending(writer)
    for number, leaflet in enumerate(leaflets):
        try:
            own.append(leaflet, chr(ord("A") + number % 26), words)
        except FileTrouble:
            raise
        except Exception as trouble:  # as above
            raise FileTrouble(leaflet.name, "the leaflet is damaged") from trouble
    own.drop_claim()
    whole = BytesIO()
    writer.write(whole)
    return whole.getvalue()


class _Appending:
    """One handout being lengthened."""

    def __init__(self, writer: PdfWriter) -> None:
        writing: Any = writer  # what a PDF holds has no types
        self._writer = writing
        self._root: Any = writing.root_object
        self._tree: Any = self._root["/StructTreeRoot"]
        document = self._tree["/K"]
        self._document = (document[0] if isinstance(document, list) else document).get_object()
        box = writer.pages[0].mediabox
        self._paper = (float(box.width), float(box.height))

    def append(self, leaflet: Leaflet, letter: str, words: Callable[[str, int], str]) -> None:
        """All pages of one leaflet, as a Part of the document."""
        first = len(self._writer.pages)
        figures = ArrayObject()
        part = _dictionary(
            Type=NameObject("/StructElem"), S=NameObject("/Part"), P=self._document.indirect_reference, K=figures
        )
        placed = self._writer._add_object(part)
        for number, page in enumerate(leaflet.reader.pages, start=1):
            figures.append(self._page(page, placed, words(leaflet.name, number)))
        kids = self._document["/K"]  # a single kid stands there alone
        if not isinstance(kids, ArrayObject):
            kids = ArrayObject([self._document.raw_get("/K")])
            self._document[NameObject("/K")] = kids
        kids.append(placed)
        label = _dictionary(S=NameObject("/D"), St=NumberObject(1), P=TextStringObject(f"{letter}-"))
        self._root["/PageLabels"]["/Nums"].extend([NumberObject(first), label])
        self._writer.add_outline_item(title=leaflet.name, page_number=first)

    def drop_claim(self) -> None:
        """The handout's pages still hold what PDF/UA asks for; the document as a whole no longer says so."""
        old = self._root["/Metadata"]
        new = DecodedStreamObject()
        new.update({NameObject(key): old[key] for key in ("/Type", "/Subtype")})
        new.set_data(old.get_data().replace(_CLAIM, b""))
        self._root[NameObject("/Metadata")] = self._writer._add_object(new)

    def _page(self, page: PageObject, part: Any, alt: str) -> Any:
        """One page of ours that shows a leaflet's page; returns its figure."""
        found = _words_on(page)
        form = self._form(page)
        matrix, box = self._fitted(page)
        blank = self._writer.add_blank_page(*self._paper)
        content = ContentStream(None, None)
        content.operations = [
            ([NameObject("/Figure"), _dictionary(MCID=NumberObject(0))], b"BDC"),
            ([], b"q"),
            (_numbers(matrix, 5), b"cm"),
            ([NameObject("/L")], b"Do"),
            ([], b"Q"),
            ([], b"EMC"),
        ]
        key = int(self._tree["/ParentTreeNextKey"])
        blank.update(
            _dictionary(
                Contents=self._writer._add_object(content),
                Resources=_dictionary(XObject=_dictionary(L=form)),
                StructParents=NumberObject(key),
                Tabs=NameObject("/S"),
            )
        )
        layout = _dictionary(O=NameObject("/Layout"), Placement=NameObject("/Block"), BBox=_numbers(box, 2))
        figure = self._writer._add_object(
            _dictionary(
                Type=NameObject("/StructElem"),
                S=NameObject("/Figure"),
                P=part,
                Pg=blank.indirect_reference,
                K=ArrayObject([NumberObject(0)]),
                A=layout,
                Alt=TextStringObject(f"{alt}. {found}" if found else alt),
            )
        )
        owners = self._writer._add_object(ArrayObject([figure]))
        self._tree["/ParentTree"]["/Nums"].extend([NumberObject(key), owners])
        self._tree[NameObject("/ParentTreeNextKey")] = NumberObject(key + 1)
        return figure

    def _form(self, page: PageObject) -> Any:
        """The leaflet's page as a drawing, without the marks of its own tags."""
        contents = page.get_contents()
        form: StreamObject = DecodedStreamObject()
        form.set_data(_unmarked(contents, page) if contents is not None else b"")
        resources: DictionaryObject = page.get("/Resources", DictionaryObject()).get_object()
        _drop_notes(resources)  # before it is copied: what is copied once stays in the file
        box = [float(edge) for edge in page.cropbox]
        form.update(
            _dictionary(
                Type=NameObject("/XObject"),
                Subtype=NameObject("/Form"),
                BBox=_numbers(box, 5),
                Resources=resources.clone(self._writer),
            )
        )
        return self._writer._add_object(form.flate_encode())

    def _fitted(self, page: PageObject) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """The matrix that sets a page upright in the middle of our paper, never enlarged, and the box it then fills."""
        edges = page.cropbox
        left, bottom, right, top = (float(edge) for edge in (edges.left, edges.bottom, edges.right, edges.top))
        upright = {
            0: (1, 0, 0, 1, -left, -bottom),
            90: (0, -1, 1, 0, -bottom, right),
            180: (-1, 0, 0, -1, right, top),
            270: (0, 1, -1, 0, top, -left),
        }[page.rotation % 360]
        wide, high = (right - left, top - bottom) if upright[0] else (top - bottom, right - left)
        same = abs(wide - self._paper[0]) < 1 and abs(high - self._paper[1]) < 1
        room = [side - 2 * MARGIN_PT for side in self._paper]
        scale = 1.0 if same else min(1.0, room[0] / wide, room[1] / high)
        x, y = (self._paper[0] - wide * scale) / 2, (self._paper[1] - high * scale) / 2
        a, b, c, d, e, f = (value * scale for value in upright)
        return (a, b, c, d, e + x, f + y), (x, y, x + wide * scale, y + high * scale)


def _drop_notes(resources: Any, depth: int = 0) -> None:
    """Take out of the pictures of a page what a camera or program noted in them, such as where they were taken."""
    drawn = resources.get("/XObject")
    for thing in drawn.get_object().values() if drawn is not None and depth < MOST_NESTED else ():
        found = thing.get_object()
        for name in ("/Metadata", "/PieceInfo"):
            found.pop(name, None)
        if found.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
            found._data = without_notes(found._data)
        if found.get("/Subtype") == "/Form" and "/Resources" in found:
            _drop_notes(found["/Resources"].get_object(), depth + 1)


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG without the segments that show nothing; one that cannot be followed stays as it is."""
    kept, at = [jpeg[:2]], 2
    while jpeg[at : at + 1] == b"\xff" and at + 4 <= len(jpeg):
        kind, end = jpeg[at + 1], at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if kind == _SCAN:
            return b"".join([*kept, jpeg[at:]])
        if kind not in _NOTES:
            kept.append(jpeg[at:end])
        at = end
    return jpeg


def _dictionary(**entries: Any) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def _numbers(values: Sequence[float], digits: int) -> ArrayObject:
    return ArrayObject([FloatObject(f"{value:.{digits}f}") for value in values])


def _words_on(page: PageObject) -> str:
    """The words of a page as far as they can be read; nothing rather than a jumble of signs."""
    try:
        contents = page.get_contents()
        if contents is None or len(contents.get_data()) > MOST_READ:
            return ""
        text = " ".join(page.extract_text().split())
    except Exception:  # a font without a table of its letters must not cost the leaflet
        return ""
    legible = sum(sign.isalnum() or sign in " .,;:!?()'\"-–%/" for sign in text)
    return text[:MOST_WORDS] if text.isprintable() and legible >= 0.9 * len(text) else ""


def _unmarked(contents: Any, page: PageObject) -> bytes:
    """A content stream without marked content: its numbers would point into the structure of another document."""
    data: bytes = contents.get_data()
    if b"BDC" not in data and b"BMC" not in data:
        return data
    if len(data) > MOST_DRAWN:
        raise FileTrouble("leaflet", "a page's drawing is too large: print it to a plain PDF first")
    stream = ContentStream(contents, page.pdf)
    stream.operations = [step for step in stream.operations if step[1] not in _MARKS]
    unmarked: bytes = stream.get_data()
    return unmarked
