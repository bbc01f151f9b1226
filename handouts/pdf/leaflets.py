"""A clinic's own leaflets after a handout's pages: fitted to its paper, tagged as pictures with words, bookmarked.

What a leaflet's own tags mean cannot be vouched for, so each of its pages becomes one figure whose alternate text names
the leaflet and the page and gives the words found on it. That is less than tagged text: a document with leaflets makes
no PDF/UA claim. Annotations are drawn as they look; one that would lose something is refused by name, and so are forms
and layers. Links, scripts and attachments of a leaflet are left behind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ContentStream,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from handouts.errors import FileTrouble
from handouts.pdf.program_seal import PROGRAM_NAME
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
_HIDDEN, _FOR_PAPER, _NOT_FOR_SCREEN = 2, 4, 32
"""Flags of an annotation."""
_LEFT_BEHIND = {"/Link", "/Popup", "/PrinterMark", "/TrapNet"}
"""Annotations that show nothing of their own on paper."""
_LOST = {
    "/Text": "a sticky note",
    "/FileAttachment": "an attached file",
    "/Redact": "a redaction that is not applied",
    "/Sound": "sound",
    "/Movie": "a film",
    "/Screen": "a film",
    "/RichMedia": "a film",
    "/3D": "a model in 3D",
    "/Widget": "a form field",
}
"""Annotations that hold more than they show."""
_MARKS = (b"BDC", b"BMC", b"EMC", b"DP", b"MP")


def _dictionary(**entries: Any) -> DictionaryObject:
    """A dictionary of a PDF, in which a plain string is a name, such as "/Figure", and a plain number is one."""

    def made(value: Any) -> Any:
        if isinstance(value, PdfObject):
            return value
        return NameObject(value) if isinstance(value, str) else NumberObject(value)

    return DictionaryObject({NameObject(f"/{key}"): made(value) for key, value in entries.items()})


_NOTHING = _dictionary(
    Type="/XObject", Subtype="/Image", Width=1, Height=1, ImageMask=BooleanObject(True), BitsPerComponent=1
)
"""A picture that paints nothing, in each figure: Chrome reads the words of pictures alone."""


class Leaflet(NamedTuple):
    """A PDF that can be appended, and what it is called.

    `is_handout`: it carries a program of its own. `spoken`: its words by language (BCP 47), where these are known.
    """

    name: str
    reader: PdfReader
    is_handout: bool
    spoken: Mapping[str, str] = {}

    @property
    def pages(self) -> int:
        """How many pages it adds."""
        return len(self.reader.pages)


def read_leaflet(path: Path) -> Leaflet:
    """The leaflet at `path`. Raises FileTrouble for one that is missing, damaged, locked, or would print otherwise."""
    reader = open_pdf(path, locked_hint="is locked: save it without a password first")
    try:
        root: Any = reader.trailer["/Root"]
        form: Any = root.get("/AcroForm", {})
        held = {
            "an XFA form": "/XFA" in form,
            "form fields": any(field.get("/FT") != "/Sig" for field in (reader.get_fields() or {}).values()),
            "layers": "/OCProperties" in root,
        }
        # The names alone: what is attached is left behind, and may be a flood once it is unpacked.
        is_handout = PROGRAM_NAME in list(reader.attachments)
        count = len(reader.pages)
        for number, page in enumerate(reader.pages[:MOST_PAGES], start=1):
            held |= {f"{lost} on page {number}": True for lost in map(_lost, _seen(page)) if lost}
    except Exception as trouble:  # a broken PDF fails in its reader in more ways than can be listed
        raise FileTrouble(str(path), "is a damaged PDF") from trouble
    for what, there in held.items():
        if there:
            raise FileTrouble(str(path), f"has {what}, which would print otherwise: print it to a plain PDF first")
    if not 0 < count <= MOST_PAGES:
        raise FileTrouble(str(path), f"has {count} pages: a leaflet has 1 to {MOST_PAGES}")
    return Leaflet(path.stem.replace("_", " ").replace("-", " ").strip(), reader, is_handout)


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
        nothing = DecodedStreamObject()
        nothing.set_data(b"\x80")
        nothing.update(_NOTHING)
        self._stencil = writer._add_object(nothing)

    def append(self, leaflet: Leaflet, letter: str, words: Callable[[str, int], str]) -> None:
        """All pages of one leaflet, as a Part of the document."""
        first = len(self._writer.pages)
        figures = ArrayObject()
        part = _dictionary(Type="/StructElem", S="/Part", P=self._document.indirect_reference, K=figures)
        placed = self._writer._add_object(part)
        for number, page in enumerate(leaflet.reader.pages, start=1):
            figures.extend(self._page(page, placed, words(leaflet.name, number), leaflet.spoken, first=number == 1))
        kids = self._document["/K"]  # a single kid stands there alone
        if not isinstance(kids, ArrayObject):
            kids = ArrayObject([self._document.raw_get("/K")])
            self._document[NameObject("/K")] = kids
        kids.append(placed)
        label = _dictionary(S="/D", St=1, P=TextStringObject(f"{letter}-"))
        self._root["/PageLabels"]["/Nums"].extend([NumberObject(first), label])
        self._writer.add_outline_item(title=leaflet.name, page_number=first)

    def drop_claim(self) -> None:
        """The handout's pages still hold what PDF/UA asks for; the document as a whole no longer says so."""
        old = self._root["/Metadata"]
        new = DecodedStreamObject()
        new.update({NameObject(key): old[key] for key in ("/Type", "/Subtype")})
        new.set_data(old.get_data().replace(_CLAIM, b""))
        self._root[NameObject("/Metadata")] = self._writer._add_object(new)

    def _page(self, page: PageObject, part: Any, name: str, spoken: Mapping[str, str], *, first: bool) -> list[Any]:
        """One page of ours that shows a leaflet's page; returns its figures, the `first` with one for each language."""
        typed = [str(one.get("/Contents", "")) for one in _seen(page) if one["/Subtype"] == "/FreeText"]
        found = "" if spoken else " ".join(" ".join([_words_on(page), *typed]).split())
        alts = [("", f"{name}. {found}" if found else name), *(spoken.items() if first else ())]
        form = self._annotated(page, self._form(page))
        matrix, box = self._fitted(page)
        blank = self._writer.add_blank_page(*self._paper)
        left, bottom, right, top = box
        content = ContentStream(None, None)
        for number in range(len(alts)):
            content.operations += [
                ([NameObject("/Figure"), _dictionary(MCID=number)], b"BDC"),
                *([] if number else _drawn(matrix, "/L")),
                *_drawn((right - left, 0, 0, top - bottom, left, bottom), "/N"),
                ([], b"EMC"),
            ]
        key = int(self._tree["/ParentTreeNextKey"])
        shown = _dictionary(XObject=_dictionary(L=form, N=self._stencil))
        drawn = self._writer._add_object(content)
        blank.update(_dictionary(Contents=drawn, Resources=shown, StructParents=key, Tabs="/S"))
        layout = _dictionary(O="/Layout", Placement="/Block", BBox=_numbers(box, 2))
        figures = []
        for number, (lang, alt) in enumerate(alts):
            kids, spoken_in = ArrayObject([NumberObject(number)]), {"Lang": TextStringObject(lang)} if lang else {}
            figure = _dictionary(
                Type="/StructElem", S="/Figure", P=part, Pg=blank.indirect_reference, K=kids, A=layout,
                Alt=TextStringObject(alt), **spoken_in,
            )  # fmt: skip
            figures.append(self._writer._add_object(figure))
        owners = self._writer._add_object(ArrayObject(figures))
        self._tree["/ParentTree"]["/Nums"].extend([NumberObject(key), owners])
        self._tree[NameObject("/ParentTreeNextKey")] = NumberObject(key + 1)
        return figures

    def _form(self, page: PageObject) -> Any:
        """The leaflet's page as a drawing, without the marks of its own tags."""
        contents = page.get_contents()
        form: StreamObject = DecodedStreamObject()
        form.set_data(_unmarked(contents, page) if contents is not None else b"")
        resources: DictionaryObject = page.get("/Resources", DictionaryObject()).get_object()
        _drop_notes(resources)  # before it is copied: what is copied once stays in the file
        group: Any = page.get("/Group")
        if group is not None:  # how what is see-through is mixed
            form[NameObject("/Group")] = group.get_object().clone(self._writer)
        return self._add_form(form, page, resources.clone(self._writer))

    def _annotated(self, page: PageObject, form: Any) -> Any:
        """The page's drawing with its annotations over it, each by its appearance."""
        drawn, steps = DictionaryObject({NameObject("/P"): form}), [b"/P Do"]
        for number, one in enumerate(_seen(page)):
            appearance = _appearance(one)
            if appearance is None:
                continue
            matrix = _placed(appearance, [float(edge) for edge in one["/Rect"]])
            if matrix:
                _drop_notes(appearance.get("/Resources", DictionaryObject()).get_object())
                drawn[NameObject(f"/A{number}")] = appearance.clone(self._writer).indirect_reference
                steps.append(b"q %s cm /A%d Do Q" % (" ".join(f"{value:.5f}" for value in matrix).encode(), number))
        if len(drawn) == 1:
            return form
        over = DecodedStreamObject()
        over.set_data(b"\n".join(steps))
        return self._add_form(over, page, _dictionary(XObject=drawn))

    def _add_form(self, form: StreamObject, page: PageObject, resources: Any) -> Any:
        """A form XObject as large as the page."""
        form.update(_dictionary(Type="/XObject", Subtype="/Form", BBox=_numbers(_edges(page), 5), Resources=resources))
        return self._writer._add_object(form.flate_encode())

    def _fitted(self, page: PageObject) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """The matrix that sets a page upright in the middle of our paper, never enlarged, and the box it then fills."""
        left, bottom, right, top = _edges(page)
        upright = {
            0: (1, 0, 0, 1, -left, -bottom),
            90: (0, -1, 1, 0, -bottom, right),
            180: (-1, 0, 0, -1, right, top),
            270: (0, 1, -1, 0, top, -left),
        }[page.rotation % 360]
        wide, high = (right - left, top - bottom) if upright[0] else (top - bottom, right - left)
        unit = float(page.user_unit)  # of a poster, more than a point
        same = abs(wide * unit - self._paper[0]) < 1 and abs(high * unit - self._paper[1]) < 1
        room = [side - 2 * MARGIN_PT for side in self._paper]
        scale = unit if same else min(unit, room[0] / wide, room[1] / high)
        x, y = (self._paper[0] - wide * scale) / 2, (self._paper[1] - high * scale) / 2
        a, b, c, d, e, f = (value * scale for value in upright)
        return (a, b, c, d, e + x, f + y), (x, y, x + wide * scale, y + high * scale)


def _edges(page: PageObject) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of what is shown of a page, in whichever order its corners are written."""
    x1, y1, x2, y2 = (float(edge) for edge in page.cropbox)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _seen(page: PageObject) -> list[Any]:
    """The annotations of a page that can be seen, on a screen or on paper."""
    found = [one.get_object() for one in page.get("/Annots", ArrayObject()).get_object()]
    return [one for one in found if one.get("/Subtype") not in _LEFT_BEHIND and _is_shown(one) and "/Rect" in one]


def _is_shown(annotation: Any) -> bool:
    flags = int(annotation.get("/F", 0))
    return not flags & _HIDDEN and (not flags & _NOT_FOR_SCREEN or bool(flags & _FOR_PAPER))


def _lost(annotation: Any) -> str:
    """What of an annotation would be lost if it were drawn as it looks; nothing for most."""
    kind = annotation.get("/Subtype", "/unknown")
    left, bottom, right, top = (float(edge) for edge in annotation["/Rect"])
    has_area = left != right and bottom != top
    if kind in _LOST and (has_area or kind != "/Widget"):  # a signature that nobody sees is a field without area
        return _LOST[kind]
    return f"an annotation ({kind[1:]}) without an appearance" if has_area and _appearance(annotation) is None else ""


def _appearance(annotation: Any) -> Any:
    """The form XObject that an annotation looks like in the state that it is in, if it has one."""
    normal = annotation.get("/AP", DictionaryObject()).get_object().get("/N")
    normal = normal.get_object() if normal is not None else None
    if normal is not None and not isinstance(normal, StreamObject):
        state = normal.get(annotation.get("/AS"))
        normal = state.get_object() if state is not None else None
    return normal


def _placed(appearance: Any, rect: Sequence[float]) -> tuple[float, ...] | None:
    """The matrix that sets an appearance into its rectangle (ISO 32000-1, 12.5.5); None when nothing is seen of it."""
    left, bottom, right, top = (float(edge) for edge in appearance["/BBox"])
    a, b, c, d, e, f = (float(part) for part in appearance.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    (x1, *_, x2), (y1, *_, y2) = (sorted(values) for values in zip(*corners, strict=True))
    if x1 == x2 or y1 == y2:
        return None
    across = abs(rect[2] - rect[0]) / (x2 - x1)
    up = abs(rect[3] - rect[1]) / (y2 - y1)
    return across, 0, 0, up, min(rect[0], rect[2]) - x1 * across, min(rect[1], rect[3]) - y1 * up


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


def _drawn(matrix: Sequence[float], name: str) -> list[Any]:
    """The steps that draw an object of a page, which a matrix sets in its place."""
    return [([], b"q"), (_numbers(matrix, 5), b"cm"), ([NameObject(name)], b"Do"), ([], b"Q")]


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
