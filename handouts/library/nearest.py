"""How alike two names are, and the nearest known names to a mistyped one. Knows only strings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from rapidfuzz.distance import OSA

MOST_LISTED = 12
"""Up to so many names are listed when none resembles the mistyped one."""
FLOOR = 0.7
"""Two names resemble each other from here on, 0 to 1. Below it nothing is suggested: worse than none is a wrong one."""
BEGUN = 0.85
"""What the beginning of a name counts, from four letters on."""
IN_WORDS = 0.95
"""What counts, of their likeness, when only words of two names are alike."""
WORD_FLOOR = 0.8
"""How alike one word of a longer name must be: a slip in five letters, for `none` is no `node`."""
LEAST_WORD = 4
"""A word shorter than this is an abbreviation: as a part of a name it counts only as it stands."""
LONGEST = 200
"""No name has more letters: a cell full of text resembles none, and comparing its words would take seconds."""

DASHES = " -–—._"
NOTHING = frozenset({"n a", "none", "not applicable", "no aplica", "ninguno", "ninguna"})
NOTHING_BUT_A_NAME = frozenset({"null", "nil", "nan", "na", "blank", "empty"})
"""What may also be somebody's name."""
NO_ITEMS = frozenset({"no", "nada", "nothing", "none known", "no known conditions", "nkda", "nil known", "0"})
"""What is nothing only as the answer to a list."""


def plain(text: str) -> str:
    """Lower case, without accents and apostrophes, hyphens and signs as spaces."""
    spread = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    return "".join(sign if sign.isalnum() else " " for sign in spread if not unicodedata.combining(sign))


def key_of(name: str) -> str:
    """A name as it is compared: two names with the same key are the same name."""
    return " ".join(plain(name).split())


def likeness(asked: str, name: str) -> float:
    """How alike two keys are, 0 to 1: letter by letter with slips, by their beginning, or word by word in any order."""
    if not asked or not name or len(asked) > LONGEST:
        return 0.0
    best = OSA.normalized_similarity(asked.replace(" ", ""), name.replace(" ", ""))
    if len(asked) >= LEAST_WORD and name.startswith(asked):
        best = max(best, BEGUN)
    # Every word of the shorter name must be alike: one word in common is no likeness.
    few, many = sorted((asked.split(), name.split()), key=len)
    if len(many) > 1 and best < IN_WORDS:
        best = max(best, IN_WORDS * min(max(_word_likeness(word, other) for other in many) for word in few))
    return best


def nearest(word: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """Up to `limit` of `known` that resemble `word`, the most alike first; none when nothing does."""
    asked = key_of(word)
    scores = {name: likeness(asked, key_of(name)) for name in sorted(set(known))}
    best = max(scores.values(), default=0.0)
    # What is much less alike than the best would only stand in its way.
    close = [name for name, score in scores.items() if score >= FLOOR and score > best - 0.15]
    return sorted(close, key=lambda name: -scores[name])[:limit]


def means_nothing(text: str) -> bool:
    """Whether a list is said to be empty: `none`, `n/a`, `-`."""
    return not text.strip(DASHES) or key_of(text) in NOTHING | NOTHING_BUT_A_NAME | NO_ITEMS


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint that names the nearest of `known`; all of them when they are few and none resembles `word`."""
    names = list(known)
    if found := nearest(word, names):
        return f"did you mean {either(found)}?"
    return f"known: {', '.join(sorted(names))}" if 0 < len(names) <= MOST_LISTED else None


def either(names: list[str]) -> str:
    """`a, b or c`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _word_likeness(word: str, other: str) -> float:
    if word == other:
        return 1.0
    if min(len(word), len(other)) < LEAST_WORD or word[0] != other[0]:
        return 0.0
    score = OSA.normalized_similarity(word, other)
    return score if score >= WORD_FLOOR else 0.0
