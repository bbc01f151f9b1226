"""The accessible canvas: pages that are drawn with their meaning, made into a document. Same calls, same bytes.

How a page is drawn stands in `marking`. Knows no exercise and no language's words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Sequence
from typing import BinaryIO

from handouts.pdf.tagging.faults import MissingWords, UnbalancedCalls
from handouts.pdf.tagging.marking import MarkedCanvas
from handouts.pdf.tagging.metadata import (
    About,
    Relationship,
    page_labels,
    write_attachment,
    write_info,
    write_outline,
    write_xmp,
)
from handouts.pdf.tagging.pdffile import numbers, pdf_text
from handouts.pdf.tagging.repeating import Recording, Step, known_steps, returns
from handouts.pdf.tagging.scopes import Artifact
from handouts.pdf.tagging.store import Form


class TaggedCanvas(MarkedCanvas):
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
        super().__init__(page_size, lang, out)
        self._about = About(title, author, subject, date, lang)
        self._pages_number = self._file.reserve()
        self._pages: list[int] = []
        self._labels: list[int] = []
        self._page_key = 0
        self._contents: list[int] = []
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
        """What is drawn next on this page goes into a stream of its own, which equal pages share."""
        self._end_mark()
        if self._pen.position:
            self._contents.append(self._store.content(self._pen.take_page()))

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

    def repeat(self, key: Hashable, draw: Callable[[], object]) -> None:
        """Draw what was drawn under this key before, on this page or in another document, without drawing it anew.

        `key` must stand for all that `draw` draws and where; without one it is only drawn. It begins in an element, and
        leaves open what it found open. What it gives is the same the first time and later.
        """
        self._on_page()
        self._end_mark()
        self._pen.forget()
        whole_key = (key, self.page_size)
        steps = known_steps(whole_key)
        if steps is not None:
            self._take(steps)
        else:
            self._recording = recording = Recording(self._pen) if key is not None and returns(whole_key) else None
            draw()
            self._end_mark()
            self._recording = None
            if recording:
                recording.keep(whole_key)
        self._pen.forget()

    def _take(self, steps: Sequence[Step]) -> None:
        """The steps of a block again, in this document."""
        scopes, pen, stored = self._scopes, self._pen, dict[str, Form]()
        for kind, what in steps:
            if kind == "code":
                pen.literal(what[0])
            elif kind == "open":
                scopes.append(self._tree.open_again(what[0], self._element("")))
            elif kind == "close":
                scopes.pop()
            elif kind == "mark":
                self._begin_mark(scopes[-1])
                self._mark = None  # it ends with the operators that follow
            elif kind == "use":
                self._store.use(*what)
            elif kind == "paint":
                key, before, after = what
                form = stored[key]
                self._page_forms[form.name] = form.number
                pen.literal(f"{before}/{form.name} {after}")
            elif kind == "heading":
                self._note_heading(self._element(""), *what)
            elif kind == "link":
                self.link(*what)
            else:
                stored[what[0]] = self.form(*what) if kind == "form" else self.bitmap(*what)

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
        if self._outline.bookmarks:
            parts.append(f"/Outlines {write_outline(file, self._outline.bookmarks)} 0 R")
        if self._attachments:
            names = "".join(f"{pdf_text(name)} {number} 0 R" for name, number in sorted(self._attachments))
            related = " ".join(f"{number} 0 R" for _, number in self._attachments)
            parts.append(f"/Names<</EmbeddedFiles<</Names[{names}]>>>>/AF[{related}]")
        catalog = file.add("".join(parts) + ">>")
        return file.finish(catalog, write_info(file, self._about, self._attached))
