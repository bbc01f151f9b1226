"""The accessible canvas: a ReportLab canvas whose pages are drawn with their meaning. Same calls, same bytes.

Text belongs to the innermost open tag; drawing it elsewhere is an error. Graphics are artifacts unless a figure is
open. Everything else is ReportLab's: coordinates in points from the lower left corner under the current transformation,
its graphics state, its flowables, which draw here as on any canvas. Marked content is written by this module alone.
Knows no exercise and no language's words.

ReportLab's private names are used in this module alone, which no release note promises to keep; a test holds that they
are there. Of `Canvas`: `_addAnnotation`, `_code` (the operators of the page), `_doc` (its document), `_escape`,
`_fillColorObj`, `_fontname` and `_fontsize` (what is set). Of `PDFTextObject`: `_formatText` and `_textOut` (through
which all its text goes) and `_fontsize`.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any, BinaryIO, Generic, Literal, TypeVar

from reportlab import rl_config
from reportlab.lib.rl_accel import escapePDF
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from handouts.cache import BITMAPS, DRAWINGS
from handouts.drawing import Colours, Drawing, Rgb, replay
from handouts.pdf.fonts import BASE_FONT, Weight, face
from handouts.pdf.metadata import About, AttachedFile, Info, Outline, Relationship, file_specification, xmp
from handouts.pdf.packed_document import PDF_VERSION, PackedDocument
from handouts.pdf.structure import (
    HEADINGS,
    HOLDS_TEXT,
    Annotation,
    Element,
    ListNumbering,
    Mark,
    Scope,
    StructureTree,
)
from handouts.pdf.tagging_errors import ForbiddenLink, MisplacedTag, MissingWords, UnbalancedCalls, UntaggedText

Box = tuple[float, float, float, float]
"""Left, bottom, width and height in points, under the current transformation."""

_ESCAPED = [escapePDF(bytes((code,))) for code in range(256)]

_OPENS = ("https://", "http://", "mailto:", "tel:")


class Artifact:
    """A stretch of drawing that is read to nobody."""

    __slots__ = ("opening",)

    def __init__(self, kind: Literal["Header", "Footer"] | None) -> None:
        self.opening = f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC" if kind else "/Artifact BMC"


_GRAPHICS = Artifact(None)
_Opened = TypeVar("_Opened", bound="Element | Artifact")


class _Open(Generic[_Opened]):
    """Holds an element or artifact open while its block runs; `then` is called when the block has ended well.

    A class, not a generator: a handout opens a thousand of these.
    """

    __slots__ = ("_opened", "_scopes", "_then")

    def __init__(
        self, scopes: list[Element | Artifact], opened: _Opened, then: Callable[[Element], object] | None = None
    ) -> None:
        self._scopes, self._opened, self._then = scopes, opened, then

    def __enter__(self) -> _Opened:
        self._scopes.append(self._opened)
        return self._opened

    def __exit__(self, fault: object, *_: object) -> None:
        if fault is None:
            self._scopes.pop()
            if self._then is not None and isinstance(self._opened, Element):
                self._then(self._opened)


class _TaggedText(PDFTextObject):  # type: ignore[misc]
    """A ReportLab text object that knows its words, and ends the lines of a Paragraph with a space.

    A screen reader joins the last word of a line and the first of the next without one.
    """

    def __init__(self, canvas: TaggedCanvas, x: float, y: float, direction: str | None) -> None:
        self.words, self._start = "", y
        super().__init__(canvas, x, y, direction=direction)

    @property
    def top(self) -> float:
        """A height above the first line."""
        height: float = self._start + self._fontsize
        return height

    def _formatText(self, text: str) -> str:  # noqa: N802
        self.words += text
        operators: str = super()._formatText(text)
        return operators

    def _textOut(self, text: str, TStar: int = 0) -> None:  # noqa: N802, N803
        super()._textOut(text + " " if TStar else text, TStar)


def _painting(name: str) -> Callable[..., Any]:
    """A call of ReportLab's canvas that paints: the same, inside an artifact or the figure that is open."""
    paint = getattr(Canvas, name)

    def marked(self: TaggedCanvas, *arguments: Any, **options: Any) -> Any:
        self._mark_graphics()
        self._holding += 1
        try:
            return paint(self, *arguments, **options)
        finally:
            self._holding -= 1

    marked.__name__, marked.__doc__ = name, paint.__doc__
    return marked


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """A document being drawn, page after page. `finish` gives its bytes.

    Args:
        out: a file open for writing, to which the bytes go as they come; None to have them from `finish`.
        page_size: width and height in points.
        title: the document's title. Raises MissingWords when there is none.
        lang: its language (BCP 47).
        date: its date, the only one it bears.
        author: who made it.
        subject: what it is about.
    """

    def __init__(
        self,
        out: BinaryIO | None,
        page_size: tuple[float, float],
        *,
        title: str,
        lang: str,
        date: dt.date,
        author: str = "",
        subject: str = "",
    ) -> None:
        if not title.strip():
            raise MissingWords("Document", "title")
        rl_config.useA85 = 0  # by default ReportLab writes streams as text, a quarter larger
        face("regular")  # BASE_FONT must be registered
        self._holding = 0  # > 0 while a call is painting, or a form being defined: its operators are not to be parted
        self._mark: Element | Artifact | None = None
        super().__init__(
            BytesIO(), pagesize=page_size, pageCompression=1, invariant=1, initialFontName=BASE_FONT,
            pdfVersion=PDF_VERSION,
        )  # fmt: skip
        self._doc: PackedDocument = PackedDocument(out, lang)
        self._about = About(title, author, subject, date, lang)
        self._tree = StructureTree(self._doc, lang)
        self._scopes: list[Element | Artifact] = [self._tree.document]
        self._outline = Outline()
        self._owners: list[Element] = []
        self._drawings: dict[object, str] = {}
        self._labels: list[int] = []
        self._label = 1
        self._attached: list[AttachedFile] = []
        self._places: dict[str, PDFArray] = {}
        self._finished = False

    # Meaning

    def tag(
        self,
        tag: str,
        *,
        alt: str | None = None,
        lang: str | None = None,
        scope: Scope | None = None,
        list_numbering: ListNumbering | None = None,
        row_span: int = 1,
        column_span: int = 1,
        bookmark: str | None = None,
        id: str | None = None,  # noqa: A002 - PDF's own word
        headers: Sequence[str] = (),
    ) -> _Open[Element]:
        """Open a new structure element, last in the one that is open; reading order is the order of opening.

        Args:
            tag: its standard structure type, such as "P" or "H2"; a figure is opened by `figure`.
            alt: words in place of its content.
            lang: its language (BCP 47) where that differs from the words around.
            scope: "Column", "Row" or "Both", for TH.
            list_numbering: "None", "Disc" or "Decimal", for L.
            row_span: rows that a cell covers.
            column_span: columns that a cell covers.
            bookmark: a heading's words among the bookmarks, in place of its own; or the name of a Part, which stands
                above its headings.
            id: the name of a cell, for `headers`; one of its kind in a Part.
            headers: names of the cells that are headers of a TH or TD.

        Returns:
            A context manager that gives the element. A Part is written and closed for good when it ends.

        Raises:
            TaggingFault: MisplacedTag, SkippedHeading or MissingWords.
        """
        if tag == "Figure":
            raise MisplacedTag(tag, "tag()", "use figure()")
        element = self._tree.open(
            tag, self._element(tag), alt=alt, lang=lang, scope=scope, list_numbering=list_numbering,
            row_span=row_span, column_span=column_span, id=id, headers=headers,
        )  # fmt: skip
        element.bookmark = bookmark
        if tag == "Part" and bookmark:
            self._outline.begin_part(bookmark)
        return _Open(self._scopes, element, self._close if tag == "Part" else None)

    def reopen(self, element: Element) -> _Open[Element]:
        """Go on with an element opened before: on the next page, or to draw a cell later."""
        if element.written:
            raise UnbalancedCalls(f"reopen: {element} is already written")
        if self._element(element.tag).tag == "Figure":
            raise MisplacedTag(element.tag, "Figure")
        return _Open(self._scopes, element)

    def artifact(self, kind: Literal["Header", "Footer"] | None = None) -> _Open[Artifact]:
        """What is drawn here is not read: running lines ("Header", "Footer"), repeated table heads, decoration."""
        if self._in_figure():
            raise MisplacedTag("artifact", "Figure")
        outer = self._scopes[-1]
        return _Open(self._scopes, outer if isinstance(outer, Artifact) else Artifact(kind))

    def figure(self, alt: str, box: Box) -> _Open[Element]:
        """A picture: everything drawn here is one Figure with these words for those who cannot see it.

        A picture that only decorates goes in an artifact. Raises MissingWords without words.
        """
        element = self._tree.open("Figure", self._element("Figure"), alt=alt, box=self._on_paper(box))
        return _Open(self._scopes, element, self._end_mark)

    def link(self, url: str, description: str, box: Box) -> None:
        """Make a box of the page open `url`; once for each line of the Link element that is open.

        `description` says to a screen reader where the link goes. Raises ForbiddenLink unless web, mail or telephone.
        """
        if not url.startswith(_OPENS) or not url.isascii():
            raise ForbiddenLink(url)
        with self._annotated("link()", description) as key:
            self.linkURL(url, self._on_paper(box), Contents=PDFString(description), F=4, StructParent=key)

    def link_within(self, place: str, description: str, box: Box) -> None:
        """The same, to a place in this document that `mark_place` names, before or after."""
        with self._annotated("link_within()", description) as key:
            annotation = {
                "Type": PDFName("Annot"), "Subtype": PDFName("Link"), "Rect": PDFArray(self._on_paper(box)),
                "Border": PDFArray((0, 0, 0)), "Dest": PDFName(place), "Contents": PDFString(description),
                "F": 4, "StructParent": key,
            }  # fmt: skip
            self._addAnnotation(PDFDictionary(annotation))

    def mark_place(self, place: str, y: float) -> None:
        """Name a height of the page at hand, for `link_within`."""
        top = round(self.absolutePosition(0, y)[1], 2)
        page = f"{self._doc.current_page()} 0 R"
        self._places[place] = PDFArray((page, PDFName("XYZ"), "null", top, "null"))

    @contextmanager
    def _annotated(self, call: str, description: str) -> Iterator[int]:
        """The key in the ParentTree of an annotation that is made here for the Link element that is open."""
        element = self._element(call)
        if element.tag != "Link":
            raise MisplacedTag(call, element.tag, "open a Link first")
        if not description.strip():
            raise MissingWords("Link", "description")
        yield self._tree.new_key(element)
        number = self._doc.objectcounter  # the annotation is the document's latest object
        element.kids.append(Annotation(self._doc.current_page(), number))

    # Text

    def draw_text(
        self,
        x: float,
        baseline: float,
        text: str,
        weight: Weight,
        size: float,
        colour: Rgb,
        fallback: bool = False,
        line_end: bool = False,
    ) -> None:
        """Draw one line, or a piece of one.

        Args:
            x: where it begins.
            baseline: the height of its baseline.
            text: the characters, never markup.
            weight: the weight of its face.
            size: type size in points.
            colour: red, green and blue.
            fallback: whether it is set in the fallback family.
            line_end: add the space that parts it from the line that follows.

        Raises:
            UntaggedText: no element that holds text is open.
            UnprintableText: the face lacks a character.
        """
        if not text:
            return
        font = face(weight, fallback).key
        if colour != self._fillColorObj:
            self.setFillColor(colour)
        if font != self._fontname or size != self._fontsize:
            self.setFont(font, size)
        words = self.beginText(x, baseline)
        words.textLine(text + " " if line_end else text)
        self.drawText(words)

    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> _TaggedText:  # noqa: N802
        """A ReportLab text object, to be drawn by `drawText`."""
        return _TaggedText(self, x, y, direction)

    def drawText(self, aTextObject: _TaggedText) -> None:  # noqa: N802, N803
        """Draw a text object; its words belong to the innermost open tag. Raises UntaggedText where none holds text."""
        words = aTextObject.words
        scope = self._scopes[-1]
        if words:
            if self._holding:
                raise UntaggedText(words, "form")
            if isinstance(scope, Element):
                if scope.tag not in HOLDS_TEXT:
                    raise UntaggedText(words, None if scope is self._tree.document else scope.tag)
                if scope.tag in HEADINGS:
                    top = self.absolutePosition(0, aTextObject.top)[1]
                    for key in self._outline.note(scope, words):
                        self.bookmarkPage(key, fit="XYZ", top=round(top, 2))
            self._begin_mark(scope)
        super().drawText(aTextObject)

    def _escape(self, s: bytes) -> str:
        """A string as it stands in an operator. By a table: ReportLab's own, sign by sign, takes 3 ms a handout."""
        return s.decode("latin-1").translate(_ESCAPED)

    # Graphics

    line = _painting("line")
    lines = _painting("lines")
    bezier = _painting("bezier")
    arc = _painting("arc")
    rect = _painting("rect")
    ellipse = _painting("ellipse")
    wedge = _painting("wedge")
    roundRect = _painting("roundRect")  # noqa: N815
    drawPath = _painting("drawPath")  # noqa: N815
    clipPath = _painting("clipPath")  # noqa: N815
    shade = _painting("shade")
    doForm = _painting("doForm")  # noqa: N815
    drawImage = _painting("drawImage")  # noqa: N815
    drawInlineImage = _painting("drawInlineImage")  # noqa: N815

    def draw_drawing(
        self,
        drawing: Drawing,
        colours: Colours,
        x: float,
        y: float,
        width: float,
        height: float,
        line_scale: float = 1.0,
    ) -> None:
        """Paint a drawing, scaled into a box from its lower left corner. It is stored once in the document.

        Drawings are told apart by their keys, colours and `line_scale`, by which their outlines are widened.
        """
        name = self._form(drawing, colours, line_scale)
        self._mark_graphics()
        self._holding += 1
        self.saveState()
        self.transform(width / drawing.width, 0, 0, height / drawing.height, x, y)
        self.doForm(name)
        self.restoreState()
        self._holding -= 1

    def draw_bitmap(self, image: bytes, x: float, y: float, width: float, height: float) -> None:
        """Paint a PNG or JPEG file, scaled into a box from its lower left corner; equal ones are stored once."""
        reader = BITMAPS.get(image, lambda: ImageReader(BytesIO(image)))
        self.drawImage(reader, x, y, width, height, mask="auto")

    def _form(self, drawing: Drawing, colours: Colours, line_scale: float) -> str:
        """The name of the form XObject that a drawing is in this document."""
        key = (drawing.key, tuple(sorted(colours.items())), line_scale)
        name = self._drawings.get(key)
        if name is None:
            name = self._drawings[key] = f"D{len(self._drawings)}"
            operators = DRAWINGS.get(key, lambda: _operators(drawing, colours, line_scale))
            kind = {"Type": PDFName("XObject"), "Subtype": PDFName("Form"), "Filter": PDFName("FlateDecode")}
            box = PDFArray([0, 0, drawing.width, drawing.height])
            self._doc.addForm(name, PDFStream(PDFDictionary({**kind, "BBox": box, "Resources": "<<>>"}), operators))
        return name

    def saveState(self) -> None:  # noqa: N802
        """ReportLab's; marked content never begins outside and ends inside."""
        if not self._holding:
            self._end_mark()
        super().saveState()

    def restoreState(self) -> None:  # noqa: N802
        """ReportLab's; marked content never begins inside and ends outside."""
        if not self._holding:
            self._end_mark()
        super().restoreState()

    def beginForm(self, name: str, *box: float | None, **options: float | None) -> None:  # noqa: N802
        """ReportLab's; what is drawn into a form is marked where the form is painted."""
        if not self._code:
            self._code.append("")  # ReportLab forgets the links of a page on which nothing is drawn before a form
        self._holding += 1
        super().beginForm(name, *box, **options)

    def endForm(self, **extra_attributes: object) -> None:  # noqa: N802
        """ReportLab's."""
        super().endForm(**extra_attributes)
        self._holding -= 1

    # Pages

    def setPageSize(self, size: tuple[float, float]) -> None:  # noqa: N802
        """The pages that follow have this size. Raises UnbalancedCalls on a page that is begun."""
        if self._code:
            raise UnbalancedCalls("setPageSize: a page is begun")
        super().setPageSize(size)

    def page_label(self, number: int) -> None:
        """The printed number of the page at hand; without it, one more than the last page's."""
        self._label = number

    def showPage(self) -> None:  # noqa: N802
        """End the page. Open tags stay open and go on over the next page, an open artifact or figure may not."""
        if isinstance(self._scopes[-1], Artifact) or self._in_figure() or self._holding or self.state_stack:
            raise UnbalancedCalls("showPage: an artifact, a figure, a form or a saved state is open")
        self._end_mark()
        self._labels.append(self._label)
        self._label += 1
        self._doc.page_key = self._tree.new_key()
        self._tree.own(self._doc.page_key, self._owners)
        self._owners = []
        super().showPage()

    # The document

    def attach(self, name: str, data: bytes, mime: str, description: str, relationship: Relationship = "Data") -> None:
        """Carry a file inside the document. `relationship` says what it is to the pages."""
        self._attached.append(AttachedFile(name, data, mime, description, relationship))

    def save(self) -> None:
        """Nothing: Platypus calls this at the end of a story, and another may follow. `finish` ends the document."""

    def finish(self) -> bytes:
        """End the document; nothing may follow.

        Returns:
            All of it, or nothing when it went to a file of its own.

        Raises:
            TaggingFault: what can only be known now is wrong.
        """
        if self._code or len(self._scopes) != 1 or self._finished or not self._labels:
            raise UnbalancedCalls("finish: no page was made, a page or a tag is open, or the document is finished")
        self._finished = True
        document, catalog = self._doc, self._doc.Catalog
        catalog.StructTreeRoot = f"{self._tree.finish()} 0 R"
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.Metadata = xmp(self._about)
        self.setViewerPreference("DisplayDocTitle", "true")
        self._label_pages()
        for bookmark, level, closed in self._outline.entries():
            self.addOutlineEntry(bookmark.title, bookmark.key, level, closed)
        if self._attached:
            files = [(file.name, file_specification(document, file, self._about.date)) for file in self._attached]
            names = [part for name, file in sorted(files, key=lambda pair: pair[0]) for part in (PDFString(name), file)]
            catalog.Names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": PDFArray(names)})})
            catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF"]
            catalog.AF = PDFArray([file for _, file in files])
        if self._places:
            catalog.Dests = PDFDictionary(self._places)
        document.info = Info(self._about, self._attached)
        pdf: bytes = document.GetPDFData(self)
        return pdf

    def _label_pages(self) -> None:
        for index, printed in enumerate(self._labels):
            if not index or printed != self._labels[index - 1] + 1:
                self.addPageLabel(index, "ARABIC", printed)

    # Marked content

    def _begin_mark(self, scope: Element | Artifact) -> None:
        if scope is self._mark:
            return
        self._end_mark()
        if isinstance(scope, Element):
            if scope.written:
                raise UnbalancedCalls(f"{scope} is already written")
            scope.kids.append(Mark(self._doc.current_page(), len(self._owners)))
            self._code.append(f"/{scope.tag} <</MCID {len(self._owners)}>> BDC")
            self._owners.append(scope)
        else:
            self._code.append(scope.opening)
        self._mark = scope

    def _end_mark(self, _ended: object = None) -> None:
        if self._mark is not None:
            self._code.append("EMC")
            self._mark = None

    def _mark_graphics(self) -> None:
        if not self._holding:
            scope = self._scopes[-1]
            self._begin_mark(scope if isinstance(scope, Artifact) or scope.tag == "Figure" else _GRAPHICS)

    def _close(self, part: Element) -> None:
        self._end_mark()
        self._tree.write_branch(part)

    def _element(self, what: str) -> Element:
        scope = self._scopes[-1]
        if isinstance(scope, Artifact):
            raise MisplacedTag(what, "artifact")
        return scope

    def _in_figure(self) -> bool:
        scope = self._scopes[-1]
        return isinstance(scope, Element) and scope.tag == "Figure"

    def _on_paper(self, box: Box) -> tuple[float, float, float, float]:
        """The upright box on the page, left, bottom, right and top, that holds a box under the transformation."""
        x, y, width, height = box
        corners = [self.absolutePosition(x + dx, y + dy) for dx in (0, width) for dy in (0, height)]
        across, up = zip(*corners, strict=True)
        return min(across), min(up), max(across), max(up)


def _operators(drawing: Drawing, colours: Colours, line_scale: float) -> bytes:
    """What paints a drawing, compressed: the same in any document, for it sets every colour and line that it uses."""
    canvas = Canvas(BytesIO(), initialFontName=BASE_FONT)
    replay(drawing, canvas, colours, line_scale)
    return zlib.compress(canvas.getCurrentPageContent().encode("latin-1"), 9)
