"""The half of the accessible canvas that a page is drawn with: what is drawn and what it means, in one stroke.

Text belongs to the innermost open tag; drawing it elsewhere is a fault. Graphics are artifacts unless a figure is open.
Coordinates in points, x from the left, y down from the top edge; a box is (x, y, width, height) with its top left
corner first; a colour is (red, green, blue), 0 to 1. Knows no page's end and no document's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, Literal

from handouts.pdf.tagging.faults import ForbiddenLink, MisplacedTag, MissingWords, UnbalancedCalls, UntaggedText
from handouts.pdf.tagging.harfbuzz import Face
from handouts.pdf.tagging.lettering import lettered
from handouts.pdf.tagging.outline import Outline
from handouts.pdf.tagging.pdffile import PdfFile, numbers, pdf_text
from handouts.pdf.tagging.pen import Pen
from handouts.pdf.tagging.repeating import Recording
from handouts.pdf.tagging.scopes import GRAPHICS, Artifact, Opened
from handouts.pdf.tagging.shapes import Colour, Drawing, Step, Surface
from handouts.pdf.tagging.sketch import DOT_RADIUS, dot
from handouts.pdf.tagging.store import Bitmap, Form, Store
from handouts.pdf.tagging.structure import (
    HEADINGS,
    HOLDS_TEXT,
    Annotation,
    Element,
    ListNumbering,
    Mark,
    Scope,
    StructureTree,
)

Box = tuple[float, float, float, float]


class MarkedCanvas(Surface):
    """Pages being drawn into a structure tree; what `TaggedCanvas` makes a document of."""

    def __init__(self, page_size: tuple[float, float], lang: str, out: BinaryIO | None) -> None:
        self.page_size = page_size
        self._file = PdfFile(out)
        self._tree = StructureTree(self._file, lang)
        self._pen = Pen(page_size)
        self._scopes: list[Element | Artifact] = [self._tree.document]
        self._mark: Element | Artifact | None = None
        self._store = Store(self._file)
        self._outline = Outline()
        self._recording: Recording | None = None
        self._open_page = 0
        self._owners: list[Element] = []
        self._annotations: list[int] = []
        self._page_forms: dict[str, int] = {}

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
    ) -> Opened[Element]:
        """Open a new structure element, last in the one that is open; reading order is the order of opening.

        `lang` (BCP 47) where it differs from the words around. `scope`: "Column" or "Row", for TH. `list_numbering`:
        "None", "Disc" or "Decimal", for L. Headings become bookmarks by their own words, or by `bookmark`; a Part
        with a `bookmark` stands above them, and is written and closed for good when it ends.
        Raises a TaggingFault (MisplacedTag, SkippedHeading, MissingWords).
        """
        if tag == "Figure":
            raise MisplacedTag(tag, "tag()", "use figure()")
        element = self._tree.open(
            tag, self._element(tag), alt=alt, lang=lang, scope=scope, list_numbering=list_numbering,
            row_span=row_span, column_span=column_span,
        )  # fmt: skip
        element.bookmark = bookmark
        if tag == "Part" and bookmark:
            self._outline.begin_part(bookmark)
        return self._opened(element, self._close if tag == "Part" else None)

    def reopen(self, element: Element) -> Opened[Element]:
        """Go on with an element opened before: on the next page, or to draw a cell later."""
        if element.written:
            raise UnbalancedCalls(f"reopen: {element} is already written")
        if self._element(element.tag).tag == "Figure":
            raise MisplacedTag(element.tag, "Figure")
        return Opened(self._scopes, element)

    def artifact(self, kind: Literal["Header", "Footer"] | None = None) -> Opened[Artifact]:
        """What is drawn here is not read: running lines ("Header", "Footer"), repeated table heads, decoration."""
        if self._in_figure():
            raise MisplacedTag("artifact", "Figure")
        outer = self._scopes[-1]
        return Opened(self._scopes, outer if isinstance(outer, Artifact) else Artifact(kind))

    def figure(self, alt: str, box: Box) -> Opened[Element]:
        """A picture: everything drawn here is one Figure with these words for those who cannot see it.

        A picture that only decorates goes in an artifact. Raises MissingWords without words.
        """
        x, y, width, height = box
        bottom = self.page_size[1] - y - height
        element = self._tree.open(
            "Figure", self._element("Figure"), alt=alt, box=(x, bottom, x + width, bottom + height)
        )
        return self._opened(element, self._end_mark)

    def link(self, url: str, description: str, box: Box) -> None:
        """Make a box of the page open `url`; once for each line of the Link element that is open.

        `description` says to a screen reader where the link goes. Raises ForbiddenLink unless web, mail or telephone.
        """
        element = self._element("link()")
        if self._recording:
            self._recording.note("link", url, description, box)
        if element.tag != "Link":
            raise MisplacedTag("link()", element.tag, "open a Link first")
        if not url.startswith(("https://", "http://", "mailto:", "tel:")) or not url.isascii():
            raise ForbiddenLink(url)
        if not description.strip():
            raise MissingWords("Link", "description")
        self._on_page()
        x, y, width, height = box
        bottom = self.page_size[1] - y - height
        annotation = self._file.add(
            f"<</Type/Annot/Subtype/Link/Rect[{numbers((x, bottom, x + width, bottom + height))}]/Border[0 0 0]/F 4"
            f"/Contents{pdf_text(description)}/StructParent {self._tree.new_key(element)}"
            f"/A<</S/URI/URI{pdf_text(url)}>>>>"
        )
        self._annotations.append(annotation)
        element.kids.append(Annotation(self._open_page, annotation))

    # Drawing

    def text(
        self, x: float, baseline: float, string: str, face: Face, size: float, colour: Colour, *, line_end: bool = False
    ) -> None:
        """Draw one line, or a piece of one. `line_end` adds the space that parts it from the line that follows.

        Raises UntaggedText where no element holds text, UnprintableText for a character the face lacks.
        """
        if not string:
            return
        scope = self._scopes[-1]
        if isinstance(scope, Element):
            if scope.tag not in HOLDS_TEXT:
                raise UntaggedText(string, None if scope is self._tree.document else scope.tag)
            if scope.tag in HEADINGS:
                self._note_heading(scope, string, self.page_size[1] - baseline + size)
        if line_end:
            string += " "
        words = lettered(face, string)
        if scope is not self._mark:
            self._begin_mark(scope)
        self._store.use(words.font, face, string)
        if self._recording:
            self._recording.use(words.font, face, string)
        self._pen.words(x, baseline, words, size, colour)

    def path(
        self,
        steps: Sequence[Step],
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        width: float = 0.75,
        dash: Sequence[float] | None = None,
        cap: Literal["butt", "round"] = "butt",
        join: Literal["mitre", "round"] = "mitre",
        even_odd: bool = False,
    ) -> None:
        """Fill an outline, stroke it `width` points wide, or both."""
        self._begin_mark(self._graphics_scope())
        self._pen.shape(steps, fill, stroke, width, dash, cap == "round", join == "round", even_odd)

    def disc(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        stroke_width: float = 0.75,
    ) -> None:
        """A circle about (x, y); a filled one, of which a sheet has many, is stored once."""
        if fill is None or stroke is not None:
            super().disc(x, y, radius, fill=fill, stroke=stroke, stroke_width=stroke_width)
        else:
            drawing = dot(fill)
            scale = radius / DOT_RADIUS
            self.paint(
                self.form(f"dot {fill}", drawing), x - drawing.width / 2 * scale, y - drawing.height / 2 * scale, scale
            )

    @contextmanager
    def clip(self, steps: Sequence[Step]) -> Iterator[None]:
        """Draw only inside the outline."""
        self._on_page()
        self._end_mark()
        self._pen.save()
        self._pen.clip(steps)
        yield
        self._end_mark()
        self._pen.restore()

    def form(self, key: str, drawing: Drawing) -> Form:
        """Store a drawing once in the document. `key` stands for its content: equal keys, equal drawings."""
        form = self._store.form(key, drawing)
        if self._recording:
            self._recording.stored("form", key, drawing, form)
        return form

    def bitmap(self, key: str, bitmap: Bitmap) -> Form:
        """Store a picture in pixels once in the document; a pixel is a point until it is scaled."""
        form = self._store.bitmap(key, bitmap)
        if self._recording:
            self._recording.stored("bitmap", key, bitmap, form)
        return form

    def paint(
        self, form: Form, x: float, y: float, scale: float = 1, *, part: tuple[float, float] | None = None
    ) -> None:
        """Paint a stored drawing with its top left corner at (x, y), `scale` times its own size.

        `part` is where an upright strip of it begins, and its width: then only that is painted, its corner at (x, y).
        """
        self._begin_mark(self._graphics_scope())
        self._page_forms[form.name] = form.number
        across, down = form.unit
        operators = self._pen.paint(form.name, x, y, across * scale, down * scale, form.height * scale, part)
        if self._recording:
            self._recording.painted(form, operators)

    # Marked content

    def _begin_mark(self, scope: Element | Artifact) -> None:
        if scope is self._mark:
            return
        self._on_page()
        self._end_mark()
        if isinstance(scope, Element):
            mcid = len(self._owners)
            self._owners.append(scope)
            scope.kids.append(Mark(self._open_page, mcid))
            self._pen.literal(f"/{scope.tag}<</MCID {mcid}>>BDC")
            if self._recording:
                self._recording.note("mark", written=1)
        else:
            self._pen.literal(scope.opening)
        self._mark = scope

    def _opened(self, element: Element, then: Callable[[Element], object] | None = None) -> Opened[Element]:
        recording = self._recording
        if recording is None:
            return Opened(self._scopes, element, then)
        recording.opened(element)

        def closed(ended: Element) -> None:
            if then:
                then(ended)
            recording.note("close")

        return Opened(self._scopes, element, closed)

    def _close(self, part: Element) -> None:
        self._end_mark()
        self._tree.write_branch(part)

    def _end_mark(self, _ended: object = None) -> None:
        if self._mark is not None:
            self._pen.literal("EMC")
            self._mark = None

    def _graphics_scope(self) -> Element | Artifact:
        scope = self._scopes[-1]
        return scope if isinstance(scope, Artifact) or scope.tag == "Figure" else GRAPHICS

    def _element(self, what: str) -> Element:
        scope = self._scopes[-1]
        if isinstance(scope, Artifact):
            raise MisplacedTag(what, "artifact")
        return scope

    def _in_figure(self) -> bool:
        scope = self._scopes[-1]
        return isinstance(scope, Element) and scope.tag == "Figure"

    def _on_page(self) -> None:
        if not self._open_page:
            raise UnbalancedCalls("drawn outside a page")

    def _note_heading(self, heading: Element, words: str, top: float) -> None:
        self._on_page()
        if self._recording:
            self._recording.note("heading", words, top)
        self._outline.note(heading, words, self._open_page, top)
