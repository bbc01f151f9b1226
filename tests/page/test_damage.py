"""Damage to a good file that the checker or the walker must see."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import page
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.walker import walk


def find(pdf: pikepdf.Pdf, tag: str) -> Any:
    """The first element with this tag."""
    kids = [pdf.Root.StructTreeRoot.K]
    while kids:
        kid = kids.pop(0)
        if isinstance(kid, Array):
            kids = [*kid, *kids]
        elif isinstance(kid, Dictionary) and "/S" in kid:
            if str(kid.S) == f"/{tag}":
                return kid
            kids = [*([kid.K] if "/K" in kid else []), *kids]
    raise LookupError(tag)


def replace(pdf: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    """Replace bytes of the first page's content."""
    content = pdf.pages[0].Contents.read_bytes()
    assert old in content
    pdf.pages[0].Contents = pdf.make_stream(content.replace(old, new, 1))


def fonts(pdf: pikepdf.Pdf) -> list[Any]:
    return list(pdf.pages[0].Resources.Font.values())


def drop_programs(pdf: pikepdf.Pdf) -> None:
    for font in fonts(pdf):
        del font.FontDescriptor.FontFile2


def swap_parents(pdf: pikepdf.Pdf) -> None:
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    owners = numbers[numbers.index(pdf.pages[0].StructParents) + 1]
    owners[0], owners[1] = owners[1], owners[0]


def drop_mark(pdf: pikepdf.Pdf) -> None:
    find(pdf, "H1").K = Array([])


def add_mark(pdf: pikepdf.Pdf) -> None:
    find(pdf, "H1").K = Array([0, 999])


def claim_zero(pdf: pikepdf.Pdf) -> None:
    unicode = fonts(pdf)[0].ToUnicode
    unicode.write(unicode.read_bytes().replace(b"endbfchar", b"<01> <0000>\nendbfchar", 1))


def compliant(data: bytes) -> bool:
    try:
        return page.is_pdf_compliant_bytes(data)
    except page.PageError:  # it cannot even find out which standard the file claims
        return False


DAMAGE: dict[str, tuple[str, Callable[[pikepdf.Pdf], object]]] = {
    "figure without words": ("both", lambda pdf: find(pdf, "Figure").__delitem__("/Alt")),
    "no language": ("both", lambda pdf: pdf.Root.__delitem__("/Lang")),
    "no metadata": ("both", lambda pdf: pdf.Root.__delitem__("/Metadata")),
    "no title bar": ("both", lambda pdf: pdf.Root.__delitem__("/ViewerPreferences")),
    "no marking": ("both", lambda pdf: pdf.Root.__delitem__("/MarkInfo")),
    "no tree": ("both", lambda pdf: pdf.Root.__delitem__("/StructTreeRoot")),
    "heading skipped": ("both", lambda pdf: setattr(find(pdf, "H2"), "S", Name.H4)),
    "header without scope": ("walker", lambda pdf: find(pdf, "TH").__delitem__("/A")),
    "short row": ("both", lambda pdf: setattr(find(pdf, "TR"), "K", Array(list(find(pdf, "TR").K)[1:]))),
    "untagged drawing": ("both", lambda pdf: pdf.pages[0].contents_add(b"q 10 10 m 50 50 l S Q")),
    "forgotten text": ("both", lambda pdf: replace(pdf, b"/H1 <</MCID 0>> BDC", b"/Span BMC")),
    "unopened mark": ("walker", lambda pdf: replace(pdf, b"/H1 <</MCID 0>> BDC", b"")),
    "unclosed state": ("walker", lambda pdf: replace(pdf, b"Q\n", b"")),
    "element without its mark": ("walker", drop_mark),
    "mark that is not there": ("walker", add_mark),
    "swapped owners": ("walker", swap_parents),
    "page without key": ("walker", lambda pdf: pdf.pages[0].__delitem__("/StructParents")),
    "link without words": ("both", lambda pdf: pdf.pages[0].Annots[0].__delitem__("/Contents")),
    "link not printed": ("walker", lambda pdf: setattr(pdf.pages[0].Annots[0], "F", 0)),
    "link as a span": ("both", lambda pdf: setattr(find(pdf, "Link"), "S", Name.Span)),
    "no tab order": ("both", lambda pdf: pdf.pages[0].__delitem__("/Tabs")),
    "unknown tag": ("checker", lambda pdf: setattr(find(pdf, "P"), "S", Name("/Foo"))),
    "bad language": ("checker", lambda pdf: setattr(find(pdf, "Span"), "Lang", "not a language")),
    "item without body": ("checker", lambda pdf: setattr(find(pdf, "LBody"), "S", Name.P)),
    "font not embedded": ("both", drop_programs),
    "wrong widths": ("checker", lambda pdf: setattr(fonts(pdf)[0], "Widths", Array([999] * 96))),
    "no characters": ("walker", lambda pdf: [font.__delitem__("/ToUnicode") for font in fonts(pdf)]),
    "character zero": ("walker", claim_zero),
    "missing glyph": ("checker", lambda pdf: replace(pdf, b") Tj", b"\\377) Tj")),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_seen(document: bytes, name: str) -> None:
    seen_by, damage = DAMAGE[name]
    pdf = pikepdf.open(BytesIO(document))
    damage(pdf)
    out = BytesIO()
    pdf.save(out)
    if seen_by in ("both", "walker"):
        assert walk(out.getvalue()).problems
    if seen_by in ("both", "checker"):
        assert not compliant(out.getvalue())
