"""Which translations can be used: each is tied by fingerprints, its stamps, to the English that it renders.

A text is used only when every field that the English has is there and fresh: a patient never reads something that is
no longer meant. Fingerprint: the first 8 hex digits of SHA-256 over the English field as compact JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from handouts.errors import BadInput, Problem
from handouts.library.kinds import LISTED_KINDS, Kind
from handouts.library.library import Library
from handouts.library.safety_facts import ADAPTED_WORDS
from handouts.library.translations import Translations
from handouts.library.warnings import misfiled
from handouts.library.yaml_fields import Origin, mapping_of
from handouts.library.yaml_reading import read_yaml

PATIENT_FIELDS: dict[Kind, tuple[str, ...]] = {
    "exercises": (
        "name", "also_called", "muscles", "purpose", "setup", "steps", "feel", "breathing", "mistakes", "make_easier",
        "make_harder", "starts",
    ),
    "packets": ("title", "purpose", "progression", "advice", "notes"),
    "conditions": ("name", "for_you"),
    "rules": ("advice", "short", "adapt"),
    "warnings": ("title", "items"),
    "pain-scales": ("zones", "next_day", "page1"),
    "movements": ("name",),
}  # fmt: skip
"""What is translated of each kind."""


class TranslationFault(NamedTuple):
    """A field that keeps a translation from being used, and why."""

    field: str
    message: str


def fingerprint(english: Any) -> str:
    """The fingerprint of one English field, as it is in the English file."""
    text = json.dumps(english, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:8]


def english_fields(library: Library, kind: Kind, item_id: str) -> dict[str, Any]:
    """What a patient reads of an item in English, field by field as in its file; the item has been read before.

    A packet's notes to the patient are gathered from its exercises, because a translation lists them by exercise; a
    warning's items by their ids; of an item and of a rule's `adapt` stays what a patient reads.
    """
    item = library.origin(kind, item_id).data
    found = {name: item[name] for name in PATIENT_FIELDS[kind] if not _is_empty(item.get(name))}
    if kind == "packets":
        entries = [next(iter(entry.items())) for entry in item["exercises"] if isinstance(entry, dict)]
        notes = {name: more["note"] for name, more in entries if isinstance(more, dict) and more.get("note")}
        found |= {"notes": notes} if notes else {}
    if kind == "rules" and isinstance(adapt := found.pop("adapt", None), dict):
        words = {name: adapt[name] for name in ADAPTED_WORDS if not _is_empty(adapt.get(name))}
        found |= {"adapt": words} if words else {}
    if kind == "warnings":
        found["items"] = {line["id"]: {name: line[name] for name in _LINE if line.get(name)} for line in item["items"]}
    return found


def translation_faults(library: Library, kind: Kind, item_id: str, translation: Origin) -> Iterator[TranslationFault]:
    """Each field that keeps a translation from being used: missing, not stamped, stale, or of another form."""
    stamps = mapping_of(translation.data.get("of"))
    for name, english in english_fields(library, kind, item_id).items():
        own: Any = translation.data.get(name)
        if _is_empty(own):
            yield TranslationFault(name, f"'{name}' is missing")
        elif name not in stamps:
            yield TranslationFault(name, f"'{name}' is not stamped with the English it renders")
        elif stamps[name] != fingerprint(english):
            yield TranslationFault(name, f"'{name}' is stale: the English has changed")
        elif _blanks(own) != _blanks(english):
            yield TranslationFault(name, f"'{name}' has other {{blanks}} than the English")
        elif name == "zones" and _scale(own) != _scale(english):
            yield TranslationFault(name, "the numbers of the pain scale differ from the English")
        elif kind == "warnings" and name == "items" and (unlike := _unlike(english, own)):
            yield TranslationFault(name, unlike)
        elif name == "adapt" and _form(own) != _form(english):
            yield TranslationFault(name, "it has other words or another number of steps than the English")
        elif name == "notes" and own.keys() != english.keys():
            yield TranslationFault(name, "the notes are for other exercises than in English")


def translation_problems(library: Library, code: str) -> list[Problem]:
    """Everything that would make a sheet in `code` fall back to English, and every text that renders nothing."""
    translations = library.translations(code)
    problems: list[Problem] = []
    for kind in PATIENT_FIELDS:
        try:
            ids = {item.id for item in library.items(kind)}
        except BadInput as error:  # the English itself is not right, so that nothing can be measured by it
            problems.extend(error.problems)
            continue
        for item_id in sorted(ids):
            try:
                translation = translations.find(kind, item_id)
            except BadInput as error:
                problems.extend(error.problems)
                continue
            if translation is not None:
                problems.extend(_problems_of(library, code, kind, item_id, translation))
            elif _is_built_in(library, kind, item_id):
                problems.append(_untranslated(library, kind, item_id, code))
        problems.extend(_orphans(translations, kind, ids))
    return sorted(set(problems))


def untranslated(library: Library, code: str) -> list[Problem]:
    """What a clinic's own folders do not say in `code`, and a sheet prints in English: no fault, but worth knowing."""
    translations = library.translations(code)
    found: list[Problem] = []
    for kind in PATIENT_FIELDS:
        own = (one for one in sorted(item.id for item in library.items(kind)) if not _is_built_in(library, kind, one))
        found += [_untranslated(library, kind, one, code) for one in own if translations.find(kind, one) is None]
    return found


def stamp_translations(library: Library, folder: Path, code: str, renew: Collection[str] = ()) -> list[Path]:
    """Writes the fingerprints of today's English into the `of:` lines under `folder`; every other line stays as it is.

    Only fields that have no stamp are stamped, because a person must read a stale text first.

    Args:
        library: the content, English and translated.
        folder: the content folder whose files are written.
        code: the language.
        renew: ids of stale texts that were read and still hold, so that they are stamped anew.

    Returns:
        The files that changed.

    Raises:
        BadInput: an item has no `of:` line of its own; then nothing is written.
    """
    translations = library.translations(code)
    home = folder.resolve()
    changed: dict[Path, list[str]] = {}
    problems: list[Problem] = []
    for kind in PATIENT_FIELDS:
        for item_id in (item.id for item in library.items(kind)):
            translation = translations.find(kind, item_id)
            if translation is None or not Path(translation.document.path).resolve().is_relative_to(home):
                continue
            data = translation.data
            if "of" not in data:
                problems.append(translation.problem("'of' is missing", hint="add 'of: {}'"))
                continue
            stamps = _new_stamps(library, kind, item_id, data, renewed=item_id in renew)
            if stamps != data["of"]:
                file, line, column = translation.document.locate((*translation.where, "of"), key=True)
                if (path := Path(file)) not in changed:
                    changed[path] = path.read_bytes().decode().split("\n")
                old = changed[path][line - 1]
                if not _ONE_LINE.fullmatch(old):
                    problems.append(Problem(file, line, 1, "'of' must be on one line of its own", "write 'of: {}'"))
                written = ", ".join(f'{name}: "{stamp}"' for name, stamp in stamps.items())
                end = "\r" if old.endswith("\r") else ""
                changed[path][line - 1] = f"{' ' * (column - 1)}of: {{{written}}}{end}"
    # All lines are judged before one is written, so that no file is left half stamped.
    if problems:
        raise BadInput(problems)
    for path, lines in changed.items():
        path.write_bytes("\n".join(lines).encode())
    return sorted(changed)


_ONE_LINE = re.compile(r"\s*of:[^{]*\{[^{]*\}\s*")


def _new_stamps(
    library: Library, kind: Kind, item_id: str, words: Mapping[str, Any], *, renewed: bool
) -> dict[str, str]:
    old = {} if renewed else mapping_of(words["of"])
    return {
        name: old.get(name, fingerprint(english))
        for name, english in english_fields(library, kind, item_id).items()
        if not _is_empty(words.get(name))
    }


def _problems_of(library: Library, code: str, kind: Kind, item_id: str, translation: Origin) -> Iterator[Problem]:
    faults = list(translation_faults(library, kind, item_id, translation))
    for fault in faults:
        yield translation.problem(fault.message, fault.field, key=True)
    problems: list[Problem] = []
    fields = translation.fields(problems)
    fields.read.update(("of", *PATIENT_FIELDS[kind]))
    fields.done()
    yield from problems
    if kind == "warnings" and not any(fault.field == "items" for fault in faults):
        actions = {item["id"]: item["action"] for item in library.origin(kind, item_id).data["items"]}
        for name, line in translation.data["items"].items():
            for field, message in misfiled(code.split("-")[0], actions[name], line):
                yield translation.problem(f"'{name}' {message}", "items", name, field)


def _untranslated(library: Library, kind: Kind, item_id: str, code: str) -> Problem:
    return library.origin(kind, item_id).problem(f"'{item_id}' is not translated ({code})")


def _is_built_in(library: Library, kind: Kind, item_id: str) -> bool:
    return library.is_built_in(Path(library.origin(kind, item_id).document.path))


def _orphans(translations: Translations, kind: Kind, ids: Collection[str]) -> Iterator[Problem]:
    """Texts of items that the library does not have."""
    for path in translations.files(kind):
        if kind not in LISTED_KINDS:
            if path.stem not in ids:
                yield Problem(str(path), 0, 0, f"'{path.stem}' is in no English file")
            continue
        try:
            document = read_yaml(path)
        except BadInput:
            continue  # reported when its items were looked for
        for item_id in mapping_of(document.data):
            if item_id not in ids:
                place = document.place((item_id,), key=True)
                yield Problem(str(path), *place, f"'{item_id}' is in no English file")


def _is_empty(value: Any) -> bool:
    return value is None or value == [] or value == {}


def _blanks(text: Any) -> set[str]:
    """The blanks that are filled in when the text is printed, such as {emergency}."""
    return set(re.findall(r"\{\w*\}", json.dumps(text, ensure_ascii=False)))


_LINE = ("text", "page1")
"""What a patient reads of a warning's item."""


def _unlike(english: Mapping[str, Any], own: Any) -> str | None:
    """What keeps a warning's items from saying the same as the English: other ids, fields or blanks."""
    if not isinstance(own, dict) or own.keys() != english.keys():
        return "the items are not those of the English"
    for name, line in english.items():
        if not isinstance(own[name], dict) or own[name].keys() != line.keys():
            return f"the item '{name}' has other fields than the English"
        if any(_blanks(own[name][field]) != _blanks(line[field]) for field in line):
            return f"the item '{name}' has other {{blanks}} than the English"
    return None


def _form(adapt: Any) -> dict[str, int]:
    """Which words an adapted exercise has, and how many steps."""
    return {name: len(value) if isinstance(value, list) else 1 for name, value in mapping_of(adapt).items()}


def _scale(zones: Any) -> list[tuple[Any, ...]]:
    entries = zones if isinstance(zones, list) else []
    return [(zone.get("kind"), zone.get("low"), zone.get("high")) for zone in entries if isinstance(zone, dict)]
