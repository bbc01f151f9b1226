"""Leaflets from real life: annotations, odd pages, and what is refused by the name of what would be lost."""

from __future__ import annotations

import os
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import ImageChops

from tests.clinician.conftest import FIRST
from tests.clinician.test_delivery import leaflet

BOX = [100, 100, 200, 160]


def annotated(kind: str, *, seen: bool = True, **entries: object) -> Path:
    """A leaflet whose first page has one annotation; `seen` gives it a red box as its appearance."""
    path = leaflet("ice.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        entries = {"Type": Name.Annot, "Subtype": Name(f"/{kind}"), "Rect": Array(BOX), **entries}
        if seen:
            box = pdf.make_stream(b"1 0 0 rg 0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
            entries["AP"] = Dictionary(N=box)
        pdf.pages[0].Annots = Array([pdf.make_indirect(Dictionary(**entries))])
        pdf.save(path)
    return path


def changed(**entries: object) -> Path:
    """A leaflet whose first page, with a red box drawn at its lower left, has these entries."""
    path = leaflet("ice.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].contents_add(b"1 0 0 rg 100 100 100 60 re f")
        for name, value in entries.items():
            pdf.pages[0].obj[f"/{name}"] = value
        pdf.save(path)
    return path


def red_box(name: str, page: int) -> tuple[int, ...] | None:
    """Where red stands on a page, in points from the upper left."""
    with pypdfium2.PdfDocument(name) as pdf:
        red, green, _ = pdf[page % len(pdf)].render().to_pil().convert("RGB").split()
    return ImageChops.subtract(red, green).point(lambda value: 255 * (value > 127)).getbbox()


def appended(handouts):
    return handouts("make", *FIRST, "--append", "ice.pdf", "-o", "a.pdf", "--force")


@pytest.mark.parametrize("turn", [0, 90, 270])
def test_an_annotation_is_drawn_where_a_viewer_shows_it(handouts, turn):
    annotated("Stamp")
    with pikepdf.open("ice.pdf", allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = turn
        pdf.save("ice.pdf")
    assert appended(handouts).code == 0
    wide, high = (595, 842) if not turn else (842, 595)
    scale = min(576 / wide, 756 / high)
    left, top = (612 - wide * scale) / 2, (792 - high * scale) / 2
    shown = red_box("ice.pdf", 0)
    assert shown is not None
    wanted = [at * scale + edge for at, edge in zip(shown, (left, top) * 2, strict=True)]
    assert red_box("a.pdf", -2) == pytest.approx(wanted, abs=1.5)


def test_what_is_typed_on_a_leaflet_is_read_aloud(handouts):
    annotated("FreeText", Contents="Not for you: skip step 3")
    assert appended(handouts).code == 0
    with pikepdf.open("a.pdf") as pdf:
        first, _ = pdf.Root.StructTreeRoot.K[0].K[-1].K
        assert str(first.Alt).endswith("page 1. Not for you: skip step 3")


@pytest.mark.parametrize(
    ("kind", "how"), [("Link", {"seen": False}), ("Stamp", {"F": 2}), ("Stamp", {"F": 32}), ("Popup", {"seen": False})]
)
def test_what_a_viewer_does_not_show_is_left_behind(handouts, kind, how):
    annotated(kind, **how)
    assert appended(handouts).code == 0
    assert red_box("a.pdf", -2) is None


@pytest.mark.parametrize(
    ("kind", "how", "told"),
    [
        ("Widget", {"F": 36}, "a form field on page 1"),  # for paper alone
        ("Text", {"Contents": "Ask Dana"}, "a sticky note on page 1"),
        ("FileAttachment", {}, "an attached file on page 1"),
        ("Widget", {}, "a form field on page 1"),
        ("Highlight", {"seen": False}, "an annotation (Highlight) without an appearance on page 1"),
    ],
)
def test_what_would_be_lost_is_named(handouts, kind, how, told):
    annotated(kind, **how)
    ran = appended(handouts)
    assert (ran.code, Path("a.pdf").exists()) == (5, False)
    assert f"ice.pdf: has {told}" in ran.err


def test_of_a_handout_as_leaflet_it_is_told_that_nobody_has_screened_it(handouts):
    leaflet("ice.pdf")
    told = "the leaflet is a handout, whose exercises nobody has screened for this patient"
    assert told not in appended(handouts).err
    assert handouts("packet", "low-back-starter", "-o", "ice.pdf", "--force").code == 0
    ran = appended(handouts)
    assert (ran.code, f"ice: {told}" in ran.err) == (0, True)


def test_a_signature_that_nobody_sees_is_no_form(handouts):
    annotated("Widget", Rect=Array([0, 0, 0, 0]), FT=Name.Sig, T="sig")
    with pikepdf.open("ice.pdf", allow_overwriting_input=True) as pdf:
        pdf.Root.AcroForm = Dictionary(Fields=[pdf.pages[0].Annots[0]], SigFlags=3)
        pdf.save("ice.pdf")
    assert appended(handouts).code == 0


def test_forms_of_xfa_and_large_files_are_refused(handouts):
    leaflet("ice.pdf")
    with pikepdf.open("ice.pdf", allow_overwriting_input=True) as pdf:
        pdf.Root.AcroForm = Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp/>"))
        pdf.save("ice.pdf")
    assert "has an XFA form" in appended(handouts).err
    leaflet("ice.pdf")
    os.truncate("ice.pdf", 50_000_001)
    ran = appended(handouts)
    assert (ran.code, "ice.pdf: is larger than 50 MB" in ran.err) == (5, True)


@pytest.mark.parametrize(
    ("entries", "wanted"),
    [
        # A small page stands in the middle of ours as large as it is.
        ({"MediaBox": [0, 0, 300, 300]}, (256, 386, 356, 446)),
        # With its corners the wrong way round.
        ({"MediaBox": [300, 300, 0, 0]}, (256, 386, 356, 446)),
        # A unit of two points.
        ({"MediaBox": [0, 0, 250, 250], "UserUnit": 2}, (256, 326, 456, 446)),
        ({"MediaBox": [0, 0, 300, 300], "CropBox": [90, 90, 210, 170]}, (256, 366, 356, 426)),
    ],
)
def test_a_page_of_an_odd_size_stands_in_the_middle(handouts, entries, wanted):
    changed(**entries)
    assert appended(handouts).code == 0
    assert red_box("a.pdf", -2) == pytest.approx(wanted, abs=1.5)


def test_a_leaflet_that_only_its_owner_locked_and_one_behind_other_bytes_are_read(handouts):
    leaflet("ice.pdf", encryption=pikepdf.Encryption(user="", owner="y"))
    assert appended(handouts).code == 0
    path = leaflet("ice.pdf")
    path.write_bytes(b"\r\n" * 500 + path.read_bytes())
    assert appended(handouts).code == 0
    path.write_bytes(b"\r\n" * 600 + path.read_bytes())
    assert "is not a PDF" in appended(handouts).err
