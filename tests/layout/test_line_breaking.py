"""Line breaking: what may never be parted, where a line likes to end, what happens when nothing fits."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from handouts.compose.text import marked, plain
from handouts.layout.line_breaking import MAX_CHARACTERS, break_lines, one_line, text_width
from handouts.pdf.fonts import face

SIZE = 12.0
SENTENCES = st.lists(st.text("abcdeé 0123456789.,–()-ñ", max_size=14), max_size=14).map(" ".join)


def broken(text: str, width: float, *, balance: bool = False) -> list[str]:
    return [line.text for line in break_lines(plain(text), "regular", SIZE, width, balance=balance)]


@pytest.mark.parametrize("width", range(60, 300, 7))
def test_a_number_stays_with_its_unit_and_the_word_before_it(width):
    lines = broken("Start small and do 10 lifts, then rest for 60 seconds. Build up to 2–3 times a day.", width)
    for whole in ("do 10 lifts,", "60 seconds.", "to 2–3 times"):
        if text_width(plain(whole), "regular", SIZE) <= width:
            assert any(whole in line for line in lines), (whole, lines)


def test_a_phone_number_stays_whole():
    assert "(813) 555-0100" in broken("Please call us today at (813) 555-0100", 130)


def test_a_line_ends_with_its_sentence_where_that_costs_nothing():
    assert broken("Roll to one side. Hold and breathe for 5 seconds.", 180) == [
        "Roll to one side.",
        "Hold and breathe for 5 seconds.",
    ]


def test_no_last_line_is_one_word():
    for width in range(115, 260, 5):
        lines = broken("Keep the knee of your other leg bent with the foot flat on the floor", width)
        assert len(lines) == 1 or " " in lines[-1], (width, lines)


def test_a_balanced_title_has_lines_of_like_length():
    title = "Low back: getting started with your first exercises"
    widths = [line.width for line in break_lines(plain(title), "extrabold", SIZE, 280, balance=True)]
    assert len(widths) == 2
    assert min(widths) > 0.7 * max(widths)


def test_a_word_wider_than_its_column_is_cut_with_a_hyphen():
    lines = broken("Donaudampfschifffahrtsgesellschaft", 80)
    assert all(line.endswith("-") for line in lines[:-1])
    assert "".join(line.rstrip("-") for line in lines) == "Donaudampfschifffahrtsgesellschaft"


def test_a_name_with_a_hyphen_is_cut_there_first():
    assert broken("Fernández-Villavicencio", 100) == ["Fernández-", "Villavicencio"]


@pytest.mark.parametrize("address", [
    "www.very-long-physical-therapy.example/patients/handouts",
    "https://verylongphysicaltherapyclinicnamewithoutany.example",
    "someone.with.a.long.name@physicaltherapyclinicname.example",
])  # fmt: skip
def test_an_address_is_never_hyphenated(address):
    for width in (60, 80, 120, 200):
        lines = broken(address, width)
        assert len(lines) > 1
        assert "".join(lines) == address
    assert broken("www.harborpt.example/exercises", 120)[0] == "www.harborpt"


@given(text=SENTENCES, width=st.floats(40, 500), balance=st.booleans())
def test_lines_fit_and_lose_nothing(text, width, balance):
    lines = break_lines(plain(text), "regular", SIZE, width, balance=balance)
    for line in lines:
        assert line.width <= width + 0.01
        assert len(line.text) <= MAX_CHARACTERS
    printed = "".join(line.text.removesuffix("-") if line.hyphenated else line.text for line in lines)
    assert printed.replace(" ", "").replace("-", "") == "".join(text.split()).replace("-", "")


@given(text=SENTENCES, cut=st.integers(0, 60), width=st.floats(40, 500))
def test_pieces_of_one_kind_break_like_one_text(text, cut, width):
    in_two = plain(text)
    if in_two:
        piece, cut = in_two[0], cut % len(in_two[0].text)
        in_two = tuple(piece._replace(text=part) for part in (piece.text[:cut], piece.text[cut:]) if part)
    whole, parted = (break_lines(one, "regular", SIZE, width) for one in (plain(text), in_two))
    assert [line.text for line in parted] == [line.text for line in whole]


@given(text=SENTENCES)
def test_widths_are_those_of_the_face(text):
    for line in break_lines(plain(text), "regular", SIZE, 200):
        assert line.width == pytest.approx(face("regular").width(line.text, SIZE))


def test_bold_words_are_measured_bold():
    line = one_line(marked("Do **not** stop"), "regular", SIZE)
    assert [run.weight for run in line.runs] == ["regular", "bold", "regular"]
    assert line.width > one_line(plain("Do not stop"), "regular", SIZE).width


def test_an_empty_text_has_no_lines():
    assert break_lines((), "regular", SIZE, 100) == ()
