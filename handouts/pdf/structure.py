"""The structure tree: elements in reading order, what may stand in what, and each element as a PDF object.

Knows no drawing: a page tells it which marked content belongs to which element.
"""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFObject, PDFString

from handouts.pdf.packed_document import PackedDocument, reference
from handouts.pdf.tagging_errors import IrregularTable, MisplacedTag, MissingWords, SkippedHeading

Scope = Literal["Column", "Row"]
ListNumbering = Literal["None", "Decimal", "Disc"]

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
_LINES = {"P", *HEADINGS, "Lbl", "Span", "Link"}
"""Elements of running text: they hold words and inline elements only."""
_CELLS = {"LBody", "TH", "TD"}
"""Elements that hold words or whole blocks."""
HOLDS_TEXT = _LINES | _CELLS | {"Figure"}
_ENTRIES_A_NODE = 1000
_NEVER_EMPTY = _LINES | {"LBody", "Figure", "L", "LI", "Table", "TR", "THead", "TBody"}

_BLOCKS = {"P", *HEADINGS, "L", "Table", "Figure", "Div", "Sect", "Span", "Link"}
_INLINE = {"Span", "Link", "Figure"}
_MAY_HOLD: dict[str, set[str]] = {
    "Document": _BLOCKS | {"Part"},
    "Part": _BLOCKS,
    "Sect": _BLOCKS,
    "Div": _BLOCKS,
    "L": {"LI"},
    "LI": {"Lbl", "LBody"},
    "Table": {"THead", "TBody", "TR"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TR": {"TH", "TD"},
    "Figure": {"Span"},
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

    __slots__ = ("alt", "attributes", "bookmark", "kids", "lang", "number", "parent", "root", "tag", "written")

    def __init__(self, tag: str, parent: Element | None, root: int = 0) -> None:
        self.tag, self.parent, self.root, self.number = tag, parent, root, 0
        self.kids: list[Element | Mark | Annotation] = []
        self.alt: str | None = None
        self.lang: str | None = None
        self.attributes: PDFDictionary | None = None
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
        if self.tag == "TH":
            parts.append(f"/ID{_identifier(self.number)}".encode())
        for key, text in (("Alt", self.alt), ("Lang", self.lang)):
            if text:
                parts.append(b"/%s%s" % (key.encode(), PDFString(text).format(document)))
        if self.attributes:
            parts.append(b"/A" + self.attributes.format(document))
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
        # Numbers of objects, in arrays: a print file has a hundred thousand of them.
        self._parents, self._heads = array("Q"), array("Q")
        self._owned: dict[int, Element | list[Element]] = {}
        self._heading = 0
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
        box: tuple[float, float, float, float] | None = None,
    ) -> Element:
        """A new element, last in `parent`, with the attributes that `TaggedCanvas.tag` and `figure` describe.

        `box` is left, bottom, right and top of a Figure on its page, in points. Raises TaggingFault where the tag or
        one of its attributes is wrong.
        """
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
        element.alt = alt
        if lang is not None and lang != parent.language():
            element.lang = lang
        if scope:
            element.attributes = _attributes("Table", Scope=PDFName(scope))
        elif list_numbering:
            element.attributes = _attributes("List", ListNumbering=PDFName(list_numbering))
        elif box:
            element.attributes = _attributes("Layout", Placement="/Block", BBox=PDFArray(box))
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
        self._parents.append(0)
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
            if each.tag == "TH":
                self._heads.append(each.number)
        if element.parent and not element.parent.number:
            element.parent.number = self._document.reserve()
        for each in branch:
            self._document.put(each.number, each)
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
                self._document.put(self._parents[key], PDFArray([reference(owner.number) for owner in owned]))
            del self._owned[key]

    def finish(self) -> int:
        """Write what is left; returns the object number of the tree's root."""
        self.write_branch(self.document)
        document = self._document
        root = {
            "Type": PDFName("StructTreeRoot"),
            "K": PDFArray([reference(self.document.number)]),
            "ParentTree": self._put_tree("Nums", str, range(len(self._parents)), self._parents),
            "ParentTreeNextKey": len(self._parents),
        }
        if self._heads:
            # In the order of letters: in a large print file some numbers have more digits than others.
            heads = array("Q", sorted(self._heads, key=_identifier))
            root["IDTree"] = self._put_tree("Names", _identifier, heads, heads)
        document.put(self._root, PDFDictionary(root))
        return self._root

    def _put_tree(self, leaves: str, key: Callable[[int], str], keys: Sequence[int], numbers: Sequence[int]) -> str:
        """Write a tree of names or numbers, in nodes of a thousand so that no large one need lie in memory."""

        def put(**node: PDFObject) -> str:
            number = self._document.reserve()
            self._document.put(number, PDFDictionary(node))
            return reference(number)

        nodes = []
        for start in range(0, len(keys), _ENTRIES_A_NODE):
            some = slice(start, start + _ENTRIES_A_NODE)
            pairs = [(key(one), reference(number)) for one, number in zip(keys[some], numbers[some], strict=True)]
            listed = PDFArray(itertools.chain.from_iterable(pairs))
            if len(pairs) == len(keys):
                return put(**{leaves: listed})
            nodes.append(put(**{"Limits": PDFArray([pairs[0][0], pairs[-1][0]]), leaves: listed}))
        return put(Kids=PDFArray(nodes))


def _identifier(number: int) -> str:
    """The identifier of the header cell that is the object of this number."""
    return f"({number:06})"


def _attributes(owner: str, **entries: object) -> PDFDictionary:
    """An attribute object: its entries, under the name of who defines them."""
    return PDFDictionary({"O": PDFName(owner), **entries})


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
    """Raise IrregularTable unless every row has as many cells; no cell of ours spans several."""
    rows: list[Element] = []
    for part in table.elements():
        rows += [part] if part.tag == "TR" else [row for row in part.elements() if row.tag == "TR"]
    widths = [sum(1 for _ in row.elements()) for row in rows]
    if len(set(widths)) > 1:
        raise IrregularTable(widths)
