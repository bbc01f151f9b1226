"""Our own walk through a tagged PDF, independent of the code that wrote it.

Finds what the PDF/UA checkers overlook: marked content that the tree forgot and the other way round, painting outside
marked content, unbalanced operators, wrong parents. Returns sentences, so that a failing test says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

PAINTS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI"}
SHOWS_TEXT = {"Tj", "TJ", "'", '"'}
HEADINGS = ["/H1", "/H2", "/H3", "/H4", "/H5", "/H6"]
CONTAINERS = {"/Document", "/Part", "/Sect", "/Div", "/L", "/LI", "/Table", "/THead", "/TBody", "/TR"}


class Walk:
    """One document: `problems` found, `elements` in reading order as (depth, tag), and `text` by element."""

    def __init__(self, data: bytes, password: str = "") -> None:
        self.pdf = pikepdf.open(BytesIO(data), password=password)
        self.problems: list[str] = []
        self.elements: list[tuple[int, str]] = []
        self.dictionaries: list[Dictionary] = []
        self._owners: dict[tuple[Any, ...], Any] = {}
        self._pages = {page.objgen: index for index, page in enumerate(self.pdf.pages)}
        self._check_catalog()
        root = self.pdf.Root.get("/StructTreeRoot")
        if root is None:
            self.problems.append("no structure tree")
            return
        self._ids = {name: cell.objgen for name, cell in self._entries(root.get("/IDTree"), "/Names")}
        for kid in _each(root.K):
            self._walk(kid, root, None, 0)
        self._tree = dict(self._entries(root.get("/ParentTree"), "/Nums"))
        for index in range(len(self.pdf.pages)):
            self._check_page(index)
        self._check_order()
        self._check_fonts()

    @property
    def outline(self) -> str:
        """The elements as an indented list, the way a screen reader meets them."""
        return "\n".join("  " * depth + tag for depth, tag in self.elements)

    def _say(self, problem: str) -> None:
        self.problems.append(problem)

    def _entries(self, tree: Any, leaves: str) -> list[tuple[Any, Any]]:
        """The entries of a name or number tree; what is found by halving must stand in order, within its limits."""
        if tree is None:
            return []
        listed = list(tree.get(leaves, []))
        found = [(_key(key), value) for key, value in zip(listed[::2], listed[1::2], strict=True)]
        for kid in tree.get("/Kids", []):
            found += self._entries(kid, leaves)
        keys = [key for key, _ in found]
        if keys != sorted(set(keys)):
            self._say(f"the entries of {leaves} are not in order")
        if "/Limits" in tree and [_key(limit) for limit in tree.Limits] != [keys[0], keys[-1]]:
            self._say(f"the limits of {leaves} are not its first and last key")
        return found

    def _check_catalog(self) -> None:
        root = self.pdf.Root
        if not str(root.get("/Lang", "")):
            self._say("no document language")
        if not root.get("/MarkInfo", {}).get("/Marked", False):
            self._say("not marked as tagged")
        if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
            self._say("the title is not displayed")
        xmp = bytes(root.Metadata.read_bytes()).decode() if "/Metadata" in root else ""
        title = str(self.pdf.docinfo.get("/Title", ""))
        escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if "<pdfuaid:part>1</pdfuaid:part>" not in xmp or not title or f">{escaped}</rdf:li>" not in xmp:
            self._say("the metadata lack the title or the PDF/UA claim")

    def _walk(self, element: Any, parent: Any, page: Any, depth: int) -> None:
        tag = str(element.S)
        self.elements.append((depth, tag[1:]))
        self.dictionaries.append(element)
        if element.P.objgen != parent.objgen:
            self._say(f"{tag} points to another parent")
        page = element.get("/Pg", page)
        kids = list(_each(element.get("/K", Array())))
        for kid in kids:
            if isinstance(kid, Dictionary) and "/S" in kid:
                self._walk(kid, element, page, depth + 1)
                continue
            key = self._key(kid, page)
            if key in self._owners:
                self._say(f"{tag}: {key} belongs to two elements")
            if tag in CONTAINERS:
                self._say(f"{tag} holds content directly")
            self._owners[key] = element.objgen
        if tag == "/Figure" and not str(element.get("/Alt", "")).strip():
            self._say("a figure without alternate text")
        if tag != "/Link" and any(isinstance(kid, Dictionary) and "/Obj" in kid for kid in kids):
            self._say(f"{tag} holds a link's annotation")
        if tag == "/Link" and not any(isinstance(kid, Dictionary) and "/Obj" in kid for kid in kids):
            self._say("a link without its annotation")
        if tag == "/Table":
            self._check_table(element)

    def _key(self, kid: Any, page: Any) -> tuple[Any, ...]:
        if isinstance(kid, Dictionary):
            if "/Obj" in kid:
                return ("object", kid.Obj.objgen)
            page, kid = kid.get("/Pg", page), kid.MCID
        return (self._pages.get(page.objgen) if page is not None else None, int(kid))

    def _check_table(self, table: Any) -> None:
        rows = [row for part in _kids(table) for row in ([part] if part.S == Name.TR else _kids(part))]
        covered: list[set[int]] = [set() for _ in rows]
        for index, row in enumerate(rows):
            for cell in _kids(row):
                attributes = {k: v for a in _each(cell.get("/A", Array())) for k, v in a.items()}
                if cell.S == Name.TH and "/Scope" not in attributes:
                    self._say("a header cell without scope")
                if cell.S == Name.TH and self._ids.get(bytes(cell.get("/ID", b""))) != cell.objgen:
                    self._say("a header cell that the tree does not know by its name")
                column = next(n for n in range(1000) if n not in covered[index])
                for down in range(int(attributes.get("/RowSpan", 1))):
                    for across in range(int(attributes.get("/ColSpan", 1))):
                        if index + down < len(rows):
                            covered[index + down].add(column + across)
        if len({len(columns) for columns in covered}) > 1:
            self._say("a table with irregular rows")

    def _check_page(self, index: int) -> None:
        page = self.pdf.pages[index]
        place = f"page {index + 1}"
        if page.get("/Tabs") != Name.S:
            self._say(f"{place}: tab order does not follow the structure")
        found = set(self._check_content(page, place))
        listed = self._tree.get(int(page.get("/StructParents", -1)))
        for mcid in found:
            owner = self._owners.get((index, mcid))
            if owner is None:
                self._say(f"{place}: marked content {mcid} is in no element")
            elif listed is None or mcid >= len(listed) or listed[mcid].objgen != owner:
                self._say(f"{place}: the parent tree is wrong about marked content {mcid}")
        for mcid in {key[1] for key in self._owners if key[0] == index} - found:
            self._say(f"{place}: an element holds marked content {mcid}, which is not there")
        for annotation in page.get("/Annots", []):
            owner = self._tree.get(int(annotation.get("/StructParent", -1)))
            if owner is None or owner.objgen != self._owners.get(("object", annotation.objgen)):
                self._say(f"{place}: an annotation is not tied to its element")
            if not str(annotation.get("/Contents", "")) or not int(annotation.get("/F", 0)) & 4:
                self._say(f"{place}: an annotation has no description or is not printed")

    def _check_content(self, page: Any, place: str) -> Iterator[int]:
        marks: list[int | None] = []
        depths: list[tuple[int, int]] = []
        states = texts = 0
        seen: set[int] = set()
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                mcid = None
                if name == "BDC" and isinstance(operands[1], Dictionary) and "/MCID" in operands[1]:
                    mcid = int(operands[1].MCID)
                    if mcid in seen or any(outer is not None for outer in marks):
                        self._say(f"{place}: marked content {mcid} is used twice or nested")
                    seen.add(mcid)
                    yield mcid
                elif operands[0] != Name.Artifact:
                    self._say(f"{place}: {operands[0]} is marked but in no element")
                marks.append(mcid)
                depths.append((states, texts))
            elif name == "EMC":
                if not marks:
                    self._say(f"{place}: marked content ends that never began")
                    return
                marks.pop()
                if depths.pop() != (states, texts):
                    self._say(f"{place}: marked content straddles q or BT")
            elif name in PAINTS and not marks:
                self._say(f"{place}: {name} paints outside marked content")
            states += (name == "q") - (name == "Q")
            texts += (name == "BT") - (name == "ET")
            if states < 0 or texts not in (0, 1) or (name in SHOWS_TEXT and not texts):
                self._say(f"{place}: unbalanced operators at {name}")
            if name == "Do":
                self._check_form(page, str(operands[0]), place)
        if marks or states or texts:
            self._say(f"{place}: operators left open")

    def _check_form(self, page: Any, name: str, place: str) -> None:
        form = page.Resources.XObject[name]
        if form.Subtype != Name.Form:
            return
        operators = [str(operator) for _, operator in pikepdf.parse_content_stream(form)]
        if set(operators) & {"BDC", "BMC", *SHOWS_TEXT}:
            self._say(f"{place}: the form {name} has text or marked content of its own")
        if operators.count("q") != operators.count("Q"):
            self._say(f"{place}: the form {name} leaves the graphics state open")

    def _check_order(self) -> None:
        last = 0
        for _, tag in self.elements:
            if tag == "Part":
                last = 0
            if f"/{tag}" in HEADINGS:
                level = HEADINGS.index(f"/{tag}") + 1
                if level > last + 1:
                    self._say(f"heading {tag} after level {last}")
                last = level

    def _check_fonts(self) -> None:
        for page in self.pdf.pages:
            for name, font in page.Resources.get("/Font", {}).items():
                descendant = font.get("/DescendantFonts", [font])[0]
                if "/FontFile2" not in descendant.get("/FontDescriptor", {}):
                    self._say(f"the font {name} is not embedded")
                if font.get("/Encoding") == Name.WinAnsiEncoding:
                    continue
                if "/ToUnicode" not in font or re.search(rb"<[0-9A-F]{2,4}> <0000>", font.ToUnicode.read_bytes()):
                    self._say(f"the font {name} does not say which characters its glyphs are")


def walk(data: bytes, password: str = "") -> Walk:
    """Walk a document; its `problems` are empty when it is sound."""
    return Walk(data, password)


def _each(kids: Any) -> Iterator[Any]:
    yield from kids if isinstance(kids, Array) else [kids]


def _kids(element: Any) -> list[Any]:
    return [kid for kid in _each(element.get("/K", Array())) if isinstance(kid, Dictionary) and "/S" in kid]


def _key(key: Any) -> int | bytes:
    return bytes(key) if isinstance(key, String) else int(key)
