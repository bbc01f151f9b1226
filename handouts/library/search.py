"""Finding items of the library by what someone types, in any of its languages.

What is called exactly as it was asked comes first. Of the rest, slips, missing accents and the order of the words do
not matter, and the beginning of a word counts as the word; a short word counts only as it stands. What stands in a name
weighs more than what is only mentioned. Knows no terminal.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from handouts.library import Library
from handouts.library.locale import Locale, read_locale
from handouts.library.names import CODE
from handouts.library.nearest import plain
from handouts.model import Exercise

Kind = Literal["exercises", "packets", "conditions", "clinics", "languages"]

FILLERS = frozenset(
    re.findall(
        r"\w+",
        """
        a an and at each for from how i in is it my no of on or that the to with your
        pain pains painful hurt hurts hurting ache aches sore exercise exercises help
        al ante como con cada de del el en es la las lo los mi mis o para por que se si su sus un una y
        dolor dolores duele duelen ejercicio ejercicios ayuda
        disease syndrome disorder type acute chronic long term week weeks left right new old since
        enfermedad síndrome sindrome tipo aguda agudo crónica cronica crónico cronico semana semanas
        """,
    )
)
"""Words of a question that distinguish no two items; they count only when nothing else was asked."""

SLIPS = ((8, 2), (5, 1))
"""From how many letters on how many slips are forgiven: a letter wrong, missing, too many, or two swapped."""
CLINICAL_SLIPS = ((12, 2), (6, 1))
CLINICAL_ENDING = 2
"""The same where a false find does harm: `metatarsalgia` is no metatarsal fracture. The first letter must be right."""
SHORT = 4
"""A word of so many letters may be an abbreviation: no slip is forgiven it when nothing else was asked."""
ABBREVIATION = 3
"""A word of so many letters counts only whole, or with an s."""
SURE = 0.6
"""A condition is shown when it has this share of the words that were asked for: half of them is another condition."""
ENDING = 3
"""So many letters a word may be longer or shorter and still be the same word: `stretching` and `stretch`."""
WHOLE, INFLECTED, BEGUN, SLIPPED = 1.0, 0.9, 0.6, 0.55
"""What a word counts as typed, with another ending, as the beginning of a longer one, and with slips."""
WHOLE_NAME = 1.0
"""What it adds when a name holds nothing else than what was asked."""
PHRASE = 1.5
"""What it adds when several words stand in a name just as they were typed."""
CLOSE = 0.35
"""An item is shown from this share of the best one's score on."""


class Words(NamedTuple):
    """What an item is found by: names, where it belongs (region, goal), what it is about, and its other texts."""

    names: tuple[str, ...]
    place: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    details: tuple[str, ...] = ()


WEIGHTS = (1.0, 1.2, 0.8, 0.3)
"""What a word counts in each zone of `Words`. A region stands above a name: who asks for the knee wants the knee's
exercises before `Knee to chest`."""


def read_index(kind: Kind, ids: Iterable[str], library: Library) -> Index:
    """What `ids` of one kind are found by, in every language of the library. Raises BadInput for bad content."""
    locales = [read_locale(library, code) for code in library.languages()]
    match kind:
        case "exercises":
            titles = _packet_titles(library, locales)
            items = {one: _exercise(library.exercise(one), locales, titles.get(one, ())) for one in ids}
        case "packets":
            items = {one: _packet(one, library, locales) for one in ids}
        case "conditions":
            items = {one: _condition(one, library, locales) for one in ids}
        case "clinics":
            return Index({one: Words((one, library.clinic(one).name or "")) for one in ids})
        case "languages":
            return Index({one: Words((one, read_locale(library, one).name)) for one in ids})
    for one, word in library.names.other_words(kind):
        if one in items:
            items[one] = items[one]._replace(names=(*items[one].names, word))
    return Index(items, lambda asked: library.names.meant(kind, asked), clinical=kind == "conditions")


class Index:
    """Items by the words they are found by.

    `meant` gives the ids that are called just as it was asked, None for a word that is no name. Of `clinical` items,
    which have codes, a false find is worse than none: less is forgiven.
    """

    def __init__(
        self,
        items: Mapping[str, Words],
        meant: Callable[[str], Iterable[str] | None] = lambda _asked: None,
        *,
        clinical: bool = False,
    ) -> None:
        self._items = items.keys()
        self._meant, self._clinical = meant, clinical
        self._names = {item: [_words(name) for name in (item, *words.names)] for item, words in items.items()}
        self._zones = {
            item: [frozenset(word for text in zone for word in _words(text)) for zone in words]
            for item, words in items.items()
        }
        for item, zones in self._zones.items():
            zones[0] |= set(_words(item))
        self._vocabulary = {word for zones in self._zones.values() for zone in zones for word in zone}

    def find(self, asked: str) -> list[str]:
        """The ids that are called as it was asked, then those that resemble it, the most similar first.

        An abbreviation or a code that is known means only what it is known for; an unknown code means nothing.
        """
        named = self._meant(asked)
        meant = [one for one in named or () if one in self._items]
        short = len(plain(asked).replace(" ", "")) <= SHORT
        if named is not None and (short or not meant):
            return meant
        if self._clinical and CODE.fullmatch(asked.strip()):
            return meant
        return list(dict.fromkeys([*meant, *self._resembling(asked)]))

    def _resembling(self, asked: str) -> list[str]:
        """The ids that resemble what was asked, the most similar first, then in their own order.

        A word that resembles nothing in any item is passed over; of the others an item must have as many as any has.
        """
        wanted = _words(asked)
        alone = len(wanted) == 1
        similar = [self._similar_words(word, alone=alone) for word in dict.fromkeys(wanted)]
        scores = {item: [self._score(item, matches) for matches in similar] for item in self._items}
        most = max((sum(map(bool, found)) for found in scores.values()), default=0)
        names = [word for word in dict.fromkeys(wanted) if not any(sign.isdigit() for sign in word)]
        if most == 0 or (self._clinical and most < SURE * len(names)):
            return []
        # A word that stands in every item tells less than one that stands in few.
        rarity = [len(scores) / (1 + sum(bool(found[i]) for found in scores.values())) for i in range(len(similar))]
        totals = {
            item: sum(score * math.log1p(rare) for score, rare in zip(found, rarity, strict=True))
            for item, found in scores.items()
            if sum(map(bool, found)) == most
        }
        least = CLOSE * max(totals.values())
        shown = {item: total * self._bonus(item, wanted, similar) for item, total in totals.items() if total >= least}
        return sorted(shown, key=lambda item: -shown[item])

    def _bonus(self, item: str, wanted: list[str], similar: list[dict[str, float]]) -> float:
        """What a name that is asked for makes of the score: 1 and more."""
        meant = {word for matches in similar for word in matches}
        whole = any(meant.issuperset(name) for name in self._names[item] if name)
        phrase = f" {' '.join(wanted)} "
        typed = len(wanted) > 1 and any(phrase in f" {' '.join(name)} " for name in self._names[item])
        return 1 + WHOLE_NAME * whole + PHRASE * typed

    def _similar_words(self, wanted: str, *, alone: bool) -> dict[str, float]:
        """The words of the items that `wanted` may mean, with how similar they are, 0 to 1."""
        forgiven = CLINICAL_SLIPS if self._clinical else SLIPS
        slips = next((slips for letters, slips in forgiven if len(wanted) >= letters), 0)
        slips = slips or int(len(wanted) == SHORT and not alone)
        ending = CLINICAL_ENDING if self._clinical else ENDING
        found: dict[str, float] = {}
        for word in self._vocabulary:
            longer = len(word) - len(wanted)
            if word == wanted:
                found[word] = WHOLE
            elif word in (wanted + "s", wanted.removesuffix("s")) and min(len(word), len(wanted)) >= ABBREVIATION:
                found[word] = INFLECTED
            elif len(wanted) <= ABBREVIATION:
                continue
            elif word.startswith(wanted) and longer <= ending:
                found[word] = INFLECTED
            elif word.startswith(wanted) and len(wanted) > SHORT:
                found[word] = BEGUN
            elif len(word) >= SHORT and wanted.startswith(word) and -longer <= ending:
                found[word] = INFLECTED
            elif self._clinical and word[0] != wanted[0]:
                continue
            elif slips and len(word) >= SHORT and OSA.distance(wanted, word, score_cutoff=slips) <= slips:
                found[word] = SLIPPED
        best = max(found.values(), default=0.0)
        # A word that is there as typed, or begins so, is never taken for a slip of another.
        return {word: score for word, score in found.items() if best == SLIPPED or score > SLIPPED}

    def _score(self, item: str, matches: Mapping[str, float]) -> float:
        return sum(
            weight * max((matches[word] for word in zone.intersection(matches)), default=0.0)
            for weight, zone in zip(WEIGHTS, self._zones[item], strict=True)
        )


def _words(text: str) -> list[str]:
    """The words of a text without fillers, unless it holds nothing else."""
    words = plain(text).split()
    return [word for word in words if word not in FILLERS and not word.isdigit()] or words


_PLACE = ("region", "goal", "position")


def _exercise(exercise: Exercise, locales: Sequence[Locale], packets: Iterable[str]) -> Words:
    texts = [locale.text(exercise) for locale in locales]
    mistakes = [sentence for text in texts for one in text.mistakes for sentence in (one.sign, one.mend)]
    return Words(
        names=tuple(name for text in texts for name in (text.name, *text.also_called)),
        place=(
            *(getattr(exercise, one) for one in _PLACE),
            *(locale.say(f"names.{one}s.{getattr(exercise, one)}") for locale in locales for one in _PLACE),
        ),
        about=(
            *exercise.equipment,
            *(muscle for text in texts for muscle in text.muscles),
            *(locale.say(f"names.equipment.{one}") for locale in locales for one in exercise.equipment),
            *(sentence for text in texts for sentence in (text.purpose, text.feel)),
            *packets,
        ),
        details=(*(part for text in texts for part in (text.setup, *text.steps, text.breathing or "")), *mistakes),
    )


def _packet_titles(library: Library, locales: Sequence[Locale]) -> dict[str, list[str]]:
    """The titles of the packets that each exercise is in: who asks for tennis elbow wants its exercises."""
    found: dict[str, list[str]] = {}
    for packet in library.items("packets"):
        titles = [packet.id, *(locale.text(packet).title for locale in locales)]
        for item in packet.items:
            found.setdefault(item.exercise, []).extend(titles)
    return found


def _packet(packet_id: str, library: Library, locales: Sequence[Locale]) -> Words:
    packet = library.packet(packet_id)
    texts = [locale.text(packet) for locale in locales]
    exercises = [locale.text(library.exercise(item.exercise)).name for locale in locales for item in packet.items]
    return Words(
        names=tuple(text.title for text in texts),
        place=(packet.region, *(locale.say(f"names.regions.{packet.region}") for locale in locales)),
        about=(packet.for_whom, *(text.purpose for text in texts), *packet.target_conditions),
        details=tuple(exercises),
    )


def _condition(condition_id: str, library: Library, locales: Collection[Locale]) -> Words:
    condition = library.conditions[condition_id]
    texts = [locale.text(condition) for locale in locales]
    return Words(
        names=(*(text.name for text in texts), condition.clinical, *condition.aliases),
        place=(condition.category,),
        details=tuple(text.for_you for text in texts),
    )
