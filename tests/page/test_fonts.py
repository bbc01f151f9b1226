"""Faces: what they cover, how wide they are, what a document embeds."""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO

import page
import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from handouts.errors import ExitCode
from handouts.layout.theme import CAP
from handouts.pdf.fonts import UnprintableText, character_map, face, family_for, split_by_family
from handouts.pdf.packed_document import PackedDocument
from handouts.resources import fonts_folder
from tests.page.torture import new_canvas, torture

WEIGHTS = ("regular", "semibold", "bold", "extrabold")


@pytest.mark.parametrize(
    ("name", "fallback"),
    [
        ("Maria Alvarez", False),
        ("Łukasz Żółć", False),
        ("Zoë Ñandú-Größe", False),
        ("O’Brien – 10 “reps” ½ °", False),
        ("two\u00a0words\u202fglued\u2011tight", False),
        ("Zoe\u0308", False),  # an accent that joins its letter
        ("Nguyễn Thị Ánh", True),
        ("Ελένη Παπαδοπούλου", True),
        ("Юлия Щербакова", True),
        ("Ola m\u0304", True),  # an accent that cannot
    ],
)
def test_names_are_set_whole_in_one_family(name: str, fallback: bool) -> None:
    assert family_for(name, "name") is fallback
    for weight in WEIGHTS:
        chosen = face(weight, fallback)  # type: ignore[arg-type]
        assert chosen.missing(name) == ""
        assert chosen.width(name, 12) > 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("张伟", "U+5F20 CJK UNIFIED IDEOGRAPH-5F20 is in none of the bundled fonts"),
        ("Anna 🙂", "U+1F642 SLIGHTLY SMILING FACE is in none of the bundled fonts"),
        ("Anna\u202exe", "U+202E RIGHT-TO-LEFT OVERRIDE cannot be printed"),
        ("An\u200bna", "U+200B ZERO WIDTH SPACE cannot be printed"),
        ("An\u00adna", "U+00AD SOFT HYPHEN cannot be printed"),
        ("\ufeffAnna", "U+FEFF ZERO WIDTH NO-BREAK SPACE cannot be printed"),
        ("An\tna", "U+0009 (a control character) cannot be printed"),
        ("An\nna", "U+000A (a control character) cannot be printed"),
        ("\ud800", "U+D800"),
        ("שלום", "U+05E9 HEBREW LETTER SHIN is in a script"),
        ("नमस्ते", "U+0928 DEVANAGARI LETTER NA is in a script"),  # the fallback has the letters, but not their joining
        ("สวัสดี", "U+0E2A THAI CHARACTER SO SUA is in a script"),
    ],
)
def test_what_cannot_be_printed_is_named_with_its_field(text: str, told: str) -> None:
    with pytest.raises(UnprintableText) as caught:
        family_for(text, "row 3, name")
    assert str(caught.value).startswith("row 3, name: " + told)
    assert caught.value.exit_code is ExitCode.BAD_INPUT


@given(st.text(alphabet=st.characters(max_codepoint=0x2500, categories=["L", "M", "N", "P", "S", "Zs"]), max_size=8))
@settings(suppress_health_check=[HealthCheck.filter_too_much])
def test_text_is_refused_or_every_glyph_is_there(text: str) -> None:
    try:
        chosen = face("bold", family_for(text, "text"))
    except UnprintableText:
        assume(False)
    assert chosen.covers(text)
    codes = chosen.splitString(text, PackedDocument(None, "en"))
    assert b"\0" not in b"".join(piece for _, piece in codes)


def test_widths_are_the_font_files_own() -> None:
    for path in (fonts_folder() / "HandoutSans-Bold.ttf", fonts_folder() / "NotoSans-Bold.ttf"):
        font = TTFont(path)
        units = sum(font["hmtx"][font.getBestCmap()[ord(c)]][0] for c in "Lift 10 times")
        chosen = face("bold", fallback=path.stem.startswith("Noto"))
        assert chosen.width("Lift 10 times", 12) == pytest.approx(units * 12 / font["head"].unitsPerEm)
    assert face("bold").width("", 12) == 0


def test_width_of_a_missing_character_is_an_error() -> None:
    with pytest.raises(UnprintableText):
        face("regular").width("张", 12)
    assert face("regular").missing("a张b伟张") == "张伟"


def test_a_capital_is_as_high_as_the_page_believes() -> None:
    for weight in WEIGHTS:
        font = TTFont(fonts_folder() / f"{face(weight).key}.ttf")  # type: ignore[arg-type]
        glyph = font["glyf"][font.getBestCmap()[ord("H")]]
        assert glyph.yMax / font["head"].unitsPerEm == pytest.approx(CAP, abs=0.001)


def test_the_zero_is_open() -> None:
    """A slashed zero closes on the third photocopy, and 10 reads 18."""
    for weight in WEIGHTS:
        font = TTFont(fonts_folder() / f"{face(weight).key}.ttf")  # type: ignore[arg-type]
        for name in ("zero", "zero.tf"):
            assert font["glyf"][name].numberOfContours == 2


def test_every_family_keeps_its_licence() -> None:
    for family in {path.stem.split("-")[0] for path in fonts_folder().glob("*.ttf")}:
        assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts_folder() / f"{family}-LICENSE.txt").read_text()


def test_words_are_set_whole_in_the_family_that_has_them() -> None:
    assert split_by_family("Hường: lift … ≤ 3 kg", "note") == [("Hường: ", True), ("lift … ≤ 3 kg", False)]
    assert split_by_family("", "note") == []
    with pytest.raises(UnprintableText, match="note: U\\+5F20"):
        split_by_family("Anna 张", "note")


@given(st.text(alphabet="aá ờ≤ \u00a0Ω…", max_size=20))
def test_a_split_text_is_the_same_text(text: str) -> None:
    pieces = split_by_family(text, "text")
    assert "".join(piece for piece, _ in pieces) == text
    for piece, fallback in pieces:
        assert face("regular", fallback).covers(piece)


def document_of(text: str, fallback: bool = False) -> bytes:
    """A page with every character of a text by itself."""
    canvas = new_canvas()
    with canvas.tag("P"):
        for at, character in enumerate(text):
            canvas.draw_text(
                50 + at % 20 * 25, 740 - at // 20 * 30, character, "regular", 12, (0, 0, 0), fallback=fallback
            )
    canvas.showPage()
    return canvas.finish()


def test_embedded_widths_are_those_of_the_layout() -> None:
    pdf = pikepdf.open(BytesIO(torture()))
    for font in pdf.pages[0].Resources.Font.values():
        name = str(font.BaseFont)[8:]
        weight = name.split("-")[1].lower()
        chosen = face(weight, name.startswith("Noto"))  # type: ignore[arg-type]
        shown = dict(re.findall(rb"<(\w\w)> <(\w+)>\n", font.ToUnicode.read_bytes().split(b"beginbfchar")[1]))
        assert shown
        for code, width in enumerate(font.Widths, int(font.FirstChar)):
            character = bytes.fromhex(shown.get(b"%02X" % code, b"").decode()).decode("utf-16-be")
            assert int(width) == (chosen.width(character, 1000) if character else 0)
        subset = TTFont(BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
        assert set(subset.keys()) - {"GlyphOrder"} == {"head", "hhea", "maxp", "hmtx", "cmap", "loca", "glyf", "post"}
        assert set(shown) <= {b"%02X" % code for code in range(1, 256)}


@pytest.mark.parametrize("fallback", [False, True])
def test_every_character_of_a_face_is_drawn_and_read_back(fallback: bool) -> None:
    """Far more than one PDF font holds: the codes go on in further subsets."""
    chosen = face("regular", fallback)
    characters = (chr(code) for code in range(33, 0x2122) if code not in (0xAD, 0x2010, 0x2011))
    printable = (c for c in characters if c.isprintable() and not unicodedata.combining(c) and chosen.covers(c))
    text = "".join(dict.fromkeys(unicodedata.normalize("NFC", "".join(printable))))[:700]
    assert len(text) > 256
    data = document_of(text, fallback)
    assert page.validate_pdf_bytes(data).is_compliant
    with pikepdf.open(BytesIO(data)) as opened:
        fonts = list(opened.pages[0].Resources.Font.values())
        assert len(fonts) > 1
        assert not [font for font in fonts if b"beginbfchar\n<00>" in font.ToUnicode.read_bytes()]
    with pypdfium2.PdfDocument(data) as pdf:
        assert "".join(pdf[0].get_textpage().get_text_range().split()) == text


def test_a_character_beyond_the_first_plane_is_read_back() -> None:
    with pypdfium2.PdfDocument(document_of("\U0001df04", fallback=True)) as pdf:
        assert "\U0001df04" in pdf[0].get_textpage().get_text_range()


def test_codes_of_one_document_do_not_depend_on_another() -> None:
    first = document_of("Łukasz")
    document_of("zyxśł")
    assert document_of("Łukasz") == first


def test_a_no_break_space_and_hyphen_are_read_back_as_plain_ones() -> None:
    canvas = new_canvas()
    with canvas.tag("P"):
        canvas.draw_text(50, 50, "10\u00a0times\u202fglued\u2011tight", "regular", 12, (0, 0, 0))
    canvas.showPage()
    pdf = pikepdf.open(BytesIO(canvas.finish()))
    assert b"(10 times glued-tight)" in pdf.pages[0].Contents.read_bytes()
    assert face("regular").width("a\u202fb\u2011c", 12) == face("regular").width("a b-c", 12)


def test_character_maps_keep_to_adobes_limits() -> None:
    written = character_map({n: chr(0x100 + n) for n in range(1, 250)} | {251: "\U0001df04"})
    assert [int(line.split()[0]) for line in written.splitlines() if line.endswith("beginbfchar")] == [100, 100, 50]
    assert "<FB> <D837DF04>" in written
    assert "> <0000>\n" not in written
