"""The catalogue: every exercise once, where the index says, with all that forbids it; a sound, tagged document."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from io import BytesIO

import page
import pikepdf
import pytest
from pypdf import PdfReader

from handouts.branding import palette
from handouts.compose.catalogue_texts import compose_catalogue
from handouts.errors import BadInput
from handouts.layout.catalogue import make_catalogue
from handouts.layout.pictures import exercise_pictures, logo_picture
from handouts.library import Library
from handouts.library.locale import read_locale
from handouts.model import Clinic, Layout, Paper, Prescription
from handouts.screening import verdict
from tests.real_library import real_library
from tests.sheet.measure import faults, headings, texts
from tests.walker import walk

DAY = dt.date(2026, 11, 22)


@cache
def library() -> Library:
    return real_library()


@cache
def made(
    *regions: str,
    language: str = "en",
    clinic: str | None = None,
    paper: Paper = "letter",
    ink_saver: bool = False,
    large_print: bool = False,
) -> bytes:
    whose = library().clinic(clinic) if clinic else Clinic(id="")
    colours, locale = palette(whose, ink_saver), read_locale(library(), language)
    catalogue = compose_catalogue(library(), locale, whose, regions)
    shown = {row.id for region in catalogue.regions for row in region.rows}
    usual = [Prescription(exercise=one, dose=one.dose) for one in library().exercises() if one.id in shown]
    layout = Layout(paper=paper, ink_saver=ink_saver, large_print=large_print)
    pictures = exercise_pictures(usual, colours)
    logo = logo_picture(library().clinic_file(whose, "logo"))
    return make_catalogue(catalogue, layout, colours, pictures, logo=logo, date=DAY)[0]


@pytest.mark.parametrize("large", [False, True])
def test_a_long_name_and_phone_of_a_clinic_go_on_more_lines(large: bool) -> None:
    name, phone = "Harbor Community Rehabilitation " * 3 + "Center", "(813) 555-0100 or 1-800-555-0101 ext. 22"
    whose = Clinic(id="harbor", name=name, phone=phone)
    catalogue = compose_catalogue(library(), read_locale(library(), "en"), whose, ("breathing",))
    layout, colours = Layout(large_print=large), palette(whose, False)
    pdf = make_catalogue(catalogue, layout, colours, {}, logo=None, date=DAY)[0]
    assert misplaced(pdf) == []
    assert f"{name} {phone} Exercise catalogue" in words(PdfReader(BytesIO(pdf)).pages[0].extract_text())


def words(text: str) -> str:
    return " ".join(text.split())


def misplaced(pdf: bytes) -> list[str]:
    """Words out of place; pdfium measures a figure without its clip, so shapes are left to the eye."""
    return [fault for fault in faults(pdf, None) if "a shape" not in fault]


KINDS = {
    "two regions": lambda: made("knee", "neck"),
    "Spanish": lambda: made("hip", language="es"),
    "A4": lambda: made("shoulder", paper="a4"),
    "ink saver": lambda: made("low-back", ink_saver=True),
    "clinic": lambda: made("balance", clinic="palm-wellness"),
    "large": lambda: made("low-back", language="es", clinic="palm-wellness", large_print=True),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_no_word_leaves_its_place(kind):
    assert misplaced(KINDS[kind]()) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_is_accessible(kind):
    pdf = KINDS[kind]()
    assert page.validate_pdf_bytes(pdf).is_compliant
    assert walk(pdf).problems == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_whole_library_is_sound(language):
    pdf = made(language=language, clinic="palm-wellness")
    assert misplaced(pdf) == []
    assert page.validate_pdf_bytes(pdf).is_compliant
    assert walk(pdf).problems == []


@pytest.mark.slow
def test_every_exercise_stands_once_with_all_that_forbids_it():
    everything = words(" ".join(texts(made())))
    for exercise in library().exercises():
        assert len(re.findall(rf"(?<![\w-]){exercise.id} (?:not reviewed|{exercise.text.name})", everything)) == 1
    curl = next(part for part in re.split("not reviewed", everything) if "Not for:" in part and "partial-curl" in part)
    after = everything[everything.index(curl) + len(curl) :]
    told = after[after.index("Not for:") : after.index("not reviewed", 20)]
    conditions = library().conditions.values()
    forbidding = {
        one.id
        for one in conditions
        if not one.blocks_all and verdict(library().exercise("partial-curl"), [one], library()) == "contraindicated"
    }
    assert {one.id for one in conditions if re.search(rf"(?<![\w-]){one.id}(?![\w-])", told)} == forbidding


@pytest.mark.slow
def test_what_blocks_everything_is_told_once_at_the_beginning():
    pages = texts(made())
    for one in library().conditions.values():
        if one.blocks_all:
            assert one.id in words(pages[0])
            assert sum(one.id in words(text) for text in pages) == 2  # and in the key to the codes


def test_regions_and_exercises_are_bookmarks_in_order():
    told = headings(made("neck", "low-back"))
    assert told[:3] == ["Exercise catalogue", "Contents", "Low back"]
    assert told.index("Bridge") < told.index("Neck") < told.index("Index by name") < told.index("Codes of conditions")
    with pikepdf.open(BytesIO(made("neck", "low-back"))) as pdf, pdf.open_outline() as outline:
        (root,) = outline.root
        back = next(item for item in root.children if item.title == "Low back")
        assert len(back.children) == sum(one.region == "low-back" for one in library().exercises())


@pytest.mark.parametrize("regions", [("neck", "low-back"), pytest.param((), marks=pytest.mark.slow)])
def test_the_index_names_the_page_each_exercise_is_on(regions):
    pages = texts(made(*regions))
    start = next(i for i, text in enumerate(pages) if "Index by name" in text and i > 0)
    index = words(" ".join(text for text in pages[start:] if "Codes of conditions" not in text))
    shown = [one for one in library().exercises() if not regions or one.region in regions]
    assert len(shown) > 20
    for exercise in shown:
        number = re.search(rf"(?<![\w(]){re.escape(exercise.text.name)} (\d+)(?!\w)", index)
        assert number, exercise.id
        assert exercise.id in pages[int(number[1]) - 1]


def test_contents_name_the_page_each_region_begins_on():
    pages = texts(made("neck", "low-back"))
    for region, name in (("low-back", "Low back"), ("neck", "Neck")):
        count = sum(one.region == region for one in library().exercises())
        number = re.search(rf"{name} \({count}\) (\d+)", words(pages[0]))
        assert number
        assert name in pages[int(number[1]) - 1]


def test_contents_and_index_are_links_to_those_pages():
    with pikepdf.open(BytesIO(made("neck", "low-back"))) as pdf:
        places = pdf.Root.Dests
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        links = [link for page in pdf.pages for link in page.get("/Annots", [])]
        told = {str(link.Dest): str(link.Contents) for link in links}
        assert {"/neck", "/chin-tuck"} <= set(told)
        for place, words_of_link in told.items():
            assert words_of_link.endswith(f", {numbers[places[place][0].objgen]}")


def test_a_sign_off_is_printed_and_its_absence_too():
    pages = texts(made("neck", "low-back"))
    assert "not reviewed" in pages[1]
    assert "0 of 40 exercises have been signed off" in words(pages[0])


def test_the_codes_are_english_to_a_screen_reader():
    with pikepdf.open(BytesIO(made("hip", language="es"))) as opened:
        told = [str(one.Lang) for one in opened.objects if isinstance(one, pikepdf.Dictionary) and "/Lang" in one]
    assert told.count("en-US") >= sum(one.region == "hip" for one in library().exercises())


def test_ink_saver_changes_no_page():
    assert texts(made("hip")) == texts(made("hip", ink_saver=True))


def test_an_unknown_region_is_told_with_the_nearest():
    with pytest.raises(BadInput, match="low-back"):
        made("low-bakc")


def test_large_print_has_nothing_under_18_points():
    pdf = PdfReader(BytesIO(KINDS["large"]()))
    sizes: set[float] = set()
    for page_ in pdf.pages:
        page_.extract_text(visitor_text=lambda text, _cm, _tm, _font, size: sizes.add(size if text.strip() else 99.0))
    assert min(sizes) >= 18
    assert len(pdf.pages[0]["/Annots"]) > 3  # the contents lead to their pages
