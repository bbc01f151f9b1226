"""Signatures in a library's folder `reviews/`: one file an item, the latest signature last. Writes nothing itself.

A signature is bound to the whole content of an item as plain data, by its digest.
"""

from __future__ import annotations

import datetime as dt
import difflib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from os.path import lexists
from pathlib import Path
from typing import Annotated, Any, Literal

from handouts.errors import AtTerminal, BadInput, Problem
from handouts.input_files import read_file
from handouts.library import Library, translation_faults
from handouts.library.stamps import english_fields
from handouts.library.yaml_fields import Fields, read_as
from handouts.library.yaml_reading import read_yaml
from handouts.library.yaml_writing import yaml_text
from handouts.reviewing.items import KINDS, TRANSLATION, Item, is_there

State = Literal["signed", "unsigned", "changed", "expired"]
FOLDER = "reviews"
YEARS = 2
"""How long a signature holds when nothing else is said."""


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who has signed which content, on which day, and until when it holds, that day included."""

    by: Annotated[str, 200]
    on: dt.date
    until: dt.date
    digest: Annotated[str, 64]
    content: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class SignOff:
    """How an item stands on one day; `signature` is the one that says so, None when nobody has signed it."""

    item: Item
    state: State
    signature: Signature | None = None


class Signatures:
    """The signatures of one library; a file is read when its item is asked for, and content is digested once."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._read: dict[Item, tuple[Signature, ...]] = {}
        self._digests: dict[Item, str] = {}
        self._printed: dict[Item, bool] = {}

    def of(self, item: Item) -> tuple[Signature, ...]:
        """Every signature of an item, of all folders, in the order in which they were given. Raises BadInput."""
        if item not in self._read:
            files = [path for folder in self.library.folders if lexists(path := path_of(item, folder))]
            found = [one for path in files for one in read_signatures(path, item)]
            self._read[item] = tuple(sorted(found, key=lambda one: one.on))
        return self._read[item]

    def sign_off(self, item: Item, day: dt.date) -> SignOff:
        """How an item stands on `day`: its content as it is now against what was signed by then."""
        given = [one for one in self.of(item) if one.on <= day]
        if not given:
            return SignOff(item=item, state="unsigned")
        if item not in self._digests:
            self._digests[item] = digest_of(content_of(item, self.library))
        same = [one for one in given if one.digest == self._digests[item]]
        if not same:
            return SignOff(item=item, state="changed", signature=given[-1])
        last = max(same, key=lambda one: one.until)
        return SignOff(item=item, state="signed" if day <= last.until else "expired", signature=last)

    def is_printed(self, item: Item) -> bool:
        """Whether a translation is printed: it is there and renders today's English. Else the English is printed."""
        if item not in self._printed:
            kind = item.library_kind
            found = self.library.translations(item.language).find(kind, item.id)
            usable = found is not None and not any(translation_faults(self.library, kind, item.id, found))
            self._printed[item] = usable
        return self._printed[item]

    @cached_property
    def gone(self) -> tuple[SignOff, ...]:
        """What was signed and is no longer in the library. Raises BadInput."""
        gone = [one for one in self.signed_items() if not is_there(one, self.library)]
        return tuple(SignOff(item=one, state="changed", signature=given[-1]) for one in gone if (given := self.of(one)))

    def signed_items(self) -> list[Item]:
        """Every item that has a file of signatures, whether the library still has it or not."""
        homes = [folder / FOLDER for folder in self.library.folders]
        steps = {path.relative_to(home).with_suffix("").parts for home in homes for path in home.rglob("*.yaml")}
        return [item for step in sorted(steps) if (item := _item_at(step))]


def sign_off_record(one: SignOff) -> dict[str, Any]:
    """A sign-off for machines: its state and, where somebody has signed, who, when and until when."""
    signed_as = _words(one.signature) if one.signature else dict.fromkeys(("by", "on", "until"))
    return {"state": one.state, **signed_as}


def _words(signature: Signature) -> dict[str, str | None]:
    return {"by": signature.by, "on": signature.on.isoformat(), "until": signature.until.isoformat()}


def path_of(item: Item, folder: Path) -> Path:
    """The file of an item's signatures in a library's folder."""
    return folder / FOLDER / f"{item}.yaml"


def signed(content: dict[str, Any], by: str, on: dt.date, until: dt.date | None) -> Signature:
    """A new signature of this content; it holds for two years unless `until` is given."""
    return Signature(by=by, on=on, until=until or _years_after(on), digest=digest_of(content), content=content)


def signatures_text(item: Item, signatures: Sequence[Signature]) -> str:
    """The file of an item's signatures."""
    entries = [{**_words(one), "digest": one.digest, "content": one.content} for one in signatures]
    head = (
        "# Who has signed this off, the latest last. Written by `handouts review sign`: changed by hand it is void.\n"
    )
    return head + yaml_text({"item": str(item), "signatures": entries})


def read_signatures(path: Path, item: Item) -> list[Signature]:
    """The signatures in a file. Raises BadInput when one is incomplete, or its content is not what was signed."""
    problems: list[Problem] = []
    found: list[Signature] = []
    document = read_yaml(path)
    fields = Fields(document.data, document, problems)
    if fields.text("item") not in ("", str(item)):
        hint = AtTerminal("leave it where `handouts review sign` wrote it")
        fields.problem(f"this file is of {item}", "item", hint=hint)
    for entry in fields.entries("signatures", required=True):
        one = read_as(Signature, entry, content=entry.get("content", required=True))
        if one.by and (fault := name_fault(one.by)):
            entry.problem(fault, "by")
        if isinstance(one.content, dict) and digest_of(one.content) != one.digest:
            entry.problem("the content is not what was signed", "content", hint="have it signed again")
        if one.on and one.until and isinstance(one.content, dict):
            found.append(one)
    fields.done()
    if problems:
        raise BadInput(problems)
    return found


def signature_problems(library: Library) -> list[Problem]:
    """What is wrong in the files of signatures."""
    signatures = Signatures(library)
    problems: list[Problem] = []
    for item in signatures.signed_items():
        try:
            signatures.of(item)
        except BadInput as error:
            problems += error.problems
    return problems


def name_fault(by: str) -> str | None:
    """What `by` lacks of a name and a licence; None when it has both."""
    name, _, licence = by.partition(",")
    if sum(map(str.isalpha, name)) < 2:
        return "the name is missing: write NAME, LICENCE, such as Dana Reyes, PT 12345"
    if sum(map(str.isalnum, licence)) < 2:
        return f"the licence of {name.strip()} is missing: write NAME, LICENCE, such as {name.strip()}, PT 12345"
    return None


def _years_after(day: dt.date) -> dt.date:
    year = min(day.year + YEARS, dt.MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)


def _item_at(steps: tuple[str, ...]) -> Item | None:
    match steps:
        case (kind, item_id) if kind in KINDS:
            return Item(kind, item_id)
        case (first, language, kind, item_id) if first == TRANSLATION and kind in KINDS:
            return Item(kind, item_id, language)
    return None


SHOWN_DIGITS = 8
"""Digits of a digest that are enough to tell two versions apart by eye."""
_LINES_AROUND = 2


def content_of(item: Item, library: Library) -> dict[str, Any]:
    """Everything in an item's file, and the digest of its photo; of a translation the English it renders, too.

    Raises BadInput or FileTrouble when the item cannot be read.
    """
    kind = item.library_kind
    signed = library.item(kind, item.id)
    if item.is_translation:
        translation = library.translations(item.language).find(kind, item.id)
        own = translation.data if translation else {}
        # The stamps say which English was rendered; the English itself says more.
        return {
            "english": english_fields(library, kind, item.id),
            item.language: {name: value for name, value in own.items() if name != "of"},
        }
    content = {name: value for name, value in library.origin(kind, item.id).data.items() if name != "reviewed"}
    if (photo := getattr(signed, "photo", None)) is not None:
        content["picture"] = {**content["picture"], "sha256": sha256(read_file(Path(photo.file))).hexdigest()}
    return content


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content as compact JSON with sorted keys, in hexadecimal: how a file is set out does not count."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The lines that were signed and are gone (`-`), and those that nobody signed (`+`), with the lines around them."""
    old, new = (yaml_text(content).splitlines() if content else [] for content in (before, after))
    return list(difflib.unified_diff(old, new, "signed", "now", lineterm="", n=_LINES_AROUND))
