"""What items are called besides their ids: printed names in every language, other names, abbreviations, codes.

Knows no page and no patient. An id is asked for by any of its names; a word that means several things names none.
`aliases.yaml` has what clinicians call conditions, packets, exercises and languages. A clinic adds its own.

    conditions:
      knee-replacement-recent: {en: [TKR, TKA], es: [PTR], codes: [Z96.65]}
    ambiguous:
      AS: {means: [axial-spondyloarthritis], other: [aortic stenosis]}

`codes` are beginnings of ICD-10-CM codes. An ambiguous word is found, its meanings in this order, but never taken for
an id: `other` names what the library lacks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from os.path import lexists
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from handouts.errors import AtTerminal, BadInput, Problem
from handouts.library.kinds import FILES, AnyKind
from handouts.library.nearest import did_you_mean, either, key_of, means_nothing, nearest
from handouts.library.yaml_fields import Fields
from handouts.library.yaml_reading import read_yaml

NamedKind = Literal["conditions", "packets", "exercises", "languages"]
NAMED_KINDS: tuple[NamedKind, ...] = ("conditions", "packets", "exercises", "languages")
CODES = "codes"


class Meanings(NamedTuple):
    """What a word may mean: ids, the first first, and what the library lacks."""

    ids: tuple[str, ...]
    other: tuple[str, ...] = ()

    @property
    def only(self) -> str | None:
        """The id, when the word means one thing."""
        return self.ids[0] if len(self.ids) == 1 and not self.other else None

    @property
    def several(self) -> str | None:
        """What to choose from, when the word means several things, or may mean what the library lacks."""
        if not self.ids or self.only:
            return None
        lacking = f"; the library has nothing for {either(list(self.other))}" if self.other else ""
        return f"write which: {either(list(self.ids))}{lacking}"


class Aliases(NamedTuple):
    """Words by kind and id, beginnings of codes by condition, and the words that mean several things, by their key."""

    words: dict[NamedKind, dict[str, tuple[str, ...]]]
    codes: dict[str, tuple[str, ...]]
    ambiguous: dict[str, Meanings]


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
    for item, fields in top.named(kind):
        if not top.known(item, kind.removesuffix("s"), ids, kind, item, key=True):
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
        before = found.ambiguous.get(key_of(word), Meanings(()))
        found.ambiguous[key_of(word)] = Meanings(
            tuple(dict.fromkeys(means + before.ids)), tuple(dict.fromkeys(other + before.other))
        )


if TYPE_CHECKING:
    from handouts.library.library import Library

CODE = re.compile(r"[a-z]\d[0-9a-z](\.?[0-9a-z]{1,4})?", re.IGNORECASE)
"""An ICD-10-CM code or its beginning, from the three signs of its category on."""
MOST_WORDS = 20
"""Of a name that a longer text begins with."""
_BEFORE_DOSE = re.compile(r"\S+(?:\s+(?![\d~]|x\d|hold\b|for\b|each\b|left\b|right\b|skip\b)\S+)*|.*")
"""The words of an exercise list's line before the first that begins a dose."""
_URGENT = {"emergency": 0, "same-day": 1}


class Names:
    """The names of one library's items."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._keys: dict[NamedKind, dict[str, tuple[str, ...]]] = {}

    @cached_property
    def aliases(self) -> Aliases:
        """The curated words of `aliases.yaml`. Raises BadInput for bad content."""
        files = (folder / "aliases.yaml" for folder in self._library.folders)
        return read_aliases([path for path in files if lexists(path)], self._library.ids)

    def of(self, kind: NamedKind) -> dict[str, tuple[str, ...]]:
        """Every name of a kind by its key, with the ids that bear it."""
        if kind not in self._keys:
            own = {key_of(item): (item,) for item in self._library.ids(kind)}
            built_in = self._library.built_in.ids(kind)
            found: dict[str, dict[str, None]] = {}
            for item, name in self._all(kind):
                bears = own.get(key := key_of(name), ())
                # An id means itself, whatever else is called so, but for a clinic's own that is a built-in name.
                if key and (not bears or (item in built_in and bears[0] not in built_in)):
                    found.setdefault(key, dict.fromkeys(bears))[item] = None
            self._keys[kind] = own | {key: tuple(ids) for key, ids in found.items()}
        return self._keys[kind]

    def is_condition(self, asked: str) -> bool:
        """Whether `asked` may mean a condition."""
        return bool(self.meanings("conditions", asked).ids)

    def meanings(self, kind: AnyKind, asked: str) -> Meanings:
        """The items of `kind` that `asked` may mean: an id first of all, then a name, then the beginning of a code.

        A word that is ambiguous for any kind has its meanings in the order of its entry; else an emergency is first.
        What holds an invisible character names nothing, and no condition is called `none`.
        """
        if not asked.isprintable():
            return Meanings(())
        library, key = self._library, key_of(asked)
        if asked in library.ids(kind):
            return Meanings((asked,))
        if kind == "conditions" and means_nothing(asked):
            return Meanings(())
        if kind not in NAMED_KINDS:
            names = {one: library.name_of(kind, one) for one in library.ids(kind)}
            return Meanings(tuple(one for one, name in names.items() if key and key in map(key_of, (one, name or ""))))
        if key in self.aliases.ambiguous:
            word = self.aliases.ambiguous[key]
            # Whatever else it may mean, a name never stops to mean what bears it.
            bear = self.of(kind).get(key, ())
            ids = tuple(dict.fromkeys(one for one in (*word.ids, *bear) if one in library.ids(kind)))
            return Meanings(ids, word.other if ids else ())
        found = self.of(kind).get(key, ())
        if kind != "conditions":
            return Meanings(found)
        # A name never hides the condition whose code it is.
        return Meanings(tuple(dict.fromkeys((*self._urgent_first(found), *self.coded(asked)))))

    def leading(self, kind: AnyKind, text: str) -> tuple[str, str] | None:
        """The item that the longest beginning of `text` names, and what follows; None when none does."""
        words = text.split()
        for count in range(min(len(words), MOST_WORDS), 0, -1):
            if found := self.meanings(kind, " ".join(words[:count])).only:
                return found, " ".join(words[count:])
        return None

    def meant(self, kind: NamedKind, asked: str) -> tuple[str, ...] | None:
        """The items of `kind` that `asked` may mean; None when it is a name of nothing at all.

        A condition's name means its packets too.
        """
        found = self.meanings(kind, asked).ids
        if kind == "packets" and (conditions := set(self.meanings("conditions", asked).ids)):
            packets = self._library.items("packets")
            made_for = [one.id for one in packets if conditions.intersection(one.target_conditions)]
            found = tuple(dict.fromkeys((*found, *made_for)))
        return found if found or key_of(asked) in self.aliases.ambiguous else None

    def other_words(self, kind: NamedKind) -> Iterator[tuple[str, str]]:
        """The items of `kind`, each with each of its curated words, ambiguous ones too."""
        for item, words in self.aliases.words[kind].items():
            yield from ((item, word) for word in words)
        for word, meaning in self.aliases.ambiguous.items():
            yield from ((item, word) for item in meaning.ids)

    def coded(self, asked: str) -> tuple[str, ...]:
        """The conditions with an ICD-10-CM code that begins with `asked`, or whose family of codes `asked` is of."""
        if not CODE.fullmatch(asked.strip()):
            return ()
        code = _code(asked)
        family: list[str] = []
        own: list[str] = []
        for one in self._library.conditions.values():
            if any(code.startswith(_code(begun)) for begun in self.aliases.codes.get(one.id, ())):
                family.append(one.id)
            elif any(_code(listed).startswith(code) for listed in (*one.icd10cm, *self.aliases.codes.get(one.id, ()))):
                own.append(one.id)
        return self._urgent_first((*family, *own))

    def nearest(self, kind: AnyKind, asked: str) -> list[str]:
        """Up to three ids that `asked` may have meant, by any of their names; none when nothing resembles it."""
        if meant := self.meanings(kind, asked).ids:
            return list(meant[:3])
        if named := self._named_in(kind, asked):
            return named[:3]
        found = nearest(asked, self._library.ids(kind))
        if not found and kind in NAMED_KINDS:
            names = self.of(kind)
            found = [one for name in nearest(asked, names, limit=6) for one in names[name]]
        return list(dict.fromkeys(found))[:3]

    def fault(self, kind: AnyKind, what: str, asked: str) -> tuple[str, str]:
        """Why `asked` names no item of `kind`, and what to do: choose one of its meanings, or look at the nearest."""
        if several := self.meanings(kind, asked).several:
            return f"{what} '{asked}' may mean several things", several
        if kind == "conditions" and means_nothing(asked):
            return f"{what} '{asked}' names none", "leave it out where there is none"
        parts = re.split("[,;]", asked)
        if len(parts) > 1 and all(self.meanings(kind, part).only for part in parts):
            return f"'{asked}' is more than one {what}", "give each by itself"
        near = self.nearest(kind, asked)
        hint = f"did you mean {either(near)}?" if near else did_you_mean(asked, self._library.ids(kind))
        return f"unknown {what} '{asked}'", hint or AtTerminal(f"see `handouts list {kind}`")

    def exercise_fault(self, text: str) -> tuple[str, str]:
        """Why a line of an exercise list names no exercise: what stands before its dose, and what to do."""
        words = text.split()
        for count in range(min(len(words), MOST_WORDS), 0, -1):
            if self.meanings("exercises", begun := " ".join(words[:count])).several:
                return self.fault("exercises", "exercise", begun)
        name = _BEFORE_DOSE.match(text)[0].strip(" :-") or text  # type: ignore[index]
        if self.meanings("exercises", name).only:
            return f"a dose before the colon: '{text}'", f"write the whole dose after it: '{name}: DOSE'"
        return self.fault("exercises", "exercise", name)

    def _named_in(self, kind: AnyKind, text: str) -> list[str]:
        """The items whose names stand in a text among other words, as `TKR 3 weeks ago, glaucoma`."""
        words, found = text.split()[:MOST_WORDS], dict[str, None]()
        while words:
            for count in range(len(words), 0, -1):
                if ids := self.meanings(kind, " ".join(words[:count])).ids:
                    found |= dict.fromkeys(ids)
                    break
            del words[:count]
        return list(found)

    def _urgent_first(self, ids: Iterable[str]) -> tuple[str, ...]:
        conditions = self._library.conditions
        return tuple(sorted(ids, key=lambda one: _URGENT.get(conditions[one].urgency, 2)))

    def _all(self, kind: NamedKind) -> Iterator[tuple[str, str]]:
        """Every item with each of its names."""
        library = self._library
        if kind == "conditions":
            # A clinic that says a condition otherwise takes none of its names away.
            for one in (*library.built_in.conditions.values(), *library.conditions.values()):
                yield from ((one.id, name) for name in (one.text.name, one.clinical, *one.aliases))
        elif kind == "exercises":
            for exercise in library.exercises():
                yield from ((exercise.id, name) for name in (exercise.text.name, *exercise.text.also_called))
        elif kind == "languages":
            yield from ((code, library.name_of(kind, code) or code) for code in library.languages())
        else:
            for packet in library.items("packets"):
                yield packet.id, packet.text.title
        for item, data in self._translated(kind):
            names = [data.get("name"), data.get("title"), *(data.get("also_called") or ())]
            yield from ((item, name) for name in names if isinstance(name, str))
        for item, words in self.aliases.words[kind].items():
            yield from ((item, word) for word in words)

    def _translated(self, kind: NamedKind) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The items as every other language has them; what cannot be read is told by whoever prints it."""
        if kind == "languages":  # each has one name, its own
            return
        ids = self._library.ids(kind)
        for folder in self._library.folders:
            for path in sorted((folder / "translations").glob(f"*/{FILES[kind]}")):
                try:
                    data = read_yaml(path).data
                except BadInput:
                    continue
                items = data if kind == "conditions" else {path.stem: data}
                for item, fields in items.items() if isinstance(items, dict) else ():
                    if item in ids and isinstance(fields, dict):
                        yield item, fields


class NamedIds(Collection[str]):
    """The ids of one kind, which know what else their items are called."""

    def __init__(self, kind: AnyKind, library: Library) -> None:
        self._kind, self._library = kind, library

    def __contains__(self, item: object) -> bool:
        """Whether there is such an id."""
        return item in self._library.ids(self._kind)

    def __iter__(self) -> Iterator[str]:
        """Every id."""
        return iter(self._library.ids(self._kind))

    def __len__(self) -> int:
        """How many there are."""
        return len(self._library.ids(self._kind))

    def meant(self, asked: str) -> tuple[str | None, str | None]:
        """The id that a name means, else what to write in place of one that means nothing, or several things."""
        try:
            found = resolve(self._kind, asked, self._library)
            return found, None if found else self._library.names.fault(self._kind, "", asked)[1]
        except BadInput:  # a file with names is at fault, which is told by itself
            return None, did_you_mean(asked, self)


def resolve(kind: AnyKind, asked: str, library: Library) -> str | None:
    """The id that `asked` names, an id itself or any name that means one thing; None when nothing or several do."""
    return library.names.meanings(kind, asked).only


def _code(text: str) -> str:
    return text.strip().replace(".", "").upper()
