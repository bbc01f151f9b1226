"""The accessible canvas: what is drawn and what it means, in one stroke.

Text belongs to the innermost open tag; drawing it elsewhere is a fault. Graphics are artifacts unless a figure is open.
Coordinates in points, x from the left, y down from the top edge; a box is (x, y, width, height) with its top left
corner first; a colour is (red, green, blue), 0 to 1. Knows no exercise and no language's words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, Literal

from handouts.fonts import Face
from handouts.tagging.faults import ForbiddenLink, MisplacedTag, MissingWords, UnbalancedCalls, UntaggedText
from handouts.tagging.metadata import (
    PART,
    About,
    Bookmark,
    Relationship,
    page_labels,
    write_attachment,
    write_info,
    write_outline,
    write_xmp,
)
from handouts.tagging.pdffile import PdfFile, numbers, pdf_text
from handouts.tagging.pen import Pen
from handouts.tagging.scopes import GRAPHICS, Artifact, Opened
from handouts.tagging.shapes import Colour, Drawing, Step, Surface
from handouts.tagging.sketch import DOT_RADIUS, dot
from handouts.tagging.store import Bitmap, Form, Store
from handouts.tagging.structure import (
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


class TaggedCanvas(Surface):
    """A document being drawn, page after page. `finish` gives its bytes: same calls, same bytes.

    With `out`, a file open for writing, the bytes go there as they come and are not held.
    """

    def __init__(
        self,
        *,
        page_size: tuple[float, float],
        title: str,
        lang: str,
        date: dt.date,
        author: str = "",
        subject: str = "",
        out: BinaryIO | None = None,
    ) -> None:
        if not title.strip():
            raise MissingWords("Document", "title")
        self.page_size = page_size
        self._about = About(title, author, subject, date, lang)
        self._file = PdfFile(out)
        self._tree = StructureTree(self._file, lang)
        self._pen = Pen(page_size)
        self._scopes: list[Element | Artifact] = [self._tree.document]
        self._mark: Element | Artifact | None = None
        self._store = Store(self._file)
        self._pages_number = self._file.reserve()
        self._pages: list[int] = []
        self._labels: list[int] = []
        self._open_page = 0
        self._page_key = 0
        self._owners: list[Element] = []
        self._annotations: list[int] = []
        self._contents: list[int] = []
        self._page_forms: dict[str, int] = {}
        self._bookmarks: list[Bookmark] = []
        self._heading: Element | None = None
        self._part: Bookmark | None = None
        self._attachments: list[tuple[str, int]] = []
        self._attached: list[bytes] = []
        self._finished = False

    # Pages

    def begin_page(self, number: int | None = None) -> None:
        """Start a page. `number` is the page's printed number; by default one more than the last page's."""
        if self._open_page or self._finished:
            raise UnbalancedCalls("begin_page: a page is open, or the document is finished")
        self._labels.append(number or (self._labels[-1] + 1 if self._labels else 1))
        self._open_page, self._page_key = self._file.reserve(), self._tree.new_key()
        self._pages.append(self._open_page)

    def resize(self, page_size: tuple[float, float]) -> None:
        """The pages that follow have this size. Raises UnbalancedCalls while a page is open."""
        if self._open_page:
            raise UnbalancedCalls("resize: a page is open")
        self.page_size = self._pen.page_size = page_size

    def divide(self) -> None:
        """What is drawn next on this page goes into a stream of its own, which is packed once for equal pages."""
        self._end_mark()
        self._contents.append(self._file.add_stream("", self._pen.take_page()))

    def end_page(self) -> None:
        """Finish the page. Open tags stay open and go on over the next page, an open artifact or figure may not."""
        self._on_page()
        if isinstance(self._scopes[-1], Artifact) or self._in_figure():
            raise UnbalancedCalls("end_page: an artifact or a figure is open")
        self._end_mark()
        self.divide()
        contents = "".join(f" {number} 0 R" for number in self._contents)
        self._tree.own(self._page_key, self._owners)
        annotations = " ".join(f"{number} 0 R" for number in self._annotations)
        self._file.add(
            f"<</Type/Page/Parent {self._pages_number} 0 R/MediaBox[0 0 {numbers(self.page_size)}]"
            f"/Resources{self._store.resources(self._page_forms)}"
            f"/Contents{contents if len(self._contents) == 1 else f'[{contents}]'}"
            f"/StructParents {self._page_key}/Tabs/S{f'/Annots[{annotations}]' if annotations else ''}>>",
            self._open_page,
        )
        self._open_page, self._owners, self._annotations, self._page_forms, self._contents = 0, [], [], {}, []

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
        if tag != "Part":
            return Opened(self._scopes, element)
        if bookmark:
            self._part = Bookmark(PART, bookmark)
        return Opened(self._scopes, element, self._close)

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
        return Opened(self._scopes, element, self._end_mark)

    def link(self, url: str, description: str, box: Box) -> None:
        """Make a box of the page open `url`; once for each line of the Link element that is open.

        `description` says to a screen reader where the link goes. Raises ForbiddenLink unless web, mail or telephone.
        """
        element = self._element("link()")
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
                self._note_heading(scope, string, baseline - size)
        if line_end:
            string += " "
        encoded = face.encode(string)
        if scope is not self._mark:
            self._begin_mark(scope)
        self._store.use(face, string)
        self._pen.words(x, baseline, encoded, face, size, colour)

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
        return self._store.form(key, drawing)

    def bitmap(self, key: str, bitmap: Bitmap) -> Form:
        """Store a picture in pixels once in the document; a pixel is a point until it is scaled."""
        return self._store.bitmap(key, bitmap)

    def paint(self, form: Form, x: float, y: float, scale: float = 1) -> None:
        """Paint a stored drawing with its top left corner at (x, y), `scale` times its own size."""
        self._begin_mark(self._graphics_scope())
        self._page_forms[form.name] = form.number
        self._pen.paint(form.name, x, y, form.unit[0] * scale, form.unit[1] * scale, form.height * scale)

    # The document

    def attach(self, name: str, data: bytes, mime: str, description: str, relationship: Relationship = "Data") -> None:
        """Carry a file inside the document. `relationship` says what it is to the pages."""
        number = write_attachment(self._file, name, data, mime, description, relationship, self._about.date)
        self._attachments.append((name, number))
        self._attached.append(data)

    def finish(self) -> bytes:
        """The whole document, or nothing when it went to `out`.

        Checks what can only be known now; raises a TaggingFault. Nothing may follow.
        """
        if self._open_page or len(self._scopes) != 1 or self._finished or not self._pages:
            raise UnbalancedCalls("finish: no page was made, a page or a tag is open, or the document is finished")
        self._finished = True
        file = self._file
        structure = self._tree.finish()
        self._store.write_fonts()
        kids = " ".join(f"{number} 0 R" for number in self._pages)
        file.add(f"<</Type/Pages/Count {len(self._pages)}/Kids[{kids}]>>", self._pages_number)
        parts = [
            f"<</Type/Catalog/Pages {self._pages_number} 0 R/Lang{pdf_text(self._about.lang)}/MarkInfo<</Marked true>>"
            f"/ViewerPreferences<</DisplayDocTitle true>>/StructTreeRoot {structure} 0 R"
            f"/Metadata {write_xmp(file, self._about)} 0 R/PageLabels{page_labels(self._labels)}"
        ]
        if self._bookmarks:
            parts.append(f"/Outlines {write_outline(file, self._bookmarks)} 0 R")
        if self._attachments:
            names = "".join(f"{pdf_text(name)} {number} 0 R" for name, number in sorted(self._attachments))
            related = " ".join(f"{number} 0 R" for _, number in self._attachments)
            parts.append(f"/Names<</EmbeddedFiles<</Names[{names}]>>>>/AF[{related}]")
        catalog = file.add("".join(parts) + ">>")
        return file.finish(catalog, write_info(file, self._about, self._attached))

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
        else:
            self._pen.literal(scope.opening)
        self._mark = scope

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
        """Make or lengthen the bookmark of a heading that is being drawn; a waiting Part begins where it does."""
        self._on_page()
        top = self.page_size[1] - top
        if heading is self._heading:
            if not heading.bookmark:
                self._bookmarks[-1].words.append(words)
            return
        self._heading = heading
        if self._part:
            self._part.page, self._part.top = self._open_page, top
            self._bookmarks.append(self._part)
            self._part = None
        level = HEADINGS.index(heading.tag) + 1
        self._bookmarks.append(Bookmark(level, heading.bookmark or words, self._open_page, top))
