"""A handout as a page and as text: what they say, how they are built, that nothing in them can act."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import page as checker
import pytest
from pypdf import PdfReader

from handouts.branding import palette
from handouts.colour import contrast
from handouts.compose.cards import figure_words
from handouts.compose.handout import Handout
from handouts.compose.text import plain
from handouts.compose.words import Words
from handouts.drawing import ClipEnd, ClipStart, Drawing, Fill
from handouts.formats.html_page import html_page, schemes
from handouts.formats.plain_text import WIDTH, plain_text
from handouts.layout.pictures import Picture, logo_picture
from handouts.library.locale import read_locale
from handouts.model import Change, Clinic, Program, Visit
from tests.formats.reading import Element, read_page, said, walked
from tests.real_library import real_library
from tests.sheet import samples
from tests.sheet.samples import CLINIC, DATE, NEUTRAL, caution, composed, condition, laid_out, pictures, prescribed

NEVER_SAID = ("labels", "subject", "page_of", "alt", "days", "blank")
"""Fields whose texts are chosen from, stand in a document's properties, or are signs of the grid on paper."""
HOSTILE = """"><script>alert(1)</script><img src=//evil.example/x onerror=alert(1)>'{{ 7*7 }}"""


def busy(**changes: object) -> Program:
    """A program with everything that a handout can say: cautions, a note, a change, blanks, sides to tick."""
    items = (
        prescribed(0, "3x8-12 hold 5s rest 60s left 1/day", note="Use a towel."),
        prescribed(1, "10 reps hold 5-10s each side 2/day"),
        prescribed(4, "2x10"),
        prescribed(5, "10 reps 3/day"),
    )
    history = (
        Visit(date=DATE.replace(day=1), changes=()),
        Visit(date=DATE, changes=(Change(kind="added", item="exercise-1"),)),
    )
    given = {"goal": "Walk to the mailbox", "note": "Call me", "conditions": [condition()], "history": history}
    return samples.program(items, **(given | changes))  # type: ignore[arg-type]


FINDINGS = tuple(caution(number) for number in (0, 1, 4, 5))
PROGRAMS = {
    "busy": busy(),
    "one": samples.program([prescribed(0, "10 reps 1/day")], log_weeks=0, clinic=NEUTRAL, name="", packet=None),
    "spanish": busy(language="es", large_print=True),
}


@cache
def made(name: str) -> tuple[Handout, Element, str]:
    """The composed handout, its page and its text."""
    program = PROGRAMS[name]
    findings = FINDINGS if program.patient.conditions else ()
    handout = composed(program, findings)
    return handout, read_page(page_of(program, handout)), plain_text(handout).decode()


def page_of(program: Program, handout: Handout, clinic: Clinic = CLINIC) -> bytes:
    colours = palette(clinic)
    return html_page(handout, pictures(program), None, colours, large=program.layout.large_print, record=b"{}")


def flat(text: str) -> str:
    return " ".join(text.split())


def missing(wanted: list[str], text: str) -> list[str]:
    """What a text does not hold; a label may stand apart from what it labels."""
    text = text.lower()
    return [one for one in wanted if not all(part in text for part in (one.lower().split(": ", 1)))]


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_text_of_the_handout_stands_on_the_page_and_in_the_text(name: str) -> None:
    handout, page, text = made(name)
    left_out = (*NEVER_SAID, "help") if handout.log.weeks else (*NEVER_SAID, "help", "list_help", "days_in_full")
    assert missing(said(handout, *left_out), page.words) == []
    assert missing(said(handout, *left_out, "frame_labels"), flat(text)) == []


def test_what_the_sheet_prints_is_the_same() -> None:
    handout, _, _ = made("busy")
    drawn = flat(" ".join(samples.texts(laid_out(PROGRAMS["busy"], FINDINGS))))
    only_elsewhere = ("list_help", "days_in_full", "made_with", "feel", "harder", "numbers", "letterhead")
    assert missing(said(handout, *NEVER_SAID, *only_elsewhere), drawn) == []


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_page_is_built_for_readers(name: str) -> None:
    handout, page, _ = made(name)
    (html,) = page.all("html")
    assert html.given["lang"] == handout.lang
    levels = [int(one.tag[1]) for one in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [
        one.given["id"] for one in page.all("section", "input", "textarea", "h2", "h3", "clippath") if "id" in one.given
    ]
    assert len(ids) == len(set(ids))
    labels = {one.given["for"]: one.words for one in page.all("label")}
    for one in page.all("input", "textarea"):
        assert labels[one.given["id"]], one
    for one in page.all("svg"):
        assert one.given["role"] == "img"
        assert one.given["aria-label"]
    assert {one.given["href"][1:] for one in page.all("a") if one.given["href"][0] == "#"} <= set(ids)
    for table in page.all("table"):
        assert {one.given["scope"] for one in table.all("th")} == {"col", "row"}
    assert all(one.words for one in page.all("h1", "h2", "h3", "li", "p", "th", "td", "legend", "label"))


def test_nothing_on_the_page_can_act_or_load() -> None:
    handout = composed(busy(name=HOSTILE, goal=HOSTILE, note=HOSTILE, clinician=HOSTILE), FINDINGS)
    handout = replace(handout, cards=tuple(replace(one, alt=HOSTILE, lang=HOSTILE) for one in handout.cards))
    source = page_of(busy(), handout)
    page = read_page(source)
    assert page.all("script", "link", "iframe", "object", "base", "form", "style")[1:] == []
    assert {one.given["http-equiv"] for one in page.all("meta") if "http-equiv" in one.given} == {
        "Content-Security-Policy"
    }
    every = page.all(*{one.tag for one in page.all(*_tags(source))})
    assert not [one for one in every if any(name.startswith("on") or name in ("src", "style") for name in one.given)]
    addresses = {one.given["href"] for one in page.all("a") if not one.given["href"].startswith(("#", "tel:"))}
    assert addresses == {"https://www.palmwellness.example"}
    assert flat(HOSTILE) in page.words
    assert b"49" not in source.split(b"</style>")[1].split(b"<svg")[0]


def _tags(source: bytes) -> set[str]:
    return {found.decode().lower() for found in re.findall(rb"<([a-zA-Z]\w*)", source)}


def test_phones_dial() -> None:
    _, page, _ = made("busy")
    dialled = {one.given["href"]: one.words for one in page.all("a") if one.given["href"].startswith("tel:")}
    assert dialled == {"tel:8135550100": "(813) 555-0100", "tel:911": "911"}


@pytest.mark.parametrize(
    ("phone", "address"),
    [
        ("+44 20 7946 0000 ext. 12", "tel:+442079460000;ext=12"),
        ("1-800-REHAB", None),
        ("555-0100 / 555-0101", None),
        ("+44 (0)20 7946 0000", None),
    ],
)
def test_only_a_plain_number_dials(phone: str, address: str | None) -> None:
    handout = composed(samples.program([prescribed(0, "10 reps")], clinic=replace(CLINIC, phone=phone)))
    assert {piece.dials or None for piece in handout.letterhead.phone} == {address}


@pytest.mark.parametrize("colour", ["#0F5B52", "#F2D94E", "#FFC0CB", "#000000", "#808080"])
def test_words_can_be_read_in_both_schemes(colour: str) -> None:
    grounds = ("paper", "tint", "stop-tint", "warn-tint", "go-tint")
    for scheme in schemes(palette(replace(CLINIC, colour=colour))):
        pairs = [("ink", ground) for ground in grounds]
        pairs += [("ink2", "paper"), ("link", "paper"), ("on-brand", "stop")]
        assert [pair for pair in pairs if contrast(scheme[pair[0]], scheme[pair[1]]) < 4.5] == []
        edges = [("rule", "paper"), ("stop-line", "paper"), ("warn-line", "paper"), ("link", "tint")]
        assert [pair for pair in edges if contrast(scheme[pair[0]], scheme[pair[1]]) < 2.9] == []


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_text_is_lines_that_a_voice_or_a_braille_display_reads(name: str) -> None:
    handout, _, text = made(name)
    lines = text.splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert "\n\n\n" not in text
    assert not re.search(r"[|_=#*\t]|--|\*\*", text)
    first = next(line for line in lines if line.startswith("1. ") and lines[lines.index(line) - 1] == "")
    assert first == f"1. {handout.cards[0].name[0].text}"


def test_a_long_word_does_not_leave_the_line() -> None:
    handout = replace(composed(busy()), goal=plain("x" * 200))
    assert max(map(len, plain_text(handout).decode().splitlines())) <= WIDTH


def test_blanks_say_what_to_write() -> None:
    _, page, text = made("one")
    assert "Patient: (write the name here)" in text
    assert "Call your clinic: (write the phone number here)" in text
    _, page, text = made("busy")
    assert "How many times a day? (write the number here)" in text
    assert any(one.words == "How many times a day? (write the number here)" for one in page.all("label"))


def test_the_log_is_a_list_of_days() -> None:
    _, page, text = made("busy")
    assert text.count("Monday: ") == len(made("busy")[0].log.weeks)
    ticks = [one for one in page.all("input") if one.given["type"] == "checkbox"]
    assert len(ticks) >= 7 * len(made("busy")[0].log.weeks)
    assert "week-1-day-1-pain" in {one.given["id"] for one in page.all("input")}


def test_a_logo_stands_on_the_page() -> None:
    library = real_library()
    logo = logo_picture(library.clinic_file(library.clinic("palm-wellness"), "logo"))
    program = busy()
    page = html_page(composed(program), pictures(program), logo, palette(CLINIC), large=False, record=b"{}")
    assert read_page(page).all("svg")[0].given["aria-label"] == "Logo"


@pytest.mark.parametrize("careful", [{"conditions": [condition(limits="no stairs")]}, {}])
def test_who_must_take_care_is_not_told_to_do_more(careful: dict[str, object]) -> None:
    texts = said(composed(samples.program([prescribed(0, "10 reps")], **careful)))
    assert any(one.startswith("Harder: ") for one in texts) is not bool(careful)


@pytest.mark.parametrize("name", ["busy", "spanish"])
def test_every_phone_number_of_the_sheet_dials(name: str) -> None:
    """Head and foot too, whose links are read once, with the first one of their number."""
    made_pdf = samples.pdf(laid_out(PROGRAMS[name], FINDINGS))
    assert checker.validate_pdf_bytes(made_pdf).is_compliant
    pdf = PdfReader(BytesIO(made_pdf))
    root: Any = pdf.trailer["/Root"]
    for number, page in enumerate(pdf.pages, 1):
        links = [note.get_object() for note in page.get("/Annots", ())]
        printed = flat(page.extract_text())
        for shown, address in (("(813) 555-0100", "tel:8135550100"), ("911", "tel:911")):
            assert [one["/Contents"] for one in links if one["/A"]["/URI"] == address] == [shown] * printed.count(shown)
        assert number == 1 or "(813) 555-0100" in printed
        for one in links:
            left, bottom, right, top = map(float, one["/Rect"])
            assert 0 < left < right < 612
            assert 0 < bottom < top < 792
    elements = list(walked(root["/StructTreeRoot"]))
    dialling = [one for one in elements if one["/S"] == "/Link"]
    assert len(dialling) < sum(len(page.get("/Annots", ())) for page in pdf.pages)
    assert any(one["/P"]["/S"] == "/H2" for one in dialling)
    titles = str(pdf.outline)
    assert ("Llame al 911 ya si:" if name == "spanish" else "Call 911 now if:") in titles


def test_the_sheet_says_what_lines_signs_and_pictures_mean() -> None:
    made_pdf = samples.pdf(laid_out(busy(name=""), FINDINGS))
    assert checker.validate_pdf_bytes(made_pdf).is_compliant
    told = flat(" ".join(one.extract_text() for one in PdfReader(BytesIO(made_pdf)).pages))
    for phrase in ("write the name here", "write the number here", "Morning, Evening", "0 to 3", "Monday", "sign here"):
        assert phrase in told, phrase
    assert not re.search(r"\d–\d", told.replace("0–3", "").replace("4–5", "").replace("6–10", ""))


def test_a_caution_is_a_heading_among_the_bookmarks() -> None:
    def titles(outline: list[Any]) -> list[str]:
        return [name for one in outline for name in (titles(one) if isinstance(one, list) else [one.title])]

    pdf = PdfReader(BytesIO(samples.pdf(laid_out(busy(), FINDINGS[:2]))))
    assert titles(pdf.outline).count("For you") == 2


@pytest.mark.parametrize("code", ["en", "es"])
def test_a_figures_words_are_short_and_tell_only_what_it_shows(code: str) -> None:
    library = real_library()
    words = Words(read_locale(library, code), emergency="911", phone=None)
    for exercise in library.exercises():
        count = len(exercise.picture["frames"])
        usual = ("start", *["next"] * (count - 2), "finish")
        labels = (
            tuple(words.say(f"frame_{name}") for name in exercise.picture.get("labels") or usual)
            if count > 1
            else ((),)
        )
        told = figure_words(exercise, labels, "left", words.locale)
        assert len(told) <= 150
        assert exercise.text.setup not in told
        assert str(count) in told


def test_one_drawing_on_two_cards_has_no_name_twice() -> None:
    square = (("m", 0.0, 0.0), ("l", 9.0, 0.0), ("l", 9.0, 9.0), ("h",))
    drawing = Drawing("same", 9.0, 9.0, (ClipStart(square), Fill(square, (0.0, 0.0, 0.0)), ClipEnd()))
    program = busy()
    frames = {item.exercise.id: (Picture(9.0, 9.0, drawing, {}),) * 2 for item in program.prescriptions}
    page = html_page(composed(program), frames, None, palette(CLINIC), large=False, record=b"{}")
    ids = [one.given["id"] for one in read_page(page).all("clippath")]
    assert len(ids) == len(set(ids)) == 2 * len(program.prescriptions)
    assert all(f"url(#{one})".encode() in page for one in ids)
