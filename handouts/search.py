"""Finding items by what someone types: spelling slips, missing accents and word order do not matter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

ALIKE = 80
"""How alike, of 100, a word of the search must be to a word of the item: one slip in five letters."""


def find(asked: str, texts: Mapping[str, Iterable[str]]) -> list[str]:
    """The ids of `texts` whose words resemble every word of `asked`, the most alike first, then in their own order."""
    from rapidfuzz import fuzz

    wanted = plain(asked).split()
    ranked: list[tuple[float, str]] = []
    for item, parts in texts.items():
        words = plain(f"{item} {' '.join(parts)}").split()
        scores = [max((_alike(want, word, fuzz.ratio(want, word)) for word in words), default=0.0) for want in wanted]
        if scores and min(scores) >= ALIKE:
            ranked.append((-sum(scores) / len(scores), item))
    return [item for _, item in sorted(ranked, key=lambda one: one[0])]


def plain(text: str) -> str:
    """Lower case, without accents, hyphens and signs as spaces."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign if sign.isalnum() else " " for sign in spread if not unicodedata.combining(sign))


def _alike(wanted: str, word: str, ratio: float) -> float:
    """The beginning of a word counts as nearly the whole of it: `bri` finds `bridge`."""
    return max(ratio, 95.0) if len(wanted) >= 3 and word.startswith(wanted) else ratio
