"""Line breaking: what may never be parted, where a line likes to end, what happens when nothing fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.layout.line_breaking import (
    MAX_CHARACTERS,
    Mode,
    fit_size,
    marked,
    one_line,
    plain,
    set_lines,
    shorten,
    text_width,
    wording,
)
from handouts.pdf.fonts import face

SIZE = 12.0
MODES: tuple[Mode, ...] = ("pretty", "balance", "greedy")
SENTENCES = st.lists(st.text("abcdeé 0123456789.,–()-ñ", max_size=14), max_size=14).map(" ".join)


def broken(text: str, width: float, mode: Mode = "pretty") -> list[str]:
    return [line.text for line in set_lines(plain(text), "regular", SIZE, width, mode)]


@pytest.mark.parametrize("width", range(60, 300, 7))
def test_a_number_stays_with_its_unit_and_the_word_before_it(width: int) -> None:
    lines = broken("Start small and do 10 lifts, then rest for 60 seconds. Build up to 2–3 times a day.", width)
    for whole in ("do 10 lifts,", "60 seconds.", "to 2–3 times"):
        if text_width(plain(whole), "regular", SIZE) <= width:
            assert any(whole in line for line in lines), (whole, lines)


def test_a_phone_number_stays_whole() -> None:
    assert "(813) 555-0100" in broken("Please call us today at (813) 555-0100", 130)


def test_a_line_ends_with_its_sentence_where_that_costs_nothing() -> None:
    assert broken("Roll to one side. Hold and breathe for 5 seconds.", 180) == [
        "Roll to one side.",
        "Hold and breathe for 5 seconds.",
    ]


def test_no_last_line_is_one_word() -> None:
    for width in range(80, 260, 5):
        lines = broken("Keep the knee of your other leg bent with the foot flat on the floor", width)
        if len(lines) > 1 and width > 110:
            assert " " in lines[-1], (width, lines)


def test_a_word_wider_than_its_column_is_cut_with_a_hyphen() -> None:
    lines = broken("Donaudampfschifffahrtsgesellschaft", 80)
    assert all(line.endswith("-") for line in lines[:-1])
    assert "".join(line.rstrip("-") for line in lines) == "Donaudampfschifffahrtsgesellschaft"


def test_a_name_with_a_hyphen_is_cut_there_first() -> None:
    assert broken("Fernández-Villavicencio", 100) == ["Fernández-", "Villavicencio"]


@given(text=SENTENCES, width=st.floats(40, 500), mode=st.sampled_from(MODES))
def test_lines_fit_and_lose_nothing(text: str, width: float, mode: Mode) -> None:
    lines = set_lines(plain(text), "regular", SIZE, width, mode)
    for line in lines:
        assert line.width <= width + 0.01
        assert len(line.text) <= MAX_CHARACTERS
    printed = "".join(line.text.removesuffix("-") if line.hyphenated else line.text for line in lines)
    assert printed.replace(" ", "").replace("-", "") == "".join(text.split()).replace("-", "")


@given(text=SENTENCES, cut=st.integers(0, 60), width=st.floats(40, 500), mode=st.sampled_from(MODES))
def test_the_short_cuts_for_a_text_of_one_piece_change_nothing(text: str, cut: int, width: float, mode: Mode) -> None:
    in_two = plain(text[:cut]) + plain(text[cut:])
    assert set_lines(in_two, "regular", SIZE, width, mode) == set_lines(plain(text), "regular", SIZE, width, mode)


@given(text=SENTENCES)
def test_widths_are_those_of_the_face(text: str) -> None:
    for line in set_lines(plain(text), "regular", SIZE, 200):
        assert line.width == pytest.approx(face("regular").width(line.text, SIZE))


def test_only_our_own_words_have_markup() -> None:
    assert [piece.strong for piece in marked("Do **not** stop")] == [False, True, False]
    assert wording(plain("Do **not** stop")) == "Do **not** stop"


def test_a_space_at_the_end_of_a_line_is_not_counted() -> None:
    assert one_line(plain("12 "), "bold", SIZE).width == pytest.approx(one_line(plain("12"), "bold", SIZE).width)


def test_a_text_shrinks_only_as_far_as_told() -> None:
    text = plain("A rather long title for its place")
    assert fit_size(text, "bold", 20, 1000, 10) == 20
    assert text_width(text, "bold", fit_size(text, "bold", 20, 250, 10)) <= 250
    assert fit_size(text, "bold", 20, 20, 10) == 10


def test_a_shortened_text_fits_and_says_so() -> None:
    short = shorten("Heel slide for the whole leg", "regular", SIZE, 80)
    assert short.endswith("…")
    assert face("regular").width(short, SIZE) <= 80
