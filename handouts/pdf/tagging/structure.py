"""The structure tree: elements in reading order, what may stand in what, and the tree as PDF objects.

Knows no drawing: a page tells it which marked content belongs to which element.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Literal

from handouts.pdf.tagging.faults import IrregularTable, MisplacedTag, MissingWords, SkippedHeading, TaggingFault
from handouts.pdf.tagging.pdffile import PdfFile, numbers, pdf_text

Scope = Literal["Column", "Row", "Both"]
ListNumbering = Literal["None", "Decimal", "Disc"]

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
_GROUPS = {"Document", "Part", "Sect", "Div"}
_LINES = {"P", *HEADINGS, "Lbl", "Span", "Link"}
"""Elements of running text: they hold words and inline elements only."""
_CELLS = {"LBody", "TH", "TD", "Caption"}
"""Elements that hold words or whole blocks."""
HOLDS_TEXT = _LINES | _CELLS | {"Figure"}
_NEVER_EMPTY = _LINES | {"LBody", "Caption", "Figure", "L", "LI", "Table", "TR", "THead", "TBody"}

_BLOCKS = {"P", *HEADINGS, "L", "Table", "Figure", "Div", "Sect", "Span", "Link"}
_INLINE = {"Span", "Link", "Figure"}
_MAY_HOLD: dict[str, set[str]] = {
    "Document": _BLOCKS | {"Part"},
    "Part": _BLOCKS,
    "Sect": _BLOCKS | {"Caption"},
    "Div": _BLOCKS,
    "L": {"LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"THead", "TBody", "TR", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TR": {"TH", "TD"},
    "Figure": {"Caption", "Span"},
    **dict.fromkeys(_LINES, _INLINE),
    **dict.fromkeys(_CELLS, _BLOCKS - {"Sect"}),
}


class Mark:
    """A run of marked content: the page it is on and its number there."""

    __slots__ = ("mcid", "page")

    def __init__(self, page: int, mcid: int) -> None:
        self.page, self.mcid = page, mcid


class Annotation:
    """An annotation that belongs to an element: object numbers of the page and of itself."""

    __slots__ = ("number", "page")

    def __init__(self, page: int, num: int) -> None:
        self.page, self.number = page, num


class Element:
    """One structure element. `kids` are in reading order; `number` is 0 until its branch is written."""

    __slots__ = ("alt", "attributes", "bookmark", "column_span", "kids", "lang", "number", "parent", "row_span", "tag",
                 "written")  # fmt: skip

    def __init__(self, tag: str, parent: Element | None) -> None:
        self.tag, self.parent, self.number = tag, parent, 0
        self.kids: list[Element | Mark | Annotation] = []
        self.alt: str | None = None
        self.lang: str | None = None
        self.attributes: list[str] = []
        self.row_span = self.column_span = 1
        self.bookmark: str | None = None
        self.written = False

    def __repr__(self) -> str:
        return f"<{self.tag}>"

    def alike(self) -> Element:
        """An element with the same words and attributes that belongs to no document."""
        other = Element(self.tag, None)
        other.alt, other.lang, other.attributes, other.bookmark = self.alt, self.lang, self.attributes, self.bookmark
        other.row_span, other.column_span = self.row_span, self.column_span
        return other

    def elements(self) -> Iterator[Element]:
        """The kids that are elements themselves."""
        return (kid for kid in self.kids if isinstance(kid, Element))

    def language(self) -> str | None:
        """The language in force here, its own or the nearest ancestor's."""
        return self.lang or (self.parent.language() if self.parent else None)


class StructureTree:
    """The tree of one document, checked as it grows, written branch by branch."""

    def __init__(self, file: PdfFile, lang: str) -> None:
        self._file = file
        self._root = file.reserve()
        self._parents: dict[int, int] = {}
        self._owned: dict[int, Element | list[Element]] = {}
        self._heading = 0
        self.document = Element("Document", None)
        self.document.lang = lang

    def open(
        self,
        tag: str,
        parent: Element,
        *,
        alt: str | None = None,
        lang: str | None = None,
        scope: Scope | None = None,
        list_numbering: ListNumbering | None = None,
        row_span: int = 1,
        column_span: int = 1,
        box: tuple[float, float, float, float] | None = None,
    ) -> Element:
        """A new element, last in `parent`. Raises a TaggingFault where the tag or one of its attributes is wrong."""
        if parent.written:
            raise MisplacedTag(tag, repr(parent), "that part of the document is already written")
        if tag not in _MAY_HOLD.get(parent.tag, ()):
            raise MisplacedTag(tag, parent.tag)
        if tag == "Part":
            self._heading = 0
        if tag in HEADINGS:
            self._step_to(tag)
        if tag == "Figure" and not (alt and alt.strip()):
            raise MissingWords("Figure", "alternate text; draw it in an artifact when it only decorates")
        if (tag == "TH") != (scope is not None):
            raise MisplacedTag(tag, parent.tag, "a TH, and nothing else, has a scope")
        if (tag == "L") != (list_numbering is not None):
            raise MisplacedTag(tag, parent.tag, "an L, and nothing else, has a list numbering")
        element = Element(tag, parent)
        element.alt, element.row_span, element.column_span = alt, row_span, column_span
        if lang is not None and lang != parent.language():
            element.lang = lang
        if scope or list_numbering or box or row_span > 1 or column_span > 1:
            _attributes(element, scope, list_numbering, box)
        parent.kids.append(element)
        return element

    def open_again(self, like: Element, parent: Element) -> Element:
        """An element as it was right in another document, under a parent of the same tag."""
        if like.tag in HEADINGS:
            self._step_to(like.tag)
        element = Element(like.tag, parent)
        element.alt, element.lang, element.attributes, element.bookmark = (
            like.alt,
            like.lang,
            like.attributes,
            like.bookmark,
        )
        element.row_span, element.column_span = like.row_span, like.column_span
        parent.kids.append(element)
        return element

    def _step_to(self, heading: str) -> None:
        level = HEADINGS.index(heading) + 1
        if level > self._heading + 1:
            raise SkippedHeading(level, self._heading)
        self._heading = level

    def new_key(self, owner: Element | None = None) -> int:
        """A key of the parent tree: an annotation's, owned by `owner`, or a page's, whose owners come later."""
        key = len(self._parents)
        self._parents[key] = 0
        if owner:
            self._owned[key] = owner
        return key

    def own(self, key: int, owners: list[Element]) -> None:
        """The elements that a page's marked content belongs to, in the order of its numbers."""
        self._owned[key] = owners

    def write_branch(self, element: Element) -> None:
        """Check and write an element and all below it; it takes nothing more.

        Elements of one kind are numbered and written one after the other: their objects are then all but equal.
        """
        kinds: dict[tuple[str | int, ...], list[Element]] = {}
        for each in _unwritten(element):
            each.written = True
            if each.tag == "Table":
                _check_rows(each)
            _check(each)
            kinds.setdefault(_kind(each), []).append(each)
        ordered = [kinds[kind] for kind in sorted(kinds)]
        for each in chain.from_iterable(ordered):
            each.number = each.number or self._file.reserve()
        if element.parent and not element.parent.number:
            element.parent.number = self._file.reserve()
        for alike in ordered:
            self._file.add_alike([(each.number, self._body(each)) for each in alike])
        for each in chain.from_iterable(ordered):
            each.kids.clear()
        self._settle()

    def _settle(self) -> None:
        """Write what belongs to written elements alone into the parent tree."""
        for key, owned in list(self._owned.items()):
            if isinstance(owned, Element):
                if not owned.written:
                    continue
                self._parents[key] = owned.number
            else:
                if not all(owner.written for owner in owned):
                    continue
                self._parents[key] = self._file.add(f"[{' '.join([f'{owner.number} 0 R' for owner in owned])}]")
            del self._owned[key]

    def finish(self) -> int:
        """Write what is left; returns the object number of the tree's root."""
        self.write_branch(self.document)
        nums = " ".join(f"{key} {owner} 0 R" for key, owner in self._parents.items())
        parents = self._file.add(f"<</Nums[{nums}]>>")
        return self._file.add(
            f"<</Type/StructTreeRoot/K[{self.document.number} 0 R]/ParentTree {parents} 0 R"
            f"/ParentTreeNextKey {len(self._parents)}>>",
            self._root,
        )

    def _body(self, element: Element) -> str:
        """The element's object. No /Type, which is not needed: an element is one by standing in the tree."""
        body = f"<</S/{element.tag}/P {element.parent.number if element.parent else self._root} 0 R"
        if element.alt:
            body += f"/Alt{pdf_text(element.alt)}"
        if element.lang:
            body += f"/Lang{pdf_text(element.lang)}"
        if element.attributes:
            attributes = "".join(element.attributes)
            body += f"/A{attributes}" if len(element.attributes) == 1 else f"/A[{attributes}]"
        home = 0
        kids = []
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(f"{kid.number} 0 R")
            elif isinstance(kid, Mark):
                if not home:
                    home = kid.page
                    body += f"/Pg {home} 0 R"
                kids.append(str(kid.mcid) if kid.page == home else f"<</Type/MCR/Pg {kid.page} 0 R/MCID {kid.mcid}>>")
            else:
                kids.append(f"<</Type/OBJR/Obj {kid.number} 0 R/Pg {kid.page} 0 R>>")
        if not kids:
            return f"{body}>>"
        return f"{body}/K {kids[0]}>>" if len(kids) == 1 else f"{body}/K[{' '.join(kids)}]>>"


def _unwritten(element: Element) -> list[Element]:
    """An element and all below it, in reading order, but for what is written."""
    found, waiting = [], [element]
    while waiting:
        each = waiting.pop()
        if not each.written:
            found.append(each)
            waiting += [kid for kid in reversed(each.kids) if isinstance(kid, Element)]
    return found


def _kind(element: Element) -> tuple[str | int, ...]:
    """What elements have in common whose objects differ in numbers only."""
    kids = element.kids
    first = kids[0].__class__.__name__ if kids else ""
    return element.alt is not None, element.tag, "".join(element.attributes), len(kids), first


def _attributes(
    element: Element,
    scope: Scope | None,
    list_numbering: ListNumbering | None,
    box: tuple[float, float, float, float] | None,
) -> None:
    table = "".join(
        [
            f"/Scope/{scope}" if scope else "",
            f"/RowSpan {element.row_span}" if element.row_span > 1 else "",
            f"/ColSpan {element.column_span}" if element.column_span > 1 else "",
        ]
    )
    if table and element.tag not in ("TH", "TD"):
        raise MisplacedTag(element.tag, str(element.parent), "only a cell spans rows or columns")
    if table:
        element.attributes.append(f"<</O/Table{table}>>")
    if list_numbering:
        element.attributes.append(f"<</O/List/ListNumbering/{list_numbering}>>")
    if box:
        element.attributes.append(f"<</O/Layout/Placement/Block/BBox[{numbers(box)}]>>")


def _check(element: Element) -> None:
    """What can only be known when an element is complete."""
    if element.tag in _NEVER_EMPTY and not element.kids:
        raise MissingWords(element.tag, "content")
    if element.tag == "Link" and not any(isinstance(kid, Annotation) for kid in element.kids):
        raise MissingWords("Link", "link() in it")
    if element.tag == "LI" and [kid.tag for kid in element.elements()] not in (["LBody"], ["Lbl", "LBody"]):
        raise MisplacedTag("LI", str(element.parent), "an item is one LBody, with one Lbl before it or none")


def _check_rows(table: Element) -> None:
    """Raise IrregularTable unless every row covers the same columns, spans counted."""
    rows: list[Element] = []
    for part in table.elements():
        rows += [part] if part.tag == "TR" else [row for row in part.elements() if row.tag == "TR"]
    widths, hanging = [], [0] * len(rows)
    for index, row in enumerate(rows):
        width = hanging[index]
        for cell in row.elements():
            width += cell.column_span
            if index + cell.row_span > len(rows):
                raise TaggingFault(f"a cell spans {cell.row_span} rows, past the end of its table")
            for below in range(index + 1, index + cell.row_span):
                hanging[below] += cell.column_span
        widths.append(width)
    if len(set(widths)) > 1:
        raise IrregularTable(widths)
