"""How many syllables a word has, by rule. English spelling tells it for all but few words; Spanish spelling for all.

Written here because the libraries that count better bring a word list under the GPL, which this project's licence does
not go with, or fetch one from the network. The tests hold these rules against such a library on every text.
"""

from __future__ import annotations

import re

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
