"""The pieces of a written dose: numbers, known words, signs; and how people say the same in everyday words.

`3 sets of 10 each leg, 2 times a day` becomes `3 x 10 each side 2 / day`, and so does `3 series de 10 cada pierna, 2
veces al día`. What reads two ways, such as `10 a day`, stays as it is and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from handouts.dose.dose import BANDS

SECONDS = ("s", "sec", "secs", "second", "seconds")
MINUTES = ("min", "mins", "minute", "minutes")
WEEKS = ("week", "weeks", "wk", "wks")
REPS = ("rep", "reps", "repetition", "repetitions")
SETS = ("set", "sets")
LOADS = {"lb": "lb", "lbs": "lb", "pound": "lb", "pounds": "lb", "kg": "kg", "kgs": "kg"}
SIDES = ("left", "right", "alternate")
STARTS = ("hold", "for", "rest", "each", *SIDES, "every", "load", "band", "effort", "tempo", "build")

_SPANISH = {
    "serie": "set", "series": "sets", "repetición": "rep", "repeticion": "rep", "repeticiones": "reps", "vez": "times",
    "veces": "times", "segundo": "s", "segundos": "s", "seg": "s", "minuto": "min", "minutos": "min", "semana": "week",
    "semanas": "weeks", "día": "day", "dia": "day", "días": "days", "dias": "days", "diario": "daily", "una": "1",
    "dos": "2", "tres": "3", "mantenga": "hold", "mantener": "hold", "sostenga": "hold", "sostener": "hold",
    "durante": "for", "descanse": "rest", "descanso": "rest", "descansar": "rest", "cada": "each", "lado": "side",
    "pierna": "leg", "brazo": "arm", "pie": "foot", "mano": "hand", "izquierda": "left", "izquierdo": "left",
    "derecha": "right", "derecho": "right", "alterne": "alternate", "alternando": "alternate", "carga": "load",
    "entre": "between", "de": "of", "al": "a", "por": "per", "en": "on", "y": "and", "todos": "every", "el": "",
    "la": "", "los": "", "las": "", "solo": "",
}  # fmt: skip
"""A word in Spanish, and the English one that it is read as; articles are passed over."""

_LIMB = "side|leg|arm|foot|hand"
_A = "a|per"
_SAYINGS = (
    ("set|sets of|x|×", "x"),
    (f"times|x|× {_A}|/ day|week", "/ $"),
    ("times|x|× daily", "/ day"),
    (f"days {_A}|/ week", "/ week"),
    (f"once {_A} day|week", "1 / $"),
    (f"twice {_A} day|week", "2 / $"),
    ("once daily", "1 / day"),
    ("twice daily", "2 / day"),
    ("every|each day|days", "1 / day"),
    ("each 2 days", "every other day"),
    ("daily", "1 / day"),
    (f"on each {_LIMB}", "each side"),
    (f"each|per {_LIMB}", "each side"),
    (f"on the left {_LIMB}", "left"),
    (f"on the right {_LIMB}", "right"),
    (f"on {_LIMB} left", "left"),
    (f"on {_LIMB} right", "right"),
    (f"{_LIMB} left", "left"),
    (f"{_LIMB} right", "right"),
    (f"left {_LIMB}", "left"),
    (f"right {_LIMB}", "right"),
    ("hold for", "hold"),
    ("between sets", ""),
    ("times", "reps"),
)
"""What is said, a word or one of several at each place, and the notation for it; `$` is the last word that was said."""
_PHRASES = tuple(([set(one.split("|")) for one in phrase.split()], written.split()) for phrase, written in _SAYINGS)
_FIRST_WORDS = {word for places, _ in _PHRASES for word in places[0]}
_BEGINNING_WITH = {word: [phrase for phrase in _PHRASES if word in phrase[0][0]] for word in _FIRST_WORDS}

_BAND_WORDS = {word for band in BANDS for word in band.split()} | {"gray"}
_IN_PHRASES = {word for places, _ in _PHRASES for place in places for word in place if word.isalpha()}
_WORDS = {
    *SECONDS,
    *MINUTES,
    *WEEKS,
    *REPS,
    *SETS,
    *LOADS,
    *_BAND_WORDS,
    *STARTS,
    *_IN_PHRASES,
    "other",
    "to",
    "and",
    "x",
}
_LONGEST_WORD = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))
_TOKEN = r"\s*(?:([0-9]+(?:\.[0-9]+)?)|([^\W\d_]+)|(\S))"


class Token(NamedTuple):
    """A piece of a dose: a `number`, `word`, `sign` or `unknown`, and its column from 1."""

    kind: str
    text: str
    column: int


def tokens(text: str) -> list[Token]:
    """The pieces of a dose, everyday words in the notation's."""
    found: list[Token] = []
    for match in re.finditer(_TOKEN, text.casefold()):
        number, word, sign = match.groups()
        column = match.start(match.lastindex or 0) + 1
        if number:
            found.append(Token("number", number, column))
        elif sign:
            found.append(Token("sign", "-" if sign in "-–−‑" else sign, column))
        else:
            found.extend(_words(word, column))
    kinds = [one.kind for one in found]
    for at, one in enumerate(found):
        if one.text == "a" and kinds[at - 1 : at + 2] == ["number", "word", "number"]:
            found[at] = one._replace(text="to")  # `8 a 12 repeticiones`
    return _in_notation(found)


def _words(run: str, column: int) -> list[Token]:
    """The known words a run of letters is made of; a run that is not made of them stays whole."""
    if (phrase := _SPANISH.get(run)) is not None:
        return [Token("number" if phrase.isdigit() else "word", phrase, column)] if phrase else []
    found, start = [], 0
    while start < len(run):
        known = _LONGEST_WORD.match(run, start)
        if known is None:
            return [Token("unknown", run, column)]
        found.append(Token("word", known[0], column + start))
        start = known.end()
    return found


def _in_notation(phrase: Sequence[Token]) -> list[Token]:
    found: list[Token] = []
    at = 0
    while at < len(phrase):
        for places, written in _BEGINNING_WITH.get(phrase[at].text, ()):
            here = phrase[at : at + len(places)]
            if len(here) == len(places) and all(one.text in place for one, place in zip(here, places, strict=True)):
                words = (here[-1].text if word == "$" else word for word in written)
                found += [Token("number" if word.isdigit() else "word", word, here[0].column) for word in words]
                at += len(places)
                break
        else:
            found.append(phrase[at])
            at += 1
    return found
