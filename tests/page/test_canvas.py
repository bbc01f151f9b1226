"""The tagged canvas: what it writes passes an independent checker and our walker; what is wrong is not written."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import subprocess
import sys
from collections import Counter
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name
from PIL import ImageOps
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import HRFlowable, Paragraph

from handouts.pdf import marked_content, structure
from handouts.pdf.canvas import TaggedCanvas
from handouts.pdf.fonts import face
from tests.page.torture import ART, COLOURS, TOP, new_canvas, print_file, say, torture
from tests.walker import walk


def test_passes_the_checker_and_the_walker(document: bytes) -> None:
    report = page.validate_pdf_bytes(document)
    assert report.is_compliant, report
    assert walk(document).problems == []


def test_what_is_looked_up_by_halving_stands_in_order_in_nodes_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    # As in a print file of thousands, where the numbers have more and fewer digits.
    monkeypatch.setattr(structure, "_ENTRIES_A_NODE", 2)
    monkeypatch.setattr(structure, "_identifier", "({})".format)
    document = torture()
    with pikepdf.open(BytesIO(document)) as pdf:
        root = pdf.Root.StructTreeRoot
        assert len(root.ParentTree.Kids) == 2
        assert len(root.IDTree.Kids) == 3
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
        *["····TH", "····TD"],
        *["·····L", "······LI", "·······LBody", "········P"],
        "····TD",
        "·P",
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


def test_a_bookmark_of_its_own_stands_for_all_of_a_heading() -> None:
    canvas = new_canvas()
    with canvas.tag("H1", bookmark="Short"):
        say(canvas, 45, 45, "A heading", line_end=True)
        say(canvas, 45, 60, "on two lines")
    canvas.showPage()
    with pikepdf.open(BytesIO(canvas.finish())) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Short"]


def test_the_attachment_says_what_it_is(document: bytes) -> None:
    pdf = pikepdf.open(BytesIO(document))
    (specification,) = pdf.Root.AF
    assert specification.objgen == pdf.Root.Names.EmbeddedFiles.Names[1].objgen
    assert (str(specification.F), str(specification.UF)) == ("program.json", "program.json")
    assert specification.AFRelationship == Name.Source
    assert str(specification.Desc)
    stream = specification.EF.F
    assert (stream.read_bytes(), stream.Subtype) == (b'{"patient": "x"}', Name("/application/json"))
    assert str(stream.Params.ModDate) == "D:20250301000000Z"


def test_drawings_bitmaps_and_fonts_are_stored_once(document: bytes) -> None:
    pdf = pikepdf.open(BytesIO(document))
    streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
    kinds = Counter(str(stream.get("/Subtype")) for stream in streams)
    assert kinds["/Form"] == 2, "one drawing in two colourings, painted three times"
    assert kinds["/Image"] == 3, "one bitmap, painted twice, its mask, and the stencil by which readers find figures"
    assert not [stream for stream in streams if "ASCII85" in str(stream.get("/Filter"))]
    names = {str(item.BaseFont)[8:]: 0 for item in pdf.objects if isinstance(item, Dictionary) and "/BaseFont" in item}
    assert list(names) == ["HandoutSans-Regular", "HandoutSans-Bold", "HandoutSans-ExtraBold", "NotoSans-Regular"]


def test_a_drawing_fills_its_box() -> None:
    canvas = new_canvas()
    canvas.translate(10, 20)
    canvas.draw_drawing(ART, COLOURS, 100, 200, 25, 80)
    canvas.showPage()
    with pypdfium2.PdfDocument(canvas.finish()) as pdf:
        left, top, right, bottom = ImageOps.invert(pdf[0].render(scale=1).to_pil().convert("L")).getbbox()
    assert (left, TOP - bottom, right, TOP - top) == pytest.approx((110, 220, 135, 300), abs=1)


def test_page_labels_start_again_with_each_handout() -> None:
    pdf = pikepdf.open(BytesIO(print_file(3)))
    assert [page.label for page in pdf.pages] == ["1", "2"] * 3


def test_every_page_that_is_shown_is_there() -> None:
    canvas = new_canvas()
    for _ in range(3):
        canvas.setPageSize((300 + canvas.getPageNumber(), 400))
        canvas.showPage()
    data = canvas.finish()
    assert walk(data).problems == []
    assert [float(page.mediabox[2]) for page in pikepdf.open(BytesIO(data)).pages] == [301, 302, 303]


def test_a_print_file_keeps_a_part_for_each_handout() -> None:
    told = print_file(5)
    assert page.validate_pdf_bytes(told).is_compliant
    walked = walk(told)
    assert walked.problems == []
    assert [tag for depth, tag in walked.elements if depth == 1] == ["Part"] * 5
    with walked.pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [f"Handout {n}" for n in range(1, 6)]
        assert all(item.is_closed for item in outline.root)
    assert len(told) < 2.5 * len(torture())


def test_very_many_parts_are_gathered_under_few_bookmarks() -> None:
    canvas = new_canvas()
    for number in range(250):
        with canvas.tag("Part", bookmark=f"Handout {number}"), canvas.tag("H1"):
            say(canvas, 45, 45, "Knee")
        canvas.showPage()
    with pikepdf.open(BytesIO(canvas.finish())) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root][1:] == ["Handout 100 – Handout 199", "Handout 200 – Handout 249"]
        assert [len(item.children) for item in outline.root] == [100, 100, 50]
        second = outline.root[1]
        assert second.destination[0].objgen == second.children[0].destination[0].objgen == pdf.pages[100].objgen


def test_what_is_finished_goes_out_at_once() -> None:
    """A print file of a thousand handouts is not held in memory."""
    out = BytesIO()
    canvas = TaggedCanvas(out, (612, 792), title="All", lang="en", date=dt.date(2025, 3, 1))
    sizes = []
    for number in range(200):
        with canvas.tag("Part"), canvas.tag("P"):
            for line in range(20):
                say(canvas, 45, 45 + line, f"{number} {line}")
        canvas.showPage()
        sizes.append(out.tell())
    assert all(before < after for before, after in pairwise(sizes)), "each page's content, at least"
    assert sizes[-1] > 20 * sizes[0]
    assert canvas.finish() == b""
    assert walk(out.getvalue()).problems == []


def test_reportlabs_own_flowables_draw_in_the_tag_that_is_open() -> None:
    canvas = new_canvas()
    style = ParagraphStyle("x", fontName=face("regular").key, fontSize=12, leading=15, alignment=TA_JUSTIFY)
    paragraph = Paragraph(" ".join(["Lift your hips – slowly."] * 12), style)
    paragraph.wrap(200, 700)
    with canvas.tag("H1"):
        paragraph.drawOn(canvas, 45, 500)
    with canvas.tag("P"):
        canvas.drawString(45, 400, "plain")
        rule = HRFlowable(width=100)
        rule.wrap(200, 700)
        rule.drawOn(canvas, 45, 300)
        canvas.drawCentredString(200, 400, "words")
    canvas.showPage()
    data = canvas.finish()
    assert walk(data).problems == []
    assert page.validate_pdf_bytes(data).is_compliant
    with pikepdf.open(BytesIO(data)).open_outline() as outline:
        assert outline.root[0].title == " ".join(["Lift your hips – slowly."] * 12)


def test_a_colour_set_inside_a_text_object_is_known_after_it() -> None:
    canvas = new_canvas()
    with canvas.tag("P"):
        canvas.draw_text(50, 100, "ink", "regular", 12, (0, 0, 1))
        words = canvas.beginText(50, 200)
        words.setFillColorRGB(1, 0, 0)
        words.setFont(face("bold").key, 30)
        words.textOut("red")
        canvas.drawText(words)
        canvas.draw_text(50, 300, "ink", "regular", 12, (0, 0, 1))
    canvas.showPage()
    with pypdfium2.PdfDocument(canvas.finish()) as pdf:
        image = pdf[0].render(scale=3).to_pil().convert("RGB").crop((150, 1400, 300, 1500))
    colours = {colour for _, colour in image.getcolors() or ()}
    assert (255, 0, 0) not in colours
    assert (0, 0, 255) in colours


def test_boxes_follow_the_transformation() -> None:
    canvas = new_canvas()
    canvas.translate(100, 200)
    canvas.rotate(90)
    with canvas.figure("A figure", (10, 20, 30, 5)):
        canvas.rect(10, 20, 30, 5)
    with canvas.tag("P"), canvas.tag("Link"):
        canvas.link("https://example.org", "Our page", (10, 20, 30, 5))
        say(canvas, 0, 0, "here")
    canvas.showPage()
    told = walk(canvas.finish())
    figure = next(element for element in told.dictionaries if element.S == "/Figure")
    assert [float(edge) for edge in figure.A.BBox] == [75, 210, 80, 240]
    assert [float(edge) for edge in told.pdf.pages[0].Annots[0].Rect] == [75, 210, 80, 240]


def test_links_lead_to_places_of_the_document() -> None:
    canvas = new_canvas()
    with canvas.tag("P"), canvas.tag("Link"):
        canvas.link_within("knees", "To the knees", (50, 40, 30, 12))
        say(canvas, 50, 50, "here")
    canvas.showPage()
    canvas.mark_place("knees", 300)
    canvas.showPage()
    data = canvas.finish()
    assert walk(data).problems == []
    with pikepdf.open(BytesIO(data)) as pdf:
        page, _, _, top, _ = pdf.Root.Dests[str(pdf.pages[0].Annots[0].Dest)]
        assert (page.objgen, top) == (pdf.pages[1].objgen, 300)


def test_same_calls_same_bytes_in_any_process(document: bytes) -> None:
    assert torture() == document
    code = "import hashlib; from tests.page.torture import torture; print(hashlib.sha256(torture()).hexdigest())"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert told == hashlib.sha256(document).hexdigest()


PRIVATE = set(re.findall(r"`(_\w+)`", marked_content.__doc__ or ""))
"""ReportLab's private names that the canvas says it uses."""


def test_reportlabs_private_names_are_there() -> None:
    canvas = new_canvas()
    there = {name for owner in (Canvas, PDFTextObject) for name in dir(owner)}
    there |= {name for made in (Canvas(BytesIO()), PDFTextObject(canvas)) for name in vars(made)}
    assert len(PRIVATE) == 10
    assert there >= PRIVATE


def test_private_names_are_told_and_used_in_one_module() -> None:
    inherited = {name for owner in (Canvas, PDFTextObject) for name in dir(owner)} | set(vars(Canvas(BytesIO())))
    for path in Path(marked_content.__file__).parent.glob("*.py"):
        used = set(re.findall(r"\.(_[a-z]\w*)|def (_[a-z]\w*)", path.read_text()))
        used = {name for names in used for name in names} & inherited
        assert used <= (PRIVATE if path.name == "marked_content.py" else set()), path


# Damage that the checks must see
