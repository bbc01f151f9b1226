"""Marked content: a ReportLab canvas on which all that is drawn belongs to an element of the structure, or to nobody.

Text belongs to the innermost open element; drawing it elsewhere is an error. Graphics are artifacts unless a figure is
open. The operators of marked content are written here alone. Knows the structure tree, no title and no file.

ReportLab's private names are used in this module alone, which no release note promises to keep; a test holds that they
are there. Of `Canvas`: `_addAnnotation`, `_code` (the operators of the page), `_doc` (its document), `_escape`,
`_fillColorObj`, `_fontname`, `_fontsize` (what is set) and `_startPage`. Of `PDFTextObject`: `_formatText` and
`_textOut` (through which all its text goes) and `_fontsize`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, BinaryIO, Literal, TypeVar

from reportlab import rl_config
from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase.pdfdoc import PDFDictionary
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from handouts.drawing import Rgb
from handouts.pdf.fonts import BASE_FONT, Weight, face
from handouts.pdf.metadata import Outline
from handouts.pdf.packed_document import PDF_VERSION, PackedDocument
from handouts.pdf.structure import HEADINGS, HOLDS_TEXT, Element, Mark, StructureTree
from handouts.pdf.tagging_errors import MisplacedTag, UnbalancedCalls, UntaggedText

Box = tuple[float, float, float, float]
"""Left, bottom, width and height in points, under the current transformation."""

_FILLED, _UNSEEN = 0, 3
"""Text render modes of PDF."""

_ESCAPED = [escapePDF(bytes((code,))) for code in range(256)]


class Artifact:
    """A stretch of drawing that is read to nobody."""

    __slots__ = ("opening",)

    def __init__(self, kind: Literal["Header", "Footer"] | None) -> None:
        self.opening = f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC" if kind else "/Artifact BMC"


_GRAPHICS = Artifact(None)
_Opened = TypeVar("_Opened", bound="Element | Artifact")


class _TaggedText(PDFTextObject):  # type: ignore[misc]
    """A ReportLab text object that knows its words, and ends the lines of a Paragraph with a space.

    A screen reader joins the last word of a line and the first of the next without one.
    """

    def __init__(self, canvas: MarkedCanvas, x: float, y: float, direction: str | None) -> None:
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

    def marked(self: MarkedCanvas, *arguments: Any, **options: Any) -> Any:
        self.mark_graphics()
        self._holding += 1
        try:
            return paint(self, *arguments, **options)
        finally:
            self._holding -= 1

    marked.__name__, marked.__doc__ = name, paint.__doc__
    return marked


class MarkedCanvas(Canvas):  # type: ignore[misc]
    """Pages being drawn into a structure tree; `TaggedCanvas` makes a document of them."""

    def __init__(self, out: BinaryIO | None, page_size: tuple[float, float], lang: str) -> None:
        rl_config.useA85 = 0  # by default ReportLab writes streams as text, a quarter larger
        face("regular")  # BASE_FONT must be registered
        self._holding = 0  # > 0 while a call is painting: its operators are not to be parted
        self._mark: Element | Artifact | None = None
        super().__init__(
            BytesIO(), pagesize=page_size, pageCompression=1, invariant=1, initialFontName=BASE_FONT,
            pdfVersion=PDF_VERSION,
        )  # fmt: skip
        self._doc = PackedDocument(out, lang)
        self.tree = StructureTree(self._doc, lang)
        self.outline = Outline()
        self.scopes: list[Element | Artifact] = [self.tree.document]
        self._owners: list[Element] = []

    @property
    def document(self) -> PackedDocument:
        """ReportLab's document."""
        return self._doc

    @property
    def page_is_begun(self) -> bool:
        """Whether something is drawn on the page at hand."""
        return bool(self._code)

    def put_annotation(self, annotation: PDFDictionary) -> None:
        """Put an annotation on the page, for which ReportLab has no public call."""
        self._addAnnotation(annotation)

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

    def draw_unseen(self, x: float, baseline: float, text: str, size: float, *, fallback: bool = False) -> None:
        """Draw words that are heard and not seen: what to write on a line, what a sign means.

        Real words, which every reader speaks; many of them lose alternate text.
        """
        self.setFont(face("regular", fallback).key, size)
        words = self.beginText(x, baseline)
        words.setTextRenderMode(_UNSEEN)
        words.textLine(text)
        words.setTextRenderMode(_FILLED)
        self.drawText(words)

    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> _TaggedText:  # noqa: N802
        """A ReportLab text object, to be drawn by `drawText`."""
        return _TaggedText(self, x, y, direction)

    def drawText(self, aTextObject: _TaggedText) -> None:  # noqa: N802, N803
        """Draw a text object; its words belong to the innermost open tag. Raises UntaggedText where none holds text."""
        words = aTextObject.words
        scope = self.scopes[-1]
        if words:
            if isinstance(scope, Element):
                if scope.tag not in HOLDS_TEXT:
                    raise UntaggedText(words, None if scope is self.tree.document else scope.tag)
                heading = scope.parent if scope.tag in ("Span", "Link") else scope
                if heading and heading.tag in HEADINGS:
                    top = self.absolutePosition(0, aTextObject.top)[1]
                    self.outline.note(heading, words, self._doc.current_page(), top)
            self.begin_mark(scope)
        super().drawText(aTextObject)
        if hasattr(aTextObject, "_fillColorObj"):  # it stays set after the text
            self._fillColorObj: Any = aTextObject._fillColorObj

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

    def paint_form(self, name: str, matrix: tuple[float, float, float, float, float, float]) -> None:
        """Paint a form under a transformation of its own."""
        self.paint_here(lambda: self.doForm(name), matrix)

    def paint_here(self, paint: Callable[[], object], matrix: tuple[float, float, float, float, float, float]) -> None:
        """Paint by other calls of this canvas, as one picture, under a transformation of its own."""
        self.mark_graphics()
        self._holding += 1
        self.saveState()
        self.transform(*matrix)
        paint()
        self.restoreState()
        self._holding -= 1

    def saveState(self) -> None:  # noqa: N802
        """ReportLab's; marked content never begins outside and ends inside."""
        if not self._holding:
            self.end_mark()
        super().saveState()

    def restoreState(self) -> None:  # noqa: N802
        """ReportLab's; marked content never begins inside and ends outside."""
        if not self._holding:
            self.end_mark()
        super().restoreState()

    def showPage(self) -> None:  # noqa: N802
        """End the page. Open tags stay open and go on over the next page, an open artifact or figure may not."""
        self._end_content()
        super().showPage()

    def discard_page(self) -> None:
        """End the page and make none of it: for pages that are only measured, whose document is never finished."""
        self._end_content()
        self._startPage()

    def _end_content(self) -> None:
        if isinstance(self.scopes[-1], Artifact) or self.in_figure() or self.state_stack:
            raise UnbalancedCalls("showPage: an artifact, a figure or a saved state is open")
        self.end_mark()
        self._doc.page_key = self.tree.new_key()
        self.tree.own(self._doc.page_key, self._owners)
        self._owners = []

    # Marked content

    @contextmanager
    def holding_open(self, scope: _Opened, then: Callable[[_Opened], object] | None = None) -> Iterator[_Opened]:
        """Hold an element or artifact open while a block runs; `then` is called when it has ended well."""
        self.scopes.append(scope)
        yield scope
        self.scopes.pop()
        if then is not None:
            then(scope)

    def begin_mark(self, scope: Element | Artifact) -> None:
        """What is drawn next belongs to an element, or to nobody."""
        if scope is self._mark:
            return
        self.end_mark()
        if isinstance(scope, Element):
            if scope.written:
                raise UnbalancedCalls(f"{scope} is already written")
            scope.kids.append(Mark(self._doc.current_page(), len(self._owners)))
            self._code.append(f"/{scope.tag} <</MCID {len(self._owners)}>> BDC")
            self._owners.append(scope)
        else:
            self._code.append(scope.opening)
        self._mark = scope

    def end_mark(self) -> None:
        """End the marked content that is open, if any."""
        if self._mark is not None:
            self._code.append("EMC")
            self._mark = None

    def mark_graphics(self) -> None:
        """What is painted next belongs to the figure that is open, or to nobody."""
        if not self._holding:
            scope = self.scopes[-1]
            self.begin_mark(scope if isinstance(scope, Artifact) or scope.tag == "Figure" else _GRAPHICS)

    def open_element(self, what: str) -> Element:
        """The innermost open element. Raises MisplacedTag where an artifact is open, in which `what` cannot stand."""
        scope = self.scopes[-1]
        if isinstance(scope, Artifact):
            raise MisplacedTag(what, "artifact")
        return scope

    def in_artifact(self) -> bool:
        """Whether an artifact is open."""
        return isinstance(self.scopes[-1], Artifact)

    def in_figure(self) -> bool:
        """Whether a figure is open."""
        scope = self.scopes[-1]
        return isinstance(scope, Element) and scope.tag == "Figure"

    def on_paper(self, box: Box) -> tuple[float, float, float, float]:
        """The upright box on the page, left, bottom, right and top, that holds a box under the transformation."""
        x, y, width, height = box
        corners = [self.absolutePosition(x + dx, y + dy) for dx in (0, width) for dy in (0, height)]
        across, up = zip(*corners, strict=True)
        return min(across), min(up), max(across), max(up)
