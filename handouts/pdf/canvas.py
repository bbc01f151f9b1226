"""The accessible canvas: a ReportLab canvas whose pages are drawn with their meaning. Same calls, same bytes.

Text belongs to the innermost open tag; drawing it elsewhere is an error. Graphics are artifacts unless a figure is
open. Everything else is ReportLab's: coordinates in points from the lower left corner under the current transformation,
its graphics state, its flowables, which draw here as on any canvas. Knows no exercise and no language's words.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from io import BytesIO
from typing import Any, BinaryIO, Literal

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

from handouts.cache import BITMAPS, DRAWINGS
from handouts.drawing import Colours, Drawing, replay
from handouts.pdf.fonts import BASE_FONT
from handouts.pdf.marked_content import Artifact, Box, MarkedCanvas
from handouts.pdf.metadata import About, AttachedFile, Info, file_specification, xmp
from handouts.pdf.packed_document import reference
from handouts.pdf.structure import Annotation, Element, ListNumbering, Scope
from handouts.pdf.tagging_errors import ForbiddenLink, MisplacedTag, MissingWords, UnbalancedCalls

_STENCIL = "nothing"
_NOTHING = {
    "Type": PDFName("XObject"), "Subtype": PDFName("Image"), "Width": 1, "Height": 1, "ImageMask": "true",
    "BitsPerComponent": 1,
}  # fmt: skip
"""A stencil of one pixel that, of the byte 80, lets no colour through."""
_OPENS = ("https://", "http://", "mailto:", "tel:")


class TaggedCanvas(MarkedCanvas):
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
        super().__init__(out, page_size, lang)
        self._about = About(title, author, subject, date, lang)
        self._drawings: dict[object, str] = {}
        self._labels: list[int] = []
        self._label = 1
        self._attached: AttachedFile | None = None
        self._places: dict[str, PDFArray] = {}
        self._links: dict[str, Element] = {}
        self._has_stencil = self._finished = False

    # Meaning

    def tag(
        self,
        tag: str,
        *,
        lang: str | None = None,
        scope: Scope | None = None,
        list_numbering: ListNumbering | None = None,
        bookmark: str | None = None,
    ) -> AbstractContextManager[Element]:
        """Open a new structure element, last in the one that is open; reading order is the order of opening.

        Args:
            tag: its standard structure type, such as "P" or "H2"; a figure is opened by `figure`.
            lang: its language (BCP 47) where that differs from the words around.
            scope: "Column" or "Row", for TH.
            list_numbering: "None", "Disc" or "Decimal", for L.
            bookmark: a heading's words among the bookmarks, in place of its own; or the name of a Part, which stands
                above its headings.

        Returns:
            A context manager that gives the element. A Part is written and closed for good when it ends.

        Raises:
            TaggingFault: MisplacedTag, SkippedHeading or MissingWords.
        """
        if tag == "Figure":
            raise MisplacedTag(tag, "tag()", "use figure()")
        element = self.tree.open(tag, self.open_element(tag), lang=lang, scope=scope, list_numbering=list_numbering)
        element.bookmark = bookmark
        if tag == "Part":
            self._links.clear()  # those of another part are written
            if bookmark:
                self.outline.begin_part(bookmark)
        return self.holding_open(element, self._close if tag == "Part" else None)

    def reopen(self, element: Element) -> AbstractContextManager[Element]:
        """Go on with an element opened before: on the next page, or to draw a cell later."""
        if element.written:
            raise UnbalancedCalls(f"reopen: {element} is already written")
        if self.open_element(element.tag).tag == "Figure":
            raise MisplacedTag(element.tag, "Figure")
        return self.holding_open(element)

    def artifact(self, kind: Literal["Header", "Footer"] | None = None) -> AbstractContextManager[Artifact]:
        """What is drawn here is not read: running lines ("Header", "Footer"), repeated table heads, decoration."""
        if self.in_figure():
            raise MisplacedTag("artifact", "Figure")
        outer = self.scopes[-1]
        return self.holding_open(outer if isinstance(outer, Artifact) else Artifact(kind))

    def figure(self, alt: str, box: Box) -> AbstractContextManager[Element]:
        """A picture: everything drawn here is one Figure with these words for those who cannot see it.

        A picture that only decorates goes in an artifact. Raises MissingWords without words.
        """
        element = self.tree.open("Figure", self.open_element("Figure"), alt=alt, box=self.on_paper(box))
        return self.holding_open(element, lambda figure: self._end_figure(figure, box))

    def link(self, url: str, description: str, box: Box) -> None:
        """Make a box of the page open `url`; once for each line of the Link element that is open.

        In an artifact, such as the foot of a page, the box belongs to the first Link element that opens `url`, so that
        it is read once, and there is none where nothing else opens it.

        `description` says to a screen reader where the link goes. Raises ForbiddenLink unless web, mail or telephone.
        """
        if not url.startswith(_OPENS) or not url.isascii():
            raise ForbiddenLink(url)
        owner = self._links.get(url) if self.in_artifact() else self.open_element("link()")
        if owner is None:
            return
        self._links.setdefault(url, owner)
        with self._annotated("link()", description, owner) as key:
            self.linkURL(url, self.on_paper(box), Contents=PDFString(description), F=4, StructParent=key)

    def link_within(self, place: str, description: str, box: Box) -> None:
        """The same, to a place in this document that `mark_place` names, before or after."""
        with self._annotated("link_within()", description, self.open_element("link_within()")) as key:
            annotation = {
                "Type": PDFName("Annot"), "Subtype": PDFName("Link"), "Rect": PDFArray(self.on_paper(box)),
                "Border": PDFArray((0, 0, 0)), "Dest": PDFName(place), "Contents": PDFString(description),
                "F": 4, "StructParent": key,
            }  # fmt: skip
            self.put_annotation(PDFDictionary(annotation))

    def mark_place(self, place: str, y: float) -> None:
        """Name a height of the page at hand, for `link_within`."""
        top = round(self.absolutePosition(0, y)[1], 2)
        page = reference(self.document.current_page())
        self._places[place] = PDFArray((page, PDFName("XYZ"), "null", top, "null"))

    @contextmanager
    def _annotated(self, call: str, description: str, element: Element) -> Iterator[int]:
        """The key in the ParentTree of an annotation that is made here for a Link element."""
        if element.tag != "Link":
            raise MisplacedTag(call, element.tag, "open a Link first")
        if not description.strip():
            raise MissingWords("Link", "description")
        yield self.tree.new_key(element)
        number = self.document.objectcounter  # the annotation is the document's latest object
        element.kids.append(Annotation(self.document.current_page(), number))

    # Drawings

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
        """Paint a drawing, scaled into a box from its lower left corner. One of plain colours is stored once.

        Drawings are told apart by their keys, colours and `line_scale`, by which their outlines are widened.
        """
        if not drawing.is_plain:  # ReportLab keeps gradients and opacity with the page
            self.paint_here(
                lambda: replay(drawing, self, colours, line_scale),
                (width / drawing.width, 0, 0, height / drawing.height, x, y),
            )
            return
        name = self._form(drawing, colours, line_scale)
        self.paint_form(name, (width / drawing.width, 0, 0, height / drawing.height, x, y))

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
            self.document.addForm(name, PDFStream(PDFDictionary({**kind, "BBox": box, "Resources": "<<>>"}), operators))
        return name

    # Pages

    def setPageSize(self, size: tuple[float, float]) -> None:  # noqa: N802
        """The pages that follow have this size. Raises UnbalancedCalls on a page that is begun."""
        if self.page_is_begun:
            raise UnbalancedCalls("setPageSize: a page is begun")
        super().setPageSize(size)

    def page_label(self, number: int) -> None:
        """The printed number of the page at hand; without it, one more than the last page's."""
        self._label = number

    def showPage(self) -> None:  # noqa: N802
        """End the page. Open tags stay open and go on over the next page, an open artifact or figure may not."""
        super().showPage()
        self._labels.append(self._label)
        self._label += 1

    # The document

    def attach(self, name: str, data: bytes, mime: str, description: str) -> None:
        """Carry a file inside the document, one at the most: what its pages were made from."""
        self._attached = AttachedFile(name, data, mime, description)

    def save(self) -> None:
        """Nothing: Platypus calls this at the end of a story, and another may follow. `finish` ends the document."""

    def finish(self) -> bytes:
        """End the document; nothing may follow.

        Returns:
            All of it, or nothing when it went to a file of its own.

        Raises:
            TaggingFault: what can only be known now is wrong.
        """
        if self.page_is_begun or len(self.scopes) != 1 or self._finished or not self._labels:
            raise UnbalancedCalls("finish: no page was made, a page or a tag is open, or the document is finished")
        self._finished = True
        document, catalog = self.document, self.document.Catalog
        catalog.StructTreeRoot = reference(self.tree.finish())
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.Metadata = xmp(self._about)
        self.setViewerPreference("DisplayDocTitle", "true")
        self._label_pages()
        document.Outlines = catalog.Outlines = self.outline
        if self._attached:
            file = file_specification(document, self._attached, self._about.date)
            names = PDFArray([PDFString(self._attached.name), file])
            catalog.Names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": names})})
            catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF"]
            catalog.AF = PDFArray([file])
        if self._places:
            catalog.Dests = PDFDictionary(self._places)
        document.info = Info(self._about, self._attached)
        pdf: bytes = document.GetPDFData(self)
        return pdf

    def _label_pages(self) -> None:
        for index, printed in enumerate(self._labels):
            if not index or printed != self._labels[index - 1] + 1:
                self.addPageLabel(index, "ARABIC", printed)

    def _end_figure(self, figure: Element, box: Box) -> None:
        """End a figure with an image in its box that paints nothing: Chrome reads the words of images, not of paths."""
        if figure.kids:
            if not self._has_stencil:
                self.document.addForm(_STENCIL, PDFStream(PDFDictionary(_NOTHING), b"\x80"))
                self._has_stencil = True
            x, y, width, height = box
            with self.holding_open(figure):
                self.paint_form(_STENCIL, (width, 0, 0, height, x, y))
        self.end_mark()

    def _close(self, part: Element) -> None:
        self.end_mark()
        self.tree.write_branch(part)


class Section:
    """A structure element that parts on several columns and pages share: opened by the first, gone on with after.

    They may be drawn again, on another canvas or as another copy in a print file; there the element is a new one.
    """

    def __init__(self, tag: str = "Sect", outer: Section | None = None, **how: Any) -> None:
        self.tag, self.outer, self.how = tag, outer, how
        self._canvas: TaggedCanvas | None = None
        self._element: Element | None = None

    @contextmanager
    def opened(self, canvas: TaggedCanvas) -> Iterator[None]:
        """Hold the element open on this canvas."""
        with self.outer.opened(canvas) if self.outer else nullcontext():
            if self._element and self._canvas is canvas and not self._element.written:
                with canvas.reopen(self._element):
                    yield
            else:
                with canvas.tag(self.tag, **self.how) as self._element:
                    self._canvas = canvas
                    yield


def _operators(drawing: Drawing, colours: Colours, line_scale: float) -> bytes:
    """What paints a drawing, compressed: the same in any document, for it sets every colour and line that it uses."""
    canvas = Canvas(BytesIO(), initialFontName=BASE_FONT)
    replay(drawing, canvas, colours, line_scale)
    return zlib.compress(canvas.getCurrentPageContent().encode("latin-1"))
