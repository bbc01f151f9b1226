"""Texts in other languages, each tied by fingerprints to the English it renders; and the stamp that ties them.

A text is used only when every field that the English has is there and fresh: a patient never reads something that is
no longer meant. Fingerprint: the first 8 hex digits of SHA-256 over the English field as compact JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from handouts.errors import BadInput, Problem
from handouts.library.asks import misfiled
from handouts.library.library import Kind, Library
from handouts.library.yaml_source import Document, Fields, Where, read_content
from handouts.pdf.digests import sha256

PATIENT_FIELDS: dict[Kind, tuple[str, ...]] = {
    "exercises": (
        "name", "also_called", "muscles", "purpose", "setup", "steps", "feel", "breathing", "mistakes", "make_easier",
        "make_harder",
    ),
    "packets": ("title", "purpose", "progression", "advice", "notes"),
    "conditions": ("name", "for_you"),
    "rules": ("advice", "short"),
    "warnings": ("title", "items"),
    "pain-scales": ("zones", "next_day", "page1"),
    "movements": ("name",),
}  # fmt: skip
_FILES_OF: dict[Kind, str] = {
    "exercises": "exercises/*/*.yaml", "packets": "packets/*.yaml", "conditions": "conditions.yaml",
    "rules": "rules.yaml", "warnings": "warnings/*.yaml", "pain-scales": "pain-scales.yaml",
    "movements": "movements.yaml",
}  # fmt: skip
_IN_LISTS: tuple[Kind, ...] = ("conditions", "rules", "warnings", "pain-scales", "movements")


class Rendering(NamedTuple):
    """One item in another language, as it stands in its file."""

    document: Document
    where: Where
    data: Mapping[str, Any]

    def fields(self, problems: list[Problem]) -> Fields:
        """The item's fields, reporting to `problems`."""
        return Fields(self.data, self.document, problems, self.where)


def fingerprint(english: Any) -> str:
    """The fingerprint of one English field, as it stands in the English file."""
    text = json.dumps(english, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:8]


def english_fields(library: Library, kind: Kind, item_id: str) -> dict[str, Any]:
    """What a patient reads of an item that has been read, in English, field by field as in its file.

    A packet's notes to the patient are gathered from its exercises, because a translation lists them by exercise; and a
    warning's items by their ids, without what no patient reads.
    """
    item = library.english(kind, item_id)
    found = {name: item[name] for name in PATIENT_FIELDS[kind] if item.get(name) not in (None, [])}
    if kind == "packets":
        entries = [next(iter(entry.items())) for entry in item["exercises"] if isinstance(entry, dict)]
        notes = {name: said["note"] for name, said in entries if isinstance(said, dict) and said.get("note")}
        found |= {"notes": notes} if notes else {}
    if kind == "warnings":
        found["items"] = {line["id"]: {name: line[name] for name in _LINE if line.get(name)} for line in item["items"]}
    return found


class Translations:
    """The items of a library in one other language; files are read when an item of theirs is asked for."""

    def __init__(self, library: Library, code: str) -> None:
        self.library, self.code = library, code
        self._lists: dict[Kind, dict[str, Rendering]] = {}

    def find(self, kind: Kind, item_id: str) -> Rendering | None:
        """The item as its file has it, fresh or not; the last folder that has it wins."""
        if kind in _IN_LISTS:
            return self.listed(kind).get(item_id)
        pattern = _FILES_OF[kind].replace("*.yaml", f"{item_id}.yaml")
        for folder in reversed(self.library.folders):
            for path in (folder / "translations" / self.code).glob(pattern):
                document = read_content(path)
                return Rendering(document, (), document.data if isinstance(document.data, dict) else {})
        return None

    def listed(self, kind: Kind) -> dict[str, Rendering]:
        """Every item of a kind that is kept in lists."""
        if kind not in self._lists:
            found: dict[str, Rendering] = {}
            for folder in self.library.folders:
                for path in sorted((folder / "translations" / self.code).glob(_FILES_OF[kind])):
                    document = read_content(path)
                    entries = document.data if isinstance(document.data, dict) else {}
                    for item_id, data in entries.items():
                        found[item_id] = Rendering(document, (item_id,), data if isinstance(data, dict) else {})
            self._lists[kind] = found
        return self._lists[kind]

    def lacks(self, kind: Kind, item_id: str, rendering: Rendering) -> Iterator[tuple[str, str]]:
        """Each field that keeps the item from being used, and why: missing, not stamped, stale, or not alike."""
        stamps = rendering.data.get("of")
        stamps = stamps if isinstance(stamps, dict) else {}
        for name, english in english_fields(self.library, kind, item_id).items():
            if rendering.data.get(name) in (None, [], {}):
                yield name, f"'{name}' is missing"
            elif name not in stamps:
                yield name, f"'{name}' is not stamped with the English it renders"
            elif stamps[name] != fingerprint(english):
                yield name, f"'{name}' is stale: the English has changed"
            elif _blanks(rendering.data[name]) != _blanks(english):
                yield name, f"'{name}' has other {{blanks}} than the English"
            elif name == "zones" and _scale(rendering.data[name]) != _scale(english):
                yield name, "the numbers of the pain scale differ from the English"
            elif kind == "warnings" and name == "items" and (unlike := _unlike(english, rendering.data[name])):
                yield name, unlike
            elif name == "notes" and rendering.data[name].keys() != english.keys():
                yield name, "the notes are for other exercises than in English"


def translation_problems(library: Library, code: str) -> list[Problem]:
    """Everything that would make a sheet in `code` fall back to English, and every text that renders nothing."""
    translations = Translations(library, code)
    problems: list[Problem] = []
    for kind in PATIENT_FIELDS:
        try:
            ids = set(library.ids(kind))
            _read_every(library, kind)
        except BadInput as error:  # the English itself is not right, so that nothing can be measured by it
            problems.extend(error.problems)
            continue
        for item_id in sorted(ids):
            try:
                rendering = translations.find(kind, item_id)
            except BadInput as error:
                problems.extend(error.problems)
                continue
            if rendering is None:
                if _is_built_in(library, kind, item_id):
                    problems.append(_untranslated(library, kind, item_id, code))
            else:
                problems.extend(_judge(translations, kind, item_id, rendering))
        problems.extend(_orphans(translations, kind, ids))
    return sorted(set(problems))


def untranslated(library: Library, code: str) -> list[Problem]:
    """What a clinic's own folders do not say in `code`, and a sheet prints in English: no fault, but worth knowing."""
    translations = Translations(library, code)
    found: list[Problem] = []
    for kind in PATIENT_FIELDS:
        _read_every(library, kind)
        own = (item_id for item_id in sorted(library.ids(kind)) if not _is_built_in(library, kind, item_id))
        missing = (item_id for item_id in own if translations.find(kind, item_id) is None)
        found += [_untranslated(library, kind, item_id, code) for item_id in missing]
    return found


def _untranslated(library: Library, kind: Kind, item_id: str, code: str) -> Problem:
    document, where = library.origin(kind, item_id)
    return Problem(document.path, *document.place(where), f"'{item_id}' is not translated ({code})")


def _is_built_in(library: Library, kind: Kind, item_id: str) -> bool:
    return Path(library.origin(kind, item_id).document.path).is_relative_to(library.folders[0])


def stamp_translations(library: Library, folder: Path, code: str, renew: Collection[str] = ()) -> list[Path]:
    """Writes the fingerprints of today's English into the `of:` lines under `folder`; every other line stays as it is.

    Only fields not stamped yet are stamped, because a stale text must be read by a person first: name its id in
    `renew` to say that this was done. Returns the files that changed. Raises BadInput where an item has no `of:` line
    of its own.
    """
    translations = Translations(library, code)
    home = folder.resolve()
    edits: dict[Path, dict[int, str]] = {}
    problems: list[Problem] = []
    for kind in PATIENT_FIELDS:
        _read_every(library, kind)
        for item_id in library.ids(kind):
            rendering = translations.find(kind, item_id)
            if rendering is None or not Path(rendering.document.path).resolve().is_relative_to(home):
                continue
            line, column = rendering.document.place((*rendering.where, "of"), key=True)
            if "of" not in rendering.data:
                line, column = rendering.document.place(rendering.where)
                problems.append(Problem(rendering.document.path, line, column, "'of' is missing", "add 'of: {}'"))
                continue
            old = rendering.data["of"] if item_id not in renew and isinstance(rendering.data["of"], dict) else {}
            stamps = {
                name: old.get(name, fingerprint(english))
                for name, english in english_fields(library, kind, item_id).items()
                if rendering.data.get(name) not in (None, [], {})
            }
            if stamps != rendering.data["of"]:
                written = ", ".join(f'{name}: "{stamp}"' for name, stamp in stamps.items())
                edits.setdefault(Path(rendering.document.path), {})[line] = f"{' ' * (column - 1)}of: {{{written}}}"
    for path, new in edits.items():
        problems.extend(_not_on_one_line(path, new))
    if problems:
        raise BadInput(problems)
    for path, new in edits.items():
        lines = path.read_bytes().decode().split("\n")
        for number, text in new.items():
            lines[number - 1] = text + ("\r" if lines[number - 1].endswith("\r") else "")
        path.write_bytes("\n".join(lines).encode())
    return sorted(edits)


def _not_on_one_line(path: Path, edits: Mapping[int, str]) -> Iterator[Problem]:
    lines = path.read_bytes().decode().split("\n")
    for number in edits:
        line = lines[number - 1].strip()
        if not (line.startswith("of:") and line.endswith("}") and line.count("{") == 1):
            yield Problem(str(path), number, 1, "'of' must stand on one line of its own", "write 'of: {}'")


def _judge(translations: Translations, kind: Kind, item_id: str, rendering: Rendering) -> Iterator[Problem]:
    lacking = dict(translations.lacks(kind, item_id, rendering))
    for name, message in lacking.items():
        line, column = rendering.document.place((*rendering.where, name), key=True)
        yield Problem(rendering.document.path, line, column, message)
    problems: list[Problem] = []
    fields = rendering.fields(problems)
    fields.asked.update(("of", *PATIENT_FIELDS[kind]))
    fields.done()
    yield from problems
    if kind == "warnings" and "items" not in lacking:
        actions = {item["id"]: item["action"] for item in translations.library.english(kind, item_id)["items"]}
        for name, line in rendering.data["items"].items():
            for field, message in misfiled(translations.code.split("-")[0], actions[name], line):
                place = rendering.document.place((*rendering.where, "items", name, field))
                yield Problem(rendering.document.path, *place, f"'{name}' {message}")


def _orphans(translations: Translations, kind: Kind, ids: Collection[str]) -> Iterator[Problem]:
    """Texts that render nothing the library has."""
    for folder in translations.library.folders:
        for path in sorted((folder / "translations" / translations.code).glob(_FILES_OF[kind])):
            if kind not in _IN_LISTS:
                if path.stem not in ids:
                    yield Problem(str(path), 0, 0, f"'{path.stem}' is in no English file")
                continue
            try:
                document = read_content(path)
            except BadInput:
                continue  # reported when its items were looked for
            for item_id in document.data if isinstance(document.data, dict) else ():
                if item_id not in ids:
                    yield Problem(
                        str(path), *document.place((item_id,), key=True), f"'{item_id}' is in no English file"
                    )


def _read_every(library: Library, kind: Kind) -> None:
    if kind == "exercises":
        library.exercises()
    elif kind == "packets":
        library.read_all(library.packet, library.packets)


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


def _scale(zones: Any) -> list[tuple[Any, ...]]:
    entries = zones if isinstance(zones, list) else []
    return [(zone.get("kind"), zone.get("low"), zone.get("high")) for zone in entries if isinstance(zone, dict)]
