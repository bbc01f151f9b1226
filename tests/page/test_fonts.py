"""Faces: what they cover, how wide they are, what a document embeds."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from handouts.errors import ExitCode
from handouts.pdf.fonts import UnprintableText, face, family_for
from handouts.pdf.tagging.embedding import character_map
from handouts.pdf.tagging.lettering import lettered
from handouts.resources import fonts_folder
from tests.page.torture import new_canvas, torture

WEIGHTS = ("regular", "medium", "semibold", "bold", "extrabold")


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
    string = lettered(chosen, text).string
    if string.startswith("<"):
        assert "0000" not in [string[i : i + 4] for i in range(1, len(string) - 1, 4)]


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
        font = TTFont(face(weight).path)  # type: ignore[arg-type]
        glyph = font["glyf"][font.getBestCmap()[ord("H")]]
        assert glyph.yMax / font["head"].unitsPerEm == pytest.approx(face("regular").cap, abs=0.001)
        assert face(weight).cap_height == round(face(weight).cap * 1000)  # type: ignore[arg-type]
    assert face("regular", fallback=True).cap_height == 714


def test_the_zero_is_open() -> None:
    """A slashed zero closes on the third photocopy, and 10 reads 18."""
    for weight in WEIGHTS:
        font = TTFont(face(weight).path)  # type: ignore[arg-type]
        for name in ("zero", "zero.tf"):
            assert font["glyf"][name].numberOfContours == 2


def test_every_family_keeps_its_licence() -> None:
    for family in {path.stem.split("-")[0] for path in fonts_folder().glob("*.ttf")}:
        assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts_folder() / f"{family}-LICENSE.txt").read_text()


def test_glyph_codes_do_not_depend_on_what_was_set_before() -> None:
    code = (
        "from handouts.pdf.fonts import face; from handouts.pdf.tagging.lettering import lettered;"
        "print(lettered(face('bold'), '{}').string, lettered(face('bold'), 'Łukasz').string)"
    )
    told = [
        subprocess.run([sys.executable, "-c", code.format(first)], capture_output=True, text=True, check=True).stdout
        for first in ("zyxśł", "Łukasz")
    ]
    assert told[0].split()[1] == told[1].split()[1]


def test_nothing_is_read_before_a_face_is_used() -> None:
    code = "import sys, handouts.pdf.fonts, handouts.branding; print('uharfbuzz' in sys.modules, 'reportlab' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told == "False False\n"


def test_embedded_widths_are_those_of_the_layout() -> None:
    pdf = pikepdf.open(BytesIO(torture()))
    kinds = set()
    for name, font in pdf.pages[0].Resources.Font.items():
        chosen = {"R": face("regular"), "B": face("bold"), "X": face("extrabold")}.get(name[1:2], face("regular", True))
        kinds.add(str(font.Subtype))
        if font.Subtype == pikepdf.Name.TrueType:
            for code, width in enumerate(font.Widths, int(font.FirstChar)):
                if width:
                    assert int(width) == chosen.width(bytes([code]).decode("cp1252"), 1000)
            embedded = font.FontDescriptor
        else:
            descendant = font.DescendantFonts[0]
            told = list(descendant.W)
            for glyph, widths in zip(told[::2], told[1::2], strict=True):
                assert int(widths[0]) == chosen.advance(int(glyph))
            embedded = descendant.FontDescriptor
        subset = TTFont(BytesIO(embedded.FontFile2.read_bytes()))
        assert ("cmap" in subset) == (font.Subtype == pikepdf.Name.TrueType)
        assert not {"GSUB", "GPOS", "fpgm", "prep", "cvt "} & set(subset.keys())
    assert kinds == {"/TrueType", "/Type0"}


@pytest.mark.parametrize("fallback", [False, True])
def test_every_latin_character_is_shown_in_one_byte_and_read_back(fallback: bool) -> None:
    chosen = face("regular", fallback)
    characters = [bytes([code]).decode("cp1252", "ignore") for code in range(33, 256)]
    text = "".join(c for c in characters if c and c not in "\xa0\xad" and chosen.glyphs[c])
    assert len(text) > 200
    canvas = new_canvas()
    canvas.begin_page()
    with canvas.tag("P"):
        for at, character in enumerate(text):
            canvas.text(50 + at % 20 * 25, 50 + at // 20 * 30, character, chosen, 12, (0, 0, 0))
    canvas.end_page()
    data = canvas.finish()
    opened = pikepdf.open(BytesIO(data))
    (font,) = opened.pages[0].Resources.Font.values()
    assert font.Encoding == "/WinAnsiEncoding"
    subset = TTFont(BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
    assert set(map(ord, text)) == set(subset.getBestCmap())
    with pypdfium2.PdfDocument(data) as pdf:
        assert "".join(pdf[0].get_textpage().get_text_bounded().split()) == text


def test_one_other_character_makes_a_text_take_two_bytes_a_character() -> None:
    assert lettered(face("bold"), "Lift (10)") == ("B", r"(Lift \(10\))")
    assert lettered(face("bold"), "back\\slash") == ("B", r"(back\\slash)")
    assert lettered(face("bold"), "two\u202fwords glued\u2011tight") == ("B", "(two words glued-tight)")
    assert lettered(face("bold"), "¿Qué? “5 €”") == ("B", "(\xbfQu\xe9? \x935 \x80\x94)")
    font, string = lettered(face("bold"), "Łukasz")
    assert font == "B2"
    assert len(string) == len("Łukasz") * 4 + 2


def test_a_no_break_space_is_read_back_as_a_space() -> None:
    canvas = new_canvas()
    canvas.begin_page()
    with canvas.tag("P"):
        canvas.text(50, 50, "10\u00a0times", face("regular"), 12, (0, 0, 0))
    canvas.end_page()
    pdf = pikepdf.open(BytesIO(canvas.finish()))
    assert b"(10 times)" in pdf.pages[0].Contents.read_bytes()


def test_character_maps_keep_to_adobes_limits() -> None:
    written = character_map({n: chr(0x100 + n) for n in range(1, 250)} | {300: "\U0001df04"})
    assert [int(line.split()[0]) for line in written.splitlines() if line.endswith("beginbfchar")] == [100, 100, 50]
    assert "<012C> <D837DF04>" in written
    assert "> <0000>\n" not in written
