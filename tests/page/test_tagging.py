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

from handouts.fonts import UnprintableText, face
from handouts.tagging import (
    ForbiddenLink,
    IrregularTable,
    MisplacedTag,
    MissingWords,
    SkippedHeading,
    TaggedCanvas,
    TaggingFault,
    UnbalancedCalls,
    UntaggedText,
)
from tests.page.torture import INK, Art, new_canvas, say, spool, torture
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
    assert sum(stream.get("/Subtype") == Name.Form for stream in streams) == 1
    names = {str(item.BaseFont)[8:] for item in pdf.objects if isinstance(item, Dictionary) and "/BaseFont" in item}
    assert names == {"HandoutSans-Regular", "HandoutSans-Bold", "HandoutSans-ExtraBold", "NotoSans-Regular"}


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


def test_each_part_begins_with_its_first_heading(canvas: TaggedCanvas) -> None:
    with canvas.tag("Part"):
        text_in("H1")(canvas)
    with pytest.raises(SkippedHeading), canvas.tag("Part"):
        text_in("H2")(canvas)


def test_a_part_is_closed_for_good(canvas: TaggedCanvas) -> None:
    with canvas.tag("Part") as part, canvas.tag("H1"):
        say(canvas, 50, 50, "One")
    with pytest.raises(UnbalancedCalls), canvas.reopen(part):
        pass


# What must not be drawn


def refused(fault: type[Exception], *draws: Callable[[TaggedCanvas], object]) -> list[Any]:
    return [pytest.param(fault, draw, id=f"{fault.__name__}-{number}") for number, draw in enumerate(draws)]


def text_in(*tags: str) -> Callable[[TaggedCanvas], None]:
    """Draw text inside these nested tags."""

    def draw(canvas: TaggedCanvas, depth: int = 0) -> None:
        if depth == len(tags):
            say(canvas, 50, 50, "words")
            return
        more = {"TH": {"scope": "Column"}, "L": {"list_numbering": "None"}}.get(tags[depth], {})
        with canvas.tag(tags[depth], **more):  # type: ignore[arg-type]
            draw(canvas, depth + 1)

    return draw


def table(*rows: list[dict[str, int]]) -> Callable[[TaggedCanvas], None]:
    """Draw a table of these cells and end the document."""

    def draw(canvas: TaggedCanvas) -> None:
        with canvas.tag("Table"):
            for row in rows:
                with canvas.tag("TR"):
                    for cell in row:
                        with canvas.tag("TD", **cell):  # type: ignore[arg-type]
                            pass
        canvas.end_page()
        canvas.finish()

    return draw


def opened(tag: str, **attributes: Any) -> Callable[[TaggedCanvas], None]:
    def draw(canvas: TaggedCanvas) -> None:
        with canvas.tag(tag, **attributes):
            pass

    return draw


def finished(draw: Callable[[TaggedCanvas], None]) -> Callable[[TaggedCanvas], None]:
    def whole(canvas: TaggedCanvas) -> None:
        draw(canvas)
        canvas.end_page()
        canvas.finish()

    return whole


def linked(url: str = "https://example.org", description: str = "Our page") -> Callable[[TaggedCanvas], None]:
    def draw(canvas: TaggedCanvas) -> None:
        with canvas.tag("P"), canvas.tag("Link"):
            say(canvas, 50, 50, "here")
            canvas.link(url, description, (50, 40, 30, 12))

    return draw


def in_artifact(draw: Callable[[TaggedCanvas], None]) -> Callable[[TaggedCanvas], None]:
    def whole(canvas: TaggedCanvas) -> None:
        with canvas.artifact():
            draw(canvas)

    return whole


def skipping(canvas: TaggedCanvas) -> None:
    text_in("H1")(canvas)
    text_in("H3")(canvas)


def empty_figure(canvas: TaggedCanvas, alt: str = "A figure") -> None:
    with canvas.figure(alt, (0, 0, 10, 10)):
        pass


def page_ended_in_figure(canvas: TaggedCanvas) -> None:
    with canvas.figure("A figure", (0, 0, 10, 10)):
        canvas.end_page()


def reopened_in_artifact(canvas: TaggedCanvas) -> None:
    with canvas.tag("P") as paragraph:
        say(canvas, 50, 50, "words")
    with canvas.artifact(), canvas.reopen(paragraph):
        pass


def tag_in_figure(canvas: TaggedCanvas) -> None:
    with canvas.figure("A figure", (0, 0, 10, 10)), canvas.tag("P"):
        pass


@pytest.mark.parametrize(
    ("fault", "draw"),
    [
        *refused(UntaggedText, text_in(), text_in("Sect"), text_in("L", "LI"), text_in("Table", "TR"), text_in("Div")),
        *refused(
            MisplacedTag,
            text_in("P", "P"),
            text_in("LI"),
            text_in("TD"),
            text_in("L", "P"),
            text_in("H1", "H2"),
            text_in("Link", "P"),
            text_in("Sect", "Part"),
            text_in("Nonsense"),
            text_in("Figure"),
            opened("TH"),
            opened("TD", scope="Column"),
            opened("L"),
            opened("P", list_numbering="Decimal"),
            opened("P", row_span=2),
            in_artifact(text_in("P")),
            in_artifact(linked()),
            in_artifact(empty_figure),
            tag_in_figure,
            reopened_in_artifact,
            lambda canvas: canvas.link("https://example.org", "Our page", (0, 0, 1, 1)),
            finished(lambda canvas: text_in("L", "LI", "Lbl")(canvas)),
        ),
        *refused(SkippedHeading, text_in("H2"), skipping),
        *refused(
            MissingWords,
            lambda canvas: empty_figure(canvas, ""),
            lambda canvas: empty_figure(canvas, " "),
            finished(empty_figure),
            finished(opened("P")),
            finished(opened("H1")),
            finished(opened("L", list_numbering="None")),
            finished(text_in("P", "Link")),
            linked(description=" "),
        ),
        *refused(ForbiddenLink, linked("javascript:alert(1)"), linked("file:///etc/passwd"), linked("https://é.org")),
        *refused(
            IrregularTable,
            table([{}, {}], [{}]),
            table([{"column_span": 3}], [{}, {}]),
            table([{"row_span": 2}, {}], [{}, {}]),
        ),
        *refused(TaggingFault, table([{"row_span": 2}])),
        *refused(
            UnbalancedCalls,
            lambda canvas: canvas.begin_page(),
            lambda canvas: canvas.finish(),
            in_artifact(lambda canvas: canvas.end_page()),
            page_ended_in_figure,
            lambda canvas: [canvas.end_page(), canvas.rect(0, 0, 1, 1, fill=INK)],
            lambda canvas: [canvas.end_page(), text_in("P")(canvas)],
            lambda canvas: [canvas.end_page(), canvas.end_page()],
            lambda canvas: [text_in("H1")(canvas), canvas.end_page(), canvas.finish(), canvas.finish()],
        ),
    ],
)
def test_faults_stop_the_build(canvas: TaggedCanvas, fault: type[Exception], draw: Callable[[Any], object]) -> None:
    with pytest.raises(fault):
        draw(canvas)


def test_a_document_needs_a_title_and_a_page() -> None:
    with pytest.raises(MissingWords):
        new_canvas(" ")
    with pytest.raises(UnbalancedCalls):
        new_canvas().finish()


def test_a_character_without_a_glyph_is_never_drawn(canvas: TaggedCanvas) -> None:
    with canvas.tag("P"), pytest.raises(UnprintableText, match=r"U\+5F20"):
        canvas.text(50, 50, "张", face("regular"), 12, INK)


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


def fonts(pdf: pikepdf.Pdf) -> list[Any]:
    return list(pdf.pages[0].Resources.Font.values())


def swap_parents(pdf: pikepdf.Pdf) -> None:
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0], owners[1] = owners[1], owners[0]


def drop_mark(pdf: pikepdf.Pdf) -> None:
    find(pdf, "H1").K = Array([])


def add_mark(pdf: pikepdf.Pdf) -> None:
    find(pdf, "H1").K.append(999)


def claim_zero(pdf: pikepdf.Pdf) -> None:
    unicode = fonts(pdf)[0].ToUnicode
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
    "forgotten text": ("both", lambda pdf: replace(pdf, b"/H1 <</MCID 0>> BDC", b"/Span BMC")),
    "unopened mark": ("walker", lambda pdf: replace(pdf, b"/H1 <</MCID 0>> BDC", b"")),
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
    "font not embedded": (
        "both",
        lambda pdf: [font.DescendantFonts[0].FontDescriptor.__delitem__("/FontFile2") for font in fonts(pdf)],
    ),
    "wrong widths": ("checker", lambda pdf: setattr(fonts(pdf)[0].DescendantFonts[0], "W", Array([0, 500, 999]))),
    "no characters": ("both", lambda pdf: [font.__delitem__("/ToUnicode") for font in fonts(pdf)]),
    "character zero": ("walker", claim_zero),
    "missing glyph": ("checker", lambda pdf: replace(pdf, b"> Tj", b"0000> Tj")),
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
