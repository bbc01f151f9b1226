"""`aliases.yaml`: what clinicians call conditions, packets, exercises and languages. A clinic adds its own.

    conditions:
      knee-replacement-recent: {en: [TKR, TKA], es: [PTR], codes: [Z96.65]}
    ambiguous:
      AS: {means: [axial-spondyloarthritis], other: [aortic stenosis]}

`codes` are beginnings of ICD-10-CM codes. An ambiguous word is found, its meanings in this order, but never taken for
an id: `other` names what the library lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from handouts.errors import BadInput, Problem
from handouts.library.nearest import key_of
from handouts.library.yaml_fields import Fields
from handouts.library.yaml_reading import read_yaml

NamedKind = Literal["conditions", "packets", "exercises", "languages"]
NAMED_KINDS: tuple[NamedKind, ...] = ("conditions", "packets", "exercises", "languages")
CODES = "codes"


class Ambiguous(NamedTuple):
    """What a word may mean: ids of the library, and what the library lacks."""

    ids: tuple[str, ...]
    other: tuple[str, ...]


class Aliases(NamedTuple):
    """Words by kind and id, beginnings of codes by condition, and the words that mean several things, by their key."""

    words: dict[NamedKind, dict[str, tuple[str, ...]]]
    codes: dict[str, tuple[str, ...]]
    ambiguous: dict[str, Ambiguous]


def read_aliases(files: Iterable[Path], ids: Callable[[NamedKind], Collection[str]]) -> Aliases:
    """The aliases in `files`, a later one adding to an earlier; what a word may mean too.

    Raises BadInput with every problem, an id that the library lacks among them.
    """
    found = Aliases({kind: {} for kind in NAMED_KINDS}, {}, {})
    problems: list[Problem] = []
    for path in files:
        document = read_yaml(path)
        top = Fields(document.data, document, problems)
        for kind in NAMED_KINDS:
            _read_words(top, kind, ids(kind), found)
        _read_ambiguous(top, {one for kind in NAMED_KINDS for one in ids(kind)}, found)
        top.done()
    if problems:
        raise BadInput(problems)
    return found


def _read_words(top: Fields, kind: NamedKind, ids: Collection[str], found: Aliases) -> None:
    section = top.inner(kind)
    if section is None:
        return
    for item in section.data:
        if not section.known(item, kind.removesuffix("s"), ids, item, key=True):
            continue
        fields = section.inner(item, required=True)
        if fields is None:
            continue
        for name in fields.data:
            texts = fields.texts(name)
            if name != CODES:
                found.words[kind][item] = (*found.words[kind].get(item, ()), *texts)
            elif kind == "conditions":
                found.codes[item] = (*found.codes.get(item, ()), *texts)
            else:
                fields.problem("only a condition has codes", name, key=True)


def _read_ambiguous(top: Fields, ids: Collection[str], found: Aliases) -> None:
    for word, fields in top.named("ambiguous"):
        means, other = fields.texts("means", required=True), fields.texts("other")
        for index, one in enumerate(means):
            fields.known(one, "condition, packet or exercise", ids, "means", index)
        # Listed as ambiguous, it would never be taken for the one thing that it means.
        if len(means) + len(other) < 2:
            fields.problem(f"'{word}' means one thing only", "means", hint="put it under the item itself")
        fields.done()
        before = found.ambiguous.get(key_of(word), Ambiguous((), ()))
        found.ambiguous[key_of(word)] = Ambiguous(
            *(tuple(dict.fromkeys(here + there)) for here, there in zip((means, other), before, strict=True))
        )
