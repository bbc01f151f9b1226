"""The reading grade of patient text, by published formulas, and the syllables that they count, by rule.

English spelling tells the syllables of all but few words; Spanish spelling of all. The rules are written here because
the libraries that count better bring a word list under the GPL, which this project's licence does not go with, or fetch
one from the network. The tests hold these rules against such a library on every text.
"""

from __future__ import annotations

import re

from handouts.model import ExerciseText

MOST_GRADE = 6.0
"""The highest reading grade patient text may have: the sixth school year, as US health-literacy guides ask."""

_HUERTA_GRADES = ((90.0, 4.0), (80.0, 5.0), (70.0, 6.0), (60.0, 8.0), (50.0, 10.0))
"""Fernández Huerta's ease of reading (J. Fernández Huerta, 1959) and the school year he gives for it."""
GRADED = ("en", "es")
"""The languages that a formula is known for."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_END = re.compile(r"[.!?]+(?=\W|$)")


def reading_grade(text: str, lang: str) -> float:
    """The school year that can read `text`: Flesch–Kincaid for English, Fernández Huerta's table for Spanish.

    Flesch–Kincaid: J. P. Kincaid et al., Navy Research Branch Report 8-75, 1975. Raises ValueError for a language that
    no formula is known for. Text without a word has grade 0.
    """
    # `es-US` is graded as Spanish: the formulas know languages, not countries.
    language = lang.split("-")[0]
    if language not in GRADED:
        raise ValueError(f"no reading formula for {lang!r}")
    sentences = [words for part in _END.split(text) if (words := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    # A number is a word of one syllable, as readers take digits at a glance.
    spoken = sum(1 if word.isdigit() else syllables(word, language) for word in words)
    a_sentence, a_word = len(words) / len(sentences), spoken / len(words)
    if language == "en":
        return 0.39 * a_sentence + 11.8 * a_word - 15.59
    ease = 206.84 - 60 * a_word - 1.02 * a_sentence
    return next((grade for least, grade in _HUERTA_GRADES if ease >= least), 13.0)


def patient_words(text: ExerciseText) -> str:
    """What a patient reads about one exercise, taken together as sentences: the unit whose grade counts."""
    parts = [text.purpose, text.setup, *text.steps, text.feel, text.breathing]
    parts += [sentence for mistake in text.mistakes for sentence in (mistake.sign, mistake.mend)]
    parts += [text.make_easier, text.make_harder]
    return " ".join(part for part in parts if part)


_SILENT_END = re.compile(r"(?<=[^aeiouy])(?:e|es|ed)$")
_SOUNDED_END = re.compile(r"(?:[^aeiouylrw]le|[^aeiouy]les|[td]ed|(?:s|x|z|ce|ge|ch|sh)es|[cgs]es)$")
_SILENT_INSIDE = re.compile(r"(?<=[^aeiouy])e(?=(?:ment|ly|less|ful|ways)s?$)")
_APART = re.compile(
    r"ia(?!l$|n$)|io(?!n)|[aeiou]ing|(?<!g)eo(?!p)|(?<!q)ua(?=[lt])|ue(?=[ln]t)|iu|[ai]y[aeio]|ie(?=[tn]t|r$)|uou|yi|ui[de]"
)
_OWN_COUNT = {
    **dict.fromkeys(("does", "eye", "eyes", "sides", "toes"), 1),
    **dict.fromkeys(("barefoot", "being", "biceps", "create", "doesn", "every", "forehead", "maybe", "people"), 2),
    **dict.fromkeys(("pelvis", "quiet", "someone", "something", "sometimes", "somewhere", "triceps"), 2),
    **dict.fromkeys(("anyone", "area", "everyday", "everything", "idea"), 3),
    "diabetes": 4,
}
"""The common words that the rules get wrong."""
_SPANISH_VOWELS = re.compile(r"[aeiouáéíóúü]+")
_STRONG = frozenset("aeoáéóíú")


def syllables(word: str, language: str) -> int:
    """Syllables of a word, at least 1; `language` is `en` or `es`. Raises ValueError for another one."""
    if language == "en":
        return _english(word.casefold())
    if language == "es":
        return _spanish(word.casefold())
    raise ValueError(f"no rules for the syllables of {language!r}")


def _english(word: str) -> int:
    if word in _OWN_COUNT:
        return _OWN_COUNT[word]
    word = _SILENT_INSIDE.sub("", word.replace("qu", "q"))
    groups = re.findall(r"[aeiouy]+", word)
    count = len(groups) + len(_APART.findall(word))
    if _SILENT_END.search(word) and not _SOUNDED_END.search(word):
        # A silent e at the end was counted as a vowel.
        count -= 1
    return max(1, count)


def _spanish(word: str) -> int:
    """Strong vowels, and weak ones with an accent, each make a syllable; weak ones lean on what stands beside them."""
    word = re.sub(r"y(?![aeiouáéíóú])", "i", re.sub(r"(?<=q)u|(?<=g)u(?=[eiéí])", "", word))
    return max(1, sum(max(1, sum(sign in _STRONG for sign in group)) for group in _SPANISH_VOWELS.findall(word)))
