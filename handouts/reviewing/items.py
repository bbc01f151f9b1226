"""What a clinician can sign off: an item of the library by kind and id, or its translation.

An item is written `exercise/bridge`, its Spanish words `translation/es/exercise/bridge`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from handouts.errors import bad_input
from handouts.library import Kind, Library
from handouts.library.languages import SOURCE_LANGUAGE
from handouts.library.names import resolve
from handouts.library.nearest import did_you_mean, either, key_of

_SIGNED: tuple[Kind, ...] = ("exercises", "packets", "conditions", "rules", "warnings", "pain-scales")
KINDS: dict[str, Kind] = {kind.removesuffix("s"): kind for kind in _SIGNED}
"""The kinds by the word for one of each, and where the library keeps them."""
TRANSLATION = "translation"
KIND_NAMES = (*KINDS, TRANSLATION)


class Item(NamedTuple):
    """An item of the library, or its words in another language than English."""

    kind: str
    id: str
    language: str = SOURCE_LANGUAGE

    @property
    def is_translation(self) -> bool:
        """Whether it is the words of an item in another language."""
        return self.language != SOURCE_LANGUAGE

    @property
    def library_kind(self) -> Kind:
        """Where the library keeps the item itself."""
        return KINDS[self.kind]

    def __str__(self) -> str:
        own = f"{self.kind}/{self.id}"
        return f"{TRANSLATION}/{self.language}/{own}" if self.is_translation else own


def every_item(library: Library) -> Iterator[Item]:
    """Everything that can be signed: the English items by kind and id, then every translation there is."""
    english = [Item(kind, one) for kind, kept in KINDS.items() for one in sorted(library.ids(kept))]
    yield from english
    for code in library.languages():
        if code != SOURCE_LANGUAGE:
            yield from translated(english, code, library)


def translated(items: Iterable[Item], code: str, library: Library) -> Iterator[Item]:
    """Those of the items that have words in another language."""
    translations = library.translations(code)
    for item in items:
        if translations.find(item.library_kind, item.id) is not None:
            yield Item(item.kind, item.id, code)


def item_of(kind: Kind, item_id: str) -> Item:
    """The item of a kind of the library."""
    return Item(kind.removesuffix("s"), item_id)


def is_there(item: Item, library: Library) -> bool:
    """Whether the library has the item."""
    if item.kind not in KINDS or item.id not in library.ids(item.library_kind):
        return False
    return not item.is_translation or any(translated([item], item.language, library))


def find_items(asked: Iterable[str], library: Library) -> list[Item]:
    """The items that are asked for as KIND/ID, each once. Raises BadInput with every one that is none."""
    return list(dict.fromkeys(library.read_all(lambda one: find_item(one, library), asked)))


def find_item(asked: str, library: Library) -> Item:
    """The item that `KIND/ID` or `translation/LANGUAGE/KIND/ID` names; a printed name stands for an id, and a
    translation's kind may be left out where one item alone has the id.

    Raises BadInput, with the nearest valid name, when it is none or may be several.
    """

    fault = partial(bad_input, asked)
    first, _, rest = asked.partition("/")
    kind, language = kind_named(first), SOURCE_LANGUAGE
    if not rest.strip():
        raise fault("not KIND/ID", _hint_for_id(asked.rstrip("/"), library))
    if kind is None:
        raise fault(f"unknown kind '{first}'", did_you_mean(first, KIND_NAMES))
    kinds = [kind]
    if kind == TRANSLATION:
        code, _, rest = rest.partition("/")
        others = [one for one in library.languages() if one != SOURCE_LANGUAGE]
        language = resolve("languages", code, library) or ""
        if language not in others:
            raise fault(f"no translations into '{code}'", did_you_mean(code, others))
        first, _, named = rest.partition("/")
        inner = kind_named(first)
        kinds, rest = ([inner], named) if named and inner in KINDS else (list(KINDS), rest)

    def there(ids: Iterable[tuple[str, str]]) -> list[Item]:
        items = [Item(one, item) for one, item in ids]
        return list(translated(items, language, library)) if kind == TRANSLATION else items

    found = there((one, item) for one in kinds if (item := _id_of(one, rest, library)))
    if len(found) > 1:
        raise fault("may mean several things", f"write which: {either(list(map(str, found)))}")
    if not found:
        near = there((one, item) for one in kinds for item in library.names.nearest(KINDS[one], rest))[:3]
        see = f"did you mean {either(list(map(str, near)))}?" if near else f"see `handouts review list --kind {kind}`"
        raise fault(f"unknown {kind} '{rest}'", see)
    return found[0]


def kind_named(word: str) -> str | None:
    """The kind that a word names, for one or for many, in any case; None when it names none."""
    return next((kind for kind in KIND_NAMES if key_of(word) in (key_of(kind), key_of(f"{kind}s"))), None)


def name_of(item: Item, library: Library) -> str:
    """What the item is called in English; a rule by its reason."""
    found = library.item(item.library_kind, item.id)
    if item.kind == "rule":
        return str(found.reason)
    return getattr(found.text, "title" if item.kind in ("packet", "warning") else "name", None) or item.id


def regions_of(item: Item, library: Library) -> tuple[str, ...]:
    """The parts of the body that an item is for; none for what is for all of them."""
    if item.kind not in ("exercise", "packet", "warning"):
        return ()
    found = library.item(item.library_kind, item.id)
    return tuple(found.applies_to.regions) if item.kind == "warning" else (found.region,)


def _id_of(kind: str, asked: str, library: Library) -> str | None:
    if found := resolve(KINDS[kind], asked, library):
        return found
    if kind != "warning":
        return None
    titled = [one.id for one in library.warnings if one.text.title and key_of(one.text.title) == key_of(asked)]
    return titled[0] if len(titled) == 1 else None


def _hint_for_id(asked: str, library: Library) -> str | None:
    """What an id or a name alone may mean; the kinds when it means nothing."""
    found = [Item(kind, item) for kind in KINDS if (item := _id_of(kind, asked, library))]
    found = found or [Item(kind, item) for kind in KINDS for item in library.names.nearest(KINDS[kind], asked)]
    return f"did you mean {either([str(one) for one in found[:3]])}?" if found else did_you_mean(asked, KIND_NAMES)
