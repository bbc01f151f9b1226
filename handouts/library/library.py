"""The library: content folders, read as little as a program needs; a later folder's items win over an earlier one's.

An item is read from its file when it is first asked for, and then held by the library. What safety depends on (known
movements, conditions, exercises) is checked at once; the rest by `check_library`.

Every accessor raises BadInput with all problems of the files it had to read, FileTrouble when one cannot be opened, and
KeyError for an id that the library lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, KeysView, Mapping, Sequence
from functools import cached_property, partial
from os.path import lexists
from pathlib import Path
from typing import Any, TypeVar

from handouts.errors import BadInput, FileTrouble, Problem, bad_input
from handouts.library.clinics import build_clinic, read_emergency_numbers
from handouts.library.exercises import build_exercise, is_id, place_photo
from handouts.library.kinds import FILES, AnyKind, Kind
from handouts.library.languages import SOURCE_LANGUAGE, Language, read_language
from handouts.library.list_files import read_items
from handouts.library.names import NamedIds, Names
from handouts.library.packets import build_packet
from handouts.library.protected import keep_all, keep_condition, keep_scale, keep_warning, keep_words
from handouts.library.safety_facts import build_condition, build_movement, build_rule, build_source
from handouts.library.translations import Translations
from handouts.library.versions import ContentVersions, read_versions
from handouts.library.warnings import build_pain_scale, build_warning
from handouts.library.yaml_fields import Fields, Origin
from handouts.library.yaml_reading import peek_text, read_yaml
from handouts.model import (
    Clinic,
    Condition,
    Exercise,
    Movement,
    Packet,
    PainScale,
    Rule,
    Source,
    Warning,  # noqa: A004 - the field's own word
)
from handouts.model.safety_items import CATEGORIES
from handouts.resources import as_on_disk

Item = TypeVar("Item")


def read_library(folders: Sequence[Path]) -> Library:
    """The library in `folders`: the built-in one first, a clinic's own after it.

    Raises FileTrouble for a folder that is not there.
    """
    for folder in folders:
        if not folder.is_dir():
            raise FileTrouble(str(folder), "no such folder")
    return Library(folders)


def _inside(path: Path, folder: Path) -> bool:
    """Whether a file, or what is refused when it is read, is at `path` and in `folder` when every link is followed."""
    return path.exists() and not path.is_dir() and path.resolve().is_relative_to(folder.resolve())


class Library:
    """Exercises, packets, conditions, rules, warnings, clinics and languages, by id."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folders)
        self._origins: dict[tuple[str, str], Origin] = {}
        self._items: dict[tuple[str, str], Any] = {}
        self._lists: dict[str, dict[str, Any]] = {}
        self._homes: dict[tuple[str, str], Path] = {}
        self._languages: dict[str, Language] = {}
        self._translations: dict[str, Translations] = {}

    @cached_property
    def built_in(self) -> Library:
        """The library without the clinic's own folders: what theirs is measured by."""
        return self if len(self.folders) == 1 else read_library(self.folders[:1])

    @cached_property
    def versions(self) -> ContentVersions:
        """The state of the content; reads every file. Raises FileTrouble."""
        return read_versions(self.folders)

    # -- items -------------------------------------------------------------------------------------------------------

    def item(self, kind: Kind, item_id: str) -> Any:
        """One item of any kind."""
        if kind not in self._files:
            return self._listed(kind)[item_id]
        if (kind, item_id) not in self._items:
            path = self._files[kind][item_id]
            fields = self._open(kind, item_id, path)
            item = self._build(kind, item_id, fields, path)
            if fields.problems:
                raise BadInput(fields.problems)
            self._items[kind, item_id] = item
        return self._items[kind, item_id]

    def items(self, kind: Kind) -> tuple[Any, ...]:
        """Every item of a kind; raises BadInput with the problems of all of them together."""
        return self.read_all(lambda one: self.item(kind, one), self.ids(kind))

    def exercise(self, exercise_id: str) -> Exercise:
        """One exercise."""
        exercise: Exercise = self.item("exercises", exercise_id)
        return exercise

    def exercise_ids(self) -> tuple[str, ...]:
        """The id of every exercise, in alphabetical order; reads no file."""
        return tuple(self._files["exercises"])

    def exercises(self) -> tuple[Exercise, ...]:
        """Every exercise, in the order of their ids."""
        return self.read_all(self.exercise, self.exercise_ids())

    def packet(self, packet_id: str) -> Packet:
        """One packet."""
        packet: Packet = self.item("packets", packet_id)
        return packet

    @property
    def packets(self) -> Collection[str]:
        """The id of every packet; reads no file."""
        return self._files["packets"].keys()

    def clinic(self, clinic_id: str) -> Clinic:
        """One clinic."""
        clinic: Clinic = self.item("clinics", clinic_id)
        return clinic

    @property
    def clinics(self) -> KeysView[str]:
        """The id of every clinic; reads no file."""
        return self._files["clinics"].keys()

    def _build(self, kind: Kind, item_id: str, fields: Fields, path: Path) -> Any:
        if kind == "exercises":
            return place_photo(build_exercise(item_id, fields, self.known), fields, path, path.parents[2])
        if kind == "packets":
            exercises, names = self._files["exercises"], self.names
            return build_packet(item_id, fields, lambda one: self.exercise(one).sides, exercises, self.known, names)
        fields = self._site(item_id, fields)
        languages, notices = self.known("language"), self.notices_file(item_id)
        clinic = build_clinic(item_id, fields, languages, lambda: self.emergency_numbers, notices)
        for field in ("logo", "notices_pdf"):
            if not fields.problems and getattr(clinic, field) and not self.clinic_file(clinic, field):
                fields.problem(f"no file '{getattr(clinic, field)}' beside it", field)
        return clinic

    # -- clinics -----------------------------------------------------------------------------------------------------

    @property
    def default_clinic(self) -> str | None:
        """The clinic when none is named: the only one outside the built-in folder; None when there is no single one."""
        own = [one for one, path in self._files["clinics"].items() if not self.is_built_in(path)]
        return own[0] if len(own) == 1 else None

    def _site(self, clinic_id: str, fields: Fields) -> Fields:
        """The fields of a clinic's further site over those of the clinic: what a site does not say is as there."""
        main = fields.maybe_text("site_of", most=80)
        if main is None:
            return fields
        others = self.clinics - {clinic_id}
        if not fields.known(main, "clinic", others, "site_of"):
            return fields
        above = self._open("clinics", main, self._files["clinics"][main])
        if above.has("site_of"):
            fields.problem(f"'{main}' is itself a site", "site_of", hint="name the clinic that it is a site of")
        site = Fields({**above.data, **fields.data}, fields.places, fields.problems)
        site.read.add("site_of")
        for name in ("logo", "notices", "notices_pdf"):
            self._homes[clinic_id, name] = self._files["clinics"][clinic_id if name in fields.data else main]
        return site

    def clinic_file(self, clinic: Clinic, field: str) -> Path | None:
        """The clinic's `logo` or `notices_pdf`, beside its file or that of the clinic it is a site of; None without."""
        name = getattr(clinic, field)
        path = as_on_disk(self._home(clinic.id, field).with_name(name)) if name else None
        return path if path and _inside(path, path.parents[1]) else None

    def notices_file(self, clinic_id: str) -> Path:
        """The file that has a clinic's notices: its own, or that of the clinic it is a site of."""
        return self._home(clinic_id, "notices")

    def _home(self, clinic_id: str, field: str) -> Path:
        return self._homes.get((clinic_id, field), self._files["clinics"][clinic_id])

    # -- leaflets ----------------------------------------------------------------------------------------------------

    def leaflet_path(self, name: str) -> Path | None:
        """The leaflet `name`, with or without its `.pdf`, in a folder's `leaflets/`; None when there is none."""
        if "/" in name or "\\" in name or name.startswith("."):
            return None
        file = name if name.casefold().endswith(".pdf") else f"{name}.pdf"
        found = ((folder, as_on_disk(folder / "leaflets" / file)) for folder in reversed(self.folders))
        return next((path for folder, path in found if _inside(path, folder)), None)

    # -- what safety looks at ----------------------------------------------------------------------------------------

    @cached_property
    def conditions(self) -> dict[str, Condition]:
        """Every condition by id, in the files' order."""
        return self._listed("conditions")

    @cached_property
    def movements(self) -> dict[str, Movement]:
        """Every movement tag by id."""
        return self._listed("movements")

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source by id."""
        return self._listed("sources")

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule, in the files' order."""
        return tuple(self._listed("rules").values())

    @cached_property
    def _rules_by_condition(self) -> dict[str, tuple[Rule, ...]]:
        found: dict[str, tuple[Rule, ...]] = {}
        for rule in self.rules:
            found[rule.condition] = (*found.get(rule.condition, ()), rule)
        return found

    def rules_for(self, condition_id: str) -> tuple[Rule, ...]:
        """The rules of one condition, in the files' order."""
        return self._rules_by_condition.get(condition_id, ())

    @cached_property
    def warnings(self) -> tuple[Warning, ...]:
        """Every warning: file by file in alphabetical order, in the file's order."""
        return tuple(self._listed("warnings").values())

    @cached_property
    def pain_scales(self) -> tuple[PainScale, ...]:
        """Every pain scale; one of them is for everyone, so that no sheet is printed without one."""
        found = tuple(self._listed("pain-scales").values())
        if not any(scale.everyone for scale in found):
            path = [self.folders[0] / FILES["pain-scales"], *self._list_files("pain-scales")][-1]
            raise bad_input(str(path), "no pain scale is for everyone", "a sheet cannot be without one")
        return found

    @cached_property
    def emergency_numbers(self) -> dict[str, tuple[str, ...]]:
        """The emergency numbers by country (ISO 3166), the one to print first."""
        return read_emergency_numbers(_tops(self.folders, "emergency.yaml"))

    # -- languages ---------------------------------------------------------------------------------------------------

    def languages(self) -> tuple[str, ...]:
        """The code of every language the sheet can be printed in."""
        return tuple(sorted(self._by_stem("languages/*.yaml")))

    def language_files(self, code: str) -> tuple[Path, ...]:
        """The files of a language, the built-in one first; a later one adds to it or replaces words of it."""
        files = (folder / "languages" / f"{code}.yaml" for folder in self.folders)
        return tuple(path for path in files if lexists(path))

    def language(self, code: str) -> Language:
        """The words of a language. Raises BadInput."""
        if code not in self._languages:
            files = self.language_files(code)
            is_own = code != SOURCE_LANGUAGE and not all(map(self.is_built_in, files))
            english = self.language(SOURCE_LANGUAGE) if is_own else None
            keep = keep_words if self.is_built_in(files[0]) else keep_all
            self._languages[code] = read_language(code, files, keep, english)
        return self._languages[code]

    def translations(self, code: str) -> Translations:
        """The texts of the library in another language."""
        return self._translations.setdefault(code, Translations(self.folders, code))

    # -- look-up -----------------------------------------------------------------------------------------------------

    def ids(self, kind: AnyKind) -> Collection[str]:
        """The ids of one kind."""
        if kind == "languages":
            return self.languages()
        return self._files[kind].keys() if kind in self._files else self._listed(kind).keys()

    def known(self, sort: str) -> Collection[str]:
        """The ids that a field may have which names one of a `sort`: a condition, an exercise, a movement …"""
        match sort:
            case "condition" | "exercise" | "language":
                return NamedIds(f"{sort}s", self)  # type: ignore[arg-type]
            case "movement":
                return self.movements
            case "packet":
                return self.packets
        return {"category": CATEGORIES}[sort]

    @cached_property
    def names(self) -> Names:
        """What the items are called besides their ids."""
        return Names(self)

    def name_of(self, kind: AnyKind, item_id: str) -> str | None:
        """The English name of an item, quickly: of a file only the line with the name is read, and nothing checked.

        None when the name is not on one line, for kinds that have no names, and where there is no such item.
        """
        if item_id not in self.ids(kind):
            return None
        if kind in self._files:
            return peek_text(self._files[kind][item_id], "title" if kind == "packets" else "name")
        if kind == "languages":
            return peek_text(self.language_files(item_id)[0], "name")
        return self.conditions[item_id].text.name if kind == "conditions" else None

    def origin(self, kind: Kind, item_id: str, language: str = SOURCE_LANGUAGE) -> Origin:
        """Where an item that has been read is, or its words in another language where it has such."""
        words = None if language == SOURCE_LANGUAGE else self.translations(language).find(kind, item_id)
        return words or self._origins[kind, item_id]

    def read_all(self, read: Callable[[str], Item], ids: Iterable[str]) -> tuple[Item, ...]:
        """`read` for each id; raises BadInput with the problems of all of them together."""
        found: list[Item] = []
        problems: list[Problem] = []
        for item_id in ids:
            try:
                found.append(read(item_id))
            except BadInput as error:
                problems.extend(error.problems)
        if problems:
            raise BadInput(problems)
        return tuple(found)

    # -- files -------------------------------------------------------------------------------------------------------

    @cached_property
    def _files(self) -> dict[str, dict[str, Path]]:
        """Where the items are that have a file each, by kind and id."""
        return {kind: self._by_stem(FILES[kind]) for kind in ("exercises", "packets", "clinics")}

    def _by_stem(self, pattern: str) -> dict[str, Path]:
        found = {path.stem: path for folder in self.folders for path in sorted(folder.glob(pattern))}
        return dict(sorted(found.items()))

    def _list_files(self, kind: Kind) -> list[Path]:
        if kind == "warnings":
            return [path for folder in self.folders for path in sorted(folder.glob(FILES[kind]))]
        return _tops(self.folders, FILES[kind])

    def _open(self, kind: Kind, item_id: str, path: Path) -> Fields:
        document = read_yaml(path)
        self._origins[kind, item_id] = Origin(document)
        fields = Fields(document.data, document, [])
        if not is_id(item_id):
            fields.problem(f"the file's name '{item_id}' is not an id", hint="use a-z, 0-9 and single hyphens")
        return fields

    def is_built_in(self, path: Path) -> bool:
        """Whether a file is of the built-in folder."""
        # Links and '..' are followed: a clinic's folder may be named by a way that leads through the built-in one.
        return _inside(path, self.folders[0])

    def _listed(self, kind: Kind) -> dict[str, Any]:
        """The items of a kind that is kept in lists, by id."""
        if kind not in self._lists:
            build, keep = _LISTED[kind]
            if kind == "conditions":
                keep = partial(keep_condition, names=self.built_in.names)
            files = self._list_files(kind)
            read = partial(build, known=self.known)
            items, origins = read_items(kind, files, read, keep, self.is_built_in)
            self._origins |= {(kind, item_id): origin for item_id, origin in origins.items()}
            self._lists[kind] = items
        return self._lists[kind]


_LISTED: Mapping[Kind, tuple[Callable[..., Any], Callable[..., None]]] = {
    "conditions": (build_condition, keep_condition),
    "movements": (build_movement, keep_all),
    "sources": (build_source, keep_all),
    "rules": (build_rule, keep_all),
    "warnings": (build_warning, keep_warning),
    "pain-scales": (build_pain_scale, keep_scale),
}
"""How an item of each listed kind is read, and what keeps a clinic's own from being weaker than the built-in one."""


def _tops(folders: Iterable[Path], name: str) -> list[Path]:
    return [folder / name for folder in folders if lexists(folder / name)]
