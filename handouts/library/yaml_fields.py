"""Reading known fields out of plain data, collecting every problem with its place and the nearest known name.

Knows nothing of exercises. Where a value is wrong, a problem is recorded and a harmless value returned, so that one
reading lists every problem; the caller must look at the problems before it uses what was read.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from types import NoneType
from typing import (
    Annotated,
    Any,
    Literal,
    NamedTuple,
    Protocol,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
    runtime_checkable,
)

from handouts.errors import Problem
from handouts.library.nearest import did_you_mean
from handouts.library.yaml_reading import Document, Where

MOST_TEXT, MOST_NAME = 4000, 80
"""Characters of a text, and of the name of something known, when nothing else is said."""
MOST_UNKNOWN = 30
"""Unknown fields that are named one by one."""
YEARS = range(1900, 2101)
"""Years that a date may have."""
_DIRECTION_MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


class Places(Protocol):
    """Says where a value is: in a YAML document, in a roster's row, on the command line."""

    def locate(self, where: Where, *, key: bool = False) -> tuple[str, int, int]:
        """Path, line and column of the value at `where`, or of its key; line 0 where there are no lines."""
        ...


@runtime_checkable
class Named(Protocol):
    """Names that have other names."""

    def meant(self, asked: str) -> tuple[str | None, str | None]:
        """The name that another one means, else what to write in place of one that means none, or several."""
        ...


class Fields:
    """One mapping being read. Call `done()` last: it reports every field that was not read."""

    __slots__ = ("data", "places", "problems", "read", "where")

    def __init__(self, data: Any, places: Places, problems: list[Problem], where: Where = ()) -> None:
        self.places, self.problems, self.where = places, problems, where
        self.read: set[str] = set()
        self.data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        if not isinstance(data, Mapping):
            self.problem("expected fields, 'name: value'")

    def problem(
        self, message: str, *where: str | int, hint: str | None = None, key: bool = False, offset: int = 0
    ) -> None:
        """Records a problem with the value at `where`, counted from this mapping, or with its key.

        `offset` is how many characters into the value the fault begins.
        """
        path, line, column = self.places.locate(self.where + where, key=key)
        self.problems.append(Problem(path, line, column + (offset if line else 0), message, hint))

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self.data.get(name) is not None

    def get(self, name: str, *, required: bool = False) -> Any:
        """The value as it is in the file; None when missing, which is a problem if it is `required`."""
        self.read.add(name)
        value = self.data.get(name)
        if value is None and required:
            if name in self.data:
                self.problem(f"'{name}' is empty", name, key=True)
            else:
                self.problem(f"'{name}' is missing")
        return value

    def maybe_text(self, name: str, *, most: int = MOST_TEXT, number: bool = False) -> str | None:
        """A text, or None when missing. `number`: a whole number will do, such as a patient's id."""
        value = self.get(name)
        return None if value is None else self.as_text(value, name, most=most, number=number)

    def text(self, name: str, *, most: int = MOST_TEXT) -> str:
        """A required text."""
        value = self.get(name, required=True)
        return "" if value is None else self.as_text(value, name, most=most)

    def as_text(self, value: Any, *where: str | int, most: int = MOST_TEXT, number: bool = False) -> str:
        """`value` as text: NFC, runs of white space as one space, no control characters, not empty."""
        # `type` and not `isinstance`: in Python true is a number too.
        if number and type(value) is int:
            value = str(value)
        if not isinstance(value, str):
            self.problem(f"expected text, found {_kind(value)}", *where, hint="put it in quotes if it is text")
            return ""
        text = unicodedata.normalize("NFC", " ".join(value.split())) if not value.isascii() else " ".join(value.split())
        if not text:
            self.problem("an empty text", *where)
        elif len(text) > most:
            self.problem(f"{len(text)} characters, at most {most} are allowed", *where, hint="shorten it")
        elif not text.isprintable() and (fault := next((sign for sign in text if _unprintable(sign)), None)):
            self.problem(f"an invisible control character, U+{ord(fault):04X}", *where, hint="remove it")
        return text

    def texts(self, name: str, *, required: bool = False, most: int = 200, longest: int = MOST_TEXT) -> tuple[str, ...]:
        """A list of texts; empty when missing."""
        entries = enumerate(self.list(name, required, most))
        return tuple(self.as_text(item, name, index, most=longest) for index, item in entries)

    def list(self, name: str, required: bool = False, most: int = 10_000) -> list[Any]:
        """A list as it is in the file; empty when missing."""
        value = self.get(name, required=required)
        if value is None:
            return []
        if not isinstance(value, list):
            self.problem(f"expected a list, found {_kind(value)}", name, hint="write [one, two]")
            return []
        if len(value) > most:
            self.problem(f"{len(value)} entries, at most {most} are allowed", name)
        return value[:most]

    def flag(self, name: str, *, required: bool = False) -> bool:
        """true or false; false when missing."""
        value = self.get(name, required=required)
        if value is not None and not isinstance(value, bool):
            hint = "write true or false, without quotes"
            self.problem(f"expected true or false, found {_shown(value)}", name, hint=hint)
        return value is True

    def maybe_flag(self, name: str) -> bool | None:
        """true or false, or None when missing."""
        return None if self.get(name) is None else self.flag(name)

    def whole(self, name: str, default: int, *, least: int, most: int) -> int:
        """A whole number from `least` to `most`."""
        value = self.get(name)
        if value is None:
            return default
        if type(value) is not int or not least <= value <= most:
            self.problem(f"expected a whole number from {least} to {most}, found {_shown(value)}", name)
            return default
        return value

    def choice(
        self, name: str, known: Collection[str], default: str | None = None, others: Mapping[str, str] | None = None
    ) -> str:
        """One of `known` in any case, or by one of its `others`' names; required when there is no default."""
        value = self.get(name, required=default is None)
        fallback = default if default is not None else next(iter(known))
        if value is None:
            return fallback
        if isinstance(value, str) and value not in known:
            folded = value.casefold()
            value = next((one for one in ((others or {}).get(folded), folded) if one in known), value)
        return self.known(value, name, known, name) or fallback

    def maybe_choice(self, name: str, known: Collection[str], others: Mapping[str, str] | None = None) -> str | None:
        """One of `known`, as `choice` takes it, or None when missing."""
        return None if self.get(name) is None else self.choice(name, known, others=others)

    def known(self, value: Any, kind: str, known: Collection[str], *where: str | int, key: bool = False) -> str | None:
        """The one of the `known` names of that `kind` that `value` is, else None and a problem with the nearest.

        Where they know other names of theirs (`NamedIds`), those are taken too.
        """
        if isinstance(value, str) and value in known:
            return value
        if isinstance(known, Named) and isinstance(value, str):
            found, hint = known.meant(value)
        else:
            found, hint = None, did_you_mean(str(value), known)
        if found is None:
            self.problem(f"unknown {kind} {_shown(value)}", *where, hint=hint, key=key)
        return found

    def date(self, name: str) -> dt.date | None:
        """A date written YYYY-MM-DD, or None when missing."""
        value = self.get(name)
        if value is None:
            return None
        try:
            return day_of(value)
        except ValueError:
            self.problem(f"{_shown(value)} is not a date", name, hint="write YYYY-MM-DD, such as 2026-11-22")
            return None

    def inner(self, name: str, *, required: bool = False) -> Fields | None:
        """The mapping in a field, or None when missing."""
        value = self.get(name, required=required)
        return None if value is None else self.at(value, name)

    def entries(self, name: str, *, required: bool = False, most: int = 10_000) -> Iterator[Fields]:
        """Each entry of a list as fields; what was not read of one is reported before the next is given."""
        for index, value in enumerate(self.list(name, required, most)):
            entry = self.at(value, name, index)
            yield entry
            entry.done()

    def named(self, name: str, *, required: bool = False) -> Iterator[tuple[str, Fields]]:
        """Each entry of a mapping by its key, as fields; an empty one is a problem."""
        section = self.inner(name, required=required)
        for key in section.data if section is not None else ():
            if section is not None and (entry := section.inner(key, required=True)) is not None:
                yield key, entry

    def all_known(self, name: str, kind: str, known: Collection[str], *, required: bool = False) -> tuple[str, ...]:
        """A list of names that must all be known."""
        found = self.texts(name, required=required)
        return tuple(self.known(value, kind, known, name, index) or value for index, value in enumerate(found))

    def at(self, value: Any, *where: str | int) -> Fields:
        """The value at `where` as fields."""
        return Fields(value, self.places, self.problems, self.where + where)

    def done(self, sections: Mapping[str, str] | None = None) -> None:
        """Reports every field that was not read, with the section that it belongs to, or the nearest known name."""
        unknown = [name for name in self.data if name not in self.read]
        if len(unknown) > MOST_UNKNOWN:
            self.problem(f"{len(unknown)} unknown fields", unknown[0], key=True)
            return
        for name in unknown:
            section = (sections or {}).get(name)
            hint = f"write it under {section}:" if section else did_you_mean(name, self.read)
            self.problem(f"unknown field '{name}'", name, hint=hint, key=True)


Known = Callable[[str], Collection[str]]
"""Gives the known names of a sort, such as those of every `condition`."""
Value = TypeVar("Value")


def read_as(kind: Callable[..., Value], fields: Fields, known: Known = lambda _sort: (), **given: Any) -> Value:
    """A dataclass's value out of fields of the same names, each read by its type; one without a default is required.

    What a type is annotated with is its limit: the most characters of a text, the range of a number, the choices of a
    text, or of which sort the `known` names are that it takes. `given` is read otherwise.
    """
    for name, of, limit, is_list, default in _plan(kind):
        required = default is dataclasses.MISSING
        if name in given:
            continue
        if not required and fields.get(name) is None:
            given[name] = default
        elif is_list and of is not str:
            entries = fields.entries(name, required=required)
            given[name] = tuple(read_as(of, entry, known) for entry in entries)
        elif is_list and isinstance(limit, str):
            given[name] = fields.all_known(name, limit, known(limit), required=required)
        elif is_list:
            given[name] = fields.texts(name, required=required, longest=limit or MOST_TEXT)
        elif of is bool:
            given[name] = fields.flag(name, required=required)
        elif of is dt.date:
            fields.get(name, required=required)
            given[name] = fields.date(name)
        elif of is int:
            fields.get(name, required=required)
            given[name] = fields.whole(name, 0 if required else default or 0, least=limit[0], most=limit[-1])
        elif isinstance(limit, tuple):
            given[name] = fields.choice(name, limit, None if required else default)
        elif isinstance(limit, str):
            text = fields.text(name, most=MOST_NAME)
            given[name] = (fields.known(text, limit, known(limit), name) if text or not required else None) or text
        elif of is str:
            given[name] = fields.text(name, most=limit or MOST_TEXT)
        else:
            inner = fields.at(fields.get(name, required=required), name)
            given[name] = read_as(of, inner, known)
            inner.done()
    return kind(**given)


@cache
def _plan(kind: Any) -> list[tuple[str, Any, Any, bool, Any]]:
    """Of each field of a dataclass its name, its type and the limit of that, whether it is a list, its default."""
    plan = []
    hints = get_type_hints(kind, include_extras=True)
    for each in dataclasses.fields(kind):
        of, limit = hints[each.name], None
        if NoneType in get_args(of):
            of = get_args(of)[0]
        is_list = get_origin(of) is tuple
        if is_list:
            of = get_args(of)[0]
        if get_origin(of) is Annotated:
            of, limit = get_args(of)
        elif get_origin(of) is Literal:
            limit = get_args(of)
        plan.append((each.name, of, limit, is_list, each.default))
    return plan


class Origin(NamedTuple):
    """Where an item, or its words in another language, was read: the document, and the way to it in that."""

    document: Document
    where: Where = ()

    @property
    def data(self) -> Mapping[str, Any]:
        """Its fields as they are in the file."""
        data = self.document.data
        for step in self.where:
            data = data[step]
        return mapping_of(data)

    def fields(self, problems: list[Problem]) -> Fields:
        """Its fields, reporting to `problems`."""
        return Fields(self.data, self.document, problems, self.where)

    def problem(self, message: str, *where: str | int, hint: str | None = None, key: bool = False) -> Problem:
        """A problem with it, or with what is at `where` in it, or with the key of that."""
        return Problem(*self.document.locate((*self.where, *where), key=key), message, hint)


def mapping_of(value: Any) -> Mapping[str, Any]:
    """The value where it is a mapping, else an empty one: a file may have anything there."""
    return value if isinstance(value, dict) else {}


def day_of(text: object) -> dt.date:
    """The day that is written YYYY-MM-DD. Raises ValueError, also for a slip such as the year 0026."""
    # Python reads 2026-W01-1 too, which is a day of 2025.
    if not isinstance(text, str) or (day := dt.date.fromisoformat(text)).isoformat() != text or day.year not in YEARS:
        raise ValueError
    return day


def _shown(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str | int | float) else _kind(value)


def _kind(value: Any) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "fields"}
    return names.get(type(value), "nothing")


def _unprintable(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn") or sign in _DIRECTION_MARKS
