"""The tagged canvas: what it writes passes an independent checker and our walker; what is wrong is not written."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any

import page
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from handouts.pdf.tagging import TaggedCanvas
from tests.page.torture import Art, new_canvas, say, spool, torture
from tests.walker import walk


@pytest.fixture(scope="module")
def document() -> bytes:
    return torture()


@pytest.fixture
def canvas() -> TaggedCanvas:
    canvas = new_canvas()
    canvas.begin_page()
    return canvas


def test_passes_the_checker_and_the_walker(document: bytes) -> None:
    report = page.validate_pdf_bytes(document)
    assert report.is_compliant, report
    assert walk(document).problems == []


def test_reading_order_is_the_order_of_opening(document: bytes) -> None:
    assert walk(document).outline.replace("  ", "·").split() == [
        "Document",
        "·H1",
        "·Sect",
        "··H2",
        "··Figure",
        "··L",
        *["···LI", "····Lbl", "····LBody"] * 2,
        "··P",
        "···Span",
        "···Span",
        "·Div",
        "··P",
        "···Link",
        "·Table",
        "··THead",
        "···TR",
        *["····TH"] * 3,
        "··TBody",
        "···TR",
        *["····TH", "····TD", "····TD"],
        "···TR",
        "····TD",
        *["·····L", "······LI", "·······LBody", "········P"],
        "·H2",
    ]


def test_text_is_read_back_with_words_apart(document: bytes, tmp_path: Any) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(document)
    told = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, text=True, check=True).stdout
    for words in (
        '"Your knee program (10)"',
        '"Nguyễn Thị Ánh \U0001df04"',
        '"καλημέρα"',
        '"This goes on "',
        '"drawn later"',
        '"slowly."',
    ):
        assert words in told, told
    assert "Page 1 of 2" not in told


def test_a_block_over_two_pages_is_one_element(document: bytes) -> None:
    told = walk(document)
    link = next(element for element in told.dictionaries if element.S == "/Link")
    pages = {kid.Pg.objgen if isinstance(kid, Dictionary) else link.Pg.objgen for kid in link.K}
    assert len(pages) == 2
    assert sum(isinstance(kid, Dictionary) and "/Obj" in kid for kid in link.K) == 2


def test_words_in_another_language_say_so_once(document: bytes) -> None:
    told = walk(document)
    spoken = [(str(element.S), str(element.Lang)) for element in told.dictionaries if "/Lang" in element]
    assert spoken == [("/Document", "en-US"), ("/Span", "vi"), ("/Span", "el")]
    canvas = new_canvas()
    canvas.begin_page()
    with canvas.tag("P", lang="en-US") as paragraph:
        say(canvas, 50, 50, "same")
    assert paragraph.lang is None


def test_a_figure_knows_its_place(document: bytes) -> None:
    told = walk(document)
    figure = next(element for element in told.dictionaries if element.S == "/Figure")
    assert [float(edge) for edge in figure.A.BBox] == [45, 562, 145, 642]


def test_the_catalogue_says_what_it_must(document: bytes) -> None:
    pdf = pikepdf.open(BytesIO(document))
    root = pdf.Root
    assert (str(root.Lang), bool(root.MarkInfo.Marked), bool(root.ViewerPreferences.DisplayDocTitle)) == (
        "en-US",
        True,
        True,
    )
    assert pdf.pdf_version == "1.7"
    assert str(pdf.docinfo.CreationDate) == str(pdf.docinfo.ModDate) == "D:20250301000000Z"
    with pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == str(pdf.docinfo.Title) == "Knee & <co> for Ánh"
        assert (xmp["pdfuaid:part"], xmp["dc:language"]) == ("1", {"en-US"})
        assert xmp["xmp:CreateDate"].startswith("2025-03-01")


def test_bookmarks_come_from_headings(document: bytes) -> None:
    with pikepdf.open(BytesIO(document)).open_outline() as outline:
        (first,) = outline.root
        assert first.title == "Your knee program (10)"
        assert [kid.title for kid in first.children] == ["Bridge, in short", "Questions"]


def test_the_attachment_says_what_it_is(document: bytes) -> None:
    pdf = pikepdf.open(BytesIO(document))
    (specification,) = pdf.Root.AF
    assert specification.objgen == pdf.Root.Names.EmbeddedFiles.Names[1].objgen
    assert (str(specification.F), str(specification.UF)) == ("program.json", "program.json")
    assert specification.AFRelationship == Name.Data
    assert str(specification.Desc)
    stream = specification.EF.F
    assert (stream.read_bytes(), stream.Subtype) == (b'{"patient": "x"}', Name("/application/json"))
    assert str(stream.Params.ModDate) == "D:20250301000000Z"


def test_drawings_and_fonts_are_stored_once(document: bytes) -> None:
    pdf = pikepdf.open(BytesIO(document))
    streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
    forms = [stream.read_bytes() for stream in streams if stream.get("/Subtype") == Name.Form]
    assert len(forms) == len(set(forms)) == 2, "the drawing, and the dot that a filled circle is"
    names = {str(item.BaseFont)[8:] for item in pdf.objects if isinstance(item, Dictionary) and "/BaseFont" in item}
    assert names == {"HandoutSans-Regular", "HandoutSans-Bold", "HandoutSans-ExtraBold", "NotoSans-Regular"}


def test_equal_contents_of_pages_are_stored_once() -> None:
    canvas = new_canvas()
    for words in ("Lift", "Lower", "Lift"):
        canvas.begin_page()
        with canvas.artifact("Header"):
            say(canvas, 50, 20, "Knee program")
        canvas.divide()
        with canvas.tag("P"):
            say(canvas, 50, 50, words)
        canvas.end_page()
    data = canvas.finish()
    assert walk(data).problems == []
    told = [[part.objgen for part in each.Contents] for each in pikepdf.open(BytesIO(data)).pages]
    assert told[0] == told[2]
    assert told[0][0] == told[1][0]
    assert told[0][1] != told[1][1]


def test_page_labels_start_again_with_each_handout() -> None:
    pdf = pikepdf.open(BytesIO(spool(3)))
    assert [page.label for page in pdf.pages] == ["1", "2"] * 3


def test_a_spool_keeps_a_part_for_each_handout() -> None:
    told = spool(5)
    assert page.validate_pdf_bytes(told).is_compliant
    walked = walk(told)
    assert walked.problems == []
    assert [tag for depth, tag in walked.elements if depth == 1] == ["Part"] * 5
    with walked.pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [f"Handout {n}" for n in range(1, 6)]
    assert len(told) < 2.5 * len(torture())


def test_same_calls_same_bytes_in_any_process(document: bytes) -> None:
    assert torture() == document
    code = "import hashlib; from tests.page.torture import torture; print(hashlib.sha256(torture()).hexdigest())"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert told == hashlib.sha256(document).hexdigest()


def test_equal_keys_are_one_drawing(canvas: TaggedCanvas) -> None:
    assert canvas.form("a", Art()) is canvas.form("a", Art())
    assert canvas.form("a", Art()).name != canvas.form("b", Art()).name


# Damage that the checks must see


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


def fonts(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    return [font for font in pdf.pages[0].Resources.Font.values() if font.Subtype == f"/{kind}"]


def drop_programs(pdf: pikepdf.Pdf) -> None:
    for font in (*fonts(pdf, "TrueType"), *(font.DescendantFonts[0] for font in fonts(pdf, "Type0"))):
        del font.FontDescriptor.FontFile2


def swap_parents(pdf: pikepdf.Pdf) -> None:
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0], owners[1] = owners[1], owners[0]


def drop_mark(pdf: pikepdf.Pdf) -> None:
    find(pdf, "H1").K = Array([])


def add_mark(pdf: pikepdf.Pdf) -> None:
    find(pdf, "H1").K = Array([0, 999])


def claim_zero(pdf: pikepdf.Pdf) -> None:
    unicode = fonts(pdf, "Type0")[0].ToUnicode
    data = unicode.read_bytes()
    unicode.write(data.replace(b"endbfchar", b"<0001> <0000>\nendbfchar", 1))


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
    "forgotten text": ("both", lambda pdf: replace(pdf, b"/H1<</MCID 0>>BDC", b"/Span BMC")),
    "unopened mark": ("walker", lambda pdf: replace(pdf, b"/H1<</MCID 0>>BDC", b"")),
    "unclosed state": ("walker", lambda pdf: replace(pdf, b"Q", b"")),
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
    "wrong widths": (
        "checker",
        lambda pdf: setattr(fonts(pdf, "Type0")[0].DescendantFonts[0], "W", Array([0, 500, 999])),
    ),
    "wrong Latin widths": ("checker", lambda pdf: setattr(fonts(pdf, "TrueType")[0], "Widths", Array([999] * 96))),
    "no characters": ("both", lambda pdf: [font.__delitem__("/ToUnicode") for font in fonts(pdf, "Type0")]),
    "no encoding": ("walker", lambda pdf: [font.__delitem__("/Encoding") for font in fonts(pdf, "TrueType")]),
    "character zero": ("walker", claim_zero),
    "missing glyph": ("checker", lambda pdf: replace(pdf, b">Tj", b"0000>Tj")),
    "missing Latin glyph": ("checker", lambda pdf: replace(pdf, b")Tj", b"\\377)Tj")),
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
