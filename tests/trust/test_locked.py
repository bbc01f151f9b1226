"""Locked means locked: without the password nothing tells whose handout it is; no picture tells where it was taken; and
what a killed run leaves behind is swept by the next one."""

from __future__ import annotations

import logging
import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, PngImagePlugin

from handouts.pdf.files import PRIVATE
from handouts.pdf.reading import read_attached_program
from tests.commands.conftest import BRIDGE, Run, alone, handouts
from tests.trust.libraries import write

__all__ = ["alone", "handouts"]

HEADER = "name,id,exercises,password\n"


def identifier(path: Path, password: str = "") -> bytes:
    with pikepdf.open(path, password=password) as pdf:
        return bytes(pdf.trailer["/ID"][0])


def test_a_locked_handout_confirms_no_guess(alone: Path, handouts: Run) -> None:
    (alone / "password").write_text("sesame 1")
    assert handouts("make", *BRIDGE, "-o", "open.pdf").code == 0
    for name in ("one.pdf", "two.pdf"):
        assert handouts("make", *BRIDGE, "--password-file", "password", "-o", name).code == 0
    (alone / "r.csv").write_text(HEADER + "Ana Ruiz,a,bridge,sesame 1\nAna Ruiz,b,bridge,\n")
    assert handouts("batch", "r.csv", "-o", "out", "--date", "2026-11-22").code == 0
    locked = [alone / "one.pdf", alone / "two.pdf", *(alone / "out").glob("a-*.pdf")]
    plain = [alone / "open.pdf", *(alone / "out").glob("b-*.pdf")]
    told = [one for path in plain for one in re.findall(rb"[0-9a-f]{16,}", path.read_bytes()[-400:].lower())]
    found = {identifier(path, "sesame 1") for path in locked}
    assert len(found - {identifier(path) for path in plain}) == len(locked)
    for path in locked:
        assert path.stat().st_mode & 0o777 == PRIVATE
        assert not [one for one in told if one in path.read_bytes().lower()]
        with pikepdf.open(path, password="sesame 1") as pdf:
            assert b"Ana" in pdf.attachments["program.json"].get_file().read_bytes()


def test_no_letter_of_a_password_is_told(
    alone: Path, handouts: Run, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(logging.getLogger("pypdf"), "level", logging.NOTSET)
    (alone / "password").write_text("olive \N{PARTY POPPER}")
    ran = handouts("make", *BRIDGE, "--password-file", "password", "-o", "x.pdf")
    assert ran.code == 0
    assert not caplog.records
    assert read_attached_program(alone / "x.pdf", "olive \N{PARTY POPPER}")["patient"]


SECRET = "Taken-at-home"


def picture(kind: str) -> bytes:
    image, file = Image.new("RGB", (60, 40), "red"), BytesIO()
    if kind == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", SECRET)
        notes.add_itxt("XML:com.adobe.xmp", SECRET)
        image.save(file, kind, pnginfo=notes, exif=exif())
    else:
        image.save(file, kind, comment=SECRET.encode(), xmp=f"<x>{SECRET}</x>".encode(), exif=exif())
    return file.getvalue()


def exif() -> Image.Exif:
    notes = Image.Exif()
    notes[0x010E] = SECRET
    return notes


SVG = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><!-- {SECRET} --><metadata>{SECRET}</metadata>
<title>{SECRET}</title><desc>{SECRET}</desc><rect id="{SECRET}" width="9" height="9" fill="#f00"/></svg>"""


@pytest.mark.parametrize("name", ["logo.png", "logo.jpg", "logo.svg"])
def test_no_picture_says_more_than_it_shows(name: str, alone: Path, handouts: Run) -> None:
    kinds = {"png": picture("PNG"), "jpg": picture("JPEG"), "svg": SVG.encode()}
    path = write(alone / "own/clinics/ours.yaml", {"name": "Ours", "logo": name})
    path.with_name(name).write_bytes(kinds[name[-3:]])
    ran = handouts("make", *BRIDGE, "--clinic", "ours", "--library", "own", "-o", "a.pdf")
    assert ran.code == 0, ran
    with pikepdf.open(alone / "a.pdf") as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        said = b"".join(one.read_raw_bytes() for one in streams)
        for one in streams:
            if one.get("/Filter") == "/FlateDecode":
                said += one.read_bytes()
    assert SECRET.encode() not in said + (alone / "a.pdf").read_bytes()
    assert str(alone).encode() not in said


def test_no_photo_in_a_leaflet_says_where_it_was_taken(alone: Path, handouts: Run) -> None:
    data = picture("JPEG")
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(300, 300))
    how = {"Type": "/XObject", "Subtype": "/Image", "Width": 60, "Height": 40, "BitsPerComponent": 8}
    names = {f"/{key}": pikepdf.Name(value) if isinstance(value, str) else value for key, value in how.items()}
    image = pikepdf.Stream(
        pdf, data, {**names, "/ColorSpace": pikepdf.Name.DeviceRGB, "/Filter": pikepdf.Name.DCTDecode}
    )
    image.Metadata = pdf.make_stream(SECRET.encode())
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=pdf.make_indirect(image)))
    page.Contents = pdf.make_stream(b"q 60 0 0 40 0 0 cm /P Do Q")
    pdf.save(alone / "leaflet.pdf", compress_streams=False)
    assert SECRET.encode() in (alone / "leaflet.pdf").read_bytes()
    assert handouts("make", *BRIDGE, "--append", "leaflet.pdf", "-o", "a.pdf").code == 0
    assert SECRET.encode() not in (alone / "a.pdf").read_bytes()
    with pikepdf.open(alone / "a.pdf") as made:
        form = made.pages[-1].Resources.XObject.L
        assert pikepdf.PdfImage(form.Resources.XObject.P).as_pil_image().getpixel((5, 5))[0] > 200


@pytest.mark.parametrize("command", ["make", "merge", "batch"])
def test_what_a_killed_run_left_is_swept(command: str, alone: Path, handouts: Run) -> None:
    left = alone / ".all.pdf.0123456789abcdef.part"
    left.write_bytes(b"%PDF-1.7 half")
    (alone / "r.csv").write_text(HEADER + "Ana,a,bridge,\n")
    ran = handouts(*{
        "make": ("make", *BRIDGE, "-o", "a.pdf"),
        "merge": ("batch", "r.csv", "--merge", "all.pdf"),
        "batch": ("batch", "r.csv", "-o", "."),
    }[command])  # fmt: skip
    assert (ran.code, left.exists()) == (0, False)
