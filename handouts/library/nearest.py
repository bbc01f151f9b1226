"""The nearest known names to a mistyped one. Knows only strings."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

MOST_LISTED = 12
"""Up to so many names are listed when none resembles the mistyped one."""


def nearest(word: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """Up to `limit` of `known` that resemble `word`, the most alike first; none when nothing does."""
    plain = {name: name.casefold().replace("_", "-") for name in sorted(set(known))}
    asked = word.casefold().strip().replace("_", "-").replace(" ", "-")
    found = process.extract(asked, plain, scorer=fuzz.WRatio, limit=2 * limit, score_cutoff=60)
    best = max((score for _, score, _ in found), default=0.0)
    close = [name for _, score, name in found if score > best - 15]
    return sorted(close, key=lambda name: not plain[name].startswith(asked))[:limit]


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint that names the nearest of `known`; all of them when they are few and none resembles `word`."""
    names = list(known)
    if found := nearest(word, names):
        return f"did you mean {_either(found)}?"
    return f"known: {', '.join(sorted(names))}" if 0 < len(names) <= MOST_LISTED else None


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
