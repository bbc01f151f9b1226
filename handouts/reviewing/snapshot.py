"""What a signature is bound to: the whole content of an item as plain data, its digest, and how two of them differ."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from handouts.input_files import read_file
from handouts.library import Kind, Library
from handouts.library.stamps import english_fields
from handouts.library.yaml_writing import yaml_text
from handouts.reviewing.items import Item

SHOWN_DIGITS = 8
"""Digits of a digest that are enough to tell two versions apart by eye."""
_LINES_AROUND = 2


def content_of(item: Item, library: Library) -> dict[str, Any]:
    """Everything in an item's file, and the digest of its photo; of a translation the English it renders, too.

    Raises BadInput or FileTrouble when the item cannot be read.
    """
    kind = item.library_kind
    _read(kind, item.id, library)
    if item.is_translation:
        translation = library.translations(item.language).find(kind, item.id)
        own = translation.data if translation else {}
        # The stamps say which English was rendered; the English itself says more.
        return {
            "english": english_fields(library, kind, item.id),
            item.language: {name: value for name, value in own.items() if name != "of"},
        }
    content = {name: value for name, value in library.english(kind, item.id).items() if name != "reviewed"}
    photo = library.exercise(item.id).photo if item.kind == "exercise" else None
    if photo is not None:
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


def _read(kind: Kind, item_id: str, library: Library) -> None:
    """Read an item, so that the library knows what is in its file."""
    if kind == "exercises":
        library.exercise(item_id)
    elif kind == "packets":
        library.packet(item_id)
    else:
        library.ids(kind)
