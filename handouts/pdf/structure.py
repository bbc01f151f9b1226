"""The structure tree: elements in reading order, what may stand in what, and each element as a PDF object.

Knows no drawing: a page tells it which marked content belongs to which element.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFObject, PDFString

from handouts.pdf.packed_document import PackedDocument, reference
from handouts.pdf.tagging_errors import IrregularTable, MisplacedTag, MissingWords, SkippedHeading, TaggingFault

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


class Mark(NamedTuple):
    """A run of marked content: the object number of its page, and its number there."""

    page: int
    mcid: int


class Annotation(NamedTuple):
    """An annotation that belongs to an element: object numbers of its page and of itself."""

    page: int
    number: int


class Element(PDFObject):  # type: ignore[misc]
    """One structure element, a PDF object itself. `kids` are in reading order; `number` is 0 until it is written.

    A thousand PDFDictionary would take longer than all else that a handout needs, so it has a format of its own.
    """

    __slots__ = ("alt", "attributes", "bookmark", "column_span", "id", "kids", "lang", "number", "parent", "root",
                 "row_span", "tag", "written")  # fmt: skip

    def __init__(self, tag: str, parent: Element | None, root: int = 0) -> None:
        self.tag, self.parent, self.root, self.number = tag, parent, root, 0
        self.kids: list[Element | Mark | Annotation] = []
        self.alt: str | None = None
        self.lang: str | None = None
        self.id: str | None = None
        self.attributes: list[str] = []
        self.row_span = self.column_span = 1
        self.bookmark: str | None = None
        self.written = False

    def __repr__(self) -> str:
        return f"<{self.tag}>"

    def elements(self) -> Iterator[Element]:
        """The kids that are elements themselves."""
        return (kid for kid in self.kids if isinstance(kid, Element))

    def language(self) -> str | None:
        """The language in force here, its own or the nearest ancestor's."""
        return self.lang or (self.parent.language() if self.parent else None)

    def format(self, document: PDFDocument) -> bytes:
        """As ReportLab asks every object. No /Type, which an element does not need: it is one by standing in the tree.

        Pages are named once, on the element, where its marked content begins.
        """
        parts = [f"<</S/{self.tag}/P {reference(self.parent.number if self.parent else self.root)}".encode()]
        for key, text in (("Alt", self.alt), ("Lang", self.lang), ("ID", self.id)):
            if text:
                parts.append(b"/%s%s" % (key.encode(), PDFString(text).format(document)))
        if self.attributes:
            joined = " ".join(self.attributes)
            parts.append((f"/A{joined}" if len(self.attributes) == 1 else f"/A[{joined}]").encode())
        home, kids = 0, []
        for kid in self.kids:
            if isinstance(kid, Element):
                kids.append(reference(kid.number))
            elif isinstance(kid, Annotation):
                kids.append(f"<</Type/OBJR/Obj {reference(kid.number)}/Pg {reference(kid.page)}>>")
            elif kid.page == home or not home:
                home = kid.page
                kids.append(str(kid.mcid))
            else:
                kids.append(f"<</Type/MCR/Pg {reference(kid.page)}/MCID {kid.mcid}>>")
        if home:
            parts.append(f"/Pg {reference(home)}".encode())
        if kids:
            parts.append(f"/K {kids[0]}".encode() if len(kids) == 1 else f"/K[{' '.join(kids)}]".encode())
        return b"".join(parts) + b">>"


class StructureTree:
    """The tree of one document, checked as it grows, written branch by branch."""

    def __init__(self, document: PackedDocument, lang: str) -> None:
        self._document = document
        self._root = document.reserve()
        self._parents: dict[int, int] = {}
        self._owned: dict[int, Element | list[Element]] = {}
        self._heading = self._parts = 0
        self._ids: dict[str, int] = {}
        """Named cells by the number of their object, which is 0 until they are written."""
        self.document = Element("Document", None, self._root)
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
        id: str | None = None,  # noqa: A002 - PDF's own word
        headers: Sequence[str] = (),
    ) -> Element:
        """A new element, last in `parent`.

        Args:
            tag: its standard structure type.
            parent: what it stands in.
            alt: alternate text, for a Figure.
            lang: its language (BCP 47) where that differs from the words around.
            scope: of which cells a TH is the header.
            list_numbering: what an L has before its items.
            row_span: rows that a cell covers.
            column_span: columns that a cell covers.
            box: left, bottom, right and top of a Figure on its page, in points.
            id: the name of a cell that others have as their header; a Part has names of its own.
            headers: names of the cells that are headers of this one.

        Raises:
            TaggingFault: the tag or one of its attributes is wrong.
        """
        if parent.written:
            raise MisplacedTag(tag, repr(parent), "that part of the document is already written")
        if tag not in _MAY_HOLD.get(parent.tag, ()):
            raise MisplacedTag(tag, parent.tag)
        if tag == "Part":
            self._heading = 0
            self._parts += 1
        if tag in HEADINGS:
            self._step_to(tag)
        if tag == "Figure" and not (alt and alt.strip()):
            raise MissingWords("Figure", "alternate text; draw it in an artifact when it only decorates")
        if (tag == "TH") != (scope is not None):
            raise MisplacedTag(tag, parent.tag, "a TH, and nothing else, has a scope")
        if (tag == "L") != (list_numbering is not None):
            raise MisplacedTag(tag, parent.tag, "an L, and nothing else, has a list numbering")
        if tag not in ("TH", "TD") and (id or headers or row_span > 1 or column_span > 1):
            raise MisplacedTag(tag, parent.tag, "only a cell spans rows or columns, or has a name or headers")
        element = Element(tag, parent)
        element.alt, element.row_span, element.column_span = alt, row_span, column_span
        if lang is not None and lang != parent.language():
            element.lang = lang
        if id:
            element.id = self._in_part(id)
            if element.id in self._ids:
                raise MisplacedTag(tag, parent.tag, f"the name {id!r} is taken")
            self._ids[element.id] = 0
        if scope or headers or row_span > 1 or column_span > 1:
            names = (PDFString(self._in_part(name)).format(self._document).decode("latin-1") for name in headers)
            attributes = {
                "Scope": f"/{scope}" if scope else "", "Headers": f"[{' '.join(names)}]" if headers else "",
                "RowSpan": f" {row_span}" if row_span > 1 else "",
                "ColSpan": f" {column_span}" if column_span > 1 else "",
            }  # fmt: skip
            element.attributes.append(_attributes("Table", attributes))
        if list_numbering:
            element.attributes.append(_attributes("List", {"ListNumbering": f"/{list_numbering}"}))
        if box:
            element.attributes.append(_attributes("Layout", {"Placement": "/Block", "BBox": f"[{fp_str(*box)}]"}))
        parent.kids.append(element)
        return element

    def _step_to(self, heading: str) -> None:
        level = HEADINGS.index(heading) + 1
        if level > self._heading + 1:
            raise SkippedHeading(level, self._heading)
        self._heading = level

    def _in_part(self, name: str) -> str:
        """A cell's name, made one of its kind in a document of many parts."""
        return f"{self._parts}-{name}" if self._parts else name

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
        """Check and write an element and all below it; it takes nothing more, and its memory is given back."""
        branch = _unwritten(element)
        for each in branch:
            each.written = True
            if each.tag == "Table":
                _check_rows(each)
            _check(each)
            each.number = each.number or self._document.reserve()
        if element.parent and not element.parent.number:
            element.parent.number = self._document.reserve()
        for each in branch:
            self._document.put(each.number, each)
            if each.id:
                self._ids[each.id] = each.number
        for each in branch:
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
                self._parents[key] = self._document.reserve()
                self._document.put(self._parents[key], _array(reference(owner.number) for owner in owned))
            del self._owned[key]

    def finish(self) -> int:
        """Write what is left; returns the object number of the tree's root."""
        self.write_branch(self.document)
        document = self._document
        nums = _array(f"{key} {reference(owner)}" for key, owner in self._parents.items())
        root = {
            "Type": PDFName("StructTreeRoot"),
            "K": PDFArray([reference(self.document.number)]),
            "ParentTree": document.Reference(PDFDictionary({"Nums": nums})),
            "ParentTreeNextKey": len(self._parents),
        }
        if self._ids:
            names = [part for name in sorted(self._ids) for part in (PDFString(name), reference(self._ids[name]))]
            root["IDTree"] = PDFDictionary({"Names": PDFArray(names)})
        document.put(self._root, PDFDictionary(root))
        return self._root


def _array(entries: Iterable[str]) -> str:
    """A PDF array of what is already in PDF's own words."""
    return f"[{' '.join(entries)}]"


def _attributes(owner: str, entries: Mapping[str, str]) -> str:
    """An attribute object: those entries that are given, under the name of who defines them.

    As text: some 300 of them as PDFDictionary take 2 ms a handout.
    """
    return f"<</O/{owner}{''.join(f'/{key}{entry}' for key, entry in entries.items() if entry)}>>"


def _unwritten(element: Element) -> list[Element]:
    """An element and all below it, in reading order, but for what is written."""
    found, waiting = [], [element]
    while waiting:
        each = waiting.pop()
        if not each.written:
            found.append(each)
            waiting += [kid for kid in reversed(each.kids) if isinstance(kid, Element)]
    return found


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
