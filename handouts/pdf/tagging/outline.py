"""The bookmarks of a document as its headings are drawn. Writes nothing."""

from __future__ import annotations

from handouts.pdf.tagging.metadata import PART, Bookmark
from handouts.pdf.tagging.structure import HEADINGS, Element


class Outline:
    """Gathers bookmarks: headings by their own words, or by the words given for them, and parts above them."""

    def __init__(self) -> None:
        self.bookmarks: list[Bookmark] = []
        self._heading: Element | None = None
        self._part: Bookmark | None = None

    def begin_part(self, words: str) -> None:
        """A part begins where its first heading does."""
        self._part = Bookmark(PART, words)

    def note(self, heading: Element, words: str, page: int, top: float) -> None:
        """Make or lengthen the bookmark of a heading that is being drawn, `top` points from the page's lower edge."""
        if heading is self._heading:
            if not heading.bookmark:
                self.bookmarks[-1].words.append(words)
            return
        self._heading = heading
        if self._part:
            self._part.page, self._part.top = page, top
            self.bookmarks.append(self._part)
            self._part = None
        level = HEADINGS.index(heading.tag) + 1
        self.bookmarks.append(Bookmark(level, heading.bookmark or words, page, top))
